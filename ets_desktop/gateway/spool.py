"""Events that wait on disk: a gateway that is killed while the database is away loses none.

SQLite, for it knows how to survive a power cut; the file is one gateway's alone.
"""

import json
import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from ets_desktop.domain.calls import Direction, End, LegEvent, Phase
from ets_desktop.domain.errors import EtsError
from ets_desktop.gateway.outbox import Waiting
from ets_desktop.paths import make_private

log = logging.getLogger(__name__)

_MAKE = """
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS waiting (place INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT);
    BEGIN EXCLUSIVE;
    COMMIT;
"""
_FIRST = "SELECT event FROM waiting ORDER BY place LIMIT 1"
_BY_LINK = """
    SELECT json_extract(event, '$.link'), count(*), min(json_extract(event, '$.at')) FROM waiting
     WHERE json_valid(event) AND json_extract(event, '$.at') LIKE '____-__-__T%' GROUP BY 1
"""
_DROP = "DELETE FROM waiting WHERE place = (SELECT min(place) FROM waiting)"


class Spool:
    """A `Store` on disk. Every method raises EtsError `spool_unusable` when the disk refuses."""

    def __init__(self, file: Path) -> None:
        """Raises `spool_unusable` also when another gateway has the file, or it is no spool."""
        self._file = file
        make_private(file.parent)
        with self._refusals():
            self._store = sqlite3.connect(file, timeout=1.0, check_same_thread=False)
        try:
            with self._refusals():
                file.chmod(0o600)
                self._store.isolation_level = None
                self._store.executescript(_MAKE)
                counted = self._store.execute("SELECT count(*) FROM waiting").fetchone()
        except EtsError:
            self._store.close()
            raise
        self._count: int = counted[0]

    def __len__(self) -> int:
        return self._count

    def append(self, event: LegEvent) -> None:
        with self._refusals():
            self._store.execute("INSERT INTO waiting (event) VALUES (?)", (_text_of(event),))
        self._count += 1

    def first(self) -> LegEvent | None:
        while True:
            with self._refusals():
                found = self._store.execute(_FIRST).fetchone()
            if found is None:
                return None
            try:
                return _event_of(found[0])
            except (ValueError, TypeError, KeyError) as error:
                # Another version's, or a torn one: it must not hold up those behind it.
                log.error("an event that waited cannot be read: %s", type(error).__name__)
                self.drop_first()

    def drop_first(self) -> None:
        with self._refusals():
            self._store.execute(_DROP)
        self._count -= 1

    def by_link(self) -> Mapping[str, Waiting]:
        with self._refusals():
            rows = self._store.execute(_BY_LINK).fetchall() if self._count else []
        return {link: Waiting(count, datetime.fromisoformat(at)) for link, count, at in rows}

    def close(self) -> None:
        """Let go of the file; what waits is there at the next start."""
        self._store.close()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = type(error).__name__
            raise EtsError("spool_unusable", file=str(self._file), reason=reason) from error


def _text_of(event: LegEvent) -> str:
    kept = {field.name: getattr(event, field.name) for field in fields(event)}
    kept |= {
        "at": event.at.isoformat(),
        "heard_at": event.heard_at.isoformat(),
        "details": dict(event.details),
    }
    return json.dumps(kept, ensure_ascii=False)


def _event_of(text: str) -> LegEvent:
    kept = json.loads(text)
    kept |= {
        "at": datetime.fromisoformat(kept["at"]),
        "heard_at": datetime.fromisoformat(kept["heard_at"]),
        "direction": Direction(kept["direction"]),
        "phase": Phase(kept["phase"]),
        "end": None if kept["end"] is None else End(kept["end"]),
    }
    return LegEvent(**kept)
