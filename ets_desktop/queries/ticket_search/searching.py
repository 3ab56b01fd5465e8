"""Runs a search for tickets: what leads, whether to walk the newest or ask an index, the page.

Only words of this package and placeholders enter a statement; what a user typed is a parameter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import LiteralString

from psycopg.rows import args_row, scalar_row
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.calendar import start_of_day
from ets_desktop.domain.paging import Page
from ets_desktop.domain.search_terms import Wish
from ets_desktop.domain.tickets import OPEN_STATUSES
from ets_desktop.queries.order_search.pieces import Values, filled
from ets_desktop.queries.order_search.searching import MOST_ROWS, RowCount
from ets_desktop.queries.ticket_search.branches import Branch, any_of, branches_of, look_up
from ets_desktop.queries.ticket_search.conditions import ANY_OPEN, TicketSearch, wishes_of
from ets_desktop.queries.tickets import TICKET_COLUMNS, TicketRow

#: How many of the newest tickets are walked through before an index is asked for what may be
#: everywhere, and how many times as many if that promised enough; how many are when counting.
WALK = 1_000
FURTHER = 4
COUNT_WALK = 16_000

_PAGE: LiteralString = """
    WITH hit AS MATERIALIZED ({hits} ORDER BY created_at DESC, id DESC LIMIT {limit})
    SELECT {columns} FROM hit h JOIN ticket t ON t.id = h.id
    ORDER BY h.created_at DESC, h.id DESC
"""
_SCOPE: LiteralString = "SELECT t.id, t.created_at FROM ticket t {where}"
_WALK: LiteralString = """
    SELECT t.id, t.created_at FROM (
        SELECT t.* FROM ticket t {scope} ORDER BY t.created_at DESC, t.id DESC LIMIT {depth}
    ) t {where}
"""
# OFFSET 0 keeps the other conditions outside: the index that leads is the planner's only choice,
# for it cannot know what a walk down another one would cost.
_LED: LiteralString = """
    SELECT t.id, t.created_at FROM (SELECT t.* FROM ticket t WHERE {lead} OFFSET 0) t {where}
