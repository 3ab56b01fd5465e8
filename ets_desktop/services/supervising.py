"""What a supervisor does to people at desks (spec 60): forcing a state, logging off.

Guarded functions of migration 0030 do both, and write the access log: who, when, whom, why.
"""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.agent_states import CHOOSABLE, AgentState
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.logins import REASON_LIMIT
from ets_desktop.domain.tickets import tidy_line
from ets_desktop.domain.topics import Done
from ets_desktop.queries.duty import Duty, duty_of
from ets_desktop.services.ticket_rows import require_reason


@dataclass(frozen=True, slots=True)
class ForceState:
    """상담상태 of another one."""

    agent_id: int
    state: AgentState
    reason: str


@dataclass(frozen=True, slots=True)
class LogOff:
    """Every desk of another one is left, here and now."""

    agent_id: int
    reason: str


_FORCE = SQL("SELECT force_agent_state(%s, %s, %s)")
_LOG_OFF = SQL("SELECT log_agent_off(%s, %s)")


# No touched topics: everybody hears of it by trigger.


def force_state(session: Session, command: ForceState) -> Done[Duty]:
    """The agent is in that state, or will be after the call under way (`Duty.after`).

    RuleViolation `needs_reason`, `state_not_choosable`, `agent_logged_out`, `not_allowed` (to
    whoever is no supervisor, and of one's own state).
    """
    reason = _reason(command.reason)
    if command.state not in CHOOSABLE:
        raise RuleViolation("state_not_choosable")
    asked = (command.agent_id, command.state, reason)
    if driver_of(session).execute(_FORCE, asked).fetchone() == (AgentState.LOGGED_OUT,):
        raise RuleViolation("agent_logged_out")
    return Done(duty_of(session, command.agent_id))


def log_off(session: Session, command: LogOff) -> Done[None]:
    """Signed out, and told so at once; what is typed there stays in the journal of that PC.

    RuleViolation `needs_reason`, `agent_logged_out`, `not_allowed`.
    """
    reason = _reason(command.reason)
    if driver_of(session).execute(_LOG_OFF, (command.agent_id, reason)).fetchone() != (True,):
        raise RuleViolation("agent_logged_out")
    return Done(None)


def _reason(typed: str) -> str:
    return require_reason(tidy_line(typed)[:REASON_LIMIT], "reason")
