"""Events on their way into the database, in order, while it may be away."""

import logging
from collections import deque
from threading import Condition

from ets_desktop.domain.calls import LegEvent

log = logging.getLogger(__name__)

#: Some ten minutes of the busiest switchboard; a full outbox refuses what comes last.
ROOM = 20_000


class Outbox:
    """Thread-safe. What is taken stays in front until it is dropped: it may have to go again."""

    def __init__(self, room: int = ROOM) -> None:
        self._events: deque[LegEvent] = deque()
        self._room = room
        self._lost = 0
        self._bell = Condition()
        self._rung = False

    def __len__(self) -> int:
        return len(self._events)

    def put(self, event: LegEvent) -> None:
        with self._bell:
            if len(self._events) < self._room:
                self._events.append(event)
            else:
                self._lost += 1
                log.error("the outbox is full: %s is lost (%d)", event.event_key, self._lost)
            self._bell.notify_all()

    def first(self) -> LegEvent | None:
        with self._bell:
            return self._events[0] if self._events else None

    def drop_first(self) -> None:
        with self._bell:
            self._events.popleft()

    def ring(self) -> None:
        """Wake whoever waits, with nothing to take."""
        with self._bell:
            self._rung = True
            self._bell.notify_all()

    def wait(self, seconds: float) -> None:
        """Until there is an event, somebody rings, or `seconds` are over."""
        with self._bell:
            self._bell.wait_for(lambda: bool(self._events) or self._rung, timeout=seconds)
            self._rung = False
