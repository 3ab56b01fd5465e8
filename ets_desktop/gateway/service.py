"""The gateway: runs the links to the telephone systems and writes what they report (spec 40)."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from types import MappingProxyType
from typing import Any

import psycopg

from ets_desktop.db.engine import Database
from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.gateway.dialler import Dialler
from ets_desktop.gateway.draining import Drain
from ets_desktop.gateway.health_file import write_health
from ets_desktop.gateway.links import Links
from ets_desktop.gateway.logbook import Logbook, stopping_no_call
from ets_desktop.gateway.outbox import Outbox, Store, Waiting
from ets_desktop.gateway.watch import Watch
from ets_desktop.pbx.protocol import LinkState, Past
from ets_desktop.pbx.scene import Scene
from ets_desktop.pbx.worker import STOPPED
from ets_desktop.queries.gateway import links_last_seen, links_told_of
from ets_desktop.queries.health import LinkHealth
from ets_desktop.services.duty import take_turn
from ets_desktop.services.forgetting import forget_what_is_done
from ets_desktop.services.gateway import NOTHING_WAITS, Backlog, report_link
from ets_desktop.services.holidays import keep_holidays
from ets_desktop.services.statistics_folding import MOST as MOST_DAYS
from ets_desktop.services.statistics_folding import fold_statistics
from ets_desktop.settings import GatewayLink

log = logging.getLogger(__name__)

#: One gateway a database; the others wait for this lock. It lives as long as its connection.
ONE_GATEWAY_LOCK = 4_010_100

#: Without settings: a telephone that is silent until somebody dials or `ets ring` is called.
DEFAULT_LINKS = (GatewayLink("simulator", "simulator"),)

BEAT_S = 5.0
STANDBY_S = 2.0
#: A link that was told of so much later than we last did was told of by another gateway: longer
#: than a beat, and a server that says nothing.
RELIEVED_AFTER = timedelta(seconds=15)
#: So long another gateway may take for its links before what we heard is told without them.
OTHERS_UP_S = 60.0
#: So often it looks for what is done for long (services/forgetting.py), and at the calendar.
FORGET_S = 3_600.0
#: So often it counts days that changed for 통계, a few at once; while there are more it rests only
#: that briefly: years are there at the first start with them.
FOLD_S, FOLD_REST_S = 60.0, 0.2
_JOIN_S = 6.0


@dataclass(slots=True)
class StoodBy:
    """Since when another gateway has the lock, by the database's clock and by ours."""

    since: datetime
    began: float
    saw_all_up: bool = False


