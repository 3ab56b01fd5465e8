"""One cell to one value: text, numbers, identifiers, times.

Spreadsheets damage identifiers; what cannot be read back exactly is said so, never guessed.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple


class FormulaNumber(float):
    """A formula's last result that is a number; text columns show the formula instead."""

    formula: str

    def __new__(cls, value: float, formula: str) -> "FormulaNumber":
        made = super().__new__(cls, value)
        made.formula = formula
        return made


#: An empty cell is an empty text.
Cell = str | float | bool | datetime | date | time | timedelta

#: Excel's own limit; a longer cell is an attack or an unclosed quotation mark.
LONGEST_CELL = 32_767
_MOST_MONEY = 10**12
_KST = timedelta(hours=9)
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Korean local time throughout
_SERIALS = (20_000.0, 80_000.0)  # 1954 … 2119
_YEARS = range(1990, 2101)

#: Control and formatting characters without a meaning in an order; blanks of all widths stay.
_UNWANTED = {
    code: None
    for code in (
        *(*range(32), *range(127, 160), 0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0xFEFF),
        # What turns the direction of writing shows a text other than it is.
        *(*range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    )
    if chr(code) not in "\t\n"
}


def text_of(cell: Cell) -> str:
    """The cell as trimmed text: composed Hangul, `\\n` for every line break, no control codes."""
    return cleaned(cell if isinstance(cell, str) else _shown(cell))


@lru_cache(maxsize=32_768)
def cleaned(text: str) -> str:
    """`text_of` for what is a text already."""
    if text.isascii() and text.isprintable():
        return text.strip()
    if not text.isprintable():
        text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
        text = text.translate(_UNWANTED)
    text = text.strip()
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _shown(cell: float | bool | datetime | date | time | timedelta) -> str:
    if isinstance(cell, FormulaNumber):
        return cell.formula
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return (
            str(int(cell))
            if cell == cell and abs(cell) < 1e300 and cell == int(cell)
            else repr(cell)
        )
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return str(cell)


class Identifier(NamedTuple):
    """`text` is empty when `damaged` (then `raw` is what stands there); `doubtful` is kept."""

    text: str
    raw: str = ""
    damaged: str = ""
    doubtful: str = ""


#: What is not simply a number with letters and hyphens: rare, and looked at closely.
_ODD_IDENTIFIER = re.compile(r"=.*|'.*|-|\d[\d.]*(?:\.0+|[eE]\+?\d+)", re.DOTALL)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}")
_SCIENTIFIC_WITHOUT_SIGN = re.compile(r"\d[eE]\d{1,3}")
_TEXT_FORMULA = re.compile(r'="([^"=]*)"')
_WHOLE_AS_FLOAT = re.compile(r"(\d+)\.0+")
_EXACT_DIGITS = 15
_LARGEST_EXACT = 2**53


