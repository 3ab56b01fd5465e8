"""부재 calls are marked until somebody sees to the caller (spec 10, 당일 콜 히스토리, 대기열).

Triggers keep one row a caller in `missed_call`: of the agent who was called, or of the team when it
rang for a group (migration 0015). It is handled when a ticket is saved with the call, when somebody
of the team reaches the number, or when it is said to be (부재 처리). Whoever called thrice is
called back once, and a call that rang for a whole group is handled for all of it.
"""

from dataclasses import dataclass

import psycopg
from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain import phone
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.phone import NumberKind
from ets_desktop.domain.topics import Done, Topic, calls_topic
from ets_desktop.services.ticket_rows import require_reason

#: How far back a number's missed calls are looked for.
_DAYS = 7

#: Calls with the number of the `caller` that a colleague of `me` missed; all of them are over.
_MISSED_BY_TEAM = """
    SELECT c.id FROM ({caller}) caller JOIN call c ON c.caller_number = caller.caller_number
    WHERE c.rang_at > clock_timestamp() - interval '{days} days' AND EXISTS (
        SELECT FROM call_leg m
        WHERE m.call_id = c.id AND m.handled_at IS NULL AND m.direction = 'in'
          AND m.phase = 'ended' AND m.talked_at IS NULL
          AND m."end" NOT IN ('answered_elsewhere', 'transferred')
          AND m.extension IN (
              SELECT b.extension FROM agent a
              JOIN agent b ON b.id = a.id OR b.team_id = a.team_id WHERE {me}))
"""
#: In the order of their numbers, so that two who handle the same callers queue up.
_HANDLE = """
    UPDATE call_leg SET handled_at = clock_timestamp() WHERE id IN (
        SELECT l.id FROM call_leg l
        WHERE l.handled_at IS NULL AND {which}
        ORDER BY l.id FOR NO KEY UPDATE)
    RETURNING extension
"""


def _handling(own: str, caller: str, me: str) -> SQL:
    missed = _MISSED_BY_TEAM.format(caller=caller, me=me, days=_DAYS)
    calls = f"SELECT {own} UNION {missed}" if own else missed
    over = f"(l.phase = 'ended' OR l.call_id = {own})" if own else "l.phase = 'ended'"
    return SQL(_HANDLE.format(which=f"l.call_id = ANY (ARRAY({calls})) AND {over}"))


#: Of %(call_id)s, and what else its caller tried in vain at the team of %(actor_id)s.
HANDLE_CALL = _handling(
    "%(call_id)s::bigint",
    "SELECT caller_number FROM call WHERE id = %(call_id)s",
    "a.id = %(actor_id)s",
)
_HANDLE_NUMBER = _handling(
    "", "SELECT %(number)s::text AS caller_number", "a.extension = %(extension)s"
)
_EXISTS = SQL("SELECT FROM call WHERE id = %s")
_TAKE = SQL("SELECT take_missed_call(%(missed_call_id)s, %(actor_id)s)")
_GIVE_BACK = SQL("SELECT return_missed_call(%(missed_call_id)s, %(actor_id)s, %(reason)s)")
_NAME = SQL("SELECT name FROM agent WHERE id = %s")


@dataclass(frozen=True, slots=True)
class HandleMissedCall:
    """부재 처리: nothing is to be done about this call (any more)."""

    actor_id: int
    call_id: int


@dataclass(frozen=True, slots=True)
class TakeMissedCall:
    """수락: the actor sees to this caller of the team."""

    actor_id: int
    missed_call_id: int


@dataclass(frozen=True, slots=True)
class ReturnMissedCall:
    """반려: back to the team, and not offered to the actor again."""

    actor_id: int
    missed_call_id: int
    reason: str


def take_missed_call(session: Session, command: TakeMissedCall) -> Done[None]:
    """Who is first has it; again by the same: nothing.

    RuleViolation `missed_call_taken` (says by whom), `missed_call_done`, `not_allowed`.
    """
    asked = {"missed_call_id": command.missed_call_id, "actor_id": command.actor_id}
    driver = driver_of(session)
    (holder,) = _one(driver.execute(_TAKE, asked))
    if holder is None:
        raise RuleViolation("missed_call_done")
    if holder != command.actor_id:
        (name,) = _one(driver.execute(_NAME, (holder,)))
        raise RuleViolation("missed_call_taken", name=name)
    return Done(None)


def return_missed_call(session: Session, command: ReturnMissedCall) -> Done[None]:
    """RuleViolation `needs_reason`, `missed_call_not_returned`: it is one's own, a colleague's, or
    done by now."""
    reason = require_reason(command.reason, "return_reason")
    asked = {
        "missed_call_id": command.missed_call_id,
        "actor_id": command.actor_id,
        "reason": reason,
    }
    if driver_of(session).execute(_GIVE_BACK, asked).fetchone() != (True,):
        raise RuleViolation("missed_call_not_returned")
    return Done(None)


def handle_missed_call(session: Session, command: HandleMissedCall) -> Done[int]:
    """The value counts the legs that were taken off the lists. NotFound `no_such_call`."""
    driver = driver_of(session)
    if driver.execute(_EXISTS, (command.call_id,)).fetchone() is None:
        raise NotFound("no_such_call")
    asked = {"call_id": command.call_id, "actor_id": command.actor_id}
    extensions = [str(row[0]) for row in driver.execute(HANDLE_CALL, asked)]
    return Done(len(extensions), _told(extensions))


def handle_reached_number(session: Session, extension: str, number: str | None) -> None:
    """Whoever sits at `extension` talks to `number`: what its team missed of it is handled."""
    digits = phone.digits_of(number)
    if digits is not None and phone.kind(digits) is not NumberKind.INTERNAL:
        driver_of(session).execute(_HANDLE_NUMBER, {"number": digits, "extension": extension})


def _one(cursor: psycopg.Cursor[tuple[object, ...]]) -> tuple[object, ...]:
    row = cursor.fetchone()
    assert row is not None
    return row


def _told(extensions: list[str]) -> frozenset[Topic]:
    return frozenset(calls_topic(extension) for extension in extensions)
