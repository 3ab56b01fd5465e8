"""Tickets as screens read them: one in full, and the pages of a customer, an order, a line."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy.orm import Session

from ets_desktop.domain.ageing import is_overdue
from ets_desktop.domain.errors import NotFound
from ets_desktop.domain.paging import Page
from ets_desktop.domain.tickets import OPEN_STATUSES, TicketForm
from ets_desktop.queries.reading import page_of, read, read_mappings

#: Before the first row of a page in descending order.
FROM_THE_TOP = ("infinity", 0)


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A row of every list of tickets. Names are whole (masking is the screen's); `phone` is
    digits, `order_no` ours, `channel_order_no` what callers know; "" where there is none;
    `assignee` may be a team."""

    ticket_id: int
    ticket_no: str
    created_at: datetime
    ticket_type: str
    customer_id: int | None
    customer: str
    phone: str
    order_id: int | None
    order_no: str
    channel_order_no: str
    product: str
    title: str
    status: str
    assignee_id: int | None
    assignee: str
    due_on: date
    completed_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    def is_red(self, now: datetime) -> bool:
        """The red rule of spec 10; a closed ticket is never red."""
        overdue = is_overdue(due_on=self.due_on, created_at=self.created_at, now=now)
        return self.is_open and overdue


@dataclass(frozen=True, slots=True)
class TransferHop:
    """One hop of a ticket; `to` is the receiver's name, agent or team; `state` a TransferState."""

    transfer_id: int
    hop: int
    from_agent_id: int
    from_agent: str
    to_agent_id: int | None
    to_team_id: int | None
    to: str
    reason: str
    sent_at: datetime
    state: str
    return_reason: str


@dataclass(frozen=True, slots=True)
class PendingCallback:
    """The promised call back of a ticket; `attempts` counts those that were missed."""

    callback_id: int
    number: str
    due_at: datetime
    assignee_id: int
    attempts: int


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """One ticket as CS접수정보 등록 shows it.

    `version` goes into every save; `last_transfer` is the newest hop whatever became of it.
    """

    ticket_id: int
    ticket_no: str
    version: int
    status: str
    created_at: datetime
    completed_at: datetime | None
    updated_at: datetime
    form: TicketForm
    customer: str
    order_no: str
    channel_order_no: str
    line_no: str
    product: str
    category: str
    created_by: int
    creator: str
    assignee_id: int | None
    assignee_team_id: int | None
    assignee: str
    updated_by: int
    updater: str
    discard_reason: str
    follow_up_of: int | None
    follow_up_of_no: str
    last_transfer: TransferHop | None
    callback: PendingCallback | None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES


TICKET_COLUMNS = SQL("""
    t.id AS ticket_id, t.ticket_no, t.created_at, t.ticket_type, t.customer_id,
    coalesce((SELECT c.name FROM customer c WHERE c.id = t.customer_id), '') AS customer,
    coalesce(t.caller_number,
             (SELECT p.digits FROM customer_phone p WHERE p.customer_id = t.customer_id
              ORDER BY p.captured_at DESC, p.id DESC LIMIT 1), '') AS phone,
    t.order_id,
    coalesce((SELECT o.order_no FROM sales_order o WHERE o.id = t.order_id), '') AS order_no,
    coalesce((SELECT o.channel_order_no FROM sales_order o WHERE o.id = t.order_id), '')
        AS channel_order_no,
    coalesce((SELECT p.name FROM order_line l JOIN product p ON p.id = l.product_id
              WHERE l.id = t.order_line_id), '') AS product,
    t.title, t.status, t.assignee_id,
    coalesce((SELECT a.name FROM agent a WHERE a.id = t.assignee_id),
             (SELECT m.name FROM team m WHERE m.id = t.assignee_team_id), '') AS assignee,
    t.due_on, t.completed_at
""")

#: What became of the hop `x`: the same answer as domain/transfers.state_of.
TRANSFER_STATE = SQL("""
    CASE WHEN x.accepted_at IS NOT NULL THEN 'accepted'
         WHEN x.returned_at IS NOT NULL THEN 'returned'
         WHEN x.recalled_at IS NOT NULL THEN 'recalled'
         WHEN x.seen_at IS NOT NULL THEN 'seen'
         ELSE 'sent' END
""")

_TICKETS_BY = SQL("""
    SELECT {columns} FROM ticket t
    WHERE t.{column} = %(id)s AND (t.created_at, t.id) < (%(at)s, %(last)s)
    ORDER BY t.created_at DESC, t.id DESC LIMIT %(size)s
""")

