"""Korean public holidays, reckoned once a year, and what hangs on them."""

from datetime import date
from functools import cache

from ets_desktop.domain import ageing


@cache
def holidays_of(year: int) -> frozenset[date]:
    """The public holidays of Korea in `year`, substitute days and election days included."""
    # Imported here: no start waits for it (130 ms with the first year).
    import holidays

    return frozenset(holidays.country_holidays("KR", years=year))


def is_holiday(day: date) -> bool:
    """True for a Korean public holiday; weekends are none."""
    return day in holidays_of(day.year)


def default_due_on(ticket_type: str, today: date) -> date:
    """완료예정일 proposed for a ticket of `ticket_type` received `today` (spec 20, Overdue)."""
    return ageing.default_due_on(ticket_type, today, is_holiday)
