"""Days in Seoul, business days, holidays."""

from datetime import UTC, date, datetime

import pytest

from ets_desktop.domain.calendar import (
    add_business_days,
    is_business_day,
    seoul_date,
    start_of_day,
)
from ets_desktop.services.holidays import default_due_on, holidays_of, is_holiday


def no_holiday(day: date) -> bool:
    return False


def test_the_day_begins_at_midnight_in_seoul() -> None:
    assert seoul_date(datetime(2026, 11, 20, 14, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert seoul_date(datetime(2026, 11, 20, 15, 0, tzinfo=UTC)) == date(2026, 11, 21)
    assert start_of_day(date(2026, 11, 21)) == datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 12, 25), False),
    ],
)
def test_a_business_day_is_no_weekend_and_no_holiday(day: date, expected: bool) -> None:
    assert is_business_day(day, is_holiday) is expected


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 19), 5, date(2026, 11, 26)),
    ],
)
def test_business_days_leave_weekends_out(day: date, count: int, expected: date) -> None:
    assert add_business_days(day, count, no_holiday) == expected


def test_lunar_new_year_is_left_out() -> None:
    # 2026-02-16 to 18 are 설날; the 13th is the Friday before.
    assert add_business_days(date(2026, 2, 13), 1, is_holiday) == date(2026, 2, 19)


def test_a_substitute_holiday_is_a_holiday() -> None:
    assert is_holiday(date(2026, 3, 2))
    assert not is_holiday(date(2026, 3, 3))


def test_the_holidays_of_a_year_are_reckoned_once() -> None:
    assert holidays_of(2026) is holidays_of(2026)


def test_a_due_date_crosses_the_turn_of_the_year() -> None:
    assert default_due_on("after_service", date(2026, 12, 24)) == date(2027, 1, 6)
