"""Events on their way into the database, in order, while it may be away."""

import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Condition
from typing import Protocol

from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import EtsError

log = logging.getLogger(__name__)

#: Some ten minutes of the busiest switchboard; a full outbox refuses what comes last.
ROOM = 20_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """Events that wait, and when the first of them happened."""

    count: int
    oldest: datetime

    def and_also(self, other: "Waiting | None") -> "Waiting":
        if other is None:
            return self
        return Waiting(self.count + other.count, min(self.oldest, other.oldest))


class Store(Protocol):
    """Where waiting events are kept; one thread at a time."""

    def __len__(self) -> int: ...

    def append(self, event: LegEvent) -> None: ...

    def first(self) -> LegEvent | None: ...

    def drop_first(self) -> None: ...

    def by_link(self) -> Mapping[str, Waiting]: ...

    def of_link(self, link: str) -> list[LegEvent]: ...


class Memory:
    """Gone with the process: for a desk whose database is on the same PC."""

    def __init__(self) -> None:
        self._events: deque[LegEvent] = deque()

    def __len__(self) -> int:
        return len(self._events)

    def append(self, event: LegEvent) -> None:
        self._events.append(event)

    def first(self) -> LegEvent | None:
        return self._events[0] if self._events else None

    def drop_first(self) -> None:
        self._events.popleft()

    def by_link(self) -> Mapping[str, Waiting]:
        found: dict[str, Waiting] = {}
        for event in self._events:
            seen = found.get(event.link, Waiting(0, event.at))
            found[event.link] = Waiting(seen.count + 1, min(seen.oldest, event.at))
        return found

    def of_link(self, link: str) -> list[LegEvent]:
        return [event for event in self._events if event.link == link]


class Outbox:
    """Thread-safe. What is taken stays in front until it is dropped: it may have to go again.

    What the store refuses (a full disk) waits in memory behind what it keeps.
    """

    def __init__(self, store: Store | None = None, room: int = ROOM) -> None:
        self._store: Store = Memory() if store is None else store
        self._refused = Memory()
        self._room = room
        self._lost = 0
        self._bell = Condition()
        self._rung = False

    def __len__(self) -> int:
        with self._bell:
            return self._waiting()

    def put(self, event: LegEvent) -> None:
        with self._bell:
            if self._waiting() < self._room:
                self._keep(event)
            else:
                self._lost += 1
                log.error("the outbox is full: %s is lost (%d)", event.event_key, self._lost)
            self._bell.notify_all()

    def first(self) -> LegEvent | None:
        with self._bell:
            return self._front().first()

    def drop_first(self) -> None:
        with self._bell:
            self._front().drop_first()

    def by_link(self) -> Mapping[str, Waiting]:
        """How much of each link waits; nothing for one of which nothing does."""
        with self._bell:
            kept = dict(self._store.by_link())
            for link, refused in self._refused.by_link().items():
                kept[link] = refused.and_also(kept.get(link))
            return kept

    def of_link(self, link: str) -> list[LegEvent]:
        """What waits of a link, in order."""
        with self._bell:
            return [*self._store.of_link(link), *self._refused.of_link(link)]

    def take_lost(self) -> int:
        """How many events found no room since this was asked last."""
        with self._bell:
            lost, self._lost = self._lost, 0
            return lost

    def ring(self) -> None:
        """Wake whoever waits, with nothing to take."""
        with self._bell:
            self._rung = True
            self._bell.notify_all()

    def wait(self, seconds: float) -> None:
        """Until there is an event, somebody rings, or `seconds` are over."""
        with self._bell:
            self._bell.wait_for(lambda: self._waiting() > 0 or self._rung, timeout=seconds)
            self._rung = False

    def _waiting(self) -> int:
        return len(self._store) + len(self._refused)

    def _front(self) -> Store:
        return self._store if len(self._store) else self._refused

    def _keep(self, event: LegEvent) -> None:
        """In the order of coming: nothing overtakes what waits in memory."""
        if not len(self._refused):
            try:
                self._store.append(event)
                return
            except EtsError as error:
                log.error("the outbox goes on in memory: %s", error.code)
        self._refused.append(event)
