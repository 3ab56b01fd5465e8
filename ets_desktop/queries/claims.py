"""반품처리 and 교환처리: claims by type, step, hold and age; what of an order is left to claim."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import LiteralString

from psycopg.rows import class_row, scalar_row
from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.calendar import BusinessCalendar, start_of_day
from ets_desktop.domain.claim_clocks import ClaimClocks, claim_clocks
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.paging import Page
from ets_desktop.domain.search_terms import understand_customer, understand_order_no
from ets_desktop.queries.order_search.pieces import Values, filled
from ets_desktop.queries.order_search.searching import MOST_ROWS, RowCount
from ets_desktop.queries.parcel_search import orders_of, people_of
from ets_desktop.queries.reading import read

#: The lists of the left bar; 취소 and the losses stand with 반품처리.
RETURNS = ("return", "collect_only", "cancel", "lost_in_transit", "not_delivered")
EXCHANGES = ("exchange_same", "exchange_other", "swap")


@dataclass(frozen=True, slots=True)
class ClaimSearch:
    """What leads a list of claims; "" and None are no condition. Dates are days in Seoul of 접수,
    both included; `customer` a name, number or its end."""

    types: tuple[str, ...] = RETURNS
    step: str = ""
    held: bool | None = None
    open_only: bool = True
    date_from: date | None = None
    date_to: date | None = None
    order_no: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A row of 반품처리 or 교환처리, unmasked; `goods` names the first line, `lines` how many there
    are, `delivered_at` is the first one's; `channel_status` is what the channel calls the claim, or
    else that line; `send_state` and `send_error` are of the instruction that is worst off. Money
    in whole KRW."""

    claim_id: int
    claim_no: str
    version: int
    claim_type: str
    step: str
    held: bool
    hold_reason: str
    reason: str
    created_at: datetime
    arrived_at: datetime | None
    closed_at: datetime | None
    discovered_on: date | None
    order_id: int
    channel: str
    channel_order_no: str
    channel_status: str
    channel_status_detail: str
    order_status: str
    paid_in_full: bool
    customer_id: int | None
    customer: str
    phone: str
    goods: str
    lines: int
    quantity: int
    amount: int
    fee: int
    fee_payer: str
    fee_method: str
    delivered_at: datetime | None
    ticket_id: int
    ticket_no: str
    assignee_id: int | None
    assignee: str
    pickup_id: int | None
    pickup_state: str
    courier: str
    return_waybill: str
    send_state: str
    send_error: str

    def clocks(self, now: datetime, calendar: BusinessCalendar) -> ClaimClocks:
        """The clocks of the law on it (제17조, 제18조)."""
        return claim_clocks(
            reason=self.reason,
            asked_at=self.created_at,
            delivered_at=self.delivered_at,
            discovered_on=self.discovered_on,
            arrived_at=self.arrived_at,
            closed_at=self.closed_at,
            now=now,
            calendar=calendar,
        )


@dataclass(frozen=True, slots=True)
class ClaimableLine:
    """A row of 반품 대상 상품; `left` is 가능수량, `open_claim` the number of a claim under way."""

    order_line_id: int
    line_no: str
    product_id: int
    product_code: str
    product: str
    option: str
    bought: int
    taken: int
    left: int
    unit_price: int | None
    amount: int
    order_status: str
    cancelled: bool
    tracking_no: str
    delivered_at: datetime | None
    open_claim: str


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A claim that somebody closed on a ticket of an agent."""

    claim_id: int
    claim_no: str
    claim_type: str
    step: str
    closed_at: datetime
    ticket_id: int
    ticket_no: str


CLAIM_COLUMNS: LiteralString = """
    c.id AS claim_id, c.claim_no, c.version, c.claim_type, c.step, c.held, c.hold_reason, c.reason,
    c.created_at, c.arrived_at, c.closed_at, c.discovered_on, c.order_id, s.name AS channel,
    o.channel_order_no, coalesce(nullif(c.channel_status, ''), first.channel_status, '')
        AS channel_status,
    CASE WHEN c.channel_status <> '' THEN c.channel_status_detail
        ELSE coalesce(first.channel_status_detail, '') END AS channel_status_detail,
    first.order_status,
    o.paid_in_full, t.customer_id, coalesce(u.name, o.orderer_name) AS customer,
    coalesce(t.caller_number, o.orderer_phone, '') AS phone, first.product AS goods,
    goods.lines, goods.quantity, goods.amount, c.fee, c.fee_payer, c.fee_method,
    first.delivered_at, t.id AS ticket_id, t.ticket_no, t.assignee_id,
    coalesce(a.name, m.name, '') AS assignee, p.id AS pickup_id,
    coalesce(p.state, '') AS pickup_state, coalesce(p.courier, '') AS courier,
    coalesce(p.return_waybill, '') AS return_waybill, coalesce(i.state, '') AS send_state,
    coalesce(i.error, '') AS send_error
