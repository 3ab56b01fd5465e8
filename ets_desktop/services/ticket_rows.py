"""One locked ticket, and the writes that every action on tickets is made of.

Locks are taken in one order, so that two agents on one ticket queue up and never deadlock: the
ticket first, then its transfers and callbacks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from psycopg.sql import SQL, Composed, Identifier, Placeholder
from sqlalchemy import func, insert, update
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.db.schema.tickets import Activity, Callback, Transfer
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.domain.tickets import (
    Action,
    FieldFault,
    TicketForm,
    allowed_actions,
    says_something,
    tidy_text,
)
from ets_desktop.domain.topics import (
    TRANSFERS,
    Topic,
    agent_topic,
    customer_topic,
    order_topic,
    ticket_topic,
)
from ets_desktop.domain.transfers import Offer, Person, is_offered_to, state_of
from ets_desktop.queries.history import changes_since
from ets_desktop.queries.reading import read_mappings

_NOT_SYNCHRONIZED = {"synchronize_session": False}

#: Stands in a ticket's changes for the database's own time.
NOW = SQL("clock_timestamp()")

#: Facts that a form is checked against; NULL where it names no category or line.
FACTS = SQL("""
    clock_timestamp() AS now,
    (SELECT k.ticket_type FROM ticket_category k WHERE k.id = %(category_id)s) AS category_type,
    (SELECT l.order_id FROM order_line l WHERE l.id = %(order_line_id)s) AS order_of_line
""")
_LOCK = SQL(
    "SELECT t.*, {facts} FROM ticket t WHERE t.id = %(ticket_id)s FOR NO KEY UPDATE OF t"
).format(facts=FACTS)
_WAITING = SQL("""
    SELECT x.id AS transfer_id, x.from_agent_id, x.to_agent_id, x.to_team_id, x.seen_at,
        (SELECT a.team_id FROM agent a WHERE a.id = %(actor_id)s) AS team_id
    FROM transfer x
    WHERE x.ticket_id = %(ticket_id)s
      AND x.accepted_at IS NULL AND x.returned_at IS NULL AND x.recalled_at IS NULL
""")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database knows that a form is checked against; `now` is its clock."""

    now: datetime
    category_type: str | None
    order_of_line: int | None

    @property
    def today(self) -> date:
        return seoul_date(self.now)


@dataclass(frozen=True, slots=True)
class LockedTicket:
    """A ticket whose row this transaction holds."""

    ticket_id: int
    ticket_no: str
    version: int
    status: str
    created_by: int
    assignee_id: int | None
    assignee_team_id: int | None
    form: TicketForm
    facts: Facts


def facts_for(found: Mapping[str, Any]) -> Facts:
    return Facts(found["now"], found["category_type"], found["order_of_line"])


def lock_ticket(session: Session, ticket_id: int, form: TicketForm | None = None) -> LockedTicket:
    """The ticket, held until the transaction ends, with the facts to check `form` against.

    NotFound `no_such_ticket`.
    """
    asked = {
        "ticket_id": ticket_id,
        "category_id": form.category_id if form else None,
        "order_line_id": form.order_line_id if form else None,
    }
    rows = read_mappings(session, _LOCK, asked)
    if not rows:
        raise NotFound("no_such_ticket")
    found = rows[0]
    stored = {field.name: found[field.name] for field in fields(TicketForm)}
    plain = {f.name: found[f.name] for f in fields(LockedTicket) if f.name in found}
    plain["ticket_id"] = ticket_id
    return LockedTicket(
        **plain,
        form=TicketForm(**stored | {"tags": tuple(stored["tags"])}),
        facts=facts_for(found),
    )


def refuse(fault: FieldFault | None) -> None:
    """Raise `fault`, if there is one, as what the user is told."""
    if fault is None:
        return
    details = {} if fault.limit is None else {"limit": fault.limit}
    raise RuleViolation(fault.code, field=fault.field, **details)


