"""Cells about people: telephone numbers, postcodes, and what a channel masked."""

import re
from functools import lru_cache
from typing import NamedTuple

from ets_desktop.domain.phone import digits_of, is_masked, restore_lost_zero
from ets_desktop.erp.exports.cells import Cell, text_of

_LONGEST_PHONE = 100
_USUAL_PHONE = re.compile(r"0\d{1,3}-\d{3,4}-\d{4}")
_PHONE_IN_TEXT = re.compile(r"\+?\d[\d\-. )]{6,}\d")
_SEPARATED = re.compile(r"[,/;|\n]|\s{2,}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_DIGIT = re.compile(r"[1-9]")
_MASKED_NAME = re.compile(r"[*＊○●◯〇]")
_MASKED_ADDRESS = re.compile(r"[*＊○●]{2,}")


class PhoneCell(NamedTuple):
    """Canonical digits of all numbers in a cell; `masked` as written; `unreadable` as a reason."""

    digits: tuple[str, ...] = ()
    masked: str = ""
    unreadable: str = ""


_NO_PHONE = PhoneCell()


def phones_of(cell: Cell) -> PhoneCell:
    """The numbers of a phone cell: the leading zero given back, a dash or 없음 is no number."""
    return _phones_of_text(text_of(cell))


@lru_cache(maxsize=8192)
def _phones_of_text(text: str) -> PhoneCell:
    if text in ("", "-"):
        return _NO_PHONE
    if len(text) > _LONGEST_PHONE:
        return PhoneCell(unreadable="not_a_phone_number")
    if _USUAL_PHONE.fullmatch(text) and text.strip("0-"):
        return PhoneCell((text.replace("-", ""),))
    if is_masked(text):
        return PhoneCell(masked=text)
    if _SCIENTIFIC.fullmatch(text):
        return PhoneCell(unreadable="scientific_notation")
    found = [_imported_digits(part) for part in (text, *_SEPARATED.split(text))[:9]]
    if not any(found):
        found = [_imported_digits(part) for part in _PHONE_IN_TEXT.findall(text)[:4]]
    numbers = tuple(dict.fromkeys(number for number in found if number))
    if numbers or not _DIGIT.search(text):
        return PhoneCell(numbers)
    return PhoneCell(unreadable="not_a_phone_number")


def _imported_digits(text: str) -> str | None:
    digits = digits_of(text.strip().removeprefix("'"))
    if digits is None:
        return None
    restored = restore_lost_zero(digits)
    return restored if len(restored) >= 7 else None


def postcode_of(cell: Cell) -> tuple[str, str]:
    """Five digits with the leading zero given back (six in old files), and why it is none."""
    text = text_of(cell)
    if len(text) == 5 and text.isdecimal():
        return text, ""
    if text in ("", "-"):
        return "", ""
    digits = re.sub(r"[\s\-()\[\]'\"=]|\.0+$", "", text)
    if not digits.isascii() or not digits.isdecimal() or len(digits) not in (4, 5, 6):
        return "", "not_a_postcode"
    return digits.zfill(5), ""


def is_masked_name(name: str) -> bool:
    """True for 김*민, 오**, 김○수: shown as written, never a key to match people by."""
    return _MASKED_NAME.search(name) is not None


def is_masked_address(address: str) -> bool:
    """True when a channel cut the address off with asterisks some time after delivery."""
    return _MASKED_ADDRESS.search(address) is not None
