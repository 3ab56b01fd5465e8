"""Settings of the house as they stand in fields, and as they are stored; a refusal names its field.

Fields are called `<key>.<name>`, or the key alone where the whole of it is one field.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ets_desktop.domain import house
from ets_desktop.domain.ageing import DUE_DAYS
from ets_desktop.domain.claim_fees import RATES
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import tidy_line

#: Least and most of each number.
LIMITS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    house.DEFAULT_DUE_DAYS: dict.fromkeys(DUE_DAYS, (0, house.MOST_DAYS)),
    house.ACCEPT_WITHIN: dict.fromkeys(("agent", "team"), (1, house.MOST_MINUTES)),
    house.AGENT_TIMES: {
        "wrap_up_seconds": (0, house.MOST_WRAP_UP_SECONDS),
        "take_within_minutes": (1, house.MOST_TAKE_MINUTES),
    },
    house.CLAIM_FEES: dict.fromkeys(RATES, (0, house.MOST_FEE)),
    house.APPROVAL_LIMITS: {"refund": (1, house.MOST_REFUND)},
}
_SPAN = re.compile(r"\s*[-~–]\s*")
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


def typed_of(key: str, stored: object) -> dict[str, str]:
    """What stands in the fields of the setting `key`, which is `stored` so; None: nobody set it,
    the defaults hold."""
    settings = house.house_settings_of({} if stored is None else {key: stored}, {})
    if key == house.ABUSE_WARNINGS:
        return {key: "\n".join(settings.abuse_warnings)}
    if key == house.BUSINESS_HOURS:
        return {
            f"{key}.{day}": "" if hours is None else f"{hours.opens:%H:%M}-{hours.closes:%H:%M}"
            for day, hours in zip(house.WEEKDAYS, settings.week, strict=True)
        }
    numbers = _numbers(key, settings)
    return {f"{key}.{name}": f"{number:,}" for name, number in numbers.items()}


def value_of(key: str, typed: Mapping[str, str]) -> Any:
    """What is stored of the fields of the setting `key`; RuleViolation as the field deserves."""
    if key == house.ABUSE_WARNINGS:
        return _sentences(typed[key])
    if key == house.BUSINESS_HOURS:
        return _week(typed)
    return {
        name: _number(f"{key}.{name}", typed[f"{key}.{name}"], *limits)
        for name, limits in LIMITS[key].items()
    }


def _numbers(key: str, settings: house.HouseSettings) -> Mapping[str, int]:
    if key == house.DEFAULT_DUE_DAYS:
        return settings.due_days
    if key == house.CLAIM_FEES:
        return settings.claim_fees
    if key == house.APPROVAL_LIMITS:
        return {"refund": settings.refund_limit}
    if key == house.ACCEPT_WITHIN:
        accept = settings.accept
        return {"agent": accept.agent // _MINUTE, "team": accept.team // _MINUTE}
    times = settings.agent_times
    return {
        "wrap_up_seconds": times.wrap_up // _SECOND,
        "take_within_minutes": times.take_within // _MINUTE,
    }


def _number(field: str, typed: str, least: int, most: int) -> int:
    digits = typed.strip().replace(",", "")
    if not (digits.isascii() and digits.isdigit()):
        raise RuleViolation("needs_number", field=field)
    if len(digits) > len(str(house.MOST_REFUND)) or not least <= int(digits) <= most:
        raise RuleViolation(
            "number_out_of_range", field=field, least=f"{least:,}", most=f"{most:,}"
        )
    return int(digits)


def _week(typed: Mapping[str, str]) -> dict[str, list[str] | None]:
    week = {day: _hours(day, typed) for day in house.WEEKDAYS}
    if not any(week.values()):
        raise RuleViolation("needs_business_day", field=f"{house.BUSINESS_HOURS}.mon")
    return week


def _hours(day: str, typed: Mapping[str, str]) -> list[str] | None:
    """`09:00-18:00`; empty on a day without business."""
    field = f"{house.BUSINESS_HOURS}.{day}"
    if not typed[field].strip():
        return None
    clocks = [house.clock_of(clock) for clock in _SPAN.split(typed[field].strip())]
    if len(clocks) != 2 or clocks[0] is None or clocks[1] is None:
        raise RuleViolation("needs_clock", field=field)
    if clocks[0] >= clocks[1]:
        raise RuleViolation("closes_before_opening", field=field)
    return [f"{clock:%H:%M}" for clock in clocks if clock is not None]


def _sentences(typed: str) -> list[str]:
    """One a line; none: those of the program."""
    lines = [line for line in map(tidy_line, typed.splitlines()) if line]
    field = house.ABUSE_WARNINGS
    if len(lines) > house.MOST_WARNINGS:
        raise RuleViolation("too_many_sentences", field=field, limit=house.MOST_WARNINGS)
    if any(len(line) > house.WARNING_LIMIT for line in lines):
        raise RuleViolation("sentence_too_long", field=field, limit=house.WARNING_LIMIT)
    return lines
