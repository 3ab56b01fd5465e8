"""What a supervisor does with the tickets of 이관 큐 (spec 60): 재배정, 회수, 우선순위, 메모.

Each command names the hop that was looked at. A ticket that has gone on since is left as it is, so
that two supervisors never move one ticket twice and none is lost between them.
"""

from dataclasses import dataclass
from typing import Any

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.tickets import SUPERVISORS, Priority, TicketStatus
from ets_desktop.domain.topics import TRANSFERS, Done, Topic, agent_topic
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.ticket_rows import (
    LockedTicket,
    add_note,
    assign,
    lock_ticket,
    move_callback,
    require_reason,
    topics_of,
    update_ticket,
    withdraw_offer,
)
from ets_desktop.services.transfers import TransferTarget, require_receiver, send_hop

_HOP = SQL("""
    SELECT x.ticket_id, x.from_agent_id, x.to_agent_id, x.to_team_id,
        (SELECT a.role FROM agent a WHERE a.id = %(actor_id)s) AS role,
        (SELECT s.active FROM agent s WHERE s.id = x.from_agent_id) AS sender_active
    FROM transfer x WHERE x.id = %(transfer_id)s
""")
_STANDS = SQL("""
    SELECT max(x.id) AS newest, t.priority
    FROM ticket t JOIN transfer x ON x.ticket_id = t.id WHERE t.id = %(ticket_id)s GROUP BY t.id
""")

_NOTIFY = SQL("SELECT pg_notify('ets_change', %s)")


@dataclass(frozen=True, slots=True)
class MoveTransfer:
    """재배정 of the ticket behind that hop to another agent or a team; `reason` may be empty."""

    actor_id: int
    transfer_id: int
    to: TransferTarget
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FetchTransfer:
    """회수 by a supervisor: back to who sent it, accepted or not."""

    actor_id: int
    transfer_id: int


@dataclass(frozen=True, slots=True)
class RankTransfer:
    """우선순위 of the ticket behind that hop."""

    actor_id: int
    transfer_id: int
    priority: Priority


@dataclass(frozen=True, slots=True)
class NoteOnTransfer:
    """메모 in the history of the ticket behind that hop."""

    actor_id: int
    transfer_id: int
    note: str


@dataclass(frozen=True, slots=True)
class _Queued:
    """A hop as it was looked at, under its ticket's lock."""

    ticket: LockedTicket
    sender_id: int
    sender_active: bool
    to: TransferTarget
    priority: str


def move_transfer(session: Session, command: MoveTransfer) -> Done[int]:
    """The ticket is offered to somebody else; the value is the new hop's id.

    To whom it is offered already nothing happens, and the value is the hop named.
    RuleViolation `only_supervisor_moves`, `transfer_moved` (it has gone on since), and those of
    require_receiver; NotFound `no_such_transfer`.
    """
    queued = _hold(session, command.actor_id, command.transfer_id)
    if queued.to == command.to:
        return Done(command.transfer_id)
    require_receiver(session, command.actor_id, command.to)
    withdraw_offer(session, queued.ticket)
    to_whom = {"assignee_id": command.to.agent_id, "assignee_team_id": command.to.team_id}
    after = update_ticket(session, queued.ticket, command.actor_id, to_whom)
    if command.to.agent_id is not None:
        move_callback(session, after.ticket_id, command.to.agent_id)
    transfer_id, _hop = send_hop(
        session, after.ticket_id, command.actor_id, command.to, command.reason
    )
    touched = _tell(session, queued, after, command.actor_id)
    return Done(transfer_id, touched | command.to.topics)


def fetch_transfer(session: Session, command: FetchTransfer) -> Done[int]:
    """The sender is the assignee again, the status `received`; the value is the ticket's version.

    RuleViolation `only_supervisor_moves`, `transfer_moved`, `receiver_inactive` (the sender does
    not work here any more); NotFound `no_such_transfer`.
    """
    queued = _hold(session, command.actor_id, command.transfer_id)
    if not queued.sender_active:
        raise RuleViolation("receiver_inactive")
    withdraw_offer(session, queued.ticket)
    received: dict[str, Any] = {"status": TicketStatus.RECEIVED}
    after = assign(session, queued.ticket, command.actor_id, queued.sender_id, received)
    return Done(after.version, _tell(session, queued, after, command.actor_id))


def rank_transfer(session: Session, command: RankTransfer) -> Done[int]:
    """What has priority is offered first; the value is the ticket's version.

    RuleViolation `only_supervisor_moves` (the database refuses it as well), `transfer_moved`.
    """
    queued = _hold(session, command.actor_id, command.transfer_id)
    if queued.priority == command.priority:
        return Done(queued.ticket.version)
    priority = {"priority": command.priority}
    after = update_ticket(session, queued.ticket, command.actor_id, priority)
    return Done(after.version, _tell(session, queued, after, command.actor_id))


def note_on_transfer(session: Session, command: NoteOnTransfer) -> Done[None]:
    """A note that everybody finds in 변경이력.

    RuleViolation `needs_reason` (field `note`), `only_supervisor_moves`, `transfer_moved`.
    """
    note = require_reason(command.note, "note")
    queued = _hold(session, command.actor_id, command.transfer_id)
    add_note(session, queued.ticket.ticket_id, command.actor_id, note)
    return Done(None, _tell(session, queued, queued.ticket, command.actor_id))


def _hold(session: Session, actor_id: int, transfer_id: int) -> _Queued:
    asked = {"actor_id": actor_id, "transfer_id": transfer_id}
    rows = read_mappings(session, _HOP, asked)
    if not rows:
        raise NotFound("no_such_transfer")
    found = rows[0]
    if found["role"] not in SUPERVISORS:
        raise RuleViolation("only_supervisor_moves")
    ticket = lock_ticket(session, found["ticket_id"])
    stands = read_mappings(session, _STANDS, {"ticket_id": ticket.ticket_id})[0]
    if ticket.status != TicketStatus.TRANSFERRED or stands["newest"] != transfer_id:
        raise RuleViolation("transfer_moved")
    to = TransferTarget(found["to_agent_id"], found["to_team_id"])
    return _Queued(ticket, found["from_agent_id"], found["sender_active"], to, stands["priority"])


def _tell(
    session: Session, queued: _Queued, after: LockedTicket, actor_id: int
) -> frozenset[Topic]:
    """What was touched. Every desk hears of it: triggers do not tell the sender of all of it."""
    both = topics_of(queued.ticket, after, actor_id=actor_id)
    touched = both | queued.to.topics | {TRANSFERS, agent_topic(queued.sender_id)}
    driver_of(session).execute(_NOTIFY, (" ".join(sorted(touched)),))
    return touched
