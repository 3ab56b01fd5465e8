"""A server that is there and says nothing: a host that froze, a line whose middle holds the bytes.

The kernel in between answers keepalives, so no time-out of TCP sees it, and a time-out of the
server's own (statement_timeout) is silent with it. The feed's heartbeat notices; then whatever
waits for an answer is hung up on, and learns it as a connection that was lost.
"""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine

log = logging.getLogger(__name__)


def hang_up(driver: psycopg.Connection[Any]) -> None:
    """Wake whoever waits on `driver`, with the error of a lost connection; from any thread.

    The caller sees to it that nobody closes `driver` meanwhile: its number may be another's then.
    """
    # One that is gone already is as good; closing the twin leaves the driver's socket open.
    with (
        suppress(OSError, psycopg.Error),
        socket.fromfd(driver.fileno(), socket.AF_INET, socket.SOCK_STREAM) as twin,
    ):
        twin.shutdown(socket.SHUT_RDWR)


@contextmanager
def answer_within(
    driver: psycopg.Connection[Any], seconds: float, on_silence: Callable[[], None]
) -> Iterator[None]:
    """What asks `driver` in here gets its answer in time, or psycopg.OperationalError.

    `on_silence` is called on a thread of its own.
    """

    def give_up() -> None:
        log.warning("the database has not answered for %s s", seconds)
        hang_up(driver)
        on_silence()

    timer = Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


class PooledConnections:
    """All open connections of a pool, at work or not: one that is asked whether it lives, before
    it is handed out, waits for the same server."""

    def __init__(self, engine: Engine) -> None:
        self._lock = Lock()
        self._open: dict[int, psycopg.Connection[Any]] = {}
        event.listen(engine, "connect", self._on_opened)
        event.listen(engine, "close", self._on_over)  # comes before the driver closes

    def hang_up(self) -> None:
        with self._lock:
            for driver in self._open.values():
                hang_up(driver)

    def _on_opened(self, driver: psycopg.Connection[Any], *_: object) -> None:
        with self._lock:
            self._open[id(driver)] = driver

    def _on_over(self, driver: psycopg.Connection[Any], *_: object) -> None:
        with self._lock:
            self._open.pop(id(driver), None)
