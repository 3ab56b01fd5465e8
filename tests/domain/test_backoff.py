"""Waiting before another try."""

from ets_desktop.domain.backoff import Patience


def test_waits_double_up_to_half_a_minute() -> None:
    patience = Patience(chance=lambda: 0.0)
    assert [patience.wait_after(0) for _ in range(9)] == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_chance_takes_up_to_a_half_away() -> None:
    assert 0.25 < Patience(chance=lambda: 0.999).wait_after(0) < 0.26
    assert Patience(chance=lambda: 0.5).wait_after(0) == 0.375


def test_a_try_that_held_for_long_starts_anew() -> None:
    patience = Patience(chance=lambda: 0.0)
    assert [patience.wait_after(lasted) for lasted in (0, 0, 31, 0)] == [0.5, 1, 0.5, 1]
