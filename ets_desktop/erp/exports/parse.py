"""An export to parsed orders: rows told apart, lines grouped, faults listed by row and column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ets_desktop.erp.exports.cells import Cell
from ets_desktop.erp.exports.channels import Preset
from ets_desktop.erp.exports.fields import Fields, RowFault
from ets_desktop.erp.exports.lines import LineReader
from ets_desktop.erp.exports.orders import OrderReader, merged
from ets_desktop.erp.exports.parsed import (
    BadRow,
    IgnoredRow,
    OrderHead,
    ParsedFile,
    ParsedLine,
    ParsedOrder,
    Suspect,
)
from ets_desktop.erp.exports.recognise import Header, recognised
from ets_desktop.erp.exports.row_kinds import RowKinds
from ets_desktop.erp.exports.sheet import Row
from ets_desktop.erp.exports.sheets import content_of, sheets_of
from ets_desktop.erp.exports.sniff import Refused
from ets_desktop.erp.exports.spans import SpanFiller

#: Told (rows so far, rows in all or None) every PROGRESS_ROWS rows.
Progress = Callable[[int, int | None], None]
PROGRESS_ROWS = 2_000
MOST_ROWS = 1_100_000
#: Formatted empty rows at the end are listed one by one up to here.
_MOST_BLANKS_AT_END = 100


def read_export(
    path: Path,
    password: str | None = None,
    channel: Preset | None = None,
    progress: Progress | None = None,
) -> ParsedFile:
    """The orders of one export file, with every row that was none.

    Raises Refused when the file as a whole cannot be used; nothing of it counts then.
    """
    header = recognised(sheets_of(content_of(path), password), channel)
    return parse_rows(header, progress)


def parse_rows(header: Header, progress: Progress | None = None) -> ParsedFile:
    """Everything below `header` on its sheet."""
    reading = _Reading(header)
    for row in header.sheet.rows():
        if row.number > MOST_ROWS:
            raise Refused("sheet_too_large", columns=len(header.names), rows=row.number)
        reading.take(row)
        if progress is not None and row.number % PROGRESS_ROWS == 0:
            progress(row.number, header.sheet.row_count)
    return reading.result()


@dataclass(slots=True)
class _Gathered:
    """An order under way: `raw` is the last row's order part, `totals` counts rows telling one."""

    head: OrderHead
    raw: tuple[Cell, ...]
    noted: list[Suspect]
    lines: dict[str, ParsedLine] = field(default_factory=dict)
    rows: int = 0
    totals: int = 0
    told_total: bool = False


class _Reading:
    """The state of one pass over a sheet."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._suspect: list[Suspect] = []
        self._doubtful: list[Suspect] = []
        self._fields = Fields(header, self._suspect.append, self._doubtful.append)
        self._lines = LineReader(header.preset, self._fields)
        self._orders = OrderReader(header.preset, self._fields)
        self._kinds = RowKinds(header)
        self._spans = SpanFiller(header)
        self._gathered: dict[str, _Gathered] = {}
        #: (order, line) → fingerprints of its rows and where they stood.
        self._seen: dict[tuple[str, str], dict[int, int]] = {}
        self._ignored: list[IgnoredRow] = []
        self._bad: list[BadRow] = []
        self._last_row = 0
        self._width = len(header.names)

    def take(self, row: Row) -> None:
        self._last_row = row.number
        cells = self._spans.filled(row)
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        reason = self._kinds.reason_to_ignore(row.number, cells)
        if reason == "header":
            return
        if reason:
            self._ignored.append(IgnoredRow(row.number, reason))
            return
        noted, doubted = len(self._suspect), len(self._doubtful)
        self._fields.row = row.number
        try:
            self._kinds.check_shape(row)
            self._take_line(row.number, cells)
        except RowFault as fault:
            del self._suspect[noted:], self._doubtful[doubted:]
            self._bad.append(BadRow(row.number, fault.column, fault.reason))

    def result(self) -> ParsedFile:
        count = self._header.sheet.row_count or 0
        end = min(count, self._last_row + _MOST_BLANKS_AT_END)
        for number in range(self._last_row + 1, end + 1):
            self._ignored.append(IgnoredRow(number, "blank"))
        return ParsedFile(
            self._header.preset.code,
            self._header.sheet.name,
            self._header.row,
            tuple(self._finished(gathered) for gathered in self._gathered.values()),
            tuple(sorted(self._ignored, key=lambda ignored: ignored.row)),
            tuple(self._bad),
            tuple(self._suspect),
            tuple(self._doubtful),
        )

    def _finished(self, gathered: _Gathered) -> ParsedOrder:
        repeat = None if gathered.head.order_total is None else gathered.totals == gathered.rows
        return ParsedOrder(gathered.head, tuple(gathered.lines.values()), repeat)

    def _take_line(self, number: int, cells: Sequence[Cell]) -> None:
        line, own_number = self._lines.read(cells)
        order_no, damaged = self._orders.number(cells)
        if damaged:
            # Several orders may look alike now: what else is left keeps them apart.
            order_no = f"{damaged}~{line.bundle_no or line.line_no}"
        fingerprint = self._kinds.fingerprint(cells)
        rows = self._seen.setdefault((order_no, line.line_no), {})
        if fingerprint in rows:
            self._ignored.append(IgnoredRow(number, "duplicate", rows[fingerprint]))
            return
        gathered = self._order(order_no, cells, damaged=bool(damaged))
        if rows and own_number and self._header.preset.unique_lines:
            before = gathered.lines.pop(line.line_no)
            self._ignored.append(IgnoredRow(before.row, "superseded", number))
        elif rows:
            line = line._replace(line_no=f"{line.line_no}#{len(rows) + 1}")
        rows[fingerprint] = number
        gathered.lines[line.line_no] = line

    def _order(self, order_no: str, cells: Sequence[Cell], *, damaged: bool) -> _Gathered:
        """The order of this row, with what the row adds to it."""
        raw = tuple(cells[index] for index in self._orders.columns)
        gathered = self._gathered.get(order_no)
        if gathered is not None and gathered.raw == raw:
            row = self._fields.row
            self._suspect.extend(replace(suspect, row=row) for suspect in gathered.noted)
        else:
            start = len(self._suspect)
            head = self._orders.read(cells, order_no, damaged=damaged)
            noted = self._suspect[start:]
            if gathered is None:
                gathered = self._gathered[order_no] = _Gathered(head, raw, noted)
            else:
                gathered.head = merged(gathered.head, head)
                gathered.raw, gathered.noted = raw, noted
            gathered.told_total = head.order_total not in (None, 0)
        gathered.rows += 1
        gathered.totals += gathered.told_total
        return gathered
