"""The links of the settings, while this gateway has the telephone: their threads, wires, legs."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime, timedelta

from ets_desktop.db.engine import Database
from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.gateway.agent_states import StateFollower
from ets_desktop.paths import paths
from ets_desktop.pbx.protocol import LinkState, Past, Remembers, TakesAgentStates, Vendor
from ets_desktop.pbx.registry import vendor_of
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.wire.log import Recorded, WireLog
from ets_desktop.pbx.worker import LinkWorker
from ets_desktop.queries.calls import people_to_invent_calls_from
from ets_desktop.queries.gateway import past_of
from ets_desktop.services.calls import lose_legs_under_way
from ets_desktop.services.gateway import remove_links_but
from ets_desktop.settings import GatewayLink

log = logging.getLogger(__name__)

CANNOT_DIAL = "cannot_dial"

#: Invents its calls from the people of the database: without one it has nothing to tell.
_INVENTED = "simulator"

#: The folder of the state folder with a recording of each live link.
WIRE_LOGS = "wire"
_MB = 1_000_000

#: Seconds after the start in which a link that recovers may come up before the calls of an earlier
#: run are given up.
UNSETTLED_S = 60.0

PastOf = Callable[[str, timedelta], Past]


class Links:
    """Started and stopped again and again, each time with vendors of their own."""

    def __init__(
        self,
        database: Database,
        links: Sequence[GatewayLink],
        scene: Scene | None,
        wire_log_mb: int,
        on_event: Callable[[LegEvent], None],
        on_up: Callable[[], None],
    ) -> None:
        """Raises EtsError `vendor_unknown` or `link_option`."""
        self._database = database
        self._links = tuple(links)
        self._scene = scene
        self._wire_log_mb = wire_log_mb
        self._on_event = on_event
        self._on_up = on_up
        self._workers: tuple[LinkWorker, ...] = ()
        self._wires: list[WireLog] = []
        self._states = StateFollower(database, ())
        self._revived: deque[str] = deque()
        self._unsettled: dict[str, float] = {}
        self._alone: dict[str, set[str]] = {}
        made = {link.name: vendor_of(link, Scene()) for link in self._links}
        self._unnamed = {n for n, vendor in made.items() if not vendor.capabilities.names_calls}

    def __bool__(self) -> bool:
        """Whether they run."""
        return bool(self._workers)

    def __iter__(self) -> Iterator[LinkWorker]:
        return iter(self._workers)

    @property
    def states(self) -> Mapping[str, LinkState]:
        return {worker.name: worker.state for worker in self._workers}

    def names_calls(self, link: str) -> bool:
        """Whether another gateway gives the legs of `link` the same keys."""
        return link not in self._unnamed

    def dial(self, extension: str, number: str, request_id: str) -> None:
        """Click-to-call on the first link that can. Raises EtsError `cannot_dial`, Unavailable."""
        refused: EtsError | None = None
        for worker in self._workers:
            if worker.vendor.capabilities.dials:
                try:
                    worker.vendor.dial(extension, number, request_id)
                    return
                except EtsError as error:
                    if error.code != CANNOT_DIAL:
                        raise
                    # A link of one line each: the phone may be the next one's.
                    refused = error
        if refused is not None:
            raise refused
        raise Unavailable(CANNOT_DIAL, link=", ".join(link.name for link in self._links))

    def looks_back(self) -> Mapping[str, timedelta]:
        """How far back each link asks for its past."""
        vendors = {worker.name: worker.vendor for worker in self._workers}
        return {
            name: vendor.looks_back if isinstance(vendor, Remembers) else timedelta(0)
            for name, vendor in vendors.items()
        }

    def start_alone(self, past: PastOf) -> None:
        """Listen while the database is away; `adopt` makes up for it. Raises EtsError."""
        known = [one for one in self._links if self._scene or one.vendor != _INVENTED]
        self._alone = {link.name: set() for link in known}
        self._start(self._made(known, self._scene or Scene(), past))

    def adopt(self) -> None:
        """The database is there, has what waited, and the telephone is ours: start what does not
        run yet, and give up what an earlier run left open. Raises EtsError."""
        if self._alone or not self._workers:
            names = [link.name for link in self._links]
            for gone in self._database.call(remove_links_but, names, datetime.now(UTC)).value:
                log.warning("link %s is in the settings no more", gone)
        for worker in self._workers:
            if worker.name in self._alone:
                self._settle_at_start(worker, self._alone[worker.name])
        self._alone = {}
        running = {worker.name for worker in self._workers}
        fresh = [link for link in self._links if link.name not in running]
        if fresh:
            scene = self._scene or Scene(*self._database.call(people_to_invent_calls_from))
            made = self._made(fresh, scene, lambda *asked: self._database.call(past_of, *asked))
            for worker in made:
                self._settle_at_start(worker)
            self._start(made)
        self._states.start()

    def stop(self) -> None:
        self._states.stop()
        for worker in self._workers:
            worker.stop()
        self._workers = ()
        self._alone = {}
        self._unsettled = {}
        self._revived.clear()
        self._states = StateFollower(self._database, ())
        while self._wires:
            self._wires.pop().close()

    def settle(self) -> None:
        """What an earlier run left open is lost once the telephone system knows nothing of it, or
        was away too long for anybody to know."""
        while self._revived:
            worker = next(one for one in self._workers if one.name == self._revived[0])
            if worker.vendor.capabilities.recovers:
                self._lose(worker.name, worker.vendor.legs_under_way())
            self._unsettled.pop(worker.name, None)
            self._revived.popleft()
        for name, late in list(self._unsettled.items()):
            if time.monotonic() >= late:
                self._lose(name, frozenset())
                del self._unsettled[name]

    def lose_forgotten(self) -> None:
        """Events found no room: what nobody knows any more to go on must not ring for ever."""
        for worker in self._workers:
            if isinstance(worker.vendor, Remembers):
                self._lose(worker.name, worker.vendor.legs_under_way())

    def _made(
        self, links: Sequence[GatewayLink], scene: Scene, past: PastOf
    ) -> tuple[LinkWorker, ...]:
        made = [(link.name, self._vendor(link, scene, past)) for link in links]
        return tuple(
            LinkWorker(name, vendor, self._hear, on_up=self._on_link_up) for name, vendor in made
        )

    def _start(self, workers: tuple[LinkWorker, ...]) -> None:
        self._workers += workers
        vendors = [worker.vendor for worker in workers]
        keepers = [vendor for vendor in vendors if isinstance(vendor, TakesAgentStates)]
        if keepers:
            self._states = StateFollower(self._database, keepers)
        for worker in workers:
            if worker.vendor.capabilities.recovers:
                self._unsettled[worker.name] = time.monotonic() + UNSETTLED_S
            worker.start()

    def _hear(self, event: LegEvent) -> None:
        """On the link's thread."""
        alone = self._alone.get(event.link)
        if alone is not None:
            alone.add(event.leg_key)
        self._on_event(event)

    def _vendor(self, link: GatewayLink, scene: Scene, past: PastOf) -> Vendor:
        vendor = vendor_of(link, scene)
        if self._wire_log_mb and isinstance(vendor, Recorded):
            folder = paths().state_dir / WIRE_LOGS
            wire = WireLog(folder, link.name, link.vendor, self._wire_log_mb * _MB)
            vendor.record_to(wire)
            self._wires.append(wire)
        if isinstance(vendor, Remembers):
            vendor.remember(past(link.name, vendor.looks_back))
        return vendor

    def _on_link_up(self, name: str) -> None:
        """On the link's thread: what it found going on is in the outbox already."""
        self._revived.append(name)
        self._on_up()

    def _settle_at_start(self, worker: LinkWorker, but: Set[str] = frozenset()) -> None:
        if not worker.vendor.capabilities.recovers:
            self._lose(worker.name, worker.vendor.legs_under_way() | but)

    def _lose(self, link: str, but: frozenset[str]) -> None:
        lost = self._database.call(lose_legs_under_way, link, datetime.now(UTC), but).value
        if lost:
            log.warning("link %s: %d legs of an earlier run are lost", link, lost)
