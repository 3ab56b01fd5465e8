"""What an admin types of the house's settings, as it is stored; each refusal names its field.

Fields are called `<key>.<name>`, or the key alone where the whole of it is at fault.
"""

from collections.abc import Mapping, Sequence

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
}


def numbers_of(key: str, typed: Mapping[str, str]) -> dict[str, int]:
    """The numbers of the setting `key`; RuleViolation `needs_number`, `number_out_of_range`."""
    return {
        name: _number(f"{key}.{name}", typed.get(name, ""), *limits)
        for name, limits in LIMITS[key].items()
    }


def hours_of(typed: Mapping[str, tuple[str, str]]) -> dict[str, list[str] | None]:
    """Business hours by weekday; two empty fields are a day without business.

    RuleViolation `needs_clock`, `closes_before_opening`, `needs_business_day`.
    """
    week = {day: _hours(day, *typed.get(day, ("", ""))) for day in house.WEEKDAYS}
    if not any(week.values()):
        raise RuleViolation("needs_business_day", field=house.BUSINESS_HOURS)
    return week


def sentences_of(typed: Sequence[str]) -> list[str]:
    """The sentences of 폭언 안내, without empty lines; none: those of the program.

    RuleViolation `too_many_sentences`, `text_too_long`.
    """
    lines = [line for line in map(tidy_line, typed) if line]
    if len(lines) > house.MOST_WARNINGS:
        raise RuleViolation(
            "too_many_sentences", field=house.ABUSE_WARNINGS, limit=house.MOST_WARNINGS
        )
    if any(len(line) > house.WARNING_LIMIT for line in lines):
        raise RuleViolation("text_too_long", field=house.ABUSE_WARNINGS, limit=house.WARNING_LIMIT)
    return lines


def _number(field: str, typed: str, least: int, most: int) -> int:
    digits = typed.strip().replace(",", "")
    if not (digits.isascii() and digits.isdigit()):
        raise RuleViolation("needs_number", field=field)
    if len(digits) > 9 or not least <= int(digits) <= most:
        raise RuleViolation(
            "number_out_of_range", field=field, least=f"{least:,}", most=f"{most:,}"
        )
    return int(digits)


def _hours(day: str, opens: str, closes: str) -> list[str] | None:
    field = f"{house.BUSINESS_HOURS}.{day}"
    if not (opens.strip() or closes.strip()):
        return None
    begin, end = house.clock_of(opens.strip()), house.clock_of(closes.strip())
    if begin is None or end is None:
        raise RuleViolation("needs_clock", field=field)
    if begin >= end:
        raise RuleViolation("closes_before_opening", field=field)
    return [f"{begin:%H:%M}", f"{end:%H:%M}"]
