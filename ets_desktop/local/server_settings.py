"""The embedded server's configuration: one PC, up to 200 connections, no values in its log."""

import os
from collections.abc import Mapping
from typing import Final

from ets_desktop.local.connection import HOST

MAX_CONNECTIONS: Final = 200
_LARGEST_BUFFERS_MB: Final = 256
_MEGABYTE: Final = 1024 * 1024

#: What does not depend on the machine.
_FIXED: Final = {
    "listen_addresses": HOST,
    # Its own path would be too long for a socket in many a home, and Windows has none.
    "unix_socket_directories": "",
    "cluster_name": "ets",
    "max_connections": str(MAX_CONNECTIONS),
    "synchronous_commit": "on",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    # A week of log files. Statements, their parameters and the DETAIL of errors hold personal
    # data (spec 80); errors reach the client, so the log keeps what concerns the server only.
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_file_mode": "0600",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
}


def server_settings(port: int, log_directory: str, extra: Mapping[str, str]) -> Mapping[str, str]:
    """Everything the server is told at a start; `extra` wins over the rest."""
    memory = _memory_mb()
    return {
        **_FIXED,
        "port": str(port),
        "log_directory": log_directory,
        "shared_buffers": f"{max(32, min(_LARGEST_BUFFERS_MB, memory // 8))}MB",
        "effective_cache_size": f"{max(128, memory // 2)}MB",
        **extra,
    }


def _memory_mb() -> int:
    """Memory of the machine; 2 GB where it cannot be asked."""
    if hasattr(os, "sysconf"):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // _MEGABYTE
    return 2048


def configuration(settings: Mapping[str, str]) -> str:
    """The settings as a PostgreSQL configuration file."""
    return "".join(f"{name} = '{_quoted(value)}'\n" for name, value in settings.items())


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
