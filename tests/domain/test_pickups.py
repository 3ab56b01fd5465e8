"""Pickups: their states, the couriers' codes, and the red rule."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ets_desktop.domain.calendar import BusinessCalendar
from ets_desktop.domain.pickups import (
    PickupState,
    collect_until,
    failure_reason,
    is_red,
    next_states,
)

CALENDAR = BusinessCalendar()
FRIDAY = datetime(2026, 11, 20, 3, tzinfo=UTC)


def test_the_same_code_means_other_things_at_the_two_doors() -> None:
    assert failure_reason("cj", "not_collected", "09") == "other_district"
    assert failure_reason("cj", "not_delivered", "09") == "refused_by_receiver"
    assert failure_reason("cj", "", "09") == ""
    assert failure_reason("hanjin", "not_collected", "09") == ""
    assert failure_reason("cj", "not_collected", "77") == ""


def test_an_arrived_pickup_goes_nowhere() -> None:
    assert next_states(PickupState.ARRIVED) == frozenset()
    assert PickupState.REQUESTED not in next_states(PickupState.FAILED)


@pytest.mark.parametrize(
    ("state", "accepted_at", "now", "red"),
    [
        ("accepted", FRIDAY, FRIDAY + timedelta(days=4), False),
        ("accepted", FRIDAY, FRIDAY + timedelta(days=5), True),
        ("collected", FRIDAY, FRIDAY + timedelta(days=9), False),
        ("requested", None, FRIDAY + timedelta(days=9), False),
        ("accepted", None, FRIDAY, False),
    ],
)
def test_red_when_not_collected_two_business_days_after_acceptance(
    state: str, accepted_at: datetime | None, now: datetime, red: bool
) -> None:
    assert collect_until(FRIDAY, CALENDAR) == date(2026, 11, 24)
    assert is_red(state, accepted_at, now, CALENDAR) is red
