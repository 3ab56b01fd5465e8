"""Reads that show somebody whole: each is logged in the same transaction (spec 80)."""

from typing import Any

from ets_desktop.queries.callers import CallerCard, caller_card
from ets_desktop.queries.calls import CallHistoryRow, any_call, call_by_id
from ets_desktop.queries.customers import (
    CustomerDetail,
    CustomerRow,
    customer_detail,
    find_customers,
)
from ets_desktop.queries.orders import OrderDetail, order_detail
from ets_desktop.services.access import LogAccess, log_access

Caller = tuple[CallHistoryRow | None, CallerCard]


def look_for_customers(session: Any, typed: str) -> tuple[CustomerRow, ...]:
    """What 고객ID finds; the log keeps what was asked and how many came."""
    rows = find_customers(session, typed)
    log_access(
        session,
        LogAccess("find_customers", condition={"typed": typed}, row_count=len(rows)),
    )
    return rows


def look_at_customer(session: Any, customer_id: int) -> CustomerDetail:
    """The customer in hand."""
    detail = customer_detail(session, customer_id)
    log_access(session, LogAccess("show_customer", f"customer/{customer_id}"))
    return detail


def look_at_order(session: Any, order_id: int) -> OrderDetail:
    """The order of the customer in hand."""
    detail = order_detail(session, order_id)
    log_access(session, LogAccess("show_order", f"order/{order_id}"))
    return detail


def look_at_caller(session: Any, extension: str, call_id: int) -> Caller:
    """Who may be calling; the call is None when it never reached this extension."""
    return _looked_at(session, call_by_id(session, extension, call_id))


def look_at_anyones_caller(session: Any, call_id: int) -> Caller:
    """The same of a call at any extension, to say afterwards whose it was."""
    return _looked_at(session, any_call(session, call_id))


def _looked_at(session: Any, call: CallHistoryRow | None) -> Caller:
    card = caller_card(session, call.number if call is not None else None)
    accesses = [
        LogAccess("show_caller", f"customer/{row.customer_id}")
        for row in card.candidates
        if row.customer_id is not None
    ]
    if accesses:
        log_access(session, *accesses)
    return call, card
