"""What the next run of this gateway must know where no database can be asked.

Whether the telephone was ours when the last run ended: then it is heard again at once, and waits
for nobody. And what was told of its calls: a vendor goes on with that.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ets_desktop.domain.calls import LegEvent, Phase, fold
from ets_desktop.domain.errors import EtsError
from ets_desktop.gateway.disk import DiskFile
from ets_desktop.gateway.spool import event_of, text_of
from ets_desktop.pbx.protocol import KnownLeg, Past

log = logging.getLogger(__name__)

_MAKE = """
    CREATE TABLE IF NOT EXISTS ours (database TEXT PRIMARY KEY, seen_at TEXT);
    CREATE TABLE IF NOT EXISTS told (place INTEGER PRIMARY KEY, link TEXT, leg TEXT, at TEXT,
        ended INTEGER, event TEXT);
    CREATE INDEX IF NOT EXISTS told_leg ON told (link, leg);
"""
_OURS = "SELECT seen_at FROM ours WHERE database = ?"
_SEEN = """
    INSERT INTO ours (database, seen_at) VALUES (?, ?)
        ON CONFLICT (database) DO UPDATE SET seen_at = excluded.seen_at
"""
_NOTE = "INSERT INTO told (link, leg, at, ended, event) VALUES (?, ?, ?, ?, ?)"
_TOLD = "SELECT event FROM told WHERE link = ? ORDER BY place"
#: Legs that are over for longer than anybody looks back; nobody knows any more of one this old.
_FORGET = """
    DELETE FROM told WHERE link = ?1 AND leg IN (
        SELECT leg FROM told WHERE link = ?1 GROUP BY leg
        HAVING max(at) < CASE WHEN max(ended) THEN ?2 ELSE ?3 END)
"""
_OPEN_REMEMBERED = timedelta(days=7)


class Logbook:
    """Of one database, which is named by its place. One thread at a time; every method raises
    EtsError `spool_unusable` when the disk refuses."""

    def __init__(self, file: Path, database: str) -> None:
        """Raises `spool_unusable` also when another gateway has the file, or it is something
        else."""
        self._disk = DiskFile(file, _MAKE)
        self._database = database

    @property
    def seen_at(self) -> datetime | None:
        """When the telephone was last seen to be ours, by the database's clock; None: it is not."""
        rows = self._disk.ask(_OURS, (self._database,))
        return datetime.fromisoformat(rows[0][0]) if rows else None

    def note_seen(self, at: datetime) -> None:
        self._disk.ask(_SEEN, (self._database, at.isoformat()))

    def let_go(self) -> None:
        """Another gateway has the telephone."""
        self._disk.ask("DELETE FROM ours")
        self._disk.ask("DELETE FROM told")

    def note_told(self, event: LegEvent) -> None:
        """It is in the database now."""
        ended = event.phase is Phase.ENDED
        at = event.at.astimezone(UTC).isoformat()
        self._disk.ask(_NOTE, (event.link, event.leg_key, at, ended, text_of(event)))

    def forget(self, link: str, looks_back: timedelta) -> None:
        now = datetime.now(UTC)
        before = ((now - back).isoformat() for back in (looks_back, _OPEN_REMEMBERED))
        self._disk.ask(_FORGET, (link, *before))

    def past(self, link: str, looks_back: timedelta, waiting: Iterable[LegEvent]) -> Past:
        """As the database would tell it (queries/gateway.past_of), with what waits for it."""
        earliest = datetime.now(UTC) - looks_back
        rows = self._disk.ask(_TOLD, (link,))
        events = [event for (text,) in rows if (event := event_of(text)) is not None]
        by_leg: dict[str, list[LegEvent]] = {}
        for event in (*events, *waiting):
            by_leg.setdefault(event.leg_key, []).append(event)
        known = [_known(events) for events in by_leg.values()]
        legs = tuple(k for k in known if k.phase is not Phase.ENDED or k.rang_at >= earliest)
        worked = [leg.rang_at for leg in legs if leg.rang_at >= earliest]
        worked += filter(None, (self.seen_at,))
        return Past(max(earliest, min(worked)) if worked else None, legs)

    def close(self) -> None:
        self._disk.close()


@contextmanager
def stopping_no_call() -> Iterator[None]:
    """What the next run would like to know may find no room on the disk."""
    try:
        yield
    except EtsError as error:
        log.error("nothing is kept for the next start: %s", error.code)


def _known(events: list[LegEvent]) -> KnownLeg:
    first = events[0]
    state = fold(None, first)
    for event in events[1:]:
        state = fold(state, event)
    return KnownLeg(
        leg_key=first.leg_key,
        call_key=first.vendor_call_id,
        extension=events[-1].extension,
        direction=state.direction,
        phase=state.phase,
        end=state.end,
        number=next((event.number for event in events if event.number), None),
        dialled=next((event.dialled for event in events if event.dialled), None),
        rang_at=state.rang_at,
        event_keys=tuple(dict.fromkeys(event.event_key for event in events)),
    )
