"""Pickups: retried once, called off while possible, moved by what couriers tell, never doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.claim_requests import PickupWish
from ets_desktop.domain.claims import ClaimType, HoldReason
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.pickups import PickupState, SendState
from ets_desktop.queries.pickups import pickup_events
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.services.claims import EndClaim, HoldClaim, hold_claim, withdraw_claim
from ets_desktop.services.pickups import (
    CancelPickup,
    OrderPickup,
    PickupSending,
    RetryPickup,
    cancel_pickup,
    note_sending,
    order_pickup,
    retry_pickup,
    take_pickup_news,
)
from tests.claims import PLACE, news, requested, shipped_line, wish, without_goods

Login = Callable[[Agent], Database]


def rows(database: Database, sql: str, **given: Any) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql), given).all()))


def states(database: Database) -> list[tuple[Any, ...]]:
    """(state, attempt) of every pickup, and where the claim stands."""
    pickups = rows(database, "SELECT state, attempt FROM pickup ORDER BY id")
    return [tuple(row) for row in (*pickups, *rows(database, "SELECT step FROM claim"))]


def code_of(database: Database, function: Any, command: Any) -> str:
    with pytest.raises(RuleViolation) as refusal:
        database.call(function, command)
    return refusal.value.code


@pytest.fixture
def made(database: Database, kim: Agent) -> ClaimRequested:
    return requested(database, kim, wish(shipped_line(database)))


def failed(database: Database, made: ClaimRequested) -> int:
    """The pickup, which nobody collected."""
    told = news(made, "failed", code="02", words="업체미출고", failed_at="not_collected")
    return database.call(take_pickup_news, told).value.pickup_id


def test_a_pickup_goes_on_as_its_courier_tells(database: Database, made: ClaimRequested) -> None:
    for state, step in (
        ("accepted", "pickup_ordered"),
        ("collected", "collecting"),
        ("in_transit", "collecting"),
        ("arrived", "collecting"),
    ):
        database.call(take_pickup_news, news(made, state))
        assert states(database) == [(state, 1), (step,)]
    times = "SELECT num_nonnulls(accepted_at, collected_at, arrived_at), failed_at FROM pickup"
    assert rows(database, times) == [(3, None)]
    assert made.pickup_id is not None
    events = database.call(pickup_events, made.pickup_id)
    assert [one.state for one in events if one.kind == "state"] == [
        "requested",
        "accepted",
        "collected",
        "in_transit",
        "arrived",
    ]


def test_the_same_news_twice_and_late_news_move_nothing_back(
    database: Database, made: ClaimRequested
) -> None:
    told = news(made, "in_transit", return_waybill="699123456786", place="강남")
    assert not database.call(take_pickup_news, told).value.repeated
    assert database.call(take_pickup_news, told).value.repeated
    for late in (news(made, "accepted"), news(made, "collected"), news(made, None, "scan/7")):
        database.call(take_pickup_news, late)
    assert states(database) == [("in_transit", 1), ("collecting",)]
    assert rows(database, "SELECT return_waybill, collected_at IS NOT NULL FROM pickup") == [
        ("699123456786", True)
    ]


def test_a_failure_keeps_the_couriers_code_and_is_retried_once(
    database: Database, login: Login, kim: Agent, lee: Agent, made: ClaimRequested
) -> None:
    pickup_id = failed(database, made)
    assert states(database) == [("failed", 1), ("pickup_failed",)]
    assert rows(database, "SELECT failure_state, failure_code, failure_text FROM pickup") == [
        ("not_collected", "02", "업체미출고")
    ]
    day = seoul_date(datetime.now(UTC)) + timedelta(days=2)
    desks = [(login(one), RetryPickup(one.id, pickup_id, day)) for one in (kim, lee)]
    with ThreadPoolExecutor(2) as both:
        calls = [both.submit(desk.call, retry_pickup, press) for desk, press in desks]
        answers = [call.result().value for call in calls]
    assert answers[0].pickup_id == answers[1].pickup_id
    assert sorted(one.repeated for one in answers) == [False, True]
    assert states(database) == [("failed", 1), ("requested", 2), ("pickup_ordered",)]
    (again,) = rows(database, "SELECT wished_on, name, retry_of FROM pickup WHERE attempt = 2")
    assert again == (day, "이수취", pickup_id)


def test_what_was_not_collected_may_come_all_the_same(
    database: Database, kim: Agent, made: ClaimRequested
) -> None:
    pickup_id = failed(database, made)
    database.call(take_pickup_news, news(made, "collected"))
    assert states(database) == [("collected", 1), ("collecting",)]
    assert code_of(database, retry_pickup, RetryPickup(kim.id, pickup_id)) == "pickup_not_failed"


def test_an_attempt_that_was_replaced_moves_no_more(
    database: Database, kim: Agent, made: ClaimRequested
) -> None:
    pickup_id = failed(database, made)
    database.call(retry_pickup, RetryPickup(kim.id, pickup_id))
    database.call(take_pickup_news, news(made, "collected"))
    assert states(database) == [("failed", 1), ("requested", 2), ("pickup_ordered",)]
    database.call(cancel_pickup, CancelPickup(kim.id, pickup_id))
    assert states(database) == [("cancelled", 1), ("requested", 2), ("pickup_ordered",)]
    assert rows(database, "SELECT kind FROM logistics_instruction") == [("collect",)]


def test_a_courier_may_call_a_pickup_off_itself(
    database: Database, kim: Agent, made: ClaimRequested
) -> None:
    database.call(take_pickup_news, news(made, "cancelled"))
    assert states(database) == [("cancelled", 1), ("accepted",)]


def test_a_replaced_attempt_that_is_called_off_leaves_the_new_one(
    database: Database, kim: Agent, made: ClaimRequested
) -> None:
    pickup_id = failed(database, made)
    database.call(retry_pickup, RetryPickup(kim.id, pickup_id))
    database.call(take_pickup_news, news(made, "cancelled"))
    assert states(database) == [("cancelled", 1), ("requested", 2), ("pickup_ordered",)]


def test_a_retry_is_refused_where_it_makes_no_sense(
    database: Database, kim: Agent, made: ClaimRequested
) -> None:
    pickup_id = made.pickup_id or 0
    assert code_of(database, retry_pickup, RetryPickup(kim.id, pickup_id)) == "pickup_not_failed"
    failed(database, made)
    past = RetryPickup(kim.id, pickup_id, date(2020, 1, 1))
    assert code_of(database, retry_pickup, past) == "wished_on_in_past"
    version = rows(database, "SELECT version FROM claim")[0][0]
    hold = HoldClaim(kim.id, made.claim.claim_id, version, HoldReason.OTHER)
    version = database.call(hold_claim, hold).value.version
    assert code_of(database, retry_pickup, RetryPickup(kim.id, pickup_id)) == "claim_held"
    database.call(withdraw_claim, EndClaim(kim.id, made.claim.claim_id, version, "변심"))
    assert code_of(database, retry_pickup, RetryPickup(kim.id, pickup_id)) == "claim_closed"
    with pytest.raises(NotFound):
        database.call(retry_pickup, RetryPickup(kim.id, 0))


def test_a_pickup_is_called_off_until_the_driver_has_it(
    database: Database, login: Login, kim: Agent, made: ClaimRequested
) -> None:
    desk, press = login(kim), CancelPickup(kim.id, made.pickup_id or 0)
    assert not desk.call(cancel_pickup, press).value.repeated
    assert desk.call(cancel_pickup, press).value.repeated
    assert states(database) == [("cancelled", 1), ("accepted",)]
    assert rows(database, "SELECT kind FROM logistics_instruction ORDER BY id") == [
        ("collect",),
        ("cancel_collect",),
    ]
    # The driver came before the message.
    database.call(take_pickup_news, news(made, "in_transit"))
    assert code_of(desk, cancel_pickup, press) == "pickup_moved_on"


def test_an_order_for_a_courier_is_looked_at(
    database: Database, kim: Agent, made: ClaimRequested
) -> None:
    database.call(cancel_pickup, CancelPickup(kim.id, made.pickup_id or 0))
    version = rows(database, "SELECT version FROM claim")[0][0]
    order = OrderPickup(kim.id, made.claim.claim_id, version, PickupWish("epost", PLACE))
    nobody = replace(order, wish=PickupWish("", PLACE))
    assert code_of(database, order_pickup, nobody) == "needs_courier"
    assert database.call(order_pickup, order).value.state is PickupState.REQUESTED
    assert states(database) == [("cancelled", 1), ("requested", 1), ("pickup_ordered",)]


def test_nothing_is_fetched_for_a_cancellation(database: Database, kim: Agent) -> None:
    line = shipped_line(database, order_status="paid")
    made = requested(database, kim, without_goods(ClaimType.CANCEL, line))
    order = OrderPickup(kim.id, made.claim.claim_id, made.claim.version, PickupWish("cj", PLACE))
    assert code_of(database, order_pickup, order) == "claim_moved_on"


def test_how_the_wish_stands_with_its_courier_is_noted(
    database: Database, made: ClaimRequested
) -> None:
    pickup_id = made.pickup_id or 0
    sent_at = datetime.now(UTC)
    database.call(note_sending, PickupSending(pickup_id, sent_body={"RCPT_DV": "02"}))
    sent = PickupSending(pickup_id, SendState.SENT, booking_no="B-1", sent_at=sent_at)
    database.call(note_sending, sent)
    database.call(note_sending, PickupSending(pickup_id))
    assert rows(database, "SELECT send_state, booking_no, sent_body, sent_at FROM pickup") == [
        ("sent", "B-1", {"RCPT_DV": "02"}, sent_at)
    ]