_DETAIL = SQL("""
    SELECT t.id AS ticket_id, t.ticket_no, t.version, t.status, t.created_at, t.completed_at,
        t.updated_at, t.created_by, t.assignee_id, t.assignee_team_id, t.updated_by,
        t.discard_reason, t.follow_up_of,
        t.client_id, t.ticket_type, t.category_id, t.origin, t.title, t.content, t.tags,
        t.customer_id, t.caller_number, t.order_id, t.order_line_id, t.due_on, t.resolution,
        t.customer_confirmed,
        coalesce(c.name, '') AS customer, coalesce(o.order_no, '') AS order_no,
        coalesce(o.channel_order_no, '') AS channel_order_no,
        coalesce(l.line_no, '') AS line_no,
        coalesce((SELECT p.name FROM product p WHERE p.id = l.product_id), '') AS product,
        coalesce((SELECT k.name FROM ticket_category k WHERE k.id = t.category_id), '') AS category,
        (SELECT a.name FROM agent a WHERE a.id = t.created_by) AS creator,
        coalesce((SELECT a.name FROM agent a WHERE a.id = t.assignee_id),
                 (SELECT m.name FROM team m WHERE m.id = t.assignee_team_id), '') AS assignee,
        (SELECT a.name FROM agent a WHERE a.id = t.updated_by) AS updater,
        coalesce((SELECT f.ticket_no FROM ticket f WHERE f.id = t.follow_up_of), '')
            AS follow_up_of_no,
        b.id AS callback_id, b.number AS callback_number, b.due_at AS callback_due_at,
        b.assignee_id AS callback_assignee_id, b.attempts AS callback_attempts,
        x.*
    FROM ticket t
    LEFT JOIN customer c ON c.id = t.customer_id
    LEFT JOIN sales_order o ON o.id = t.order_id
    LEFT JOIN order_line l ON l.id = t.order_line_id
    LEFT JOIN callback b ON b.ticket_id = t.id AND b.outcome IS NULL
    LEFT JOIN LATERAL (
        SELECT x.id AS transfer_id, x.hop, x.from_agent_id, x.to_agent_id, x.to_team_id,
            (SELECT a.name FROM agent a WHERE a.id = x.from_agent_id) AS from_agent,
            coalesce((SELECT a.name FROM agent a WHERE a.id = x.to_agent_id),
                     (SELECT m.name FROM team m WHERE m.id = x.to_team_id)) AS "to",
            x.reason, x.sent_at, {state} AS state, x.return_reason
        FROM transfer x WHERE x.ticket_id = t.id ORDER BY x.id DESC LIMIT 1
    ) x ON true
    WHERE t.id = %(id)s
""").format(state=TRANSFER_STATE)


def ticket_detail(session: Session, ticket_id: int) -> TicketDetail:
    """One ticket in full; NotFound `no_such_ticket`."""
    found = read_mappings(session, _DETAIL, {"id": ticket_id})
    if not found:
        raise NotFound("no_such_ticket")
    return _detail_of(found[0])


def tickets_of_customer(
    session: Session, customer_id: int, after: tuple[object, ...] | None, size: int
) -> Page[TicketRow]:
    """고객접수내역, newest first; `after` is the last page's `next_key`."""
    return _tickets_by(session, "customer_id", customer_id, after, size)


def tickets_of_order(
    session: Session, order_id: int, after: tuple[object, ...] | None, size: int
) -> Page[TicketRow]:
    """주문관련접수내역, newest first."""
    return _tickets_by(session, "order_id", order_id, after, size)


def tickets_of_order_line(
    session: Session, order_line_id: int, after: tuple[object, ...] | None, size: int
) -> Page[TicketRow]:
    """상품관련접수내역, newest first."""
    return _tickets_by(session, "order_line_id", order_line_id, after, size)


def _tickets_by(
    session: Session, column: str, key: int, after: tuple[object, ...] | None, size: int
) -> Page[TicketRow]:
    query: Composed = _TICKETS_BY.format(columns=TICKET_COLUMNS, column=Identifier(column))
    at, last = after or FROM_THE_TOP
    rows = read(session, query, {"id": key, "at": at, "last": last, "size": size + 1}, TicketRow)
    return page_of(rows, size, "created_at", "ticket_id")


def _detail_of(found: Mapping[str, Any]) -> TicketDetail:
    form = {field.name: found[field.name] for field in fields(TicketForm)}
    made = {"form", "last_transfer", "callback"}
    plain = {f.name: found[f.name] for f in fields(TicketDetail) if f.name not in made}
    return TicketDetail(
        **plain,
        form=TicketForm(**form | {"tags": tuple(form["tags"])}),
        last_transfer=_hop_of(found),
        callback=_callback_of(found),
    )


def _hop_of(found: Mapping[str, Any]) -> TransferHop | None:
    if found["transfer_id"] is None:
        return None
    return TransferHop(**{field.name: found[field.name] for field in fields(TransferHop)})


def _callback_of(found: Mapping[str, Any]) -> PendingCallback | None:
    if found["callback_id"] is None:
        return None
    return PendingCallback(
        callback_id=found["callback_id"],
        number=found["callback_number"],
        due_at=found["callback_due_at"],
        assignee_id=found["callback_assignee_id"],
        attempts=found["callback_attempts"],
    )
