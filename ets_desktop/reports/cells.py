"""The text of a cell on the screen as a cell of a workbook: typed where it reads so, never run.

Made from the shown texts alone, so that a workbook cannot tell more than the masked list did
(spec 80: one rule for every screen and export).
"""

import re
from datetime import date, datetime

Cell = str | int | date | datetime

#: What one cell of a workbook holds, in UTF-16 units.
MOST_UNITS = 32_767

_MOMENT = re.compile(r"(?:19|20)\d\d-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,\d{3}){1,4}|[1-9]\d{0,14})", re.ASCII)
#: Letters that XML has no place for; surrogates can come from damaged texts only.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Excel reads _x0041_ as an escaped letter.
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def typed(text: str, *, is_number: bool) -> Cell:
    """A day, a moment, with `is_number` a whole number, else the text made harmless.

    Numbers only where the column is one: 주문번호 and 송장번호 keep their zeros.
    """
    if is_number and _NUMBER.fullmatch(text):
        return int(text.replace(",", ""))
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        # 2026-02-30 is no day.
        return text
    return writable(text)


def writable(text: str) -> str:
    """`text` as a cell can hold it: no letters XML lacks, cut with … where it is too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ESCAPE_LIKE.sub("_x005F_", plain(text))
    # A letter is at most two units.
    if len(text) * 2 <= MOST_UNITS or _units(text) <= MOST_UNITS:
        return text
    kept = text.encode("utf-16-le")[: (MOST_UNITS - 1) * 2]
    # Half of a pair at the end goes.
    return f"{kept.decode('utf-16-le', 'ignore')}…"


def plain(text: str) -> str:
    """`text` without what neither XML nor the database's JSON can hold."""
    return _UNWRITABLE.sub("", text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
