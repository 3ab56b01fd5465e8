"""인수: who went on with a ticket that was an agent's (spec 20: the assignee is told)."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read, read_mappings

#: Numbers are given before a transaction ends: what was under way at the last look is looked at
#: once more.
_UNDER_WAY = 200


@dataclass(frozen=True, slots=True)
class TakeOver:
    """`who` has taken over the ticket."""

    activity_id: int
    ticket_id: int
    ticket_no: str
    who: str


_LAST = SQL("SELECT coalesce(max(id), 0) AS last FROM activity")
_TAKEN = SQL("""
    SELECT n.id AS activity_id, t.id AS ticket_id, t.ticket_no, a.name AS who
    FROM activity n JOIN ticket t ON t.id = n.ticket_id JOIN agent a ON a.id = n.agent_id
    WHERE n.id > %(after)s AND n.kind = 'take_over' AND n.agent_id <> %(me)s
      AND EXISTS (
        SELECT FROM ticket_history h
        WHERE h.ticket_id = n.ticket_id AND h.field = 'assignee_id' AND h.old = %(old)s
          AND h.changed_by = n.agent_id
          AND h.changed_at BETWEEN n.at - interval '10 seconds' AND n.at + interval '10 seconds')
    ORDER BY n.id
""")


def take_overs(
    session: Session, agent_id: int, after: int | None
) -> tuple[int, tuple[TakeOver, ...]]:
    """Of tickets whose assignee was `agent_id`, behind the id of an earlier look; None for the
    first one, which finds only what may have been under way. Some rows come twice.

    Returns behind which id to look the next time, and the rows, oldest first.
    """
    last = int(read_mappings(session, _LAST, {})[0]["last"])
    asked = {
        "me": agent_id,
        "old": str(agent_id),
        "after": last - _UNDER_WAY if after is None else after,
    }
    rows = tuple(read(session, _TAKEN, asked, TakeOver))
    return max(0, last - _UNDER_WAY), rows
