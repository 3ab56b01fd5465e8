"""Being at a desk in a state (spec 40, Agent state); the database decides what follows.

Migration 0015 holds the rules: there states change, offers are made and go back, vanished desks
are signed out. Nothing polls: the answer says in how many seconds something happens by itself.
"""

from dataclasses import dataclass
from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.agent_states import CHOOSABLE, AgentState, Cause
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.topics import Done
from ets_desktop.queries.duty import Duty, duty_of


@dataclass(frozen=True, slots=True)
class BeAtDesk:
    """The desk `desk_id` (one id from login to close) is there; its agent may have several."""

    actor_id: int
    desk_id: UUID


@dataclass(frozen=True, slots=True)
class ChooseState:
    """상담상태, by the agent; another one's is forced (services/supervising.py)."""

    agent_id: int
    state: AgentState


_BE = SQL("SELECT be_at_desk(%(desk_id)s, %(actor_id)s)")
_LEAVE = SQL("SELECT leave_desk(%(desk_id)s, %(actor_id)s)")
_CHOOSE = SQL("SELECT choose_agent_state(%(agent_id)s, %(state)s, %(cause)s)")
_TURN = SQL("SELECT agents_turn()")
_AT = SQL("SELECT id FROM agent WHERE extension = %s AND active")


# No touched topics: everybody hears of it by trigger, and a beat is no news.


def be_at_desk(session: Session, command: BeAtDesk) -> Done[Duty]:
    """Login, every beat, and whenever something is due: 준비되지 않음 at first, then what was
    chosen. A desk that was signed out meanwhile comes back by itself as 준비되지 않음."""
    asked = {"desk_id": command.desk_id, "actor_id": command.actor_id}
    driver_of(session).execute(_BE, asked)
    return Done(duty_of(session, command.actor_id))


def leave_desk(session: Session, command: BeAtDesk) -> Done[None]:
    """The desk is closed: 로그아웃, unless its agent has another one; harmless a second time."""
    asked = {"desk_id": command.desk_id, "actor_id": command.actor_id}
    driver_of(session).execute(_LEAVE, asked)
    return Done(None)


def choose_state(session: Session, command: ChooseState) -> Done[Duty]:
    """What is chosen while talking comes after the call (`Duty.after`).

    RuleViolation `state_not_choosable`, `agent_logged_out`, `not_allowed`.
    """
    if command.state not in CHOOSABLE:
        raise RuleViolation("state_not_choosable")
    _set(session, command.agent_id, command.state, Cause.CHOSEN)
    return Done(duty_of(session, command.agent_id))


def follow_pbx_state(session: Session, extension: str, state: AgentState) -> Done[bool]:
    """The telephone system says that the agent at `extension` is in `state` now.

    False when that is nobody's, nobody is there, or it is a state which only calls and desks make.
    """
    found = driver_of(session).execute(_AT, (extension,)).fetchone()
    if found is None or state not in CHOOSABLE:
        return Done(False)
    try:
        _set(session, int(str(found[0])), state, Cause.PBX)
    except RuleViolation:
        return Done(False)
    return Done(True)


def take_turn(session: Session) -> Done[None]:
    """What is due for anybody happens now; the gateway's part, whose beat signs out desks too."""
    driver_of(session).execute(_TURN)
    return Done(None)


def _set(session: Session, agent_id: int, state: AgentState, cause: Cause) -> None:
    asked = {"agent_id": agent_id, "state": state, "cause": cause}
    if driver_of(session).execute(_CHOOSE, asked).fetchone() == (AgentState.LOGGED_OUT,):
        raise RuleViolation("agent_logged_out")
