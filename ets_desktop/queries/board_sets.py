"""Which tickets and calls the numbers of 현황판 count: one SQL for counts and for lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from psycopg.sql import SQL, Composed
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.ageing import RED_AFTER
from ets_desktop.domain.board import CallKind, TicketKind, age_bounds, day_span
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.transfers import AcceptLimits
from ets_desktop.queries.reading import read_mappings

#: A leg that nobody ended for hours is no call under way (migration 0015).
_LIVE = SQL("l.phase <> 'ended' AND l.rang_at > %(now)s - interval '4 hours'")
_ONE_SNAPSHOT = SQL("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
_MOMENT = SQL("SELECT statement_timestamp() AS moment")


@dataclass(frozen=True, slots=True)
class TicketSet:
    """Tickets `t` in SQL: where they are found, which, whose they are (`who`, an agent), and which
    of them are a team's."""

    source: SQL
    which: SQL | Composed
    who: SQL
    of_team: SQL

    def found(self, team_id: int | None) -> Composed:
        """FROM … WHERE …, of a team or of all."""
        found = SQL("FROM {} WHERE {}").format(self.source, self.which)
        return found if team_id is None else SQL("{} AND {}").format(found, self.of_team)


_OPEN = SQL("t.status IN ('received', 'transferred')")
IS_RED = SQL("(t.due_on < %(today)s OR t.created_at <= %(red_before)s)")
_TEAMS_AGENTS = "(SELECT a.id FROM agent a WHERE a.team_id = %(team)s)"
_HOLDERS = SQL(f"(t.assignee_id IN {_TEAMS_AGENTS} OR t.assignee_team_id = %(team)s)")
_WAITING = SQL("""
    t.status = 'transferred'
    AND x.accepted_at IS NULL AND x.returned_at IS NULL AND x.recalled_at IS NULL
""")
IS_LATE = SQL("""
    %(now)s >= x.sent_at + CASE WHEN x.to_team_id IS NULL THEN %(within)s ELSE %(within_team)s END
""")
_TICKETS = SQL("ticket t")
_OFFERS = SQL("transfer x JOIN ticket t ON t.id = x.ticket_id")
_RECEIVERS = SQL(f"(x.to_agent_id IN {_TEAMS_AGENTS} OR x.to_team_id = %(team)s)")

TICKET_SETS: Mapping[TicketKind, TicketSet] = MappingProxyType(
    {
        TicketKind.OPEN: TicketSet(_TICKETS, _OPEN, SQL("t.assignee_id"), _HOLDERS),
        TicketKind.OVERDUE: TicketSet(
            _TICKETS, SQL("{} AND {}").format(_OPEN, IS_RED), SQL("t.assignee_id"), _HOLDERS
        ),
        TicketKind.RECEIVED: TicketSet(
            _TICKETS,
            SQL("t.created_at >= %(day)s AND t.created_at < %(day_end)s"),
            SQL("t.created_by"),
            SQL(f"t.created_by IN {_TEAMS_AGENTS}"),
        ),
        TicketKind.COMPLETED: TicketSet(
            _TICKETS,
            SQL("t.completed_at >= %(day)s AND t.completed_at < %(day_end)s"),
            SQL("t.completed_by"),
            SQL(f"t.completed_by IN {_TEAMS_AGENTS}"),
        ),
        TicketKind.WAITING: TicketSet(_OFFERS, _WAITING, SQL("x.to_agent_id"), _RECEIVERS),
        TicketKind.LATE: TicketSet(
            _OFFERS,
            SQL("{} AND {}").format(_WAITING, IS_LATE),
            SQL("x.to_agent_id"),
            _RECEIVERS,
        ),
    }
)

