"""대기열 whole: the offers, the callers who tried in vain, and to whom a task was offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.transfers import LIMITS, AcceptLimits
from ets_desktop.queries.customers import PHONE_EXPIRED
from ets_desktop.queries.queue import Queue, agent_queue
from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class MissedCallRow:
    """A caller to be called back: the agent's own, or the team's; names and number are whole.

    `tries` calls since `since`, the newest is `call_id`; `rang_here` when that rang at the agent's
    extension. `receiver` is the team, or the agent who was called.
    """

    missed_call_id: int
    call_id: int
    number: str
    customer_id: int | None
    customer: str
    queue: str
    receiver: str
    to_team: bool
    tries: int
    since: datetime
    late_at: datetime
    rang_here: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class OfferedTo:
    """To whom a task of the team lies open at this moment."""

    agent_id: int
    name: str


@dataclass(frozen=True, slots=True)
class WholeQueue:
    """Everything of one moment; `transfers` and `calls` tell the open offers by their ids."""

    queue: Queue
    missed: tuple[MissedCallRow, ...]
    transfers: Mapping[int, OfferedTo]
    calls: Mapping[int, OfferedTo]


_ONE_SNAPSHOT = SQL("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
_MISSED = SQL("""
    SELECT m.id AS missed_call_id, m.call_id, m.caller_number AS number, k.id AS customer_id,
        coalesce(k.name, c.caller_name) AS customer, c.queue,
        coalesce(t.name, (SELECT a.name FROM agent a WHERE a.id = m.agent_id)) AS receiver,
        m.team_id IS NOT NULL AS to_team, m.tries, m.since,
        m.since + CASE WHEN m.team_id IS NULL THEN %(within)s::interval
                       ELSE %(within_team)s::interval END AS late_at,
        EXISTS (SELECT FROM call_leg l JOIN agent a ON a.extension = l.extension
                WHERE l.call_id = m.call_id AND a.id = %(me)s) AS rang_here,
        m.taken_by IS NOT NULL AS taken
    FROM missed_call m JOIN call c ON c.id = m.call_id LEFT JOIN team t ON t.id = m.team_id
    LEFT JOIN LATERAL (
        SELECT CASE WHEN count(*) = 1 THEN min(found.customer_id) END AS id
        FROM (SELECT p.customer_id FROM customer_phone p
              WHERE p.digits = m.caller_number AND NOT {expired} LIMIT 2) found
    ) lone ON c.customer_id IS NULL
    LEFT JOIN customer k ON k.id = coalesce(c.customer_id, lone.id)
    WHERE m.done_at IS NULL
      AND (m.agent_id = %(me)s OR m.team_id = %(team)s)
      AND (m.taken_by IS NULL OR m.taken_by = %(me)s)
    ORDER BY m.since, m.id LIMIT 500
""").format(expired=PHONE_EXPIRED)
_OFFERS = SQL("""
    SELECT o.transfer_id, o.missed_call_id, a.id, a.name
    FROM task_offer o JOIN agent a ON a.id = o.agent_id
    WHERE o.ended_at IS NULL AND a.team_id = %s
""")


def whole_queue(
    session: Session, agent_id: int, team_id: int | None, limits: AcceptLimits = LIMITS
) -> WholeQueue:
    """대기열 and 진행 중 of one agent with the callers of the agent and of the team.

    Must be the first to read in its transaction.
    """
    driver = driver_of(session)
    driver.execute(_ONE_SNAPSHOT)
    queue = agent_queue(session, agent_id, team_id, limits)
    asked = {
        "me": agent_id,
        "team": team_id,
        "within": limits.agent,
        "within_team": limits.team,
    }
    missed = read(session, _MISSED, asked, MissedCallRow)
    transfers, calls = {}, {}
    for transfer_id, call_id, whose, name in driver.execute(_OFFERS, (team_id,)):
        offered = OfferedTo(int(str(whose)), str(name))
        if transfer_id is not None:
            transfers[int(str(transfer_id))] = offered
        else:
            calls[int(str(call_id))] = offered
    return WholeQueue(queue, tuple(missed), transfers, calls)
