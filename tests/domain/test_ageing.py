"""The red rule, the age of a ticket, the default due dates."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ets_desktop.db.schema.tickets import TICKET_TYPES
from ets_desktop.domain.ageing import DUE_DAYS, Elapsed, default_due_on, elapsed, is_overdue
from ets_desktop.domain.calendar import SEOUL, BusinessCalendar

RECEIVED = datetime(2026, 11, 16, 10, 0, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("due_on", "now", "red"),
    [
        (date(2026, 11, 17), datetime(2026, 11, 17, 23, 59, 59, tzinfo=SEOUL), False),
        (date(2026, 11, 17), datetime(2026, 11, 18, 0, 0, tzinfo=SEOUL), True),
        (date(2026, 11, 30), RECEIVED + timedelta(hours=71, minutes=59), False),
        (date(2026, 11, 30), RECEIVED + timedelta(hours=72), True),
        (None, RECEIVED + timedelta(hours=71), False),
        (None, RECEIVED + timedelta(hours=73), True),
    ],
)
def test_red_from_the_day_after_the_due_date_or_72_hours_after_receipt(
    due_on: date | None, now: datetime, red: bool
) -> None:
    assert is_overdue(due_on=due_on, created_at=RECEIVED, now=now) is red


def test_the_due_date_is_a_day_in_seoul_whatever_zone_now_is_in() -> None:
    now = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
    assert is_overdue(due_on=date(2026, 11, 17), created_at=RECEIVED, now=now)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (timedelta(days=2, hours=3, minutes=59), Elapsed(2, 3, 59)),
        (timedelta(seconds=59), Elapsed(0, 0, 0)),
        (timedelta(hours=23, minutes=1), Elapsed(0, 23, 1)),
        (timedelta(minutes=-5), Elapsed(0, 0, 0)),
    ],
)
def test_the_age_is_told_in_days_hours_and_minutes(span: timedelta, expected: Elapsed) -> None:
    assert elapsed(RECEIVED, RECEIVED + span) == expected


def test_every_ticket_type_has_a_due_date() -> None:
    assert set(DUE_DAYS) == set(TICKET_TYPES)


def test_a_complaint_is_due_in_two_business_days() -> None:
    friday = date(2026, 11, 20)
    assert default_due_on("complaint", friday, BusinessCalendar()) == date(2026, 11, 24)


def test_other_days_can_be_set() -> None:
    monday = date(2026, 11, 23)
    assert default_due_on("general", monday, BusinessCalendar(), {"general": 3}) == date(
        2026, 11, 26
    )
