"""The sessions of an ARS vendor's file (CSV, or a workbook): the same events as over the wire."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ets_desktop.domain import phone
from ets_desktop.domain.ars import ArsEvent, BadArsEvent, event_of
from ets_desktop.erp.exports.cells import Cell, identifier_of, text_of
from ets_desktop.erp.exports.sheet import Sheet
from ets_desktop.erp.exports.sheets import content_of, sheets_of
from ets_desktop.erp.exports.sniff import Refused

#: What a column may be called, apart from blanks and case.
_COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("session_id", "세션", "세션번호", "세션id"), "session_id"),
        **dict.fromkeys(("answered_at", "답변일시"), "answered_at"),
        **dict.fromkeys(("order_no", "주문번호"), "order_no"),
        **dict.fromkeys(("name", "고객명", "이름"), "name"),
        **dict.fromkeys(("phone", "전화번호", "발신번호"), "phone"),
        **dict.fromkeys(("kind", "구분"), "kind"),
        **dict.fromkeys(("category", "카테고리"), "category"),
        **dict.fromkeys(("amount", "금액"), "amount"),
        **dict.fromkeys(("packing_fee", "포장비"), "packing_fee"),
        **dict.fromkeys(("menu", "메뉴", "메뉴경로"), "menu"),
        **dict.fromkeys(("reached_final", "최종안내", "최종안내도달"), "reached_final"),
        **dict.fromkeys(("ended_at", "종료일시"), "ended_at"),
    }
)
#: A spreadsheet may have shortened them to 2.02E+13, which is no one's.
_NUMBERS: Final = ("session_id", "order_no")
#: Rows before the one with the names of the columns.
_MOST_BEFORE: Final = 10

Read = tuple[int, ArsEvent | BadArsEvent]


def read_ars_file(file: Path, now: datetime) -> Iterator[Read]:
    """Each row by its number with its event, or with why it is none; blank ones are left out.

    Raises Refused when the file cannot be read, or (`ars_columns`) has no sessions.
    """
    for sheet in sheets_of(content_of(file)):
        found = _header_of(sheet)
        if found is not None:
            return _rows(sheet, *found, now)
    raise Refused("ars_columns")


def _header_of(sheet: Sheet) -> tuple[int, list[str]] | None:
    for row in sheet.rows():
        if row.number > _MOST_BEFORE:
            return None
        names = [_COLUMNS.get("".join(text_of(cell).split()).lower(), "") for cell in row.cells]
        if {"session_id", "answered_at"} <= set(names):
            return row.number, names
    return None


def _rows(sheet: Sheet, header: int, names: list[str], now: datetime) -> Iterator[Read]:
    for row in sheet.rows():
        is_blank = not any(text_of(cell) for cell in row.cells)
        if row.number <= header or (is_blank and not row.broken):
            continue
        yield row.number, _read(row.cells, names, broken=bool(row.broken), now=now)


def _read(
    cells: list[Cell], names: list[str], *, broken: bool, now: datetime
) -> ArsEvent | BadArsEvent:
    if broken or any(text_of(cell) for cell in cells[len(names) :]):
        # A separator inside a value: what stands where is anybody's guess.
        return BadArsEvent("shifted")
    try:
        told = {name: _told(name, cell) for name, cell in zip(names, cells, strict=False) if name}
        return event_of(told, now)
    except BadArsEvent as error:
        return error


def _told(name: str, cell: Cell) -> str:
    if name in _NUMBERS:
        number = identifier_of(cell)
        if number.damaged:
            raise BadArsEvent("damaged", name)
        return number.text
    text = text_of(cell)
    if name == "phone" and text.isascii() and text.isdigit():
        return phone.restore_lost_zero(text)
    return text
