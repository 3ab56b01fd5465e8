"""What 콜백 and its outcomes refuse."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from ets_desktop.domain.calendar import BusinessCalendar, Hours, HouseDay, seoul_moment
from ets_desktop.domain.callbacks import (
    OfferedTime,
    Outcome,
    check_callback,
    check_outcome,
    next_attempt,
    offered_times,
)

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def codes(number: str, due_at: datetime | None) -> list[tuple[str, str]]:
    faults = check_callback(number=number, due_at=due_at, now=NOW)
    return [(fault.field, fault.code) for fault in faults]


def test_a_number_and_a_time_to_come_are_enough() -> None:
    assert codes("010-0000-1234", LATER) == []


@pytest.mark.parametrize("due_at", [NOW, NOW - timedelta(seconds=1)])
def test_a_time_that_has_passed_is_refused(due_at: datetime) -> None:
    assert codes("010-0000-1234", due_at) == [("callback_at", "callback_in_past")]


def test_both_faults_are_told_at_once() -> None:
    assert codes("전화번호", None) == [
        ("callback_at", "needs_callback_at"),
        ("callback_number", "no_phone_number"),
    ]


def test_a_missed_callback_needs_the_next_time() -> None:
    assert check_outcome(Outcome.MISSED, next_due_at=LATER, now=NOW) is None
    fault = check_outcome(Outcome.MISSED, next_due_at=None, now=NOW)
    assert fault is not None
    assert (fault.field, fault.code) == ("next_callback_at", "needs_callback_at")


@pytest.mark.parametrize("outcome", [Outcome.SUCCEEDED, Outcome.CANCELLED])
def test_the_other_outcomes_need_no_time(outcome: Outcome) -> None:
    assert check_outcome(outcome, next_due_at=None, now=NOW) is None


FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
PLAIN = BusinessCalendar()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return seoul_moment(day, time(hour, minute))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(FRIDAY, 10, 20), at(FRIDAY, 11, 20)),
        (at(FRIDAY, 17, 30), at(MONDAY, 9)),
        (at(date(2026, 11, 21), 12), at(MONDAY, 9)),
        (at(MONDAY, 6), at(MONDAY, 9)),
    ],
)
def test_after_a_missed_call_the_next_hour_of_business_is_proposed(
    now: datetime, expected: datetime
) -> None:
    assert next_attempt(now, PLAIN) == expected
    assert next_attempt((now + timedelta(seconds=5)).astimezone(UTC), PLAIN) == expected


def test_the_times_offered_are_soon_later_today_and_on_the_next_business_day() -> None:
    assert offered_times(at(FRIDAY, 10, 20), PLAIN) == (
        OfferedTime(at(FRIDAY, 10, 50), 30),
        OfferedTime(at(FRIDAY, 11, 20), 60),
        OfferedTime(at(FRIDAY, 14)),
        OfferedTime(at(FRIDAY, 17)),
        OfferedTime(at(MONDAY, 10)),
        OfferedTime(at(MONDAY, 14)),
    )


def test_in_the_evening_and_on_a_day_off_only_the_next_business_day_is_offered() -> None:
    expected = (OfferedTime(at(TUESDAY, 10)), OfferedTime(at(TUESDAY, 14)))
    assert offered_times(at(MONDAY, 19), PLAIN) == expected
    anniversary = BusinessCalendar(house_days={MONDAY: HouseDay("창립기념일")})
    assert offered_times(at(MONDAY, 12), anniversary) == expected


def test_a_house_that_opens_in_the_evening_is_called_back_at_its_opening() -> None:
    evening = BusinessCalendar((Hours(time(19), time(22)),) * 7)
    assert offered_times(at(FRIDAY, 12), evening) == (OfferedTime(at(date(2026, 11, 21), 19)),)
