"""The desk's own measurements: from the ring to the painted caller (spec 40, time)."""

import math
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

#: So many of the latest rings are kept.
KEPT = 1000


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` (0–1) of all do not exceed (nearest rank); None without values."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _unknown() -> None:
    """Of a journal nobody asks."""


class Diagnostics:
    """Seconds from the PBX's event to the painted caller strip, a call counts once; and where the
    journal's key lies, as `journal_key` says: in the key store of that name, in a file (""), or
    nowhere yet (None)."""

    def __init__(self, journal_key: Callable[[], str | None] = _unknown) -> None:
        self.journal_key = journal_key
        self._rang: dict[int, datetime] = {}
        self._seconds: deque[float] = deque(maxlen=KEPT)

    def call_rang(self, call_id: int, at: datetime) -> None:
        """The gateway met the ring at `at`; a replayed ring of the past should not be told."""
        self._rang[call_id] = at

    def caller_painted(self, call_id: int, at: datetime) -> None:
        rang = self._rang.pop(call_id, None)
        if rang is not None:
            # The clocks of two PCs differ; a negative time would mean nothing.
            self.note(max(0.0, (at - rang).total_seconds()))

    def note(self, seconds: float) -> None:
        self._seconds.append(seconds)

    @property
    def ring_to_painted(self) -> tuple[float, ...]:
        return tuple(self._seconds)
