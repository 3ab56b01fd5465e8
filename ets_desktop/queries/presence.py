"""Who else has a ticket open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.presence import STALE_AFTER
from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class PersonThere:
    """Somebody at whose desk the ticket is in the form, since `opened_at`."""

    agent_id: int
    name: str
    opened_at: datetime


_OTHERS = SQL("""
    SELECT p.agent_id, a.name, min(p.opened_at) AS opened_at
    FROM ticket_presence p JOIN agent a ON a.id = p.agent_id
    WHERE p.ticket_id = %(ticket_id)s AND p.desk_id <> %(desk_id)s
      AND p.seen_at > clock_timestamp() - %(stale_after)s
    GROUP BY p.agent_id, a.name ORDER BY min(p.opened_at), p.agent_id
""")


def others_at(session: Session, desk_id: UUID, ticket_id: int) -> tuple[PersonThere, ...]:
    """Who has the ticket open beside this desk, who came first first; killed desks do not count."""
    asked = {"ticket_id": ticket_id, "desk_id": desk_id, "stale_after": STALE_AFTER}
    return tuple(read(session, _OTHERS, asked, PersonThere))
