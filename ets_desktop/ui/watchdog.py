"""Who holds up the window: each stall of the GUI thread, with the place in the code where it stood.

For the debug mode and `ets bench`: a thread looks at the GUI thread's stack while no beat comes.
Places only, never values: the log holds no personal data (spec 80).
"""

import logging
import sys
import threading
from collections import Counter, deque
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import CodeType, FrameType

from PySide6.QtCore import QObject, Qt, QTimer, Slot

log = logging.getLogger(__name__)

#: No path may hold up the GUI thread for longer (spec 90).
LIMIT_MS = 50.0
BEAT_MS = 5
#: How often a standing thread's stack is looked at.
_LOOK_S = 0.01
#: One that stands for so long is told while it stands: it may never go on.
_FOR_EVER_MS = 5_000.0
#: So many of the latest beats, stalls, and frames of a stack are kept.
_KEPT_BEATS, _KEPT_STALLS, _FRAMES = 100_000, 200, 12
#: A place in the code, innermost first: `ui/jobs.py:180 deliver_one`.
Places = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stall:
    """`milliseconds` the GUI thread took nothing up: `starved` of them because every core of the
    machine was busy, `busy` at work, the rest waiting, be it for Python's lock (both are 0 where
    the system does not tell). `places` is where it was seen most often, empty if nothing of
    Python's could be seen."""

    milliseconds: float
    starved: float
    busy: float
    places: Places

    @property
    def own(self) -> float:
        """What the program itself is to blame for."""
        return max(0.0, self.milliseconds - self.starved)

    def __str__(self) -> str:
        places = " < ".join(self.places) or "nowhere in Python"
        share = f"starved for {self.starved:.0f}, at work for {self.busy:.0f}"
        return f"{self.milliseconds:.0f} ms ({share}) at {places}"


class Watchdog(QObject):
    """Make it on the GUI thread, once its event loop is about to run; `stop` it before the end."""

    def __init__(self, limit_ms: float = LIMIT_MS) -> None:
        super().__init__()
        self._limit = limit_ms
        self._thread_id = threading.get_ident()
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._late: deque[float] = deque(maxlen=_KEPT_BEATS)
        self._stalls: deque[Stall] = deque(maxlen=_KEPT_STALLS)
        self._seen: Counter[Places] = Counter()
        self._last, self._spent = perf_counter(), self._spent_so_far()
        self._stopped = threading.Event()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()
        self._looker = threading.Thread(target=self._look, name="watchdog", daemon=True)
        self._looker.start()

    def take_beats(self) -> list[float]:
        """How late each beat since the last `take_beats` was, in ms."""
        beats = list(self._late)
        self._late.clear()
        return beats

    def take_stalls(self) -> list[Stall]:
        """The stalls since the last `take_stalls`."""
        stalls = list(self._stalls)
        self._stalls.clear()
        return stalls

    def stop(self) -> None:
        self._timer.stop()
        self._stopped.set()
        self._looker.join()

    @Slot()
    def _on_beat(self) -> None:
        now, (busy, starved) = perf_counter(), self._spent_so_far()
        late = max(0.0, (now - self._last) * 1000 - BEAT_MS)
        self._late.append(late)
        if late > self._limit:
            # A stack seen on the way in would stay for the next one.
            seen, self._seen = self._seen, Counter()
            places = seen.most_common(1)[0][0] if seen else ()
            busy_before, starved_before = self._spent
            stall = Stall(
                late, (starved - starved_before) / 1e6, (busy - busy_before) / 1e6, places
            )
            self._stalls.append(stall)
            log.warning("the GUI thread stood still for %s", stall)
        self._last, self._spent = now, (busy, starved)

    def _look(self) -> None:
        """On a thread of its own."""
        told = 0.0
        while not self._stopped.wait(_LOOK_S):
            last = self._last
            standing = (perf_counter() - last) * 1000
            if standing < self._limit:
                if self._seen:
                    self._seen.clear()
                continue
            places = places_of(sys._current_frames().get(self._thread_id))
            self._seen[places] += 1
            if standing > _FOR_EVER_MS and told != last:
                told = last
                log.error("the GUI thread has stood still for 5 s at %s", " < ".join(places))

    def _spent_so_far(self) -> tuple[int, int]:
        """Nanoseconds the GUI thread was at work, and ready for it without a core; Linux tells."""
        try:
            busy, starved, _ = self._schedule.read_bytes().split()
        except OSError:
            return 0, 0
        return int(busy), int(starved)


def places_of(frame: FrameType | None) -> Places:
    """Where a thread is, innermost first; files by their last two names, without the home."""
    seen: list[tuple[CodeType, int]] = []
    while frame is not None and len(seen) < _FRAMES:
        seen.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back
    # Only now, with the frames let go: what they hold must not die on the thread that looks.
    return tuple(
        f"{'/'.join(Path(code.co_filename).parts[-2:])}:{line} {code.co_name}"
        for code, line in seen
    )
