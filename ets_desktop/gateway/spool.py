"""Events that wait on disk: a gateway that is killed while the database is away loses none."""

import json
import logging
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from ets_desktop.domain.calls import Direction, End, LegEvent, Phase
from ets_desktop.gateway.disk import DiskFile
from ets_desktop.gateway.outbox import Waiting

log = logging.getLogger(__name__)

_MAKE = "CREATE TABLE IF NOT EXISTS waiting (place INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT);"
_FIRST = "SELECT event FROM waiting ORDER BY place LIMIT 1"
_BY_LINK = """
    SELECT json_extract(event, '$.link'), count(*), min(json_extract(event, '$.at')) FROM waiting
     WHERE json_valid(event) AND json_extract(event, '$.at') LIKE '____-__-__T%' GROUP BY 1
"""
_OF_LINK = """
    SELECT event FROM waiting
     WHERE json_valid(event) AND json_extract(event, '$.link') = ? ORDER BY place
"""
_DROP = "DELETE FROM waiting WHERE place = (SELECT min(place) FROM waiting)"


class Spool:
    """A `Store` on disk. Every method raises EtsError `spool_unusable` when the disk refuses."""

    def __init__(self, file: Path) -> None:
        """Raises `spool_unusable` also when another gateway has the file, or it is no spool."""
        self._disk = DiskFile(file, _MAKE)
        self._count: int = self._disk.ask("SELECT count(*) FROM waiting")[0][0]

    def __len__(self) -> int:
        return self._count

    def append(self, event: LegEvent) -> None:
        self._disk.ask("INSERT INTO waiting (event) VALUES (?)", (text_of(event),))
        self._count += 1

    def first(self) -> LegEvent | None:
        while found := self._disk.ask(_FIRST):
            event = event_of(found[0][0])
            if event is not None:
                return event
            # It must not hold up those behind it.
            self.drop_first()
        return None

    def drop_first(self) -> None:
        self._disk.ask(_DROP)
        self._count -= 1

    def by_link(self) -> Mapping[str, Waiting]:
        rows = self._disk.ask(_BY_LINK) if self._count else []
        return {link: Waiting(count, datetime.fromisoformat(at)) for link, count, at in rows}

    def of_link(self, link: str) -> list[LegEvent]:
        rows = self._disk.ask(_OF_LINK, (link,)) if self._count else []
        return [event for (text,) in rows if (event := event_of(text)) is not None]

    def close(self) -> None:
        """Let go of the file; what waits is there at the next start."""
        self._disk.close()


def text_of(event: LegEvent) -> str:
    """An event as it is kept on disk."""
    kept = {field.name: getattr(event, field.name) for field in fields(event)}
    kept |= {
        "at": event.at.isoformat(),
        "heard_at": event.heard_at.isoformat(),
        "details": dict(event.details),
    }
    return json.dumps(kept, ensure_ascii=False)


def event_of(text: str) -> LegEvent | None:
    """What `text_of` made a text of; None, and a word in the log, of another version's or a torn
    one."""
    try:
        kept = json.loads(text)
        kept |= {
            "at": datetime.fromisoformat(kept["at"]),
            "heard_at": datetime.fromisoformat(kept["heard_at"]),
            "direction": Direction(kept["direction"]),
            "phase": Phase(kept["phase"]),
            "end": None if kept["end"] is None else End(kept["end"]),
        }
        return LegEvent(**kept)
    except (ValueError, TypeError, KeyError) as error:
        log.error("an event that was kept cannot be read: %s", type(error).__name__)
        return None
