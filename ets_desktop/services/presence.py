"""Saying which ticket a desk has open (spec 20, presence). Nothing here ever locks a ticket."""

from dataclasses import dataclass
from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.presence import STALE_AFTER
from ets_desktop.domain.topics import Done
from ets_desktop.queries.presence import PersonThere, others_at


@dataclass(frozen=True, slots=True)
class BeAtTicket:
    """The ticket is in the form of the desk `desk_id` (one id from login to close)."""

    actor_id: int
    desk_id: UUID
    ticket_id: int


# No touched topics: other desks hear of it by trigger, and a beat is no news.
_BE = SQL("""
    INSERT INTO ticket_presence (desk_id, ticket_id, agent_id)
    VALUES (%(desk_id)s, %(ticket_id)s, %(actor_id)s)
    ON CONFLICT (desk_id) DO UPDATE
        SET ticket_id = excluded.ticket_id, seen_at = clock_timestamp()
""")
_SWEEP = SQL("DELETE FROM ticket_presence WHERE seen_at < clock_timestamp() - %s")
_LEAVE = SQL("DELETE FROM ticket_presence WHERE desk_id = %s")


def be_at_ticket(session: Session, command: BeAtTicket) -> Done[tuple[PersonThere, ...]]:
    """Opened, or still open (a beat): the value is who else is there.

    What killed desks left behind is swept; a desk that was taken for one comes back by itself.
    """
    driver = driver_of(session)
    driver.execute(_SWEEP, (STALE_AFTER,))
    asked = {
        "desk_id": command.desk_id,
        "ticket_id": command.ticket_id,
        "actor_id": command.actor_id,
    }
    driver.execute(_BE, asked)
    return Done(others_at(session, command.desk_id, command.ticket_id))


def leave_ticket(session: Session, desk_id: UUID) -> Done[None]:
    """The desk has no ticket open any more; harmless when it had none."""
    driver_of(session).execute(_LEAVE, (desk_id,))
    return Done(None)
