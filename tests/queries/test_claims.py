"""반품처리, 교환처리, 택배회수이력 and 반품회송처리: what each condition finds, page by page."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import BusinessCalendar, seoul_date
from ets_desktop.domain.claim_requests import PickupWish
from ets_desktop.domain.claims import ClaimType, Decision, HoldReason
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.queries.claim_detail import claim_detail
from ets_desktop.queries.claims import (
    EXCHANGES,
    ClaimSearch,
    claim_row,
    claimable_lines,
    claims_of_order,
    count_claims,
    decided_since,
    search_claims,
)
from ets_desktop.queries.pickups import PickupSearch, count_pickups, search_pickups
from ets_desktop.queries.returns import claims_by_waybill, claims_for_return, unmatched_returns
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.services.claims import HoldClaim, hold_claim
from ets_desktop.services.pickups import RetryPickup, retry_pickup, take_pickup_news
from ets_desktop.services.returns import DecideLines, decide_lines
from ets_desktop.services.unmatched_returns import (
    MatchReturn,
    RegisterReturn,
    match_return,
    register_return,
)
from tests.claims import PLACE, arrived, news, other_goods, requested, shipped_line, wish
from tests.factories import a_customer, an_order, an_order_line, make


def found_claims(database: Database, **search: Any) -> list[int]:
    page = database.call(search_claims, ClaimSearch(**search))
    count = database.call(count_claims, ClaimSearch(**search))
    assert (count.count, count.is_capped) == (len(page.rows), False)
    return [row.claim_id for row in page.rows]


def found_pickups(database: Database, **search: Any) -> list[int]:
    page = database.call(search_pickups, PickupSearch(**search))
    count = database.call(count_pickups, PickupSearch(**search))
    assert (count.count, count.is_capped) == (len(page.rows), False)
    return [row.pickup_id for row in page.rows]


@pytest.fixture
def made(database: Database, kim: Agent) -> ClaimRequested:
    """A return of 최구매, fetched by CJ."""
    buyer = make(database, a_customer, name="최구매", numbers=("01000004321",))
    order = make(
        database,
        an_order,
        customer=buyer,
        channel_order_no="2026-ABC-000777",
        orderer_initials="ㅊㄱㅁ",
    )
    line = make(
        database, an_order_line, order=order, quantity=3, amount=9_000, tracking_no="600000000125"
    )
    return requested(database, kim, wish(line))


@pytest.fixture
def other(database: Database, kim: Agent) -> ClaimRequested:
    """An exchange of somebody else, fetched by another courier."""
    return requested(
        database,
        kim,
        wish(
            shipped_line(database, tracking_no=""),
            claim_type=ClaimType.EXCHANGE_OTHER,
            goods=other_goods(database, 12_000),
            pickup=PickupWish("hanjin", PLACE),
        ),
    )


def test_lists_lead_to_their_types_steps_and_holds(
    database: Database, kim: Agent, made: ClaimRequested, other: ClaimRequested
) -> None:
    mine, theirs = made.claim.claim_id, other.claim.claim_id
    assert found_claims(database) == [mine]
    assert found_claims(database, types=EXCHANGES) == [theirs]
    both = (*EXCHANGES, "return")
    assert found_claims(database, types=both) == [theirs, mine]
    assert found_claims(database, step="pickup_ordered") == [mine]
    assert found_claims(database, step="requested") == []
    hold = HoldClaim(kim.id, mine, made.claim.version, HoldReason.OTHER)
    database.call(hold_claim, hold)
    assert found_claims(database, held=True) == [mine]
    assert found_claims(database, held=False) == []
    today = seoul_date(datetime.now(UTC))
    assert found_claims(database, date_from=today, date_to=today) == [mine]
    assert found_claims(database, date_to=today - timedelta(days=1)) == []


@pytest.mark.parametrize(
    "customer",
    ["최구매", "최", "최*매", "ㅊㄱㅁ", "010-0000-4321", "4321", "이수취", "010-0000-1234"],
)
def test_people_are_found_by_name_number_and_initials(
    database: Database, made: ClaimRequested, customer: str
) -> None:
    assert found_claims(database, customer=customer) == [made.claim.claim_id]
    assert found_pickups(database, customer=customer) == [made.pickup_id]


@pytest.mark.parametrize("customer", ["박", "ㅂㅎ", "9999", "C000999999"])
def test_nobody_is_found_by_another_name(
    database: Database, made: ClaimRequested, customer: str
) -> None:
    assert found_claims(database, customer=customer) == []
    assert found_pickups(database, customer=customer) == []


@pytest.mark.parametrize("order_no", ["2026-ABC-000777", "000777", "2026ABC000777"])
def test_orders_are_found_by_number_and_end(
    database: Database, made: ClaimRequested, other: ClaimRequested, order_no: str
) -> None:
    assert found_pickups(database, order_no=order_no) == [made.pickup_id]
    assert found_claims(database, order_no=order_no) == [made.claim.claim_id]
    row = database.call(claim_row, made.claim.claim_id)
    assert row is not None
    ours = f"S{row.order_id}"
    assert found_claims(database, order_no=ours) == [made.claim.claim_id]
    customer_no = f"C{row.customer_id}"
    assert found_claims(database, customer=customer_no) == [made.claim.claim_id]


def test_pages_follow_each_other(database: Database, kim: Agent) -> None:
    made = [requested(database, kim, wish(shipped_line(database))) for _ in range(5)]
    newest = [one.claim.claim_id for one in reversed(made)]
    after, claims, pickups = None, [], []
    for _ in range(3):
        page = database.call(search_claims, ClaimSearch(), after, 2)
        claims += [row.claim_id for row in page.rows]
        after = page.next_key
    assert (claims, after) == (newest, None)
    since = PickupSearch(date_from=seoul_date(datetime.now(UTC)))
    for _ in range(3):
        parcels = database.call(search_pickups, since, after, 2)
        pickups += [row.claim_id for row in parcels.rows]
        after = parcels.next_key
    assert (pickups, after) == (newest, None)


def test_pickups_by_courier_state_and_either_waybill(
    database: Database, made: ClaimRequested, other: ClaimRequested
) -> None:
    database.call(take_pickup_news, news(made, "accepted", return_waybill="699123456786"))
    assert found_pickups(database, courier="hanjin") == [other.pickup_id]
    assert found_pickups(database, state="accepted") == [made.pickup_id]
    for waybill in ("699123456786", "6991-2345-6786", "600000000125", " 6000 0000 0125"):
        assert found_pickups(database, waybill=waybill) == [made.pickup_id]
    today = seoul_date(datetime.now(UTC))
    assert found_pickups(database, date_from=today, date_to=today) == [
        other.pickup_id,
        made.pickup_id,
    ]
    assert found_pickups(database, date_to=today - timedelta(days=1), courier="cj") == []
    with pytest.raises(RuleViolation):
        database.call(search_pickups, PickupSearch())


def test_a_customer_who_is_nobody_finds_nothing(database: Database, made: ClaimRequested) -> None:
    assert found_claims(database, customer="\u200b") == []
    assert found_pickups(database, customer="\u200b", courier="cj") == []


def test_a_row_of_the_history_tells_failure_and_red(
    database: Database, kim: Agent, made: ClaimRequested
) -> None:
    database.call(take_pickup_news, news(made, "accepted"))
    failure = {"code": "02", "failed_at": "not_collected", "words": "문이 잠김"}
    page = database.call(search_pickups, PickupSearch(courier="cj"))
    (row,) = page.rows
    now = datetime.now(UTC)
    calendar = BusinessCalendar()
    assert not row.is_red(now, calendar)
    assert row.is_red(now + timedelta(days=5), calendar)
    database.call(take_pickup_news, news(made, "failed", **failure))
    database.call(retry_pickup, RetryPickup(kim.id, row.pickup_id))
    retry, first = database.call(search_pickups, PickupSearch(courier="cj")).rows
    assert (first.failure, first.failure_text, first.was_retried) == (
        "not_handed_over",
        "문이 잠김",
        True,
    )
    assert (retry.attempt, retry.failure, retry.was_retried) == (2, "", False)
    assert not first.is_red(now + timedelta(days=5), calendar)
    assert (first.customer, first.phone, first.lines) == ("최구매", "01000001234", 1)


def test_what_the_channel_calls_it_stands_beside_ours(
    database: Database, made: ClaimRequested
) -> None:
    told = "UPDATE order_line SET channel_status = '반품요청', channel_status_detail = 'R10'"
    database.call(lambda session: session.execute(text(told)))
    row = database.call(claim_row, made.claim.claim_id)
    assert row is not None
    assert (row.channel_status, row.channel_status_detail) == ("반품요청", "R10")
    asked = "UPDATE claim SET channel_status = 'RETURN_REQUEST'"
    database.call(lambda session: session.execute(text(asked)))
    row = database.call(claim_row, made.claim.claim_id)
    assert row is not None
    assert (row.channel_status, row.channel_status_detail) == ("RETURN_REQUEST", "")


def test_a_claim_in_full(database: Database, kim: Agent, other: ClaimRequested) -> None:
    detail = database.call(claim_detail, other.claim.claim_id)
    assert (detail.row.claim_no, detail.note) == (other.claim.claim_no, "문 앞에 둠")
    assert [(one.unit_price, one.amount) for one in detail.goods] == [(12_000, 12_000)]
    assert [(one.courier, one.name) for one in detail.pickups] == [("hanjin", "이수취")]
    assert [(one.quantity, one.step) for one in detail.lines] == [(1, "pickup_ordered")]
    assert [(one.kind, one.state) for one in detail.instructions] == [("collect", "waiting")]
    assert (detail.ship_to.name, detail.has_refund_account) == ("이수취", False)
    with pytest.raises(NotFound):
        database.call(claim_detail, 0)


def test_what_is_left_of_an_order(database: Database, made: ClaimRequested) -> None:
    row = database.call(claim_row, made.claim.claim_id)
    assert row is not None
    (line,) = database.call(claimable_lines, row.order_id)
    assert (line.bought, line.taken, line.left, line.open_claim) == (3, 1, 2, row.claim_no)
    assert database.call(claims_of_order, row.order_id) == (row,)
    clocks = row.clocks(datetime.now(UTC), BusinessCalendar())
    assert (clocks.claim_until, clocks.refund_until) == (None, None)


def test_the_assignee_hears_of_what_others_decided(
    database: Database, kim: Agent, lee: Agent, login: Any
) -> None:
    began = datetime.now(UTC) - timedelta(minutes=1)
    line = shipped_line(database)
    made = requested(database, kim, wish(line))
    arrived(database, kim, made, line.id)
    login(lee).call(decide_lines, DecideLines(lee.id, made.claim.claim_id, Decision.REFUND))
    (heard,) = database.call(decided_since, kim.id, began)
    assert (heard.claim_id, heard.step, heard.ticket_no) == (
        made.claim.claim_id,
        "done",
        made.ticket_no,
    )
    assert database.call(decided_since, lee.id, began) == ()
    assert found_claims(database) == []
    assert found_claims(database, open_only=False, step="done") == [made.claim.claim_id]


@pytest.mark.parametrize("search", [{}, {"date_to": date(2026, 11, 22)}, {"held": False}])
def test_everything_there_ever_was_is_no_question(
    database: Database, search: dict[str, Any]
) -> None:
    wanted = ClaimSearch(open_only=False, **search)
    for query in (search_claims, count_claims):
        with pytest.raises(RuleViolation, match="search_needs_condition"):
            database.call(query, wanted)
    for bounded in ({"date_from": date(2026, 1, 1)}, {"step": "done"}, {"customer": "없음"}):
        assert found_claims(database, open_only=False, **bounded) == []


def test_a_search_ends_after_a_thousand_rows(
    database: Database, kim: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ets_desktop.queries.claims.MOST_ROWS", 3)
    for _ in range(4):
        requested(database, kim, wish(shipped_line(database)))
    first = database.call(search_claims, ClaimSearch(), None, 2)
    last = database.call(search_claims, ClaimSearch(), first.next_key, 2)
    assert (len(first.rows), len(last.rows), last.next_key) == (2, 1, None)


def test_a_scanned_number_leads_to_its_claim(
    database: Database, made: ClaimRequested, other: ClaimRequested
) -> None:
    database.call(take_pickup_news, news(other, "collected", return_waybill="5000-1111"))
    for number, claim in (
        ("600000000125", made),
        ("6000-0000-0125", made),
        (" 5000-1111", other),
    ):
        found = database.call(claims_by_waybill, number)
        assert [row.claim_id for row in found] == [claim.claim.claim_id]
    assert database.call(claims_by_waybill, "600000000999") == ()
    assert database.call(claims_by_waybill, "  ") == ()


def test_a_parcel_of_nobody_is_matched_by_what_stands_on_it(
    database: Database, login: Any, kim: Agent, made: ClaimRequested, other: ClaimRequested
) -> None:
    register = RegisterReturn(kim.id, uuid4(), " 7000 1", "cj", "최구매", "010-0000-4321")
    return_id = login(kim).call(register_return, register).value
    assert login(kim).call(register_return, register).value == return_id
    (row,) = database.call(unmatched_returns).rows
    assert (row.return_id, row.waybill, row.sender_phone) == (return_id, "70001", "01000004321")
    givens: tuple[dict[str, Any], ...] = (
        {"name": "최구매"},
        {"phone": "01000004321"},
        {"order_no": "000777"},
    )
    for given in givens:
        found = database.call(partial(claims_for_return, **given))
        assert [one.claim_id for one in found] == [made.claim.claim_id]
    buyer = "UPDATE sales_order SET orderer_phone = '01000008765' WHERE channel_order_no LIKE :no"
    database.call(lambda session: session.execute(text(buyer), {"no": "%000777"}))
    for end in ("01000008765", "010-0000-8765", "8765"):
        found = database.call(partial(claims_for_return, phone=end))
        assert [one.claim_id for one in found] == [made.claim.claim_id]
        assert found_claims(database, customer=end) == [made.claim.claim_id]
    assert database.call(claims_for_return) == ()
    match = MatchReturn(kim.id, return_id, made.claim.claim_id)
    assert login(kim).call(match_return, match).value.step == "arrived"
    assert login(kim).call(match_return, match).value.repeated
    assert database.call(unmatched_returns).rows == ()
    elsewhere = MatchReturn(kim.id, return_id, other.claim.claim_id)
    with pytest.raises(RuleViolation):
        database.call(match_return, elsewhere)
    with pytest.raises(NotFound):
        database.call(match_return, MatchReturn(kim.id, 0, made.claim.claim_id))
    waybills = "SELECT return_waybill, state FROM pickup WHERE claim_id = :id"
    stored = database.call(lambda s: s.execute(text(waybills), {"id": made.claim.claim_id}).one())
    assert tuple(stored) == ("70001", "arrived")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "needs_return_details"),
        ({"sender_phone": "없음"}, "no_phone_number"),
        ({"sender_name": "가" * 101}, "text_too_long"),
        ({"waybill": "1", "note": "가" * 1001}, "text_too_long"),
    ],
)
def test_a_parcel_of_nobody_needs_something_to_go_by(
    database: Database, kim: Agent, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleViolation) as refusal:
        database.call(register_return, RegisterReturn(kim.id, uuid4(), **values))
    assert refusal.value.code == code


def test_a_number_waits_once(database: Database, kim: Agent) -> None:
    database.call(register_return, RegisterReturn(kim.id, uuid4(), "70001"))
    with pytest.raises(RuleViolation) as refusal:
        database.call(register_return, RegisterReturn(kim.id, uuid4(), "70001"))
    assert refusal.value.code == "return_known"
