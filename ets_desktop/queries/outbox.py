"""The outbox as it stands: what waits, what arrived, what was given up (spec 30, ERP)."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL, Literal
from sqlalchemy.orm import Session

from ets_desktop.domain.paging import Page
from ets_desktop.queries.reading import page_of, read, read_mappings

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


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """One on its way out, without what it says; `rank` orders the states: failed, waiting, sent.

    `error` is a code and perhaps a detail (domain/delivery.py); `created_by` a name or "".
    """

    instruction_id: int
    rank: int
    key: str
    kind: str
    state: str
    order_id: int
    order_no: str
    claim_no: str
    tries: int
    next_try_at: datetime
    error: str
    created_at: datetime
    sent_at: datetime | None
    created_by: str


#: As they stand: what was given up first.
STATES = ("failed", "waiting", "sent")
_BRANCH = """
    (SELECT i.*, {rank} AS rank FROM logistics_instruction i
     WHERE i.state = {state} AND {state} = ANY(%(states)s)
       AND ({rank} > %(rank)s OR ({rank} = %(rank)s AND i.id < %(id)s))
     ORDER BY i.id DESC LIMIT %(limit)s)
"""
_ROWS = SQL(
    """
    SELECT i.id AS instruction_id, i.rank, i.key, i.kind, i.state, i.order_id, o.order_no,
        coalesce(c.claim_no, '') AS claim_no, i.tries, i.next_try_at, i.error, i.created_at,
        i.sent_at, coalesce(a.name, '') AS created_by
    FROM (SELECT * FROM ({branches}) u ORDER BY u.rank, u.id DESC LIMIT %(limit)s) i
        JOIN sales_order o ON o.id = i.order_id
        LEFT JOIN claim c ON c.id = i.claim_id LEFT JOIN agent a ON a.id = i.created_by
    ORDER BY i.rank, i.id DESC
"""
).format(
    branches=SQL(" UNION ALL ").join(
        SQL(_BRANCH).format(rank=Literal(rank), state=Literal(state))
        for rank, state in enumerate(STATES)
    )
)


def outbox_page(
    session: Session, states: tuple[str, ...], after: tuple[object, ...] | None, size: int
) -> Page[InstructionRow]:
    """The instructions of `states`, the newest of each state first."""
    rank, last = after or (-1, 0)
    given = {"states": list(states), "rank": rank, "id": last, "limit": size + 1}
    return page_of(read(session, _ROWS, given, InstructionRow), size, "rank", "instruction_id")


def outbox_counts(session: Session) -> OutboxCounts:
    """One pass over the outbox; for the command line, not for a screen that is open all day."""
    rows = read_mappings(session, _COUNTS, {})
    of_state = {
        state: sum(row["count"] for row in rows if row["state"] == state)
        for state in ("waiting", "sent", "failed")
    }
    errors = tuple((row["error"], row["count"]) for row in rows if row["error"])
    return OutboxCounts(**of_state, errors=errors)
