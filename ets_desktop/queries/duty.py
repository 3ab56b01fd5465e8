"""What an agent is at: the state, since when, and the task that is offered."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.queries.reading import read_mappings


@dataclass(frozen=True, slots=True)
class OfferedTask:
    """A task that lies before one agent, for `left_s` more seconds; names and number are whole.

    A ticket handed to the team (`transfer_id`), or a caller who tried in vain (`missed_call_id`).
    `waiting_since` is when the task came, not when it was offered.
    """

    offer_id: int
    transfer_id: int | None
    missed_call_id: int | None
    ticket_id: int | None
    ticket_no: str
    title: str
    customer: str
    number: str
    waiting_since: datetime
    left_s: float


@dataclass(frozen=True, slots=True)
class Duty:
    """The state of one agent for `for_s` seconds now, by the database's clock.

    `after` is what was chosen to follow the call under way, "" for 후처리; `cause` why the state
    is what it is (domain/agent_states.Cause). In `next_in_s` something happens by itself (None:
    nothing will).
    """

    state: str
    since: datetime
    for_s: float
    after: str
    cause: str
    offer: OfferedTask | None
    next_in_s: float | None


_DUTY = SQL("""
    SELECT a.state, a.state_since AS since,
        extract(epoch FROM clock_timestamp() - a.state_since)::float8 AS for_s,
        coalesce(a.state_after, '') AS after, a.state_cause AS cause,
        CASE WHEN a.state = 'wrap_up' THEN
            extract(epoch FROM a.state_since + times.wrap_up - clock_timestamp())::float8
        END AS wrapped_in_s,
        o.id AS offer_id, o.transfer_id, o.missed_call_id, t.id AS ticket_id,
        coalesce(t.ticket_no, '') AS ticket_no, coalesce(t.title, '') AS title,
        coalesce(k.name, '') AS customer,
        coalesce(m.caller_number, t.caller_number, phone.digits, '') AS number,
        coalesce(x.sent_at, m.since) AS waiting_since,
        extract(epoch FROM o.offered_at + times.take_within - clock_timestamp())::float8 AS left_s
    FROM agent a CROSS JOIN agent_times() times
    LEFT JOIN task_offer o ON o.agent_id = a.id AND o.ended_at IS NULL
    LEFT JOIN transfer x ON x.id = o.transfer_id
    LEFT JOIN ticket t ON t.id = x.ticket_id
    LEFT JOIN missed_call m ON m.id = o.missed_call_id
    LEFT JOIN call c ON c.id = m.call_id
    LEFT JOIN LATERAL (
        SELECT CASE WHEN count(*) = 1 THEN min(p.customer_id) END AS id
        FROM customer_phone p WHERE p.digits = m.caller_number
    ) lone ON true
    LEFT JOIN customer k ON k.id = coalesce(t.customer_id, c.customer_id, lone.id)
    LEFT JOIN LATERAL (
        SELECT p.digits FROM customer_phone p WHERE p.customer_id = t.customer_id
        ORDER BY p.id LIMIT 1
    ) phone ON true
    WHERE a.id = %(agent_id)s
""")

_OFFER_FIELDS = (
    "offer_id",
    "transfer_id",
    "missed_call_id",
    "ticket_id",
    "ticket_no",
    "title",
    "customer",
    "number",
    "waiting_since",
    "left_s",
)


def duty_of(session: Session, agent_id: int) -> Duty:
    """The state and the offer of one agent, in one statement."""
    found = read_mappings(session, _DUTY, {"agent_id": agent_id})[0]
    offer = None
    if found["offer_id"] is not None:
        offer = OfferedTask(**{name: found[name] for name in _OFFER_FIELDS})
    ends = [found["wrapped_in_s"], found["left_s"]]
    waits = [max(0.0, seconds) for seconds in ends if seconds is not None]
    return Duty(
        state=found["state"],
        since=found["since"],
        for_s=found["for_s"],
        after=found["after"],
        cause=found["cause"],
        offer=offer,
        next_in_s=min(waits, default=None),
    )


_STATES = SQL(
    "SELECT extension, state FROM agent WHERE extension IS NOT NULL AND active ORDER BY id"
)
_STATE_AT = SQL("SELECT state FROM agent WHERE extension = %s AND active")


def states_at_extensions(session: Session) -> tuple[tuple[str, AgentState], ...]:
    """The state of every active agent with a telephone."""
    found = driver_of(session).execute(_STATES)
    return tuple((str(extension), AgentState(str(state))) for extension, state in found)


def state_at(session: Session, extension: str) -> AgentState | None:
    """The state of the agent at `extension`; None for nobody's."""
    row = driver_of(session).execute(_STATE_AT, (extension,)).fetchone()
    return None if row is None else AgentState(str(row[0]))