"""
CLAIM_JOINS: LiteralString = """
    JOIN sales_order o ON o.id = c.order_id JOIN sales_channel s ON s.id = o.channel_id
    JOIN ticket t ON t.id = c.ticket_id
    LEFT JOIN customer u ON u.id = t.customer_id
    LEFT JOIN agent a ON a.id = t.assignee_id LEFT JOIN team m ON m.id = t.assignee_team_id
    LEFT JOIN LATERAL (
        SELECT b.order_status, b.delivered_at, b.channel_status, b.channel_status_detail,
            g.name AS product FROM claim_line l
            JOIN order_line b ON b.id = l.order_line_id JOIN product g ON g.id = b.product_id
        WHERE l.claim_id = c.id ORDER BY l.id LIMIT 1
    ) first ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS lines, coalesce(sum(l.quantity), 0)::bigint AS quantity,
            coalesce(sum(l.amount), 0)::bigint AS amount
        FROM claim_line l WHERE l.claim_id = c.id
    ) goods ON true
    LEFT JOIN LATERAL (
        SELECT q.* FROM pickup q WHERE q.claim_id = c.id ORDER BY q.id DESC LIMIT 1
    ) p ON true
    LEFT JOIN LATERAL (
        SELECT n.state, n.error FROM logistics_instruction n WHERE n.claim_id = c.id
        ORDER BY n.state = 'failed' DESC, n.error <> '' DESC, n.state = 'waiting' DESC, n.id
        LIMIT 1
    ) i ON true
"""
# A type a branch, so that each walks its own index from the newest.
_BRANCH: LiteralString = """
    (SELECT c.id, c.created_at FROM claim c WHERE {where}
     ORDER BY c.created_at DESC, c.id DESC LIMIT {limit})
"""
_PAGE: LiteralString = """
    WITH hit AS MATERIALIZED (SELECT * FROM ({hits}) h ORDER BY created_at DESC, id DESC
        LIMIT {limit})
    SELECT {columns} FROM hit h JOIN claim c ON c.id = h.id {joins}
    ORDER BY h.created_at DESC, h.id DESC
"""
_COUNT: LiteralString = "SELECT count(*) FROM (SELECT FROM ({hits}) h LIMIT {limit}) counted"
_ONE: LiteralString = "SELECT {columns} FROM claim c {joins} WHERE {where} ORDER BY c.id"

_CLAIMABLE = SQL("""
    SELECT l.id AS order_line_id, l.line_no, l.product_id, p.code AS product_code,
        p.name AS product, l.option, l.quantity AS bought, x.taken,
        greatest(l.quantity - x.taken, 0) AS "left", l.unit_price,
        coalesce(l.amount, l.unit_price * l.quantity, 0) AS amount, l.order_status,
        l.cancelled, l.tracking_no, l.delivered_at, coalesce(x.open_claim, '') AS open_claim
    FROM order_line l JOIN product p ON p.id = l.product_id CROSS JOIN LATERAL (
        SELECT coalesce(sum(k.quantity) FILTER (WHERE k.takes), 0)::bigint AS taken,
            max(c.claim_no) FILTER (WHERE k.step NOT IN ('done', 'rejected', 'withdrawn'))
                AS open_claim
        FROM claim_line k JOIN claim c ON c.id = k.claim_id WHERE k.order_line_id = l.id
    ) x
    WHERE l.order_id = %(order_id)s ORDER BY l.id
""")
_DECIDED = SQL("""
    SELECT c.id AS claim_id, c.claim_no, c.claim_type, c.step, c.closed_at, t.id AS ticket_id,
        t.ticket_no
    FROM claim c JOIN ticket t ON t.id = c.ticket_id
    WHERE c.closed_at > %(since)s AND t.assignee_id = %(agent_id)s
      AND c.updated_by <> %(agent_id)s
    ORDER BY c.closed_at DESC, c.id DESC LIMIT 50
