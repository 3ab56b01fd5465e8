"""Where the bars stand: whole ticks, nothing beyond the plot, the mouse means what is near."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from ets_desktop.ui.charts.geometry import (
    Kind,
    Shape,
    highest,
    hit,
    labels,
    placed,
    thinned,
    ticks,
)
from ets_desktop.ui.charts.values import COUNT, MINUTES, PERCENT, SECONDS, Bar, Series, Unit

SIZE = QSizeF(200, 100)
UPRIGHT, LYING = Shape(Kind.GROUPED), Shape(Kind.GROUPED, horizontal=True)
STACKED, LINES = Shape(Kind.STACKED), Shape(Kind.LINES)


def series(*values: float | None, name: str = "통화") -> Series:
    return Series(name, tuple(Bar(f"{n}시", value, n) for n, value in enumerate(values)))


@given(
    st.floats(0, 5_000_000),
    st.sampled_from((COUNT, SECONDS, MINUTES, PERCENT)),
    st.integers(0, 12),
)
def test_the_axis_reaches_the_highest_in_whole_steps(most: float, unit: Unit, room: int) -> None:
    found = ticks(most, unit, room)
    assert found[0] == 0
    assert found[-1] >= most
    assert 2 <= len(found) <= max(1, room) + 1
    steps = {later - earlier for earlier, later in pairwise(found)}
    assert len(steps) == 1


def test_an_axis_without_values_still_has_one_step() -> None:
    assert ticks(0, COUNT, 5) == (0, 1)


def test_labels_without_room_are_thinned_evenly() -> None:
    assert thinned(6, 40, 30) == (0, 1, 2, 3, 4, 5)
    assert thinned(6, 20, 30) == (0, 2, 4)
    assert thinned(0, 40, 30) == ()
    assert thinned(3, 0, 30) == (0,)


def test_the_longest_series_gives_the_labels() -> None:
    assert labels((series(1), series(1, 2))) == ("0시", "1시")
    assert labels(()) == ()


def test_what_is_stacked_is_as_high_as_its_sum() -> None:
    both = (series(3, 4), series(5))
    assert highest(both, Kind.STACKED) == 8
    assert highest(both, Kind.GROUPED) == 5
    assert highest((), Kind.STACKED) == highest((), Kind.LINES) == 0


def test_stacked_bars_stand_on_each_other() -> None:
    lower, upper = placed((series(5), series(5, name="포기")), STACKED, SIZE, 10)
    assert (lower.rect.bottom(), lower.rect.top()) == (100, 50)
    assert (upper.rect.bottom(), upper.rect.top()) == (50, 0)
    assert lower.rect.left() == upper.rect.left()


def test_grouped_bars_stand_side_by_side() -> None:
    one, other = placed((series(5), series(10)), UPRIGHT, SIZE, 10)
    assert one.rect.right() == other.rect.left()
    assert one.rect.height() == 50


def test_lying_bars_grow_to_the_right_the_first_on_top() -> None:
    first, second = placed((series(10, 5),), LYING, SIZE, 10)
    assert (first.rect.left(), first.rect.right()) == (0, 200)
    assert (second.rect.left(), second.rect.right()) == (0, 100)
    assert first.rect.bottom() < second.rect.top()


def test_a_point_stands_in_the_middle_of_its_label() -> None:
    first, _ = placed((series(5, 10),), LINES, SIZE, 10)
    assert first.rect.center() == QPointF(50, 50)


def test_nothing_is_placed_for_a_value_that_is_not_there() -> None:
    marks = placed((series(None, 0),), UPRIGHT, SIZE, 10)
    assert [(mark.number, mark.rect.height()) for mark in marks] == [(1, 0)]
    assert placed((), UPRIGHT, SIZE, 10) == ()


def test_a_very_small_value_is_still_a_line() -> None:
    (mark,) = placed((series(1),), UPRIGHT, SIZE, 100_000)
    assert mark.rect.height() > 1


@pytest.mark.parametrize("shape", [UPRIGHT, LYING, STACKED, LINES])
@given(
    st.lists(
        st.lists(st.none() | st.floats(0, 1_000), min_size=1, max_size=8), min_size=1, max_size=3
    )
)
def test_everything_can_be_hit_where_it_is_drawn(
    shape: Shape, values: list[list[float | None]]
) -> None:
    shown = [series(*each) for each in values]
    reach = ticks(highest(shown, shape.kind), COUNT, 5)[-1]
    marks = placed(shown, shape, SIZE, reach)
    assert len(marks) == sum(value is not None for each in values for value in each)
    for mark in marks:
        found = hit(marks, mark.rect.center())
        assert found is not None
        assert found.number == mark.number
        assert -6 <= mark.rect.left() <= mark.rect.right() <= SIZE.width() + 6
        assert -6 <= mark.rect.top() <= mark.rect.bottom() <= SIZE.height() + 6


def test_the_mouse_means_the_nearest_of_a_column() -> None:
    marks = placed((series(2), series(2, name="포기")), STACKED, SIZE, 10)
    high = hit(marks, QPointF(100, 5))
    low = hit(marks, QPointF(100, 99))
    assert high is not None
    assert low is not None
    assert (high.series, low.series) == (1, 0)
    assert hit(marks, QPointF(500, 50)) is None
