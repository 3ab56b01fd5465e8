"""Who is calling: everything the top bar and the chooser show of a number, in one round trip."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from psycopg.rows import class_row, dict_row
from psycopg.sql import SQL, Literal
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.callers import Acquaintance, Reason, ranked, reasons_of
from ets_desktop.domain.phone import digits_of
from ets_desktop.queries.customers import CUSTOMER_COLUMNS, PHONE_EXPIRED, CustomerRow


class Role(StrEnum):
    """What the number is on an order; `tied` means: nothing, but a customer with it has one."""

    ORDERER = "orderer"
    RECIPIENT = "recipient"
    TIED = "tied"


@dataclass(frozen=True, slots=True)
class CallerOrder:
    """An order of whoever calls; `product` and `order_status` are its first line's."""

    order_id: int
    order_no: str
    channel_order_no: str
    channel: str
    ordered_at: datetime
    orderer: str
    recipient: str
    address: str
    product: str | None
    order_status: str | None
    customer_id: int | None
    role: str

    @property
    def person(self) -> str:
        """The name beside the number."""
        return self.recipient if self.role == Role.RECIPIENT else self.orderer


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """The open ticket that was touched last: the one a new contact is added to (spec 20)."""

    ticket_id: int
    ticket_no: str
    title: str
    ticket_type: str
    status: str
    created_at: datetime
    customer_id: int | None
    assignee: str


@dataclass(frozen=True, slots=True)
class CallerCard:
    """What is known of a number, unmasked. `number` is digits, None when withheld or masked.

    `candidates` are ranked, people known only from orders last; tickets are those of all
    candidates and those that came in from the number.
    """

    number: str | None
    candidates: tuple[CustomerRow, ...] = ()
    total_tickets: int = 0
    open_tickets: int = 0
    newest_ticket: OpenTicket | None = None
    newest_order: CallerOrder | None = None

    @property
    def customer(self) -> CustomerRow | None:
        """The only registered customer with the number; None when there are several or none, or
        when the number may have changed hands."""
        registered = [row for row in self.candidates if row.customer_id is not None]
        if len(registered) != 1 or Reason.NUMBER_EXPIRED in registered[0].reasons:
            return None
        return registered[0]


@dataclass(frozen=True, slots=True)
class _Candidate(CustomerRow):
    #: None when the number is not one of theirs
    number_expired: bool | None = None
    open_tickets: int = 0
    last_call_at: datetime | None = None


#: A number of a firm may be on thousands of orders and customers; nobody chooses among more.
_MOST = 50
_PHONES = {
    "orderer_phone": Role.ORDERER,
    "orderer_phone2": Role.ORDERER,
    "recipient_phone": Role.RECIPIENT,
    "recipient_phone2": Role.RECIPIENT,
}
# By arrays, for planning a union of five takes longer than finding everything.
_CUSTOMERS = SQL("""
    SELECT {columns},
        (SELECT {expired} FROM customer_phone p
         WHERE p.customer_id = c.id AND p.digits = %(number)s) AS number_expired,
        (SELECT count(*) FROM ticket t WHERE t.customer_id = c.id
           AND t.status IN ('received', 'transferred')) AS open_tickets,
        (SELECT max(l.rang_at) FROM call l
         WHERE l.customer_id = c.id AND l.caller_number = %(number)s) AS last_call_at
    FROM customer c
    WHERE c.id = ANY (
        ARRAY(SELECT customer_id FROM customer_phone WHERE digits = %(number)s LIMIT %(most)s)
        || ARRAY(SELECT customer_id FROM sales_order
                 WHERE customer_id IS NOT NULL AND ({tied}) LIMIT %(most)s))
""").format(
    columns=CUSTOMER_COLUMNS,
    expired=PHONE_EXPIRED,
    tied=SQL(" OR ").join(SQL("{} = %(number)s").format(SQL(column)) for column in _PHONES),
)
_ORDERS = SQL("""
    WITH hit AS MATERIALIZED (
        {hits}
        UNION ALL
        SELECT t.id, t.ordered_at, 'tied' FROM customer_phone k CROSS JOIN LATERAL (
            SELECT id, ordered_at FROM sales_order WHERE customer_id = k.customer_id
            ORDER BY ordered_at DESC LIMIT 1
        ) t WHERE k.digits = %(number)s
        ORDER BY ordered_at DESC LIMIT %(most)s
    )
    SELECT o.id AS order_id, o.order_no, o.channel_order_no,
        (SELECT c.name FROM sales_channel c WHERE c.id = o.channel_id) AS channel,
        o.ordered_at, o.orderer_name AS orderer, o.recipient_name AS recipient, o.address,
        (SELECT p.name FROM order_line l JOIN product p ON p.id = l.product_id
         WHERE l.order_id = o.id ORDER BY l.id LIMIT 1) AS product,
        (SELECT l.order_status FROM order_line l
         WHERE l.order_id = o.id ORDER BY l.id LIMIT 1) AS order_status,
        o.customer_id, h.role
    FROM hit h JOIN sales_order o ON o.id = h.id
    ORDER BY h.ordered_at DESC, o.id DESC
""").format(
    hits=SQL(" UNION ALL ").join(
        SQL("""
            (SELECT id, ordered_at, {role} AS role FROM sales_order WHERE {column} = %(number)s
             ORDER BY ordered_at DESC LIMIT %(most)s)
        """).format(column=SQL(column), role=Literal(str(role)))
        for column, role in _PHONES.items()
    )
)
_TICKETS = SQL("""
    SELECT statement_timestamp() AS now, s.total_tickets, s.open_tickets,
        m.id AS ticket_id, m.ticket_no, m.title, m.ticket_type, m.status, m.created_at,
        m.customer_id,
        coalesce((SELECT a.name FROM agent a WHERE a.id = m.assignee_id),
                 (SELECT e.name FROM team e WHERE e.id = m.assignee_team_id), '') AS assignee
    FROM (
        SELECT count(*) AS total_tickets,
            count(*) FILTER (WHERE status IN ('received', 'transferred')) AS open_tickets,
            (array_agg(id ORDER BY updated_at DESC, id DESC)
             FILTER (WHERE status IN ('received', 'transferred')))[1] AS newest
        FROM ticket
        WHERE caller_number = %(number)s OR customer_id = ANY (
            ARRAY(SELECT customer_id FROM customer_phone WHERE digits = %(number)s))
    ) s LEFT JOIN ticket m ON m.id = s.newest
""")