def require_allowed(ticket: LockedTicket, action: Action) -> None:
    """RuleViolation `ticket_closed` unless anybody may do `action` on the ticket as it stands."""
    if action not in allowed_actions(ticket.status, role="agent"):
        raise RuleViolation("ticket_closed")


def require_version(session: Session, ticket: LockedTicket, version: int) -> None:
    """StaleData `stale_ticket` with what changed since, unless `version` is the ticket's."""
    if ticket.version != version:
        raise StaleData("stale_ticket", changes_since(session, ticket.ticket_id, version))


def require_reason(reason: str, field: str) -> str:
    """`reason` as it is stored, trimmed; RuleViolation `needs_reason` for one nobody can read."""
    told = tidy_text(reason).strip()
    if not says_something(told):
        raise RuleViolation("needs_reason", field=field)
    return told


def update_ticket(
    session: Session, ticket: LockedTicket, actor_id: int, changes: Mapping[str, Any]
) -> LockedTicket:
    """Write `changes` (columns) as the ticket's next version; history and notices by trigger."""
    written = dict(changes) | {"updated_by": actor_id}
    given = {name: value for name, value in written.items() if value is not NOW}
    statement = _update_of(tuple(written), frozenset(written.keys() - given.keys()))
    driver_of(session).execute(statement, given | {"ticket_id": ticket.ticket_id})
    known = {name: changes[name] for name in _FOLLOWED if name in changes}
    return replace(ticket, version=ticket.version + 1, **known)


@lru_cache(maxsize=256)
def _update_of(columns: tuple[str, ...], now: frozenset[str]) -> Composed:
    """UPDATE of these columns; composing it by hand halves the time of a save (spec 90)."""
    assignments = [
        SQL("{column} = {value}").format(
            column=Identifier(column), value=NOW if column in now else Placeholder(column)
        )
        for column in columns
    ]
    return SQL("UPDATE ticket SET {}, version = version + 1 WHERE id = {}").format(
        SQL(", ").join(assignments), Placeholder("ticket_id")
    )


#: Columns that later steps of the same transaction look at.
_FOLLOWED = ("status", "assignee_id", "assignee_team_id")


def assign(
    session: Session,
    ticket: LockedTicket,
    actor_id: int,
    assignee_id: int,
    changes: Mapping[str, Any] | None = None,
) -> LockedTicket:
    """Make one agent the assignee; a pending callback goes along."""
    to_agent = {"assignee_id": assignee_id, "assignee_team_id": None}
    assigned = update_ticket(session, ticket, actor_id, to_agent | dict(changes or {}))
    move_callback(session, ticket.ticket_id, assignee_id)
    return assigned


def move_callback(session: Session, ticket_id: int, assignee_id: int) -> None:
    """The pending callback of a ticket, if any, is its assignee's."""
    session.execute(
        update(Callback)
        .where(
            Callback.ticket_id == ticket_id,
            Callback.outcome.is_(None),
            Callback.assignee_id != assignee_id,
        )
        .values(assignee_id=assignee_id),
        execution_options=_NOT_SYNCHRONIZED,
    )


def end_promises(session: Session, ticket: LockedTicket) -> None:
    """What a closed ticket leaves behind: no offer that waits, no callback that reminds."""
    withdraw_offer(session, ticket)
    session.execute(
        update(Callback)
        .where(Callback.ticket_id == ticket.ticket_id, Callback.outcome.is_(None))
        .values(outcome="cancelled", done_at=func.clock_timestamp()),
        execution_options=_NOT_SYNCHRONIZED,
    )


def withdraw_offer(session: Session, ticket: LockedTicket) -> None:
    """Take back the offer that waits, if any: the ticket goes another way."""
    session.execute(
        update(Transfer)
        .where(
            Transfer.ticket_id == ticket.ticket_id,
            Transfer.accepted_at.is_(None),
            Transfer.returned_at.is_(None),
            Transfer.recalled_at.is_(None),
        )
        .values(recalled_at=func.clock_timestamp()),
        execution_options=_NOT_SYNCHRONIZED,
    )


