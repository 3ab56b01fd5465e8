"""최근이관이력: the recent transfers of everyone."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.paging import Page
from ets_desktop.queries.reading import page_of, read
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
