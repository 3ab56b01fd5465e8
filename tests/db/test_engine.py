"""What comes out of a transaction when the database fails."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event
from typing import LiteralString

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

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


def test_a_server_that_went_and_came_back_is_not_told_once_a_connection(database: Database) -> None:
    with ExitStack() as pooled:
        for _ in range(4):
            pooled.enter_context(database.driver_connection()).execute("SELECT 1")
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    with psycopg.connect(database.url, autocommit=True) as another:
        another.execute(
            cut + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND application_name <> ''"
        )
    for _ in range(4):
        run(database, "SELECT 1")


def test_calls_under_way_end_when_the_server_is_given_up(database: Database) -> None:
    asked = Event()

    def sleep(session: Session) -> None:
        session.execute(text("SELECT 1"))
        asked.set()
        session.execute(text("SELECT pg_sleep(600)"))

    with ThreadPoolExecutor(1) as worker:
        call = worker.submit(database.call, sleep)
        assert asked.wait(10)
        database.hang_up()
        error = call.exception(timeout=10)
    assert isinstance(error, Unavailable)
    assert error.code == "database_away"


def test_the_next_call_asks_a_server_that_was_given_up_anew(database: Database) -> None:
    before = database.call(backend)
    database.hang_up()
    assert database.call(backend) != before


def backend(session: Session) -> int:
    return int(session.execute(text("SELECT pg_backend_pid()")).scalar_one())
