"""담당자관련이력: an agent's five work lists, their counts and rows from one snapshot (spec 10).

Every list is one SQL relation of tickets, used for its count and for its rows alike.
"""

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
from ets_desktop.domain.transfers import (
    LATE_AFTER,
    LATE_AFTER_AT_TEAM,
    WAITING,
    is_late,
)
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
    """A row of 받은 이관 or 보낸 이관 with its newest hop; `to_agent` may be a team."""

    transfer_id: int | None
    from_agent: str
    to_agent: str
    to_team: bool
    reason: str
    sent_at: datetime
    transfer_state: str

    def is_red(self, now: datetime) -> bool:
        """Also while nobody accepted it in time (spec 20)."""
        waiting = self.is_open and self.transfer_state in WAITING
        late = waiting and is_late(sent_at=self.sent_at, to_team=self.to_team, now=now)
        return late or TicketRow.is_red(self, now)


@dataclass(frozen=True, slots=True)
class CallbackRow(TicketRow):
    """A row of 콜백; `last_outcome` is what became of the attempt before, "" for none."""

    callback_id: int
    callback_at: datetime
    callback_number: str
    attempts: int
    last_outcome: str


_OVERDUE = SQL("(t.due_on < %(today)s OR t.created_at <= %(red_before)s)")
_LATE = SQL("""(x.accepted_at IS NULL AND x.returned_at IS NULL AND x.recalled_at IS NULL
    AND x.sent_at <= CASE WHEN x.to_team_id IS NULL THEN %(late_before)s::timestamptz
                          ELSE %(late_at_team_before)s::timestamptz END)""")

#: The relation behind each list: (id, red), `at` it is sorted by, and the hop or callback shown.
_LISTS: Mapping[WorkList, SQL] = MappingProxyType(
    {
        # Handed to me, open: with the newest hop.
        WorkList.RECEIVED_TRANSFERS: SQL("""
            SELECT t.id, {overdue} OR coalesce({late}, false) AS red,
                coalesce(x.sent_at, t.updated_at) AS at, x.id AS about
            FROM ticket t
            LEFT JOIN LATERAL (
                SELECT * FROM transfer x WHERE x.ticket_id = t.id ORDER BY x.id DESC LIMIT 1
            ) x ON true
            WHERE t.assignee_id = %(me)s AND t.status = 'transferred'
        """),
        # Handed on by me, open, and not come back: with my newest hop.
        WorkList.SENT_TRANSFERS: SQL("""
            SELECT DISTINCT ON (t.id) t.id, {overdue} OR {late} AS red,
                x.sent_at AS at, x.id AS about
            FROM transfer x JOIN ticket t ON t.id = x.ticket_id
            WHERE x.from_agent_id = %(me)s AND x.ticket_open
              AND t.status IN ('received', 'transferred')
              AND x.returned_at IS NULL AND x.recalled_at IS NULL
              AND t.assignee_id IS DISTINCT FROM %(me)s
            ORDER BY t.id, x.id DESC
        """),
        # Received by me, handed on or not, open, callbacks excluded. What came to me by return,
        # by taking over or by reopening belongs here too, or it would be in nobody's list.
        WorkList.RECEIVED: SQL("""
            SELECT t.id, {overdue} AS red, t.created_at AS at, NULL::bigint AS about
            FROM (
                SELECT * FROM ticket
                WHERE created_by = %(me)s AND status IN ('received', 'transferred')
                UNION ALL
                SELECT * FROM ticket
                WHERE assignee_id = %(me)s AND status = 'received' AND created_by <> %(me)s
            ) t
            WHERE NOT EXISTS (
                SELECT FROM callback b WHERE b.ticket_id = t.id AND b.outcome IS NULL)
        """),
        # Pending, assigned to me.
        WorkList.CALLBACKS: SQL("""
            SELECT t.id, {overdue} AS red, b.due_at AS at, b.id AS about
            FROM callback b JOIN ticket t ON t.id = b.ticket_id
            WHERE b.assignee_id = %(me)s AND b.outcome IS NULL
              AND t.status IN ('received', 'transferred')
        """),
    }
)

