"""A claim on its way: 접수, 보류, 철회, 거부, postage; every other desk's word is heeded."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.claim_fees import FeeMethod
from ets_desktop.domain.claim_requests import LineWish, PickupWish
from ets_desktop.domain.claims import ClaimType, Decision, Fault, HoldReason, Step
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.queries.claim_history import claim_history
from ets_desktop.queries.history import ticket_history_rows
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.services.claims import (
    AcceptClaim,
    ChangeFee,
    EndClaim,
    HoldClaim,
    ReleaseClaim,
    accept_claim,
    change_fee,
    hold_claim,
    reject_claim,
    release_claim,
    withdraw_claim,
)
from ets_desktop.services.pickups import OrderPickup, PickupNews, order_pickup, take_pickup_news
from ets_desktop.services.returns import DecideLines, decide_lines
from tests.claims import PLACE, arrived, news, other_goods, requested, shipped_line, wish
from tests.factories import an_order_line, make

Login = Callable[[Agent], Database]


def rows(database: Database, sql: str, **given: Any) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql), given).all()))


def code_of(database: Database, function: Any, command: Any) -> str:
    with pytest.raises(RuleViolation) as refusal:
        database.call(function, command)
    return refusal.value.code


@pytest.fixture
def made(database: Database, kim: Agent) -> ClaimRequested:
    return requested(database, kim, wish(shipped_line(database)))


def asked_by_channel(database: Database, kim: Agent) -> ClaimRequested:
    """A claim as a channel's import writes it: only asked for."""
    asked = wish(
        shipped_line(database),
        pickup=None,
        source="channel",
        channel_status="RETURN_REQUEST",
        channel_status_detail="반품 요청",
    )
    return requested(database, kim, asked)


def test_a_channels_claim_is_accepted_then_collected(
    database: Database, login: Login, kim: Agent
) -> None:
    made = asked_by_channel(database, kim)
    assert made.claim.step is Step.REQUESTED
    words = "SELECT source, channel_status, channel_status_detail FROM claim"
    assert rows(database, words) == [("channel", "RETURN_REQUEST", "반품 요청")]
    desk = login(kim)
    press = AcceptClaim(kim.id, made.claim.claim_id, made.claim.version)
    first = desk.call(accept_claim, press).value
    again = desk.call(accept_claim, press).value
    assert (first.step, first.repeated, again.repeated) == (Step.ACCEPTED, False, True)
    wished = OrderPickup(kim.id, first.claim_id, again.version, PickupWish("hanjin", PLACE))
    desk.call(order_pickup, wished)
    assert rows(database, "SELECT step FROM claim") == [("pickup_ordered",)]
    assert rows(database, "SELECT courier, attempt, original_waybill FROM pickup") == [
        ("hanjin", 1, "600000000125")
    ]
    assert code_of(desk, order_pickup, stale_free(wished, database)) == "pickup_under_way"


def stale_free(command: OrderPickup, database: Database) -> OrderPickup:
    version = rows(database, "SELECT version FROM claim")[0][0]
    return OrderPickup(command.actor_id, command.claim_id, version, command.wish)


def test_a_held_claim_waits_until_it_is_released(
    database: Database, login: Login, kim: Agent, made: ClaimRequested
) -> None:
    desk, claim = login(kim), made.claim
    hold = HoldClaim(kim.id, claim.claim_id, claim.version, HoldReason.FEE_UNPAID, "입금 대기")
    held = desk.call(hold_claim, hold).value
    assert rows(database, "SELECT held, hold_reason, held_by FROM claim") == [
        (True, "fee_unpaid", kim.id)
    ]
    order = OrderPickup(kim.id, claim.claim_id, held.version, PickupWish("cj", PLACE))
    assert code_of(desk, order_pickup, order) == "claim_held"
    accept = AcceptClaim(kim.id, claim.claim_id, held.version)
    assert desk.call(accept_claim, accept).value.repeated
    # Another reason, and the hold is as old as it was.
    since = rows(database, "SELECT held_at FROM claim")
    changed = HoldClaim(kim.id, claim.claim_id, held.version, HoldReason.OTHER)
    version = desk.call(hold_claim, changed).value.version
    assert rows(database, "SELECT held_at FROM claim") == since
    release = ReleaseClaim(kim.id, claim.claim_id, version)
    assert not desk.call(release_claim, release).value.repeated
    assert desk.call(release_claim, release).value.repeated
    assert rows(database, "SELECT held, hold_reason, held_at FROM claim") == [(False, "", None)]


