"""Where a database's schema stands, without alembic: asked at every login, which alembic would
make wait for a third of a second."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import psycopg
from sqlalchemy import Connection, NullPool, text
from sqlalchemy.exc import DBAPIError

from ets_desktop.db.address import engine_of
from ets_desktop.db.failures import known_error
from ets_desktop.paths import migrations_dir

#: In a comment, for a table of our own would be one more thing that another schema lacks.
_SERVED = re.compile(r"^(?P<schema>\w+) serves programs from (?P<oldest>\w+)$")
_NOTE = "SELECT obj_description('alembic_version'::regclass, 'pg_class')"
#: A step that takes away or changes what programs before it use says so; the others only add.
_CONTRACTS = re.compile(r"^contracts = True$", re.MULTILINE)
_STEP = re.compile(
    r"""^revision = ["'](?P<to>\w+)["']\ndown_revision = (?:["'](?P<on>\w+)["']|None)$""",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class SchemaStatus:
    """`current` is None on an empty database; `is_unknown`: made by a newer program, which may
    have left everything that this one uses (`is_served`). `takes_away`: on the way to the head
    there is a step after which the programs of now are refused."""

    current: str | None
    head: str
    is_unknown: bool = False
    is_served: bool = False
    takes_away: bool = False

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
            note = connection.execute(text(_NOTE)).scalar() or ""
    steps = _steps()
    if current is None or current in steps.known:
        return SchemaStatus(current, steps.head, takes_away=steps.takes_away_after(current))
    served = _SERVED.match(note)
    # A note about another revision is from before a migration that is under way, or by hand.
    is_served = (
        served is not None and served["schema"] == current and served["oldest"] in steps.known
    )
    return SchemaStatus(current, steps.head, is_unknown=True, is_served=is_served)


def note_served(connection: Connection, revision: str) -> None:
    """Write beside the revision which programs the schema `revision` serves: all that know the
    step which took something away last. Programs older than it go by this (spec 85).

    Of a `revision` that is none of the program's, such as `head`, the newest.
    """
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is None:
        return
    steps = _steps()
    reached = revision if revision in steps.known else steps.head
    note = f"{reached} serves programs from {steps.oldest_served_by(reached)}"
    connection.execute(text(f"COMMENT ON TABLE alembic_version IS '{note}'"))


@dataclass(frozen=True, slots=True)
class _Steps:
    """The program's migrations: each with the one it is built on, and those that take away."""

    built_on: Mapping[str, str | None]
    contracting: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self.built_on)

    @property
    def head(self) -> str:
        (head,) = set(self.built_on) - set(self.built_on.values())
        return head

    def takes_away_after(self, revision: str | None) -> bool:
        """Whether a step contracts between `revision` and the newest; None, nothing is there."""
        step: str | None = self.head
        while revision is not None and step is not None and step != revision:
            if step in self.contracting:
                return True
            step = self.built_on[step]
        return False

    def oldest_served_by(self, revision: str) -> str:
        """The newest contracting step up to `revision`, else the first of all."""
        while revision not in self.contracting:
            before = self.built_on[revision]
            if before is None:
                break
            revision = before
        return revision


@cache
def _steps() -> _Steps:
    built_on, contracting = {}, set()
    for file in migrations_dir().joinpath("versions").glob("*.py"):
        told = file.read_text(encoding="utf-8")
        step = _STEP.search(told)
        if step is not None:
            built_on[step["to"]] = step["on"]
            contracting |= {step["to"]} if _CONTRACTS.search(told) else set()
    return _Steps(built_on, frozenset(contracting))


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
