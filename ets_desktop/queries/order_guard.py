"""Order-line guard: what is under way for an order already, before it is done twice (spec 20)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read

#: How long a completed ticket is worth a word: a second one about the same thing is likely then.
RECENT = timedelta(days=7)
#: Of one source; the lists beside the form have them all.
MOST = 20


@dataclass(frozen=True, slots=True)
class GuardScope:
    """What the form is tied to: an order, or one line of it; `ticket_id` is its own ticket."""

    order_id: int
    line_id: int | None = None
    ticket_id: int | None = None


@dataclass(frozen=True, slots=True)
class GuardNotice:
    """One thing under way. `kind` is a code of labels.GUARD_KINDS, `ref` its number on paper,
    `word` the code of what it is (labels.GUARD_WORDS); `about_line`: that very line, not the order
    as a whole. `ticket_id` is what loading it loads."""

    kind: str
    about_line: bool
    ref: str
    word: str
    who: str
    at: datetime
    ticket_id: int
    customer_id: int | None


# A ticket about the whole order concerns each of its lines; one about another line does not.
_TICKETS = """
    SELECT '{kind}' AS kind, t.order_line_id IS NOT NULL AND %(line_id)s::bigint IS NOT NULL
            AS about_line,
        t.ticket_no AS ref, t.ticket_type AS word,
        coalesce((SELECT a.name FROM agent a WHERE a.id = t.{who}),
                 (SELECT m.name FROM team m WHERE m.id = t.assignee_team_id), '') AS who,
        t.created_at AS at, t.id AS ticket_id, t.customer_id
    FROM ticket t
    WHERE t.order_id = %(order_id)s AND t.id IS DISTINCT FROM %(ticket_id)s::bigint
      AND (%(line_id)s::bigint IS NULL OR t.order_line_id IS NULL
           OR t.order_line_id = %(line_id)s::bigint)
      AND {condition}
    ORDER BY about_line DESC, t.created_at DESC, t.id DESC LIMIT %(most)s
"""
_OPEN_TICKETS = SQL(
    _TICKETS.format(
        kind="open_ticket", who="assignee_id", condition="t.status IN ('received', 'transferred')"
    )
)
_RECENT_TICKETS = SQL(
    _TICKETS.format(
        kind="recent_ticket",
        who="completed_by",
        condition="t.status = 'completed' AND t.completed_at > clock_timestamp() - %(recent)s",
    )
)

# A claim is on lines; of a whole order every one concerns it.
_CLAIMS = SQL("""
    SELECT 'open_claim' AS kind, %(line_id)s::bigint IS NOT NULL AS about_line,
        c.claim_no AS ref, c.claim_type AS word,
        coalesce((SELECT a.name FROM agent a WHERE a.id = t.assignee_id),
                 (SELECT m.name FROM team m WHERE m.id = t.assignee_team_id), '') AS who,
        c.created_at AS at, t.id AS ticket_id, t.customer_id
    FROM claim c JOIN ticket t ON t.id = c.ticket_id
    WHERE c.order_id = %(order_id)s AND c.closed_at IS NULL
      AND t.id IS DISTINCT FROM %(ticket_id)s::bigint
      AND (%(line_id)s::bigint IS NULL OR EXISTS (
          SELECT FROM claim_line l
          WHERE l.claim_id = c.id AND l.order_line_id = %(line_id)s::bigint
            AND l.step NOT IN ('done', 'rejected', 'withdrawn')))
    ORDER BY c.id DESC LIMIT %(most)s
""")
_PICKUPS = SQL("""
    SELECT 'booked_pickup' AS kind, %(line_id)s::bigint IS NOT NULL AS about_line,
        coalesce(nullif(p.return_waybill, ''), c.claim_no) AS ref, p.state AS word,
        coalesce((SELECT a.name FROM agent a WHERE a.id = p.requested_by), '') AS who,
        p.requested_at AS at, c.ticket_id, t.customer_id
    FROM pickup p JOIN claim c ON c.id = p.claim_id JOIN ticket t ON t.id = c.ticket_id
    WHERE p.order_id = %(order_id)s
      AND p.state IN ('requested', 'accepted', 'collected', 'in_transit')
      AND t.id IS DISTINCT FROM %(ticket_id)s::bigint
      AND (%(line_id)s::bigint IS NULL OR EXISTS (
          SELECT FROM claim_line l
          WHERE l.claim_id = c.id AND l.order_line_id = %(line_id)s::bigint))
    ORDER BY p.requested_at DESC, p.id DESC LIMIT %(most)s
""")

Source = Callable[[Session, GuardScope], list[GuardNotice]]


def _open_tickets(session: Session, scope: GuardScope) -> list[GuardNotice]:
    return read(session, _OPEN_TICKETS, _asked(scope), GuardNotice)


def _recent_tickets(session: Session, scope: GuardScope) -> list[GuardNotice]:
    return read(session, _RECENT_TICKETS, _asked(scope) | {"recent": RECENT}, GuardNotice)


def _claims(session: Session, scope: GuardScope) -> list[GuardNotice]:
    return read(session, _CLAIMS, _asked(scope), GuardNotice)


def _pickups(session: Session, scope: GuardScope) -> list[GuardNotice]:
    return read(session, _PICKUPS, _asked(scope), GuardNotice)


# Recipe for a new source (ARS requests): a function as above that reads
# by an index of `order_id`, its line here in the order of the strip, and the word of its kind in
# ui/labels.py GUARD_KINDS (a test demands it). Its table's trigger tells `order/<id>`.
SOURCES: tuple[Source, ...] = (_open_tickets, _claims, _pickups, _recent_tickets)


def order_guard(session: Session, scope: GuardScope) -> tuple[GuardNotice, ...]:
    """What is under way for the order or line, whoever does it: by source; the line's own first,
    each newest first."""
    return tuple(notice for source in SOURCES for notice in source(session, scope))


def _asked(scope: GuardScope) -> dict[str, object]:
    return {
        "order_id": scope.order_id,
        "line_id": scope.line_id,
        "ticket_id": scope.ticket_id,
        "most": MOST,
    }
