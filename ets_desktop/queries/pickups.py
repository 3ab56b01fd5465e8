"""택배회수이력: all pickups, by period, courier, state, order, customer and either waybill."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import LiteralString

from psycopg.rows import class_row, scalar_row
from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain import pickups
from ets_desktop.domain.calendar import BusinessCalendar, start_of_day
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.paging import Page
from ets_desktop.domain.search_terms import (
    typed_text,
    understand_customer,
    understand_order_no,
)
from ets_desktop.queries.order_search.pieces import Values, filled
from ets_desktop.queries.order_search.searching import MOST_ROWS, RowCount
from ets_desktop.queries.parcel_search import orders_of, people_of
from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class PickupSearch:
    """What the form of 택배회수이력 holds; "" and None are no condition. Dates are days in Seoul of
    the request, both included. `waybill` is the original or the return one."""

    date_from: date | None = None
    date_to: date | None = None
    courier: str = ""
    state: str = ""
    order_no: str = ""
    customer: str = ""
    waybill: str = ""


@dataclass(frozen=True, slots=True)
class PickupRow:
    """A row of 택배회수이력, unmasked. `failure_code` is the courier's, with its state and words;
    `failure` is ours for it, "" when nobody told us what it means."""

    pickup_id: int
    requested_at: datetime
    courier: str
    original_waybill: str
    return_waybill: str
    order_id: int
    channel: str
    channel_order_no: str
    customer_id: int | None
    customer: str
    phone: str
    goods: str
    lines: int
    state: str
    attempt: int
    wished_on: date | None
    accepted_at: datetime | None
    collected_at: datetime | None
    failure_state: str
    failure_code: str
    failure_text: str
    send_state: str
    send_error: str
    booking_no: str
    was_retried: bool
    claim_id: int
    claim_no: str
    claim_type: str
    claim_step: str
    ticket_id: int
    ticket_no: str

    @property
    def failure(self) -> str:
        return pickups.failure_reason(self.courier, self.failure_state, self.failure_code)

    def is_red(self, now: datetime, calendar: BusinessCalendar) -> bool:
        """Not collected two business days after acceptance (spec 30)."""
        return pickups.is_red(self.state, self.accepted_at, now, calendar)


@dataclass(frozen=True, slots=True)
class PickupEventRow:
    """What happened to a pickup: `state` is ours, the rest the courier's words."""

    event_id: int
    at: datetime
    recorded_at: datetime
    kind: str
    state: str
    courier_state: str
    code: str
    place: str
    words: str
    agent: str


_COLUMNS: LiteralString = """
    p.id AS pickup_id, p.requested_at, p.courier, p.original_waybill, p.return_waybill,
    p.order_id, s.name AS channel, o.channel_order_no, t.customer_id,
    coalesce(u.name, p.customer_name) AS customer,
    coalesce(nullif(p.mobile, ''), p.phone) AS phone, coalesce(first.product, '') AS goods,
    first.lines, p.state, p.attempt, p.wished_on, p.accepted_at, p.collected_at,
    p.failure_state, p.failure_code, p.failure_text, p.send_state, p.send_error, p.booking_no,
    EXISTS (SELECT FROM pickup r WHERE r.retry_of = p.id) AS was_retried,
    c.id AS claim_id, c.claim_no, c.claim_type, c.step AS claim_step, t.id AS ticket_id,
    t.ticket_no
"""
_PAGE: LiteralString = """
    WITH hit AS MATERIALIZED (
        SELECT p.* FROM pickup p {where} ORDER BY p.requested_at DESC, p.id DESC LIMIT {limit}
    )
    SELECT {columns} FROM hit p
        JOIN claim c ON c.id = p.claim_id JOIN ticket t ON t.id = c.ticket_id
        JOIN sales_order o ON o.id = p.order_id JOIN sales_channel s ON s.id = o.channel_id
        LEFT JOIN customer u ON u.id = t.customer_id
        LEFT JOIN LATERAL (
            SELECT min(g.name) FILTER (WHERE l.place = 1) AS product, count(*) AS lines
            FROM (SELECT l.*, row_number() OVER (ORDER BY l.id) AS place FROM claim_line l
                  WHERE l.claim_id = p.claim_id) l
                JOIN order_line b ON b.id = l.order_line_id
                JOIN product g ON g.id = b.product_id
        ) first ON true
    ORDER BY p.requested_at DESC, p.id DESC
"""
_COUNT: LiteralString = "SELECT count(*) FROM (SELECT FROM pickup p {where} LIMIT {limit}) counted"
_EITHER: LiteralString = """
    p.id IN (SELECT w.id FROM pickup w
             WHERE w.return_waybill <> '' AND w.return_waybill = ANY({numbers})
             UNION SELECT w.id FROM pickup w
             WHERE w.original_waybill <> '' AND w.original_waybill = ANY({numbers}))
"""
_EVENTS = SQL("""
    SELECT e.id AS event_id, e.at, e.recorded_at, e.kind, e.state, e.courier_state, e.code,
        e.place, e.words,
        coalesce((SELECT a.name FROM agent a WHERE a.id = e.agent_id), '') AS agent
    FROM pickup_event e WHERE e.pickup_id = %(pickup_id)s ORDER BY e.at, e.id
""")


