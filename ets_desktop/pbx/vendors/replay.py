"""Plays a recorded stream as if it happened now: tests, demonstration, training."""

import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from ets_desktop.domain.calls import LegEvent
from ets_desktop.domain.errors import EtsError
from ets_desktop.pbx.protocol import Capabilities, OnEvent
from ets_desktop.pbx.scene import Scene, option, refuse_unknown
from ets_desktop.pbx.vendors.asterisk.recording import load_recording
from ets_desktop.pbx.wire.playback import play
from ets_desktop.settings import GatewayLink


class ReplayVendor:
    """`speed` 1 is real time, 0 as fast as possible. Each run makes calls of its own."""

    def __init__(self, link: str, file: Path, speed: float = 1.0) -> None:
        self._link = link
        self._file = file
        self._speed = speed
        self._stopping = Event()

    @classmethod
    def of_link(cls, link: GatewayLink, scene: Scene) -> "ReplayVendor":
        """Options: `file`, `speed`."""
        refuse_unknown(link, {"file", "speed"})
        speed = option(link, "speed", float, 1.0)
        if speed < 0:
            raise EtsError("link_option", link=link.name, option="speed", expected="0 or more")
        return cls(link.name, Path(option(link, "file", str, "")), speed)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities()

    def run(self, on_event: OnEvent, on_up: Callable[[], None]) -> None:
        """Returns at the end of the recording. Raises RecordingError."""
        recording = load_recording(self._file)
        run = uuid.uuid4().hex[:12]
        began, clock = datetime.now(UTC), time.monotonic()
        on_up()
        for second, told in play(recording, self._link):
            if told and self._wait_until(second, clock):
                return
            for event in told:
                on_event(_now(event, run, began - recording.began))

    def legs_under_way(self) -> frozenset[str]:
        return frozenset()

    def stop(self) -> None:
        self._stopping.set()

    def dial(self, extension: str, number: str, request_id: str) -> None:
        raise EtsError("cannot_dial", link=self._link)

    def _wait_until(self, second: float, clock: float) -> bool:
        """Wait for that second of the recording; True when stopped meanwhile."""
        if self._speed == 0:
            return self._stopping.is_set()
        return self._stopping.wait(max(0.0, clock + second / self._speed - time.monotonic()))


def _now(event: LegEvent, run: str, shift: timedelta) -> LegEvent:
    return replace(
        event,
        vendor_call_id=f"{run}:{event.vendor_call_id}",
        event_key=f"{run}:{event.event_key}",
        at=event.at + shift,
        heard_at=event.heard_at + shift,
    )
