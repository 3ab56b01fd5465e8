"""Records what this release asks of the database: `python -m tests.previous_release.recording`.

To be run at each release; with `--schema` only rights and columns are noted anew, which is quick.
It runs the tests of queries and services, notes every statement that the program sent and one set
of values for it, and keeps those that stand on their own. The next release's schema must still
answer them (test_statements.py): expand first, contract later.
"""

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
import pytest

from ets_desktop.db.backup.contents import contents_of
from ets_desktop.local.connection import ConnectionTarget
from tests.postgres import clone

FILE = Path(__file__).with_name("statements.json.gz")
ROOMS = ("tests/queries", "tests/services")
#: Needs the server, and asks nothing of its own.
LEAST = ("tests/test_migrations.py::test_trigrams_see_hangul",)
QUICK = "RECORD_SCHEMA_ONLY" in os.environ
#: PostgreSQL explains these without doing them.
EXPLAINED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES", "MERGE")
_CHECKOUT = str(Path(__file__).resolve().parents[2])
_PROGRAM = str(Path(_CHECKOUT) / "ets_desktop")
#: A list of whatever length is one statement.
_REPEATED = re.compile(r"(%\(\w+?\)s(?:::\w+(?:\(\d*\))?)?)(?:, %\(\w+?\)s(?:::\w+(?:\(\d*\))?)?)+")

#: The statement with its placeholders → with values, as a person would type it.
_found: dict[str, str] = {}


def explained(statement: str) -> bytes:
    return f"EXPLAIN {statement}".encode()


def required_columns(connection: psycopg.Connection[Any]) -> list[str]:
    """Columns that every new row must fill: one more of them stops the release before."""
    rows = connection.execute(
        "SELECT format('%I.%I', table_name, column_name) FROM information_schema.columns"
        " WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL"
        " AND is_identity = 'NO' AND is_generated = 'NEVER' ORDER BY 1"
    )
    return [str(row[0]) for row in rows]


def _noting(execute: Callable[..., Any]) -> Callable[..., Any]:
    def noted(cursor: psycopg.Cursor[Any], query: Any, params: Any = None, **options: Any) -> Any:
        if _is_the_programs(sys._getframe(1)):
            _note(cursor, query, params)
        return execute(cursor, query, params, **options)

    return noted


def _is_the_programs(frame: FrameType | None) -> bool:
    """Whether the nearest of our frames is the program's, not a test's."""
    while frame is not None and not frame.f_code.co_filename.startswith(_CHECKOUT + "/ets"):
        if frame.f_code.co_filename.startswith(_CHECKOUT + "/tests"):
            return False
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(_PROGRAM)


def _note(cursor: psycopg.Cursor[Any], query: Any, params: Any) -> None:
    if isinstance(query, psycopg.sql.Composable):
        query = query.as_string(cursor)
    text = query.decode() if isinstance(query, bytes) else str(query)
    kind = _REPEATED.sub(r"\1, …", " ".join(text.split()))
    if text.strip().upper().startswith(EXPLAINED) and kind not in _found:
        filled = psycopg.ClientCursor(cursor.connection).mogrify(text, params)
        _found[kind] = " ".join(filled.split())


@pytest.hookimpl(wrapper=True)
def pytest_sessionstart() -> Any:
    psycopg.Cursor.execute = _noting(psycopg.Cursor.execute)  # type: ignore[method-assign]
    return (yield)


@pytest.fixture(autouse=True, scope="session")
def written(postgres_server: ConnectionTarget, template_database: str) -> Any:
    """At the end, while the server is there: what stands on its own is kept."""
    yield
    with (
        clone(postgres_server, template_database) as target,
        psycopg.connect(target.url(), autocommit=True) as connection,
    ):
        kept = []
        known = json.loads(gzip.decompress(FILE.read_bytes()))["statements"] if QUICK else []
        for statement in sorted({*_found.values(), *known}):
            try:
                connection.execute(explained(statement))
            except psycopg.errors.UndefinedTable:
                continue  # a temporary one of its own
            kept.append(statement)
        with connection.transaction():
            contents = contents_of(connection)
        told = {
            "schema": contents.schema,
            "required": required_columns(connection),
            "grants": contents.grants,
            "statements": kept,
        }
    plain = json.dumps(told, ensure_ascii=False, indent=0).encode()
    FILE.write_bytes(gzip.compress(plain, mtime=0))
    sys.stdout.write(f"\n{len(kept)} statements of {contents.schema}, {len(plain):,} bytes\n")


if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "tests.previous_release.recording"]
    variables = {"RECORD_SCHEMA_ONLY": "1"} if "--schema" in sys.argv else {}
    rooms = LEAST if variables else ROOMS
    sys.exit(subprocess.run([*command, *rooms], env={**os.environ, **variables}).returncode)
