"""Runs a search: looks up the dictionaries, picks what leads, walks or probes, cuts the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import args_row, scalar_row
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.paging import Page
from ets_desktop.domain.search_terms import Wish
from ets_desktop.queries.order_search.branches import (
    Branch,
    branches_of,
    branches_of_numbers,
)
from ets_desktop.queries.order_search.conditions import (
    DateKind,
    OrderSearch,
    wishes_of,
)
from ets_desktop.queries.order_search.lookups import look_up
from ets_desktop.queries.order_search.pieces import Values
from ets_desktop.queries.order_search.scope import (
    EVERYDAY_STATUSES,
    Scope,
    scope_of,
    status_branch,
)
from ets_desktop.queries.order_search.statement import (
    count_statement,
    page_statement,
    walk_statement,
)

#: More keys than this are first looked for among the newest orders.
FEW = 8
#: How many of the newest orders are walked through before many keys are probed one by one, and
#: how many times as many if that did not suffice.
WALK = 4_000
_FURTHER = 4
#: Rows a search shows over all its pages, and how far it counts (spec 80).
MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A row of 주문목록: one order line, unmasked.

    `phone` is digits, the orderer's before the recipient's, or as the channel masked it; `order_no`
    is ours; `open_tickets` counts those of the whole order; "" where there is nothing.
    """

    line_id: int
    order_id: int
    order_no: str
    channel_order_no: str
    channel: str
    ordered_at: datetime
    orderer: str
    recipient: str
    phone: str
    product: str
    option: str
    quantity: int
    amount: int | None
    order_status: str
    channel_status: str
    carrier: str
    tracking_no: str
    open_tickets: int
    customer_id: int | None
    #: What the rows are sorted by: the date of 기간 기준.
    sorted_at: datetime


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many rows there are; with `is_capped` there are more than `count`."""

    count: int
    is_capped: bool


@dataclass(frozen=True, slots=True)
class CustomerKeys:
    """A customer's orders: those tied to them, and those with one of their numbers."""

    customer_id: int
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, among the orders of one customer if given, and where the page begins: `after` is
    the last row's date, order and line, the rows shown so far, and whether they were unlikely."""

    search: OrderSearch
    customer: CustomerKeys | None = None
    after: tuple[Any, ...] | None = None
    size: int = 50


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What must be found: one stage of the readings, the rest of the search, the place."""

    wishes: tuple[Wish, ...]
    asked: Asked


@dataclass(frozen=True, slots=True)
class _Plan:
    """With `is_guess` short texts were not looked up: only walking makes sense."""

    branches: Sequence[Branch]
    scope: Scope
    is_guess: bool

    @property
    def is_for_walking(self) -> bool:
        """Something is likely to be found among the newest orders, without probing for long."""
        often = any(one.is_common or one.key_count > FEW for one in self.branches)
        by_shipping = self.scope.sorted_by is DateKind.SHIPPED
        return often and not by_shipping and not self.scope.is_narrow


def find_page(session: Session, asked: Asked) -> Page[OrderRow]:
    """The rows, newest first. Raises as `wishes_of` does."""
    shown = asked.after[3] if asked.after else 0
    size = min(asked.size, MOST_ROWS - shown)
    found = ((unlikely, _find(session, wanted, size)) for unlikely, wanted in _stages(asked))
    unlikely, rows = next((stage for stage in found if stage[1]), (False, []))
    has_more = len(rows) > size and shown + size < MOST_ROWS
    if not has_more:
        return Page(tuple(rows[:size]))
    last = rows[size - 1]
    key = (last.sorted_at, last.order_id, last.line_id, shown + size, unlikely)
    return Page(tuple(rows[:size]), key)


def count_rows(session: Session, search: OrderSearch) -> RowCount:
    """How many rows `search` has, counted up to MOST_ROWS."""
    counts = (_count(session, wanted) for _, wanted in _stages(Asked(search)))
    count = next(filter(None, counts), 0)
    return RowCount(min(count, MOST_ROWS), count > MOST_ROWS)


def _stages(asked: Asked) -> Iterator[tuple[bool, _Wanted]]:
    """The likely readings, then the unlikely; a further page stays with those of the first."""
    wishes = wishes_of(asked.search, limited=asked.customer is not None)
    stages = [False, True] if any(wish.has_unlikely for wish in wishes) else [False]
    for unlikely in [bool(asked.after[4])] if asked.after else stages:
        readings = tuple(wish.stage(unlikely=unlikely) for wish in wishes)
        yield unlikely, _Wanted(readings, asked)


def _count(session: Session, wanted: _Wanted) -> int:
    plan = _plan(session, wanted, guess=False)
    if plan is None:
        return 0
    statement = count_statement(plan.branches, plan.scope, MOST_ROWS + 1)
    cursor = driver_of(session).cursor(row_factory=scalar_row)
    return int(cursor.execute(statement.encode(), plan.scope.values.bound).fetchall()[0])


def _find(session: Session, wanted: _Wanted, size: int) -> list[OrderRow]:
    plan = _plan(session, wanted, guess=True)
    if plan is not None and plan.is_for_walking:
        rows = _walk(session, plan, size)
        if len(rows) > size:
            return rows
    if plan is not None and plan.is_guess:
        plan = _plan(session, wanted, guess=False)
    if plan is None:
        return []
    return _read(session, page_statement(plan.branches, plan.scope, size), plan.scope)


def _walk(session: Session, plan: _Plan, size: int) -> list[OrderRow]:
    """Rows among the newest orders; further down only where the first look promised enough."""
    rows: list[OrderRow] = []
    for depth in (WALK, WALK * _FURTHER):
        statement = walk_statement(plan.branches, plan.scope, size, depth)
        rows = _read(session, statement, plan.scope)
        if len(rows) > size or len(rows) * _FURTHER < size:
            break
    return rows


def _read(session: Session, statement: str, scope: Scope) -> list[OrderRow]:
    # By place, for fifty rows of twenty names cost a quarter of the whole (a test holds the order).
    cursor = driver_of(session).cursor(row_factory=args_row(OrderRow))
    return cursor.execute(statement.encode(), scope.values.bound).fetchall()


def _plan(session: Session, wanted: _Wanted, *, guess: bool) -> _Plan | None:
    """What to look for where; None when a text stands for nothing that exists."""
    asked = wanted.asked
    keys = look_up(session, (t for wish in wanted.wishes for t in wish.terms), guess=guess)
    values = Values()
    groups = [branches_of(wish, keys, values) for wish in wanted.wishes]
    if not all(groups):
        return None
    scope = scope_of(asked.search, values)
    if asked.after:
        scope.go_on((asked.after[0], asked.after[1], asked.after[2]))
    if asked.customer is not None:
        groups.insert(0, _customer_branches(asked.customer, values))
    if asked.search.order_status:
        is_rare = asked.search.order_status not in EVERYDAY_STATUSES
        groups += [] if groups or is_rare else [(Branch(),)]
        groups.append((status_branch(asked.search, values),))
    for group in groups[1:]:
        scope.require(group)
    is_guess = guess and any(not key.are_all and not key.values for key in keys.values())
    return _Plan(groups[0] if groups else (Branch(),), scope, is_guess)


def _customer_branches(customer: CustomerKeys, values: Values) -> tuple[Branch, ...]:
    tied = Branch(f"o.customer_id = {values.bind(customer.customer_id)}")
    if not customer.numbers:
        return (tied,)
    return (tied, *branches_of_numbers(list(customer.numbers), values))
