"""What a superuser's connection tells of a central server; `domain/server_rules.py` judges it."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import class_row

from ets_desktop.domain.server_rules import SETTINGS, Connected, HbaRule, Letters

Connection = psycopg.Connection[Any]
MEMORY = ("shared_buffers", "effective_cache_size", "maintenance_work_mem", "work_mem")

# Names differ between 15 and 16: the file's own is shown where there is one.
_HBA = """
    SELECT line_number AS line, coalesce(type, '') AS kind, coalesce(address, '') AS address,
        coalesce(netmask, '') AS netmask, coalesce(auth_method, '') AS method,
        coalesce(error, '') AS error
    FROM pg_hba_file_rules ORDER BY line_number
"""
_CONNECTED = """
    SELECT current_setting('ssl') = 'on', coalesce(s.ssl, false), coalesce(s.version, '')
    FROM (SELECT 1) one LEFT JOIN pg_stat_ssl s ON s.pid = pg_backend_pid()
"""
_LETTERS = """
    SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database
    WHERE datname = current_database()
"""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Bytes; `memory` is None where the server's machine does not tell."""

    memory: int | None
    connections: int
    sizes: dict[str, int]


def is_superuser(connection: Connection) -> bool:
    return connection.info.parameter_status("is_superuser") == "on"


def hba_rules(connection: Connection) -> list[HbaRule]:
    """The lines of pg_hba.conf as they stand there, loaded or not."""
    with connection.cursor(row_factory=class_row(HbaRule)) as cursor:
        return cursor.execute(_HBA).fetchall()


def connected(connection: Connection) -> Connected:
    """How this connection came about, as libpq and the server see it."""
    told = {option.keyword: option.val for option in connection.pgconn.info}
    mode = (told.get(b"sslmode") or b"").decode()
    offers, encrypted, protocol = connection.execute(_CONNECTED).fetchone() or (False, False, "")
    return Connected(mode, encrypted, protocol, offers)


def letters(connection: Connection) -> Letters:
    """Of the database that is connected to; leaves no extension behind."""
    row = connection.execute(_LETTERS).fetchone()
    assert row is not None
    encoding, collate, ctype = row
    return Letters(encoding, collate, ctype, _trigrams(connection))


def _trigrams(connection: Connection) -> int | None:
    with connection.transaction(force_rollback=True):
        try:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public")
        except (psycopg.errors.UndefinedFile, psycopg.errors.FeatureNotSupported):
            return None
        row = connection.execute(
            "SELECT coalesce(cardinality(public.show_trgm('김정민')), 0)"
        ).fetchone()
    return None if row is None else int(row[0])


def settings(connection: Connection) -> dict[str, str]:
    found = connection.execute(
        "SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", (list(SETTINGS),)
    )
    return dict(found.fetchall())


def capacity(connection: Connection) -> Capacity:
    """The machine's memory is asked of Linux, through the server."""
    columns = ", ".join(f"pg_size_bytes(current_setting('{name}'))" for name in MEMORY)
    row = connection.execute(
        f"SELECT current_setting('max_connections')::integer, {columns}".encode()
    ).fetchone()
    assert row is not None
    sizes = dict(zip(MEMORY, map(int, row[1:]), strict=True))
    return Capacity(_memory(connection), int(row[0]), sizes)


def _memory(connection: Connection) -> int | None:
    with suppress(psycopg.Error), connection.transaction():
        row = connection.execute("SELECT pg_read_file('/proc/meminfo')").fetchone()
        for line in str(row[0] if row else "").splitlines():
            if line.startswith("MemTotal:"):
                return int(line.split()[1]) * 1024
    return None
