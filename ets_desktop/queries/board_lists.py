"""The tickets and calls behind a bar of 현황판, found by the very SQL that counts them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.sql import SQL, Composed
from sqlalchemy.orm import Session

from ets_desktop.domain.board import (
    HALF_HOUR,
    OF_AGENTS,
    CallBar,
    TicketBar,
    bucket_span,
)
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.transfers import LIMITS, AcceptLimits
from ets_desktop.queries.board_sets import CALL_SETS, TICKET_SETS, asked_at, look
from ets_desktop.queries.customers import PHONE_EXPIRED
from ets_desktop.queries.reading import read, read_mappings
from ets_desktop.queries.tickets import TICKET_COLUMNS, TicketRow

#: No search shows more (spec 80).
MOST = 1_000


@dataclass(frozen=True, slots=True)
class BoardCall:
    """A call behind a bar. `number` and `customer` are masked. `agent` and `extension` are of who
    talked, else of where it rang last; `agent` is "" where nobody of us sits there.

    `state` is how it stands or ended (calls.Phase, calls.End); `wait_s` from the first ring to the
    answer, None while nobody answered.
    """

    call_id: int
    rang_at: datetime
    direction: str
    number: str
    customer_id: int | None
    customer: str
    queue: str
    agent_id: int | None
    agent: str
    extension: str
    state: str
    talked_at: datetime | None
    ended_at: datetime | None
    wait_s: float | None
    ticket_id: int | None
    ticket_no: str


@dataclass(frozen=True, slots=True)
class TicketsBehind:
    """At most MOST, newest first; `more`: there are further ones. Not older than `taken_at`."""

    rows: tuple[TicketRow, ...]
    taken_at: datetime
    more: bool


@dataclass(frozen=True, slots=True)
class CallsBehind:
    """At most MOST, newest first; `more`: there are further ones. Not older than `taken_at`."""

    rows: tuple[BoardCall, ...]
    taken_at: datetime
    more: bool


_TICKETS = SQL("""
    SELECT {columns} {found} {narrowed} ORDER BY t.created_at DESC, t.id DESC LIMIT %(most)s
""")
_CALLS = SQL("""
    WITH found AS (
        SELECT c.id, {leg} AS leg_id FROM {which} {narrowed}
        ORDER BY c.rang_at DESC, c.id DESC LIMIT %(most)s
    )
    SELECT c.id AS call_id, c.rang_at, c.direction, coalesce(c.caller_number, '') AS number,
        k.id AS customer_id, coalesce(k.name, c.caller_name) AS customer, c.queue,
        a.id AS agent_id, coalesce(a.name, '') AS agent, coalesce(l.extension, '') AS extension,
        coalesce(l."end", l.phase, '') AS state, l.talked_at, l.ended_at,
        CASE WHEN l.talked_at IS NOT NULL THEN
            greatest(0, extract(epoch FROM l.talked_at - c.rang_at)::float8) END AS wait_s,
        t.id AS ticket_id, coalesce(t.ticket_no, '') AS ticket_no
    FROM found JOIN call c ON c.id = found.id
    LEFT JOIN call_leg l ON l.id = found.leg_id LEFT JOIN agent a ON a.extension = l.extension
    LEFT JOIN LATERAL (
        SELECT CASE WHEN count(*) = 1 THEN min(one.customer_id) END AS id
        FROM (SELECT p.customer_id FROM customer_phone p
              WHERE p.digits = c.caller_number AND NOT {expired} LIMIT 2) one
    ) lone ON c.customer_id IS NULL
    LEFT JOIN customer k ON k.id = coalesce(c.customer_id, lone.id)
    LEFT JOIN LATERAL (
        SELECT v.ticket_id FROM activity v WHERE v.call_id = c.id ORDER BY v.id DESC LIMIT 1
    ) noted ON true
    LEFT JOIN ticket t ON t.id = noted.ticket_id
    ORDER BY c.rang_at DESC, c.id DESC
""")
#: Who answered, else where it rang last.
_TELLING_LEG = SQL("""
    (SELECT l.id FROM call_leg l WHERE l.call_id = c.id
     ORDER BY l.talked_at, l.rang_at DESC, l.id DESC LIMIT 1)
""")


def tickets_behind(
    session: Session,
    bar: TicketBar,
    now: datetime | None = None,
    team_id: int | None = None,
    limits: AcceptLimits = LIMITS,
) -> TicketsBehind:
    """The tickets that `bar` counts on a board of that team and `now` (None: the database's).

    Must be the first to read in its transaction.
    """
    taken_at = look(session)
    asked = asked_at(now or taken_at, team_id, limits)
    counted = TICKET_SETS[bar.kind]
    narrowed: list[SQL | Composed] = []
    if bar.agent_id is not None:
        narrowed.append(SQL("AND {} = %(agent)s").format(counted.who))
    if bar.team_id is not None:
        narrowed.append(SQL("AND x.to_team_id = %(receiver)s"))
    if bar.bucket is not None:
        since, before = bucket_span(bar.bucket, asked["now"])
        asked |= {"since": since or "-infinity", "before": before or "infinity"}
        narrowed.append(SQL("AND t.created_at >= %(since)s AND t.created_at < %(before)s"))
    query = _TICKETS.format(
        columns=TICKET_COLUMNS,
        found=counted.found(team_id),
        narrowed=SQL(" ").join(narrowed),
    )
    asked |= {"agent": bar.agent_id, "receiver": bar.team_id, "most": MOST + 1}
    rows = read(session, query, asked, TicketRow)
    return TicketsBehind(tuple(rows[:MOST]), taken_at, len(rows) > MOST)


def calls_behind(
    session: Session,
    bar: CallBar,
    now: datetime | None = None,
    team_id: int | None = None,
    limits: AcceptLimits = LIMITS,
) -> CallsBehind:
    """The calls that `bar` counts on a board of that team and `now` (None: the database's).

    Must be the first to read in its transaction.
    """
    taken_at = look(session)
    asked = asked_at(now or taken_at, team_id, limits)
    narrowed: list[SQL] = []
    if bar.agent_id is not None:
        narrowed.append(SQL("AND leg.agent_id = %(agent)s"))
    if bar.start is not None:
        asked |= {"since": bar.start, "before": bar.start + HALF_HOUR}
        narrowed.append(SQL("AND c.rang_at >= %(since)s AND c.rang_at < %(before)s"))
    query = _CALLS.format(
        leg=SQL("leg.id") if bar.kind in OF_AGENTS else _TELLING_LEG,
        which=CALL_SETS[bar.kind],
        narrowed=SQL(" ").join(narrowed),
        expired=PHONE_EXPIRED,
    )
    asked |= {"agent": bar.agent_id, "most": MOST + 1}
    rows = [_call_of(found) for found in read_mappings(session, query, asked)]
    return CallsBehind(tuple(rows[:MOST]), taken_at, len(rows) > MOST)


def _call_of(found: dict[str, Any]) -> BoardCall:
    masked = {"number": mask_phone(found["number"]), "customer": mask_name(found["customer"])}
    return BoardCall(**found | masked)
