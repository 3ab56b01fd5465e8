"""Where a database's schema stands, without alembic: asked at every login, which alembic would
make wait for a third of a second."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import psycopg
from sqlalchemy import Connection, NullPool, text
from sqlalchemy.exc import DBAPIError

from ets_desktop.db.address import engine_of
from ets_desktop.db.failures import known_error
from ets_desktop.paths import migrations_dir

_STEP = re.compile(
    r"""^revision = ["'](?P<to>\w+)["']\ndown_revision = (?:["'](?P<on>\w+)["']|None)$""",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class SchemaStatus:
    """`current` is None on an empty database; `is_unknown`: made by a newer program."""

    current: str | None
    head: str
    is_unknown: bool = False

    @property
    def is_current(self) -> bool:
        return self.current == self.head


def schema_status(url: str) -> SchemaStatus:
    """Where the database at `url` stands; raises EtsError as Database.call does."""
    with connected(url) as connection:
        table = connection.execute(text("SELECT to_regclass('alembic_version')")).scalar()
        current = None
        if table is not None:
            current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    head, known = _steps()
    return SchemaStatus(current, head, is_unknown=current is not None and current not in known)


@cache
def _steps() -> tuple[str, frozenset[str]]:
    """The newest revision of the program's migrations, and all of them."""
    files = migrations_dir().joinpath("versions").glob("*.py")
    steps = [_STEP.search(file.read_text(encoding="utf-8")) for file in files]
    built_on = {step["to"]: step["on"] for step in steps if step is not None}
    (head,) = set(built_on) - set(built_on.values())
    return head, frozenset(built_on)


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection outside any pool; its failures come out as those of Database.call."""
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
