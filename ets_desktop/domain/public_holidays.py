"""The public holidays of Korea by the library `holidays`.

It takes 18 MB and a fifth of a second: a house reckons them once, into its table `public_holiday`
(db/public_holidays.py), and its desks read them there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version
from types import MappingProxyType

#: Years before and after this one that a house keeps: a claim, or a callback somebody may type.
_YEARS_BACK = 3
_YEARS_AHEAD = 10

#: Names of the law that nobody says.
_SPOKEN = {"기독탄신일": "성탄절", "신정연휴": "신정"}


@cache
def release() -> str:
    """Which release of the library reckons; a newer one knows of days that were decided since."""
    return version("holidays")


def kept_years(this_year: int) -> range:
    return range(this_year - _YEARS_BACK, this_year + _YEARS_AHEAD + 1)


@cache
def holidays_of(year: int) -> Mapping[date, str]:
    """The public holidays of Korea in `year` by name, substitute and election days included."""
    import holidays

    found = holidays.country_holidays("KR", years=year, language="ko")
    return MappingProxyType({day: _SPOKEN.get(name, name) for day, name in found.items()})


def public_holiday(day: date) -> str:
    """The name of the Korean public holiday on `day`, "" for none; weekends are none."""
    return holidays_of(day.year).get(day, "")


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """Those of the table by year; a year it does not have is reckoned, for each has holidays."""

    years: Mapping[int, Mapping[date, str]] = field(default_factory=dict)

    def of_year(self, year: int) -> Mapping[date, str]:
        return self.years.get(year) or holidays_of(year)

    def name_of(self, day: date) -> str:
        """As `public_holiday`."""
        return self.of_year(day.year).get(day, "")


#: No table: every year is reckoned.
RECKONED = PublicHolidays()


def public_holidays_of(days: Mapping[date, str]) -> PublicHolidays:
    years: dict[int, dict[date, str]] = {}
    for day, name in days.items():
        years.setdefault(day.year, {})[day] = name
    return PublicHolidays(years)
