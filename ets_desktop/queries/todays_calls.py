"""당일통화내역: today's calls of an agent with the numbers of 담당자관련이력, of one moment."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.ageing import RED_AFTER
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.transfers import LIMITS, AcceptLimits
from ets_desktop.queries.calls import CallHistoryRow, call_history
from ets_desktop.queries.work import AgentWork, agent_work


@dataclass(frozen=True, slots=True)
class TodaysCalls:
    """`overdue` holds the tickets of these calls that are red."""

    work: AgentWork
    calls: tuple[CallHistoryRow, ...]
    overdue: frozenset[int]


_ONE_SNAPSHOT = SQL("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
_OVERDUE = SQL("""
    SELECT id FROM ticket
    WHERE id = ANY(%(ids)s) AND status IN ('received', 'transferred')
      AND (due_on < %(today)s OR created_at <= %(red_before)s)
""")


def todays_calls(
    session: Session,
    agent_id: int,
    extension: str,
    now: datetime,
    limits: AcceptLimits = LIMITS,
) -> TodaysCalls:
    """Rows and numbers from one snapshot; `now` decides what is today and what is red.

    Must be the first to read in its transaction.
    """
    driver = driver_of(session)
    driver.execute(_ONE_SNAPSHOT)
    work = agent_work(session, agent_id, now, limits)
    calls = call_history(session, extension, seoul_date(now))
    asked = {
        "ids": [call.ticket_id for call in calls if call.ticket_id is not None],
        "today": seoul_date(now),
        "red_before": now - RED_AFTER,
    }
    found = driver.execute(_OVERDUE, asked).fetchall() if asked["ids"] else []
    return TodaysCalls(work, calls, frozenset(int(str(row[0])) for row in found))
