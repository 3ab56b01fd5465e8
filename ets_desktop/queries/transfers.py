"""최근이관이력, the chain of one ticket, and what became of offers since a desk looked last."""

from dataclasses import dataclass, fields
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.paging import Page
from ets_desktop.domain.transfers import LIMITS, PING_PONG_HOP, AcceptLimits
from ets_desktop.queries.reading import page_of, read, read_mappings
from ets_desktop.queries.tickets import FROM_THE_TOP, TRANSFER_STATE


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One hop and the ticket as it stands now; `to_agent` may be a team, `transfer_state` a
    TransferState, `hop` counts from 1."""

    transfer_id: int
    sent_at: datetime
    from_agent: str
    to_agent: str
    reason: str
    transfer_state: str
    hop: int
    ticket_id: int
    ticket_no: str
    customer: str
    title: str
    status: str
    created_at: datetime
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChainHop:
    """One hop in the chain of a ticket; `to_agent` may be a team, `settled_at` is None while it
    waits, `return_reason` "" unless it was returned with one."""

    hop: int
    from_agent: str
    to_agent: str
    reason: str
    sent_at: datetime
    transfer_state: str
    settled_at: datetime | None
    return_reason: str


@dataclass(frozen=True, slots=True)
class OfferNews:
    """An offer to me or my team that waits, or one of mine as it stands; `by_me`: I sent it.

    `to_agent` may be a team until one of it has taken the ticket.
    """

    transfer_id: int
    ticket_id: int
    ticket_no: str
    by_me: bool
    from_agent: str
    to_agent: str
    to_team: bool
    reason: str
    transfer_state: str
    return_reason: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """An offer a supervisor hears of: late (unaccepted too long) or ping-pong (from the third
    hop on)."""

    transfer_id: int
    ticket_id: int
    ticket_no: str
    from_agent: str
    to_agent: str
    hop: int
    is_late: bool
    is_ping_pong: bool


@dataclass(frozen=True, slots=True)
class Alarms:
    """The alarms as they stand, and in how many seconds the next offer is late; None: never."""

    alarms: tuple[Alarm, ...]
    next_in_s: float | None


_RECENT = SQL("""
    SELECT x.id AS transfer_id, x.sent_at, f.name AS from_agent,
        coalesce((SELECT a.name FROM agent a WHERE a.id = x.to_agent_id),
                 (SELECT m.name FROM team m WHERE m.id = x.to_team_id)) AS to_agent,
        x.reason, {state} AS transfer_state, x.hop, t.id AS ticket_id, t.ticket_no,
        coalesce((SELECT c.name FROM customer c WHERE c.id = t.customer_id), '') AS customer,
        t.title, t.status, t.created_at, t.completed_at
    FROM transfer x JOIN ticket t ON t.id = x.ticket_id JOIN agent f ON f.id = x.from_agent_id
    WHERE (x.sent_at, x.id) < (%(at)s, %(last)s)
    ORDER BY x.sent_at DESC, x.id DESC LIMIT %(size)s
""").format(state=TRANSFER_STATE)


def recent_transfers(
    session: Session, after: tuple[object, ...] | None, size: int
) -> Page[TransferRow]:
    """The hops of all tickets, newest first."""
    at, last = after or FROM_THE_TOP
    rows = read(session, _RECENT, {"at": at, "last": last, "size": size + 1}, TransferRow)
    return page_of(rows, size, "sent_at", "transfer_id")


_WAITING = SQL("x.accepted_at IS NULL AND x.returned_at IS NULL AND x.recalled_at IS NULL")
_RECEIVER = SQL("""
    coalesce((SELECT a.name FROM agent a WHERE a.id = x.to_agent_id),
             (SELECT m.name FROM team m WHERE m.id = x.to_team_id))
""")
_CHAIN = SQL("""
    SELECT x.hop, f.name AS from_agent, {receiver} AS to_agent, x.reason, x.sent_at,
        {state} AS transfer_state, coalesce(x.accepted_at, x.returned_at, x.recalled_at)
            AS settled_at, x.return_reason
    FROM transfer x JOIN agent f ON f.id = x.from_agent_id
    WHERE x.ticket_id = %(ticket_id)s ORDER BY x.id
