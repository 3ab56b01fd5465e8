"""What the ARS vendor tells: heard at a secret path, on this disk before it is answered, then in
the database (spec 50).

Beside the telephone and not part of it: every gateway with `[gateway.ars]` hears, also one that
stands by, for a session told twice is one.
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from threading import Condition, Event, Thread, Timer
from types import MappingProxyType
from typing import Any, Final

from ets_desktop.db.engine import Database
from ets_desktop.domain.ars import ArsEvent, ArsKind, BadArsEvent, read_events
from ets_desktop.domain.backoff import Patience
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.gateway.disk import DiskFile
from ets_desktop.gateway.watch import SILENCE_S
from ets_desktop.pbx.door import OK, Answer, Ear, hang_up, listen
from ets_desktop.services.ars import record_ars_events
from ets_desktop.settings import ArsDoor

log = logging.getLogger(__name__)

#: Beside the spool of the telephone.
ARS_SPOOL: Final = "ars.sqlite"
#: Five hundred events with every word as long as it may be are refused; with usual ones they fit.
MOST_BYTES: Final = 262_144
#: Requests that wait for a database that is away; the vendor of the next one is asked to wait.
ROOM: Final = 20_000
_WAITED_S: Final = 60.0
_JOIN_S: Final = 6.0
_MAKE = "CREATE TABLE IF NOT EXISTS told (place INTEGER PRIMARY KEY AUTOINCREMENT, events TEXT);"
_FIRST = "SELECT place, events FROM told ORDER BY place LIMIT 1"
_REASONS = MappingProxyType(
    {
        "not_text": "neither UTF-8 nor CP949",
        "not_json": "no JSON",
        "key_twice": "an object has a key twice",
        "not_events": "an object, or a list of objects, is expected",
        "too_many": "too many events in one request",
        "missing": "is missing",
        "wrong_type": "is of another type",
        "too_long": "is too long",
        "no_moment": "is no time, or none of these days",
        "no_amount": "is no amount of won",
        "no_kind": "is none of cancel, return, exchange, delivery, consultation",
        "ended_before": "is before answered_at",
    }
)
_FULL = Answer("503 Service Unavailable", b'{"error":"full","message":"tell it again later"}')


class ArsSpool:
    """Requests on disk, in order. Any thread; every method raises EtsError `spool_unusable`."""

    def __init__(self, file: Path) -> None:
        """Raises `spool_unusable` also when another gateway has the file, or it is no spool."""
        self._disk = DiskFile(file, _MAKE)
        self._lock = Condition()
        self._count: int = self._disk.ask("SELECT count(*) FROM told")[0][0]

    def __len__(self) -> int:
        with self._lock:
            return self._count

    def append(self, events: tuple[ArsEvent, ...]) -> None:
        with self._lock:
            self._disk.ask("INSERT INTO told (events) VALUES (?)", (_text_of(events),))
            self._count += 1
            self._lock.notify_all()

    def first(self) -> tuple[int, tuple[ArsEvent, ...]] | None:
        """The request that waits longest, and its place."""
        with self._lock:
            while found := self._disk.ask(_FIRST):
                place, text = found[0]
                try:
                    return place, _events_of(text)
                except (ValueError, TypeError, KeyError) as error:
                    log.error("what an ARS told cannot be read: %s", type(error).__name__)
                    # It must not hold up those behind it.
                    self._drop(place)
            return None

    def drop(self, place: int) -> None:
        with self._lock:
            self._drop(place)

    def wait(self, seconds: float) -> None:
        """Until something waits, somebody rings, or `seconds` are over."""
        with self._lock:
            if not self._count:
                self._lock.wait(seconds)

    def ring(self) -> None:
        with self._lock:
            self._lock.notify_all()

    def close(self) -> None:
        """What waits is there at the next start."""
        self._disk.close()

    def _drop(self, place: int) -> None:
        self._disk.ask("DELETE FROM told WHERE place = ?", (place,))
        self._count -= 1


class ArsIntake:
    """Hears from `start` to `stop`. The spool is the caller's to close, after `stop`."""

    def __init__(
        self,
        database: Database,
        door: ArsDoor,
        spool: ArsSpool,
        *,
        require_schema: Callable[[], None] | None = None,
    ) -> None:
        """`require_schema` raises EtsError for a database that this program cannot work with."""
        self._database, self._door, self._spool = database, door, spool
        self._require_schema = require_schema
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="ars", daemon=True)

    def start(self) -> None:
        """Raises Unavailable `door_port`."""
        ear = Ear(b"POST", self._hear, MOST_BYTES)
        listen(self._door.host, self._door.port, self._door.path, ear)
        self._thread.start()

    def stop(self) -> None:
        """What is not written yet stays on the disk."""
        self._stopping.set()
        hang_up(self._door.host, self._door.port, self._door.path)
        self._spool.ring()
        self._thread.join(_JOIN_S)

    def _hear(self, _query: bytes, body: bytes, peer: str) -> Answer:
        """On the door's thread. 200 says that it is kept; nothing that came is told back."""
        try:
            events = read_events(body, datetime.now(UTC))
        except BadArsEvent as error:
            log.warning("ARS: %s told what is refused: %s %s", peer, error.reason, error.field)
            return Answer("400 Bad Request", _refusal(error))
        if len(self._spool) >= ROOM:
            log.error("ARS: no room for what %s told", peer)
            return _FULL
        try:
            self._spool.append(events)
        except EtsError as error:
            log.error("ARS: what %s told cannot be kept: %s", peer, error.code)
            return _FULL
        log.info("ARS: %s told of %d", peer, len(events))
        return Answer(OK, json.dumps({"accepted": len(events)}).encode())

    def _run(self) -> None:
        patience = Patience()
        while not self._stopping.is_set():
            self._spool.wait(_WAITED_S)
            try:
                self._write_all()
                patience = Patience()
            except EtsError as error:
                log.warning("ARS: what was told waits: %s", error.code)
                self._stopping.wait(patience.wait_after(0.0))

    def _write_all(self) -> None:
        """Raises EtsError (Unavailable) with the rest still on the disk."""
        while not self._stopping.is_set() and (waiting := self._spool.first()) is not None:
            place, events = waiting
            if self._require_schema is not None:
                self._require_schema()
                self._require_schema = None
            # A server that says nothing is given up, and what waits for it waits here.
            silence = Timer(SILENCE_S, self._database.hang_up)
            silence.daemon = True
            silence.start()
            try:
                self._database.call(record_ars_events, events)
            except Unavailable:
                raise
            except EtsError as error:
                # Refused for good: keeping it would hold up everything behind it.
                log.error("ARS: what was told is refused: %s", error.code)
            finally:
                silence.cancel()
            self._spool.drop(place)


