"""Rows told apart: order lines, and the notices, totals, blanks and helpers around them."""

import re
from collections.abc import Sequence

from ets_desktop.erp.exports.cells import Cell, text_of
from ets_desktop.erp.exports.columns import normalised
from ets_desktop.erp.exports.fields import RowFault
from ets_desktop.erp.exports.recognise import Header
from ets_desktop.erp.exports.sheet import Row

#: No order number holds a blank, Hangul or a reference mark.
_SENTENCE = re.compile(r"[\s가-힣※]")
_TOTALS = ("합계", "총합계", "총계", "소계", "총합", "TOTAL")


class RowKinds:
    """Judges rows by the header they stand under."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._number_at = header.at["order_no"]
        running = {normalised(title) for title in header.preset.running_number}
        self._running = {index for index, name in enumerate(header.names) if name in running}

    def reason_to_ignore(self, number: int, cells: Sequence[Cell]) -> str:
        """'' for what should be an order line; `header` for the header itself."""
        if number == self._header.row:
            return "header"
        if number < self._header.row:
            return "notice" if _filled(cells) else "blank"
        order_no = next((cells[i] for i in self._number_at if cells[i] != ""), "")
        if order_no == "":
            return self._without_number(cells)
        if not isinstance(order_no, str) or order_no[0].isdecimal():
            return ""
        name = normalised(text_of(order_no)[:80])
        if name == self._header.names[self._number_at[0]]:
            return "header_again"
        if name.startswith(_TOTALS):
            return "total"
        filled = _filled(cells)
        if self._is_helper(filled):
            return "helper"
        return "notice" if len(filled) == 1 and _SENTENCE.search(order_no) else ""

    def _without_number(self, cells: Sequence[Cell]) -> str:
        filled = _filled(cells)
        if not filled:
            return "blank"
        if any(normalised(text_of(cell)[:80]).startswith(_TOTALS) for cell in filled[:3]):
            return "total"
        if self._is_helper(filled):
            return "helper"
        return "notice" if len(filled) == 1 and isinstance(filled[0], str) else ""

    def _is_helper(self, filled: Sequence[Cell]) -> bool:
        """Row 3 of some channels says per column whether it may be edited."""
        words = self._header.preset.helper_words
        return bool(words) and all(normalised(text_of(cell)[:80]) in words for cell in filled)

    def check_shape(self, row: Row) -> None:
        """Raises RowFault for a record whose cells have shifted against the header."""
        width = len(self._header.names)
        if row.broken and len(row.cells) != width:
            raise RowFault("", row.broken)
        if self._header.sheet.separated and any(row.cells[width:]):
            raise RowFault("", "too_many_cells")

    def fingerprint(self, cells: Sequence[Cell]) -> int:
        """Equal for rows that agree in every cell but the running number."""
        if self._running:
            cells = list(cells)
            for index in self._running:
                cells[index] = ""
        return hash(tuple(cells))


def _filled(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell != "" and text_of(cell)]
