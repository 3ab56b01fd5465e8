"""Statements are stopped on the server, at once, and only those that were meant."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from ets_desktop.db import stopping
from ets_desktop.db.engine import Database, driver_of
from ets_desktop.domain.errors import EtsError

PATIENCE_S = 10.0


class Interest:
    """Somebody who waits, until `lose`."""

    def __init__(self) -> None:
        self.known = Event()
        self._stop: Callable[[], None] | None = None

    def on_cancel(self, callback: Callable[[], None]) -> None:
        self._stop = callback
        self.known.set()

    def lose(self) -> None:
        assert self.known.wait(PATIENCE_S)
        assert self._stop is not None
        self._stop()


class Call(Thread):
    """`database.call(work, cancel=interest)` on a worker."""

    def __init__(self, database: Database, work: Callable[[Session], object]) -> None:
        super().__init__()
        self.interest = Interest()
        self.error: EtsError | None = None
        self._database = database
        self._work = work
        self.start()

    def run(self) -> None:
        try:
            self._database.call(self._work, cancel=self.interest)
        except EtsError as error:
            self.error = error


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url, application_name="stopping", pool_size=1)
    yield database
    database.close()


def sleep(session: Session) -> None:
    session.execute(text("SELECT pg_sleep(60)"))


def wait_for_sleepers(database: Database, count: int) -> None:
    """Until that many statements sleep on the server."""

    def sleepers(session: Session) -> int | None:
        return session.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                " AND query LIKE 'SELECT pg_sleep%' AND application_name = 'stopping'"
            )
        )

    deadline = time.monotonic() + PATIENCE_S
    while database.call(sleepers) != count:
        assert time.monotonic() < deadline


def test_the_statement_is_stopped_on_the_server(database: Database, database_url: str) -> None:
    watcher = Database(database_url, application_name="watcher")
    call = Call(database, sleep)
    wait_for_sleepers(watcher, 1)
    call.interest.lose()
    call.join(PATIENCE_S)
    assert call.error is not None
    assert call.error.code == "cancelled"
    wait_for_sleepers(watcher, 0)
    watcher.close()


def test_a_statement_that_begins_after_the_request_is_stopped_too(database: Database) -> None:
    ready, asked = Event(), Event()

    def begin_late(session: Session) -> None:
        driver = driver_of(session)

        def note(**options: Any) -> None:
            del driver.cancel_safe
            driver.cancel_safe(**options)
            asked.set()

        driver.cancel_safe = note  # type: ignore[method-assign]
        ready.set()
        assert asked.wait(PATIENCE_S)
        sleep(session)

    call = Call(database, begin_late)
    assert ready.wait(PATIENCE_S)
    call.interest.lose()
    call.join(PATIENCE_S)
    assert call.error is not None


def test_a_lost_interest_stops_no_later_statement(database: Database) -> None:
    """One connection: what is cancelled late must not meet the next job on it."""
    for _ in range(30):
        call = Call(database, lambda session: session.execute(text("SELECT 1")))
        call.interest.lose()
        database.call(lambda session: session.execute(text("SELECT pg_sleep(0.005)")))
        call.join(PATIENCE_S)


def test_interest_lost_after_the_end_stops_nothing(database: Database) -> None:
    call = Call(database, lambda session: session.execute(text("SELECT 1")))
    call.join(PATIENCE_S)
    call.interest.lose()
    database.call(lambda session: session.execute(text("SELECT pg_sleep(0.01)")))
    assert call.error is None


def test_losing_interest_does_not_wait_for_a_silent_server(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "PATIENCE_S", 2.0)
    with one_connection_only(database_url) as url:
        database = Database(url, application_name="silent", pool_size=1)
        call = Call(database, lambda session: session.execute(text("SELECT pg_sleep(1)")))
        assert call.interest.known.wait(PATIENCE_S)
        call.interest.lose()
        assert call.is_alive()
        call.join(PATIENCE_S)
        assert not call.is_alive()
        database.close()


@contextmanager
def one_connection_only(url: str) -> Iterator[str]:
    """A way to the server that serves one connection; the next ones get no answer."""
    server = make_url(url)
    assert server.host is not None
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            near, _ = listener.accept()
            far = socket.create_connection((server.host, server.port))
            back = Thread(target=pipe, args=(far, near))
            back.start()
            pipe(near, far)
            back.join()
            near.close()
            far.close()

        thread = Thread(target=serve)
        thread.start()
        through = server.set(host="127.0.0.1", port=listener.getsockname()[1])
        yield through.render_as_string(hide_password=False)
        thread.join(PATIENCE_S)


def pipe(source: socket.socket, sink: socket.socket) -> None:
    while chunk := source.recv(65536):
        sink.sendall(chunk)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
