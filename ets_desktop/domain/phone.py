"""Korean telephone numbers: folding to national digits, kinds, display (facts: LG U+ §5, spec 40).

Canonical form is digits only, national (`01012345678`); the raw text is stored beside it.
A withheld or masked number is not a number: it never becomes digits, so it never matches anyone.
"""

import re
import unicodedata
from enum import StrEnum

#: Longest digits kept: fifteen of E.164 behind a five-digit carrier prefix such as 00700.
_LONGEST_FOREIGN = 20
_SHORTEST = 3
_LONGEST_NATIONAL = 12
_LONGEST_E164 = 15

_MASK = re.compile(r"[*＊•●○◯■□ㅇ※?]|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])")
_SEPARATORS = re.compile(r"[\s.()\[\]'\"=\-‐-―−·ー\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_WHOLE_FLOAT = re.compile(r"(\d{8,})\.0+")
_FOREIGN_PREFIX = re.compile(r"00(?:[125689]|3\d\d|7\d\d)")
_REPRESENTATIVE = re.compile(r"1[568]\d{6}")

#: What a PBX or carrier shows instead of a withheld number, besides words and zeros.
_NO_NUMBER = frozenset({"99999999"})


class NumberKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"
    VOIP = "voip"
    SAFE = "safe"
    REPRESENTATIVE = "representative"
    FOREIGN = "foreign"
    INTERNAL = "internal"
    OTHER = "other"


_KINDS: tuple[tuple[re.Pattern[str], NumberKind], ...] = (
    (_REPRESENTATIVE, NumberKind.REPRESENTATIVE),
    (re.compile(r"010\d{8}|01[16-9]\d{7,8}"), NumberKind.MOBILE),
    (re.compile(r"02\d{7,8}|0(?:3[1-3]|4[1-4]|5[1-5]|6[1-4])\d{7,8}"), NumberKind.LANDLINE),
    (re.compile(r"070\d{8}"), NumberKind.VOIP),
    (re.compile(r"050[2-8]\d{7,8}"), NumberKind.SAFE),
    (re.compile(r"[1-9]\d{1,7}"), NumberKind.INTERNAL),
    (re.compile(_FOREIGN_PREFIX.pattern + r"\d{6,}|[1-9]\d{8,}"), NumberKind.FOREIGN),
)

#: Digits of the first part and the shape of the rest, by how the number starts; first match wins.
_AREA_LENGTH: tuple[tuple[str, int], ...] = (("02", 2), ("050", 4), ("0303", 4), ("0", 3))

#: Numbers that are never written without their zero by a person, but are by a spreadsheet.
_TOLL = re.compile(r"0(?:[68]0\d{7}|303\d{7,8})")


def digits_of(raw: str | None) -> str | None:
    """National digits of a number as typed or as a PBX shows it; None when it is not one.

    Folds `+82`, `0082` and a bare `82` of ten or more digits; leaves foreign numbers unshaped;
    never guesses a lost zero (`restore_lost_zero`). None for withheld, masked, several numbers
    in one text, and anything too short or too long. `digits_of(digits_of(x)) == digits_of(x)`.
    """
    if raw is None or is_masked(raw):
        return None
    text = _plain(raw)
    explicit = text.startswith("+")
    digits = text.removeprefix("+")
    if not digits.isdecimal() or not digits.isascii() or _stands_for_withheld(digits):
        return None
    folded = _fold_country(digits, explicit=explicit)
    return folded if folded is not None and len(folded) >= _SHORTEST else None


def is_withheld(raw: str | None) -> bool:
    """True for what stands in a withheld number's place: a word, zeros, nothing (facts §5.3)."""
    if raw is None:
        return True
    digits = re.sub(r"\D", "", _plain(raw))
    if not digits or _stands_for_withheld(digits):
        return True
    return not is_masked(raw) and any(character.isalpha() for character in raw)


def is_masked(raw: str | None) -> bool:
    """True when some digits are hidden (`010-****-1234`, `0504-XXXX-1234`), also when all are."""
    return raw is not None and _MASK.search(raw) is not None


def is_safe_number(digits: str | None) -> bool:
    """True for a virtual 050x number, which expires: keep when it was captured (spec 40)."""
    return digits is not None and kind(digits) is NumberKind.SAFE


def kind(digits: str) -> NumberKind:
    """What sort of line the canonical `digits` are; `other` when no range is known."""
    for pattern, number_kind in _KINDS:
        if pattern.fullmatch(digits):
            return number_kind
    return NumberKind.OTHER


def display(digits: str) -> str:
    """`digits` as Koreans write them: 010-1234-5678, 02-123-4567, 0504-123-4567, 1588-1234."""
    if _REPRESENTATIVE.fullmatch(digits):
        return f"{digits[:4]}-{digits[4:]}"
    if kind(digits) is NumberKind.FOREIGN:
        return digits if digits.startswith("0") else f"+{digits}"
    if not digits.startswith("0") or not 9 <= len(digits) <= _LONGEST_NATIONAL:
        return digits
    area = next(length for start, length in _AREA_LENGTH if digits.startswith(start))
    middle = digits[area:-4]
    return f"{digits[:area]}-{middle}-{digits[-4:]}" if len(middle) in (3, 4) else digits


def last4(digits: str | None) -> str | None:
    """The last four digits, the way desks look people up; None when there are fewer."""
    return digits[-4:] if digits is not None and len(digits) >= 4 else None


def restore_lost_zero(digits: str) -> str:
    """Give back the leading zero a spreadsheet ate: `1012345678` → `01012345678`.

    Only where the result is a known Korean range and the input is not a number by itself
    (`15881234` stays). For imported cells alone: an extension or a foreign caller has no zero.
    """
    candidate = f"0{digits}"
    if digits.startswith("0") or _REPRESENTATIVE.fullmatch(digits):
        return digits
    restored = {NumberKind.MOBILE, NumberKind.LANDLINE, NumberKind.VOIP, NumberKind.SAFE}
    if kind(candidate) in restored or _TOLL.fullmatch(candidate):
        return candidate
    return digits


def looks_like_phone(typed: str) -> bool:
    """True when a search text can only mean a whole phone number or its last four digits."""
    digits = digits_of(typed)
    if digits is None:
        return False
    known = kind(digits) not in (NumberKind.INTERNAL, NumberKind.FOREIGN, NumberKind.OTHER)
    return known or len(digits) == 4 or _TOLL.fullmatch(digits) is not None


def _plain(raw: str) -> str:
    text = unicodedata.normalize("NFKC", raw).strip()
    whole = _WHOLE_FLOAT.fullmatch(text)
    return whole[1] if whole else _SEPARATORS.sub("", text)


def _stands_for_withheld(digits: str) -> bool:
    return not digits.strip("0") or digits in _NO_NUMBER


def _fold_country(digits: str, *, explicit: bool) -> str | None:
    if digits.startswith("0082"):
        return _national(digits[4:])
    if digits.startswith("82") and (explicit or len(digits) >= 10):
        return _national(digits[2:])
    if explicit and not digits.startswith("0"):
        return digits if len(digits) <= _LONGEST_E164 else None
    if _FOREIGN_PREFIX.match(digits):
        return digits if len(digits) <= _LONGEST_FOREIGN else None
    longest = _LONGEST_NATIONAL if digits.startswith("0") else _LONGEST_E164
    return digits if len(digits) <= longest else None


def _national(rest: str) -> str | None:
    """The national form of what stood behind the country code 82 (facts §5.2, rule 3)."""
    if not rest.strip("0") or rest.startswith("00"):
        return None
    shaped = rest if rest.startswith("0") or _REPRESENTATIVE.fullmatch(rest) else f"0{rest}"
    return shaped if len(shaped) <= _LONGEST_NATIONAL else None
