"""One order with all its lines, found by our number or the channel's (`ets orders show`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read

#: The channel's number may stand in several channels; more than these are not listed.
_MOST = 50


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """An order as it is stored; `masked` holds what the channel masked, as written."""

    id: int
    order_no: str
    channel_order_no: str
    channel: str
    ordered_at: datetime
    orderer_name: str
    orderer_phone: str | None
    orderer_phone2: str | None
    recipient_name: str
    recipient_phone: str | None
    recipient_phone2: str | None
    zipcode: str
    address: str
    memo: str
    customs_id: str
    shipping_fee: int | None
    order_total: int | None
    order_paid: int | None
    masked: Mapping[str, str]
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LineRecord:
    """A line of an order; `suspect` holds what a spreadsheet damaged, as written."""

    line_no: str
    product: str
    option: str
    quantity: int
    unit_price: int | None
    amount: int | None
    channel_status: str | None
    channel_status_detail: str | None
    cancelled: bool
    carrier: str
    tracking_no: str
    bundle_no: str
    source_row: int | None
    suspect: Mapping[str, str]
    extra: Mapping[str, Any]


_ORDERS = SQL("""
SELECT o.id, o.order_no, o.channel_order_no, c.code AS channel, o.ordered_at, o.orderer_name,
    o.orderer_phone, o.orderer_phone2, o.recipient_name, o.recipient_phone, o.recipient_phone2,
    o.zipcode, o.address, o.memo, o.customs_id, o.shipping_fee, o.order_total, o.order_paid,
    o.masked, o.extra
FROM sales_order o JOIN sales_channel c ON c.id = o.channel_id
WHERE (o.order_no = %(number)s OR o.channel_order_no = %(number)s)
    AND (%(channels)s::text[] IS NULL OR c.code = ANY(%(channels)s) OR c.name = ANY(%(channels)s))
ORDER BY o.order_no = %(number)s DESC, o.ordered_at DESC, o.id DESC
LIMIT %(most)s
""")
_LINES = SQL("""
SELECT l.line_no, p.name AS product, l.option, l.quantity, l.unit_price, l.amount,
    l.channel_status, l.channel_status_detail, l.cancelled, l.carrier, l.tracking_no, l.bundle_no,
    l.source_row, l.suspect, l.extra
FROM order_line l JOIN product p ON p.id = l.product_id
WHERE l.order_id = %(order_id)s
ORDER BY l.id
""")


def order_records(
    session: Session, number: str, channels: list[str] | None = None
) -> list[OrderRecord]:
    """Orders whose own or channel's number is `number`, ours first; `channels` are codes or names.

    More than one: the number stands in several channels.
    """
    values = {"number": number, "channels": channels, "most": _MOST}
    return read(session, _ORDERS, values, OrderRecord)


def line_records(session: Session, order_id: int) -> list[LineRecord]:
    """The order's lines as they first came."""
    return read(session, _LINES, {"order_id": order_id}, LineRecord)
