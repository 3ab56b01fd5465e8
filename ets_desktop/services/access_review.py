"""What is done with the access log: seeing the exports that waited, reading a month's report."""

from datetime import date

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.topics import EXPORTS, Done
from ets_desktop.queries.access_report import AccessMonth, access_month
from ets_desktop.queries.reading import read_at
from ets_desktop.services.access import LogAccess, log_access

_SEE = SQL("UPDATE export_alert SET seen_at = clock_timestamp() WHERE seen_at IS NULL")


def see_exports(session: Session) -> Done[int]:
    """All that wait are seen now, by whoever is logged in; how many they were."""
    seen = driver_of(session).execute(_SEE).rowcount
    return Done(seen, frozenset({EXPORTS}) if seen else frozenset())


def report_access(session: Session, month: date | None = None) -> AccessMonth:
    """The whole month of that day, None: the one before this; that it was read is logged."""
    first = month or _month_before(seoul_date(read_at(session)))
    found = access_month(session, first)
    log_access(session, LogAccess("access_report", condition={"month": f"{first:%Y-%m}"}))
    return found


def _month_before(day: date) -> date:
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)
