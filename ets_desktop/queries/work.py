"""담당자관련이력: an agent's five work lists, their counts and rows from one snapshot (spec 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from psycopg.sql import SQL, Composed, Identifier, Literal
from sqlalchemy.orm import Session

from ets_desktop.domain.ageing import RED_AFTER
from ets_desktop.domain.calendar import seoul_date, start_of_day
from ets_desktop.domain.paging import Page
from ets_desktop.domain.transfers import LIMITS, WAITING, AcceptLimits
from ets_desktop.queries.reading import page_of, read_mappings
from ets_desktop.queries.tickets import FROM_THE_TOP, TICKET_COLUMNS, TRANSFER_STATE, TicketRow


class WorkList(StrEnum):
    """The inner tabs with tickets; 당일통화내역 is queries/calls.py."""

    RECEIVED_TRANSFERS = "received_transfers"
    SENT_TRANSFERS = "sent_transfers"
    RECEIVED = "received"
    CALLBACKS = "callbacks"


@dataclass(frozen=True, slots=True)
class ListCount:
    """The number on an inner tab; red when a row behind it is."""

    count: int
    red: bool


@dataclass(frozen=True, slots=True)
class AgentWork:
    """The numbers of 담당자관련이력, true together at `as_of`.

    `calls` counts today's calls with an open ticket and the missed ones not yet handled; `total`
    is the distinct open tickets over all five lists.
    """

    calls: ListCount
    received_transfers: ListCount
    sent_transfers: ListCount
    received: ListCount
    callbacks: ListCount
    total: int
    red: bool
    as_of: datetime


@dataclass(frozen=True, slots=True)
class TransferredRow(TicketRow):
    """A row of 받은 이관 or 보낸 이관 with its newest hop; `to_agent` may be a team, `hop` counts
    from 1 and is 0 without one; unaccepted it is red from `late_at`; `priority` a Priority."""

    transfer_id: int | None
    from_agent: str
    to_agent: str
    to_team: bool
    reason: str
    sent_at: datetime
    transfer_state: str
    hop: int
    late_at: datetime
    priority: str

    def is_red(self, now: datetime) -> bool:
        """Also while nobody accepted it in time (spec 20)."""
        waiting = self.is_open and self.transfer_state in WAITING
        return (waiting and now >= self.late_at) or TicketRow.is_red(self, now)


@dataclass(frozen=True, slots=True)
class CallbackRow(TicketRow):
    """A row of 콜백; `last_outcome` is what became of the attempt before, "" for none."""

    callback_id: int
    callback_at: datetime
    callback_number: str
    attempts: int
    last_outcome: str

    def is_red(self, now: datetime) -> bool:
        """Also from the moment that was promised."""
        return (self.is_open and now >= self.callback_at) or TicketRow.is_red(self, now)


#: The lists are defined by the database function work_of (migration 0004), which keeps its plans:
#: planning them takes three times as long as running them.
_WORK_OF = SQL("""
    work_of(%(me)s, %(today)s, %(day_start)s, %(red_before)s, %(late_before)s,
            %(late_at_team_before)s)
""")
#: The same rows without their redness, and without calls.
_WORK_REGARDLESS = SQL("work_of(%(me)s, NULL, NULL, NULL, NULL, NULL)")

#: A callback is red once its time, under which it is listed, has come.
_RED = SQL("(red OR (list = 'callbacks' AND at <= %(now)s))")
_COUNT = SQL("""
    count(*) FILTER (WHERE list = {code}) AS {name},
    coalesce(bool_or({red}) FILTER (WHERE list = {code}), false) AS {name_red}
""")
_NUMBERS = SQL("""
    SELECT {counts}, count(DISTINCT ticket_id) AS total, coalesce(bool_or({red}), false) AS red,
        statement_timestamp() AS as_of
    FROM {listed}
""")

_TRANSFERRED = SQL("""
    SELECT {columns}, x.id AS transfer_id,
        coalesce((SELECT a.name FROM agent a WHERE a.id = x.from_agent_id), '') AS from_agent,
        coalesce((SELECT a.name FROM agent a WHERE a.id = x.to_agent_id),
                 (SELECT m.name FROM team m WHERE m.id = x.to_team_id), '') AS to_agent,
        x.to_team_id IS NOT NULL AS to_team, coalesce(x.reason, '') AS reason,
        w.at AS sent_at, {state} AS transfer_state, coalesce(x.hop, 0) AS hop,
        w.at + CASE WHEN x.to_team_id IS NULL THEN %(accept_within)s
                    ELSE %(accept_within_at_team)s END AS late_at,
        t.priority
    FROM {listed} w JOIN ticket t ON t.id = w.ticket_id LEFT JOIN transfer x ON x.id = w.about
""")
_PLAIN = SQL("SELECT {columns} FROM {listed} w JOIN ticket t ON t.id = w.ticket_id")
_CALLBACKS = SQL("""
    SELECT {columns}, b.id AS callback_id, b.due_at AS callback_at, b.number AS callback_number,
        b.attempts,
        coalesce((SELECT e.outcome FROM callback e
                  WHERE e.ticket_id = b.ticket_id AND e.id < b.id ORDER BY e.id DESC LIMIT 1), '')
            AS last_outcome
    FROM {listed} w JOIN ticket t ON t.id = w.ticket_id JOIN callback b ON b.id = w.about
""")
_PAGE = SQL("""
    {select}
    WHERE w.list = {which} AND (w.at, w.ticket_id) {beyond} (%(at)s, %(last)s)
    ORDER BY w.at {direction}, w.ticket_id {direction} LIMIT %(size)s
