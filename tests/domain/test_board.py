"""What the bars of 현황판 are: ages, half hours, the day in Seoul."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain.board import (
    AgeBucket,
    age_bounds,
    age_bucket,
    bucket_span,
    day_span,
    half_hours,
)
from ets_desktop.domain.calendar import SEOUL, seoul_date

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SEOUL)
MOMENTS = st.integers(0, 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("ago", "bucket"),
    [
        (timedelta(minutes=-1), AgeBucket.HOUR),
        (timedelta(0), AgeBucket.HOUR),
        (timedelta(hours=1), AgeBucket.HOUR),
        (timedelta(hours=1, seconds=1), AgeBucket.FOUR_HOURS),
        (timedelta(hours=4), AgeBucket.FOUR_HOURS),
        (timedelta(hours=4, seconds=1), AgeBucket.TODAY),
        (timedelta(hours=12), AgeBucket.TODAY),
        (timedelta(hours=12, seconds=1), AgeBucket.YESTERDAY),
        (timedelta(hours=36), AgeBucket.YESTERDAY),
        (timedelta(hours=36, seconds=1), AgeBucket.THREE_DAYS),
        (timedelta(days=3, hours=12), AgeBucket.THREE_DAYS),
        (timedelta(days=3, hours=12, seconds=1), AgeBucket.WEEK),
        (timedelta(days=7, hours=12), AgeBucket.WEEK),
        (timedelta(days=7, hours=12, seconds=1), AgeBucket.OLDER),
    ],
)
def test_a_ticket_is_as_old_as_people_say(ago: timedelta, bucket: AgeBucket) -> None:
    assert age_bucket(NOON - ago, NOON) is bucket


def test_after_midnight_hours_come_before_days() -> None:
    now = datetime(2026, 11, 24, 0, 30, tzinfo=SEOUL)
    assert age_bucket(now - timedelta(minutes=40), now) is AgeBucket.HOUR
    assert age_bucket(now - timedelta(hours=3), now) is AgeBucket.FOUR_HOURS
    assert age_bucket(now - timedelta(hours=5), now) is AgeBucket.YESTERDAY
    assert bucket_span(AgeBucket.TODAY, now)[0] == bucket_span(AgeBucket.TODAY, now)[1]


@given(now=MOMENTS, minutes=st.integers(0, 20_000))
def test_every_moment_has_one_age(now: datetime, minutes: int) -> None:
    created_at = now - timedelta(minutes=minutes)
    assert list(age_bounds(now)) == sorted(age_bounds(now))
    held = []
    for bucket in AgeBucket:
        since, before = bucket_span(bucket, now)
        if (since is None or created_at >= since) and (before is None or created_at < before):
            held.append(bucket)
    assert held == [age_bucket(created_at, now)]


@given(now=MOMENTS)
def test_the_half_hours_of_a_day_reach_until_now(now: datetime) -> None:
    midnight, next_midnight = day_span(now)
    found = half_hours(now)
    assert found[0] == midnight
    assert found[-1] <= now < found[-1] + timedelta(minutes=30) <= next_midnight
    assert seoul_date(midnight) == seoul_date(now) < seoul_date(next_midnight)
    assert half_hours(now, 48)[: len(found)] == found
    assert len(half_hours(now, 48)) == 48
