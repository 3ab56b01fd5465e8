"""사용중지 with hand-over: what somebody leaves behind goes to others first (spec 60, 관리).

Open tickets are offered on with a hop in their history, callbacks and missed callers follow; one
transaction with the disabling, which the database refuses while anything is left. Drafts are their
owner's alone (spec 80): they stay, and are there again when the owner is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.spreading import Candidate, Spreadable, spread
from ets_desktop.domain.tickets import TicketStatus
from ets_desktop.domain.topics import (
    PEOPLE,
    TRANSFERS,
    Done,
    Topic,
    agent_topic,
    missed_topic,
    session_topic,
)
from ets_desktop.queries.logins import open_work_of
from ets_desktop.queries.reading import read_mappings
from ets_desktop.queries.transfer_queue import spread_candidates
from ets_desktop.services.agents import (
    ChangeExtension,
    EnableLogin,
    change_extension,
    enable_login,
)
from ets_desktop.services.ticket_rows import (
    assign,
    lock_ticket,
    topics_of,
    withdraw_offer,
)
from ets_desktop.services.transfers import TransferTarget, require_receiver, send_hop

_LEAVER = SQL("""
    SELECT a.id, a.team_id,
        (SELECT b.id FROM agent b WHERE b.login = session_user AND b.active) AS actor_id
    FROM agent a WHERE a.login = %(login)s
""")
_TICKETS = SQL("""
    SELECT id FROM ticket WHERE assignee_id = %(whose)s
      AND status IN ('received', 'transferred') ORDER BY id FOR NO KEY UPDATE
""")
_CALLBACKS = SQL("""
    UPDATE callback SET assignee_id = %(receiver)s
    WHERE assignee_id = %(whose)s AND outcome IS NULL RETURNING id
""")
_SENDER = SQL("""
    SELECT from_agent_id FROM transfer WHERE ticket_id = %(ticket_id)s ORDER BY id DESC LIMIT 1
""")
_NOTIFY = SQL("SELECT pg_notify('ets_change', %s)")
_CALLERS = SQL("SELECT hand_on_missed_calls(%(whose)s, %(receiver)s) AS moved")


@dataclass(frozen=True, slots=True)
class RetireAgent:
    """`to_agent_id` gets everything; None spreads it evenly over who is there, of the same team if
    somebody of it is. `hop_reason` is what the receivers read, `reason` what the rights log has.
    `frees_extension`: the telephone is nobody's then, and no caller waits for who has left."""

    login: str
    to_agent_id: int | None = None
    hop_reason: str = ""
    reason: str = ""
    frees_extension: bool = False


@dataclass(frozen=True, slots=True)
class HandedOver:
    tickets: int
    callbacks: int
    callers: int


def retire_agent(session: Session, command: RetireAgent) -> Done[HandedOver]:
    """Hand on what is open, then disable the login; `agents.end_sessions` afterwards cuts it off.

    RuleViolation `agent_unknown`, `receiver_inactive`, `receiver_is_leaver`, `nobody_present`,
    `last_admin`, `work_left` (something came meanwhile), `not_allowed`: nothing has happened then.
    """
    found = read_mappings(session, _LEAVER, {"login": command.login})
    if not found:
        raise RuleViolation("agent_unknown")
    # Where it is the owner of the database who asks, the leaver hands on.
    leaver = _Leaver(found[0]["id"], found[0]["team_id"], found[0]["actor_id"] or found[0]["id"])
    handed, touched = _hand_over(session, leaver, command)
    if command.frees_extension:
        change_extension(session, ChangeExtension(command.login, "", command.reason))
    enable_login(session, EnableLogin(command.login, enabled=False, reason=command.reason))
    return Done(handed, touched | {PEOPLE, session_topic(leaver.agent_id)})


@dataclass(frozen=True, slots=True)
class _Leaver:
    """Who leaves, and in whose name the work is handed on."""

    agent_id: int
    team_id: int | None
    actor_id: int


@dataclass(frozen=True, slots=True)
class _Shares:
    """Who gets which ticket, and who what hangs on none."""

    of: Mapping[int, int]
    rest: int


def _hand_over(
    session: Session, leaver: _Leaver, command: RetireAgent
) -> tuple[HandedOver, frozenset[Topic]]:
    found = open_work_of(session, command.login)
    if not (found.tickets or found.callbacks or found.callers):
        return HandedOver(0, 0, 0), frozenset()
    tickets = [row["id"] for row in read_mappings(session, _TICKETS, {"whose": leaver.agent_id})]
    shares = _shares(session, leaver, command, tickets)
    touched = frozenset({TRANSFERS, agent_topic(leaver.agent_id), missed_topic(leaver.agent_id)})
    for ticket_id in tickets:
        touched |= _offer(session, leaver, ticket_id, shares.of[ticket_id], command.hop_reason)
    asked = {"whose": leaver.agent_id, "receiver": shares.rest}
    read_mappings(session, _CALLBACKS, asked)
    callers = read_mappings(session, _CALLERS, asked)[0]["moved"]
    receivers = {shares.rest, *shares.of.values()}
    told = {topic(agent_id) for agent_id in receivers for topic in (agent_topic, missed_topic)}
    return HandedOver(len(tickets), found.callbacks, callers), touched | told


def _shares(
    session: Session, leaver: _Leaver, command: RetireAgent, tickets: Sequence[int]
) -> _Shares:
    to = command.to_agent_id
    if to is not None:
        if to == leaver.agent_id:
            raise RuleViolation("receiver_is_leaver", field="receiver")
        return _Shares(dict.fromkeys(tickets, to), to)
    wishes = [Spreadable(ticket_id, leaver.agent_id, leaver.agent_id) for ticket_id in tickets]
    shares = spread(wishes, _others(session, leaver, leaver.team_id))
    if not shares:
        shares = spread(wishes, _others(session, leaver, None))
    if not shares:
        raise RuleViolation("nobody_present", field="receiver")
    least = min(shares, key=lambda share: share.load_after).candidate.agent_id
    return _Shares(
        {one: share.candidate.agent_id for share in shares for one in share.ticket_ids}, least
    )


def _others(session: Session, leaver: _Leaver, team_id: int | None) -> list[Candidate]:
    found = spread_candidates(session, team_id)
    return [each for each in found if each.agent_id != leaver.agent_id]


def _offer(
    session: Session, leaver: _Leaver, ticket_id: int, receiver: int, reason: str
) -> frozenset[Topic]:
    """One ticket goes on; whoever takes it themselves has it at once.

    Every desk hears of it, that of who had sent it to the leaver, too.
    """
    ticket = lock_ticket(session, ticket_id)
    sent_by = read_mappings(session, _SENDER, {"ticket_id": ticket_id})
    withdraw_offer(session, ticket)
    if receiver == leaver.actor_id:
        received = {"status": TicketStatus.RECEIVED}
        after = assign(session, ticket, leaver.actor_id, receiver, received)
    else:
        transferred = {"status": TicketStatus.TRANSFERRED}
        after = assign(session, ticket, leaver.actor_id, receiver, transferred)
        to = TransferTarget(receiver)
        require_receiver(session, leaver.actor_id, to)
        send_hop(session, ticket_id, leaver.actor_id, to, reason)
    touched = topics_of(ticket, after, actor_id=leaver.actor_id)
    touched |= {TRANSFERS, *(agent_topic(hop["from_agent_id"]) for hop in sent_by)}
    driver_of(session).execute(_NOTIFY, (" ".join(sorted(touched)),))
    return touched
