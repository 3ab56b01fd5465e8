"""The clocks of the law on a claim: 7 days, 3 months and 30 days, 3 business days."""

from datetime import UTC, date, datetime

import pytest

from ets_desktop.domain.calendar import BusinessCalendar
from ets_desktop.domain.claim_clocks import claim_clocks, claim_until, refund_day
from ets_desktop.domain.public_holidays import public_holiday

KOREA = BusinessCalendar(public_holiday=public_holiday)
DELIVERED = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # 00:30 of the 21st in Seoul


@pytest.mark.parametrize(
    ("reason", "delivered", "discovered", "last"),
    [
        ("change_of_mind", datetime(2026, 11, 20, tzinfo=UTC), None, date(2026, 11, 27)),
        # A Saturday; 개천절 and the Monday in its stead; 추석, which begins on a Thursday.
        ("change_of_mind", DELIVERED, None, date(2026, 11, 30)),
        ("other", datetime(2026, 9, 26, tzinfo=UTC), None, date(2026, 10, 6)),
        ("other", datetime(2026, 9, 17, tzinfo=UTC), None, date(2026, 9, 28)),
        ("damaged", DELIVERED, None, date(2027, 2, 22)),
        ("damaged", DELIVERED, date(2026, 12, 1), date(2026, 12, 31)),
        ("damaged", DELIVERED, date(2027, 2, 20), date(2027, 2, 22)),
        ("damaged", DELIVERED, date(2026, 11, 26), date(2026, 12, 28)),
        # Of February there are 28 days: a Sunday, and 삼일절 behind it.
        ("damaged", datetime(2026, 11, 30, tzinfo=UTC), None, date(2027, 3, 2)),
        ("late", None, None, None),
    ],
)
def test_the_last_day_to_claim(
    reason: str, delivered: datetime | None, discovered: date | None, last: date | None
) -> None:
    assert claim_until(reason, delivered, discovered, KOREA) == last


def test_a_refund_is_due_three_business_days_after_arrival() -> None:
    # Chuseok 2026: the 24th (Thursday) to the 26th of September; the weekend behind it.
    assert refund_day(date(2026, 9, 22), KOREA) == date(2026, 9, 29)
    assert refund_day(date(2026, 11, 20), KOREA) == date(2026, 11, 25)


def clocks(**values: object) -> object:
    defaults: dict[str, object] = {
        "reason": "change_of_mind",
        "asked_at": datetime(2026, 11, 30, 14, tzinfo=UTC),
        "delivered_at": DELIVERED,
        "discovered_on": None,
        "arrived_at": None,
        "closed_at": None,
        "now": datetime(2026, 12, 10, tzinfo=UTC),
        "calendar": KOREA,
    }
    return claim_clocks(**defaults | values)  # type: ignore[arg-type]


def test_whether_it_was_asked_in_time_and_is_refunded_in_time() -> None:
    arrived = datetime(2026, 12, 1, 3, tzinfo=UTC)
    open_claim = clocks(arrived_at=arrived)
    assert open_claim == clocks(arrived_at=arrived, now=datetime(2026, 12, 5, tzinfo=UTC))
    told = [
        (one.asked_in_time, one.refund_until, one.refund_late)  # type: ignore[attr-defined]
        for one in (
            clocks(),
            clocks(asked_at=datetime(2026, 11, 30, 15, tzinfo=UTC)),
            clocks(delivered_at=None),
            open_claim,
            clocks(arrived_at=arrived, closed_at=datetime(2026, 12, 4, 14, tzinfo=UTC)),
        )
    ]
    assert told == [
        (True, None, False),
        (False, None, False),
        (None, None, False),
        (True, date(2026, 12, 4), True),
        (True, date(2026, 12, 4), False),
    ]
