"""What came of a wish to dial."""

from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of

_OUTCOME = SQL("SELECT outcome FROM dial_request WHERE client_id = %s")


def dial_outcome(session: Session, client_id: UUID) -> str | None:
    """`domain.dialling.DIALLED`, the code of why not, None while the gateway has not answered."""
    row = driver_of(session).execute(_OUTCOME, (client_id,)).fetchone()
    return None if row is None or row[0] is None else str(row[0])
