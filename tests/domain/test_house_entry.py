"""What is typed of the settings becomes what is stored, or is refused at its field."""

import pytest

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.house import (
    ABUSE_WARNINGS,
    ACCEPT_WITHIN,
    AGENT_TIMES,
    BUSINESS_HOURS,
    CLAIM_FEES,
    DEFAULT_DUE_DAYS,
    WEEKDAYS,
    house_settings_of,
)
from ets_desktop.domain.house_entry import LIMITS, hours_of, numbers_of, sentences_of

NINE_TO_SIX = ("09:00", "18:00")
DAYS = dict.fromkeys(LIMITS[DEFAULT_DUE_DAYS], "1")


def test_what_is_stored_is_what_the_house_goes_by() -> None:
    stored = {
        DEFAULT_DUE_DAYS: numbers_of(DEFAULT_DUE_DAYS, DAYS | {"return": " 7 "}),
        ACCEPT_WITHIN: numbers_of(ACCEPT_WITHIN, {"agent": "20", "team": "90"}),
        AGENT_TIMES: numbers_of(
            AGENT_TIMES, {"wrap_up_seconds": "45", "take_within_minutes": "10"}
        ),
        CLAIM_FEES: numbers_of(CLAIM_FEES, {"return": "2,500", "exchange": "5000"}),
        BUSINESS_HOURS: hours_of({"mon": ("9:00", "18:30"), "sun": (" ", "")}),
        ABUSE_WARNINGS: sentences_of(["  그만하십시오.", "", "끊겠습니다."]),
    }
    settings = house_settings_of(stored, {})
    assert (settings.due_days["return"], settings.due_days["general"]) == (7, 1)
    assert settings.accept.team.total_seconds() == 90 * 60
    assert settings.agent_times.wrap_up.total_seconds() == 45
    assert settings.claim_fees == {"return": 2_500, "exchange": 5_000}
    assert [hours is not None for hours in settings.week] == [True] + [False] * 6
    assert settings.abuse_warnings == ("그만하십시오.", "끊겠습니다.")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "needs_number"),
        ("-1", "needs_number"),
        ("1.5", "needs_number"),
        ("³", "needs_number"),
        ("하나", "needs_number"),
        ("366", "number_out_of_range"),
        ("9" * 5_000, "number_out_of_range"),
    ],
)
def test_a_number_is_refused_at_its_field(typed: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        numbers_of(DEFAULT_DUE_DAYS, DAYS | {"delivery": typed})
    assert (refused.value.code, refused.value.field) == (code, "default_due_days.delivery")


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        (("09:00", ""), "needs_clock"),
        (("아홉 시", "18:00"), "needs_clock"),
        (("25:00", "26:00"), "needs_clock"),
        (("18:00", "09:00"), "closes_before_opening"),
        (("09:00", "09:00"), "closes_before_opening"),
    ],
)
def test_hours_are_refused_at_their_weekday(hours: tuple[str, str], code: str) -> None:
    week = dict.fromkeys(WEEKDAYS, NINE_TO_SIX) | {"wed": hours}
    with pytest.raises(RuleViolation) as refused:
        hours_of(week)
    assert (refused.value.code, refused.value.field) == (code, "business_hours.wed")


def test_a_week_has_business() -> None:
    with pytest.raises(RuleViolation) as refused:
        hours_of({})
    assert (refused.value.code, refused.value.field) == ("needs_business_day", "business_hours")


@pytest.mark.parametrize(
    ("typed", "code"),
    [(["가"] * 10, "too_many_sentences"), (["가" * 301], "text_too_long")],
)
def test_sentences_are_few_and_short(typed: list[str], code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        sentences_of(typed)
    assert (refused.value.code, refused.value.field) == (code, "abuse_warnings")
    assert sentences_of([" ", ""]) == []
