"""What 콜백 and its outcomes refuse."""

from datetime import UTC, datetime, timedelta

import pytest

from ets_desktop.domain.callbacks import Outcome, check_callback, check_outcome

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