@contextmanager
def hearing_ars(
    database: Database,
    door: ArsDoor,
    spool: Path,
    require_schema: Callable[[], None] | None = None,
) -> Iterator[None]:
    """An intake with its spool. Raises EtsError `spool_unusable`, Unavailable `door_port`."""
    with closing(ArsSpool(spool)) as told:
        intake = ArsIntake(database, door, told, require_schema=require_schema)
        intake.start()
        try:
            yield
        finally:
            intake.stop()


def _refusal(error: BadArsEvent) -> bytes:
    told: dict[str, Any] = {"error": error.reason, "message": _REASONS[error.reason]}
    if error.field:
        told["field"] = error.field
    if error.place:
        told["event"] = error.place
    return json.dumps(told).encode()


def _text_of(events: tuple[ArsEvent, ...]) -> str:
    return json.dumps([asdict(event) for event in events], ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()


def _events_of(text: str) -> tuple[ArsEvent, ...]:
    return tuple(_event_of(kept) for kept in json.loads(text))


def _event_of(kept: dict[str, Any]) -> ArsEvent:
    ended_at = kept["ended_at"]
    return ArsEvent(
        **kept
        | {
            "answered_at": datetime.fromisoformat(kept["answered_at"]),
            "ended_at": None if ended_at is None else datetime.fromisoformat(ended_at),
            "kind": None if kept["kind"] is None else ArsKind(kept["kind"]),
            "menu": tuple(kept["menu"]),
        }
    )