def caller_card(session: Session, number: str | None) -> CallerCard:
    """Everything about `number` (as digits or as a PBX shows it), in one round trip."""
    digits = digits_of(number)
    if digits is None:
        return CallerCard(None)
    driver = driver_of(session)
    values = {"number": digits, "most": _MOST}
    customers = driver.cursor(row_factory=class_row(_Candidate))
    orders = driver.cursor(row_factory=class_row(CallerOrder))
    tickets = driver.cursor(row_factory=dict_row)
    with driver.pipeline():
        customers.execute(_CUSTOMERS, values)
        orders.execute(_ORDERS, values)
        tickets.execute(_TICKETS, values)
    told = tickets.fetchall()[0]
    found = orders.fetchall()
    known = _known(customers.fetchall(), found, told["now"])
    return CallerCard(
        number=digits,
        candidates=(*known, *_unregistered(known, found, digits)),
        total_tickets=told["total_tickets"],
        open_tickets=told["open_tickets"],
        newest_ticket=_newest_ticket(told),
        newest_order=found[0] if found else None,
    )


def caller_candidates(session: Session, number: str | None) -> tuple[CustomerRow, ...]:
    """Who may be calling from `number`, the likeliest first, each with the reasons (spec 20)."""
    return caller_card(session, number).candidates


def _newest_ticket(told: Mapping[str, Any]) -> OpenTicket | None:
    if told["ticket_id"] is None:
        return None
    return OpenTicket(**{field.name: told[field.name] for field in fields(OpenTicket)})


def _known(
    customers: Iterable[_Candidate], orders: list[CallerOrder], now: datetime
) -> list[CustomerRow]:
    """Registered customers, ranked; an order tied to nobody counts for whom it names."""
    rows = {row.customer_id: row for row in customers}
    people = [
        Acquaintance(
            customer_id=customer_id,
            open_tickets=row.open_tickets,
            last_call_at=row.last_call_at,
            is_registered=row.number_expired is False,
            number_expired=row.number_expired is True,
            ordered=any(_is_of(order, row, Role.ORDERER) for order in orders),
            received=any(_is_of(order, row, Role.RECIPIENT) for order in orders),
            last_contact_at=row.last_contact_at,
        )
        for customer_id, row in rows.items()
        if customer_id is not None
    ]
    ranking = ranked(people, now)
    return [_row(rows[one.customer_id], reasons_of(one, now)) for one in ranking]


def _is_of(order: CallerOrder, row: CustomerRow, role: Role) -> bool:
    if order.role != role:
        return False
    if order.customer_id is None:
        return order.person == row.name
    return order.customer_id == row.customer_id


def _row(candidate: CustomerRow, reasons: tuple[Reason, ...]) -> CustomerRow:
    plain = {field.name: getattr(candidate, field.name) for field in fields(CustomerRow)}
    return CustomerRow(**plain | {"reasons": reasons})


def _unregistered(
    known: list[CustomerRow], orders: list[CallerOrder], digits: str
) -> Iterator[CustomerRow]:
    """People known only from orders, each once, orderers first, then by their newest order."""
    names = {row.name for row in known}
    orderers_first = sorted(orders, key=lambda order: order.role)
    for order in orderers_first:
        if order.customer_id is not None or order.person in names:
            continue
        names.add(order.person)
        is_orderer = order.role == Role.ORDERER
        reason = Reason.UNREGISTERED_ORDERER if is_orderer else Reason.UNREGISTERED_RECIPIENT
        yield CustomerRow(
            customer_id=None,
            customer_no="",
            name=order.person,
            phone=digits,
            grade="",
            flagged=False,
            flagged_reason="",
            address=order.address if order.person == order.recipient else "",
            last_contact_at=None,
            reasons=(reason,),
            order_id=order.order_id,
        )
