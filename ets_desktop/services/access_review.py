"""What a supervisor does with the access log: having seen the exports that waited for one."""

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.topics import EXPORTS, Done

_SEE = SQL("UPDATE export_alert SET seen_at = clock_timestamp() WHERE seen_at IS NULL")


def see_exports(session: Session) -> Done[int]:
    """All that wait are seen now, by whoever is logged in; how many they were."""
    seen = driver_of(session).execute(_SEE).rowcount
    return Done(seen, frozenset({EXPORTS}) if seen else frozenset())
