"""The gateway: runs the links to the telephone systems and writes what they report (spec 40)."""

import logging
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from types import MappingProxyType
from typing import Any

import psycopg

from ets_desktop.db.engine import Database
from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.gateway.agent_states import StateFollower
from ets_desktop.gateway.dialler import Dialler
from ets_desktop.gateway.health_file import write_health
from ets_desktop.gateway.outbox import Outbox, Store, Waiting
from ets_desktop.gateway.watch import Watch
from ets_desktop.paths import paths
from ets_desktop.pbx.protocol import KeepsAgentStates, LinkState, Remembers, Vendor
from ets_desktop.pbx.registry import vendor_of
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.wire.log import Recorded, WireLog
from ets_desktop.pbx.worker import STOPPED, LinkWorker
from ets_desktop.queries.calls import people_to_invent_calls_from
from ets_desktop.queries.gateway import past_of
from ets_desktop.queries.health import LinkHealth
from ets_desktop.services.calls import lose_legs_under_way, record_leg_event
from ets_desktop.services.duty import take_turn
from ets_desktop.services.forgetting import forget_what_is_done
from ets_desktop.services.gateway import (
    NOTHING_WAITS,
    Backlog,
    remove_links_but,
    report_link,
)
from ets_desktop.services.holidays import keep_holidays
from ets_desktop.settings import GatewayLink

log = logging.getLogger(__name__)

#: One gateway a database; the others wait for this lock. It lives as long as its connection.
ONE_GATEWAY_LOCK = 4_010_100

#: Without settings: a telephone that is silent until somebody dials or `ets ring` is called.
DEFAULT_LINKS = (GatewayLink("simulator", "simulator"),)

CANNOT_DIAL = "cannot_dial"

#: The folder of the state folder with a recording of each live link.
WIRE_LOGS = "wire"
_MB = 1_000_000

#: Seconds after the start in which a link that recovers may come up before the calls of an earlier
#: run are given up.
UNSETTLED_S = 60.0

BEAT_S = 5.0
STANDBY_S = 2.0
#: So often it looks for what is done for long (services/forgetting.py), and at the calendar.
FORGET_S = 3_600.0
_JOIN_S = 6.0


