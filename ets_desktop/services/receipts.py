"""Which presses of a button are done: what is sent twice is done once (spec 85)."""

from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of

#: Waits for a first arrival that is still under way, so that one of the two is the second.
_RECEIPT = SQL("""
    INSERT INTO save_receipt (save_id, agent_id) VALUES (%(save_id)s, %(agent_id)s)
    ON CONFLICT DO NOTHING
""")


def is_first_arrival(session: Session, save_id: UUID, agent_id: int) -> bool:
    """True once for each `save_id`, if this transaction commits."""
    given = {"save_id": save_id, "agent_id": agent_id}
    return driver_of(session).execute(_RECEIPT, given).rowcount == 1
