"""What the gateway writes: each event once, numbered in commit order, told by number only."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.domain.calls import End, LegEvent, Phase
from ets_desktop.services.calls import lose_legs_under_way, record_leg_event
from tests.calls import BEGAN, ring, then


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="test")
    yield database
    database.close()


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    def read(session: Session) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in session.execute(text(query))]

    return database.call(read)


LEGS = 'SELECT phase, "end", rang_at, talked_at, ended_at FROM call_leg ORDER BY id'


def test_a_ring_makes_a_call_a_leg_and_an_event(database: Database) -> None:
    event = replace(ring(), caller_name="김정민", dialled="0212340101", queue="support")
    call_id = database.call(record_leg_event, event).value
    assert rows(
        database,
        "SELECT id, link, direction, caller_number, caller_typed, caller_name, dialled, queue,"
        " rang_at, customer_id FROM call",
    ) == [
        (call_id, "test", "in", "01000001234", "01000001234", "김정민", "0212340101", "support",
         BEGAN, None)
    ]  # fmt: skip
    assert rows(database, LEGS) == [("ringing", None, BEGAN, None, None)]
    assert rows(database, "SELECT extension, phase, happened_at FROM call_event") == [
        ("101", "ringing", BEGAN)
    ]


def test_the_second_arrival_of_an_event_changes_nothing(database: Database) -> None:
    first = database.call(record_leg_event, ring())
    again = database.call(record_leg_event, ring())
    assert again.value == first.value
    assert rows(database, "SELECT count(*) FROM call_event") == [(1,)]


@pytest.mark.parametrize("number", ["anonymous", "<unknown>", None, "010-****-1234"])
def test_a_withheld_number_is_kept_as_shown_and_never_as_digits(
    database: Database, number: str | None
) -> None:
    database.call(record_leg_event, ring(number=number))
    assert rows(database, "SELECT caller_number, caller_typed FROM call") == [(None, number or "")]


def test_a_call_between_extensions_is_internal(database: Database) -> None:
    database.call(record_leg_event, ring(number="102"))
    assert rows(database, "SELECT direction FROM call") == [("internal",)]


def a_whole_leg() -> list[LegEvent]:
    rings = ring()
    return [
        rings,
        then(rings, Phase.TALKING, 2),
        then(rings, Phase.HELD, 5),
        then(rings, Phase.ENDED, 9, End.COMPLETED),
    ]


def test_the_order_of_arrival_does_not_matter(database: Database) -> None:
    for number, order in enumerate(permutations(a_whole_leg())):
        for event in order:
            key = f"{event.event_key}:{number}"
            call = f"call-{number}"
            database.call(record_leg_event, replace(event, vendor_call_id=call, event_key=key))
    assert set(rows(database, LEGS)) == {
        (
            "ended",
            "completed",
            BEGAN,
            BEGAN + timedelta(seconds=2),
            BEGAN + timedelta(seconds=9),
        )
    }


def test_a_surer_reason_corrects_an_end(database: Database) -> None:
    rings = ring()
    ended = then(rings, Phase.ENDED, 3, End.NO_ANSWER)
    for event in (rings, ended, replace(ended, end=End.BUSY, event_key="test:surer")):
        database.call(record_leg_event, event)
    assert rows(database, LEGS)[0][:2] == ("ended", "busy")


def test_two_extensions_ring_for_one_call_and_the_first_names_the_caller(
    database: Database,
) -> None:
    database.call(record_leg_event, ring())
    consulted = ring("103", "101", leg="leg-2")
    database.call(record_leg_event, consulted)
    assert rows(database, "SELECT caller_number FROM call") == [("01000001234",)]
    assert rows(database, "SELECT extension FROM call_leg ORDER BY id") == [("101",), ("103",)]


@pytest.mark.parametrize("number", ["anonymous", None, "01000001234"])
def test_a_colleague_who_is_asked_about_a_call_does_not_become_its_caller(
    database: Database, number: str | None
) -> None:
    database.call(record_leg_event, ring(number=number))
    consulted = replace(ring("103", "101", leg="leg-2"), caller_name="상담 101")
    database.call(record_leg_event, consulted)
    assert rows(database, "SELECT direction, caller_typed, caller_name FROM call") == [
        ("in", number or "", "")
    ]
    assert rows(database, "SELECT caller_number FROM call") == [
        (None if number == "anonymous" else number,)
    ]


def test_what_was_not_known_of_the_caller_is_filled_in(database: Database) -> None:
    rings = ring(number=None)
    database.call(record_leg_event, rings)
    for phase, name in ((Phase.TALKING, ""), (Phase.HELD, "김정민")):
        later = replace(then(rings, phase, 2), number="01000001234", caller_name=name)
        database.call(record_leg_event, later)
    found = "SELECT caller_number, caller_typed, caller_name FROM call"
    assert rows(database, found) == [("01000001234", "01000001234", "김정민")]


def test_the_notice_carries_the_events_number_and_no_phone_number(database: Database) -> None:
    with psycopg.connect(database.url, autocommit=True) as ear:
        ear.execute("LISTEN ets_call_101")
        database.call(record_leg_event, ring())
        (notice,) = ear.notifies(timeout=5, stop_after=1)
    ids = rows(database, "SELECT id::text FROM call_event")
    assert [(notice.payload,)] == ids


def test_events_are_numbered_in_the_order_of_their_commits(database: Database) -> None:
    """A reader that asks for what follows its last number can never be overtaken."""
    calls = [ring(call=f"call-{n}", leg=f"leg-{n}") for n in range(40)]
    gaps: list[int] = []
    with ThreadPoolExecutor(4) as writers:
        written = [writers.submit(database.call, record_leg_event, event) for event in calls]
        seen = 0
        while seen < len(calls):
            ids = [row[0] for row in rows(database, "SELECT id FROM call_event ORDER BY id")]
            gaps += [n for n in ids[:seen] if n > len(calls)]
            assert ids == list(range(1, len(ids) + 1))
            seen = len(ids)
        assert all(done.result().value for done in written)
    assert gaps == []


def test_the_gateways_role_may_write_and_an_agents_may_not(database: Database) -> None:
    def as_role(session: Session, role: str) -> None:
        session.execute(text(f"SET LOCAL ROLE {role}"))
        record_leg_event(session, ring())

    with pytest.raises(Exception, match="not_allowed"):
        database.call(as_role, "ets_agent")
    database.call(as_role, "ets_gateway")


def test_what_an_earlier_run_left_open_is_lost(database: Database) -> None:
    for event in (*a_whole_leg(), ring(call="call-2", leg="leg-2")):
        database.call(record_leg_event, event)
    now = BEGAN + timedelta(hours=1)
    assert database.call(lose_legs_under_way, "test", now).value == 1
    assert database.call(lose_legs_under_way, "test", now).value == 0
    assert [row[:2] for row in rows(database, LEGS)] == [("ended", "completed"), ("ended", "lost")]