def add_note(
    session: Session, ticket_id: int, actor_id: int, note: str, kind: str = "note"
) -> None:
    """Append one activity that is no call."""
    session.execute(
        insert(Activity).values(ticket_id=ticket_id, kind=kind, note=note, agent_id=actor_id)
    )


def accept_offer(session: Session, ticket: LockedTicket, actor_id: int) -> LockedTicket | None:
    """Opening to work counts as accepting what is offered to the actor or the actor's team;
    None when nothing is."""
    if ticket.status != "transferred":
        return None
    found = read_mappings(session, _WAITING, _asked(ticket, actor_id))
    if not found or not is_offered_to(_offer_of(found[0]), Person(actor_id, found[0]["team_id"])):
        return None
    return settle_accepted(session, ticket, actor_id, found[0]["transfer_id"])


def begin_work(session: Session, ticket: LockedTicket, actor_id: int) -> LockedTicket:
    """Before a write: accept what is offered, or record 인수 on somebody else's ticket (spec 20).

    Neither happens to the assignee, to who received the ticket, and to who offers it.
    """
    if actor_id == ticket.assignee_id and ticket.status != "transferred":
        return ticket
    found = read_mappings(session, _WAITING, _asked(ticket, actor_id))
    offer = _offer_of(found[0]) if found else None
    if offer is not None and is_offered_to(offer, Person(actor_id, found[0]["team_id"])):
        return settle_accepted(session, ticket, actor_id, found[0]["transfer_id"])
    sender = offer.from_agent_id if offer is not None else None
    if actor_id in (ticket.assignee_id, ticket.created_by, sender):
        return ticket
    add_note(session, ticket.ticket_id, actor_id, "", kind="take_over")
    if offer is not None:
        return settle_accepted(session, ticket, actor_id, found[0]["transfer_id"])
    return assign(session, ticket, actor_id, actor_id)


def settle_accepted(
    session: Session, ticket: LockedTicket, actor_id: int, transfer_id: int
) -> LockedTicket:
    """The offer is taken by the actor, who becomes the assignee if not already."""
    session.execute(
        update(Transfer)
        .where(Transfer.id == transfer_id)
        .values(
            seen_at=func.coalesce(Transfer.seen_at, func.clock_timestamp()),
            accepted_at=func.clock_timestamp(),
        ),
        execution_options=_NOT_SYNCHRONIZED,
    )
    if ticket.assignee_id == actor_id:
        return ticket
    return assign(session, ticket, actor_id, actor_id)


def topics_of(*states: LockedTicket, actor_id: int | None = None) -> frozenset[Topic]:
    """What a write touched, from the ticket before and after it."""
    touched: set[Topic] = set()
    for ticket in states:
        touched |= {ticket_topic(ticket.ticket_id), agent_topic(ticket.created_by)}
        touched |= {agent_topic(agent) for agent in (ticket.assignee_id, actor_id) if agent}
        if ticket.form.customer_id is not None:
            touched.add(customer_topic(ticket.form.customer_id))
        if ticket.form.order_id is not None:
            touched.add(order_topic(ticket.form.order_id))
        if ticket.status == "transferred":
            touched.add(TRANSFERS)
    return frozenset(touched)


def _asked(ticket: LockedTicket, actor_id: int) -> dict[str, int]:
    return {"ticket_id": ticket.ticket_id, "actor_id": actor_id}


def _offer_of(found: Mapping[str, Any]) -> Offer:
    state = state_of(seen_at=found["seen_at"], accepted_at=None, returned_at=None, recalled_at=None)
    return Offer(found["from_agent_id"], found["to_agent_id"], found["to_team_id"], state)
