"""콜백: the promised call back, and what came of it (spec 20)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ets_desktop.db.schema.tickets import Callback
from ets_desktop.domain.callbacks import Outcome, check_callback, check_outcome
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.phone import digits_of
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import Done, agent_topic
from ets_desktop.services.ticket_forms import Saved, Work, write_form
from ets_desktop.services.ticket_rows import lock_ticket, refuse, topics_of


@dataclass(frozen=True, slots=True)
class PlanCallback:
    """콜백 on a new form or a loaded ticket; `number` as typed, `due_at` with its time zone."""

    work: Work
    number: str
    due_at: datetime | None


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


def finish_callback(session: Session, command: FinishCallback) -> Done[int | None]:
    """성공, 부재 or 취소; the value is the id of the next callback, None when none follows.

    RuleViolation `callback_settled`, `needs_callback_at`, `callback_in_past`; NotFound.
    """
    ticket_id = session.scalar(select(Callback.ticket_id).where(Callback.id == command.callback_id))
    if ticket_id is None:
        raise NotFound("no_such_callback")
    ticket = lock_ticket(session, ticket_id)
    missed = command.outcome is Outcome.MISSED
    refuse(check_outcome(command.outcome, next_due_at=command.next_due_at, now=ticket.facts.now))
    tried = 0 if command.outcome is Outcome.CANCELLED else 1
    ended = session.execute(
        update(Callback)
        .where(Callback.id == command.callback_id, Callback.outcome.is_(None))
        .values(
            outcome=command.outcome,
            done_at=func.clock_timestamp(),
            attempts=Callback.attempts + tried,
        )
        .returning(Callback.number, Callback.assignee_id, Callback.attempts),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if ended is None:
        raise RuleViolation("callback_settled")
    touched = topics_of(ticket, actor_id=command.actor_id) | {agent_topic(ended.assignee_id)}
    if not missed:
        return Done(None, touched)
    again = insert(Callback).values(
        ticket_id=ticket_id,
        number=ended.number,
        due_at=command.next_due_at,
        assignee_id=ended.assignee_id,
        attempts=ended.attempts,
    )
    return Done(session.scalars(again.returning(Callback.id)).one(), touched)
