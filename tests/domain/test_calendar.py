"""Days in Seoul, business days, holidays."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from ets_desktop.domain.calendar import (
    NINE_TO_SIX,
    BusinessCalendar,
    Closed,
    Closure,
    Hours,
    HouseDay,
    add_business_days,
    closure,
    next_business_day,
    opening_from,
    seoul_date,
    seoul_moment,
    start_of_day,
)
from ets_desktop.domain.house import HouseSettings
from ets_desktop.domain.public_holidays import public_holiday
from ets_desktop.services.holidays import house_of


def test_the_day_begins_at_midnight_in_seoul() -> None:
    assert seoul_date(datetime(2026, 11, 20, 14, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert seoul_date(datetime(2026, 11, 20, 15, 0, tzinfo=UTC)) == date(2026, 11, 21)
    assert start_of_day(date(2026, 11, 21)) == datetime(2026, 11, 20, 15, tzinfo=UTC)


KOREA = BusinessCalendar(public_holiday=public_holiday)
CHRISTMAS = date(2026, 12, 25)
MONDAY = date(2026, 11, 23)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return seoul_moment(day, time(hour, minute))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (CHRISTMAS, False),
    ],
)
def test_a_business_day_is_no_weekend_and_no_holiday(day: date, expected: bool) -> None:
    assert KOREA.is_business_day(day) is expected


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
    assert add_business_days(day, count, BusinessCalendar()) == expected


def test_lunar_new_year_is_left_out() -> None:
    # 2026-02-16 to 18 are 설날; the 13th is the Friday before.
    assert add_business_days(date(2026, 2, 13), 1, KOREA) == date(2026, 2, 19)


def test_a_due_date_crosses_the_turn_of_the_year() -> None:
    house = house_of(HouseSettings())
    assert house.default_due_on("after_service", date(2026, 12, 24)) == date(2027, 1, 6)


def test_the_house_has_days_off_of_its_own() -> None:
    calendar = replace(KOREA, house_days={MONDAY: HouseDay("창립기념일")})
    assert calendar.holiday(MONDAY) == "창립기념일"
    assert add_business_days(date(2026, 11, 20), 1, calendar) == date(2026, 11, 24)


def test_the_house_works_on_a_holiday_it_says_it_works_on() -> None:
    calendar = replace(KOREA, house_days={CHRISTMAS: HouseDay("성탄절 근무", works=True)})
    assert calendar.holiday(CHRISTMAS) == ""
    assert calendar.hours(CHRISTMAS) == NINE_TO_SIX


def test_a_worked_sunday_has_the_hours_of_a_weekday() -> None:
    sunday = date(2026, 11, 22)
    calendar = BusinessCalendar(house_days={sunday: HouseDay("물류 특근", works=True)})
    assert calendar.hours(sunday) == NINE_TO_SIX
    nobody = BusinessCalendar((None,) * 7, {sunday: HouseDay("특근", works=True)})
    assert nobody.hours(sunday) is None


def test_a_house_may_open_on_saturdays() -> None:
    saturday = date(2026, 11, 21)
    morning = Hours(time(9), time(13))
    calendar = BusinessCalendar((NINE_TO_SIX,) * 5 + (morning, None))
    assert add_business_days(date(2026, 11, 20), 1, calendar) == saturday
    assert closure(at(saturday, 12, 59), calendar) is None
    assert closure(at(saturday, 13), calendar) == Closure(Closed.HOURS, hours=morning)


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (at(MONDAY, 9), None),
        (at(MONDAY, 17, 59), None),
        (at(MONDAY, 8, 59), Closure(Closed.HOURS, hours=NINE_TO_SIX)),
        (at(MONDAY, 18), Closure(Closed.HOURS, hours=NINE_TO_SIX)),
        (at(date(2026, 11, 22), 12), Closure(Closed.DAY)),
        (at(CHRISTMAS, 12), Closure(Closed.HOLIDAY, "성탄절")),
    ],
)
def test_a_moment_outside_business_hours_says_why(moment: datetime, why: Closure | None) -> None:
    assert closure(moment, KOREA) == why
    assert closure(moment.astimezone(UTC), KOREA) == why


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(MONDAY, 12), at(MONDAY, 12)),
        (at(MONDAY, 7), at(MONDAY, 9)),
        (at(MONDAY, 20), at(date(2026, 11, 24), 9)),
        (at(date(2026, 11, 21), 12), at(MONDAY, 9)),
        (at(date(2026, 12, 24), 19), at(date(2026, 12, 28), 9)),
    ],
)
def test_the_next_opening_leaves_nights_weekends_and_holidays_out(
    moment: datetime, expected: datetime
) -> None:
    assert opening_from(moment, KOREA) == expected


def test_a_house_that_never_opens_holds_nobody_up() -> None:
    never = BusinessCalendar((None,) * 7)
    assert opening_from(at(MONDAY, 12), never) == at(MONDAY, 12)
    assert next_business_day(MONDAY, never) == date(2027, 11, 24)
