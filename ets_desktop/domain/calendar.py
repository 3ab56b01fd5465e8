"""Korean days: the date in Seoul, business days; who knows the holidays is an argument."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

#: Korea has no summer time; a fixed offset needs no time zone files, which Windows lacks.
SEOUL = timezone(timedelta(hours=9), "KST")

_SATURDAY = 5

IsHoliday = Callable[[date], bool]


def seoul_date(moment: datetime) -> date:
    """The calendar day in Seoul at `moment` (which carries its time zone)."""
    return moment.astimezone(SEOUL).date()


def start_of_day(day: date) -> datetime:
    """Midnight in Seoul at which `day` begins."""
    return datetime(day.year, day.month, day.day, tzinfo=SEOUL)


def is_business_day(day: date, is_holiday: IsHoliday) -> bool:
    """Neither a weekend nor a holiday."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def add_business_days(day: date, count: int, is_holiday: IsHoliday) -> date:
    """The `count`-th business day after `day`; `day` itself for 0, whatever day it is."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_business_day(day, is_holiday)
    return day