def test_a_hold_names_a_reason_and_keeps_its_length(
    database: Database, kim: Agent, made: ClaimRequested
) -> None:
    claim = made.claim
    unknown: Any = "whim"
    assert (
        code_of(database, hold_claim, HoldClaim(kim.id, claim.claim_id, claim.version, unknown))
        == "needs_hold_reason"
    )
    long = HoldClaim(kim.id, claim.claim_id, claim.version, HoldReason.OTHER, "가" * 1001)
    assert code_of(database, hold_claim, long) == "text_too_long"


def test_a_stale_press_changes_nothing_and_says_what_changed(
    database: Database, login: Login, kim: Agent, lee: Agent, made: ClaimRequested
) -> None:
    claim = made.claim
    hold = HoldClaim(lee.id, claim.claim_id, claim.version, HoldReason.SELLER_CHECKS)
    login(lee).call(hold_claim, hold)
    with pytest.raises(StaleData) as stale:
        login(kim).call(withdraw_claim, end(kim, made))
    changes = {one.field: (one.theirs, one.changed_by) for one in stale.value.changes}
    assert changes["hold_reason"] == ("seller_checks", "이담당")
    assert rows(database, "SELECT step FROM claim") == [("pickup_ordered",)]


def end(agent: Agent, made: ClaimRequested, *lines: int, version: int | None = None) -> EndClaim:
    given = made.claim.version if version is None else version
    return EndClaim(agent.id, made.claim.claim_id, given, "고객 변심", lines or None)


@pytest.mark.parametrize(
    ("service", "step"), [(withdraw_claim, "withdrawn"), (reject_claim, "rejected")]
)
def test_an_ended_claim_calls_its_pickup_off_and_frees_the_line(
    database: Database, login: Login, kim: Agent, service: Any, step: str
) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line, quantity=3))
    desk = login(kim)
    assert desk.call(service, end(kim, made)).value.step == step
    assert desk.call(service, end(kim, made)).value.repeated
    assert rows(database, "SELECT state, send_state FROM pickup") == [("cancelled", "")]
    kinds = rows(database, "SELECT kind FROM logistics_instruction ORDER BY id")
    assert kinds == [("collect",), ("cancel_collect",)]
    assert rows(database, "SELECT note FROM activity") == [(f"{made.claim.claim_no} 고객 변심",)]
    assert rows(database, "SELECT closed_at IS NOT NULL FROM claim") == [(True,)]
    requested(database, kim, wish(line, quantity=3))
    hold = HoldClaim(kim.id, made.claim.claim_id, made.claim.version, HoldReason.OTHER)
    assert code_of(desk, hold_claim, hold) == "claim_closed"
    accept = AcceptClaim(kim.id, made.claim.claim_id, made.claim.version)
    assert code_of(desk, accept_claim, accept) == "claim_closed"


def test_a_courier_that_knows_of_a_pickup_is_told_that_it_is_called_off(
    database: Database, kim: Agent, made: ClaimRequested
) -> None:
    rows(database, "UPDATE pickup SET send_state = 'sent', sent_body = '{\"a\": 1}' RETURNING id")
    database.call(withdraw_claim, end(kim, made))
    assert rows(database, "SELECT state, send_state FROM pickup") == [("cancelled", "waiting")]


def test_a_claim_that_ended_is_held_no_more(
    database: Database, login: Login, kim: Agent, made: ClaimRequested
) -> None:
    hold = HoldClaim(kim.id, made.claim.claim_id, made.claim.version, HoldReason.FEE_UNPAID)
    held = login(kim).call(hold_claim, hold).value
    login(kim).call(withdraw_claim, end(kim, made, version=held.version))
    assert rows(database, "SELECT step, held, hold_reason FROM claim") == [("withdrawn", False, "")]


def test_one_line_of_two_may_be_withdrawn(database: Database, kim: Agent) -> None:
    first = shipped_line(database)
    second = make(database, an_order_line, order_id=first.order_id)
    made = requested(database, kim, wish(first, second))
    done = database.call(withdraw_claim, end(kim, made, first.id)).value
    assert done.step is Step.PICKUP_ORDERED
    assert rows(database, "SELECT state FROM pickup") == [("requested",)]
    elsewhere = end(kim, made, 0, version=done.version)
    assert code_of(database, withdraw_claim, elsewhere) == "line_not_claimed"
    changes = database.call(claim_history, made.claim.claim_id)
    assert [(one.field, one.new) for one in changes if one.product] == [("step", "withdrawn")]
    told = database.call(ticket_history_rows, made.ticket_id, None, 50).rows
    (ended,) = [row for row in told if row.product]
    assert (ended.field, ended.old, ended.new) == ("claim_step", "pickup_ordered", "withdrawn")


