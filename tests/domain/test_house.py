"""Settings of the house: read where they make sense, the default where they do not."""

from datetime import date, time, timedelta

import pytest

from ets_desktop.domain.ageing import DUE_DAYS
from ets_desktop.domain.agent_states import TIMES, AgentTimes
from ets_desktop.domain.calendar import NINE_TO_SIX, WEEK, Hours, HouseDay
from ets_desktop.domain.claim_fees import RATES
from ets_desktop.domain.house import HouseSettings, house_settings_of
from ets_desktop.domain.transfers import LIMITS, AcceptLimits


def test_nothing_stored_is_the_default() -> None:
    assert house_settings_of({}, {}) == HouseSettings()
    assert HouseSettings().accept == LIMITS


def test_what_is_stored_holds_and_the_rest_stays() -> None:
    day = {date(2026, 11, 23): HouseDay("창립기념일")}
    settings = house_settings_of(
        {
            "accept_within_minutes": {"agent": 10},
            "default_due_days": {"complaint": 1},
            "business_hours": {"mon": ["10:00", "19:30"], "fri": None, "sat": ["9:00", "13:00"]},
        },
        day,
    )
    assert settings.accept == AcceptLimits(timedelta(minutes=10), LIMITS.team)
    assert settings.due_days == {**DUE_DAYS, "complaint": 1}
    assert settings.week == (
        Hours(time(10), time(19, 30)),
        *(NINE_TO_SIX,) * 3,
        None,
        Hours(time(9), time(13)),
        None,
    )
    assert settings.house_days == day


@pytest.mark.parametrize("junk", [None, 7, "30", [], {"agent": "30", "team": True}, {"agent": -1}])
def test_limits_that_are_none_stop_no_desk(junk: object) -> None:
    stored = {"accept_within_minutes": junk, "default_due_days": {"complaint": 9_999}}
    settings = house_settings_of(stored, {})
    assert (settings.accept, settings.due_days) == (LIMITS, DUE_DAYS)


@pytest.mark.parametrize(
    "hours",
    [
        "09:00-18:00",
        ["09:00"],
        ["18:00", "09:00"],
        ["9", "18"],
        ["아홉시:00", "18:00"],
        ["09:0０", "18:00"],
        ["09:xx", "18:00"],
        ["24:00", "25:00"],
        ["09:60", "18:00"],
    ],
)
def test_hours_that_are_none_are_the_default(hours: object) -> None:
    assert house_settings_of({"business_hours": {"mon": hours}}, {}).week == WEEK


def test_a_week_without_business_is_a_slip() -> None:
    stored = {"business_hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"))}
    assert house_settings_of(stored, {}).week == WEEK


def test_the_times_of_agents_are_the_houses() -> None:
    stored = {"agent_times": {"wrap_up_seconds": 45, "take_within_minutes": 5}}
    times = AgentTimes(timedelta(seconds=45), timedelta(minutes=5))
    assert house_settings_of(stored, {}).agent_times == times
    slips = {"agent_times": {"wrap_up_seconds": "soon", "take_within_minutes": 30.5}}
    assert house_settings_of(slips, {}).agent_times == TIMES


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        (None, ()),
        ("그만하십시오.", ()),
        ([" 그만하십시오. ", "", 7, "끊겠습니다."], ("그만하십시오.", "끊겠습니다.")),
        (["가" * 400] * 20, ("가" * 300,) * 9),
    ],
)
def test_the_warnings_are_the_sentences_that_can_be_read(
    stored: object, told: tuple[str, ...]
) -> None:
    assert house_settings_of({"abuse_warnings": stored}, {}).abuse_warnings == told


def test_postage_of_the_house_holds_and_a_slip_does_not() -> None:
    fees = house_settings_of({"claim_fees": {"return": 2_500, "exchange": "6000"}}, {}).claim_fees
    assert fees == {"return": 2_500, "exchange": 6_000}
    assert house_settings_of({"claim_fees": [1]}, {}).claim_fees == RATES
