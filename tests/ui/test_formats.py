"""How moments, spans and money read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ets_desktop.ui.formats import (
    briefer,
    clock_text,
    day_text,
    duration_text,
    elapsed_text,
    moment_text,
    money_text,
)


def test_moments_read_in_seoul() -> None:
    moment = datetime(2026, 11, 21, 15, 3, 11, 999999, tzinfo=UTC)
    assert moment_text(moment) == "2026-11-22 00:03:11"
    assert clock_text(moment) == "00:03:11"


@pytest.mark.parametrize(
    "write",
    [moment_text, clock_text, day_text, money_text, duration_text],
    ids=lambda f: f.__name__,
)
def test_what_is_not_there_reads_empty(write) -> None:
    assert write(None) == ""


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        ("2026-11-21 14:03:11", "11-21 14:03"),
        ("2025-12-31 23:59:59", "25-12-31 23:59"),
        ("2026-11-21", "11-21"),
        ("2027-01-02", "27-01-02"),
        ("14:03:11", "14:03"),
        ("202611220001", ""),
        ("20261121-00012", ""),
        ("저장 전", ""),
        ("", ""),
    ],
)
def test_a_moment_is_written_shorter_where_room_is_scarce(text: str, brief: str) -> None:
    assert briefer(text, 2026) == brief


def test_days_and_money() -> None:
    assert day_text(date(2026, 1, 2)) == "2026-01-02"
    assert [money_text(won) for won in (0, 37000, -1500)] == ["0", "37,000", "-1,500"]


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(days=2, hours=3, minutes=59), "2일 3시간"),
        (timedelta(days=1), "1일 0시간"),
        (timedelta(hours=3, minutes=5), "3시간 5분"),
        (timedelta(minutes=5, seconds=59), "5분"),
        (timedelta(seconds=59), "0분"),
        (timedelta(seconds=-30), "0분"),
    ],
)
def test_elapsed_time_reads_in_its_two_largest_units(span: timedelta, text: str) -> None:
    assert elapsed_text(span) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "00:00"), (42, "00:42"), (3599, "59:59"), (3723, "1:02:03"), (-1, "00:00")],
)
def test_a_call_length_reads_as_a_clock(seconds: int, text: str) -> None:
    assert duration_text(seconds) == text
