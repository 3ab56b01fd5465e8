"""What comes out of a transaction when the database fails."""

from contextlib import ExitStack
from typing import LiteralString

import psycopg
import pytest

from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import Unavailable
from tests.people import database, desk_database

__all__ = ["database", "desk_database"]


def run(database: Database, statement: LiteralString) -> None:
    with database.driver_connection() as connection:
        connection.execute(statement)


def test_a_connection_lost_in_bulk_work_is_known(database: Database) -> None:
    with pytest.raises(Unavailable, match="database_away"):
        run(database, "SELECT pg_terminate_backend(pg_backend_pid())")


def test_a_full_disk_is_known(database: Database) -> None:
    with pytest.raises(Unavailable, match="disk full"):
        run(database, "DO $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$")


def test_giving_way_in_a_deadlock_is_known(database: Database) -> None:
    with pytest.raises(Unavailable, match="database_busy"):
        run(database, "DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$")


def test_what_is_a_bug_stays_what_it_is(database: Database) -> None:
    with pytest.raises(psycopg.errors.SyntaxError):
        run(database, "SELEKT")


def test_a_server_that_went_is_told_once_not_once_a_connection(database: Database) -> None:
    with ExitStack() as pooled:
        for _ in range(4):
            pooled.enter_context(database.driver_connection()).execute("SELECT 1")
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    with psycopg.connect(database.url, autocommit=True) as another:
        another.execute(
            cut + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND application_name <> ''"
        )
    with pytest.raises(Unavailable, match="database_away"):
        run(database, "SELECT 1")
    for _ in range(4):
        run(database, "SELECT 1")
