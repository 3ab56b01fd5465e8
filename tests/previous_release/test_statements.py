"""What the release before asked of the database, the newest schema still answers (spec 85).

Desks are renewed one by one while they work, so a schema serves two releases. A step that cannot
says so (`contracts = True`), and then older programs are refused instead of going wrong.
"""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from ets_desktop.db import schema_version
from ets_desktop.db.backup.contents import contents_of
from tests.previous_release.recording import FILE, explained, required_columns

ADVICE = (
    "expand first and contract a release later, or say `contracts = True` in the step;"
    " for what no release has had yet: python -m tests.previous_release.recording --schema"
)


@pytest.fixture(scope="module")
def release() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(gzip.decompress(FILE.read_bytes()))
    steps = schema_version._steps()
    revision = told["schema"]
    known = set()
    while revision is not None:
        known.add(revision)
        revision = steps.built_on[revision]
    if steps.oldest_served_by(steps.head) not in known:
        pytest.skip("the schema does not serve that release any more, and says so")
    return told


@pytest.fixture
def connection(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def test_its_statements_are_understood(
    release: dict[str, Any], connection: psycopg.Connection[Any]
) -> None:
    refused = {}
    for statement in release["statements"]:
        try:
            connection.execute(explained(statement))
        except psycopg.Error as error:
            refused[statement] = str(error)
    assert len(release["statements"]) > 300
    assert refused == {}, ADVICE


def test_its_new_rows_fill_what_has_to_be_filled(
    release: dict[str, Any], connection: psycopg.Connection[Any]
) -> None:
    tables = {column.partition(".")[0] for column in release["required"]}
    now = {name for name in required_columns(connection) if name.partition(".")[0] in tables}
    assert now - set(release["required"]) == set(), ADVICE


def test_its_people_may_what_they_might(
    release: dict[str, Any], connection: psycopg.Connection[Any]
) -> None:
    with connection.transaction():
        grants = set(contents_of(connection).grants)
    assert set(release["grants"]) - grants == set(), ADVICE
