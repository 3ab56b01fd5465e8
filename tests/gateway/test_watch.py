"""A server that is there and says nothing is given up; one that answers is left alone."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from ets_desktop.db.engine import Database
from ets_desktop.gateway import watch
from ets_desktop.gateway.watch import Watch
from tests.gateway.test_gateway import database

__all__ = ["database"]


@pytest.fixture
def guard(database: Database) -> Iterator[psycopg.Connection[object]]:
    with closing(database.listening_connection()) as connection:
        yield connection


def test_who_says_nothing_for_long_is_hung_up_on(
    guard: psycopg.Connection[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "SILENCE_S", 0.1)
    silences: list[str] = []
    watching = Watch(lambda: silences.append("silent"))
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.02):
            watching.look()

    thread = threading.Thread(target=look)
    thread.start()
    began = time.monotonic()
    with pytest.raises(psycopg.OperationalError), watching.over(guard):
        guard.execute("SELECT pg_sleep(30)")
    assert time.monotonic() - began < 10
    done.set()
    thread.join()
    assert silences


def test_who_answers_is_left_alone(guard: psycopg.Connection[object]) -> None:
    watching = Watch(lambda: pytest.fail("nobody is silent"))
    watching.look()
    with watching.over(guard):
        watching.look()
        guard.execute("SELECT 1")
    watching.look()
