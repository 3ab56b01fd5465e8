"""고객여정 and 접촉이력: what every source tells, in which order, by which index."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.calls import Call
from ets_desktop.db.schema.customers import Customer, CustomerMerge
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.claims import Decision
from ets_desktop.queries.contacts import contacts_of, messages_of
from ets_desktop.queries.journey.reading import journey_of
from ets_desktop.queries.journey.registry import SOURCES
from ets_desktop.queries.journey.rows import JourneyRow, Whose
from ets_desktop.services.claim_requests import request_claim
from ets_desktop.services.pickups import take_pickup_news
from ets_desktop.services.returns import DecideLines, decide_lines
from tests.claims import arrived, command, news, shipped_line, wish
from tests.factories import (
    a_call,
    a_callback,
    a_customer,
    a_leg,
    a_phone,
    a_product,
    a_ticket,
    a_transfer,
    an_activity,
    an_order,
    an_order_line,
    make,
)
from tests.round_trips import round_trips

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)
NUMBER = "01000001234"


def whole(database: Database, whose: Whose, **values: Any) -> list[JourneyRow]:
    page = database.call(lambda session: journey_of(session, whose, None, 100, **values))
    assert page.next_key is None
    return list(page.rows)


def told(rows: list[JourneyRow]) -> list[tuple[str, str]]:
    return [(row.event, row.state) for row in rows]


@pytest.fixture
def buyer(database: Database) -> Customer:
    return make(database, a_customer, name="최구매", numbers=(NUMBER, "01000005678"))


def fill(database: Database, buyer: Customer, kim: Agent, lee: Agent) -> dict[str, Any]:
    """One entry of every source, an hour apart, the oldest first."""
    order = make(
        database,
        an_order,
        customer=buyer,
        ordered_at=NOW - 20 * HOUR,
        paid_at=NOW - 19 * HOUR,
        order_total=74000,
        payment_method="카드",
    )
    goods = make(database, a_product, name="무선 청소기")
    parcel = {
        "shipped_at": NOW - 18 * HOUR,
        "delivered_at": NOW - 17 * HOUR,
        "carrier": "한진택배",
        "tracking_no": "5001",
    }
    for _ in range(2):
        make(database, an_order_line, order=order, product=goods, **parcel)
    ticket = make(
        database, a_ticket, created_by=kim, customer=buyer, order=order, created_at=NOW - 15 * HOUR
    )
    call = make(database, a_call, caller_number=NUMBER, customer=buyer, rang_at=NOW - 16 * HOUR)
    make(
        database,
        a_leg,
        call=call,
        agent=kim,
        rang_at=call.rang_at,
        talked_at=call.rang_at,
        ended_at=call.rang_at + timedelta(seconds=42),
        phase="ended",
        end="completed",
    )
    make(database, an_activity, ticket=ticket, call=call, at=NOW - 16 * HOUR)
    make(
        database, an_activity, ticket=ticket, note="녹취 확인", agent_id=kim.id, at=NOW - 14 * HOUR
    )
    make(
        database,
        a_callback,
        ticket=ticket,
        assignee=kim,
        number=NUMBER,
        created_at=NOW - 13 * HOUR,
        done_at=NOW - 12 * HOUR,
        outcome="succeeded",
        attempts=1,
    )
    make(
        database,
        a_transfer,
        ticket=ticket,
        from_agent=kim,
        to_agent=lee,
        reason="담당 변경",
        sent_at=NOW - 11 * HOUR,
        accepted_at=NOW - 10 * HOUR,
    )
    return {"order": order, "ticket": ticket, "call": call}


def test_every_source_tells_newest_first(
    database: Database, buyer: Customer, kim: Agent, lee: Agent
) -> None:
    made = fill(database, buyer, kim, lee)
    close(database, made["ticket"].id, kim, "completed", "completed_at = clock_timestamp()")
    rows = whole(database, Whose(buyer.id))
    assert told(rows) == [
        ("status", "completed"),
        ("transfer", "accepted"),
        ("transfer", "sent"),
        ("callback", "succeeded"),
        ("callback", "promised"),
        ("activity", "note"),
        ("ticket", "delivery"),
        ("call", "in"),
        ("order", "delivered"),
        ("order", "shipped"),
        ("order", "paid"),
        ("order", "ordered"),
    ]
    by_state = {(row.event, row.state): row for row in rows}
    call = by_state["call", "in"]
    assert (call.agent, call.number, call.seconds) == ("김상담", NUMBER, 42)
    assert (call.ticket_id, call.ticket_no) == (made["ticket"].id, made["ticket"].ticket_no)
    sent = by_state["transfer", "sent"]
    assert (sent.agent, sent.other, sent.note) == ("김상담", "이담당", "담당 변경")
    shipped = by_state["order", "shipped"]
    assert (shipped.words, shipped.count, shipped.note) == ("무선 청소기", 2, "한진택배 5001")
    ordered = by_state["order", "ordered"]
    assert (ordered.order_id, ordered.amount, ordered.count) == (made["order"].id, 74000, 2)
    assert by_state["callback", "promised"].due_at is not None
    assert by_state["status", "completed"].agent == "김상담"


def close(database: Database, ticket_id: int, by: Agent, status: str, more: str = "") -> None:
    sql = text(
        f"UPDATE ticket SET status = '{status}', version = version + 1, updated_by = {by.id}"
        f"{', ' + more if more else ''} WHERE id = {ticket_id}"
    )
    database.call(lambda session: session.execute(sql))


def test_closing_and_reopening_are_told_and_offers_are_not_told_twice(
    database: Database, buyer: Customer, kim: Agent, lee: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim, customer=buyer, created_at=NOW - HOUR)
    close(database, ticket.id, kim, "transferred")
    close(database, ticket.id, lee, "discarded", "discard_reason = '잘못 접수'")
    close(database, ticket.id, kim, "received")
    rows = whole(database, Whose(buyer.id), events=frozenset({"status"}))
    assert told(rows) == [("status", "reopened"), ("status", "discarded")]
    assert [row.note for row in rows] == ["", "잘못 접수"]


def test_an_offer_to_a_team_that_came_back_tells_why(
    database: Database, buyer: Customer, kim: Agent, team: Team
) -> None:
    ticket = make(database, a_ticket, created_by=kim, customer=buyer)
    back = {"returned_at": NOW, "return_reason": "물류 건 아님", "sent_at": NOW - HOUR}
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_team=team, **back)
    rows = whole(database, Whose(buyer.id), events=frozenset({"transfer"}))
    assert [(row.state, row.other, row.note) for row in rows] == [
        ("returned", "물류팀", "물류 건 아님"),
        ("sent", "물류팀", "담당 변경"),
    ]


def test_calls_are_the_customers_by_gift_or_by_number(
    database: Database, buyer: Customer, kim: Agent
) -> None:
    other = make(database, a_customer, numbers=(NUMBER,))

    def ring(minutes: int, **values: Any) -> int:
        call = make(database, a_call, rang_at=NOW - timedelta(minutes=minutes), **values)
        return call.id

    given = ring(1, customer=buyer, caller_number="01000009999")
    own = ring(2, caller_number="01000005678")
    ring(3, caller_number=NUMBER, customer=other)
    missed = ring(4, caller_number=NUMBER)
    stored = database.call(lambda session: session.get(Call, missed))
    make(database, a_leg, call=stored, agent=kim, end="no_answer")
    out = ring(5, caller_number=NUMBER, direction="out")
    ring(6, caller_number=NUMBER, direction="internal")
    rows = whole(database, Whose(buyer.id), events=frozenset({"call"}))
    assert [(row.key, row.state) for row in rows] == [
        (given, "in"),
        (own, "in"),
        (missed, "missed"),
        (out, "out"),
    ]
    assert rows[2].agent == ""


def test_a_safe_number_is_its_owners_for_a_time_only(database: Database, buyer: Customer) -> None:
    safe = "050200001234"
    long_ago = NOW - timedelta(days=100)
    make(database, a_phone, customer=buyer, digits=safe, captured_at=long_ago)
    own = make(database, a_call, caller_number=safe, rang_at=long_ago + HOUR)
    make(database, a_call, caller_number=safe, rang_at=NOW - HOUR)
    assert [row.key for row in whole(database, Whose(buyer.id))] == [own.id]


def test_a_page_goes_on_where_the_last_one_ended_also_at_one_moment(
    database: Database, buyer: Customer, kim: Agent
) -> None:
    """Eleven calls, tickets and notes of the very same second, in pages of two."""
    for _ in range(3):
        make(database, a_call, customer=buyer, rang_at=NOW)
        make(database, a_call, caller_number=NUMBER, rang_at=NOW)
        ticket = make(database, a_ticket, created_by=kim, customer=buyer, created_at=NOW)
    for _ in range(2):
        make(database, an_activity, ticket=ticket, at=NOW, note="메모")
    whose = Whose(buyer.id)
    expected = [row.id for row in whole(database, whose)]
    assert len(expected) == 11
    seen: list[tuple[int, int]] = []
    after: tuple[object, ...] | None = None
    while True:
        page = database.call(journey_of, whose, after, 2)
        assert len(page.rows) <= 2
        seen += [row.id for row in page.rows]
        after = page.next_key
        if after is None:
            break
    assert seen == expected


def test_of_a_mere_number_calls_and_tickets_are_known(
    database: Database, buyer: Customer, kim: Agent, lee: Agent
) -> None:
    fill(database, buyer, kim, lee)
    stranger = "01000007777"
    ticket = make(database, a_ticket, created_by=kim, caller_number=stranger)
    make(database, a_call, caller_number=stranger, rang_at=NOW - HOUR)
    make(database, an_activity, ticket=ticket, note="다시 전화하심")
    rows = whole(database, Whose(None, stranger))
    assert told(rows) == [("activity", "note"), ("ticket", "delivery"), ("call", "in")]
    orders = frozenset({"order"})
    assert whole(database, Whose(None, stranger), events=orders) == []
    assert len(database.call(contacts_of, Whose(None, stranger), None, 10).rows) == 3


def test_contacts_leave_out_what_was_no_contact(
    database: Database, buyer: Customer, kim: Agent, lee: Agent
) -> None:
    made = fill(database, buyer, kim, lee)
    make(database, an_activity, ticket=made["ticket"], kind="sms", note="발송 안내", at=NOW)
    rows = list(database.call(contacts_of, Whose(buyer.id), None, 50).rows)
    assert told(rows) == [
        ("activity", "sms"),
        ("callback", "succeeded"),
        ("activity", "note"),
        ("ticket", "delivery"),
        ("call", "in"),
    ]
    messages = list(database.call(messages_of, Whose(buyer.id), None, 50).rows)
    assert [(row.state, row.note) for row in messages] == [("sms", "발송 안내")]


def test_a_journey_is_one_statement(database: Database, buyer: Customer) -> None:
    for whose in (Whose(buyer.id), Whose(None, NUMBER)):
        assert round_trips(database, journey_of, whose, None, 50) == 1
        assert round_trips(database, contacts_of, whose, None, 50) == 1
        assert round_trips(database, messages_of, whose, None, 50) == 1
    assert len(SOURCES) == 15


def test_a_merge_and_its_undoing_are_told_of_both(
    database: Database, buyer: Customer, kim: Agent
) -> None:
    other = make(database, a_customer, name="최구매")
    database.call(lambda s: s.add(CustomerMerge(kept_id=buyer.id, merged_id=other.id)))
    undo = text("UPDATE customer_merge SET undone_at = clock_timestamp()")
    database.call(lambda s: s.execute(undo))
    for one, another in ((buyer, other), (other, buyer)):
        rows = whole(database, Whose(one.id))
        assert told(rows) == [("merge", "undone"), ("merge", "merged")]
        assert rows[0].words == f"{another.customer_no} 최구매"


def test_a_claim_is_told_from_its_request_to_its_end(
    database: Database, buyer: Customer, kim: Agent
) -> None:
    line = shipped_line(database)
    press = command(kim, wish(line))
    of_buyer = replace(press, form=replace(press.form, customer_id=buyer.id))
    made = database.call(request_claim, of_buyer).value
    database.call(take_pickup_news, news(made, "failed", words="문이 잠김"))
    arrived(database, kim, made, line.id)
    database.call(decide_lines, DecideLines(kim.id, made.claim.claim_id, Decision.REFUND))
    rows = whole(database, Whose(buyer.id), events=frozenset({"claim"}))
    assert [row.state for row in rows] == [
        "done",
        "arrived",
        "pickup_failed",
        "pickup_requested",
        "return",
    ]
    assert {(row.ticket_id, row.order_id) for row in rows} == {(made.ticket_id, line.order_id)}
    assert (rows[2].note, rows[4].agent) == ("문이 잠김", "김상담")
