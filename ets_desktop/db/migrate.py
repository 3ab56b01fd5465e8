"""Bring a database to another schema (alembic underneath; where it stands: schema_version.py)."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.db.public_holidays import keep_public_holidays
from ets_desktop.db.schema_version import connected
from ets_desktop.paths import migrations_dir

#: Two programs starting at once must not migrate at once.
MIGRATION_LOCK = 4_931_771


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up as the owner of the schema; safe when several programs do it at once.

    At the head the calendar is as this program has it. Raises EtsError as Database.call does.
    """
    _run(url, lambda config: command.upgrade(config, revision))
    if revision == "head":
        with connected(url) as connection, Session(connection) as session:
            keep_public_holidays(driver_of(session))
            session.commit()


def downgrade(url: str, revision: str) -> None:
    """Migrate down to `revision` (`base` empties the schema)."""
    _run(url, lambda config: command.downgrade(config, revision))


def _run(url: str, act: Callable[[Config], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    with connected(url) as connection:
        connection.execute(text(f"SELECT pg_advisory_lock({MIGRATION_LOCK})"))
        connection.commit()
        config.attributes["connection"] = connection
        act(config)
        connection.execute(text(f"SELECT pg_advisory_unlock({MIGRATION_LOCK})"))
        connection.commit()
