"""콜백: the promised call back, and what came of it (spec 20)."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.db.schema.people import Agent
from ets_desktop.db.schema.tickets import Callback
from ets_desktop.domain.callbacks import Outcome, check_callback, check_outcome
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.phone import digits_of
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import Done, agent_topic
from ets_desktop.services.ticket_forms import Saved, Work, write_form
from ets_desktop.services.ticket_rows import LockedTicket, lock_ticket, refuse, topics_of

#: The calls made to keep a promise are contacts of its ticket (spec 20, activities).
_NOTE_TRIES = SQL("""
    INSERT INTO activity (ticket_id, kind, call_id, agent_id)
    SELECT b.ticket_id, 'call', l.call_id, a.id
    FROM callback b JOIN agent a ON a.id = %(actor_id)s
    JOIN call_leg l ON l.extension = a.extension AND l.direction = 'out'
        AND l.rang_at >= b.created_at
    JOIN call c ON c.id = l.call_id AND c.caller_number = b.number
    WHERE b.id = %(callback_id)s
      AND NOT EXISTS (SELECT FROM activity n WHERE n.call_id = l.call_id)
    ORDER BY l.rang_at ON CONFLICT (ticket_id, call_id) DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class PlanCallback:
    """콜백 on a new form or a loaded ticket; `number` as typed, `due_at` with its time zone."""

    work: Work
    number: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class TryCallback:
    """통화 on a promise: the number is about to be dialled."""

    actor_id: int
    callback_id: int


@dataclass(frozen=True, slots=True)
class FinishCallback:
    """What came of calling back; 부재 promises again at `next_due_at`."""

    actor_id: int
    callback_id: int
    outcome: Outcome
    next_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """The saved ticket, open as it was, and its pending callback."""

    saved: Saved
    callback_id: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """A promise about to be kept: its number in digits as it is now, and which try this is."""

    number: str
    attempts: int


def plan_callback(session: Session, command: PlanCallback) -> Done[Planned]:
    """콜백: saves the form; a ticket has one pending callback, planning again moves it.

    RuleViolation of check_callback (fields `callback_at`, `callback_number`) and of write_form.
    """
    written = write_form(session, command.work, Action.CALLBACK)
    ticket = written.ticket
    faults = check_callback(number=command.number, due_at=command.due_at, now=ticket.facts.now)
    for fault in faults:
        refuse(fault)
    number = digits_of(command.number)
    assignee_id = ticket.assignee_id or command.work.actor_id
    promise = insert(Callback).values(
        ticket_id=ticket.ticket_id,
        number=number,
        due_at=command.due_at,
        assignee_id=assignee_id,
    )
    callback_id = session.scalars(
        promise.on_conflict_do_update(
            index_elements=[Callback.ticket_id],
            index_where=Callback.outcome.is_(None),
            set_={"number": number, "due_at": command.due_at},
        ).returning(Callback.id)
    ).one()
    touched = written.touched | topics_of(ticket, actor_id=command.work.actor_id)
    return Done(Planned(written.saved, callback_id), touched | {agent_topic(assignee_id)})


def try_callback(session: Session, command: TryCallback) -> Done[Attempt]:
    """통화: counts the attempt. RuleViolation `callback_settled_by`; NotFound."""
    ticket = _lock_ticket_of(session, command.callback_id)
    tried = session.execute(
        update(Callback)
        .where(Callback.id == command.callback_id, Callback.outcome.is_(None))
        .values(attempts=Callback.attempts + 1)
        .returning(Callback.number, Callback.assignee_id, Callback.attempts),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if tried is None:
        raise _settled(session, command.callback_id)
    touched = topics_of(ticket, actor_id=command.actor_id) | {agent_topic(tried.assignee_id)}
    return Done(Attempt(tried.number, tried.attempts), touched)


def finish_callback(session: Session, command: FinishCallback) -> Done[int | None]:
    """성공, 부재 or 취소; the value is the id of the next callback, None when none follows.

    The first who finishes it wins: RuleViolation `callback_settled_by` tells the others who did.
    Also RuleViolation `needs_callback_at`, `callback_in_past`; NotFound.
    """
    ticket = _lock_ticket_of(session, command.callback_id)
    missed = command.outcome is Outcome.MISSED
    refuse(check_outcome(command.outcome, next_due_at=command.next_due_at, now=ticket.facts.now))
    ended = session.execute(
        update(Callback)
        .where(Callback.id == command.callback_id, Callback.outcome.is_(None))
        .values(outcome=command.outcome, done_at=func.clock_timestamp())
        .returning(Callback.number, Callback.assignee_id, Callback.attempts),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if ended is None:
        raise _settled(session, command.callback_id)
    tried = {"callback_id": command.callback_id, "actor_id": command.actor_id}
    driver_of(session).execute(_NOTE_TRIES, tried)
    touched = topics_of(ticket, actor_id=command.actor_id) | {agent_topic(ended.assignee_id)}
    if not missed:
        return Done(None, touched)
    again = insert(Callback).values(
        ticket_id=ticket.ticket_id,
        number=ended.number,
        due_at=command.next_due_at,
        assignee_id=ended.assignee_id,
        attempts=ended.attempts,
    )
    return Done(session.scalars(again.returning(Callback.id)).one(), touched)


def _lock_ticket_of(session: Session, callback_id: int) -> LockedTicket:
    ticket_id = session.scalar(select(Callback.ticket_id).where(Callback.id == callback_id))
    if ticket_id is None:
        raise NotFound("no_such_callback")
    return lock_ticket(session, ticket_id)


def _settled(session: Session, callback_id: int) -> RuleViolation:
    """Who was first; the owner of the database is nobody."""
    ended = session.execute(
        select(Agent.name)
        .join(Callback, Agent.id == Callback.done_by)
        .where(Callback.id == callback_id)
    ).one_or_none()
    if ended is None:
        return RuleViolation("callback_settled")
    return RuleViolation("callback_settled_by", name=ended.name)
