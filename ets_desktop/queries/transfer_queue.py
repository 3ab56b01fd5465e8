"""이관 큐 of supervisors (spec 60): every transferred ticket not yet done, and who could do it."""

from dataclasses import dataclass, fields
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.spreading import Candidate
from ets_desktop.domain.transfers import LIMITS, WAITING, AcceptLimits, is_ping_pong
from ets_desktop.queries.reading import read_mappings
from ets_desktop.queries.tickets import TICKET_COLUMNS, TRANSFER_STATE
from ets_desktop.queries.work import TransferredRow

#: More than a house hands on in days; the age of the list says that there are more.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class QueuedRow(TransferredRow):
    """A transferred ticket with its newest hop; exactly one of `to_agent_id` and `to_team_id` is
    set. `receiver_team` is that team, or the receiving agent's ("" for none)."""

    from_agent_id: int
    to_agent_id: int | None
    to_team_id: int | None
    receiver_team_id: int | None
    receiver_team: str

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has accepted it yet."""
        return self.transfer_state in WAITING

    def is_alarming(self, now: datetime) -> bool:
        """Stands on top: passed to and fro, or left lying unaccepted (spec 20)."""
        return is_ping_pong(self.hop) or (self.is_waiting and now >= self.late_at)


@dataclass(frozen=True, slots=True)
class TransferQueue:
    """All of one moment: what alarms first, then what has priority, then who waits longest;
    whether there are `more` than these."""

    rows: tuple[QueuedRow, ...]
    as_of: datetime
    more: bool


_QUEUE = SQL("""
    WITH hop AS (
        SELECT newest.*
        FROM ticket t CROSS JOIN LATERAL (
            SELECT x.* FROM transfer x WHERE x.ticket_id = t.id ORDER BY x.id DESC LIMIT 1
        ) newest
        WHERE t.status = 'transferred'
    ), listed AS (
        SELECT {columns}, x.id AS transfer_id, x.from_agent_id, x.to_agent_id, x.to_team_id,
            f.name AS from_agent,
            coalesce(r.name, m.name) AS to_agent,
            m.id AS receiver_team_id, coalesce(m.name, '') AS receiver_team,
            x.to_team_id IS NOT NULL AS to_team, x.reason, x.sent_at,
            {state} AS transfer_state, x.hop,
            x.sent_at + CASE WHEN x.to_team_id IS NULL THEN %(within)s ELSE %(within_team)s END
                AS late_at,
            t.priority, priority_rank(t.priority) AS rank
        FROM hop x JOIN ticket t ON t.id = x.ticket_id
        JOIN agent f ON f.id = x.from_agent_id LEFT JOIN agent r ON r.id = x.to_agent_id
        LEFT JOIN team m ON m.id = coalesce(x.to_team_id, r.team_id)
        WHERE %(team)s::smallint IS NULL
           OR %(team)s::smallint IN (f.team_id, r.team_id, x.to_team_id)
        ORDER BY rank, x.sent_at, x.id LIMIT %(most)s
    )
    SELECT statement_timestamp() AS as_of, listed.*
    FROM (VALUES (1)) one LEFT JOIN listed ON true
    ORDER BY listed.rank, listed.sent_at, listed.transfer_id
""").format(columns=TICKET_COLUMNS, state=TRANSFER_STATE)
#: Counted as 담당자관련이력 counts what is open (ix_ticket_assignee_status_open).
_CANDIDATES = SQL("""
    SELECT a.id AS agent_id, a.name, a.state,
        (SELECT count(*) FROM ticket t
         WHERE t.assignee_id = a.id AND t.status IN ('received', 'transferred')) AS open_load
    FROM agent a
    WHERE a.active AND a.role = 'agent'
      AND (%(team)s::smallint IS NULL OR a.team_id = %(team)s::smallint)
    ORDER BY a.name, a.id
""")


def transfer_queue(
    session: Session, team_id: int | None, limits: AcceptLimits = LIMITS
) -> TransferQueue:
    """Of a team: handed on by or to one of it, or to the team itself; None: of all."""
    asked = {
        "team": team_id,
        "within": limits.agent,
        "within_team": limits.team,
        "most": MOST + 1,
    }
    found = read_mappings(session, _QUEUE, asked)
    as_of: datetime = found[0]["as_of"]
    names = [field.name for field in fields(QueuedRow)]
    rows = [
        QueuedRow(**{name: row[name] for name in names})
        for row in found
        if row["ticket_id"] is not None
    ]
    shown = sorted(rows[:MOST], key=lambda row: not row.is_alarming(as_of))
    return TransferQueue(tuple(shown), as_of, len(rows) > MOST)


def spread_candidates(session: Session, team_id: int | None) -> tuple[Candidate, ...]:
    """The active agents of a team (None: of all) by name, as 균등배분 looks at them."""
    found = read_mappings(session, _CANDIDATES, {"team": team_id})
    return tuple(
        Candidate(row["agent_id"], row["name"], AgentState(row["state"]), row["open_load"])
        for row in found
    )
