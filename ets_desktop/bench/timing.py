"""Two ways of doing the same thing, measured turn by turn, so that a busy moment strikes both."""

import gc
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter_ns

_WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds of many runs (or megabytes, where a figure says so)."""

    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. `ours` may have no floor; `goal` is the greatest p50 ratio that
    spec 90 allows, `limit` the greatest absolute p50."""

    name: str
    about: str
    ours: Spread
    floor: Spread | None = None
    goal: float | None = None
    limit: float | None = None
    unit: str = "ms"
    note: str = ""
    #: what the worst of all was, where that is known
    worst: str = ""
    #: what its clock starts with, where that is not always the same
    clock: str = ""

    @property
    def ratio(self) -> Spread | None:
        if self.floor is None or not self.floor.p50 or not self.floor.p99:
            return None
        return Spread(self.ours.p50 / self.floor.p50, self.ours.p99 / self.floor.p99)

    @property
    def holds(self) -> bool:
        """Whether the goals are met; a figure without goals holds."""
        ratio = self.ratio
        within_goal = self.goal is None or ratio is None or ratio.p50 <= self.goal
        return within_goal and (self.limit is None or self.ours.p50 <= self.limit)


def spread_of(milliseconds: Sequence[float]) -> Spread:
    """p50 and p99 by nearest rank."""
    ordered = sorted(milliseconds)
    return Spread(_rank(ordered, 0.50), _rank(ordered, 0.99))


def _rank(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(work: Callable[[], object]) -> float:
    """How long one run takes, in ms."""
    began = perf_counter_ns()
    work()
    return (perf_counter_ns() - began) / 1e6


def turn_by_turn(
    ours: Sequence[Callable[[], object]], floor: Sequence[Callable[[], object]], rounds: int
) -> tuple[Spread, Spread]:
    """Spreads of `ours` and of `floor`: several works each, taken in rotation, pair by pair.

    The garbage collector rests meanwhile, as it would strike either at random.
    """
    for work in [*ours[:_WARM_UP], *floor[:_WARM_UP]]:
        work()
    rng = random.Random(rounds)
    mine: list[float] = []
    bare: list[float] = []
    ran_by_itself = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        for turn in range(rounds):
            pair = [(mine, ours[turn % len(ours)]), (bare, floor[turn % len(floor)])]
            rng.shuffle(pair)
            for times, work in pair:
                times.append(timed(work))
    finally:
        if ran_by_itself:
            gc.enable()
    return spread_of(mine), spread_of(bare)
