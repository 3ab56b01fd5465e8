"""The dock's rows and the events of one extension."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.domain.calls import PEER, TRANSFERRED_TO, Direction, End, LegEvent, Phase
from ets_desktop.queries.calls import call_by_id, call_history, events_after, is_extension
from ets_desktop.services.calls import record_leg_event
from tests.calls import BEGAN, ring, then

TODAY = date(2026, 11, 21)


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="test")
    yield database
    database.close()


def store(database: Database, *events: LegEvent) -> None:
    for event in events:
        database.call(record_leg_event, event)


def customers(session: Session, *digits: str) -> list[int]:
    ids = []
    for number in digits:
        made = session.execute(text("INSERT INTO customer (name) VALUES ('김정민') RETURNING id"))
        ids.append(made.scalar_one())
        session.execute(
            text(
                "INSERT INTO customer_phone (customer_id, typed, digits, kind)"
                " VALUES (:id, :digits, :digits, 'mobile')"
            ),
            {"id": ids[-1], "digits": number},
        )
    return ids


def test_an_expired_safe_number_names_no_caller(database: Database) -> None:
    store(database, ring())
    database.call(customers, "01000001234")
    older = "UPDATE customer_phone SET kind = 'safe', captured_at = now() - interval '{} days'"
    names = []
    for days in (29, 31):
        database.call(lambda session, age=days: session.execute(text(older.format(age))))
        (row,) = database.call(call_history, "101", TODAY)
        names.append(row.customer_name)
    assert names == ["김정민", ""]


def test_a_talked_call_shows_how_long(database: Database) -> None:
    rings = ring()
    store(
        database,
        rings,
        then(rings, Phase.TALKING, 2),
        then(rings, Phase.ENDED, 64.6, End.COMPLETED),
    )
    (row,) = database.call(call_history, "101", TODAY)
    assert (row.number, row.state, row.talk_seconds) == ("01000001234", "completed", 63)
    assert (row.direction, row.is_missed, row.customer_id) == (Direction.IN, False, None)


def test_a_call_nobody_took_is_missed_but_one_taken_elsewhere_is_not(database: Database) -> None:
    for number, end in enumerate((End.ABANDONED, End.ANSWERED_ELSEWHERE)):
        rings = ring(call=f"call-{number}", at=BEGAN + timedelta(minutes=number))
        rings = replace(rings, leg_key=f"leg-{number}", event_key=f"key-{number}")
        store(database, rings, replace(then(rings, Phase.ENDED, 9, end), event_key=f"end-{number}"))
    newest, oldest = database.call(call_history, "101", TODAY)
    assert not newest.is_missed
    assert oldest.is_missed
    assert oldest.talk_seconds is None


def test_a_call_under_way_shows_its_phase(database: Database) -> None:
    store(database, ring())
    (row,) = database.call(call_history, "101", TODAY)
    assert (row.state, row.end, row.is_missed) == ("ringing", None, False)


def test_a_queue_that_rings_again_is_one_row(database: Database) -> None:
    first = ring()
    again = ring(leg="leg-2", at=BEGAN + timedelta(seconds=20))
    store(database, first, then(first, Phase.ENDED, 15, End.NO_ANSWER), again)
    (row,) = database.call(call_history, "101", TODAY)
    assert row.state == "ringing"


def test_only_this_extension_and_this_day_in_seoul_are_told(database: Database) -> None:
    midnight = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    second = timedelta(seconds=1)
    for number, at in enumerate((midnight - second, midnight, midnight + timedelta(days=1))):
        store(database, ring(call=f"c{number}", leg=f"l{number}", at=at))
    store(database, ring("102", call="other", leg="other", at=midnight))
    assert [row.rang_at for row in database.call(call_history, "101", TODAY)] == [midnight]


def test_the_only_customer_with_the_number_is_named(database: Database) -> None:
    store(database, ring(), ring(number="01000009999", call="call-2", leg="leg-2"))
    first, _, _ = database.call(customers, "01000001234", "01000009999", "01000009999")
    by_number = {row.number: row for row in database.call(call_history, "101", TODAY)}
    assert by_number["01000001234"].customer_id == first
    assert by_number["01000001234"].customer_name == "김정민"
    assert by_number["01000009999"].customer_id is None


def test_the_customer_the_call_was_given_to_comes_first(database: Database) -> None:
    store(database, ring())
    _, given = database.call(customers, "01000001234", "01000005678")

    def give(session: Session) -> None:
        session.execute(text("UPDATE call SET customer_id = :id"), {"id": given})

    database.call(give)
    (row,) = database.call(call_history, "101", TODAY)
    assert row.customer_id == given


def test_a_call_is_found_by_its_id_at_its_own_extension_only(database: Database) -> None:
    call_id = database.call(record_leg_event, ring()).value
    found = database.call(call_by_id, "101", call_id)
    assert found is not None
    assert found.call_id == call_id
    assert database.call(call_by_id, "102", call_id) is None


def test_events_are_read_after_the_last_one_seen(database: Database) -> None:
    rings = replace(ring(), caller_name="김정민", dialled="15880000", queue="support")
    store(
        database,
        rings,
        ring("102", leg="leg-2"),
        then(rings, Phase.RINGING, 1, details={PEER: "+82 10 0000 9999"}),
        then(rings, Phase.ENDED, 3, End.TRANSFERRED, {TRANSFERRED_TO: "102"}),
    )
    events = database.call(events_after, "101", 0)
    assert [event.phase for event in events] == [Phase.RINGING, Phase.RINGING, Phase.ENDED]
    first, moved, ended = events
    assert (first.number, first.caller_name, first.queue) == ("01000001234", "김정민", "support")
    assert (moved.peer, ended.end, ended.transferred_to) == (
        "01000009999",
        End.TRANSFERRED,
        "102",
    )
    assert database.call(events_after, "101", moved.id) == (ended,)


def test_only_an_active_agents_extension_is_one(database: Database) -> None:
    def hire(session: Session) -> None:
        session.execute(
            text(
                "INSERT INTO agent (login, name, extension, role, active)"
                " VALUES ('agent101', '이서연', '101', 'agent', true),"
                " ('agent102', '박지후', '102', 'agent', false)"
            )
        )

    database.call(hire)
    assert database.call(is_extension, "101")
    assert not database.call(is_extension, "102")
    assert not database.call(is_extension, "999")
