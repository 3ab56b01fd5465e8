"""The outbox as it stands: what waits, what arrived, what was given up (spec 30, ERP)."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read_mappings

_COUNTS = SQL("""
    SELECT state, error, count(*) AS count FROM logistics_instruction
    GROUP BY state, error ORDER BY count DESC, error
""")


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """`errors`: of those that wait after a miss or have failed, the most frequent first."""

    waiting: int
    sent: int
    failed: int
    errors: tuple[tuple[str, int], ...]


def outbox_counts(session: Session) -> OutboxCounts:
    """One pass over the outbox; for the command line, not for a screen that is open all day."""
    rows = read_mappings(session, _COUNTS, {})
    of_state = {
        state: sum(row["count"] for row in rows if row["state"] == state)
        for state in ("waiting", "sent", "failed")
    }
    errors = tuple((row["error"], row["count"]) for row in rows if row["error"])
    return OutboxCounts(**of_state, errors=errors)
