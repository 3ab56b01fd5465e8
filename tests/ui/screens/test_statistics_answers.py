"""Two periods beside each other: whatever their lengths, both columns add up to their totals."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ets_desktop.domain.statistics import (
    TIME_DIMENSIONS,
    WHOLE,
    Dimension,
    Measure,
    StatisticsQuestion,
    StatisticsRow,
    StatisticsTable,
    first_of,
    previous_period,
    row_days,
    year_before,
)
from ets_desktop.ui.screens.statistics.answers import lines_of
from ets_desktop.ui.screens.statistics.lines import Line, figure_at, line_key
from ets_desktop.ui.screens.statistics.measures import VIEW_MEASURES

Before = Callable[[StatisticsQuestion], StatisticsQuestion]
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
RECEIVED = VIEW_MEASURES["tickets"][:1]


def table(question: StatisticsQuestion) -> StatisticsTable:
    """One ticket on each day."""
    days = [question.first + timedelta(days=n) for n in range(question.days)]
    rows = tuple(
        StatisticsRow(
            key,
            "",
            {Measure.RECEIVED: sum(first_of(day, question.dimension) == key for day in days)},
        )
        for key in row_days(question)
    )
    total = StatisticsRow(WHOLE, "", {Measure.RECEIVED: len(days)})
    return StatisticsTable(question, MOMENT, rows, total)


def compared(question: StatisticsQuestion, before: StatisticsQuestion) -> tuple[Line, ...]:
    return lines_of(table(question), table(before), RECEIVED)


@settings(max_examples=30, deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 730),
    st.sampled_from(TIME_DIMENSIONS),
    st.sampled_from((previous_period, year_before)),
)
def test_nothing_of_either_period_is_left_out(
    first: date, days: int, dimension: Dimension, to_before: Before
) -> None:
    question = StatisticsQuestion(first, first + timedelta(days=days), dimension)
    before = to_before(question)
    *lines, total = compared(question, before)
    assert sum(figure_at(0, line.figures) or 0 for line in lines) == question.days
    assert sum(figure_at(0, line.before) or 0 for line in lines) == before.days
    assert (total.figures, total.before) == ((question.days,), (before.days,))
    assert len({line_key(line) for line in lines}) == len(lines)


def test_a_longer_month_before_goes_on_below() -> None:
    february = StatisticsQuestion(date(2026, 2, 1), date(2026, 2, 28))
    *lines, _total = compared(february, previous_period(february))
    assert [line.label for line in lines[27:]] == [
        "2026-02-28 (토)",
        "2026-01-29 (목)",
        "2026-01-30 (금)",
        "2026-01-31 (토)",
    ]
    assert [(line.figures, line.before) for line in lines[27:29]] == [((1,), (1,)), ((), (1,))]


@pytest.mark.parametrize(("leap", "alone"), [(2024, "now"), (2025, "before")])
def test_dates_stay_beside_their_own_around_a_leap_day(leap: int, alone: str) -> None:
    year = StatisticsQuestion(date(leap, 1, 1), date(leap, 12, 31))
    *lines, _total = compared(year, year_before(year))
    beside = {line.label[5:10]: line.label_before[5:10] for line in lines}
    without = {day: other for day, other in beside.items() if day != other}
    assert without == ({"02-29": ""} if alone == "now" else {})
    assert [line.label[5:10] for line in lines[58:61]] == ["02-28", "02-29", "03-01"]
    assert not (lines[59].before if alone == "now" else lines[59].figures)
