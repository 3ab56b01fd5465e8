"""Waits between tries: they double, are bounded, and end."""

from datetime import timedelta

import pytest

from ets_desktop.domain.delivery import MOST_TRIES, Miss, Undelivered, next_wait

BUSY = Miss(Undelivered.BUSY, "503")


@pytest.mark.parametrize(
    ("tries", "seconds"), [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (39, 3600)]
)
def test_the_wait_doubles_up_to_an_hour(tries: int, seconds: int) -> None:
    assert next_wait(BUSY, tries) == timedelta(seconds=seconds)


def test_a_longer_wait_that_was_asked_for_is_kept_to() -> None:
    asked = Miss(Undelivered.BUSY, "429", wait=timedelta(minutes=10))
    assert next_wait(asked, 1) == timedelta(minutes=10)
    assert next_wait(asked, 8) == timedelta(hours=1)


def test_it_ends() -> None:
    assert next_wait(BUSY, MOST_TRIES) is None
    assert next_wait(Miss(Undelivered.REFUSED, "422", final=True), 1) is None


def test_a_miss_is_told_in_one_line() -> None:
    assert str(BUSY) == "erp_busy 503"
    assert str(Miss(Undelivered.SILENT)) == "erp_silent"
