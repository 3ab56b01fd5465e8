"""Reading ahead: the same items in order, errors passed on, nothing left running."""

import threading
from collections.abc import Iterator

import pytest

from ets_desktop.erp.exports.read_ahead import read_ahead


def threads() -> int:
    return sum(thread.name == "read-ahead" for thread in threading.enumerate())


def test_items_come_in_order_and_the_thread_ends() -> None:
    assert list(read_ahead(iter(range(50)))) == list(range(50))
    assert threads() == 0


def test_an_error_comes_out_where_the_items_are_used() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise RuntimeError("broken")

    reading = read_ahead(items())
    assert next(reading) == 1
    with pytest.raises(RuntimeError, match="broken"):
        next(reading)
    assert threads() == 0


def test_leaving_early_stops_the_making() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1_000):
            made.append(number)
            yield number

    reading = read_ahead(items())
    assert next(reading) == 0
    reading.close()  # type: ignore[attr-defined]
    assert threads() == 0
    assert len(made) < 10
