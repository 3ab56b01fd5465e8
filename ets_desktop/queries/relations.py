"""What a ticket has to do with others: follow-ups, and what a caller's customer has open."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.tickets import OPEN_STATUSES
from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class TicketLink:
    """A ticket this one follows (`is_earlier`), or one that follows it."""

    ticket_id: int
    ticket_no: str
    status: str
    title: str
    customer_id: int | None
    is_earlier: bool


@dataclass(frozen=True, slots=True)
class OpenTicketRow:
    """The newest open ticket of a customer; `count` is how many are open in all."""

    ticket_id: int
    ticket_no: str
    ticket_type: str
    title: str
    assignee: str
    count: int


_LINKS = SQL("""
    (SELECT t.id AS ticket_id, t.ticket_no, t.status, t.title, t.customer_id, true AS is_earlier
     FROM ticket t WHERE t.id = %(follow_up_of)s)
    UNION ALL
    (SELECT t.id, t.ticket_no, t.status, t.title, t.customer_id, false
     FROM ticket t WHERE t.follow_up_of = %(ticket_id)s ORDER BY t.id)
""")
_NEWEST_OPEN = SQL("""
    SELECT t.id AS ticket_id, t.ticket_no, t.ticket_type, t.title,
        coalesce((SELECT a.name FROM agent a WHERE a.id = t.assignee_id),
                 (SELECT m.name FROM team m WHERE m.id = t.assignee_team_id), '') AS assignee,
        t.count
    FROM (
        SELECT t.*, count(*) OVER () AS count FROM ticket t
        WHERE t.customer_id = %(customer_id)s AND t.status = ANY(%(open)s)
    ) t ORDER BY t.created_at DESC, t.id DESC LIMIT 1
""")


def links_of(
    session: Session, ticket_id: int | None, follow_up_of: int | None
) -> tuple[TicketLink, ...]:
    """The ticket `follow_up_of`, then those that follow `ticket_id`, the oldest first.

    A form that is not stored yet has no `ticket_id`, but may follow one (추가 접수 새화면).
    """
    asked = {"ticket_id": ticket_id, "follow_up_of": follow_up_of}
    return tuple(read(session, _LINKS, asked, TicketLink))


def newest_open_ticket(session: Session, customer_id: int) -> OpenTicketRow | None:
    """The ticket a call of this customer most likely belongs to (spec 20, activities)."""
    asked = {"customer_id": customer_id, "open": [str(status) for status in OPEN_STATUSES]}
    return next(iter(read(session, _NEWEST_OPEN, asked, OpenTicketRow)), None)
