"""The searches of spec 90 as a person would write them who knows the schema: the floor."""

from typing import LiteralString

_ROWS: LiteralString = """
    SELECT o.id, l.id, o.order_no, o.channel_order_no,
        (SELECT c.name FROM sales_channel c WHERE c.id = o.channel_id),
        o.ordered_at, o.orderer_name, o.recipient_name,
        coalesce(o.orderer_phone, o.recipient_phone),
        (SELECT p.name FROM product p WHERE p.id = l.product_id),
        l.option, l.quantity, l.amount, l.order_status, l.carrier, l.tracking_no,
        (SELECT count(*) FROM ticket t
         WHERE t.order_id = o.id AND t.status IN ('received', 'transferred')), o.customer_id
    FROM ({hits}) h
    JOIN sales_order o ON o.id = h.id
    JOIN order_line l ON {join}
    ORDER BY h.ordered_at DESC, h.id DESC, l.id LIMIT 51
"""
_NEWEST: LiteralString = " ORDER BY ordered_at DESC, id DESC LIMIT 51"
_PHONES = ("orderer_phone", "orderer_phone2", "recipient_phone", "recipient_phone2")
_MONTH: LiteralString = " AND ordered_at >= %(since)s"
_NAMES: LiteralString = "SELECT name FROM person_name WHERE "
_GIVEN: LiteralString = (
    _NAMES + "bigrams @> ARRAY[%(v)s]::text[] AND name LIKE '%%' || %(v)s || '%%'"
)


_BY: LiteralString = "(SELECT id, ordered_at FROM sales_order WHERE {condition}{newest})"
_PROBE: LiteralString = """
    (SELECT b.id, b.ordered_at FROM ({names}) n CROSS JOIN LATERAL (
        SELECT id, ordered_at FROM sales_order WHERE {column} = n.name{newest}) b)
"""
_HAS_NAME: LiteralString = "(orderer_name IN ({names}) OR recipient_name IN ({names}))"


def _of_orders(*conditions: LiteralString) -> str:
    """Orders by any of `conditions`, each by its own index."""
    hits = [_BY.format(condition=condition, newest=_NEWEST) for condition in conditions]
    return _of_hits(hits)


def _of_hits(hits: list[str]) -> str:
    united = " UNION ".join(hits) + (_NEWEST if len(hits) > 1 else "")
    return _ROWS.format(hits=united, join="l.order_id = o.id")


def _walked(names: LiteralString) -> str:
    """Down the date index until enough orders have one of `names`."""
    return _of_orders(_HAS_NAME.format(names=names))


def _probed(names: LiteralString) -> str:
    """Each of a few `names` by the index of names."""
    columns = ("orderer_name", "recipient_name")
    return _of_hits([_PROBE.format(names=names, column=c, newest=_NEWEST) for c in columns])


_PRODUCTS: LiteralString = """
    SELECT b.* FROM (SELECT id FROM product WHERE words LIKE '%%' || %(v)s || '%%') p
    CROSS JOIN LATERAL (
        SELECT l.order_id AS id, l.ordered_at, l.id AS line_id FROM order_line l
        WHERE l.product_id = p.id ORDER BY l.ordered_at DESC, l.order_id DESC LIMIT 51
    ) b ORDER BY ordered_at DESC, id DESC LIMIT 51
"""

ORDER_NO = _of_orders("channel_order_no = %(v)s")
ORDER_NO_END = _of_orders("right(channel_order_no, 6) = %(v)s")
TRACKING_NO = _ROWS.format(
    hits="SELECT order_id AS id, ordered_at, id AS line_id FROM order_line"
    " WHERE tracking_no = %(v)s",
    join="l.id = h.line_id",
)
PHONE = _of_orders(*(column + " = %(v)s" for column in _PHONES))
PHONE_END = _of_orders(*("right(" + column + ", 4) = %(v)s" for column in _PHONES))
ORDERER = _of_orders("orderer_name = %(v)s")
NAME = _of_orders("orderer_name = %(v)s", "recipient_name = %(v)s")
NAME_IN_MONTH = _of_orders("orderer_name = %(v)s" + _MONTH, "recipient_name = %(v)s" + _MONTH)
GIVEN_COMMON = _walked(_GIVEN)
GIVEN_RARE = _probed(_GIVEN)
MASKED = _walked(_NAMES + "name LIKE %(v)s")
INITIALS = _of_orders("orderer_initials = %(v)s", "recipient_initials = %(v)s")
PRODUCT = _ROWS.format(hits=_PRODUCTS, join="l.id = h.line_id")
PERIOD = _of_orders("ordered_at >= %(since)s")
MALL_AND_WEEK = _of_orders("channel_id = %(v)s AND ordered_at >= %(since)s")
FAR_PAGE = _of_orders("(ordered_at, id) < (%(at)s, %(id)s)")
COUNT = """
    SELECT count(*) FROM (
        SELECT FROM sales_order o JOIN order_line l ON l.order_id = o.id
        WHERE o.ordered_at >= %(since)s LIMIT 1001
    ) c
"""
ADDRESS = _of_orders("address LIKE '%%' || %(v)s || '%%'")

_POP_ORDERS: LiteralString = """
    SELECT o.id, o.order_no, o.ordered_at, o.orderer_name, o.recipient_name, o.customer_id,
        (SELECT p.name FROM order_line l JOIN product p ON p.id = l.product_id
         WHERE l.order_id = o.id ORDER BY l.id LIMIT 1)
    FROM ({hits} ORDER BY ordered_at DESC LIMIT 10) h JOIN sales_order o ON o.id = h.id
    ORDER BY h.ordered_at DESC
"""
_POP_HIT: LiteralString = """
    (SELECT id, ordered_at FROM sales_order WHERE {column} = %(v)s
     ORDER BY ordered_at DESC LIMIT 10)
"""
#: Who, what they ordered last, what is open, when they called: one pipeline.
POP = (
    """
    SELECT c.id, c.customer_no, c.name, c.grade, c.flagged, c.flagged_reason, c.address,
        c.last_contact_at
    FROM customer c
    WHERE c.id IN (SELECT customer_id FROM customer_phone WHERE digits = %(v)s)
    """,
    _POP_ORDERS.format(hits=" UNION ".join(_POP_HIT.format(column=c) for c in _PHONES)),
    """
    SELECT id, ticket_no, title, status, created_at, assignee_id FROM ticket
    WHERE customer_id IN (SELECT customer_id FROM customer_phone WHERE digits = %(v)s)
    ORDER BY created_at DESC LIMIT 20
    """,
    "SELECT customer_id, max(rang_at) FROM call WHERE caller_number = %(v)s GROUP BY customer_id",
)
