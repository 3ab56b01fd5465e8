"""당일 콜 히스토리 and the call events of one extension."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db import call_events
from ets_desktop.db.engine import driver_of
from ets_desktop.domain.calendar import start_of_day
from ets_desktop.domain.calls import CallEventRow, Direction, End, Phase, is_missed
from ets_desktop.queries.customers import PHONE_EXPIRED
from ets_desktop.queries.reading import read_mappings

__all__ = [
    "CallEventRow",
    "CallHistoryRow",
    "any_call",
    "call_by_id",
    "call_history",
    "events_after",
    "is_extension",
    "people_to_invent_calls_from",
]


@dataclass(frozen=True, slots=True)
class CallHistoryRow:
    """A call at one extension: its last leg there, or the one that talked.

    `number` in digits, None when withheld; `number_shown` as the PBX showed it. The customer is
    the one the call was given to, or the only one with that number. `handled_by` names who saw to
    a missed call, "" when somebody of the team reached the caller. `talk_seconds` is None while
    unanswered or under way. `direction` is the leg's; `state` its phase, or how it ended.
    `is_abusive`: somebody who had it marked it (폭언). `unanswered_by`: who did not take a
    click-to-call, "agent" when the own phone was not taken and nobody else was called.
    """

    call_id: int
    leg_id: int
    rang_at: datetime
    direction: Direction
    is_missed: bool
    is_handled: bool
    handled_by: str
    is_internal: bool
    number: str | None
    number_shown: str
    caller_name: str
    dialled: str
    queue: str
    customer_id: int | None
    customer_no: str
    customer_name: str
    ticket_id: int | None
    ticket_no: str
    talked_at: datetime | None
    ended_at: datetime | None
    phase: Phase
    end: End | None
    is_abusive: bool = False
    unanswered_by: str = ""

    @property
    def state(self) -> str:
        if self.end is not None and self.unanswered_by == "agent":
            return f"own_{self.end}"
        return str(self.end or self.phase)

    @property
    def talk_seconds(self) -> int | None:
        if self.talked_at is None or self.ended_at is None:
            return None
        return round((self.ended_at - self.talked_at).total_seconds())


_CALLS = SQL("""
    WITH leg AS (
        SELECT DISTINCT ON (l.call_id) l.* FROM call_leg l WHERE {where}
        ORDER BY l.call_id, (l.talked_at IS NOT NULL) DESC, l.rang_at DESC, l.id DESC
    )
    SELECT c.id AS call_id, leg.id AS leg_id, leg.rang_at, leg.direction,
        leg.handled_at IS NOT NULL AS is_handled,
        coalesce((SELECT h.name FROM agent h WHERE h.id = leg.handled_by), '') AS handled_by,
        c.direction = 'internal' AS is_internal,
        c.caller_number AS number, c.caller_typed AS number_shown, c.caller_name, c.dialled,
        c.queue, k.id AS customer_id, coalesce(k.customer_no, '') AS customer_no,
        coalesce(k.name, '') AS customer_name, t.id AS ticket_id,
        coalesce(t.ticket_no, '') AS ticket_no, leg.talked_at, leg.ended_at, leg.phase, leg."end",
        EXISTS (SELECT FROM abusive_call b WHERE b.call_id = c.id) AS is_abusive,
        CASE WHEN leg.direction = 'out' AND leg.talked_at IS NULL THEN coalesce((
            SELECT e.details ->> 'unanswered_by' FROM call_event e
             WHERE e.call_id = c.id AND e.leg_id = leg.id AND e.details ? 'unanswered_by'
             ORDER BY e.id DESC LIMIT 1), '') ELSE '' END AS unanswered_by
    FROM leg JOIN call c ON c.id = leg.call_id
    LEFT JOIN LATERAL (
        SELECT CASE WHEN count(*) = 1 THEN min(found.customer_id) END AS id
        FROM (SELECT p.customer_id FROM customer_phone p
              WHERE p.digits = c.caller_number AND c.customer_id IS NULL
                AND NOT {expired} LIMIT 2) found
    ) lone ON c.customer_id IS NULL
    LEFT JOIN customer k ON k.id = coalesce(c.customer_id, lone.id)
    LEFT JOIN LATERAL (
        SELECT a.ticket_id FROM activity a WHERE a.call_id = c.id ORDER BY a.id DESC LIMIT 1
    ) noted ON true
    LEFT JOIN ticket t ON t.id = noted.ticket_id
    ORDER BY leg.rang_at DESC, leg.id DESC
""")
_OF_DAY = _CALLS.format(
    where=SQL("l.extension = %(extension)s AND l.rang_at >= %(start)s AND l.rang_at < %(end)s"),
    expired=PHONE_EXPIRED,
)
_OF_ID = _CALLS.format(
    where=SQL("l.call_id = %(call_id)s AND l.extension = %(extension)s"), expired=PHONE_EXPIRED
)
_ANY = _CALLS.format(where=SQL("l.call_id = %(call_id)s"), expired=PHONE_EXPIRED)
_EXTENSION = SQL("SELECT 1 FROM agent WHERE extension = %s AND active")
_NUMBERS = SQL("SELECT digits FROM customer_phone WHERE kind <> 'safe' ORDER BY id LIMIT %s")
_EXTENSIONS = SQL("SELECT extension FROM agent WHERE extension IS NOT NULL AND active ORDER BY id")


def call_history(session: Session, extension: str, day: date) -> tuple[CallHistoryRow, ...]:
    """All calls at `extension` on that day in Seoul, newest first. One statement."""
    values = {
        "extension": extension,
        "start": start_of_day(day),
        "end": start_of_day(day + timedelta(days=1)),
    }
    return tuple(_row(found) for found in read_mappings(session, _OF_DAY, values))


def call_by_id(session: Session, extension: str, call_id: int) -> CallHistoryRow | None:
    """One call as `call_history` tells it; None when it never reached `extension`."""
    found = read_mappings(session, _OF_ID, {"extension": extension, "call_id": call_id})
    return _row(found[0]) if found else None


def any_call(session: Session, call_id: int) -> CallHistoryRow | None:
    """The same whichever extension it reached; None when there is no such call."""
    found = read_mappings(session, _ANY, {"call_id": call_id})
    return _row(found[0]) if found else None


def events_after(session: Session, extension: str, last_id: int) -> tuple[CallEventRow, ...]:
    """The stored events of `extension` numbered above `last_id`, in order."""
    return call_events.events_after(driver_of(session), extension, last_id)


def is_extension(session: Session, extension: str) -> bool:
    """Whether an active agent sits at `extension`."""
    return driver_of(session).execute(_EXTENSION, (extension,)).fetchone() is not None


def people_to_invent_calls_from(
    session: Session, limit: int = 500
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbers of customers, at most `limit`, and the extensions of active agents."""
    driver = driver_of(session)
    numbers = tuple(str(row[0]) for row in driver.execute(_NUMBERS, (limit,)))
    return numbers, tuple(str(row[0]) for row in driver.execute(_EXTENSIONS))


def _row(found: dict[str, object]) -> CallHistoryRow:
    direction = Direction(str(found["direction"]))
    end = End(str(found["end"])) if found["end"] is not None else None
    talked_at = found["talked_at"]
    assert talked_at is None or isinstance(talked_at, datetime)
    typed = {
        "direction": direction,
        "phase": Phase(str(found["phase"])),
        "end": end,
        "is_missed": is_missed(direction, end, talked_at),
    }
    return CallHistoryRow(**{**found, **typed})  # type: ignore[arg-type]
