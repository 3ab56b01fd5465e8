"""Whose call it was, revised later (spec 20): the call moves, and its tickets with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.tickets import OPEN_STATUSES, SUPERVISORS
from ets_desktop.domain.topics import Done, Topic, calls_topic, customer_topic
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.ticket_rows import (
    LockedTicket,
    lock_ticket,
    topics_of,
    update_ticket,
)


@dataclass(frozen=True, slots=True)
class RetieCall:
    """The caller was somebody else: give the call to that customer."""

    actor_id: int
    call_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class Retied:
    """`tickets` are the numbers of those that moved along; `before` is None for a call that was
    nobody's yet."""

    call_id: int
    before: int | None
    tickets: tuple[str, ...]


_FACTS = SQL("""
    SELECT EXISTS (SELECT FROM call WHERE id = %(call_id)s) AS call_known,
        EXISTS (SELECT FROM customer WHERE id = %(customer_id)s) AS customer_known,
        (SELECT a.role FROM agent a WHERE a.id = %(actor_id)s) AS role,
        ARRAY(SELECT a.ticket_id FROM activity a WHERE a.call_id = %(call_id)s
              ORDER BY a.ticket_id) AS tickets,
        ARRAY(SELECT DISTINCT l.extension FROM call_leg l WHERE l.call_id = %(call_id)s)
            AS extensions
""")
_LOCK = SQL("SELECT customer_id FROM call WHERE id = %(call_id)s FOR NO KEY UPDATE")
#: Its history and the notices to the desks it rang at are made by trigger.
_MOVE = SQL("""
    WITH customer AS (
        UPDATE customer SET last_contact_at = greatest(last_contact_at, c.rang_at)
        FROM call c WHERE c.id = %(call_id)s AND customer.id = %(customer_id)s
    )
    UPDATE call SET customer_id = %(customer_id)s WHERE id = %(call_id)s
""")
#: The calls of a ticket that belonged to whom it belonged to.
_FOLLOW = SQL("""
    UPDATE call SET customer_id = %(customer_id)s WHERE id IN (
        SELECT c.id FROM activity a JOIN call c ON c.id = a.call_id
        WHERE a.ticket_id = %(ticket_id)s AND c.customer_id = %(before)s
        ORDER BY c.id FOR NO KEY UPDATE OF c)
""")


def retie_call(session: Session, command: RetieCall) -> Done[Retied]:
    """통화 고객 바꾸기, in one transaction: the call, and every ticket that was its customer's.

    A ticket that had been given to somebody else by itself stays there. NotFound `no_such_call`,
    `no_such_customer`; RuleViolation `call_of_closed_ticket` unless a supervisor asks.
    """
    asked = {
        "call_id": command.call_id,
        "customer_id": command.customer_id,
        "actor_id": command.actor_id,
    }
    facts = read_mappings(session, _FACTS, asked)[0]
    if not facts["call_known"]:
        raise NotFound("no_such_call")
    if not facts["customer_known"]:
        raise NotFound("no_such_customer")
    # Tickets before calls, as every save locks them.
    tickets = [lock_ticket(session, ticket_id) for ticket_id in facts["tickets"]]
    before = read_mappings(session, _LOCK, asked)[0]["customer_id"]
    if before == command.customer_id:
        return Done(Retied(command.call_id, before, ()))
    moving = [ticket for ticket in tickets if ticket.form.customer_id == before]
    _require_movable(moving, facts["role"])
    driver_of(session).execute(_MOVE, asked)
    touched = _topics(command, before, facts)
    for ticket in moving:
        moved = {"customer_id": command.customer_id}
        update_ticket(session, ticket, command.actor_id, moved)
        touched |= topics_of(ticket, actor_id=command.actor_id)
    numbers = tuple(ticket.ticket_no for ticket in moving)
    return Done(Retied(command.call_id, before, numbers), touched)


def follow_customer(session: Session, before: LockedTicket, customer_id: int | None) -> None:
    """A ticket got another customer: the calls it was made from are that customer's too."""
    if None in (before.form.customer_id, customer_id) or before.form.customer_id == customer_id:
        return
    moved = {
        "ticket_id": before.ticket_id,
        "before": before.form.customer_id,
        "customer_id": customer_id,
    }
    driver_of(session).execute(_FOLLOW, moved)


def _require_movable(tickets: Iterable[LockedTicket], role: str) -> None:
    closed = [ticket for ticket in tickets if ticket.status not in OPEN_STATUSES]
    if closed and role not in SUPERVISORS:
        raise RuleViolation("call_of_closed_ticket", number=closed[0].ticket_no)


def _topics(command: RetieCall, before: int | None, facts: Mapping[str, Any]) -> frozenset[Topic]:
    customers = {one for one in (before, command.customer_id) if one is not None}
    return frozenset(
        {customer_topic(one) for one in customers}
        | {calls_topic(extension) for extension in facts["extensions"]}
    )