#: Calls `c` from outside with what their legs `l` say together.
HEARD = SQL("""
    call c CROSS JOIN LATERAL (
        SELECT min(l.talked_at) AS talked_at, bool_and(l.phase = 'ended') AS over,
            bool_or(l."end" IN ('answered_elsewhere', 'transferred')) AS elsewhere,
            bool_or(a.team_id = %(team)s) AS of_team
        FROM call_leg l LEFT JOIN agent a ON a.extension = l.extension
        WHERE l.call_id = c.id
    ) legs
    WHERE c.direction = 'in' AND c.rang_at >= %(day)s AND c.rang_at < %(day_end)s
      AND (%(team)s::smallint IS NULL OR legs.of_team)
""")
IS_ANSWERED = SQL("legs.talked_at IS NOT NULL")
#: As domain/calls.is_missed says it of a leg.
IS_ABANDONED = SQL("(legs.over AND legs.talked_at IS NULL AND NOT coalesce(legs.elsewhere, false))")
#: Which half hour of the day, from 0.
HALF_HOUR_OF = SQL("floor(extract(epoch FROM c.rang_at - %(day)s) / 1800)::integer")

_RINGING = SQL("""
    call c
    WHERE c.direction = 'in' AND c.id IN (
        SELECT l.call_id FROM call_leg l WHERE l.phase = 'ringing' AND {live})
      AND NOT EXISTS (SELECT FROM call_leg l WHERE l.call_id = c.id
                      AND l.phase IN ('talking', 'held'))
      AND (%(team)s::smallint IS NULL OR EXISTS (
          SELECT FROM call_leg l JOIN agent a ON a.extension = l.extension
          WHERE l.call_id = c.id AND a.team_id = %(team)s))
""").format(live=_LIVE)

#: A call at an extension as 당일통화내역 tells it: its last leg there, or the one that talked.
AT_AGENTS = SQL("""
    (
        SELECT DISTINCT ON (a.id, l.call_id) a.id AS agent_id, a.team_id, l.*
        FROM agent a JOIN call_leg l ON l.extension = a.extension
        WHERE l.rang_at >= %(day)s AND l.rang_at < %(day_end)s
        ORDER BY a.id, l.call_id, (l.talked_at IS NOT NULL) DESC, l.rang_at DESC, l.id DESC
    ) leg JOIN call c ON c.id = leg.call_id
    WHERE c.direction <> 'internal' AND (%(team)s::smallint IS NULL OR leg.team_id = %(team)s)
""")
IS_TALKED = SQL("leg.talked_at IS NOT NULL")
IS_MISSED = SQL("""
    (leg.direction = 'in' AND leg."end" IS NOT NULL AND leg.talked_at IS NULL
     AND leg."end" NOT IN ('answered_elsewhere', 'transferred'))
""")

#: FROM and WHERE of each kind.
CALL_SETS: Mapping[CallKind, SQL | Composed] = MappingProxyType(
    {
        CallKind.RECEIVED: HEARD,
        CallKind.ANSWERED: SQL("{} AND {}").format(HEARD, IS_ANSWERED),
        CallKind.ABANDONED: SQL("{} AND {}").format(HEARD, IS_ABANDONED),
        CallKind.RINGING: _RINGING,
        CallKind.TALKED: SQL("{} AND {}").format(AT_AGENTS, IS_TALKED),
        CallKind.MISSED: SQL("{} AND {}").format(AT_AGENTS, IS_MISSED),
    }
)


def look(session: Session) -> datetime:
    """All that is read from now on in this transaction is of one moment; no older than that.

    Must be the first to read in its transaction.
    """
    driver_of(session).execute(_ONE_SNAPSHOT)
    moment: datetime = read_mappings(session, _MOMENT, {})[0]["moment"]
    return moment


def asked_at(now: datetime, team_id: int | None, limits: AcceptLimits) -> dict[str, Any]:
    """The parameters of all that stands above."""
    day, day_end = day_span(now)
    return {
        "now": now,
        "team": team_id,
        "day": day,
        "day_end": day_end,
        "today": seoul_date(now),
        "red_before": now - RED_AFTER,
        "bounds": list(age_bounds(now)),
        "within": limits.agent,
        "within_team": limits.team,
    }
