"""What 통계 may be asked, for which days, and what compares with it."""

from datetime import date

import pytest

from ets_desktop.domain.statistics import (
    CALL_MEASURES,
    FACTS,
    SHARES,
    Dimension,
    Measure,
    StatisticsQuestion,
    StatisticsRow,
    first_of,
    last_of,
    previous_period,
    row_days,
    year_before,
)


def asked(first: date, last: date, dimension: Dimension = Dimension.DAY) -> StatisticsQuestion:
    return StatisticsQuestion(first, last, dimension, team_id=3)


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        (date(2026, 3, 10), date(2026, 3, 16), (date(2026, 3, 3), date(2026, 3, 9))),
        (date(2026, 3, 10), date(2026, 3, 10), (date(2026, 3, 9), date(2026, 3, 9))),
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 1, 1), date(2026, 3, 31), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 3, 1), date(2026, 3, 30), (date(2026, 1, 30), date(2026, 2, 28))),
    ],
)
def test_the_period_before_is_as_long(first: date, last: date, before: tuple[date, date]) -> None:
    found = previous_period(asked(first, last))
    assert (found.first, found.last) == before
    assert (found.team_id, found.dimension) == (3, Dimension.DAY)


def test_the_year_before_has_the_same_days() -> None:
    found = year_before(asked(date(2024, 2, 29), date(2024, 3, 31)))
    assert (found.first, found.last) == (date(2023, 2, 28), date(2023, 3, 31))


def test_all_of_february_compares_with_all_of_february() -> None:
    found = year_before(asked(date(2025, 2, 1), date(2025, 2, 28)))
    assert (found.first, found.last) == (date(2024, 2, 1), date(2024, 2, 29))
    found = year_before(asked(date(2024, 2, 1), date(2024, 2, 29)))
    assert (found.first, found.last) == (date(2023, 2, 1), date(2023, 2, 28))


def test_rows_begin_on_mondays_and_first_days_of_months() -> None:
    wednesday = date(2026, 12, 30)
    assert first_of(wednesday, Dimension.WEEK) == date(2026, 12, 28)
    assert last_of(date(2026, 12, 28), Dimension.WEEK) == date(2027, 1, 3)
    assert first_of(wednesday, Dimension.MONTH) == date(2026, 12, 1)
    assert last_of(date(2026, 12, 1), Dimension.MONTH) == date(2026, 12, 31)
    assert first_of(wednesday, Dimension.DAY) == wednesday == last_of(wednesday, Dimension.DAY)


def test_there_is_a_row_for_every_day_week_or_month() -> None:
    first, last = date(2026, 1, 30), date(2026, 2, 2)
    days = (date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 2))
    assert row_days(asked(first, last)) == days
    assert row_days(asked(first, last, Dimension.MONTH)) == (date(2026, 1, 1), date(2026, 2, 1))
    assert row_days(asked(first, last, Dimension.WEEK)) == (date(2026, 1, 26), date(2026, 2, 2))


def test_calls_are_counted_by_time_and_agent_alone() -> None:
    year = date(2026, 1, 1), date(2026, 12, 31)
    with_calls = {
        dimension
        for dimension in Dimension
        if not CALL_MEASURES.isdisjoint(asked(*year, dimension).measures)
    }
    assert with_calls == {Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.AGENT}
    of_type = StatisticsQuestion(*year, ticket_type="return")
    assert CALL_MEASURES.isdisjoint(of_type.measures)


def test_only_claims_have_a_reason() -> None:
    question = asked(date(2026, 1, 1), date(2026, 1, 31), Dimension.REASON)
    assert question.measures == (Measure.RETURNS, Measure.EXCHANGES)
    assert question.days == 31


def test_every_measure_counts_something() -> None:
    assert list(FACTS) == list(Measure)
    assert set(SHARES) < set(Measure)


def test_the_kept_rate_is_of_what_was_promised() -> None:
    kept = {Measure.CALLBACKS: 4, Measure.CALLBACKS_KEPT: 3}
    assert StatisticsRow("return", "", kept).kept_rate == 0.75
    assert StatisticsRow("return", "", kept | {Measure.CALLBACKS: 0}).kept_rate is None
    assert StatisticsRow("return", "", {}).kept_rate is None