class Gateway:
    """Give it a database login that may write calls, links of the settings, and `start` it.

    Only one gateway works on a database at a time; another one stands by and takes over. While
    the database is away, events wait in order where `store` keeps them (memory, or a Spool).
    """

    def __init__(
        self,
        database: Database,
        links: Sequence[GatewayLink] = (),
        *,
        scene: Scene | None = None,
        store: Store | None = None,
        beat_s: float = BEAT_S,
        standby_s: float = STANDBY_S,
        wire_log_mb: int = 0,
        health_file: Path | None = None,
    ) -> None:
        """Raises EtsError `vendor_unknown` or `link_option`.

        `wire_log_mb` is what the wire log of each link may take of the disk, 0 keeps none; in
        `health_file` it says how the links stand while the database is away. `scene` is whom a
        simulator invents calls from, without it the customers of the database.
        """
        self._database = database
        self._beat_s = beat_s
        self._standby_s = standby_s
        self._links = tuple(links) or DEFAULT_LINKS
        self._scene = scene
        self._wire_log_mb = wire_log_mb
        self._health_file = health_file
        self._wires: list[WireLog] = []
        self._unsettled: dict[str, float] = {}
        self._outbox = Outbox(store)
        self._revived: deque[str] = deque()
        self._workers: tuple[LinkWorker, ...] = ()
        self._states = StateFollower(database, ())
        self._stopping = Event()
        self._active = Event()
        self._thread = Thread(target=self._run, name="gateway", daemon=True)
        self._watch = Watch(database.hang_up)
        self._noting = Thread(target=self._keep_noting, name="gateway health", daemon=True)
        for link in self._links:
            vendor_of(link, Scene())

    @property
    def is_active(self) -> bool:
        """False while another gateway has the database, or it is away."""
        return self._active.is_set()

    def wait_until_active(self, seconds: float) -> bool:
        return self._active.wait(seconds)

    @property
    def is_running(self) -> bool:
        """False once it was stopped, or when something broke it that nobody foresaw."""
        return self._thread.is_alive()

    @property
    def waiting_events(self) -> int:
        """How many events are not in the database yet."""
        return len(self._outbox)

    @property
    def states(self) -> Mapping[str, LinkState]:
        """The links of this gateway by name; empty on standby."""
        return MappingProxyType({worker.name: worker.state for worker in self._workers})

    def start(self) -> None:
        self._thread.start()
        self._noting.start()

    def stop(self) -> None:
        """End the links and write what is left, if the database is there; safe to call twice."""
        self._stopping.set()
        self._outbox.ring()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)

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

    def _run(self) -> None:
        patience = Patience()
        try:
            while not self._stopping.is_set():
                began = time.monotonic()
                try:
                    with closing(self._database.listening_connection()) as guard:
                        if self._take_over(guard):
                            self._serve(guard)
                        else:
                            self._stand_by(guard)
                except (psycopg.Error, EtsError) as error:
                    known = error.code if isinstance(error, EtsError) else type(error).__name__
                    log.warning("the gateway lost the database: %s", known)
                    self._active.clear()
                    self._stopping.wait(patience.wait_after(time.monotonic() - began))
        finally:
            self._stop_links()

    def _take_over(self, guard: psycopg.Connection[Any]) -> bool:
        row = guard.execute("SELECT pg_try_advisory_lock(%s)", (ONE_GATEWAY_LOCK,)).fetchone()
        return row is not None and bool(row[0])

    def _stand_by(self, guard: psycopg.Connection[Any]) -> None:
        """Another gateway works: ours lets go of the telephone, for two would fight over it."""
        self._active.clear()
        self._write_waiting(guard)
        self._stop_links()
        self._stopping.wait(self._standby_s)

    def _serve(self, guard: psycopg.Connection[Any]) -> None:
        """Until stopped. Raises psycopg.Error or Unavailable when the database is lost."""
        self._write_waiting(guard)
        if not self._workers:
            self._start_links()
        dialler = Dialler(self._database, self.dial)
        dialler.start()
        try:
            self._active.set()
            self._keep_serving(guard)
        finally:
            dialler.stop()
        self._stop_links()
        self._write_waiting(guard)
        self._report(LinkState(reason=STOPPED))
        self._note_health(LinkState(reason=STOPPED))

    def _keep_serving(self, guard: psycopg.Connection[Any]) -> None:
        next_beat = next_forgetting = 0.0
        while not self._stopping.is_set():
            if time.monotonic() >= next_beat:
                with self._watch.over(guard):
                    guard.execute("SELECT 1")
                    self._report()
                    # Who vanished is signed out, also when no other desk is there (spec 40).
                    self._database.call(take_turn)
                if time.monotonic() >= next_forgetting:
                    gone = self._database.call(forget_what_is_done).value
                    self._database.call(keep_holidays)
                    next_forgetting = time.monotonic() + (FORGET_S if gone.is_all else 0.0)
                next_beat = time.monotonic() + self._beat_s
            self._outbox.wait(next_beat - time.monotonic())
            self._write_waiting(guard)
            self._settle_revived()
            self._settle_lost()

    def _start_links(self) -> None:
        names = [link.name for link in self._links]
        for gone in self._database.call(remove_links_but, names, datetime.now(UTC)).value:
            log.warning("link %s is in the settings no more", gone)
        scene = self._scene or Scene(*self._database.call(people_to_invent_calls_from))
        self._workers = tuple(
            LinkWorker(
                link.name, self._vendor(link, scene), self._outbox.put, on_up=self._on_link_up
            )
            for link in self._links
        )
        vendors = [worker.vendor for worker in self._workers]
        keepers = [vendor for vendor in vendors if isinstance(vendor, KeepsAgentStates)]
        self._states = StateFollower(self._database, keepers)
        self._states.start()
        self._unsettled = {}
        for worker in self._workers:
            if worker.vendor.capabilities.recovers:
                self._unsettled[worker.name] = time.monotonic() + UNSETTLED_S
            else:
                self._lose(worker.name, worker.vendor.legs_under_way())
            worker.start()

    def _vendor(self, link: GatewayLink, scene: Scene) -> Vendor:
        vendor = vendor_of(link, scene)
        if self._wire_log_mb and isinstance(vendor, Recorded):
            folder = paths().state_dir / WIRE_LOGS
            wire = WireLog(folder, link.name, link.vendor, self._wire_log_mb * _MB)
            vendor.record_to(wire)
            self._wires.append(wire)
        if isinstance(vendor, Remembers):
            vendor.remember(self._database.call(past_of, link.name, vendor.looks_back))
        return vendor

    def _on_link_up(self, name: str) -> None:
        """On the link's thread: what it found going on is in the outbox already."""
        self._revived.append(name)
        self._outbox.ring()

    def _settle_revived(self) -> None:
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

    def _settle_lost(self) -> None:
        """Events found no room: what nobody knows any more to go on must not ring for ever."""
        if self._outbox.take_lost():
            for worker in self._workers:
                if isinstance(worker.vendor, Remembers):
                    self._lose(worker.name, worker.vendor.legs_under_way())

    def _lose(self, link: str, but: frozenset[str]) -> None:
        lost = self._database.call(lose_legs_under_way, link, datetime.now(UTC), but).value
        if lost:
            log.warning("link %s: %d legs of an earlier run are lost", link, lost)

    def _stop_links(self) -> None:
        self._active.clear()
        self._states.stop()
        for worker in self._workers:
            worker.stop()
        self._workers = ()
        while self._wires:
            self._wires.pop().close()

    def _report(self, state: LinkState | None = None) -> None:
        waiting = self._outbox.by_link()
        for link in self._links:
            known, backlog = state or self._state(link), _backlog(waiting.get(link.name))
            self._database.call(report_link, link.name, link.vendor, known, backlog)

    def _state(self, link: GatewayLink) -> LinkState:
        return self.states.get(link.name, LinkState())

    def _keep_noting(self) -> None:
        """On a thread of its own: the other one may wait for a server that says nothing."""
        while not self._stopping.wait(self._beat_s):
            self._watch.look()
            self._note_health()

    def _note_health(self, state: LinkState | None = None) -> None:
        """Beside the gateway, for whoever asks while the database is away or says nothing."""
        if self._health_file is None or not (self._workers or state):
            return
        try:
            waiting = self._outbox.by_link()
            told = [self._health(link, state, waiting.get(link.name)) for link in self._links]
            write_health(self._health_file, told)
        except (OSError, EtsError) as error:
            log.warning("no health can be noted: %s", type(error).__name__)

    def _health(
        self, link: GatewayLink, state: LinkState | None, waiting: Waiting | None
    ) -> LinkHealth:
        known, backlog = state or self._state(link), _backlog(waiting)
        return LinkHealth(
            name=link.name,
            vendor=link.vendor,
            up_since=known.up_since,
            last_event_at=known.last_event_at,
            reason=known.reason,
            waiting=backlog.waiting,
            lag_s=backlog.lag_s,
        )

    def _write_waiting(self, guard: psycopg.Connection[Any]) -> None:
        """Write the outbox in order. Raises Unavailable with the rest still in it."""
        while (event := self._outbox.first()) is not None:
            with self._watch.over(guard):
                self._write(event)
            self._outbox.drop_first()

    def _write(self, event: LegEvent) -> None:
        try:
            self._database.call(record_leg_event, event)
        except Unavailable:
            raise
        except EtsError as error:
            # Refused for good: keeping it would hold up every event behind it.
            log.error("event %s is refused: %s", event.event_key, error.code)


def _backlog(waiting: Waiting | None) -> Backlog:
    if waiting is None:
        return NOTHING_WAITS
    return Backlog(waiting.count, max(0.0, (datetime.now(UTC) - waiting.oldest).total_seconds()))
