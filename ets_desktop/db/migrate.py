"""Bring a database to another schema (alembic underneath; where it stands: schema_version.py)."""

import logging
import random
import time
from collections.abc import Callable

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.db.public_holidays import keep_public_holidays
from ets_desktop.db.schema_version import connected, note_served
from ets_desktop.domain.errors import Unavailable
from ets_desktop.paths import migrations_dir

#: Two programs starting at once must not migrate at once.
MIGRATION_LOCK = 4_931_771
#: A step that waits for a table holds up every desk that comes after it: it gives way soon,
#: lets them pass and tries again.
LOCK_TIMEOUT_MS = 1_000
PATIENCE_S = 120.0
_PAUSES_S = (0.2, 0.5, 1.0, 2.0, 5.0)
_DESKS = """
    SELECT count(DISTINCT usename) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'ETS Desktop%'
"""
_IN_THE_WAY = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)

_log = logging.getLogger(__name__)


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up as the owner of the schema; safe when several programs do it at once.

    At the head the calendar is as this program has it. Raises EtsError as Database.call does, and
    Unavailable `migration_waits` when desks never let a table go; what was reached by then stays,
    and another try goes on from there.
    """

    def act(config: Config, connection: Connection) -> None:
        # Before the first step: no older program comes in between it and the note. An empty
        # database has no place for a note yet.
        note_served(connection, revision)
        connection.commit()
        command.upgrade(config, revision)
        note_served(connection, revision)

    _run(url, act)
    if revision == "head":
        with connected(url) as connection, Session(connection) as session:
            keep_public_holidays(driver_of(session))
            session.commit()


def desks_at_work(url: str) -> int:
    """How many people have a desk open on this database; raises as `upgrade`."""
    with connected(url) as connection:
        return int(connection.execute(text(_DESKS)).scalar_one())


def downgrade(url: str, revision: str) -> None:
    """Migrate down to `revision` (`base` empties the schema)."""
    _run(url, lambda config, _: command.downgrade(config, revision))


def _run(url: str, act: Callable[[Config, Connection], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    with connected(url) as connection:
        connection.execute(text(f"SELECT pg_advisory_lock({MIGRATION_LOCK})"))
        connection.execute(text(f"SET lock_timeout = {LOCK_TIMEOUT_MS}"))
        connection.commit()
        config.attributes["connection"] = connection
        _patiently(connection, lambda: act(config, connection))
        connection.execute(text(f"SELECT pg_advisory_unlock({MIGRATION_LOCK})"))
        connection.commit()


def _patiently(connection: Connection, act: Callable[[], None]) -> None:
    """Each step is a transaction of its own: what was done stays done when one gives way."""
    end = time.monotonic() + PATIENCE_S
    for attempt in range(1_000_000):
        try:
            act()
        except DBAPIError as error:
            if not isinstance(error.orig, _IN_THE_WAY):
                raise
            connection.rollback()
            if time.monotonic() > end:
                raise Unavailable("migration_waits") from None
            _log.info("a table is in use: the migration gives way")
            pause = _PAUSES_S[min(attempt, len(_PAUSES_S) - 1)]
            time.sleep(pause * random.uniform(0.5, 1.0))
        else:
            return
