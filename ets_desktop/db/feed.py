"""The desk's ear at the database: calls of its extension and changes by other desks.

A notice is only a doorbell: what was missed is read by number after every (re)connection, and
after a gap everything counts as changed (facts: LISTEN).
"""

import logging
import select
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import psycopg

from ets_desktop.db.call_events import (
    CHANGES,
    channel_of,
    events_after,
    last_id_before_calls_under_way,
    listen,
)
from ets_desktop.db.failures import known_error
from ets_desktop.db.silence import answer_within
from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.calls import CallEventRow
from ets_desktop.domain.topics import EVERYTHING, Topic

log = logging.getLogger(__name__)

HEARTBEAT_S = 10.0

#: A heartbeat unanswered for so long: the server froze, or the line to it.
SILENCE_S = 8.0

#: A connection attempt that hangs in the resolver is left behind when the desk closes.
_JOIN_S = 3.0


@dataclass(frozen=True, slots=True)
class FeedState:
    """Whether the feed hears the database; else `reason` is the code of a known error."""

    connected: bool
    reason: str = ""


class Feed:
    """One background thread on one connection of its own (never from the pool).

    The callbacks run on that thread, never after `stop` has returned in time: `on_call_events`
    with events of `extension` in the order of their numbers, each once; `on_change` with topics;
    `on_state` when the connection comes or goes. `connect` opens a connection in autocommit.
    Without an extension (a supervisor's desk) only changes are heard. Start it before reading the
    first lists: what changes between is then told.
    """

    def __init__(
        self,
        connect: Callable[[], psycopg.Connection[Any]],
        extension: str | None,
        *,
        on_call_events: Callable[[tuple[CallEventRow, ...]], None],
        on_change: Callable[[frozenset[Topic]], None],
        on_state: Callable[[FeedState], None],
        last_id: int | None = None,
        on_silence: Callable[[], None] | None = None,
        heartbeat_s: float = HEARTBEAT_S,
        silence_s: float = SILENCE_S,
    ) -> None:
        """`last_id`: the newest event known; None begins with the calls under way. `on_silence`
        is called (on a thread of its own) when the server answers nothing for `silence_s`."""
        self._connect = connect
        self._extension = extension or None
        self._on_call_events = on_call_events
        self._on_change = on_change
        self._on_state = on_state
        self._last_id = last_id
        self._on_silence = on_silence or _take_silently
        self._heartbeat_s = heartbeat_s
        self._silence_s = silence_s
        self._state: FeedState | None = None
        self._stopping = Event()
        self._bell, self._bell_far = socket.socketpair()
        self._thread = Thread(target=self._run, name="feed", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; returns within three seconds. Safe to call twice."""
        self._stopping.set()
        self._bell.close()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)
        else:
            self._bell_far.close()

    def _run(self) -> None:
        with closing(self._bell_far):
            patience = Patience()
            while not self._stopping.is_set():
                began = time.monotonic()
                try:
                    with closing(self._connect()) as driver:
                        self._begin(driver)
                        self._hear(driver)
                except psycopg.Error as error:
                    self._tell_loss(error)
                self._stopping.wait(patience.wait_after(time.monotonic() - began))

    def _tell_loss(self, error: psycopg.Error) -> None:
        known = known_error(error, committing=False)
        reason = known.code if known is not None else "database_away"
        log.warning("the feed lost the database: %s %s", reason, error.sqlstate)
        self._tell_state(FeedState(False, reason))

    def _tell_state(self, state: FeedState) -> None:
        if state != self._state and not self._stopping.is_set():
            self._state = state
            self._on_state(state)

    def _tell_change(self, topics: frozenset[Topic]) -> None:
        if not self._stopping.is_set():
            self._on_change(topics)

    def _begin(self, driver: psycopg.Connection[Any]) -> None:
        is_first = self._state is None
        with self._answered(driver):
            listen(driver, CHANGES)
            if self._extension is not None:
                listen(driver, channel_of(self._extension))
            self._catch_up(driver)
        self._tell_state(FeedState(True))
        if not is_first:
            self._tell_change(frozenset({EVERYTHING}))

    def _catch_up(self, driver: psycopg.Connection[Any]) -> None:
        if self._extension is None:
            self._last_id = 0
            return
        if self._last_id is None:
            self._last_id = last_id_before_calls_under_way(driver, self._extension)
        events = events_after(driver, self._extension, self._last_id)
        if events and not self._stopping.is_set():
            self._last_id = events[-1].id
            self._on_call_events(events)

    def _hear(self, driver: psycopg.Connection[Any]) -> None:
        """Until stopped, or until the connection fails (psycopg.Error)."""
        next_beat = time.monotonic() + self._heartbeat_s
        while not self._stopping.is_set():
            # What came in during a query of ours waits in the connection: the socket is silent.
            if notices := list(driver.notifies(timeout=0)):
                self._answer(driver, notices)
                continue
            ears: list[Any] = [driver.fileno(), self._bell_far]
            select.select(ears, [], [], max(0.0, next_beat - time.monotonic()))
            if time.monotonic() >= next_beat and not self._stopping.is_set():
                with self._answered(driver):
                    driver.execute("SELECT 1")
                next_beat = time.monotonic() + self._heartbeat_s

    def _answer(self, driver: psycopg.Connection[Any], notices: Iterable[psycopg.Notify]) -> None:
        topics: set[Topic] = set()
        rang = False
        for notice in notices:
            if notice.channel == CHANGES:
                topics.update(Topic(word) for word in notice.payload.split())
            else:
                rang = True
        if rang:
            with self._answered(driver):
                self._catch_up(driver)
        if topics:
            self._tell_change(frozenset(topics))

    def _answered(self, driver: psycopg.Connection[Any]) -> AbstractContextManager[None]:
        return answer_within(driver, self._silence_s, self._on_silence)


def _take_silently() -> None:
    """Nobody else waits on the server."""