def identifier_of(cell: Cell) -> Identifier:
    """An order, line, parcel or tracking number, exact or marked as damaged.

    A number cell keeps 15 digits; text in scientific notation keeps its mantissa's digits
    (facts on exports: 2, 3, 6, 7). `="0123"` and a leading apostrophe are ways to keep text.
    """
    if isinstance(cell, str):
        return _text_identifier(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _number_identifier(float(cell))
    if isinstance(cell, datetime | date | time | timedelta | bool):
        return Identifier("", text_of(cell), damaged="became_a_date")
    raise TypeError(type(cell))


def _text_identifier(cell: str) -> Identifier:
    if cell.isdecimal():
        return Identifier(cell)
    text = cell.strip() if cell.isascii() and cell.isprintable() else cleaned(cell)
    if not _ODD_IDENTIFIER.fullmatch(text):
        return Identifier(text)
    if wrapped := _TEXT_FORMULA.fullmatch(text):
        text = wrapped[1].strip()
    text = text.removeprefix("'").strip()
    if whole := _WHOLE_AS_FLOAT.fullmatch(text):
        return Identifier(whole[1])
    if _SCIENTIFIC.fullmatch(text):
        return _scientific_identifier(text)
    return Identifier("" if text == "-" else text)


def _number_identifier(value: float) -> Identifier:
    if value != value or abs(value) > 1e300 or value != int(value) or value < 0:
        return Identifier("", repr(value), damaged="not_a_whole_number")
    digits = str(int(value))
    if len(digits) <= _EXACT_DIGITS:
        few = len(digits) > 10 and len(digits.rstrip("0")) <= 6
        return Identifier("", digits, damaged="digits_lost") if few else Identifier(digits)
    if len(digits) == _EXACT_DIGITS + 1 and value < _LARGEST_EXACT:
        # Excel would have turned the sixteenth digit into 0; one in ten ends so by itself.
        doubtful = "last_digit_may_be_lost" if digits.endswith("0") else ""
        return Identifier(digits, digits, doubtful=doubtful)
    return Identifier("", digits, damaged="digits_lost")


def _scientific_identifier(text: str) -> Identifier:
    number = Decimal(text)
    significant = len(text.lower().partition("e")[0].replace(".", ""))
    if number == number.to_integral_value() and significant > number.adjusted() >= 0:
        return Identifier(str(int(number)))
    if _SCIENTIFIC_WITHOUT_SIGN.fullmatch(text) and number < 10**9:
        return Identifier(text)
    return Identifier("", text, damaged="scientific_notation")


_MONEY_WORDS = re.compile(r"[\s,₩￦\\]|원$|개$|KRW$")
_WHOLE = re.compile(r"[+-]?\d+(?:\.0*)?")


def whole_of(cell: Cell) -> int | None:
    """A quantity or an amount in KRW; None for an empty cell or a dash.

    Raises ValueError with a reason code: `not_a_number`, `not_whole`, `too_large`.
    """
    if isinstance(cell, str):
        if cell.isdecimal() and len(cell) < 13:
            return int(cell)
        return _whole_of_text(text_of(cell))
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != cell:
        raise ValueError("not_a_number")
    if abs(cell) > _MOST_MONEY:
        raise ValueError("too_large")
    if cell != int(cell):
        raise ValueError("not_whole")
    return int(cell)


def _whole_of_text(text: str) -> int | None:
    if text in ("", "-"):
        return None
    plain = _MONEY_WORDS.sub("", unicodedata.normalize("NFKC", text).upper())
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    if _WHOLE.fullmatch(plain):
        if len(plain) > 16:
            raise ValueError("too_large")
        number = int(plain.partition(".")[0])
        if abs(number) > _MOST_MONEY:
            raise ValueError("too_large")
        return number
    try:
        float(plain)
    except ValueError:
        raise ValueError("not_a_number") from None
    raise ValueError("not_whole")


_LONGEST_MOMENT = 60
_WHEN = re.compile(
    r"(?P<year>\d{4}|\d{2})(?P<mark>[-./년])\s*(?P<month>\d{1,2})(?:[-./월])\s*(?P<day>\d{1,2})"
    r"[.일]?(?:\([월화수목금토일]\))?"
    r"(?:[\sT]+(?P<half1>오전|오후|AM|PM|am|pm)?\s*"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half2>AM|PM|am|pm)?\s*(?P<zone>KST|Z|[+-]\d{2}:?\d{2})?)?"
)
_WHEN_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\s?(\d{2}):?(\d{2}):?(\d{2})?)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


def moment_of(cell: Cell) -> datetime | None:
    """A point in Korean local time, to the second; None for an empty cell or a dash.

    Raises ValueError("not_a_date") for anything else than the formats that exports are known to
    hold: ISO-like with - . or /, packed digits, Excel's serials, 오전/오후, AM/PM, 년 월 일.
    """
    if isinstance(cell, str):
        return _moment_of_text(cell)
    if isinstance(cell, datetime):
        return _plausible(_to_second(cell) if cell.microsecond else cell)
    if isinstance(cell, date):
        return _plausible(datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if _SERIALS[0] < cell < _SERIALS[1]:
            return _from_serial(float(cell))
        return _moment_of_text(text_of(cell))
    raise ValueError("not_a_date")


@lru_cache(maxsize=4096)
def _moment_of_text(raw: str) -> datetime | None:
    text = text_of(raw) if len(raw) <= _LONGEST_MOMENT else "…"
    if text in ("", "-", "0000-00-00", "0000-00-00 00:00:00"):
        return None
    try:
        if len(text) == 19 and text[4] == "-" and text[10] == " ":
            return _plausible(datetime.fromisoformat(text))
        if packed := _WHEN_PACKED.fullmatch(text):
            return _plausible(datetime(*(int(part or 0) for part in packed.groups())))  # type: ignore[arg-type] # noqa: DTZ001
        if _SERIAL.fullmatch(text):
            return _from_serial(float(text))
        if parts := _WHEN.fullmatch(text):
            return _plausible(_assembled(parts))
    except ValueError:
        pass
    raise ValueError("not_a_date")


def _assembled(parts: re.Match[str]) -> datetime:
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    hour = int(parts["hour"] or 0)
    half = (parts["half1"] or parts["half2"] or "").lower()
    if half in ("오후", "pm") and hour < 12:
        hour += 12
    elif half in ("오전", "am") and hour == 12:
        hour = 0
    when = datetime(  # noqa: DTZ001
        year, int(parts["month"]), int(parts["day"]),
        hour, int(parts["minute"] or 0), int(parts["second"] or 0),
    )  # fmt: skip
    zone = parts["zone"]
    if zone in (None, "KST"):
        return when
    return when - _offset(zone) + _KST


def _offset(zone: str) -> timedelta:
    if zone == "Z":
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def _from_serial(serial: float) -> datetime:
    return _to_second(_EXCEL_EPOCH + timedelta(days=serial))


def _to_second(when: datetime) -> datetime:
    """Serials are fractions of a day: 08:48:53 comes back as 08:48:52.999."""
    return (when + timedelta(microseconds=500_000)).replace(microsecond=0)


def _plausible(when: datetime) -> datetime:
    if when.year not in _YEARS:
        raise ValueError("not_a_date")
    return when
