"""Waybill numbers: what is odd about one. It is told and never refused.

No courier publishes its rule for all its numbers, and two rules of mod 7 agree by chance once in
seven: a number we doubt may well be a good parcel's (facts: couriers, check digits).
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Doubt(StrEnum):
    """What is odd about a waybill number."""

    NOT_DIGITS = "waybill_not_digits"
    LENGTH = "waybill_length"
    CHECK_DIGIT = "waybill_check_digit"


#: How long a courier's numbers are; the first is the one in use, the others are of old data.
_LENGTHS: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {"cj": (12, 10), "lotte": (12,), "hanjin": (12, 10), "logen": (11,), "epost": (13,)}
)


def _from_third(digits: str) -> bool:
    return int(digits[2:-1]) % 7 == int(digits[-1])


def _all_before(digits: str) -> bool:
    return int(digits[:-1]) % 7 == int(digits[-1])


#: 우체국 has no rule that is known.
_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {"cj": _from_third, "lotte": _all_before, "hanjin": _all_before, "logen": _all_before}
)


def waybill_digits(waybill: str) -> str:
    """A number as it is stored: without blanks and hyphens; words (직접수령) stay as they are."""
    bare = "".join(waybill.split()).replace("-", "")
    return bare if bare.isascii() and bare.isdigit() else waybill.strip()


def doubt_of(courier: str, waybill: str) -> Doubt | None:
    """What is odd about `waybill` as a number of `courier`; None also for couriers we know not."""
    lengths = _LENGTHS.get(courier)
    if lengths is None:
        return None
    digits = waybill_digits(waybill)
    if not (digits.isascii() and digits.isdigit()):
        return Doubt.NOT_DIGITS
    if len(digits) not in lengths:
        return Doubt.LENGTH
    check = _CHECKS.get(courier)
    # Older, shorter numbers had other rules.
    if check is None or len(digits) != lengths[0] or check(digits):
        return None
    return Doubt.CHECK_DIGIT
