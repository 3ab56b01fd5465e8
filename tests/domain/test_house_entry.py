"""What is typed of the settings becomes what is stored, or is refused at its field."""

import pytest

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.house import (
    ABUSE_WARNINGS,
    ACCEPT_WITHIN,
    AGENT_TIMES,
    APPROVAL_LIMITS,
    BUSINESS_HOURS,
    CLAIM_FEES,
    DEFAULT_DUE_DAYS,
)
from ets_desktop.domain.house_entry import typed_of, value_of

KEYS = (
    ABUSE_WARNINGS,
    ACCEPT_WITHIN,
    AGENT_TIMES,
    APPROVAL_LIMITS,
    BUSINESS_HOURS,
    CLAIM_FEES,
    DEFAULT_DUE_DAYS,
)
STORED: dict[str, object] = {
    ABUSE_WARNINGS: ["그만하십시오.", "끊겠습니다."],
    ACCEPT_WITHIN: {"agent": 20, "team": 90},
    AGENT_TIMES: {"wrap_up_seconds": 45, "take_within_minutes": 10},
    APPROVAL_LIMITS: {"refund": 500_000},
    BUSINESS_HOURS: {
        "mon": ["09:00", "18:30"], "tue": None, "wed": None, "thu": None, "fri": None,
        "sat": None, "sun": ["10:00", "12:00"],
    },
    CLAIM_FEES: {"return": 2_500, "exchange": 5_000},
    DEFAULT_DUE_DAYS: {
        "general": 0, "delivery": 3, "cancel": 1, "other": 1, "complaint": 2, "return": 5,
        "exchange": 5, "after_service": 365,
    },
}  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_what_is_stored_stands_in_the_fields_and_goes_back_as_it_was(key: str) -> None:
    assert value_of(key, typed_of(key, STORED[key])) == STORED[key]


def test_what_nobody_set_stands_there_as_its_default() -> None:
    assert typed_of(CLAIM_FEES, None) == {
        "claim_fees.return": "3,000",
        "claim_fees.exchange": "6,000",
    }
    hours = typed_of(BUSINESS_HOURS, None)
    assert (hours["business_hours.fri"], hours["business_hours.sat"]) == ("09:00-18:00", "")
    assert typed_of(ABUSE_WARNINGS, None) == {"abuse_warnings": ""}
    assert typed_of(CLAIM_FEES, "a slip") == typed_of(CLAIM_FEES, None)


def test_what_is_typed_loosely_is_stored_tidied() -> None:
    typed = typed_of(BUSINESS_HOURS, None)
    typed |= {"business_hours.mon": " 9:00 ~ 18:00 ", "business_hours.tue": " "}
    stored = value_of(BUSINESS_HOURS, typed)
    assert (stored["mon"], stored["tue"]) == (["09:00", "18:00"], None)
    assert value_of(ABUSE_WARNINGS, {"abuse_warnings": " 그만. \n\n끊습니다.\n"}) == [
        "그만.",
        "끊습니다.",
    ]
    typed = typed_of(CLAIM_FEES, None) | {"claim_fees.return": " 2,500 "}
    assert value_of(CLAIM_FEES, typed) == {"return": 2_500, "exchange": 6_000}


@pytest.mark.parametrize(
    ("key", "name", "typed", "code"),
    [
        (DEFAULT_DUE_DAYS, "delivery", "", "needs_number"),
        (DEFAULT_DUE_DAYS, "delivery", "-1", "needs_number"),
        (DEFAULT_DUE_DAYS, "delivery", "1.5", "needs_number"),
        (DEFAULT_DUE_DAYS, "delivery", "³", "needs_number"),
        (DEFAULT_DUE_DAYS, "delivery", "하나", "needs_number"),
        (DEFAULT_DUE_DAYS, "delivery", "366", "number_out_of_range"),
        (DEFAULT_DUE_DAYS, "delivery", "9" * 5_000, "number_out_of_range"),
        (ACCEPT_WITHIN, "team", "0", "number_out_of_range"),
        (AGENT_TIMES, "wrap_up_seconds", "3601", "number_out_of_range"),
        (CLAIM_FEES, "exchange", "1,000,001", "number_out_of_range"),
        (BUSINESS_HOURS, "wed", "09:00", "needs_clock"),
        (BUSINESS_HOURS, "wed", "아홉 시-18:00", "needs_clock"),
        (BUSINESS_HOURS, "wed", "09:00-25:00", "needs_clock"),
        (BUSINESS_HOURS, "wed", "09:00-12:00-18:00", "needs_clock"),
        (BUSINESS_HOURS, "wed", "18:00-09:00", "closes_before_opening"),
        (BUSINESS_HOURS, "wed", "09:00-09:00", "closes_before_opening"),
    ],
)
def test_a_value_is_refused_at_its_field(key: str, name: str, typed: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        value_of(key, typed_of(key, None) | {f"{key}.{name}": typed})
    assert (refused.value.code, refused.value.field) == (code, f"{key}.{name}")


def test_a_week_has_business() -> None:
    with pytest.raises(RuleViolation) as refused:
        value_of(BUSINESS_HOURS, dict.fromkeys(typed_of(BUSINESS_HOURS, None), ""))
    assert refused.value.code == "needs_business_day"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("가\n" * 10, "too_many_sentences"), ("가" * 301, "sentence_too_long")],
)
def test_sentences_are_few_and_short(typed: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        value_of(ABUSE_WARNINGS, {ABUSE_WARNINGS: typed})
    assert (refused.value.code, refused.value.field) == (code, ABUSE_WARNINGS)
