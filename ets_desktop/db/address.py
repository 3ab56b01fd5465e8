"""A libpq URL, and the SQLAlchemy engine behind it.

libpq itself reads the URL: SQLAlchemy's own reading knows no list of hosts (spec 85, failover).
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine

from ets_desktop.settings import SettingsError


def engine_of(url: str, arguments: Mapping[str, Any] | None = None, **options: Any) -> Engine:
    """An engine whose connections psycopg makes from `url`; `arguments` win over the URL's."""
    connect = partial(psycopg.connect, url, **(arguments or {}))
    # Values of a statement are people (spec 80): neither its errors nor its log tell them.
    return create_engine("postgresql+psycopg://", creator=connect, hide_parameters=True, **options)


def require_address(url: str) -> None:
    """Raise SettingsError `settings_bad_value` unless libpq understands `url`, and proves by TLS
    who answers wherever that is another machine (spec 80)."""
    try:
        parts = conninfo_to_dict(url)
    except (psycopg.ProgrammingError, UnicodeError):
        raise _bad("not understood") from None
    hosts = str(parts.get("hostaddr") or parts.get("host") or "").split(",")
    if parts.get("sslmode") != "verify-full" and not all(map(_is_here, hosts)):
        raise _bad("sslmode=verify-full expected")


def _is_here(host: str) -> bool:
    """A socket, or a machine's name for itself."""
    return host in ("", "localhost", "::1") or host.startswith(("/", "@", "127."))


def _bad(reason: str) -> SettingsError:
    return SettingsError(
        "settings_bad_value",
        file="settings.toml, ETS_DATABASE_URL",
        key="database.url",
        reason=reason,
    )