def test_the_history_of_its_ticket_tells_each_step_once(
    database: Database, login: Login, kim: Agent, made: ClaimRequested
) -> None:
    hold = HoldClaim(kim.id, made.claim.claim_id, made.claim.version, HoldReason.FEE_UNPAID)
    login(kim).call(hold_claim, hold)
    told = database.call(ticket_history_rows, made.ticket_id, None, 50).rows
    claims = [(row.field, row.old, row.new) for row in told[::-1] if row.field[:6] == "claim_"]
    assert claims[0] == ("claim_created", "", "return")
    steps = [change for change in claims if change[0] == "claim_step"]
    assert steps[-1][2] == "pickup_ordered"
    assert len(steps) == len(set(steps))
    assert ("claim_hold_reason", "", "fee_unpaid") in claims
    assert {row.changed_by for row in told if row.field == "claim_held"} == {"김상담"}


def test_what_is_on_its_way_is_not_withdrawn(
    database: Database, kim: Agent, made: ClaimRequested
) -> None:
    database.call(take_pickup_news, news(made, "collected"))
    version = rows(database, "SELECT version FROM claim")[0][0]
    assert code_of(database, withdraw_claim, end(kim, made, version=version)) == "claim_moved_on"
    empty = EndClaim(kim.id, made.claim.claim_id, version, " ")
    assert code_of(database, withdraw_claim, empty) == "needs_reason"


def test_goods_that_are_sent_by_the_customer_have_no_pickup_to_call_off(
    database: Database, kim: Agent
) -> None:
    made = requested(database, kim, wish(shipped_line(database), pickup=None))
    database.call(withdraw_claim, end(kim, made))
    assert rows(database, "SELECT kind FROM logistics_instruction") == []


def test_the_postage_may_change_until_it_was_taken(
    database: Database, login: Login, kim: Agent, made: ClaimRequested
) -> None:
    claim, desk = made.claim, login(kim)

    def fee(amount: int, method: FeeMethod | None, payer: Fault = Fault.CUSTOMER) -> ChangeFee:
        version = rows(database, "SELECT version FROM claim")[0][0]
        return ChangeFee(kim.id, claim.claim_id, version, payer, amount, method)

    assert code_of(desk, change_fee, fee(-1, None)) == "no_amount"
    assert code_of(desk, change_fee, fee(3_000, None)) == "needs_fee_method"
    desk.call(change_fee, fee(2_500, FeeMethod.ENCLOSED))
    desk.call(change_fee, fee(0, None, Fault.SELLER))
    assert rows(database, "SELECT fee, fee_payer, fee_method FROM claim") == [(0, "seller", "")]
    desk.call(change_fee, fee(3_000, FeeMethod.UNPAID))
    rows(database, "UPDATE claim SET fee_deducted = 2000 RETURNING id")
    assert code_of(desk, change_fee, fee(1_000, FeeMethod.ENCLOSED)) == "fee_deducted_already"


def test_a_claim_that_is_none_is_told(database: Database, kim: Agent) -> None:
    with pytest.raises(NotFound):
        database.call(accept_claim, AcceptClaim(kim.id, 0, 1))


def test_an_exchange_that_was_begun_is_not_ended_in_parts(database: Database, kim: Agent) -> None:
    first = shipped_line(database)
    second = make(database, an_order_line, order_id=first.order_id)
    asked = wish(
        first,
        claim_type=ClaimType.EXCHANGE_OTHER,
        goods=other_goods(database, 5_000),
        lines=(LineWish(first.id, 1), LineWish(second.id, 1)),
    )
    made = requested(database, kim, asked)
    arrived(database, kim, made, first.id)
    decide = DecideLines(kim.id, made.claim.claim_id, Decision.EXCHANGE, (first.id,))
    version = database.call(decide_lines, decide).value.claim.version
    press = end(kim, made, second.id, version=version)
    assert code_of(database, withdraw_claim, press) == "claim_moved_on"


def test_news_need_a_pickup(database: Database, kim: Agent) -> None:
    with pytest.raises(NotFound):
        database.call(take_pickup_news, PickupNews(0, "1", datetime.now(UTC)))


def test_a_claim_whose_ticket_a_team_has_goes_on(
    database: Database, kim: Agent, team: Team
) -> None:
    made = requested(database, kim, wish(shipped_line(database)))
    handed = "UPDATE ticket SET assignee_id = NULL, assignee_team_id = :team RETURNING id"
    rows(database, handed, team=team.id)
    done = database.call(take_pickup_news, news(made, "collected"))
    assert not [topic for topic in done.touched if topic.startswith("agent/")]