class Gateway:
    """Give it a database login that may write calls, links of the settings, and `start` it.

    Only one gateway works on a database at a time; another one stands by and takes over. While
    the database is away, events wait in order where `store` keeps them (memory, or a Spool). With
    a `logbook` a gateway that had the telephone last hears it also when it starts without the
    database; in `health_file` it says how the links stand meanwhile.

    `wire_log_mb` is what the wire log of each link may take of the disk, 0 keeps none. `scene` is
    whom a simulator invents calls from, without it the customers of the database. `require_schema`
    raises EtsError for a database that this program cannot work with: see `refusal`.
    """

    def __init__(
        self,
        database: Database,
        links: Sequence[GatewayLink] = (),
        *,
        scene: Scene | None = None,
        store: Store | None = None,
        logbook: Logbook | None = None,
        require_schema: Callable[[], None] | None = None,
        beat_s: float = BEAT_S,
        standby_s: float = STANDBY_S,
        wire_log_mb: int = 0,
        health_file: Path | None = None,
    ) -> None:
        """Raises EtsError `vendor_unknown` or `link_option`."""
        self._database = database
        self._beat_s, self._standby_s = beat_s, standby_s
        self._links = tuple(links) or DEFAULT_LINKS
        self._names = [link.name for link in self._links]
        self._health_file = health_file
        self._logbook, self._require_schema = logbook, require_schema
        self._refusal: EtsError | None = None
        self._outbox = Outbox(store)
        self._telephone = Links(
            database, self._links, scene, wire_log_mb, self._outbox.put, self._outbox.ring
        )
        self._seen_at: datetime | None = None
        # Another gateway may have worked since what waits was heard.
        self._in_doubt = False
        self._stood_by: StoodBy | None = None
        self._stopping = Event()
        self._active = Event()
        self._thread = Thread(target=self._run, name="gateway", daemon=True)
        self._watch = Watch(database.hang_up)
        self._drain = Drain(database, self._outbox, self._watch, logbook)
        self._noting = Thread(target=self._keep_noting, name="gateway health", daemon=True)

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
    def refusal(self) -> EtsError | None:
        """Why it works no more with this database."""
        return self._refusal

    @property
    def is_alone(self) -> bool:
        """It hears the telephone and keeps what it hears: the database is away."""
        return bool(self._telephone) and not self.is_active

    @property
    def waiting_events(self) -> int:
        """How many events are not in the database yet."""
        return len(self._outbox)

    @property
    def states(self) -> Mapping[str, LinkState]:
        """The links of this gateway by name; empty on standby."""
        return MappingProxyType(self._telephone.states)

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
        self._telephone.dial(extension, number, request_id)

    def _run(self) -> None:
        patience = Patience()
        try:
            self._remember()
            while not self._stopping.is_set() and self._refusal is None:
                began = time.monotonic()
                try:
                    with closing(self._database.listening_connection()) as guard:
                        self._look_at_schema()
                        if self._take_over(guard):
                            self._serve(guard)
                        else:
                            self._stand_by(guard)
                except (psycopg.Error, EtsError) as error:
                    known = error.code if isinstance(error, EtsError) else type(error).__name__
                    log.warning("the gateway lost the database: %s", known)
                    self._active.clear()
                    self._listen_alone()
                    self._stopping.wait(patience.wait_after(time.monotonic() - began))
        finally:
            self._active.clear()
            self._telephone.stop()

    def _look_at_schema(self) -> None:
        """Once: it does not change under a gateway that works."""
        if self._require_schema is None:
            return
        try:
            self._require_schema()
            self._require_schema = None
        except Unavailable:
            raise
        except EtsError as error:
            self._refusal = error
            raise

    def _take_over(self, guard: psycopg.Connection[Any]) -> bool:
        row = guard.execute("SELECT pg_try_advisory_lock(%s)", (ONE_GATEWAY_LOCK,)).fetchone()
        return row is not None and bool(row[0])

    def _remember(self) -> None:
        """Whether the telephone was ours at the end of the last run."""
        if self._logbook is not None:
            with stopping_no_call():
                self._seen_at = self._logbook.seen_at
            self._in_doubt = self._seen_at is None

    def _listen_alone(self) -> None:
        """No call waits for a database: what was ours is heard, and kept."""
        if self._logbook is None or self._seen_at is None or self._telephone or self._refusal:
            return
        try:
            self._telephone.start_alone(self._past)
        except EtsError as error:
            log.warning("the links do not start without the database: %s", error.code)
            self._telephone.stop()

    def _past(self, link: str, looks_back: timedelta) -> Past:
        assert self._logbook is not None
        return self._logbook.past(link, looks_back, self._outbox.of_link(link))

    def _stand_by(self, guard: psycopg.Connection[Any]) -> None:
        """Another gateway works: ours lets go of the telephone, for two would fight over it."""
        self._active.clear()
        self._telephone.stop()
        self._in_doubt = True
        if self._stood_by is None:
            row = guard.execute("SELECT clock_timestamp()").fetchone()
            assert row is not None
            self._stood_by = StoodBy(row[0], time.monotonic())
        others = self._database.call(links_told_of, self._stood_by.since)
        if others and self._seen_at is not None:
            # Not before: the lock may be our own, of a connection that the server thinks alive.
            self._seen_at = None
            if self._logbook is not None:
                with stopping_no_call():
                    self._logbook.let_go()
        up = {name: at for name, at in others.items() if name in self._names and at is not None}
        self._tell_belated(guard, up, self._stood_by)
        self._stopping.wait(self._standby_s)

    def _tell_belated(
        self, guard: psycopg.Connection[Any], up: Mapping[str, datetime], stood_by: StoodBy
    ) -> None:
        """What we heard, once the other gateway had time to find what it can hear itself."""
        late = time.monotonic() - stood_by.began >= OTHERS_UP_S
        if self.waiting_events and (late or stood_by.saw_all_up):
            self._drain.write_belated(guard, up, self._telephone.names_calls)
            self._drain.end_what_is_open(up)
        # What was going on then is written at the latest when we look the next time.
        stood_by.saw_all_up = len(up) == len(self._names)

    def _serve(self, guard: psycopg.Connection[Any]) -> None:
        """Until stopped. Raises psycopg.Error or Unavailable when the database is lost."""
        self._take_up(guard)
        dialler = Dialler(self._database, self._telephone.dial)
        dialler.start()
        try:
            self._active.set()
            self._keep_serving(guard)
        finally:
            dialler.stop()
        self._telephone.stop()
        self._drain.write(guard)
        self._report(LinkState(reason=STOPPED))
        self._note_health(LinkState(reason=STOPPED))

    def _take_up(self, guard: psycopg.Connection[Any]) -> None:
        """What waited goes first, in order; then the links go on, or begin."""
        if self._was_relieved():
            # They began with a past that is out of date.
            self._telephone.stop()
            self._drain.write_belated(guard, {}, self._telephone.names_calls)
            self._drain.forget_what_is_open()
        else:
            self._drain.write(guard)
        self._telephone.adopt()
        self._in_doubt, self._stood_by = False, None

    def _was_relieved(self) -> bool:
        if self._in_doubt:
            return True
        last = self._database.call(links_last_seen)
        if self._seen_at is None or last is None:
            return False
        return last > self._seen_at + RELIEVED_AFTER

    def _keep_serving(self, guard: psycopg.Connection[Any]) -> None:
        next_beat = next_forgetting = next_folding = 0.0
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
                    self._forget_told()
                    next_forgetting = time.monotonic() + (FORGET_S if gone.is_all else 0.0)
                next_beat = time.monotonic() + self._beat_s
            if time.monotonic() >= next_folding:
                folded = self._database.call(fold_statistics).value
                rest = FOLD_S if folded < MOST_DAYS else FOLD_REST_S
                next_folding = time.monotonic() + rest
            self._outbox.wait(min(next_beat, next_folding) - time.monotonic())
            self._drain.write(guard)
            self._telephone.settle()
            if self._outbox.take_lost():
                self._telephone.lose_forgotten()

    def _report(self, state: LinkState | None = None) -> None:
        waiting = self._outbox.by_link()
        for link in self._links:
            known, backlog = state or self._state(link), _backlog(waiting.get(link.name))
            told = self._database.call(report_link, link.name, link.vendor, known, backlog)
            self._seen_at = told.value
        if self._logbook is not None and self._seen_at is not None:
            with stopping_no_call():
                self._logbook.note_seen(self._seen_at)

    def _forget_told(self) -> None:
        if self._logbook is not None:
            with stopping_no_call():
                for link, looks_back in self._telephone.looks_back().items():
                    self._logbook.forget(link, looks_back)

    def _state(self, link: GatewayLink) -> LinkState:
        return self.states.get(link.name, LinkState())

    def _keep_noting(self) -> None:
        """On a thread of its own: the other one may wait for a server that says nothing."""
        while not self._stopping.wait(self._beat_s):
            self._watch.look()
            self._note_health()

    def _note_health(self, state: LinkState | None = None) -> None:
        """Beside the gateway, for whoever asks while the database is away or says nothing."""
        if self._health_file is None or not (self._telephone or state):
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
            alone=self.is_alone and link.name in self._telephone.states,
        )


def _backlog(waiting: Waiting | None) -> Backlog:
    if waiting is None:
        return NOTHING_WAITS
    return Backlog(waiting.count, max(0.0, (datetime.now(UTC) - waiting.oldest).total_seconds()))
