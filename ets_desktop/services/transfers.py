"""이관: handing a ticket on, and what its receiver and its sender may do with the offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.sql import SQL
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ets_desktop.db.schema.people import Agent
from ets_desktop.db.schema.tickets import Transfer
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.tickets import Action, TicketStatus, tidy_line
from ets_desktop.domain.topics import TRANSFERS, Done, Topic, agent_topic, team_topic
from ets_desktop.domain.transfers import (
    Offer,
    Person,
    TransferState,
    refusal_to_answer,
    refusal_to_recall,
    refusal_to_send,
    state_of,
)
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.ticket_forms import Saved, Work, write_form
from ets_desktop.services.ticket_rows import (
    LockedTicket,
    assign,
    lock_ticket,
    move_callback,
    require_reason,
    settle_accepted,
    topics_of,
    withdraw_offer,
)

_NOT_SYNCHRONIZED = {"synchronize_session": False}
_RECEIVER_ACTIVE = SQL("""
    SELECT coalesce((SELECT a.active FROM agent a WHERE a.id = %(to_agent_id)s), false)
        OR EXISTS (SELECT FROM team m WHERE m.id = %(to_team_id)s AND m.active) AS active
""")
_SEND = SQL("""
    INSERT INTO transfer (ticket_id, hop, from_agent_id, to_agent_id, to_team_id, reason)
    SELECT %(ticket_id)s, coalesce(max(hop), 0) + 1, %(from_agent_id)s, %(to_agent_id)s::bigint,
        %(to_team_id)s::smallint, %(reason)s
    FROM transfer WHERE ticket_id = %(ticket_id)s
    RETURNING id AS transfer_id, hop
""")
_OFFER = SQL("""
    SELECT x.from_agent_id, x.to_agent_id, x.to_team_id, x.seen_at, x.accepted_at, x.returned_at,
        x.recalled_at, (SELECT a.team_id FROM agent a WHERE a.id = %(actor_id)s) AS team_id
    FROM transfer x WHERE x.id = %(transfer_id)s
""")


@dataclass(frozen=True, slots=True)
class TransferTarget:
    """이관담당자: one agent or one team."""

    agent_id: int | None = None
    team_id: int | None = None

    @property
    def topics(self) -> frozenset[Topic]:
        """Whose lists change."""
        if self.agent_id is not None:
            return frozenset({agent_topic(self.agent_id)})
        return frozenset() if self.team_id is None else frozenset({team_topic(self.team_id)})


@dataclass(frozen=True, slots=True)
class TransferTicket:
    """이관처리 of a new form or a loaded ticket, to one agent or one team."""

    work: Work
    to_agent_id: int | None = None
    to_team_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerTransfer:
    """수락, 회수, or having seen: what the offer's receiver or sender does with it."""

    actor_id: int
    transfer_id: int


@dataclass(frozen=True, slots=True)
class ReturnTransfer:
    """반려: back to the sender, with a reason."""

    actor_id: int
    transfer_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Transferred:
    """The saved ticket and its hop; `transfer_id` and `hop` are None for a repeated save."""

    saved: Saved
    transfer_id: int | None
    hop: int | None


@dataclass(frozen=True, slots=True)
class _Held:
    """An offer read under its ticket's lock, and the person who acts."""

    ticket: LockedTicket
    offer: Offer
    person: Person
    transfer_id: int
    seen: bool


def transfer_ticket(session: Session, command: TransferTicket) -> Done[Transferred]:
    """이관처리: the receiver is assignee at once, the status `transferred`, the hop on record.

    RuleViolation `needs_receiver`, `receiver_is_me`, `receiver_inactive` (field `to_agent_id`),
    and the errors of write_form.
    """
    work = command.work
    to = TransferTarget(command.to_agent_id, command.to_team_id)
    require_receiver(session, work.actor_id, to)
    changes: dict[str, Any] = {
        "status": TicketStatus.TRANSFERRED,
        "assignee_id": command.to_agent_id,
        "assignee_team_id": command.to_team_id,
    }
    written = write_form(session, work, Action.TRANSFER, changes)
    if written.saved.repeated:
        return Done(Transferred(written.saved, None, None), written.touched)
    if written.saved.version > 1:
        withdraw_offer(session, written.ticket)
        if command.to_agent_id is not None:
            move_callback(session, written.ticket.ticket_id, command.to_agent_id)
    transfer_id, hop = send_hop(
        session, written.ticket.ticket_id, work.actor_id, to, command.reason
    )
    touched = written.touched | {TRANSFERS, *to.topics}
    return Done(Transferred(written.saved, transfer_id, hop), touched)


def accept_transfer(session: Session, command: AnswerTransfer) -> Done[int]:
    """수락: the actor works on it; the value is the ticket's version. Again by the same: nothing.

    Of a team, who is first wins. RuleViolation `transfer_taken` (says by whom),
    `transfer_settled`, `transfer_not_yours`.
    """
    held = _hold(session, command)
    if held.offer.state is TransferState.ACCEPTED and held.ticket.assignee_id == command.actor_id:
        return Done(held.ticket.version)
    _require_answerable(session, held)
    after = settle_accepted(session, held.ticket, command.actor_id, command.transfer_id)
    return Done(after.version, _touched(held, after))


