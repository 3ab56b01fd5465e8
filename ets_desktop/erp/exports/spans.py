"""Cells merged over several rows: the value stands in the first, the rows below share it."""

from ets_desktop.erp.exports.cells import Cell
from ets_desktop.erp.exports.recognise import Header
from ets_desktop.erp.exports.sheet import Row, Span

#: Never shared: an amount over two rows is the sum of both, not each one's.
_NOT_SHARED = ("quantity", "amount", "amount_first", "discount_first", "line_no")


class SpanFiller:
    """Gives merged values to the rows they cover."""

    def __init__(self, header: Header) -> None:
        kept_out = {index for field in _NOT_SHARED for index in header.at.get(field, ())}
        self._starting: dict[int, list[Span]] = {}
        for span in header.sheet.spans:
            if span.first_row > header.row and span.column not in kept_out:
                self._starting.setdefault(span.first_row, []).append(span)
        self._open: dict[int, tuple[int, Cell]] = {}

    def filled(self, row: Row) -> list[Cell]:
        if not self._starting:
            return row.cells
        cells = list(row.cells)
        for column, (last_row, value) in list(self._open.items()):
            if row.number > last_row:
                del self._open[column]
            elif column < len(cells) and cells[column] == "":
                cells[column] = value
        for span in self._starting.get(row.number, ()):
            if span.column < len(cells):
                self._open[span.column] = span.last_row, cells[span.column]
        return cells
