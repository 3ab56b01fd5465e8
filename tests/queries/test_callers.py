"""Who is calling: candidates with their reasons, tickets, the newest order; one round trip."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.callers import Reason
from ets_desktop.queries.callers import CallerCard, caller_candidates, caller_card
from tests.factories import (
    a_call,
    a_customer,
    a_phone,
    a_product,
    a_ticket,
    an_order,
    an_order_line,
    make,
)
from tests.round_trips import round_trips

NOW = datetime.now(UTC)
NUMBER = "01000001234"


@pytest.mark.parametrize("number", [None, "", "anonymous", "발신번호표시제한", "010-****-1234"])
def test_a_withheld_number_is_nobody(database: Database, number: str | None) -> None:
    make(database, a_customer)
    assert database.call(caller_card, number) == CallerCard(None)


def test_an_unknown_number_is_nobody_we_know(database: Database) -> None:
    card = database.call(caller_card, "+82 10-0000-1234")
    assert card == CallerCard(NUMBER)
    assert card.customer is None


def test_the_card_of_a_customer_has_tickets_and_the_newest_order(
    database: Database, kim: Agent
) -> None:
    buyer = make(database, a_customer, name="최구매", numbers=(NUMBER,), grade="vip")
    old = make(database, an_order, orderer_phone=NUMBER, ordered_at=NOW - timedelta(days=9))
    new = make(database, an_order, customer=buyer, ordered_at=NOW)
    goods = make(database, a_product, name="텀블러")
    make(database, an_order_line, order=old)
    make(database, an_order_line, order=new, product=goods, order_status="shipping")
    make(database, an_order_line, order=new)
    make(database, a_ticket, customer=buyer, status="completed")
    opened = make(database, a_ticket, created_by=kim, customer=buyer, title="배송 문의")
    make(database, a_ticket, caller_number=NUMBER, status="completed")
    card = database.call(caller_card, NUMBER)
    assert card.customer is not None
    assert (card.customer.name, card.customer.grade) == ("최구매", "vip")
    assert (card.total_tickets, card.open_tickets) == (3, 1)
    assert card.newest_ticket is not None
    assert (card.newest_ticket.ticket_no, card.newest_ticket.title) == (
        opened.ticket_no,
        "배송 문의",
    )
    assert card.newest_ticket.assignee == kim.name
    assert card.newest_order is not None
    assert (card.newest_order.order_no, card.newest_order.product) == (new.order_no, "텀블러")
    assert card.newest_order.person == "김정민"


def test_an_order_without_lines_is_still_shown(database: Database) -> None:
    make(database, an_order, orderer_phone2=NUMBER)
    card = database.call(caller_card, NUMBER)
    assert card.newest_order is not None
    assert card.newest_order.product is None
    assert card.newest_ticket is None


def test_candidates_are_ranked_with_their_reasons(database: Database) -> None:
    numbers = (NUMBER,)
    plain = make(database, a_customer, name="강평범", numbers=numbers)
    caller = make(database, a_customer, name="최전화", numbers=numbers)
    buyer = make(database, a_customer, name="최구매", numbers=numbers)
    asker = make(database, a_customer, name="한문의", numbers=numbers)
    getter = make(database, a_customer, name="안수취")
    make(database, a_call, caller_number=NUMBER, customer=caller, rang_at=NOW - timedelta(days=9))
    make(database, an_order, orderer_phone=NUMBER, orderer_name="최구매")
    make(database, an_order, recipient_phone=NUMBER, customer=getter)
    make(database, a_ticket, customer=asker)
    rows = database.call(caller_candidates, NUMBER)
    assert [(row.customer_id, row.reason) for row in rows] == [
        (asker.id, Reason.OPEN_TICKET),
        (caller.id, Reason.CALLED_RECENTLY),
        (buyer.id, Reason.ORDERED_WITH_NUMBER),
        (plain.id, Reason.NUMBER_REGISTERED),
        (getter.id, Reason.RECIPIENT_ONLY),
    ]
    assert rows[2].reasons == (Reason.ORDERED_WITH_NUMBER, Reason.NUMBER_REGISTERED)
    assert database.call(caller_card, NUMBER).customer is None


def test_people_known_only_from_orders_come_last_and_once(database: Database) -> None:
    known = make(database, a_customer, name="최구매", numbers=(NUMBER,))
    make(database, an_order, recipient_phone=NUMBER, recipient_name="안수취", address="물빛로 1")
    newest = make(
        database,
        an_order,
        orderer_phone=NUMBER,
        orderer_name="정주문",
        recipient_name="정주문",
        address="별솔로 2",
        ordered_at=NOW,
    )
    make(
        database,
        an_order,
        orderer_phone=NUMBER,
        orderer_name="정주문",
        ordered_at=NOW - timedelta(days=3),
    )
    make(database, an_order, orderer_phone=NUMBER, orderer_name="최구매")
    rows = database.call(caller_candidates, NUMBER)
    assert [(row.name, row.customer_id) for row in rows] == [
        ("최구매", known.id),
        ("정주문", None),
        ("안수취", None),
    ]
    assert [row.reason for row in rows[1:]] == [
        Reason.UNREGISTERED_ORDERER,
        Reason.UNREGISTERED_RECIPIENT,
    ]
    assert (rows[1].order_id, rows[1].address) == (newest.id, "별솔로 2")
    assert (rows[1].phone, rows[2].address) == (NUMBER, "물빛로 1")


def test_an_expired_safe_number_names_nobody_by_itself(database: Database) -> None:
    safe = "050400001234"
    old = make(database, a_customer, name="강예전")
    make(database, a_phone, customer=old, digits=safe, captured_at=NOW - timedelta(days=31))
    card = database.call(caller_card, safe)
    assert card.customer is None
    assert [row.reasons for row in card.candidates] == [(Reason.NUMBER_EXPIRED,)]
    new = make(database, a_customer, name="최지금")
    make(database, a_phone, customer=new, digits=safe, captured_at=NOW - timedelta(days=29))
    rows = database.call(caller_candidates, safe)
    assert [(row.customer_id, row.reason) for row in rows] == [
        (new.id, Reason.NUMBER_REGISTERED),
        (old.id, Reason.NUMBER_EXPIRED),
    ]


@pytest.mark.parametrize(("stored", "expired"), [("7", True), ('"a slip"', False), ("30.5", False)])
def test_the_life_of_safe_numbers_is_a_setting(
    database: Database, stored: str, expired: bool
) -> None:
    one = make(database, a_customer)
    make(
        database, a_phone, customer=one, digits="050400001234", captured_at=NOW - timedelta(days=8)
    )
    setting = "INSERT INTO setting (key, value) VALUES ('safe_number_days', CAST(:value AS jsonb))"
    database.call(lambda session: session.execute(text(setting), {"value": stored}))
    (row,) = database.call(caller_candidates, "050400001234")
    assert (Reason.NUMBER_EXPIRED in row.reasons) is expired


def test_a_card_takes_one_round_trip(database: Database) -> None:
    make(database, a_customer, numbers=(NUMBER,))
    assert round_trips(database, caller_card, NUMBER) == 1
