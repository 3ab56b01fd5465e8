"""Calls as the gateway writes them: call, leg and numbered event in one transaction (spec 40)."""

from dataclasses import fields
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.call_events import WRITERS_LOCK, channel_of, kept_details
from ets_desktop.db.engine import driver_of
from ets_desktop.domain import phone
from ets_desktop.domain.calls import Direction, End, LegEvent, LegState, Phase, fold
from ets_desktop.domain.phone import NumberKind
from ets_desktop.domain.storable import storable
from ets_desktop.domain.topics import Done
from ets_desktop.services.missed_calls import handle_reached_number

_LOCK = SQL("SELECT pg_advisory_xact_lock(%s)")
_KNOWN = SQL("SELECT call_id FROM call_event WHERE event_key = %s")
#: The first leg that is heard of names the caller; later ones of its kind only fill in what it did
#: not know. A colleague who is asked about a call, or whoever it is transferred to, is not its
#: caller, and who withholds the number keeps it.
_PUT_CALL = SQL("""
    INSERT INTO call AS c (link, vendor_call_id, direction, caller_number, caller_typed,
        caller_name, dialled, queue, rang_at)
    VALUES (%(link)s, %(vendor_call_id)s, %(direction)s, %(number)s, %(typed)s, %(name)s,
        %(dialled)s, %(queue)s, %(at)s)
    ON CONFLICT (link, vendor_call_id) DO UPDATE SET
        caller_number = CASE WHEN c.caller_typed = '' AND c.direction = excluded.direction
            THEN excluded.caller_number ELSE c.caller_number END,
        caller_typed = CASE WHEN c.caller_typed = '' AND c.direction = excluded.direction
            THEN excluded.caller_typed ELSE c.caller_typed END,
        caller_name = CASE WHEN c.caller_name = '' AND c.direction = excluded.direction
                AND (c.caller_typed = ''
                    OR c.caller_number IS NOT DISTINCT FROM excluded.caller_number)
            THEN excluded.caller_name ELSE c.caller_name END,
        dialled = coalesce(nullif(c.dialled, ''), excluded.dialled),
        queue = coalesce(nullif(c.queue, ''), excluded.queue),
        rang_at = least(c.rang_at, excluded.rang_at)
    RETURNING id
""")
_LEG = SQL("""
    SELECT l.id, l.direction, l.phase, l.rang_at, l.talked_at, l.ended_at, l."end",
        (SELECT max(e.happened_at) FROM call_event e
         WHERE e.call_id = l.call_id AND e.leg_id = l.id) AS phase_at
    FROM call_leg l WHERE l.call_id = %s AND l.leg_key = %s
""")
_PUT_LEG = SQL("""
    INSERT INTO call_leg (call_id, leg_key, extension, direction, phase, "end", rang_at,
        talked_at, ended_at)
    VALUES (%(call_id)s, %(leg_key)s, %(extension)s, %(direction)s, %(phase)s, %(end)s,
        %(rang_at)s, %(talked_at)s, %(ended_at)s)
    ON CONFLICT (call_id, leg_key) DO UPDATE SET direction = excluded.direction,
        phase = excluded.phase, "end" = excluded."end", rang_at = excluded.rang_at,
        talked_at = excluded.talked_at, ended_at = excluded.ended_at
    RETURNING id
""")
_PUT_EVENT = SQL("""
    INSERT INTO call_event (event_key, call_id, leg_id, extension, phase, happened_at, details)
    VALUES (%(event_key)s, %(call_id)s, %(leg_id)s, %(extension)s, %(phase)s, %(at)s,
        %(details)s)
    RETURNING id
""")
_TELL = SQL("SELECT pg_notify(%s, %s)")
_UNDER_WAY = SQL("""
    SELECT c.link, c.vendor_call_id, l.leg_key, l.extension, l.direction, l.rang_at
    FROM call_leg l JOIN call c ON c.id = l.call_id
    WHERE c.link = %s AND l.phase <> 'ended' ORDER BY l.id
""")


