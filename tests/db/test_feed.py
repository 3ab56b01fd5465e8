"""The feed on a real server: nothing is missed, nothing is told twice, it ends at once."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.feed import Feed, FeedState
from ets_desktop.domain.calls import CallEventRow, End, LegEvent, Phase
from ets_desktop.domain.topics import EVERYTHING, LIVE_CALLS, Topic
from ets_desktop.services.calls import record_leg_event
from tests.calls import ring, then

PATIENCE_S = 10.0

Told = tuple[str, Any]


@dataclass
class Ear:
    """Collects what a feed tells."""

    told: "queue.Queue[Told]" = field(default_factory=queue.Queue)

    def feed(self, connect: Callable[[], psycopg.Connection[Any]], **options: Any) -> Feed:
        return Feed(
            connect,
            options.pop("extension", "101"),
            on_call_events=lambda events: self.told.put(("calls", events)),
            on_change=self._hear_change,
            on_state=lambda state: self.told.put(("state", state)),
            **options,
        )

    def _hear_change(self, topics: frozenset[Topic]) -> None:
        """Every step of a call is told as a topic, too, to whoever watches the board."""
        if topics != {LIVE_CALLS}:
            self.told.put(("change", topics))

    def next(self, kind: str) -> Any:
        """The next thing of that kind; fails on any other."""
        told, value = self.told.get(timeout=PATIENCE_S)
        assert told == kind, f"{told}: {value}"
        return value


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="test")
    yield database
    database.close()


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def started(ear: Ear, database: Database) -> Iterator[Feed]:
    feed = ear.feed(database.listening_connection)
    feed.start()
    assert ear.next("state") == FeedState(True)
    yield feed
    feed.stop()


def store(database: Database, *events: LegEvent) -> None:
    for event in events:
        database.call(record_leg_event, event)


def notify(session: Session, channel: str, payload: str) -> None:
    session.execute(text("SELECT pg_notify(:c, :p)"), {"c": channel, "p": payload})


def until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def cut(database: Database) -> None:
    def terminate(session: Session) -> None:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'test feed' AND datname = current_database()"
            )
        )

    database.call(terminate)


def phases(events: tuple[CallEventRow, ...]) -> list[Phase]:
    return [event.phase for event in events]


@pytest.mark.usefixtures("started")
def test_a_ring_arrives_within_a_moment(ear: Ear, database: Database) -> None:
    store(database, ring())
    (event,) = ear.next("calls")
    assert (event.extension, event.phase, event.number) == ("101", Phase.RINGING, "01000001234")


@pytest.mark.usefixtures("started")
def test_calls_of_other_extensions_are_not_heard(ear: Ear, database: Database) -> None:
    store(database, ring("102"), ring("101", leg="leg-2"))
    (event,) = ear.next("calls")
    assert event.extension == "101"


@pytest.mark.usefixtures("started")
def test_changes_of_other_desks_arrive_as_topics(ear: Ear, database: Database) -> None:
    database.call(notify, "ets_change", "ticket/12 agent/3")
    assert ear.next("change") == frozenset({Topic("ticket/12"), Topic("agent/3")})


@pytest.mark.usefixtures("started")
def test_a_notice_that_comes_while_events_are_read_is_heard_at_once(
    ear: Ear, database: Database
) -> None:
    """Not at the next heartbeat: it has left the socket with the answer to the reading."""
    blocked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with database.driver_connection() as holder:
        holder.execute("LOCK TABLE call_event IN ACCESS EXCLUSIVE MODE")
        database.call(notify, "ets_call_101", "1")
        until(lambda: database.call(lambda session: session.execute(text(blocked)).scalar() == 1))
        database.call(notify, "ets_change", "ticket/1")
    assert ear.told.get(timeout=PATIENCE_S / 4) == ("change", frozenset({Topic("ticket/1")}))


@pytest.mark.usefixtures("started")
def test_an_event_is_told_once_however_often_the_bell_rings(ear: Ear, database: Database) -> None:
    store(database, ring())
    assert phases(ear.next("calls")) == [Phase.RINGING]
    database.call(notify, "ets_call_101", "1")
    database.call(notify, "ets_change", "ticket/1")
    ear.next("change")


@pytest.mark.usefixtures("started")
def test_after_a_cut_what_was_missed_is_replayed_and_everything_counts_as_changed(
    ear: Ear, database: Database
) -> None:
    rings = ring()
    store(database, rings)
    ear.next("calls")
    cut(database)
    store(database, then(rings, Phase.ENDED, 9, End.ABANDONED), ring(call="new", leg="new"))
    assert ear.next("state") == FeedState(False, "database_away")
    assert phases(ear.next("calls")) == [Phase.ENDED, Phase.RINGING]
    assert ear.next("state") == FeedState(True)
    assert ear.next("change") == frozenset({EVERYTHING})


def test_a_new_desk_begins_with_the_calls_under_way(ear: Ear, database: Database) -> None:
    over, goes_on = ring(), ring(call="call-2", leg="leg-2", at=datetime.now(UTC))
    store(database, over, then(over, Phase.ENDED, 9, End.ABANDONED), goes_on)
    feed = ear.feed(database.listening_connection)
    feed.start()
    (event,) = ear.next("calls")
    assert event.happened_at == goes_on.at
    feed.stop()


def test_a_desk_that_knows_its_last_event_replays_from_there(ear: Ear, database: Database) -> None:
    rings = ring()
    store(database, rings, then(rings, Phase.TALKING, 2))
    feed = ear.feed(database.listening_connection, last_id=1)
    feed.start()
    assert phases(ear.next("calls")) == [Phase.TALKING]
    feed.stop()


def test_a_desk_without_an_extension_hears_changes_only(ear: Ear, database: Database) -> None:
    feed = ear.feed(database.listening_connection, extension=None)
    feed.start()
    ear.next("state")
    store(database, ring())
    database.call(notify, "ets_change", "ticket/1")
    ear.next("change")
    feed.stop()


def test_a_server_that_is_away_is_told_and_found_again(ear: Ear, database: Database) -> None:
    away = [True, True]

    def connect() -> psycopg.Connection[Any]:
        if away:
            away.pop()
            return psycopg.connect("host=127.0.0.1 port=1 connect_timeout=2")
        return database.listening_connection()

    feed = ear.feed(connect)
    feed.start()
    assert ear.next("state") == FeedState(False, "database_away")
    assert ear.next("state") == FeedState(True)
    assert ear.next("change") == frozenset({EVERYTHING})
    feed.stop()


def test_the_heartbeat_finds_a_dead_connection(ear: Ear, database: Database) -> None:
    opened: list[psycopg.Connection[Any]] = []

    class Deaf(psycopg.Connection[Any]):
        """Answers nothing after the first heartbeat, like a server behind a pulled cable."""

        beats = 0

        def execute(self, query: Any, *args: Any, **options: Any) -> Any:
            if query == "SELECT 1":
                raise psycopg.OperationalError("connection timed out")
            return super().execute(query, *args, **options)

    def connect() -> psycopg.Connection[Any]:
        kind = psycopg.Connection if opened else Deaf
        opened.append(kind.connect(database.url, autocommit=True))
        return opened[-1]

    feed = ear.feed(connect, heartbeat_s=0.05)
    feed.start()
    assert ear.next("state") == FeedState(True)
    assert ear.next("state") == FeedState(False, "database_away")
    assert ear.next("state") == FeedState(True)
    feed.stop()


def test_a_server_that_answers_nothing_is_given_up_and_found_again(
    ear: Ear, database: Database
) -> None:
    opened: list[psycopg.Connection[Any]] = []
    silent = threading.Event()

    class Frozen(psycopg.Connection[Any]):
        """Its heartbeat is asked and never answered, as by a host that froze."""

        def execute(self, query: Any, *args: Any, **options: Any) -> Any:
            asked = "SELECT pg_sleep(600)" if query == "SELECT 1" else query
            return super().execute(asked, *args, **options)

    def connect() -> psycopg.Connection[Any]:
        kind = psycopg.Connection if opened else Frozen
        opened.append(kind.connect(database.url, autocommit=True))
        return opened[-1]

    feed = ear.feed(connect, heartbeat_s=0.05, silence_s=0.3, on_silence=silent.set)
    feed.start()
    assert ear.next("state") == FeedState(True)
    assert ear.next("state") == FeedState(False, "database_away")
    assert silent.is_set()
    assert ear.next("state") == FeedState(True)
    assert ear.next("change") == frozenset({EVERYTHING})
    feed.stop()


def test_silence_that_concerns_nobody_else_ends_too(ear: Ear, database: Database) -> None:
    feed = ear.feed(database.listening_connection, silence_s=0.0)
    feed.start()
    assert ear.next("state") == FeedState(False, "database_away")
    feed.stop()


def test_it_stops_at_once_and_says_nothing_more(
    ear: Ear, started: Feed, database: Database
) -> None:
    began = time.monotonic()
    started.stop()
    started.stop()
    assert time.monotonic() - began < 5
    store(database, ring())
    assert ear.told.empty()


def test_a_feed_that_never_started_can_be_stopped(ear: Ear, database: Database) -> None:
    ear.feed(database.listening_connection).stop()