""")


def search_claims(
    session: Session,
    search: ClaimSearch,
    after: tuple[object, ...] | None = None,
    size: int = 50,
) -> Page[ClaimRow]:
    """A page of claims, newest first; `after` is the last page's `next_key`.

    Over all pages at most MOST_ROWS rows (spec 80). RuleViolation `search_needs_condition`.
    """
    values = Values()
    shown = int(str(after[2])) if after else 0
    size = min(size, MOST_ROWS - shown)
    hits = _hits(search, after, size + 1, values)
    if not hits:
        return Page(())
    statement = filled(
        _PAGE,
        hits=hits,
        limit=values.bind(size + 1),
        columns=CLAIM_COLUMNS,
        joins=CLAIM_JOINS,
    )
    rows = claim_rows(session, statement, values)
    if len(rows) <= size or shown + size >= MOST_ROWS:
        return Page(tuple(rows[:size]))
    last = rows[size - 1]
    return Page(tuple(rows[:size]), (last.created_at, last.claim_id, shown + size))


def count_claims(session: Session, search: ClaimSearch) -> RowCount:
    """How many rows `search_claims` has, counted up to MOST_ROWS; raises as it does."""
    values = Values()
    hits = _hits(search, None, MOST_ROWS + 1, values)
    if not hits:
        return RowCount(0, is_capped=False)
    statement = filled(_COUNT, hits=hits, limit=values.bind(MOST_ROWS + 1))
    cursor = driver_of(session).cursor(row_factory=scalar_row)
    count = int(cursor.execute(statement.encode(), values.bound).fetchall()[0])
    return RowCount(min(count, MOST_ROWS), count > MOST_ROWS)


def claims_of_order(session: Session, order_id: int) -> tuple[ClaimRow, ...]:
    """Every claim on an order, oldest first."""
    values = Values()
    where = f"c.order_id = {values.bind(order_id)}"
    statement = filled(_ONE, columns=CLAIM_COLUMNS, joins=CLAIM_JOINS, where=where)
    return tuple(claim_rows(session, statement, values))


def claim_row(session: Session, claim_id: int) -> ClaimRow | None:
    """One claim as a list has it; None when there is none."""
    values = Values()
    where = f"c.id = {values.bind(claim_id)}"
    statement = filled(_ONE, columns=CLAIM_COLUMNS, joins=CLAIM_JOINS, where=where)
    return next(iter(claim_rows(session, statement, values)), None)


def claimable_lines(session: Session, order_id: int) -> tuple[ClaimableLine, ...]:
    """반품 대상 상품: the lines of an order, and how much of each is left to be claimed."""
    return tuple(read(session, _CLAIMABLE, {"order_id": order_id}, ClaimableLine))


def decided_since(session: Session, agent_id: int, since: datetime) -> tuple[DecidedRow, ...]:
    """Claims on tickets of an agent that somebody else closed after `since`: the newest 50 of
    them, oldest first."""
    asked = {"agent_id": agent_id, "since": since}
    return tuple(reversed(read(session, _DECIDED, asked, DecidedRow)))


def claim_rows(session: Session, statement: str, values: Values) -> list[ClaimRow]:
    """What a statement of CLAIM_COLUMNS finds."""
    cursor = driver_of(session).cursor(row_factory=class_row(ClaimRow))
    return cursor.execute(statement.encode(), values.bound).fetchall()


def _hits(search: ClaimSearch, after: tuple[object, ...] | None, limit: int, values: Values) -> str:
    """The ids, a branch a type; "" where the text names nobody."""
    texts = (search.order_no.strip(), search.customer.strip())
    if not (any(texts) or search.open_only or search.step or search.date_from or search.held):
        raise RuleViolation("search_needs_condition")
    shared = list(_conditions(search, after, values))
    if search.order_no.strip():
        shared.append(f"c.order_id IN ({orders_of(understand_order_no(search.order_no), values)})")
    if search.customer.strip():
        people = people_of(understand_customer(search.customer), values)
        if not people:
            return ""
        shared.append(f"c.id IN ({people})")
    most = values.bind(limit)
    branches = (
        filled(
            _BRANCH,
            where=" AND ".join([f"c.claim_type = {values.bind(one)}", *shared]),
            limit=most,
        )
        for one in search.types
    )
    return " UNION ALL ".join(branches)


def _conditions(
    search: ClaimSearch, after: tuple[object, ...] | None, values: Values
) -> Iterator[str]:
    if search.open_only:
        yield "c.closed_at IS NULL"
    if search.step:
        yield f"c.step = {values.bind(search.step)}"
    if search.held is not None:
        yield f"c.held = {values.bind(search.held)}"
    if search.date_from is not None:
        yield f"c.created_at >= {values.bind(start_of_day(search.date_from))}"
    if search.date_to is not None:
        yield f"c.created_at < {values.bind(start_of_day(search.date_to + timedelta(days=1)))}"
    if after:
        yield f"(c.created_at, c.id) < ({values.bind(after[0])}, {values.bind(after[1])})"