#: The rows of 당일통화내역 that want something: one a call, by its last leg here or the one that
#: talked, with its newest ticket, as queries/calls.py shows them. `id` is NULL without a ticket.
_CALLS = SQL("""
    SELECT leg.call_id AS about, t.id, t.id IS NOT NULL AND {overdue} AS red
    FROM (
        SELECT DISTINCT ON (l.call_id) l.* FROM agent me
        JOIN call_leg l ON l.extension = me.extension AND l.rang_at >= %(day_start)s
        WHERE me.id = %(me)s
        ORDER BY l.call_id, (l.talked_at IS NOT NULL) DESC, l.rang_at DESC, l.id DESC
    ) leg
    LEFT JOIN LATERAL (
        SELECT a.ticket_id FROM activity a
        WHERE a.call_id = leg.call_id ORDER BY a.id DESC LIMIT 1
    ) noted ON true
    LEFT JOIN ticket t ON t.id = noted.ticket_id AND t.status IN ('received', 'transferred')
    WHERE t.id IS NOT NULL
       OR (leg.direction = 'in' AND leg.phase = 'ended' AND leg.talked_at IS NULL
           AND leg.handled_at IS NULL AND leg."end" NOT IN ('answered_elsewhere', 'transferred'))
""")

_COUNT = SQL("""
    count(*) FILTER (WHERE list = {code}) AS {name},
    coalesce(bool_or(red) FILTER (WHERE list = {code}), false) AS {name_red}
""")

_WORK = SQL("""
    WITH {relations},
    work AS (
        SELECT {counts}, count(DISTINCT id) AS total, coalesce(bool_or(red), false) AS red,
            statement_timestamp() AS as_of
        FROM ({listed}) listed
    )
""")

_TRANSFERRED = SQL("""
    SELECT {columns}, x.id AS transfer_id,
        coalesce((SELECT a.name FROM agent a WHERE a.id = x.from_agent_id), '') AS from_agent,
        coalesce((SELECT a.name FROM agent a WHERE a.id = x.to_agent_id),
                 (SELECT m.name FROM team m WHERE m.id = x.to_team_id), '') AS to_agent,
        x.to_team_id IS NOT NULL AS to_team, coalesce(x.reason, '') AS reason,
        w.at AS sent_at, {state} AS transfer_state
    FROM {relation} w JOIN ticket t ON t.id = w.id LEFT JOIN transfer x ON x.id = w.about
""")
_PLAIN = SQL("SELECT {columns} FROM {relation} w JOIN ticket t ON t.id = w.id")
_CALLBACKS = SQL("""
    SELECT {columns}, b.id AS callback_id, b.due_at AS callback_at, b.number AS callback_number,
        b.attempts,
        coalesce((SELECT e.outcome FROM callback e
                  WHERE e.ticket_id = b.ticket_id AND e.id < b.id ORDER BY e.id DESC LIMIT 1), '')
            AS last_outcome
    FROM {relation} w JOIN ticket t ON t.id = w.id JOIN callback b ON b.id = w.about
""")
_NEWEST_FIRST = SQL("""
    WHERE (w.at, w.id) < (%(at)s, %(last)s) ORDER BY w.at DESC, w.id DESC LIMIT %(size)s
""")
_SOONEST_FIRST = SQL("""
    WHERE (w.at, w.id) > (%(at)s, %(last)s) ORDER BY w.at, w.id LIMIT %(size)s
""")

_RED: Mapping[str, SQL] = MappingProxyType({"overdue": _OVERDUE, "late": _LATE})
#: Rows tell their own redness; only the numbers need it from the database.
_REGARDLESS: Mapping[str, SQL] = MappingProxyType({"overdue": SQL("false"), "late": SQL("false")})


def _relation(which: WorkList, conditions: Mapping[str, SQL]) -> Composed:
    """`name AS (…)`, to stand behind WITH."""
    return SQL("{name} AS ({rows})").format(
        name=Identifier(which), rows=_LISTS[which].format(**conditions)
    )


def _counting() -> Composed:
    """WITH all lists and `work`, the one row of numbers over them."""
    calls = SQL("calls AS ({rows})").format(rows=_CALLS.format(**_RED))
    names = ("calls", *WorkList)
    listed = [
        SQL("SELECT {code} AS list, id, red FROM {name}").format(
            code=Literal(name), name=Identifier(name)
        )
        for name in names
    ]
    return _WORK.format(
        relations=SQL(", ").join([calls, *(_relation(which, _RED) for which in WorkList)]),
        counts=SQL(", ").join(_count(name) for name in names),
        listed=SQL(" UNION ALL ").join(listed),
    )


