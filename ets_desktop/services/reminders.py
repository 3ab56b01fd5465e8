"""Reminding an agent of callbacks at their time, once each, by the database's clock."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.topics import Done
from ets_desktop.queries.reading import read, read_mappings


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
    """What is due and was not told before, all that was told and waits (`told`, by callback), and
    in how many seconds the next one is; None: never."""

    due: tuple[Reminder, ...]
    told: frozenset[int]
    next_in_s: float | None


# The row is locked until it says so: of two windows that ask at the same time, the second finds
# that its promise was told already.
_CLAIM = SQL("""
    WITH told AS (
        UPDATE callback b SET reminded_for = b.due_at
        FROM ticket t
        WHERE b.assignee_id = %(me)s AND b.outcome IS NULL AND b.due_at <= clock_timestamp()
          AND b.reminded_for IS DISTINCT FROM b.due_at
          AND t.id = b.ticket_id AND t.status IN ('received', 'transferred')
        RETURNING b.id, b.ticket_id, t.ticket_no, t.customer_id, b.number, b.due_at
    )
    SELECT told.id AS callback_id, told.ticket_id, told.ticket_no,
        coalesce(c.name, '') AS customer, told.number, told.due_at,
        extract(epoch FROM clock_timestamp() - told.due_at)::float8 AS late_s
    FROM told LEFT JOIN customer c ON c.id = told.customer_id ORDER BY told.due_at, told.id
""")
_NEXT = SQL("""
    SELECT array_agg(b.id) FILTER (WHERE b.reminded_for = b.due_at) AS told,
        extract(epoch FROM min(b.due_at) FILTER (WHERE b.reminded_for IS DISTINCT FROM b.due_at)
                           - clock_timestamp())::float8 AS next_in_s
    FROM callback b JOIN ticket t ON t.id = b.ticket_id
    WHERE b.assignee_id = %(me)s AND b.outcome IS NULL AND t.status IN ('received', 'transferred')
""")


def claim_reminders(session: Session, agent_id: int) -> Done[Reminders]:
    """The callbacks of `agent_id` to tell now: each due time comes out of here once, whichever
    desk asks and however late."""
    due = tuple(read(session, _CLAIM, {"me": agent_id}, Reminder))
    rest = read_mappings(session, _NEXT, {"me": agent_id})[0]
    next_in_s = None if rest["next_in_s"] is None else max(0.0, rest["next_in_s"])
    return Done(Reminders(due, frozenset(rest["told"] or ()), next_in_s))
