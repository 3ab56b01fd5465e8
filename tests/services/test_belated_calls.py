"""What one gateway heard while another one worked is told once, by whoever knows it better."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.domain.calls import End, LegEvent, Phase
from ets_desktop.services.belated_calls import OtherGateway, record_belated_event
from ets_desktop.services.calls import record_leg_event
from tests.calls import BEGAN, ring, then

AWAY = OtherGateway(is_up=False, names_calls=True)
AWAY_UNNAMED = OtherGateway(is_up=False, names_calls=False)
STORED = "SELECT k.vendor_call_id, e.phase FROM call_event e JOIN call k ON k.id = e.call_id"
LEGS = 'SELECT leg_key, phase, "end" FROM call_leg ORDER BY id'

Tell = Callable[..., bool]


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="test")
    yield database
    database.close()


@pytest.fixture
def tell(database: Database) -> Tell:
    def tell(event: LegEvent, other: OtherGateway = AWAY, goes_on: bool = False) -> bool:
        return database.call(record_belated_event, event, other, goes_on).value

    return tell


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    def read(session: Session) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in session.execute(text(query))]

    return database.call(read)


def later(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def test_what_nobody_else_told_is_told(database: Database, tell: Tell) -> None:
    assert tell(ring())
    assert tell(then(ring(), Phase.TALKING, 2), goes_on=True)
    assert rows(database, STORED) == [("call-1", "ringing"), ("call-1", "talking")]


def test_a_leg_that_goes_on_elsewhere_does_not_ring_again(database: Database, tell: Tell) -> None:
    database.call(record_leg_event, then(ring(), Phase.TALKING, 60))
    assert not tell(ring())
    assert rows(database, STORED) == [("call-1", "talking")]


def test_an_end_that_is_known_better_is_believed(database: Database, tell: Tell) -> None:
    database.call(record_leg_event, ring())
    database.call(record_leg_event, then(ring(), Phase.ENDED, 60, End.LOST))
    assert not tell(then(ring(), Phase.TALKING, 2))
    assert not tell(then(ring(), Phase.ENDED, 30, End.COMPLETED))
    assert rows(database, LEGS) == [("leg-1", "ended", "completed")]
    assert rows(database, "SELECT talked_at, ended_at FROM call_leg") == [(later(2), later(30))]


def test_calls_that_merged_meanwhile_are_one_call(database: Database, tell: Tell) -> None:
    database.call(record_leg_event, ring(call="merged"))
    assert not tell(then(ring(call="before"), Phase.TALKING, 2))
    assert rows(database, STORED) == [("merged", "ringing"), ("merged", "talking")]


def test_a_key_of_the_telephone_systems_own_is_told_once(database: Database, tell: Tell) -> None:
    hears_it_too = OtherGateway(is_up=True, names_calls=True)
    assert tell(ring(), hears_it_too)
    assert not tell(ring(), hears_it_too)
    assert len(rows(database, STORED)) == 1


def test_what_a_history_tells_is_left_to_who_reads_it(database: Database, tell: Tell) -> None:
    assert not tell(ring(), OtherGateway(is_up=True, names_calls=False))
    assert rows(database, STORED) == []


@pytest.mark.parametrize(
    ("change", "is_new"),
    [
        (lambda e: e, False),
        (lambda e: replace(e, heard_at=e.heard_at + timedelta(seconds=90)), False),
        (lambda e: replace(e, heard_at=e.heard_at + timedelta(minutes=3)), True),
        (lambda e: replace(e, extension="102"), True),
        (lambda e: replace(e, number="01000009999"), True),
        (lambda e: replace(e, number=None), True),
        (lambda e: replace(e, link="other"), True),
    ],
)
def test_without_keys_the_same_caller_at_the_same_phone_is_the_same_call(
    database: Database, tell: Tell, change: Callable[[LegEvent], LegEvent], is_new: bool
) -> None:
    database.call(record_leg_event, ring(call="row", leg="row"))
    heard = change(replace(ring(call="ours", leg="ours"), event_key="ours"))
    assert tell(heard, AWAY_UNNAMED) is is_new
    assert len(rows(database, STORED)) == (2 if is_new else 1)
