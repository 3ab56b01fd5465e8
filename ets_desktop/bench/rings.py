"""From the gateway's transaction to the desk's ear, beside the same by hand."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from queue import SimpleQueue
from typing import Any
from uuid import uuid4

import psycopg

from ets_desktop.bench.clearing import clearing
from ets_desktop.bench.ground import Ground
from ets_desktop.bench.timing import Figure
from ets_desktop.db.feed import Feed
from ets_desktop.domain.calls import CallEventRow, Direction, LegEvent, Phase
from ets_desktop.services.calls import record_leg_event

#: No agent's.
EXTENSION = "99990"
LINK = "bench"
_WAIT_S = 5.0

_BY_HAND = (
    b"""INSERT INTO call (link, vendor_call_id, direction, caller_number, caller_typed)
    VALUES (%(link)s, %(key)s, 'in', '01000000001', '01000000001')""",
    b"""INSERT INTO call_leg (call_id, leg_key, extension, direction, phase, rang_at)
    SELECT id, %(key)s::text, %(extension)s::text, 'in', 'ringing', now() FROM call
    WHERE link = %(link)s::text AND vendor_call_id = %(key)s::text""",
    b"""INSERT INTO call_event (event_key, call_id, leg_id, extension, phase, happened_at)
    SELECT %(key)s::text, l.call_id, l.id, %(extension)s::text, 'ringing', now()
    FROM call c JOIN call_leg l ON l.call_id = c.id
    WHERE c.link = %(link)s::text AND c.vendor_call_id = %(key)s::text""",
    b"SELECT pg_notify('ets_bench', %(key)s)",
)
_READ = b"""
    SELECT e.*, l.direction FROM call_event e JOIN call_leg l ON l.id = e.leg_id
    WHERE e.event_key = %(key)s
"""

_FORGET = (
    b"DELETE FROM missed_call WHERE call_id IN (SELECT id FROM call WHERE link = %s)",
    b"DELETE FROM call_event WHERE call_id IN (SELECT id FROM call WHERE link = %s)",
    b"DELETE FROM call_leg WHERE call_id IN (SELECT id FROM call WHERE link = %s)",
    b"DELETE FROM call WHERE link = %s",
    b"DELETE FROM gateway_link WHERE name = %s",
)

Heard = SimpleQueue[tuple[CallEventRow, ...]]


def ring_to_desk(ground: Ground) -> Iterator[Figure]:
    """A ring stored, told, and read by a desk's feed. What was stored is removed afterwards."""
    with _desk(ground) as heard, closing(ground.database.listening_connection()) as ear:
        ear.execute("LISTEN ets_bench")
        yield ground.compare(
            "ring to desk",
            "call, leg and event stored, told, read",
            [partial(_ring, ground, heard)],
            [partial(ring_by_hand, ground, ear)],
            goal=None,
        )


@contextmanager
def _desk(ground: Ground) -> Iterator[Heard]:
    """The feed of a desk at EXTENSION that is listening."""
    heard: Heard = SimpleQueue()
    connected: SimpleQueue[object] = SimpleQueue()
    feed = Feed(
        ground.database.listening_connection,
        EXTENSION,
        on_call_events=heard.put,
        on_change=_ignore,
        on_state=connected.put,
    )
    feed.start()
    try:
        connected.get(timeout=_WAIT_S)
        yield heard
    finally:
        feed.stop()
        forget_calls(ground)


def forget_calls(ground: Ground) -> None:
    """Remove what was rung by benchmarks, and who was missed by it."""
    with clearing(ground.database, "call_event") as connection:
        for statement in _FORGET:
            connection.execute(statement, [LINK])


def _ignore(topics: object) -> None:
    """What other desks change meanwhile."""


def _ring(ground: Ground, heard: Heard) -> None:
    now, key = datetime.now(UTC), uuid4().hex
    event = LegEvent(
        link=LINK,
        vendor_call_id=key,
        leg_key=key,
        extension=EXTENSION,
        direction=Direction.IN,
        phase=Phase.RINGING,
        at=now,
        heard_at=now,
        event_key=key,
        number="01000000001",
    )
    ground.database.call(record_leg_event, event)
    heard.get(timeout=_WAIT_S)


def ring_by_hand(ground: Ground, ear: psycopg.Connection[Any]) -> None:
    """Call, leg, event and notice in one pipelined transaction; heard, and the event read."""
    key = uuid4().hex
    cursors = [ground.bare.cursor() for _ in _BY_HAND]
    with ground.bare.pipeline():
        for cursor, statement in zip(cursors, _BY_HAND, strict=True):
            cursor.execute(statement, {"key": key, "link": LINK, "extension": EXTENSION})
        ground.bare.commit()
    heard = list(ear.notifies(timeout=_WAIT_S, stop_after=1))
    ear.execute(_READ, {"key": heard[0].payload}).fetchall()