def record_leg_event(session: Session, event: LegEvent) -> Done[int]:
    """Store `event` and tell the desk of its extension; the value is the call's id.

    Idempotent by `event_key`: the second arrival changes and tells nothing. Writers queue up on
    one lock, so that ids are in commit order. The notice carries the event's id, never a number.
    """
    driver = driver_of(session)
    driver.execute(_LOCK, (WRITERS_LOCK,))
    event = _storable(event)
    known = driver.execute(_KNOWN, (event.event_key,)).fetchone()
    if known is not None:
        return Done(int(str(known[0])))
    call_id = _put(driver, _PUT_CALL, _call_values(event))
    leg_id = _put(driver, _PUT_LEG, _leg_values(driver, call_id, event))
    values = {
        "event_key": event.event_key,
        "call_id": call_id,
        "leg_id": leg_id,
        "extension": event.extension,
        "phase": event.phase,
        "at": event.at,
        "details": Jsonb(kept_details(event)),
    }
    event_id = _put(driver, _PUT_EVENT, values)
    if event.direction is Direction.OUT and event.phase is Phase.TALKING:
        handle_reached_number(session, event.extension, event.number)
    driver.execute(_TELL, (channel_of(event.extension), str(event_id)))
    return Done(call_id)


def lose_legs_under_way(
    session: Session, link: str, at: datetime, but: frozenset[str] = frozenset()
) -> Done[int]:
    """End what an earlier run of the gateway left open on `link`, but for the legs with the keys
    `but`, which are known to go on; the value counts the lost ones."""
    cursor = driver_of(session).cursor(row_factory=dict_row)
    found = cursor.execute(_UNDER_WAY, (link,)).fetchall()
    legs = [leg for leg in found if leg["leg_key"] not in but]
    for leg in legs:
        record_leg_event(session, _lost(leg, at))
    return Done(len(legs))


def _lost(leg: DictRow, at: datetime) -> LegEvent:
    return LegEvent(
        link=leg["link"],
        vendor_call_id=leg["vendor_call_id"],
        leg_key=leg["leg_key"],
        extension=leg["extension"],
        direction=Direction(leg["direction"]),
        phase=Phase.ENDED,
        at=at,
        heard_at=leg["rang_at"],
        event_key=f"{leg['link']}:{leg['leg_key']}:ended:{End.LOST}",
        end=End.LOST,
    )


def _storable(event: LegEvent) -> LegEvent:
    """Whatever a telephone system, or who calls through it, puts into a name: the call is told."""
    return LegEvent(**{one.name: storable(getattr(event, one.name)) for one in fields(LegEvent)})


def _call_values(event: LegEvent) -> dict[str, object]:
    digits = phone.digits_of(event.number)
    internal = digits is not None and phone.kind(digits) is NumberKind.INTERNAL
    return {
        "link": event.link,
        "vendor_call_id": event.vendor_call_id,
        "direction": "internal" if internal else event.direction,
        "number": digits,
        "typed": event.number or "",
        "name": event.caller_name or "",
        "dialled": event.dialled or "",
        "queue": event.queue or "",
        "at": event.at,
    }


def _leg_values(
    driver: psycopg.Connection[tuple[object, ...]], call_id: int, event: LegEvent
) -> dict[str, object]:
    cursor = driver.cursor(row_factory=dict_row)
    stored = cursor.execute(_LEG, (call_id, event.leg_key)).fetchone()
    state = fold(_state(stored) if stored is not None else None, event)
    return {
        "call_id": call_id,
        "leg_key": event.leg_key,
        "extension": event.extension,
        "direction": state.direction,
        "phase": state.phase,
        "end": state.end,
        "rang_at": state.rang_at,
        "talked_at": state.talked_at,
        "ended_at": state.ended_at,
    }


def _state(row: DictRow) -> LegState:
    return LegState(
        direction=Direction(row["direction"]),
        phase=Phase(row["phase"]),
        phase_at=row["phase_at"],
        rang_at=row["rang_at"],
        talked_at=row["talked_at"],
        ended_at=row["ended_at"],
        end=End(row["end"]) if row["end"] is not None else None,
    )


def _put(
    driver: psycopg.Connection[tuple[object, ...]], statement: SQL, values: dict[str, Any]
) -> int:
    row = driver.execute(statement, values).fetchone()
    assert row is not None
    return int(str(row[0]))