"""
_ANY: LiteralString = "SELECT * FROM ({hits}) t"
_COUNT: LiteralString = "SELECT count(*) FROM (SELECT FROM ({hits} LIMIT {limit}) h) counted"


@dataclass(slots=True)
class _Plan:
    """`scope` are conditions that the date index or one like it answers, `checks` those that must
    hold besides, `leads` the branches of which one must; without any the scope leads."""

    values: Values
    scope: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    leads: Sequence[Branch] = ()

    @property
    def is_common(self) -> bool:
        return any(branch.is_common for branch in self.leads)

    def walked(self, depth: int) -> str:
        """What is among the newest `depth` of the scope."""
        return filled(
            _WALK,
            scope=_where(self.scope),
            depth=self.values.bind(depth),
            where=_where([any_of(self.leads), *self.checks]),
        )

    def found(self) -> str:
        """Everything, by the indexes that lead."""
        if not self.leads:
            return filled(_SCOPE, where=_where(self.scope))
        where = _where([*self.scope, *self.checks])
        led = [filled(_LED, lead=branch.lead, where=where) for branch in self.leads]
        return led[0] if len(led) == 1 else filled(_ANY, hits=" UNION ".join(led))


def search_tickets(
    session: Session,
    search: TicketSearch,
    after: tuple[object, ...] | None = None,
    size: int = 50,
) -> Page[TicketRow]:
    """A page of 전체상담이력, newest first; `after` is the last page's `next_key`.

    Over all pages at most MOST_ROWS rows (spec 80). Raises as `wishes_of` does.
    """
    shown = int(str(after[2])) if after else 0
    size = min(size, MOST_ROWS - shown)
    found = (
        (unlikely, _find(session, plan, size)) for unlikely, plan in _stages(session, search, after)
    )
    unlikely, rows = next((stage for stage in found if stage[1]), (False, []))
    if len(rows) <= size or shown + size >= MOST_ROWS:
        return Page(tuple(rows[:size]))
    last = rows[size - 1]
    return Page(tuple(rows[:size]), (last.created_at, last.ticket_id, shown + size, unlikely))


def count_tickets(session: Session, search: TicketSearch) -> RowCount:
    """How many rows `search_tickets` has, counted up to MOST_ROWS; raises as it does."""
    counts = (_count(session, plan) for _, plan in _stages(session, search, None))
    count = next(filter(None, counts), 0)
    return RowCount(min(count, MOST_ROWS), count > MOST_ROWS)


def _stages(
    session: Session, search: TicketSearch, after: tuple[object, ...] | None
) -> Iterator[tuple[bool, _Plan]]:
    """The likely readings, then the unlikely; a further page stays with those of the first.

    Without a plan for those that stand for nothing that exists.
    """
    wishes = wishes_of(search)
    stages = [False, True] if any(wish.has_unlikely for wish in wishes) else [False]
    for unlikely in [bool(after[3])] if after else stages:
        readings = [wish.stage(unlikely=unlikely) for wish in wishes]
        plan = _plan(session, search, readings, after)
        if plan is not None:
            yield unlikely, plan


def _plan(
    session: Session,
    search: TicketSearch,
    wishes: Sequence[Wish],
    after: tuple[object, ...] | None,
) -> _Plan | None:
    named = look_up(session, (term for wish in wishes for term in wish.terms))
    plan = _Plan(Values())
    plan.scope = list(_scope(search, after, plan.values))
    groups = [
        [branch for term in wish.terms for branch in branches_of(term, named, plan.values)]
        for wish in wishes
    ]
    if not all(groups):
        return None
    plan.leads = groups[0] if groups else ()
    plan.checks = [any_of(group) for group in groups[1:]]
    return plan


def _scope(search: TicketSearch, after: tuple[object, ...] | None, values: Values) -> Iterator[str]:
    if search.date_from is not None:
        yield f"t.created_at >= {values.bind(start_of_day(search.date_from))}"
    if search.date_to is not None:
        until = start_of_day(search.date_to + timedelta(days=1))
        yield f"t.created_at < {values.bind(until)}"
    if after:
        yield f"(t.created_at, t.id) < ({values.bind(after[0])}, {values.bind(after[1])})"
    if search.assignee_id is not None:
        yield f"t.assignee_id = {values.bind(search.assignee_id)}"
    if search.assignee_team_id is not None:
        yield f"t.assignee_team_id = {values.bind(search.assignee_team_id)}"
    if search.status == ANY_OPEN:
        yield f"t.status = ANY({values.bind(sorted(OPEN_STATUSES))}::text[])"
    elif search.status:
        yield f"t.status = {values.bind(search.status)}"
    if search.ticket_type:
        yield f"t.ticket_type = {values.bind(search.ticket_type)}"


def _find(session: Session, plan: _Plan, size: int) -> list[TicketRow]:
    """The newest rows: `size` and one more, if there is one."""
    if plan.is_common:
        for depth in (WALK, WALK * FURTHER):
            rows = _page(session, plan, plan.walked(depth), size)
            if len(rows) > size or _is_all(session, plan, depth):
                return rows
            if len(rows) * FURTHER < size:
                break
    return _page(session, plan, plan.found(), size)


def _page(session: Session, plan: _Plan, hits: str, size: int) -> list[TicketRow]:
    statement = filled(
        _PAGE, hits=hits, limit=plan.values.bind(size + 1), columns=TICKET_COLUMNS.as_string()
    )
    # By place, for so many names cost a quarter of the whole (a test holds the order).
    cursor = driver_of(session).cursor(row_factory=args_row(TicketRow))
    return cursor.execute(statement.encode(), plan.values.bound).fetchall()


def _is_all(session: Session, plan: _Plan, depth: int) -> bool:
    """Whether a walk of `depth` came to the end of the scope. Not worth asking without one: where
    all tickets are few, an index has few of them, too."""
    if not plan.scope:
        return False
    return _counted(session, plan, filled(_SCOPE, where=_where(plan.scope)), depth) < depth


def _count(session: Session, plan: _Plan) -> int:
    if plan.is_common:
        count = _counted(session, plan, plan.walked(COUNT_WALK), MOST_ROWS + 1)
        if count > MOST_ROWS or _is_all(session, plan, COUNT_WALK):
            return count
    return _counted(session, plan, plan.found(), MOST_ROWS + 1)


def _counted(session: Session, plan: _Plan, hits: str, most: int) -> int:
    statement = filled(_COUNT, hits=hits, limit=plan.values.bind(most))
    cursor = driver_of(session).cursor(row_factory=scalar_row)
    return int(cursor.execute(statement.encode(), plan.values.bound).fetchall()[0])


def _where(conditions: Sequence[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""
