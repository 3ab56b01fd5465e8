"""One order in full, or in brief; the sales channels. Read in one round trip each."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row, dict_row
from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import NotFound
from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """판매처 as a search chooses it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """A row of 주문상품; money in whole KRW, None where the channel's file told none."""

    line_id: int
    line_no: str
    product: str
    product_code: str
    option: str
    quantity: int
    unit_price: int | None
    amount: int | None
    order_status: str
    channel_status: str
    carrier: str
    tracking_no: str
    shipped_at: datetime | None
    delivered_at: datetime | None
    open_tickets: int


@dataclass(frozen=True, slots=True)
class OrderBrief:
    """What is asked about before an order is tied to somebody; phones as in OrderDetail."""

    order_id: int
    order_no: str
    channel_order_no: str
    channel: str
    ordered_at: datetime
    orderer: str
    orderer_phone: str
    recipient: str
    recipient_phone: str
    customer_id: int | None
    customer: str


@dataclass(frozen=True, slots=True)
class OrderDetail(OrderBrief):
    """주문 상세, unmasked. Phones are digits, or as the channel masked them, or "".

    `marks` are codes of what the import found doubtful.
    """

    channel_code: str
    paid_at: datetime | None
    orderer_phone2: str
    recipient_phone2: str
    orderer_login: str
    orderer_email: str
    zipcode: str
    address: str
    memo: str
    payment_method: str
    paid_in_full: bool
    shipping_fee: int | None
    order_total: int | None
    order_paid: int | None
    customs_id: str
    marks: tuple[str, ...]
    lines: tuple[OrderLineRow, ...]


_CHANNELS = SQL("SELECT code, name FROM sales_channel ORDER BY name")
_BRIEF_COLUMNS = SQL("""
    o.id AS order_id, o.order_no, o.channel_order_no, c.name AS channel, o.ordered_at,
    o.orderer_name AS orderer,
    coalesce(o.orderer_phone, o.masked->>'orderer_phone', '') AS orderer_phone,
    o.recipient_name AS recipient,
    coalesce(o.recipient_phone, o.masked->>'recipient_phone', '') AS recipient_phone,
    o.customer_id,
    coalesce((SELECT u.name FROM customer u WHERE u.id = o.customer_id), '') AS customer
""")
_BRIEF = SQL("""
    SELECT {columns} FROM sales_order o JOIN sales_channel c ON c.id = o.channel_id
    WHERE o.id = %(id)s
""").format(columns=_BRIEF_COLUMNS)
_DETAIL = SQL("""
    SELECT {columns},
        c.code AS channel_code, o.paid_at, coalesce(o.orderer_phone2, '') AS orderer_phone2,
        coalesce(o.recipient_phone2, '') AS recipient_phone2, o.orderer_login, o.orderer_email,
        o.zipcode, o.address, o.memo, o.payment_method, o.paid_in_full, o.shipping_fee,
        o.order_total, o.order_paid, o.customs_id, o.marks
    FROM sales_order o JOIN sales_channel c ON c.id = o.channel_id
    WHERE o.id = %(id)s
""").format(columns=_BRIEF_COLUMNS)
_LINES = SQL("""
    SELECT l.id AS line_id, l.line_no, p.name AS product, p.code AS product_code, l.option,
        l.quantity, l.unit_price, l.amount, l.order_status,
        coalesce(l.channel_status, '') AS channel_status, l.carrier, l.tracking_no,
        l.shipped_at, l.delivered_at,
        (SELECT count(*) FROM ticket t
         WHERE t.order_line_id = l.id AND t.status IN ('received', 'transferred')) AS open_tickets
    FROM order_line l JOIN product p ON p.id = l.product_id
    WHERE l.order_id = %(id)s ORDER BY l.id
""")


def sales_channels(session: Session) -> tuple[ChannelRow, ...]:
    """The sales channels that orders may come from, by name."""
    return tuple(read(session, _CHANNELS, {}, ChannelRow))


def order_by_id(session: Session, order_id: int) -> OrderBrief:
    """NotFound `no_such_order`."""
    found = read(session, _BRIEF, {"id": order_id}, OrderBrief)
    if not found:
        raise NotFound("no_such_order")
    return found[0]


def order_detail(session: Session, order_id: int) -> OrderDetail:
    """One order with its lines, the first line first; NotFound `no_such_order`."""
    driver = driver_of(session)
    orders = driver.cursor(row_factory=dict_row)
    lines = driver.cursor(row_factory=class_row(OrderLineRow))
    with driver.pipeline():
        orders.execute(_DETAIL, {"id": order_id})
        lines.execute(_LINES, {"id": order_id})
    found = orders.fetchone()
    if found is None:
        raise NotFound("no_such_order")
    marks = tuple(found.pop("marks"))
    return OrderDetail(**found, marks=marks, lines=tuple(lines.fetchall()))
