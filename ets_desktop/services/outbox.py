"""The outbox on its way out: taken, delivered at least once, tried again, given up (spec 30, ERP).

Taking is a lease, so that several pushers never send the same at the same time, and one that dies
leaves what it took to the next. The instructions of one order go in their order: a later one
waits until the earlier ones are sent or given up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.delivery import Miss, next_wait
from ets_desktop.domain.topics import OUTBOX, Done
from ets_desktop.erp.delivery import Instruction
from ets_desktop.queries.reading import read

# The lock is looked at again once it is held: two pushers that saw the same row take it once.
_TAKE = SQL("""
    UPDATE logistics_instruction SET tries = tries + 1,
        next_try_at = clock_timestamp() + %(lease)s
    WHERE id IN (
        SELECT i.id FROM logistics_instruction i
        WHERE i.state = 'waiting' AND i.next_try_at <= clock_timestamp()
            AND NOT EXISTS (
                SELECT FROM logistics_instruction e
                WHERE e.order_id = i.order_id AND e.state = 'waiting' AND e.id < i.id
            )
        ORDER BY i.next_try_at, i.id LIMIT %(most)s FOR UPDATE SKIP LOCKED
    )
    RETURNING id AS instruction_id, key, kind, paid_in_full, body, created_at, tries
""")
_SENT = SQL("UPDATE logistics_instruction SET state = 'sent', error = '' WHERE id = %(id)s")
# What another pusher brought there meanwhile stays there.
_MISSED = SQL("""
    UPDATE logistics_instruction SET error = %(error)s,
        state = CASE WHEN %(wait)s::interval IS NULL THEN 'failed' ELSE state END,
        next_try_at = clock_timestamp() + coalesce(%(wait)s, interval '0')
    WHERE id = %(id)s AND state = 'waiting'
""")
_ANEW = SQL("""
    UPDATE logistics_instruction SET state = 'waiting', tries = 0, error = '',
        next_try_at = clock_timestamp()
    WHERE state = 'failed' AND (%(keys)s::varchar[] IS NULL OR key = ANY(%(keys)s))
""")


@dataclass(frozen=True, slots=True)
class TakeInstructions:
    """`lease`: for how long nobody else takes them."""

    most: int = 50
    lease: timedelta = timedelta(minutes=10)


def take_instructions(session: Session, command: TakeInstructions) -> tuple[Instruction, ...]:
    """Those that are due, the longest waiting first; each counts as a try."""
    given = {"most": command.most, "lease": command.lease}
    return tuple(
        sorted(read(session, _TAKE, given, Instruction), key=lambda one: one.instruction_id)
    )


def note_delivery(session: Session, instruction: Instruction, miss: Miss | None) -> bool:
    """What became of one; true if it was given up."""
    if miss is None:
        driver_of(session).execute(_SENT, {"id": instruction.instruction_id})
        return False
    wait = next_wait(miss, instruction.tries)
    given = {"id": instruction.instruction_id, "error": str(miss), "wait": wait}
    driver_of(session).execute(_MISSED, given)
    return wait is None


def send_anew(session: Session, keys: Sequence[str] | None = None) -> int:
    """실패 goes back to 전송대기: those of `keys`, all of them without; how many there were."""
    cursor = driver_of(session).execute(_ANEW, {"keys": None if keys is None else list(keys)})
    return cursor.rowcount


def send_chosen_anew(session: Session, keys: tuple[str, ...]) -> Done[int]:
    """재전송 of those that failed among `keys`; how many there were."""
    count = send_anew(session, keys)
    return Done(count, frozenset({OUTBOX}) if count else frozenset())
