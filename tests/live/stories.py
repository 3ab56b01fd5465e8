"""What the asterisk link tells of real calls, as a test reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from ets_desktop.bench.asterisk import SECRET, USER
from ets_desktop.domain.calls import LegEvent, LegStory, Phase, tell
from ets_desktop.pbx.vendors.asterisk.client import AmiAddress
from ets_desktop.pbx.vendors.asterisk.vendor import AsteriskVendor
from ets_desktop.pbx.worker import LinkWorker
from tests.live.phones import PATIENCE_S, until
from tests.live.plan import INSIDE


class Listener:
    """A link to a real PBX, and everything it has told."""

    def __init__(self, port: int) -> None:
        address = AmiAddress("127.0.0.1", port, USER, SECRET)
        self.vendor = AsteriskVendor("live", address, INSIDE)
        self.worker = LinkWorker("live", self.vendor, self._hear)
        self.events: list[LegEvent] = []
        self._changed = Condition()

    @contextmanager
    def running(self) -> Iterator["Listener"]:
        self.worker.start()
        try:
            until(lambda: self.worker.state.up_since is not None, "the link")
            yield self
        finally:
            self.worker.stop()

    def dial(self, extension: str, number: str, request_id: str = "one") -> None:
        self.vendor.dial(extension, number, request_id)

    def has(self, extension: str, phase: Phase | str, times: int = 1) -> None:
        """Wait until a phase of that extension (or how it ended) was told so often."""

        def told() -> bool:
            found = [
                event
                for event in self.events
                if event.extension == extension and phase in (event.phase, event.end)
            ]
            return len({event.leg_key for event in found}) >= times

        with self._changed:
            there = self._changed.wait_for(told, PATIENCE_S)
        assert there, f"{extension} {phase} in {self.lines()}"

    def stories(self) -> tuple[LegStory, ...]:
        with self._changed:
            events = list(self.events)
        return tell(events, events[0].at) if events else ()

    def lines(self) -> list[str]:
        """Each leg without its times, in the order of the extensions."""
        return sorted(_line(story) for story in self.stories())

    def _hear(self, event: LegEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()


def _line(story: LegStory) -> str:
    words = [story.extension, str(story.direction), str(story.number)]
    words += [f"queue {story.queue}"] if story.queue else []
    words += [str(phase) for _, phase in story.phases]
    words += [str(story.end), *(f"peer {number}" for _, number in story.peers)]
    if story.transferred_to:
        words += [f"{story.transfer_kind} to {story.transferred_to}"]
    return " ".join(words)
