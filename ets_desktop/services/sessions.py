"""A login at a desk (spec 80): one a person, ended by the next, by idleness, by the account's end.

Migration 0021 decides; the access log is told there of logins and their ends.
"""

from dataclasses import dataclass
from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.topics import Done
from ets_desktop.queries.reading import read_mappings

IDLE_MINUTES = 15
_MOST_IDLE_MINUTES = 60


@dataclass(frozen=True, slots=True)
class EndSession:
    """`why` is "left" or "idle"."""

    session_id: UUID
    why: str


_BEGIN = SQL("SELECT begin_session(%s)")
_END = SQL("SELECT end_session(%s, %s)")
_ENDED = SQL("SELECT coalesce(session_ended(%(session_id)s), '') AS why")
_RULES = SQL("SELECT value -> 'idle_minutes' AS idle FROM setting WHERE key = 'session_rules'")


def begin_session(session: Session, session_id: UUID) -> Done[int]:
    """This login is the one from now on; the minutes without input after which it ends (setting
    `session_rules`, {"idle_minutes": 15}; 0: never). Harmless a second time."""
    driver_of(session).execute(_BEGIN, [session_id])
    stored = read_mappings(session, _RULES, {})
    idle = stored[0]["idle"] if stored else None
    if type(idle) is int and 0 <= idle <= _MOST_IDLE_MINUTES:
        return Done(idle)
    return Done(IDLE_MINUTES)


def session_ended(session: Session, session_id: UUID) -> str:
    """Why that login is over: `second_login`, `disabled`, `logged_off` (by a supervisor), `idle`,
    `left`; "" while it is not."""
    return str(read_mappings(session, _ENDED, {"session_id": session_id})[0]["why"])


def end_session(session: Session, command: EndSession) -> Done[None]:
    """Logged out; harmless for one that is over already."""
    driver_of(session).execute(_END, [command.session_id, command.why])
    return Done(None)
