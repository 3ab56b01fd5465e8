"""Reminding an agent of callbacks at their time, once each, by the database's clock.

A desk claims what is due, shows it, and says so. One that ended in between loses its claim after
`LEASE`: the reminder is offered again, to whichever desk of that agent asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.topics import Done
from ets_desktop.queries.reading import read, read_mappings

#: So long a desk has for what takes it milliseconds.
LEASE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A promise whose time has come; names and number are whole."""

    callback_id: int
    ticket_id: int
    ticket_no: str
    customer: str
    number: str
    due_at: datetime
    late_s: float


@dataclass(frozen=True, slots=True)
class Reminders:
    """What is due for this desk to tell, all that is due and waits (`told`, by callback: told
    before, or being told), and in how many seconds to ask again; None: never."""

    due: tuple[Reminder, ...]
    told: frozenset[int]
    next_in_s: float | None


# The row is locked until it says so: of two windows that ask at the same time, the second finds
# that its promise is being told already.
_CLAIM = SQL("""
    WITH told AS (
        UPDATE callback b SET reminding_until = clock_timestamp() + %(lease)s
        FROM ticket t
        WHERE b.assignee_id = %(me)s AND b.outcome IS NULL AND b.due_at <= clock_timestamp()
          AND b.reminded_for IS DISTINCT FROM b.due_at
          AND coalesce(b.reminding_until <= clock_timestamp(), true)
          AND t.id = b.ticket_id AND t.status IN ('received', 'transferred')
        RETURNING b.id, b.ticket_id, t.ticket_no, t.customer_id, b.number, b.due_at
    )
    SELECT told.id AS callback_id, told.ticket_id, told.ticket_no,
        coalesce(c.name, '') AS customer, told.number, told.due_at,
        extract(epoch FROM clock_timestamp() - told.due_at)::float8 AS late_s
    FROM told LEFT JOIN customer c ON c.id = told.customer_id ORDER BY told.due_at, told.id
""")
_NEXT = SQL("""
    SELECT array_agg(b.id) FILTER (WHERE b.due_at <= clock_timestamp()) AS told,
        extract(epoch FROM min(greatest(b.due_at, b.reminding_until))
                           FILTER (WHERE b.reminded_for IS DISTINCT FROM b.due_at
                                   AND NOT b.id = ANY(%(claimed)s))
                           - clock_timestamp())::float8 AS next_in_s
    FROM callback b JOIN ticket t ON t.id = b.ticket_id
    WHERE b.assignee_id = %(me)s AND b.outcome IS NULL AND t.status IN ('received', 'transferred')
""")
_TOLD = SQL("""
    UPDATE callback SET reminded_for = due_at, reminding_until = NULL
    WHERE id = %(id)s AND due_at = %(due_at)s AND assignee_id = %(me)s AND outcome IS NULL
      AND reminded_for IS DISTINCT FROM due_at
""")


def claim_reminders(session: Session, agent_id: int) -> Done[Reminders]:
    """The callbacks of `agent_id` to tell now, by whichever desk asks first and however late; it
    says `reminders_told` once they are shown."""
    due = tuple(read(session, _CLAIM, {"me": agent_id, "lease": LEASE}, Reminder))
    claimed = [reminder.callback_id for reminder in due]
    rest = read_mappings(session, _NEXT, {"me": agent_id, "claimed": claimed})[0]
    next_in_s = None if rest["next_in_s"] is None else max(0.0, rest["next_in_s"])
    return Done(Reminders(due, frozenset(rest["told"] or ()), next_in_s))


def reminders_told(session: Session, agent_id: int, told: Iterable[Reminder]) -> Done[None]:
    """They are shown: each of these due times comes out no more. One that was moved, settled or
    given to somebody else meanwhile stays as it is."""
    for reminder in told:
        shown = {"id": reminder.callback_id, "due_at": reminder.due_at, "me": agent_id}
        driver_of(session).execute(_TOLD, shown)
    return Done(None)
