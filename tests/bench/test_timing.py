"""Spreads, ratios and goals; works are taken in rotation."""

import gc

import pytest

from ets_desktop.bench.report import line_of
from ets_desktop.bench.timing import Figure, Spread, spread_of, turn_by_turn


def test_p50_and_p99_are_nearest_ranks() -> None:
    assert spread_of([float(n) for n in range(100)]) == Spread(50.0, 99.0)
    assert spread_of([3.0]) == Spread(3.0, 3.0)


def test_both_sides_take_their_works_in_rotation() -> None:
    seen: list[str] = []
    ours, floor = turn_by_turn(
        [lambda: seen.append("a"), lambda: seen.append("b")], [lambda: seen.append("f")], 10
    )
    # Each work once to warm up, then ten turns.
    assert (seen.count("a"), seen.count("b"), seen.count("f")) == (6, 6, 11)
    assert ours.p50 >= 0
    assert floor.p99 >= 0


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_is_left_as_it_was(running: bool) -> None:
    seen: list[bool] = []
    if running:
        gc.enable()
    turn_by_turn([lambda: seen.append(gc.isenabled())], [lambda: None], 1)
    left = gc.isenabled()
    gc.disable()
    assert not seen[-1]
    assert left is running


def test_a_figure_holds_within_its_goal_and_limit() -> None:
    two = Spread(2.0, 2.0)
    assert Figure("x", "", two, Spread(1.0, 4.0)).ratio == Spread(2.0, 0.5)
    assert Figure("x", "", two, Spread(1.0, 1.0), goal=2.0).holds
    assert not Figure("x", "", two, Spread(1.0, 1.0), goal=1.9).holds
    assert not Figure("x", "", two, limit=1.0).holds
    assert Figure("x", "", two, goal=1.0).ratio is None
    assert Figure("x", "", two, Spread(0.0, 0.0), goal=1.0).holds


def test_what_the_worst_was_stands_below_its_figure() -> None:
    two = Spread(2.0, 61.0)
    assert "\n" not in line_of(Figure("GUI thread stall", "", two))
    told = line_of(Figure("GUI thread stall", "", two, worst="61 ms at ui/jobs.py:180 deliver_one"))
    assert told.splitlines()[1].strip() == "61 ms at ui/jobs.py:180 deliver_one"


def test_where_the_clock_starts_is_told() -> None:
    told = line_of(Figure("INVITE to painted", "", Spread(2.0, 61.0), clock="Asterisk 22"))
    assert told.splitlines()[1].strip() == "Asterisk 22"
