"""How long to wait before trying again: longer each time, never the same for all desks at once."""

import random
from collections.abc import Callable

#: Seconds; nobody waits longer than this for something that has come back (spec 40).
LONGEST = 30.0


class Patience:
    """The waits of one thing that is tried again and again."""

    def __init__(
        self,
        first: float = 0.5,
        longest: float = LONGEST,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._first = self._step = first
        self._longest = longest
        self._chance = chance

    def wait_after(self, lasted_s: float) -> float:
        """Seconds to wait after a try that held for `lasted_s`.

        They double up to the longest wait, and start anew after a try that held for longer than
        that. Each is shortened by up to a half by chance (0 ≤ x < 1), so that desks which lost the
        same server do not come back in the same instant.
        """
        if lasted_s > self._longest:
            self._step = self._first
        wait = self._step * (1 - self._chance() / 2)
        self._step = min(self._step * 2, self._longest)
        return wait
