"""대기열: what is offered to an agent or the agent's team, and what the agent has taken of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.transfers import LIMITS, AcceptLimits
from ets_desktop.queries.reading import read_at, read_mappings
from ets_desktop.queries.tickets import (
    TICKET_COLUMNS,
    TRANSFER_STATE,
    TicketDetail,
    TicketRow,
    ticket_detail,
    tickets_of_customer,
)
from ets_desktop.queries.transfers import ChainHop, transfer_chain
from ets_desktop.queries.work import TransferredRow

#: More than anybody takes in a day.
MOST = 500
#: Tickets of the customer shown beside an offer.
MOST_EARLIER = 5


@dataclass(frozen=True, slots=True)
class Queue:
    """Both lists of one moment: what has priority first, then the oldest offer."""

    waiting: tuple[TransferredRow, ...]
    in_progress: tuple[TransferredRow, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class OfferPreview:
    """What an agent sees of a ticket before taking it; `earlier` are the customer's other ones.
    All of it was true at `as_of`, by the database's clock."""

    detail: TicketDetail
    chain: tuple[ChainHop, ...]
    earlier: tuple[TicketRow, ...]
    as_of: datetime


_QUEUE = SQL("""
    WITH hop AS (
        SELECT true AS waits, x.id FROM transfer x
        WHERE x.accepted_at IS NULL AND x.returned_at IS NULL AND x.recalled_at IS NULL
          AND (x.to_agent_id = %(me)s OR x.to_team_id = %(team)s)
        UNION ALL
        SELECT false, newest.id
        FROM ticket t CROSS JOIN LATERAL (
            SELECT x.id, x.accepted_at FROM transfer x
            WHERE x.ticket_id = t.id ORDER BY x.id DESC LIMIT 1
        ) newest
        WHERE t.assignee_id = %(me)s AND t.status = 'transferred'
          AND newest.accepted_at IS NOT NULL
    ), listed AS (
        SELECT hop.waits, {columns}, x.id AS transfer_id,
            (SELECT a.name FROM agent a WHERE a.id = x.from_agent_id) AS from_agent,
            coalesce((SELECT a.name FROM agent a WHERE a.id = x.to_agent_id),
                     (SELECT m.name FROM team m WHERE m.id = x.to_team_id)) AS to_agent,
            x.to_team_id IS NOT NULL AS to_team, x.reason, x.sent_at,
            {state} AS transfer_state, x.hop,
            x.sent_at + CASE WHEN x.to_team_id IS NULL THEN %(within)s ELSE %(within_team)s END
                AS late_at,
            t.priority, priority_rank(t.priority) AS rank
        FROM hop JOIN transfer x ON x.id = hop.id JOIN ticket t ON t.id = x.ticket_id
        WHERE t.status IN ('received', 'transferred')
        ORDER BY rank, x.sent_at, x.id LIMIT %(most)s
    )
    SELECT statement_timestamp() AS as_of, listed.*
    FROM (VALUES (1)) one LEFT JOIN listed ON true
    ORDER BY listed.rank, listed.sent_at, listed.transfer_id
""").format(columns=TICKET_COLUMNS, state=TRANSFER_STATE)


def agent_queue(
    session: Session, agent_id: int, team_id: int | None, limits: AcceptLimits = LIMITS
) -> Queue:
    """대기열 and 진행 중 of one agent, in one statement."""
    asked = {
        "me": agent_id,
        "team": team_id,
        "within": limits.agent,
        "within_team": limits.team,
        "most": MOST,
    }
    found = read_mappings(session, _QUEUE, asked)
    listed = [row for row in found if row["ticket_id"] is not None]
    return Queue(
        tuple(_row_of(row) for row in listed if row["waits"]),
        tuple(_row_of(row) for row in listed if not row["waits"]),
        found[0]["as_of"],
    )


def offer_preview(session: Session, ticket_id: int) -> OfferPreview:
    """The ticket, its chain and the customer's newest others; NotFound `no_such_ticket`."""
    as_of = read_at(session)
    detail = ticket_detail(session, ticket_id)
    chain = transfer_chain(session, ticket_id)
    customer_id = detail.form.customer_id
    if customer_id is None:
        return OfferPreview(detail, chain, (), as_of)
    newest = tickets_of_customer(session, customer_id, None, MOST_EARLIER + 1).rows
    others = [row for row in newest if row.ticket_id != ticket_id]
    return OfferPreview(detail, chain, tuple(others[:MOST_EARLIER]), as_of)


def _row_of(found: Mapping[str, Any]) -> TransferredRow:
    return TransferredRow(**{field.name: found[field.name] for field in fields(TransferredRow)})
