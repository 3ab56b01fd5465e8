"""Bring a database to the newest schema, and say where it stands (alembic underneath)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, text
from sqlalchemy.exc import DBAPIError

from ets_desktop.db.address import engine_of
from ets_desktop.db.failures import known_error
from ets_desktop.paths import migrations_dir

#: Two programs starting at once must not migrate at once.
_MIGRATION_LOCK = 4_931_771


@dataclass(frozen=True, slots=True)
class SchemaStatus:
    """`current` is None on an empty database; `is_unknown`: made by a newer program."""

    current: str | None
    head: str
    is_unknown: bool = False

    @property
    def is_current(self) -> bool:
        return self.current == self.head


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory(str(migrations_dir()))


def schema_status(url: str) -> SchemaStatus:
    """Where the database at `url` stands; raises EtsError as Database.call does."""
    with _connected(url) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in _script().walk_revisions()}
    head = _script().get_current_head() or ""
    return SchemaStatus(current, head, is_unknown=current is not None and current not in known)


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up as the owner of the schema; safe when several programs do it at once.

    Raises EtsError as Database.call does.
    """
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Migrate down to `revision` (`base` empties the schema)."""
    _run(url, lambda config: command.downgrade(config, revision))


def _run(url: str, act: Callable[[Config], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    with _connected(url) as connection:
        connection.execute(text(f"SELECT pg_advisory_lock({_MIGRATION_LOCK})"))
        connection.commit()
        config.attributes["connection"] = connection
        act(config)
        connection.execute(text(f"SELECT pg_advisory_unlock({_MIGRATION_LOCK})"))
        connection.commit()


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = engine_of(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    except (DBAPIError, psycopg.Error) as error:
        known = known_error(error, committing=False)
        if known is None:
            raise
        raise known from error
    finally:
        engine.dispose()
