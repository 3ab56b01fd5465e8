"""The actions of 접수 버튼 바 that end in a ticket: save, complete, discard, reopen, open."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import OPEN_STATUSES, SUPERVISORS, Action, TicketStatus
from ets_desktop.domain.topics import Done, Topic, agent_topic
from ets_desktop.queries.tickets import TicketDetail, ticket_detail
from ets_desktop.services.ticket_forms import (
    ReceiveTicket,
    Saved,
    SaveTicket,
    Work,
    write_form,
)
from ets_desktop.services.ticket_rows import (
    NOW,
    LockedTicket,
    accept_offer,
    add_note,
    assign,
    begin_work,
    end_promises,
    lock_ticket,
    require_allowed,
    require_reason,
    require_version,
    topics_of,
    update_ticket,
)


@dataclass(frozen=True, slots=True)
class CompleteTicket:
    """완료처리 of a new form or a loaded ticket."""

    work: Work


@dataclass(frozen=True, slots=True)
class DiscardTicket:
    """폐기처리: the ticket leaves every work list and is never deleted."""

    actor_id: int
    ticket_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReopenTicket:
    """재오픈 of a completed or discarded ticket by a supervisor."""

    actor_id: int
    ticket_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """Load a ticket into the form to work on it."""

    actor_id: int
    ticket_id: int


def receive_ticket(session: Session, command: ReceiveTicket) -> Done[Saved]:
    """접수정보저장 of a new form: a ticket, received, assigned to the actor; errors as write_form.

    The same `client_id` again makes no second ticket.
    """
    written = write_form(session, command, Action.SAVE)
    return Done(written.saved, written.touched)


def save_ticket(session: Session, command: SaveTicket) -> Done[Saved]:
    """접수정보저장 of a loaded ticket; errors as write_form, of which StaleData writes nothing."""
    written = write_form(session, command, Action.SAVE)
    return Done(written.saved, written.touched)


def complete_ticket(session: Session, command: CompleteTicket) -> Done[Saved]:
    """완료처리: final but for a supervisor; ends a waiting offer and a pending callback."""
    changes = {
        "status": TicketStatus.COMPLETED,
        "completed_at": NOW,
        "completed_by": command.work.actor_id,
    }
    written = write_form(session, command.work, Action.COMPLETE, changes)
    if written.saved.version > 1 and not written.saved.repeated:
        end_promises(session, written.ticket)
    return Done(written.saved, written.touched)


def discard_ticket(session: Session, command: DiscardTicket) -> Done[int]:
    """폐기처리; the value is the new version. RuleViolation `needs_reason`, `ticket_closed`."""
    reason = require_reason(command.reason, "discard_reason")
    before = lock_ticket(session, command.ticket_id)
    require_allowed(before, Action.DISCARD)
    require_version(session, before, command.version)
    begun = begin_work(session, before, command.actor_id)
    discarded = {"status": TicketStatus.DISCARDED, "discard_reason": reason}
    after = update_ticket(session, begun, command.actor_id, discarded)
    end_promises(session, after)
    return Done(after.version, topics_of(before, after, actor_id=command.actor_id))


def reopen_ticket(session: Session, command: ReopenTicket) -> Done[int]:
    """재오픈: received again, assigned to the supervisor who reopened; the new version.

    RuleViolation `only_supervisor_reopens` (the database refuses it as well), `ticket_open`.
    """
    reason = require_reason(command.reason, "reopen_reason")
    role = session.scalar(select(Agent.role).where(Agent.id == command.actor_id))
    if role not in SUPERVISORS:
        raise RuleViolation("only_supervisor_reopens")
    before = lock_ticket(session, command.ticket_id)
    if before.status in OPEN_STATUSES:
        raise RuleViolation("ticket_open")
    require_version(session, before, command.version)
    return reopen(session, before, command.actor_id, command.actor_id, reason)


def reopen(
    session: Session, before: LockedTicket, actor_id: int, assignee_id: int, reason: str
) -> Done[int]:
    """The locked ticket, closed until now, is received again."""
    reopened = {
        "status": TicketStatus.RECEIVED,
        "completed_at": None,
        "completed_by": None,
        "discard_reason": "",
    }
    after = assign(session, before, actor_id, assignee_id, reopened)
    add_note(session, before.ticket_id, actor_id, reason, kind="reopen")
    return Done(after.version, topics_of(before, after, actor_id=actor_id))


def open_ticket(session: Session, command: OpenTicket) -> Done[TicketDetail]:
    """The ticket in full for the form; opening what is offered to the actor (or the actor's team)
    accepts it. Anything else stays as it is: looking takes nothing over."""
    before = lock_ticket(session, command.ticket_id)
    accepted = accept_offer(session, before, command.actor_id)
    detail = ticket_detail(session, command.ticket_id)
    if accepted is None:
        return Done(detail)
    touched = topics_of(before, accepted, actor_id=command.actor_id)
    return Done(detail, touched | _told(detail))


def _told(detail: TicketDetail) -> frozenset[Topic]:
    """The sender sees at once that the offer was accepted."""
    hop = detail.last_transfer
    return frozenset({agent_topic(hop.from_agent_id)}) if hop is not None else frozenset()
