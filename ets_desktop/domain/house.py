"""The house's own settings: what an admin may change of the limits of spec 20, with the defaults.

A value that cannot be read counts as not set: a slip in one of them stops no desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from types import MappingProxyType

from ets_desktop.domain.ageing import DUE_DAYS
from ets_desktop.domain.agent_states import TIMES, AgentTimes
from ets_desktop.domain.approvals import REFUND_LIMIT
from ets_desktop.domain.calendar import WEEK, Hours, HouseDay, Week
from ets_desktop.domain.claim_fees import RATES
from ets_desktop.domain.public_holidays import RECKONED, PublicHolidays
from ets_desktop.domain.transfers import LIMITS, AcceptLimits

#: Keys of the table `setting`.
ACCEPT_WITHIN = "accept_within_minutes"
DEFAULT_DUE_DAYS = "default_due_days"
BUSINESS_HOURS = "business_hours"
AGENT_TIMES = "agent_times"
ABUSE_WARNINGS = "abuse_warnings"
CLAIM_FEES = "claim_fees"
APPROVAL_LIMITS = "approval_limits"

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: What a value may come to at most; more counts as a slip.
MOST_MINUTES = 7 * 24 * 60
MOST_DAYS = 365
MOST_WRAP_UP_SECONDS = 3600
MOST_TAKE_MINUTES = 24 * 60
MOST_WARNINGS = 9
WARNING_LIMIT = 300
MOST_FEE = 1_000_000
MOST_REFUND = 99_999_999


@dataclass(frozen=True, slots=True)
class HouseSettings:
    """What every desk and service of one house goes by."""

    accept: AcceptLimits = LIMITS
    due_days: Mapping[str, int] = field(default_factory=lambda: DUE_DAYS)
    week: Week = WEEK
    house_days: Mapping[date, HouseDay] = field(default_factory=dict)
    public_holidays: PublicHolidays = RECKONED
    agent_times: AgentTimes = TIMES
    #: The sentences of 폭언 안내 in their order; none: those of the program.
    abuse_warnings: tuple[str, ...] = ()
    #: 배송비 proposed for a return and an exchange, in whole KRW.
    claim_fees: Mapping[str, int] = field(default_factory=lambda: RATES)
    #: A claim that pays back so much, in whole KRW, or more needs a supervisor's approval.
    refund_limit: int = REFUND_LIMIT


def house_settings_of(
    stored: Mapping[str, object],
    house_days: Mapping[date, HouseDay],
    public_holidays: PublicHolidays = RECKONED,
) -> HouseSettings:
    """The settings as the tables have them.

    `accept_within_minutes` {"agent": 30, "team": 60}, `default_due_days` {"complaint": 2, …} in
    business days, `business_hours` {"mon": ["09:00", "18:00"], …, "sat": null}, `agent_times`
    {"wrap_up_seconds": 30, "take_within_minutes": 15} (the database reads these itself),
    `abuse_warnings` ["…", …], `claim_fees` {"return": 3000, "exchange": 6000} in KRW,
    `approval_limits` {"refund": 300000} in KRW (the database reads it itself); what is left out is
    the default.
    """
    return HouseSettings(
        accept=_accept(_table(stored, ACCEPT_WITHIN)),
        due_days=_due_days(_table(stored, DEFAULT_DUE_DAYS)),
        week=_week(_table(stored, BUSINESS_HOURS)),
        house_days=house_days,
        public_holidays=public_holidays,
        agent_times=_agent_times(_table(stored, AGENT_TIMES)),
        abuse_warnings=_sentences(stored.get(ABUSE_WARNINGS)),
        claim_fees=_claim_fees(_table(stored, CLAIM_FEES)),
        refund_limit=_refund_limit(_table(stored, APPROVAL_LIMITS)),
    )


def _table(stored: Mapping[str, object], key: str) -> Mapping[object, object]:
    value = stored.get(key)
    return value if isinstance(value, Mapping) else {}


def _number(value: object, most: int) -> int | None:
    """A whole number from 0 to `most`; a bool is none."""
    return value if type(value) is int and 0 <= value <= most else None


def _accept(stored: Mapping[object, object]) -> AcceptLimits:
    agent, team = (_number(stored.get(name), MOST_MINUTES) for name in ("agent", "team"))
    return AcceptLimits(
        LIMITS.agent if agent is None else timedelta(minutes=agent),
        LIMITS.team if team is None else timedelta(minutes=team),
    )


def _agent_times(stored: Mapping[object, object]) -> AgentTimes:
    wrap_up = _number(stored.get("wrap_up_seconds"), MOST_WRAP_UP_SECONDS)
    within = _number(stored.get("take_within_minutes"), MOST_TAKE_MINUTES)
    return AgentTimes(
        TIMES.wrap_up if wrap_up is None else timedelta(seconds=wrap_up),
        TIMES.take_within if within is None else timedelta(minutes=within),
    )


def _sentences(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else []
    told = [each.strip()[:WARNING_LIMIT] for each in listed if isinstance(each, str)]
    return tuple(each for each in told if each)[:MOST_WARNINGS]


def _due_days(stored: Mapping[object, object]) -> Mapping[str, int]:
    days = {name: _number(stored.get(name), MOST_DAYS) for name in DUE_DAYS}
    return MappingProxyType(
        {name: DUE_DAYS[name] if day is None else day for name, day in days.items()}
    )


def _claim_fees(stored: Mapping[object, object]) -> Mapping[str, int]:
    fees = {name: _number(stored.get(name), MOST_FEE) for name in RATES}
    return MappingProxyType(
        {name: RATES[name] if fee is None else fee for name, fee in fees.items()}
    )


def _refund_limit(stored: Mapping[object, object]) -> int:
    limit = _number(stored.get("refund"), MOST_REFUND)
    return REFUND_LIMIT if limit is None else limit


def _week(stored: Mapping[object, object]) -> Week:
    """A week without any business is a slip: then the default holds."""
    week = tuple(
        _hours(stored[name], plain) if name in stored else plain
        for name, plain in zip(WEEKDAYS, WEEK, strict=True)
    )
    return week if any(week) else WEEK


def _hours(value: object, plain: Hours | None) -> Hours | None:
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 2:
        opens, closes = (clock_of(each) for each in value)
        if opens is not None and closes is not None and opens < closes:
            return Hours(opens, closes)
    return plain


def clock_of(value: object) -> time | None:
    """`09:00`; None for anything else, a zone or seconds included."""
    hour, colon, minute = str(value).partition(":")
    if not colon or not (hour.isascii() and hour.isdigit() and minute.isascii()):
        return None
    if not minute.isdigit() or int(hour) > 23 or int(minute) > 59:
        return None
    return time(int(hour), int(minute))
