"""폭언: a call is marked by who had it, once (spec 40; spec 60 reports it)."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.topics import Done


@dataclass(frozen=True, slots=True)
class MarkAbusiveCall:
    """통화 표시, after `warnings_read` sentences of the warning."""

    actor_id: int
    call_id: int
    warnings_read: int = 0


_MARK = SQL("""
    INSERT INTO abusive_call (call_id, agent_id, warnings_read)
    VALUES (%(call_id)s, %(actor_id)s, %(warnings_read)s)
    ON CONFLICT (call_id, agent_id) DO NOTHING
""")


def mark_abusive_call(session: Session, command: MarkAbusiveCall) -> Done[bool]:
    """False when the actor marked it before. RuleViolation `not_allowed` for somebody else's."""
    asked = {
        "call_id": command.call_id,
        "actor_id": command.actor_id,
        "warnings_read": command.warnings_read,
    }
    return Done(driver_of(session).execute(_MARK, asked).rowcount == 1)
