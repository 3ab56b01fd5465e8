"""How long to wait before trying again: longer each time, never the same for all desks at once."""

from collections.abc import Callable, Iterator

#: Seconds; nobody waits longer than this for something that has come back (spec 40).
LONGEST = 30.0


def delays(
    chance: Callable[[], float], first: float = 0.5, longest: float = LONGEST
) -> Iterator[float]:
    """Seconds before the 1st, 2nd … new try, without end.

    They double up to `longest`; each is shortened by up to a half by `chance` (0 ≤ x < 1), so that
    desks which lost the same server do not come back in the same instant.
    """
    step = first
    while True:
        yield step * (1 - chance() / 2)
        step = min(step * 2, longest)
