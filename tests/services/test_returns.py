"""반품회송처리: received, looked at, decided; logistics, accounting and the ticket hear of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claim_fees import FeeMethod
from ets_desktop.domain.claims import ClaimType, Decision, HoldReason, Inspection, Step
from ets_desktop.domain.errors import RuleViolation, StaleData
from ets_desktop.domain.topics import agent_topic
from ets_desktop.services.claim_requests import request_claim
from ets_desktop.services.claims import HoldClaim, hold_claim
from ets_desktop.services.pickups import take_pickup_news
from ets_desktop.services.returns import (
    DecideLines,
    InspectLine,
    ReceiveReturn,
    decide_lines,
    inspect_line,
    receive_return,
)
from tests.claims import (
    arrived,
    command,
    news,
    other_goods,
    requested,
    shipped_line,
    wish,
    without_goods,
)
from tests.factories import an_agent, an_order_line, make

Login = Callable[[Agent], Database]


def rows(database: Database, sql: str, **given: Any) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql), given).all()))


def told(database: Database) -> list[Any]:
    """Kinds of what logistics heard after the request, in order."""
    sql = "SELECT kind FROM logistics_instruction WHERE kind <> 'collect' ORDER BY id"
    return [row[0] for row in rows(database, sql)]


def paid(database: Database) -> list[Any]:
    sql = "SELECT body->'amount', body->'fee_deducted' FROM logistics_instruction"
    return rows(database, f"{sql} WHERE kind = 'refund' ORDER BY id")


def code_of(database: Database, function: Any, command: Any) -> str:
    with pytest.raises(RuleViolation) as refusal:
        database.call(function, command)
    return refusal.value.code


@pytest.fixture
def keeper(database: Database) -> Agent:
    return make(database, an_agent, name="정창고", role="warehouse", extension=None)


def test_the_warehouse_takes_a_return_to_its_end(
    database: Database, login: Login, kim: Agent, keeper: Agent
) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line, quantity=2))
    desk, claim_id = login(keeper), made.claim.claim_id
    receive = ReceiveReturn(keeper.id, claim_id, waybill=" 699123456786 ")
    assert desk.call(receive_return, receive).value.step is Step.ARRIVED
    assert desk.call(receive_return, receive).value.repeated
    assert rows(database, "SELECT state, return_waybill FROM pickup") == [
        ("arrived", "699123456786")
    ]
    look = InspectLine(keeper.id, claim_id, line.id, Inspection.FAULTY, "긁힘")
    desk.call(inspect_line, look)
    desk.call(inspect_line, replace(look, inspection=Inspection.GOOD, photos=("a.jpg",)))
    decide = DecideLines(keeper.id, claim_id, Decision.REFUND, words="양품, 환불")
    done = desk.call(decide_lines, decide)
    assert (done.value.claim.step, done.value.refund) == (Step.DONE, 6_666 - 3_000)
    assert (done.value.assignee_id, agent_topic(kim.id) in done.touched) == (kim.id, True)
    assert told(database) == ["stock_in", "refund"]
    assert paid(database) == [(3_666, 3_000)]
    assert rows(database, "SELECT note, agent_id FROM activity") == [("양품, 환불", keeper.id)]
    (row,) = rows(
        database,
        "SELECT inspection, photos, inspected_by, decided_by, decided_at IS NOT NULL"
        " FROM claim_line",
    )
    assert row == ("good", ["a.jpg"], keeper.id, keeper.id, True)
    again = desk.call(decide_lines, decide)
    assert (again.value.claim.repeated, again.value.refund) == (True, 0)
    assert told(database) == ["stock_in", "refund"]
    assert code_of(desk, receive_return, receive) == "claim_closed"


def test_a_decision_waits_for_the_inspection(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line))
    claim_id = made.claim.claim_id
    look = InspectLine(kim.id, claim_id, line.id, Inspection.GOOD)
    assert code_of(database, inspect_line, look) == "claim_moved_on"
    arrived(database, kim, made)
    decide = DecideLines(kim.id, claim_id, Decision.REFUND)
    assert code_of(database, decide_lines, decide) == "claim_moved_on"
    unknown: Any = "lost"
    assert code_of(database, inspect_line, replace(look, inspection=unknown)) == "needs_inspection"
    assert code_of(database, inspect_line, replace(look, note="가" * 1001)) == "text_too_long"
    assert code_of(database, decide_lines, replace(decide, decision=unknown)) == "needs_decision"
    assert code_of(database, decide_lines, replace(decide, words="가" * 2001)) == "text_too_long"
    back = replace(decide, decision=Decision.SEND_BACK)
    assert code_of(database, decide_lines, back) == "needs_reason"
    database.call(inspect_line, look)
    stock = replace(decide, decision=Decision.STOCK)
    assert code_of(database, decide_lines, stock) == "decision_not_for_type"
    with pytest.raises(StaleData):
        database.call(decide_lines, replace(decide, version=1))


def test_goods_go_back_with_a_reason_and_may_be_claimed_again(
    database: Database, kim: Agent
) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line, quantity=3))
    arrived(database, kim, made, line.id)
    back = DecideLines(kim.id, made.claim.claim_id, Decision.SEND_BACK, reason=" 사용 흔적 ")
    database.call(decide_lines, back)
    assert told(database) == ["send_back"]
    (body,) = rows(database, "SELECT body FROM logistics_instruction WHERE kind = 'send_back'")[0]
    assert (body["reason"], body["ship_to"]["name"]) == ("사용 흔적", "이수취")
    assert rows(database, "SELECT note FROM activity") == [(f"{made.claim.claim_no} 사용 흔적",)]
    requested(database, kim, wish(line, quantity=3))


def test_each_line_has_its_own_decision_and_the_last_closes(database: Database, kim: Agent) -> None:
    first = shipped_line(database)
    second = make(database, an_order_line, order_id=first.order_id)
    made = requested(database, kim, wish(first, second))
    claim_id = made.claim.claim_id
    arrived(database, kim, made, first.id, second.id)
    refund = DecideLines(kim.id, claim_id, Decision.REFUND, (first.id,))
    assert database.call(decide_lines, refund).value.claim.step is Step.INSPECTED
    other = replace(refund, decision=Decision.EXCHANGE)
    assert code_of(database, decide_lines, other) == "already_decided"
    exchange = replace(other, order_line_ids=(second.id,))
    done = database.call(decide_lines, exchange).value
    assert (done.claim.step, done.refund) == (Step.DONE, 0)
    assert told(database) == ["stock_in", "refund", "stock_in", "exchange_ship"]
    assert paid(database) == [(333, 3_000)]
    assert code_of(database, decide_lines, other) == "claim_closed"


def test_a_return_that_becomes_an_exchange_goes_where_it_came_from(
    database: Database, kim: Agent
) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line))
    arrived(database, kim, made, line.id)
    database.call(decide_lines, DecideLines(kim.id, made.claim.claim_id, Decision.EXCHANGE))
    sql = "SELECT body->'ship_to'->>'name' FROM logistics_instruction WHERE kind = 'exchange_ship'"
    assert rows(database, sql) == [("이수취",)]


def test_a_postage_is_taken_once_over_several_refunds(database: Database, kim: Agent) -> None:
    first = shipped_line(database, amount=3_000, unit_price=1_000)
    second = make(database, an_order_line, order_id=first.order_id, amount=5_000)
    made = requested(database, kim, wish(first, second))
    arrived(database, kim, made, first.id, second.id)
    for line in (first, second):
        decide = DecideLines(kim.id, made.claim.claim_id, Decision.REFUND, (line.id,))
        database.call(decide_lines, decide)
    assert paid(database) == [(0, 1_000), (3_000, 2_000)]
    assert rows(database, "SELECT fee_deducted FROM claim") == [(3_000,)]


def test_an_exchange_for_dearer_goods_ships_them_at_the_end(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    asked = wish(
        line,
        claim_type=ClaimType.EXCHANGE_OTHER,
        goods=other_goods(database, 20_000),
        fee_method=FeeMethod.ENCLOSED,
        quantity=3,
    )
    made = requested(database, kim, asked)
    arrived(database, kim, made, line.id)
    decide = DecideLines(kim.id, made.claim.claim_id, Decision.EXCHANGE)
    assert database.call(decide_lines, decide).value.refund == 0
    assert told(database) == ["stock_in", "exchange_ship"]
    assert code_of(database, request_claim, command(kim, wish(line))) == "quantity_over_left"


def test_an_exchange_for_cheaper_goods_pays_the_rest_back(database: Database, kim: Agent) -> None:
    first = shipped_line(database)
    second = make(database, an_order_line, order_id=first.order_id, amount=37_000)
    goods = other_goods(database, 2_000)
    other: dict[str, Any] = {"claim_type": ClaimType.EXCHANGE_OTHER, "goods": goods}
    made = requested(database, kim, wish(first, second, quantity=1, **other))
    arrived(database, kim, made, first.id, second.id)
    exchange = DecideLines(kim.id, made.claim.claim_id, Decision.EXCHANGE, (first.id,))
    assert database.call(decide_lines, exchange).value.refund == 0
    assert told(database) == ["stock_in"]
    refund = replace(exchange, decision=Decision.REFUND, order_line_ids=(second.id,))
    # 37,000 and what 2,000 is less than 3,333, less the postage.
    assert database.call(decide_lines, refund).value.refund == 37_000 + 1_333 - 3_000
    assert told(database) == ["stock_in", "stock_in", "exchange_ship", "refund"]


def test_all_of_another_products_exchange_refunded_ships_nothing(
    database: Database, kim: Agent
) -> None:
    line = shipped_line(database)
    goods = other_goods(database, 2_000)
    other: dict[str, Any] = {"claim_type": ClaimType.EXCHANGE_OTHER, "goods": goods}
    made = requested(database, kim, wish(line, **other))
    arrived(database, kim, made, line.id)
    database.call(decide_lines, DecideLines(kim.id, made.claim.claim_id, Decision.REFUND))
    assert told(database) == ["stock_in", "refund"]


def test_a_swap_only_takes_the_old_goods_in(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line, claim_type=ClaimType.SWAP))
    arrived(database, kim, made, line.id)
    database.call(decide_lines, DecideLines(kim.id, made.claim.claim_id, Decision.EXCHANGE))
    assert told(database) == ["exchange_ship", "stock_in"]


def test_a_mere_pickup_ends_with_its_inspection(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line, claim_type=ClaimType.COLLECT_ONLY, fee=0))
    database.call(receive_return, ReceiveReturn(kim.id, made.claim.claim_id))
    look = InspectLine(kim.id, made.claim.claim_id, line.id, Inspection.GOOD)
    assert database.call(inspect_line, look).value.step is Step.DONE
    assert told(database) == ["stock_in"]
    assert rows(database, "SELECT decision, takes FROM claim_line") == [("stock", True)]


@pytest.mark.parametrize(
    ("claim_type", "decision", "expected"),
    [
        (ClaimType.LOST_IN_TRANSIT, Decision.EXCHANGE, ["reship"]),
        (ClaimType.NOT_DELIVERED, Decision.REFUND, ["refund"]),
    ],
)
def test_what_never_came_is_sent_again_or_refunded(
    database: Database, kim: Agent, claim_type: ClaimType, decision: Decision, expected: list[str]
) -> None:
    made = requested(database, kim, without_goods(claim_type, shipped_line(database)))
    receive = ReceiveReturn(kim.id, made.claim.claim_id)
    assert code_of(database, receive_return, receive) == "claim_moved_on"
    database.call(decide_lines, DecideLines(kim.id, made.claim.claim_id, decision))
    assert told(database) == expected


def test_a_cancellation_is_refunded(database: Database, kim: Agent) -> None:
    line = shipped_line(database, order_status="paid")
    made = requested(database, kim, without_goods(ClaimType.CANCEL, line))
    database.call(decide_lines, DecideLines(kim.id, made.claim.claim_id, Decision.REFUND))
    assert told(database) == ["cancel_order", "refund"]
    assert paid(database) == [(3_333, 0)]


def test_a_held_claim_is_not_decided(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    made = requested(database, kim, wish(line))
    arrived(database, kim, made, line.id)
    version = rows(database, "SELECT version FROM claim")[0][0]
    hold = HoldClaim(kim.id, made.claim.claim_id, version, HoldReason.FEE_UNPAID)
    database.call(hold_claim, hold)
    decide = DecideLines(kim.id, made.claim.claim_id, Decision.REFUND)
    assert code_of(database, decide_lines, decide) == "claim_held"


def test_a_parcel_may_come_without_a_word_from_its_courier(database: Database, kim: Agent) -> None:
    line = shipped_line(database)
    sent_by_themselves = requested(database, kim, wish(line, pickup=None))
    arrived(database, kim, sent_by_themselves)
    collected = requested(database, kim, wish(shipped_line(database)))
    database.call(receive_return, ReceiveReturn(kim.id, collected.claim.claim_id))
    database.call(take_pickup_news, news(collected, "in_transit"))
    assert rows(database, "SELECT state FROM pickup") == [("arrived",)]
    assert rows(database, "SELECT step FROM claim ORDER BY id") == [("arrived",), ("arrived",)]