""").format(receiver=_RECEIVER, state=TRANSFER_STATE)
#: Who of a team took it, as long as the ticket went no further.
_TAKER = SQL("""
    (SELECT a.name FROM agent a WHERE a.id = t.assignee_id AND x.to_team_id IS NOT NULL
        AND x.accepted_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM transfer y WHERE y.ticket_id = x.ticket_id AND y.hop > x.hop))
""")
_NEWS = SQL("""
    SELECT x.id AS transfer_id, x.ticket_id, t.ticket_no, x.from_agent_id = %(me)s AS by_me,
        (SELECT a.name FROM agent a WHERE a.id = x.from_agent_id) AS from_agent,
        coalesce({taker}, {receiver}) AS to_agent, x.to_team_id IS NOT NULL AS to_team, x.reason,
        {state} AS transfer_state, x.return_reason
    FROM (
        SELECT * FROM transfer x WHERE {waiting} AND x.from_agent_id <> %(me)s
            AND (x.to_agent_id = %(me)s OR x.to_team_id = %(team)s)
        UNION ALL
        SELECT * FROM transfer x
        WHERE x.from_agent_id = %(me)s AND x.sent_at > now() - interval '7 days'
    ) x JOIN ticket t ON t.id = x.ticket_id
    WHERE NOT (x.from_agent_id = %(me)s AND x.accepted_at IS NOT NULL AND t.assignee_id = %(me)s)
    ORDER BY x.id
""").format(receiver=_RECEIVER, state=TRANSFER_STATE, taker=_TAKER, waiting=_WAITING)
#: A supervisor without a team hears of every team's.
_ALARMS = SQL("""
    SELECT x.id AS transfer_id, x.ticket_id, t.ticket_no, f.name AS from_agent,
        {receiver} AS to_agent, x.hop, x.late_in_s <= 0 AS is_late,
        x.hop >= %(ping_pong)s AS is_ping_pong, x.late_in_s
    FROM (
        SELECT x.*, extract(epoch FROM x.sent_at
            + CASE WHEN x.to_team_id IS NULL THEN %(agent)s ELSE %(at_team)s END
            - clock_timestamp())::float8 AS late_in_s
        FROM transfer x WHERE {waiting}
    ) x
    JOIN ticket t ON t.id = x.ticket_id
    JOIN agent f ON f.id = x.from_agent_id
    LEFT JOIN agent r ON r.id = x.to_agent_id
    WHERE t.status IN ('received', 'transferred')
      AND (%(team)s::smallint IS NULL
           OR %(team)s::smallint IN (f.team_id, r.team_id, x.to_team_id))
    ORDER BY x.id
""").format(receiver=_RECEIVER, waiting=_WAITING)


def transfer_chain(session: Session, ticket_id: int) -> tuple[ChainHop, ...]:
    """Who handed the ticket to whom, when, why and what came of it, from the first hop on."""
    return tuple(read(session, _CHAIN, {"ticket_id": ticket_id}, ChainHop))


def offer_news(session: Session, agent_id: int, team_id: int | None) -> tuple[OfferNews, ...]:
    """What waits for me or my team, and how mine of the last week stand, but for those I took."""
    return tuple(read(session, _NEWS, {"me": agent_id, "team": team_id}, OfferNews))


def transfer_alarms(session: Session, team_id: int | None, limits: AcceptLimits = LIMITS) -> Alarms:
    """What a supervisor of that team (None: of all) is told of the offers that wait."""
    asked = {
        "team": team_id,
        "agent": limits.agent,
        "at_team": limits.team,
        "ping_pong": PING_PONG_HOP,
    }
    found = read_mappings(session, _ALARMS, asked)
    to_come = [row["late_in_s"] for row in found if not row["is_late"]]
    told = [row for row in found if row["is_late"] or row["is_ping_pong"]]
    names = [field.name for field in fields(Alarm)]
    alarms = tuple(Alarm(**{name: row[name] for name in names}) for row in told)
    return Alarms(alarms, min(to_come, default=None))