""")


def _numbers(listed: SQL) -> Composed:
    """The one row of numbers over the rows of `listed`."""
    counts = [
        _COUNT.format(
            code=Literal(name),
            name=Identifier(name),
            name_red=Identifier(f"{name}_red"),
            red=_RED,
        )
        for name in ("calls", *WorkList)
    ]
    return _NUMBERS.format(counts=SQL(", ").join(counts), listed=listed, red=_RED)


_AGENT_WORK = _numbers(_WORK_OF)


@dataclass(frozen=True, slots=True)
class _Rows:
    """How the rows of a list are read, and by which of their columns they are sorted."""

    select: SQL
    row: type[TicketRow]
    key: str
    newest_first: bool = True

    @property
    def direction(self) -> SQL:
        return SQL("DESC") if self.newest_first else SQL("ASC")

    @property
    def beyond(self) -> SQL:
        return SQL("<") if self.newest_first else SQL(">")

    @property
    def before_first(self) -> tuple[object, ...]:
        return FROM_THE_TOP if self.newest_first else ("-infinity", 0)


_TRANSFERRED_ROWS = _Rows(_TRANSFERRED, TransferredRow, "sent_at")
_CALLBACK_ROWS = _Rows(_CALLBACKS, CallbackRow, "callback_at", newest_first=False)
_ROWS: Mapping[WorkList, _Rows] = MappingProxyType(
    {
        WorkList.RECEIVED_TRANSFERS: _TRANSFERRED_ROWS,
        WorkList.SENT_TRANSFERS: _TRANSFERRED_ROWS,
        WorkList.RECEIVED: _Rows(_PLAIN, TicketRow, "created_at"),
        WorkList.CALLBACKS: _CALLBACK_ROWS,
    }
)


def _page_sql(which: WorkList, listed: SQL) -> Composed:
    how = _ROWS[which]
    select = how.select.format(columns=TICKET_COLUMNS, state=TRANSFER_STATE, listed=listed)
    return _PAGE.format(
        select=select, which=Literal(which), beyond=how.beyond, direction=how.direction
    )


def _work_and_page_sql(which: WorkList) -> Composed:
    """The function is called once, so that numbers and rows are of one moment."""
    return SQL("""
        WITH listed AS MATERIALIZED (SELECT * FROM {work_of}), work AS ({numbers}),
            page AS ({page})
        SELECT * FROM work LEFT JOIN page ON true
        ORDER BY page.{key} {direction}, page.ticket_id {direction}
    """).format(
        work_of=_WORK_OF,
        numbers=_numbers(SQL("listed")),
        page=_page_sql(which, SQL("listed")),
        key=Identifier(_ROWS[which].key),
        direction=_ROWS[which].direction,
    )


_PAGE_ALONE = MappingProxyType({which: _page_sql(which, _WORK_REGARDLESS) for which in WorkList})
_PAGE_WITH_WORK = MappingProxyType({which: _work_and_page_sql(which) for which in WorkList})


def agent_work(
    session: Session, agent_id: int, now: datetime, limits: AcceptLimits = LIMITS
) -> AgentWork:
    """The numbers of all five lists in one statement; `now` decides what is red."""
    return _work_of(read_mappings(session, _AGENT_WORK, _parameters(agent_id, now, limits))[0])


def work_list(
    session: Session,
    agent_id: int,
    which: WorkList,
    now: datetime,
    size: int = 100,
    limits: AcceptLimits = LIMITS,
) -> tuple[AgentWork, Page[TicketRow]]:
    """The numbers and the first page of one list, from one snapshot (spec 20, lists tell age).

    The rows are TransferredRow, TicketRow or CallbackRow, as the list has it.
    """
    asked = _parameters(agent_id, now, limits) | _window(which, None, size)
    found = read_mappings(session, _PAGE_WITH_WORK[which], asked)
    rows = [_row_of(which, line) for line in found if line["ticket_id"] is not None]
    return _work_of(found[0]), page_of(rows, size, _ROWS[which].key, "ticket_id")


def work_page(
    session: Session,
    agent_id: int,
    which: WorkList,
    after: tuple[object, ...] | None,
    size: int,
    limits: AcceptLimits = LIMITS,
) -> Page[TicketRow]:
    """The rows of one list after the key `after`: transfers and tickets newest first, callbacks
    soonest first."""
    asked = {"me": agent_id} | _spans(limits) | _window(which, after, size)
    found = read_mappings(session, _PAGE_ALONE[which], asked)
    rows = [_row_of(which, line) for line in found]
    return page_of(rows, size, _ROWS[which].key, "ticket_id")


def _spans(limits: AcceptLimits) -> dict[str, Any]:
    return {"accept_within": limits.agent, "accept_within_at_team": limits.team}


def _parameters(agent_id: int, now: datetime, limits: AcceptLimits) -> dict[str, Any]:
    today = seoul_date(now)
    return {
        "me": agent_id,
        "now": now,
        "today": today,
        "day_start": start_of_day(today),
        "red_before": now - RED_AFTER,
        "late_before": now - limits.agent,
        "late_at_team_before": now - limits.team,
        **_spans(limits),
    }


def _window(which: WorkList, after: tuple[object, ...] | None, size: int) -> dict[str, Any]:
    at, last = after or _ROWS[which].before_first
    return {"at": at, "last": last, "size": size + 1}


def _row_of(which: WorkList, found: Mapping[str, Any]) -> TicketRow:
    row = _ROWS[which].row
    return row(**{field.name: found[field.name] for field in fields(row)})


def _work_of(found: Mapping[str, Any]) -> AgentWork:
    counts = {name: ListCount(found[name], found[f"{name}_red"]) for name in ("calls", *WorkList)}
    return AgentWork(**counts, total=found["total"], red=found["red"], as_of=found["as_of"])
