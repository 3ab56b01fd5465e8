"""Calls and callers as the window's own widgets show them."""

from ets_desktop.domain import phone
from ets_desktop.domain.callers import Reason
from ets_desktop.domain.calls import CallEventRow
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.phone import NumberKind
from ets_desktop.queries.callers import CallerCard as KnownCaller
from ets_desktop.queries.callers import CallerOrder
from ets_desktop.queries.calls import CallHistoryRow
from ets_desktop.queries.customers import CustomerRow
from ets_desktop.ui.cards import CallerCard, CallLine, CustomerCard, OfferedCall
from ets_desktop.ui.labels import CALL_STATES, ORDER_STATUSES, UNANSWERED, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.live_calls import WITHHELD, LiveCall, readable


def line_of(row: CallHistoryRow, *, waits: bool = False) -> CallLine:
    """A row of 당일 콜 히스토리; a list, so people are masked (spec 80). `waits`: it rings behind
    the call that is handled."""
    return CallLine(
        row.call_id,
        row.rang_at,
        "missed" if row.is_missed else str(row.direction),
        masked(row.number, row.number_shown),
        mask_name(row.customer_name or row.caller_name),
        row.ticket_id,
        row.ticket_no,
        row.talk_seconds,
        "waiting" if waits else row.state,
        row.is_missed and not row.is_handled,
        row.handled_by,
        row.number or "",
        row.is_abusive,
    )


def state_words(line: CallLine | CallHistoryRow) -> str:
    """상태 of a row: how the call ended, or who saw to it after it was missed."""
    told = word(CALL_STATES, line.state)
    if line.is_abusive:
        told = translated("{state} · 폭언").format(state=told)
    if not line.handled_by or (isinstance(line, CallHistoryRow) and not line.is_missed):
        return told
    return translated("{state} · {name} 처리").format(state=told, name=line.handled_by)


def first_line_of(call: LiveCall, *, waits: bool = False) -> CallLine:
    """The row of a call that has just begun, before the history was read."""
    number = masked(call.number, call.shown)
    at, direction = call.rang_at, str(call.direction)
    state = "waiting" if waits else str(call.phase)
    return CallLine(
        call.call_id, at, direction, number, "", None, "", None, state, digits=call.number or ""
    )


def unanswered_words(event: CallEventRow) -> str:
    """Who did not take the click-to-call that ended with `event`; nothing when it tells of none."""
    how = f"{event.unanswered_by} {event.end}"
    if how not in UNANSWERED:
        return ""
    return word(UNANSWERED, how).format(number=masked(event.number, event.number_shown))


def masked(number: str | None, shown: str) -> str:
    return mask_phone(number) if number is not None else readable(None, shown)


def strip_of(call: LiveCall, known: KnownCaller, waiting: int) -> CallerCard:
    """The caller strip: who it is, or how many it may be. Whole, for the agent has to greet."""
    person = known.customer or (known.candidates[0] if len(known.candidates) == 1 else None)
    return CallerCard(
        call.call_id,
        name=_name(call, person),
        grade=person.grade if person is not None else "",
        flagged=person.flagged_reason if person is not None and person.flagged else "",
        open_tickets=known.open_tickets,
        newest_order=_order_words(known.newest_order),
        candidates=len(known.candidates),
        waiting=waiting,
        number=call.number or "",
    )


def offer_of(call: LiveCall, known: KnownCaller, missed: frozenset[int]) -> OfferedCall:
    """The call as an empty form takes it by itself."""
    row = known.customer
    card = None
    if row is not None and row.customer_id is not None:
        reason = row.flagged_reason if row.flagged else ""
        number, name, grade = row.customer_no, row.name, row.grade
        card = CustomerCard(row.customer_id, number, name, grade, reason, known.total_tickets)
    return OfferedCall(call.call_id, call.number, len(known.candidates), card, missed)


def is_internal(call: LiveCall) -> bool:
    """A colleague's extension: nobody's customer."""
    return call.number is not None and phone.kind(call.number) is NumberKind.INTERNAL


def _name(call: LiveCall, person: CustomerRow | None) -> str:
    if person is not None:
        name = person.name
        if Reason.NUMBER_EXPIRED in person.reasons:
            return translated("{name} (만료된 안심번호)").format(name=name)
        known = person.customer_id is not None
        return name if known else translated("{name} (미등록)").format(name=name)
    if call.number is None:
        return readable(None, call.shown) or translated(WITHHELD)
    extension = translated("내선 {number}").format(number=call.number)
    return extension if is_internal(call) else ""


def _order_words(order: CallerOrder | None) -> str:
    if order is None:
        return ""
    status = word(ORDER_STATUSES, order.order_status)
    product = order.product or order.channel_order_no
    return f"{product} ({status})" if status else product
