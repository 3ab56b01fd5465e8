"""The ears of many desks without their windows: they make the database tell everybody."""

import sys
from contextlib import closing
from queue import SimpleQueue
from threading import Lock

from ets_desktop.bench.probes.telling import tell
from ets_desktop.db.engine import Database
from ets_desktop.db.feed import Feed, FeedState
from ets_desktop.domain.calls import CallEventRow

_WAIT_S = 30.0


class Ears:
    """Counts what all of them hear."""

    def __init__(self) -> None:
        self.heard = 0
        self._guard = Lock()

    def take(self, events: tuple[CallEventRow, ...]) -> None:
        with self._guard:
            self.heard += len(events)


def _ignore(topics: object) -> None:
    """What changes is nobody's here."""


def main(url: str, *extensions: str) -> None:
    """Tells that all listen; then, when nobody speaks to it any more, how many events came."""
    ears, connected = Ears(), SimpleQueue[FeedState]()
    with closing(Database(url, application_name="ets bench ears")) as database:
        feeds = [
            Feed(
                database.listening_connection,
                extension,
                on_call_events=ears.take,
                on_change=_ignore,
                on_state=connected.put,
            )
            for extension in extensions
        ]
        for feed in feeds:
            feed.start()
        for _ in feeds:
            if not connected.get(timeout=_WAIT_S).connected:
                raise ConnectionError("the database does not let all of them in")
        tell(len(feeds))
        for _line in sys.stdin:
            tell(ears.heard)
        for feed in feeds:
            feed.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