def search_pickups(
    session: Session,
    search: PickupSearch,
    after: tuple[object, ...] | None = None,
    size: int = 50,
) -> Page[PickupRow]:
    """A page of 택배회수이력, newest first; `after` is the last page's `next_key`.

    Over all pages at most MOST_ROWS rows (spec 80). RuleViolation `search_needs_condition`.
    """
    values = Values()
    where = _where(search, values)
    shown = int(str(after[2])) if after else 0
    size = min(size, MOST_ROWS - shown)
    if where is None:
        return Page(())
    if after:
        where += f" AND (p.requested_at, p.id) < ({values.bind(after[0])}, {values.bind(after[1])})"
    statement = filled(_PAGE, where=where, limit=values.bind(size + 1), columns=_COLUMNS)
    cursor = driver_of(session).cursor(row_factory=class_row(PickupRow))
    rows = cursor.execute(statement.encode(), values.bound).fetchall()
    if len(rows) <= size or shown + size >= MOST_ROWS:
        return Page(tuple(rows[:size]))
    last = rows[size - 1]
    return Page(tuple(rows[:size]), (last.requested_at, last.pickup_id, shown + size))


def count_pickups(session: Session, search: PickupSearch) -> RowCount:
    """How many rows `search_pickups` has, counted up to MOST_ROWS; raises as it does."""
    values = Values()
    where = _where(search, values)
    if where is None:
        return RowCount(0, is_capped=False)
    statement = filled(_COUNT, where=where, limit=values.bind(MOST_ROWS + 1))
    cursor = driver_of(session).cursor(row_factory=scalar_row)
    count = int(cursor.execute(statement.encode(), values.bound).fetchall()[0])
    return RowCount(min(count, MOST_ROWS), count > MOST_ROWS)


def pickup_events(session: Session, pickup_id: int) -> tuple[PickupEventRow, ...]:
    """What happened to a pickup, oldest first."""
    return tuple(read(session, _EVENTS, {"pickup_id": pickup_id}, PickupEventRow))


def _where(search: PickupSearch, values: Values) -> str | None:
    """The conditions; None when a text stands for nothing that exists."""
    conditions = list(_conditions(search, values))
    customer = search.customer.strip()
    if not (conditions or customer):
        raise RuleViolation("search_needs_condition")
    if search.date_to is not None:
        until = start_of_day(search.date_to + timedelta(days=1))
        conditions.append(f"p.requested_at < {values.bind(until)}")
    if customer:
        people = people_of(understand_customer(customer), values)
        if not people:
            return None
        conditions.append(f"p.claim_id IN ({people})")
    return "WHERE " + " AND ".join(conditions)


def _conditions(search: PickupSearch, values: Values) -> Iterator[str]:
    waybill = typed_text(search.waybill).replace(" ", "")
    if waybill:
        either = values.bind(list(dict.fromkeys((waybill, waybill.replace("-", "")))))
        yield filled(_EITHER, numbers=f"{either}::text[]")
    if search.order_no.strip():
        yield f"p.order_id IN ({orders_of(understand_order_no(search.order_no), values)})"
    if search.courier:
        yield f"p.courier = {values.bind(search.courier)}"
    if search.state:
        yield f"p.state = {values.bind(search.state)}"
    if search.date_from is not None:
        yield f"p.requested_at >= {values.bind(start_of_day(search.date_from))}"
