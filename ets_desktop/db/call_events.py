"""Stored call events: what is kept of one, and reading them back in the order of their numbers."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from ets_desktop.domain import phone
from ets_desktop.domain.calls import (
    PEER,
    TRANSFERRED_TO,
    UNANSWERED_BY,
    CallEventRow,
    Direction,
    End,
    LegEvent,
    Phase,
)

#: Writers take this lock, so that events become visible in the order of their ids.
WRITERS_LOCK = 4_010_101

CHANGES = "ets_change"

#: A leg that nobody ended for so long is no call under way any more.
_STALE = "4 hours"

_COLUMNS = SQL(
    "e.id, e.call_id, e.leg_id, e.extension, e.phase, e.happened_at, e.details, l.direction"
)
_AFTER = SQL("""
    SELECT {} FROM call_event e JOIN call_leg l ON l.id = e.leg_id
    WHERE e.extension = %s AND e.id > %s ORDER BY e.id
""").format(_COLUMNS)
_BEFORE_CALLS_UNDER_WAY = SQL("""
    SELECT coalesce(
        (SELECT min(e.id) - 1 FROM call_leg l JOIN call_event e ON e.leg_id = l.id
         WHERE l.extension = %(extension)s AND l.phase <> 'ended'
           AND l.rang_at > clock_timestamp() - %(stale)s::interval),
        (SELECT max(id) FROM call_event WHERE extension = %(extension)s),
        0)
""")

Driver = psycopg.Connection[tuple[Any, ...]]


def channel_of(extension: str) -> str:
    """The notification channel of an extension's calls; its payloads are event ids only."""
    return f"ets_call_{extension}"


def listen(driver: psycopg.Connection[Any], channel: str) -> None:
    driver.execute(SQL("LISTEN {}").format(Identifier(channel)))


def kept_details(event: LegEvent) -> dict[str, str]:
    """What of `event` has no column of its own."""
    facts = {
        "number": event.number,
        "name": event.caller_name,
        "dialled": event.dialled,
        "queue": event.queue,
        "via": event.via,
        "end": event.end,
    }
    return {**event.details, **{name: str(fact) for name, fact in facts.items() if fact}}


def last_id_before_calls_under_way(driver: psycopg.Connection[Any], extension: str) -> int:
    """The id after which a desk that has seen nothing begins: with the calls that go on now."""
    row = driver.execute(
        _BEFORE_CALLS_UNDER_WAY, {"extension": extension, "stale": _STALE}
    ).fetchone()
    assert row is not None
    return int(row[0])


def events_after(
    driver: psycopg.Connection[Any], extension: str, last_id: int
) -> tuple[CallEventRow, ...]:
    """The events of `extension` numbered above `last_id`, in order."""
    return tuple(_row(*row) for row in driver.execute(_AFTER, (extension, last_id)))


def _row(
    event_id: int,
    call_id: int,
    leg_id: int,
    extension: str,
    phase: str,
    happened_at: Any,
    details: Mapping[str, str],
    direction: str,
) -> CallEventRow:
    end = details.get("end")
    return CallEventRow(
        id=event_id,
        call_id=call_id,
        leg_id=leg_id,
        extension=extension,
        direction=Direction(direction),
        phase=Phase(phase),
        end=End(end) if end is not None else None,
        happened_at=happened_at,
        number=phone.digits_of(details.get("number")),
        number_shown=details.get("number", ""),
        caller_name=details.get("name", ""),
        dialled=details.get("dialled", ""),
        queue=details.get("queue", ""),
        peer=phone.digits_of(details.get(PEER)),
        transferred_to=details.get(TRANSFERRED_TO),
        unanswered_by=details.get(UNANSWERED_BY),
    )
