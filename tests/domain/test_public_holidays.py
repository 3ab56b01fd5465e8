"""Public holidays of Korea: as the library reckons them, and as a table has them."""

from datetime import date

from ets_desktop.domain.public_holidays import (
    PublicHolidays,
    holidays_of,
    kept_years,
    public_holiday,
    public_holidays_of,
)

CHRISTMAS = date(2026, 12, 25)


def test_a_substitute_holiday_is_a_holiday() -> None:
    assert public_holiday(date(2026, 3, 2)) == "삼일절 대체 휴일"
    assert public_holiday(date(2026, 3, 3)) == ""


def test_the_holidays_of_a_year_are_reckoned_once() -> None:
    assert holidays_of(2026) is holidays_of(2026)


def test_every_year_that_is_kept_has_holidays() -> None:
    assert all(holidays_of(year) for year in kept_years(2026))
    assert {2023, 2026, 2036} <= set(kept_years(2026))


def test_the_table_has_the_word_for_the_years_it_has() -> None:
    told = public_holidays_of({date(2026, 5, 4): "임시공휴일"})
    assert told.name_of(date(2026, 5, 4)) == "임시공휴일"
    assert told.name_of(CHRISTMAS) == ""
    assert told.of_year(2026) == {date(2026, 5, 4): "임시공휴일"}


def test_a_year_that_no_table_has_is_reckoned() -> None:
    assert PublicHolidays().name_of(CHRISTMAS) == "성탄절"
    told = public_holidays_of({date(2025, 1, 1): "신정"})
    assert told.name_of(CHRISTMAS) == "성탄절"
