"""Bring a database to the newest schema, and say where it stands (alembic underneath)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import Engine

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


def sqlalchemy_url(url: str) -> str:
    """A libpq URL (`postgresql://…`) as SQLAlchemy wants it, driver named."""
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgres") else url


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory(str(migrations_dir()))


def _engine(url: str) -> Engine:
    return create_engine(sqlalchemy_url(url), poolclass=NullPool)


def schema_status(url: str) -> SchemaStatus:
    """Where the database at `url` stands; raises the driver's errors when it is away."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    known = {script.revision for script in _script().walk_revisions()}
    head = _script().get_current_head() or ""
    return SchemaStatus(current, head, is_unknown=current is not None and current not in known)


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up as the owner of the schema; safe when several programs do it at once."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Migrate down to `revision` (`base` empties the schema)."""
    _run(url, lambda config: command.downgrade(config, revision))


def _run(url: str, act: Callable[[Config], None]) -> None:
    engine = _engine(url)
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    try:
        with engine.connect() as connection:
            connection.execute(text(f"SELECT pg_advisory_lock({_MIGRATION_LOCK})"))
            connection.commit()
            config.attributes["connection"] = connection
            act(config)
            connection.execute(text(f"SELECT pg_advisory_unlock({_MIGRATION_LOCK})"))
            connection.commit()
    finally:
        engine.dispose()