def return_transfer(session: Session, command: ReturnTransfer) -> Done[int]:
    """반려: the sender is the assignee again, the status `received`; the ticket's version.

    RuleViolation `needs_reason`, `transfer_taken`, `transfer_settled`, `transfer_not_yours`.
    """
    reason = require_reason(command.reason, "return_reason")
    held = _hold(session, AnswerTransfer(command.actor_id, command.transfer_id))
    _require_answerable(session, held)
    outcome = {"returned_at": func.clock_timestamp(), "return_reason": tidy_line(reason)}
    return _give_back(session, held, outcome)


def recall_transfer(session: Session, command: AnswerTransfer) -> Done[int]:
    """회수 by the sender, until it is accepted: as if returned, without a reason."""
    held = _hold(session, command)
    _refuse(refusal_to_recall(held.offer, held.person))
    return _give_back(session, held, {"recalled_at": func.clock_timestamp()})


def mark_transfer_seen(session: Session, command: AnswerTransfer) -> Done[bool]:
    """The receiver has it before the eyes; false if that was known, or it is no longer offered."""
    held = _hold(session, command)
    if held.seen or refusal_to_answer(held.offer, held.person) is not None:
        return Done(False)
    _settle(session, command.transfer_id, {"seen_at": func.clock_timestamp()})
    return Done(True, _touched(held, held.ticket))


def require_receiver(session: Session, actor_id: int, to: TransferTarget) -> None:
    """RuleViolation unless `to` is one agent or one team, active, and not the actor."""
    asked = {"to_agent_id": to.agent_id, "to_team_id": to.team_id}
    active = read_mappings(session, _RECEIVER_ACTIVE, asked)[0]["active"]
    refusal = refusal_to_send(actor_id=actor_id, receiver_active=active, **asked)
    if refusal is not None:
        raise RuleViolation(refusal, field="to_agent_id")


def send_hop(
    session: Session, ticket_id: int, actor_id: int, to: TransferTarget, reason: str
) -> tuple[int, int]:
    """Put the next offer of a ticket on record; its id and its hop."""
    hop = {
        "ticket_id": ticket_id,
        "from_agent_id": actor_id,
        "to_agent_id": to.agent_id,
        "to_team_id": to.team_id,
        "reason": tidy_line(reason),
    }
    sent = read_mappings(session, _SEND, hop)[0]
    return sent["transfer_id"], sent["hop"]


def _hold(session: Session, command: AnswerTransfer) -> _Held:
    ticket_id = session.scalar(select(Transfer.ticket_id).where(Transfer.id == command.transfer_id))
    if ticket_id is None:
        raise NotFound("no_such_transfer")
    ticket = lock_ticket(session, ticket_id)
    asked = {"transfer_id": command.transfer_id, "actor_id": command.actor_id}
    found = read_mappings(session, _OFFER, asked)[0]
    state = state_of(
        **{name: found[name] for name in ("seen_at", "accepted_at", "returned_at", "recalled_at")}
    )
    return _Held(
        ticket,
        Offer(found["from_agent_id"], found["to_agent_id"], found["to_team_id"], state),
        Person(command.actor_id, found["team_id"]),
        command.transfer_id,
        found["seen_at"] is not None,
    )


def _give_back(session: Session, held: _Held, outcome: Mapping[str, Any]) -> Done[int]:
    _settle(session, held.transfer_id, outcome)
    received = {"status": TicketStatus.RECEIVED}
    after = assign(session, held.ticket, held.person.agent_id, held.offer.from_agent_id, received)
    return Done(after.version, _touched(held, after))


def _settle(session: Session, transfer_id: int, outcome: Mapping[str, Any]) -> None:
    session.execute(
        update(Transfer).where(Transfer.id == transfer_id).values(**outcome),
        execution_options=_NOT_SYNCHRONIZED,
    )


def _require_answerable(session: Session, held: _Held) -> None:
    code = refusal_to_answer(held.offer, held.person)
    holder = held.ticket.assignee_id
    accepted = held.offer.state is TransferState.ACCEPTED
    if code == "transfer_settled" and accepted and holder not in (None, held.person.agent_id):
        name = session.scalar(select(Agent.name).where(Agent.id == holder))
        raise RuleViolation("transfer_taken", name=name)
    _refuse(code)


def _refuse(code: str | None) -> None:
    if code is not None:
        raise RuleViolation(code)


def _touched(held: _Held, after: LockedTicket) -> frozenset[Topic]:
    receivers = TransferTarget(held.offer.to_agent_id, held.offer.to_team_id).topics
    sender = agent_topic(held.offer.from_agent_id)
    return topics_of(held.ticket, after, actor_id=held.person.agent_id) | {
        TRANSFERS,
        sender,
        *receivers,
    }
