"""접속기록: who looked at whose data, newest first, and the exports that wait for a look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import LiteralString

from psycopg.rows import class_row, scalar_row
from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.calendar import start_of_day
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.paging import Page
from ets_desktop.domain.search_terms import CUSTOMER_NO, typed_text, understand_order_no
from ets_desktop.queries.order_search.pieces import Values, filled
from ets_desktop.queries.orders import MOST_ROWS, RowCount
from ets_desktop.queries.parcel_search import orders_of
from ets_desktop.queries.reading import read

#: 구분: outside working hours, many people at once.
OUTSIDE, MANY = "outside", "many"
#: From so many people on an export or a page is one of many (`setting` access_review says others).
MANY_PERSONS = 100


@dataclass(frozen=True, slots=True)
class AccessSearch:
    """What the form of 접속기록 holds; an empty text is no condition, all others must hold.

    `who` is a login or a name, `subject` a customer's or an order's number, `words` what was
    searched for or why it was exported; `kind` is OUTSIDE or MANY.
    """

    date_from: date | None = None
    date_to: date | None = None
    who: str = ""
    action: str = ""
    kind: str = ""
    subject: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One look. `name` is the agent's, "" for a login that is none; `host` names program and PC."""

    access_id: int
    at: datetime
    login: str
    name: str
    address: str
    host: str
    action: str
    subject: str
    condition: Mapping[str, object]
    row_count: int | None
    persons: int | None
    outside_hours: bool | None


@dataclass(frozen=True, slots=True)
class ExportAlertRow:
    """An export that no supervisor has looked at; `name` is who made it."""

    access_id: int
    name: str
    subject: str
    persons: int | None
    row_count: int | None
    outside_hours: bool | None


#: Of `access_log l LEFT JOIN agent a`. A plain shell may have logged any JSON.
ACCESS_COLUMNS: LiteralString = """
    l.id AS access_id, l.at, l.login, coalesce(a.name, '') AS name,
    coalesce(host(l.address), '') AS address, coalesce(l.host, '') AS host, l.action, l.subject,
    CASE jsonb_typeof(l.condition) WHEN 'object' THEN l.condition
        ELSE jsonb_build_object('typed', l.condition) END AS condition,
    l.row_count, l.persons, l.outside_hours
"""
_PAGE: LiteralString = """
    SELECT {columns} FROM access_log l LEFT JOIN agent a ON a.login = l.login
    {where} ORDER BY l.at DESC, l.id DESC LIMIT {limit}
"""
_COUNT: LiteralString = (
    "SELECT count(*) FROM (SELECT FROM access_log l {where} LIMIT {limit}) counted"
)
_WHO: LiteralString = """
    l.login IN (SELECT {who} UNION SELECT g.login FROM agent g WHERE g.name LIKE {like})
"""
_ORDERS: LiteralString = """
    l.subject IN (SELECT 'order/' || o.id FROM sales_order o WHERE o.id IN ({orders}))
"""
_ALERTS = SQL("""
    SELECT e.access_id, coalesce(a.name, l.login) AS name, l.subject, l.persons, l.row_count,
        l.outside_hours
    FROM export_alert e JOIN access_log l ON l.id = e.access_id
    LEFT JOIN agent a ON a.login = l.login
    WHERE e.seen_at IS NULL ORDER BY e.access_id LIMIT 50
""")


def search_access(
    session: Session,
    search: AccessSearch,
    after: tuple[object, ...] | None = None,
    size: int = 50,
) -> Page[AccessRow]:
    """A page of 접속기록, newest first; `after` is the last page's `next_key`.

    Over all pages at most MOST_ROWS rows. RuleViolation `search_needs_condition`.
    """
    values = Values()
    where = _where(search, values)
    shown = int(str(after[2])) if after else 0
    size = min(size, MOST_ROWS - shown)
    if after:
        where += f" AND (l.at, l.id) < ({values.bind(after[0])}, {values.bind(after[1])})"
    statement = filled(_PAGE, where=where, limit=values.bind(size + 1), columns=ACCESS_COLUMNS)
    cursor = driver_of(session).cursor(row_factory=class_row(AccessRow))
    rows = cursor.execute(statement.encode(), values.bound).fetchall()
    if len(rows) <= size or shown + size >= MOST_ROWS:
        return Page(tuple(rows[:size]))
    last = rows[size - 1]
    return Page(tuple(rows[:size]), (last.at, last.access_id, shown + size))


def count_access(session: Session, search: AccessSearch) -> RowCount:
    """How many rows `search_access` has, counted up to MOST_ROWS; raises as it does."""
    values = Values()
    statement = filled(_COUNT, where=_where(search, values), limit=values.bind(MOST_ROWS + 1))
    cursor = driver_of(session).cursor(row_factory=scalar_row)
    count = int(cursor.execute(statement.encode(), values.bound).fetchall()[0])
    return RowCount(min(count, MOST_ROWS), count > MOST_ROWS)


def unseen_exports(session: Session) -> tuple[ExportAlertRow, ...]:
    """Exports of many or outside working hours that wait for a supervisor, oldest first."""
    return tuple(read(session, _ALERTS, {}, ExportAlertRow))


def _where(search: AccessSearch, values: Values) -> str:
    conditions = list(_conditions(search, values))
    if not conditions:
        raise RuleViolation("search_needs_condition")
    if search.date_to is not None:
        until = start_of_day(search.date_to + timedelta(days=1))
        conditions.append(f"l.at < {values.bind(until)}")
    return "WHERE " + " AND ".join(conditions)


def _conditions(search: AccessSearch, values: Values) -> Iterator[str]:
    if search.date_from is not None:
        yield f"l.at >= {values.bind(start_of_day(search.date_from))}"
    who = typed_text(search.who)
    if who:
        yield filled(_WHO, who=f"{values.bind(who)}::text", like=values.bind(_anywhere(who)))
    if search.action:
        yield f"l.action = {values.bind(search.action)}"
    if search.kind == OUTSIDE:
        yield "l.outside_hours"
    if search.kind == MANY:
        yield f"l.persons >= {values.bind(MANY_PERSONS)}"
    subject = typed_text(search.subject)
    if subject:
        yield _about(subject, values)
    words = typed_text(search.words)
    if words:
        yield f"l.condition::text ILIKE {values.bind(_anywhere(words))}"


def _about(subject: str, values: Values) -> str:
    """A customer's number, an order's (ours or the channel's), or as the log itself has it."""
    customer = CUSTOMER_NO.fullmatch(subject)
    if customer:
        return f"l.subject = {values.bind(f'customer/{int(customer[1])}')}"
    orders = filled(_ORDERS, orders=orders_of(understand_order_no(subject), values))
    return f"({orders} OR l.subject = {values.bind(subject)})"


def _anywhere(text: str) -> str:
    """For LIKE, its wildcards literal."""
    escaped = text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"
