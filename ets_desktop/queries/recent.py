"""최근 고객 and 최근 주문: the words for ids that a desk remembers."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class RecentCustomer:
    """`name` is whole; a list masks it."""

    customer_id: int
    customer_no: str
    name: str


@dataclass(frozen=True, slots=True)
class RecentOrder:
    """`product` is the first line's; `orderer` is whole, a list masks it."""

    order_id: int
    channel_order_no: str
    orderer: str
    product: str


@dataclass(frozen=True, slots=True)
class RecentRows:
    customers: tuple[RecentCustomer, ...]
    orders: tuple[RecentOrder, ...]


_CUSTOMERS = SQL("""
    SELECT c.id AS customer_id, c.customer_no, c.name
    FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS wanted (id, place)
    JOIN customer w ON w.id = wanted.id
    JOIN customer c ON c.id = coalesce(w.merged_into_id, w.id)
    GROUP BY c.id ORDER BY min(wanted.place)
""")
_ORDERS = SQL("""
    SELECT o.id AS order_id, o.channel_order_no, o.orderer_name AS orderer,
        coalesce((SELECT p.name FROM order_line l JOIN product p ON p.id = l.product_id
                  WHERE l.order_id = o.id ORDER BY l.id LIMIT 1), '') AS product
    FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS wanted (id, place)
    JOIN sales_order o ON o.id = wanted.id ORDER BY wanted.place
""")


def recent_rows(
    session: Session, customer_ids: Sequence[int], order_ids: Sequence[int]
) -> RecentRows:
    """Those that still exist, in the order of the ids; instead of the merged whom they went to."""
    customers = read(session, _CUSTOMERS, {"ids": list(customer_ids)}, RecentCustomer)
    orders = read(session, _ORDERS, {"ids": list(order_ids)}, RecentOrder)
    return RecentRows(tuple(customers), tuple(orders))