def _count(name: str) -> Composed:
    return _COUNT.format(
        code=Literal(name),
        name=Identifier(name),
        name_red=Identifier(f"{name}_red"),
    )


_COUNTING = _counting()
_AGENT_WORK = SQL("{counting} SELECT * FROM work").format(counting=_COUNTING)


@dataclass(frozen=True, slots=True)
class _Rows:
    """How the rows of a list are read: the SELECT over its relation, and what orders them."""

    select: SQL
    order: SQL
    row: type[TicketRow]
    key: str
    before_first: tuple[object, ...]


_TRANSFERRED_ROWS = _Rows(_TRANSFERRED, _NEWEST_FIRST, TransferredRow, "sent_at", FROM_THE_TOP)
_ROWS: Mapping[WorkList, _Rows] = MappingProxyType(
    {
        WorkList.RECEIVED_TRANSFERS: _TRANSFERRED_ROWS,
        WorkList.SENT_TRANSFERS: _TRANSFERRED_ROWS,
        WorkList.RECEIVED: _Rows(_PLAIN, _NEWEST_FIRST, TicketRow, "created_at", FROM_THE_TOP),
        WorkList.CALLBACKS: _Rows(
            _CALLBACKS, _SOONEST_FIRST, CallbackRow, "callback_at", ("-infinity", 0)
        ),
    }
)


def _page_sql(which: WorkList) -> Composed:
    how = _ROWS[which]
    select = how.select.format(
        columns=TICKET_COLUMNS, state=TRANSFER_STATE, relation=Identifier(which)
    )
    return SQL("{select} {order}").format(select=select, order=how.order)


_PAGE_ALONE = MappingProxyType(
    {
        which: SQL("WITH {relation} {page}").format(
            relation=_relation(which, _REGARDLESS), page=_page_sql(which)
        )
        for which in WorkList
    }
)
_PAGE_WITH_WORK = MappingProxyType(
    {
        which: SQL("{counting}, page AS ({page}) SELECT * FROM work LEFT JOIN page ON true").format(
            counting=_COUNTING, page=_page_sql(which)
        )
        for which in WorkList
    }
)


def agent_work(session: Session, agent_id: int, now: datetime) -> AgentWork:
    """The numbers of all five lists in one statement; `now` decides what is red."""
    return _work_of(read_mappings(session, _AGENT_WORK, _parameters(agent_id, now))[0])


def work_list(
    session: Session, agent_id: int, which: WorkList, now: datetime, size: int = 100
) -> tuple[AgentWork, Page[TicketRow]]:
    """The numbers and the first page of one list, from one snapshot (spec 20, lists tell age).

    The rows are TransferredRow, TicketRow or CallbackRow, as the list has it.
    """
    asked = _parameters(agent_id, now) | _window(which, None, size)
    found = read_mappings(session, _PAGE_WITH_WORK[which], asked)
    rows = [_row_of(which, line) for line in found if line["ticket_id"] is not None]
    return _work_of(found[0]), page_of(rows, size, _ROWS[which].key, "ticket_id")


def work_page(
    session: Session,
    agent_id: int,
    which: WorkList,
    after: tuple[object, ...] | None,
    size: int,
) -> Page[TicketRow]:
    """The rows of one list after the key `after`: transfers and tickets newest first, callbacks
    soonest first."""
    asked = {"me": agent_id} | _window(which, after, size)
    found = read_mappings(session, _PAGE_ALONE[which], asked)
    rows = [_row_of(which, line) for line in found]
    return page_of(rows, size, _ROWS[which].key, "ticket_id")


def _parameters(agent_id: int, now: datetime) -> dict[str, Any]:
    today = seoul_date(now)
    return {
        "me": agent_id,
        "today": today,
        "day_start": start_of_day(today),
        "red_before": now - RED_AFTER,
        "late_before": now - LATE_AFTER,
        "late_at_team_before": now - LATE_AFTER_AT_TEAM,
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
