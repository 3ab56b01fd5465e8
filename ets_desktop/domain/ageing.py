"""How old a ticket is, when it turns red, and by when it should be done (spec 10, spec 20)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from ets_desktop.domain.calendar import BusinessCalendar, add_business_days, seoul_date

RED_AFTER = timedelta(hours=72)

#: Business days until 완료예정일 by ticket type.
DUE_DAYS: Mapping[str, int] = MappingProxyType(
    {
        "general": 1,
        "delivery": 1,
        "cancel": 1,
        "other": 1,
        "complaint": 2,
        "return": 5,
        "exchange": 5,
        "after_service": 7,
    }
)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A span as its largest parts: 2일 3시간, or 3시간 5분 below a day."""

    days: int
    hours: int
    minutes: int


def is_overdue(*, due_on: date | None, created_at: datetime, now: datetime) -> bool:
    """The red rule of spec 10 for an open ticket.

    Red from the day after `due_on`, or 72 hours after 접수, whichever comes first.
    """
    if due_on is not None and seoul_date(now) > due_on:
        return True
    return now - created_at >= RED_AFTER


def elapsed(created_at: datetime, until: datetime) -> Elapsed:
    """From 접수 until now (or until completion); never negative, PC clocks being what they are."""
    minutes = max(until - created_at, timedelta()) // timedelta(minutes=1)
    return Elapsed(minutes // 1440, minutes // 60 % 24, minutes % 60)


def default_due_on(
    ticket_type: str,
    today: date,
    calendar: BusinessCalendar,
    due_days: Mapping[str, int] = DUE_DAYS,
) -> date:
    """완료예정일 proposed for a ticket received today (spec 20, Overdue)."""
    return add_business_days(today, due_days[ticket_type], calendar)
