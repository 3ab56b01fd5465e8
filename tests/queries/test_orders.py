"""One order in full and in brief, and the sales channels."""

from datetime import UTC, datetime, timedelta

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import NotFound
from ets_desktop.queries.orders import (
    ChannelRow,
    OrderBrief,
    order_by_id,
    order_detail,
    sales_channels,
)
from tests.factories import (
    a_channel,
    a_customer,
    a_product,
    a_ticket,
    an_order,
    an_order_line,
    make,
)
from tests.round_trips import round_trips

NOW = datetime.now(UTC)


def test_an_order_tells_everything_it_has(database: Database) -> None:
    buyer = make(database, a_customer, name="최구매")
    order = make(
        database,
        an_order,
        channel=make(database, a_channel, code="own", name="자사몰"),
        customer=buyer,
        orderer_phone="01000000001",
        orderer_phone2="0200000001",
        recipient_phone=None,
        masked={"recipient_phone": "0504-****-1234"},
        address="서울특별시 나래구 물빛로 1",
        paid_at=NOW,
        order_total=40000,
    )
    goods = make(database, a_product, name="텀블러", code="T-1")
    first = make(
        database,
        an_order_line,
        order=order,
        product=goods,
        option="색상: 검정",
        channel_status="배송중",
        tracking_no="900000000001",
        shipped_at=NOW - timedelta(hours=3),
    )
    second = make(database, an_order_line, order=order, amount=None, unit_price=None)
    make(database, a_ticket, order=order, order_line=first)
    make(database, a_ticket, order=order, order_line=first, status="completed")
    detail = database.call(order_detail, order.id)
    assert (detail.channel, detail.channel_code, detail.customer) == ("자사몰", "own", "최구매")
    assert (detail.orderer_phone, detail.orderer_phone2) == ("01000000001", "0200000001")
    assert (detail.recipient_phone, detail.recipient_phone2) == ("0504-****-1234", "")
    assert (detail.paid_at, detail.order_total, detail.shipping_fee) == (NOW, 40000, None)
    assert [line.line_id for line in detail.lines] == [first.id, second.id]
    line, other = detail.lines
    assert (line.product, line.product_code, line.option) == ("텀블러", "T-1", "색상: 검정")
    assert (line.channel_status, line.open_tickets) == ("배송중", 1)
    assert (other.amount, other.channel_status, other.open_tickets) == (None, "", 0)


def test_an_order_takes_one_round_trip(database: Database) -> None:
    order = make(database, an_order)
    assert round_trips(database, order_detail, order.id) == 1
    assert round_trips(database, order_by_id, order.id) == 1


def test_an_order_in_brief_says_whose_it_is(database: Database) -> None:
    order = make(database, an_order, orderer_phone=None)
    brief = database.call(order_by_id, order.id)
    assert isinstance(brief, OrderBrief)
    assert (brief.order_no, brief.orderer, brief.orderer_phone) == (order.order_no, "김정민", "")
    assert (brief.customer_id, brief.customer) == (None, "")


def test_an_order_that_is_not_there_is_not_found(database: Database) -> None:
    for function in (order_by_id, order_detail):
        with pytest.raises(NotFound, match="no_such_order"):
            database.call(function, 1)


def test_channels_come_by_name(database: Database) -> None:
    make(database, a_channel, code="own", name="자사몰")
    make(database, a_channel, code="cafe24", name="카페24")
    make(database, a_channel, code="st11", name="11번가")
    assert database.call(sales_channels) == (
        ChannelRow("st11", "11번가"),
        ChannelRow("own", "자사몰"),
        ChannelRow("cafe24", "카페24"),
    )
