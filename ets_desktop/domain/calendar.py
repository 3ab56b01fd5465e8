"""Korean days: the date in Seoul, business days and hours; holidays and hours are arguments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

#: Korea has no summer time; a fixed offset needs no time zone files, which Windows lacks.
SEOUL = timezone(timedelta(hours=9), "KST")

#: No house is closed for longer; what looks like it is a slip in the settings.
_LONGEST_CLOSED = 366

#: The name of the public holiday on a day, "" for none.
HolidayName = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Hours:
    """Business hours of a day in Seoul: open from `opens` until just before `closes`."""

    opens: time
    closes: time


#: Monday first; None is a day without business.
Week = tuple[Hours | None, ...]

NINE_TO_SIX = Hours(time(9), time(18))
WEEK: Week = (NINE_TO_SIX,) * 5 + (None, None)


@dataclass(frozen=True, slots=True)
class HouseDay:
    """A day the house has off, or with `works` a holiday on which it works all the same."""

    name: str
    works: bool = False


class Closed(StrEnum):
    """Why there is no business at a moment."""

    HOLIDAY = "holiday"
    DAY = "closed_day"
    HOURS = "outside_hours"


@dataclass(frozen=True, slots=True)
class Closure:
    """`holiday` is its name, `hours` those of that day; each None or "" where there is none."""

    why: Closed
    holiday: str = ""
    hours: Hours | None = None


def no_holiday(_day: date) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """When the house works: its week, its own days, the public holidays of the country."""

    week: Week = WEEK
    house_days: Mapping[date, HouseDay] = field(default_factory=dict)
    public_holiday: HolidayName = no_holiday

    def holiday(self, day: date) -> str:
        """The name of the holiday for which the house is closed on `day`, "" if it is not."""
        own = self.house_days.get(day)
        if own is not None:
            return "" if own.works else own.name
        return self.public_holiday(day)

    def hours(self, day: date) -> Hours | None:
        """The business hours of `day`; None when the house is closed."""
        if self.holiday(day):
            return None
        plain = self.week[day.weekday()]
        if plain is None and day in self.house_days:
            return next((hours for hours in self.week if hours is not None), None)
        return plain

    def is_business_day(self, day: date) -> bool:
        return self.hours(day) is not None


def seoul_date(moment: datetime) -> date:
    """The calendar day in Seoul at `moment` (which carries its time zone)."""
    return moment.astimezone(SEOUL).date()


def start_of_day(day: date) -> datetime:
    """Midnight in Seoul at which `day` begins."""
    return seoul_moment(day, time())


def seoul_moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, SEOUL)


def add_business_days(day: date, count: int, calendar: BusinessCalendar) -> date:
    """The `count`-th business day after `day`; `day` itself for 0, whatever day it is."""
    for _ in range(count):
        day = next_business_day(day, calendar)
    return day


def next_business_day(day: date, calendar: BusinessCalendar) -> date:
    """The first business day after `day`; a year on, where settings leave none."""
    for ahead in range(1, _LONGEST_CLOSED):
        if calendar.is_business_day(day + timedelta(days=ahead)):
            return day + timedelta(days=ahead)
    return day + timedelta(days=_LONGEST_CLOSED)


def closure(moment: datetime, calendar: BusinessCalendar) -> Closure | None:
    """Why nobody works at `moment`; None within business hours."""
    local = moment.astimezone(SEOUL)
    hours = calendar.hours(local.date())
    if hours is None:
        holiday = calendar.holiday(local.date())
        return Closure(Closed.HOLIDAY, holiday) if holiday else Closure(Closed.DAY)
    if hours.opens <= local.time() < hours.closes:
        return None
    return Closure(Closed.HOURS, hours=hours)


def opening_from(moment: datetime, calendar: BusinessCalendar) -> datetime:
    """`moment` if there is business then, else the next opening."""
    if closure(moment, calendar) is None:
        return moment
    local = moment.astimezone(SEOUL)
    today = calendar.hours(local.date())
    if today is not None and local.time() < today.opens:
        return seoul_moment(local.date(), today.opens)
    day = next_business_day(local.date(), calendar)
    hours = calendar.hours(day)
    return moment if hours is None else seoul_moment(day, hours.opens)
