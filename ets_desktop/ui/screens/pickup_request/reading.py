"""What 택배회수요청 shows of an order, read and logged in one transaction (spec 80)."""

from dataclasses import dataclass
from typing import Any

from ets_desktop.queries.claims import ClaimableLine, claimable_lines
from ets_desktop.queries.orders import OrderDetail, order_detail
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.refund_accounts import has_refund_key


@dataclass(frozen=True, slots=True)
class OrderInHand:
    """`can_seal`: the house has a key for refund accounts, else none is asked for."""

    order: OrderDetail
    lines: tuple[ClaimableLine, ...]
    can_seal: bool


def look_at_order_in_hand(session: Any, order_id: int) -> OrderInHand:
    """The order whole, for whoever fetches its goods must find the door. NotFound."""
    order = order_detail(session, order_id)
    log_access(session, LogAccess("request_pickup", f"order/{order_id}"))
    lines = claimable_lines(session, order_id)
    return OrderInHand(order, lines, has_refund_key(session))
