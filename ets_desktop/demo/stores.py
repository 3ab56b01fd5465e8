"""Turns cases and calls into rows: tickets with their history and hops, calls with their legs."""

from collections.abc import Iterable, Iterator
from datetime import date

from ets_desktop.demo import words
from ets_desktop.demo.calls import PastCall
from ets_desktop.demo.customers import typed_forms
from ets_desktop.demo.loading import Connection, copy_rows, next_ids
from ets_desktop.demo.staff import Worker
from ets_desktop.demo.tickets import Case, numbered
from ets_desktop.domain.calendar import seoul_date

_TICKET_COLUMNS = (
    "id, ticket_no, client_id, version, status, ticket_type, category_id, origin, title, content,"
    " tags, customer_id, caller_number, order_id, order_line_id, due_on, resolution, assignee_id,"
    " assignee_team_id, created_at, created_by, updated_at, updated_by, completed_at,"
    " completed_by, discard_reason"
)
_HISTORY_COLUMNS = "ticket_id, version, field, old, new, changed_at, changed_by"
_TRANSFER_COLUMNS = (
    "ticket_id, hop, from_agent_id, to_agent_id, to_team_id, reason, sent_at, seen_at,"
    " accepted_at, returned_at, return_reason, recalled_at, ticket_open"
)
_CALLBACK_COLUMNS = "ticket_id, number, due_at, assignee_id, attempts, outcome, done_at, created_at"
_CALL_COLUMNS = (
    "id, link, vendor_call_id, direction, caller_number, caller_typed, dialled, customer_id,"
    " rang_at"
)
_LEG_COLUMNS = (
    "call_id, leg_key, extension, direction, phase, end, rang_at, talked_at, ended_at, handled_at"
)
_ACTIVITY_COLUMNS = "ticket_id, kind, call_id, agent_id, at"
_SHOP_NUMBER = "15880000"
_LINK = "demo"

CategoryIds = dict[tuple[str, str], int]
Row = tuple[object, ...]


def store_tickets(
    connection: Connection, cases: list[Case], categories: CategoryIds
) -> list[tuple[int, Case]]:
    """Number and store `cases` (sorted by created_at) with all that hangs on them; (id, case)."""
    first = next_ids(connection, "ticket", len(cases))
    days = _last_numbers(connection, {seoul_date(case.created_at) for case in cases})
    rows = [(first + n, no, case) for n, (no, case) in enumerate(numbered(cases, days))]
    copy_rows(
        connection,
        "ticket",
        _TICKET_COLUMNS,
        (_ticket(id_, number, case, categories) for id_, number, case in rows),
    )
    _keep_last_numbers(connection, days)
    tickets = [(id_, case) for id_, _, case in rows]
    copy_rows(connection, "ticket_history", _HISTORY_COLUMNS, _history(tickets))
    copy_rows(connection, "transfer", _TRANSFER_COLUMNS, _transfers(tickets))
    copy_rows(connection, "callback", _CALLBACK_COLUMNS, _callbacks(tickets))
    return tickets


def store_calls(
    connection: Connection, calls: list[PastCall], staff: list[Worker], seed: int
) -> None:
    """Store `calls`, oldest first, each with its leg; those of tickets become activities."""
    calls = sorted(calls, key=lambda call: (call.rang_at, call.extension, call.number))
    agents = {worker.extension: worker.id for worker in staff}
    first = next_ids(connection, "call", len(calls))
    with_ids = list(enumerate(calls, first))
    copy_rows(connection, "call", _CALL_COLUMNS, (_call(id_, c, seed) for id_, c in with_ids))
    copy_rows(connection, "call_leg", _LEG_COLUMNS, (_leg(id_, call) for id_, call in with_ids))
    activities = (
        (call.ticket_id, "call", id_, agents[call.extension], call.ended_at)
        for id_, call in with_ids
        if call.ticket_id is not None
    )
    copy_rows(connection, "activity", _ACTIVITY_COLUMNS, activities)


def _last_numbers(connection: Connection, days: set[date]) -> dict[date, int]:
    found = connection.execute(
        "SELECT day, last_no FROM ticket_day WHERE day = ANY(%s)", [list(days)]
    )
    return dict(found.fetchall())  # type: ignore[arg-type]


def _keep_last_numbers(connection: Connection, days: dict[date, int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ticket_day (day, last_no) VALUES (%s, %s)"
            " ON CONFLICT (day) DO UPDATE SET last_no = excluded.last_no",
            sorted(days.items()),
        )


def _ticket(id_: int, number: str, case: Case, categories: CategoryIds) -> Row:
    names, title, content = words.TICKET_WORDS[case.ticket_type]
    completed_at = case.closed_at if case.status == "completed" else None
    closer = case.assignee_id or case.creator.id
    return (
        id_,
        number,
        case.client_id,
        1 + len(case.hops) + (case.closed_at is not None),
        case.status,
        case.ticket_type,
        categories[case.ticket_type, names[id_ % len(names)]],
        case.origin,
        title,
        content,
        list(case.tags),
        case.sale.customer_id,
        case.number,
        case.sale.order_id,
        case.sale.line_id if id_ % 3 else None,
        case.due_on,
        "안내 후 종결" if completed_at and case.ticket_type == "complaint" else "",
        case.assignee_id,
        case.assignee_team_id,
        case.created_at,
        case.creator.id,
        case.touched_at,
        closer,
        completed_at,
        closer if completed_at else None,
        "중복 접수" if case.status == "discarded" else "",
    )


def _history(tickets: Iterable[tuple[int, Case]]) -> Iterator[Row]:
    for id_, case in tickets:
        yield id_, 1, "created", None, "received", case.created_at, case.creator.id
        version = 1
        for hop in case.hops:
            version += 1
            to = str(hop.to_id) if hop.to_id else None
            me = str(hop.from_id)
            yield id_, version, "assignee_id", me, to, hop.sent_at, hop.from_id
        if case.closed_at is not None:
            closer = case.assignee_id or case.creator.id
            yield id_, version + 1, "status", "received", case.status, case.closed_at, closer


def _transfers(tickets: Iterable[tuple[int, Case]]) -> Iterator[Row]:
    for id_, case in tickets:
        for number, hop in enumerate(case.hops, 1):
            yield (
                id_,
                number,
                hop.from_id,
                hop.to_id,
                hop.to_team_id,
                hop.reason,
                hop.sent_at,
                hop.seen_at,
                hop.accepted_at,
                hop.returned_at,
                "담당 업무가 아님" if hop.returned_at else "",
                hop.recalled_at,
                case.closed_at is None,
            )


def _callbacks(tickets: Iterable[tuple[int, Case]]) -> Iterator[Row]:
    for id_, case in tickets:
        if case.promise is not None:
            yield (
                id_,
                case.number,
                case.promise.due_at,
                case.promise.assignee_id,
                case.promise.attempts,
                case.promise.outcome,
                case.promise.done_at,
                case.created_at,
            )


def _call(id_: int, call: PastCall, seed: int) -> Row:
    forms = typed_forms(call.number)
    return (
        id_,
        _LINK,
        f"{seed}-{id_}",
        call.direction,
        call.number,
        forms[id_ % len(forms)],
        _SHOP_NUMBER if call.direction == "in" else call.number,
        call.customer_id,
        call.rang_at,
    )


def _leg(id_: int, call: PastCall) -> Row:
    return (
        id_,
        call.extension,
        call.extension,
        call.direction,
        "ended",
        call.end,
        call.rang_at,
        call.talked_at,
        call.ended_at,
        call.handled_at,
    )
