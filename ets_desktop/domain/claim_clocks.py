"""The clocks of 전자상거래법 on a claim: shown, never a refusal (spec 30; 제17조, 제18조).

7 days from delivery to change one's mind; 3 months from delivery and 30 days from knowing when the
goods are not what was promised; a refund within 3 business days of getting them back. A term whose
last day is a Saturday or a public holiday ends with the next day that is none (민법 제161조).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ets_desktop.domain.calendar import BusinessCalendar, add_business_days, seoul_date
from ets_desktop.domain.claims import REASONS, Fault

WITHDRAWAL_DAYS = 7
DEFECT_MONTHS = 3
KNOWING_DAYS = 30
REFUND_BUSINESS_DAYS = 3
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class ClaimClocks:
    """Last days (Seoul), each included; None where the clock does not run.

    `asked_in_time` is None while no delivery is known, so that no clock has begun.
    """

    claim_until: date | None
    asked_in_time: bool | None
    refund_until: date | None
    refund_late: bool


def claim_clocks(
    *,
    reason: str,
    asked_at: datetime,
    delivered_at: datetime | None,
    discovered_on: date | None,
    arrived_at: datetime | None,
    closed_at: datetime | None,
    now: datetime,
    calendar: BusinessCalendar,
) -> ClaimClocks:
    """The clocks of a claim that was asked for at `asked_at`, whose goods arrived at `arrived_at`.

    The refund is late when the claim is open, or was closed, after its last day.
    """
    until = claim_until(reason, delivered_at, discovered_on, calendar)
    in_time = None if until is None else seoul_date(asked_at) <= until
    refund_until = None if arrived_at is None else refund_day(seoul_date(arrived_at), calendar)
    late = refund_until is not None and seoul_date(closed_at or now) > refund_until
    return ClaimClocks(until, in_time, refund_until, late)


def claim_until(
    reason: str,
    delivered_at: datetime | None,
    discovered_on: date | None,
    calendar: BusinessCalendar,
) -> date | None:
    """The last day on which a claim for `reason` is in time; None before delivery.

    The fault of others: three months from delivery, and 30 days from knowing if that is sooner.
    """
    if delivered_at is None:
        return None
    delivered = seoul_date(delivered_at)
    if REASONS.get(reason) in (None, Fault.CUSTOMER):
        return _ending(delivered + timedelta(days=WITHDRAWAL_DAYS), calendar)
    last = _ending(_months_after(delivered, DEFECT_MONTHS), calendar)
    if discovered_on is None:
        return last
    return min(last, _ending(discovered_on + timedelta(days=KNOWING_DAYS), calendar))


def refund_day(arrived_on: date, calendar: BusinessCalendar) -> date:
    """The last day of the refund: three business days after the goods came back."""
    return add_business_days(arrived_on, REFUND_BUSINESS_DAYS, calendar)


def _ending(day: date, calendar: BusinessCalendar) -> date:
    """The country's days off count, not the house's."""
    while day.weekday() >= _SATURDAY or calendar.public_holiday(day):
        day += timedelta(days=1)
    return day


def _months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last of a shorter month (민법 제160조)."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
