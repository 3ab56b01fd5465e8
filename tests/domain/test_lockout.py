"""Five wrong passwords lock for ten minutes."""

from ets_desktop.domain.lockout import LOCKED_S, Attempts, after_failure, locked_for


def test_the_fifth_failure_locks_and_ten_minutes_later_the_count_begins_anew() -> None:
    attempts = Attempts()
    for moment in range(4):
        attempts = after_failure(attempts, moment)
    assert locked_for(attempts, 4) == 0
    attempts = after_failure(attempts, 4)
    assert locked_for(attempts, 4) == LOCKED_S
    assert locked_for(attempts, 4 + LOCKED_S - 1) == 1
    assert locked_for(attempts, 4 + LOCKED_S) == 0
    assert after_failure(attempts, 4 + LOCKED_S) == Attempts(1, 4 + LOCKED_S)


def test_setting_the_clock_back_neither_shortens_nor_lengthens_the_lock() -> None:
    assert locked_for(Attempts(5, 10_000), 5_000) == LOCKED_S
