"""Orders: 통합주문검색 with its pages and counts, one order in full, a customer's orders."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.paging import Page
from ets_desktop.queries.order_details import (
    ChannelRow,
    OrderBrief,
    OrderDetail,
    OrderLineRow,
    order_by_id,
    order_detail,
    sales_channels,
)
from ets_desktop.queries.order_search.conditions import DateKind, OrderSearch
from ets_desktop.queries.order_search.searching import (
    MOST_ROWS,
    Asked,
    CustomerKeys,
    OrderRow,
    RowCount,
    count_rows,
    find_page,
)

__all__ = [
    "MOST_ROWS",
    "ChannelRow",
    "CustomerOrders",
    "DateKind",
    "OrderBrief",
    "OrderDetail",
    "OrderLineRow",
    "OrderRow",
    "OrderSearch",
    "RowCount",
    "count_orders",
    "order_by_id",
    "order_detail",
    "orders_of_customer",
    "sales_channels",
    "search_orders",
]


@dataclass(frozen=True, slots=True)
class CustomerOrders:
    """고객주문내역: 기간 (days of ordering, in Seoul), 판매처, 상품; no condition is needed."""

    date_from: date | None = None
    date_to: date | None = None
    channel_code: str = ""
    product: str = ""


ALL_ORDERS = CustomerOrders()


def search_orders(
    session: Session,
    search: OrderSearch,
    after: tuple[object, ...] | None = None,
    size: int = 50,
) -> Page[OrderRow]:
    """A page of 주문목록, newest first by 기간 기준; `after` is the last page's `next_key`.

    Over all pages at most MOST_ROWS rows. Raises RuleViolation `search_needs_condition`
    (spec 80) and `search_phone_unreadable`.
    """
    return find_page(session, Asked(search, None, after, size))


def count_orders(session: Session, search: OrderSearch) -> RowCount:
    """How many rows `search_orders` has, counted up to MOST_ROWS; raises as it does."""
    return count_rows(session, search)


def orders_of_customer(
    session: Session,
    customer_id: int,
    conditions: CustomerOrders = ALL_ORDERS,
    after: tuple[object, ...] | None = None,
    size: int = 50,
) -> Page[OrderRow]:
    """고객주문내역, newest first: the orders tied to the customer and, while tied to nobody, those
    with one of the customer's numbers; safe numbers apart, for they change hands (spec 40)."""
    numbers = driver_of(session).execute(_NUMBERS, {"id": customer_id}).fetchall()
    keys = CustomerKeys(customer_id, tuple(str(digits) for (digits,) in numbers))
    search = OrderSearch(
        date_from=conditions.date_from,
        date_to=conditions.date_to,
        channel_code=conditions.channel_code,
        product=conditions.product,
    )
    return find_page(session, Asked(search, keys, after, size))


_NUMBERS = b"SELECT digits FROM customer_phone WHERE customer_id = %(id)s AND kind <> 'safe'"
