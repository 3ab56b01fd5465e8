"""Who may be calling, and why."""

from datetime import datetime, timedelta

import pytest

from ets_desktop.domain.calendar import SEOUL
from ets_desktop.domain.callers import Acquaintance, Reason, ranked, reasons_of

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("ago", "reason"),
    [
        (timedelta(hours=1), Reason.CALLED_TODAY),
        (timedelta(hours=10), Reason.CALLED_YESTERDAY),
        (timedelta(days=2), Reason.CALLED_RECENTLY),
        (timedelta(days=30), Reason.CALLED_RECENTLY),
        (timedelta(days=31), None),
    ],
)
def test_a_call_counts_by_its_day_in_seoul(ago: timedelta, reason: Reason | None) -> None:
    told = reasons_of(Acquaintance(1, last_call_at=NOW - ago), NOW)
    assert told == ((reason,) if reason else ())


def test_reasons_come_in_the_order_of_their_weight() -> None:
    one = Acquaintance(1, open_tickets=1, is_registered=True, ordered=True, received=True)
    assert reasons_of(one, NOW) == (
        Reason.OPEN_TICKET,
        Reason.ORDERED_WITH_NUMBER,
        Reason.NUMBER_REGISTERED,
    )


def test_who_only_receives_is_told_so() -> None:
    assert reasons_of(Acquaintance(1, received=True), NOW) == (Reason.RECIPIENT_ONLY,)


def test_the_likeliest_caller_comes_first() -> None:
    people = [
        Acquaintance(1, received=True),
        Acquaintance(2, is_registered=True),
        Acquaintance(3, is_registered=True, ordered=True),
        Acquaintance(4, is_registered=True, last_call_at=NOW - timedelta(hours=12)),
        Acquaintance(5, is_registered=True, ordered=True, open_tickets=2),
        Acquaintance(6, is_registered=True, last_contact_at=NOW),
    ]
    assert [one.customer_id for one in ranked(people, NOW)] == [5, 4, 3, 6, 2, 1]
