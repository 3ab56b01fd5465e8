"""Rules of 콜백 (spec 20): a promised call back to a number, at a time to come."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from ets_desktop.domain.calendar import (
    SEOUL,
    BusinessCalendar,
    closure,
    next_business_day,
    opening_from,
    seoul_date,
    seoul_moment,
)
from ets_desktop.domain.tickets import FieldFault, check_phone

#: After a call that nobody took: when to try again, within business hours.
TRY_AGAIN_AFTER = timedelta(hours=1)
_TIMES_OF_DAY = (time(10), time(14), time(17))


class Outcome(StrEnum):
    SUCCEEDED = "succeeded"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class OfferedTime:
    """A 콜백일시 to pick: `minutes` from now, or 0 for a time of day."""

    at: datetime
    minutes: int = 0


def check_callback(
    *, number: str, due_at: datetime | None, now: datetime
) -> tuple[FieldFault, ...]:
    """Why 콜백 refuses: a 콜백일시 that has passed or is missing, a number that is none."""
    faults = [check_due_at("callback_at", due_at, now), check_phone("callback_number", number)]
    return tuple(fault for fault in faults if fault is not None)


def check_outcome(
    outcome: Outcome, *, next_due_at: datetime | None, now: datetime
) -> FieldFault | None:
    """부재 needs the next 콜백일시; the other outcomes end the promise and take none."""
    if outcome is Outcome.MISSED:
        return check_due_at("next_callback_at", next_due_at, now)
    return None


def check_due_at(field: str, due_at: datetime | None, now: datetime) -> FieldFault | None:
    """A callback lies in the future (both moments carry their time zone)."""
    if due_at is None:
        return FieldFault(field, "needs_callback_at")
    return FieldFault(field, "callback_in_past") if due_at <= now else None


def next_attempt(now: datetime, calendar: BusinessCalendar) -> datetime:
    """The next 콜백일시 proposed after 부재: in an hour, or at the next opening."""
    later = (now + TRY_AGAIN_AFTER).astimezone(SEOUL).replace(second=0, microsecond=0)
    return opening_from(later, calendar)


def offered_times(now: datetime, calendar: BusinessCalendar) -> tuple[OfferedTime, ...]:
    """What 콜백일시 offers, all of it within business hours: soon, later today, next business day.

    Where the hours of the next business day hold none of our times of day, its opening.
    """
    start = now.astimezone(SEOUL).replace(second=0, microsecond=0)
    soon = [OfferedTime(start + timedelta(minutes=each), each) for each in (30, 60)]
    today = seoul_date(now)
    later = [OfferedTime(seoul_moment(today, clock)) for clock in _TIMES_OF_DAY[1:]]
    next_day = next_business_day(today, calendar)
    ahead = [OfferedTime(seoul_moment(next_day, clock)) for clock in _TIMES_OF_DAY[:2]]
    later = [each for each in later if each.at > soon[-1].at]
    offered = [e for e in (*soon, *later, *ahead) if closure(e.at, calendar) is None]
    if not any(seoul_date(each.at) == next_day for each in offered):
        offered.append(OfferedTime(opening_from(seoul_moment(next_day, time()), calendar)))
    return tuple(offered)
