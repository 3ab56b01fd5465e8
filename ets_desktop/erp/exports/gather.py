"""Rows gathered into orders: each order is whole when it leaves, every other row is listed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ets_desktop.domain.masking import mask_cell
from ets_desktop.erp.exports.cells import Cell
from ets_desktop.erp.exports.fields import Fields, RowFault
from ets_desktop.erp.exports.lines import LineReader
from ets_desktop.erp.exports.orders import OrderReader, merged
from ets_desktop.erp.exports.parsed import (
    BadRow,
    IgnoredRow,
    OrderHead,
    Outcome,
    ParsedLine,
    ParsedOrder,
    Suspect,
)
from ets_desktop.erp.exports.recognise import Header
from ets_desktop.erp.exports.row_kinds import RowKinds
from ets_desktop.erp.exports.sheet import Row
from ets_desktop.erp.exports.spans import SpanFiller

#: Formatted empty rows at the end are listed one by one up to here.
_MOST_BLANKS_AT_END = 100


@dataclass(slots=True)
class _Gathered:
    """An order under way. `raw` is the last row's order part, `noted` what was wrong with it,
    `totals` counts the rows that told one, `seen` the rows of each line number by fingerprint."""

    head: OrderHead
    raw: tuple[Cell, ...]
    noted: list[Suspect]
    lines: dict[str, ParsedLine] = field(default_factory=dict)
    seen: dict[str, dict[int, int]] = field(default_factory=dict)
    rows: int = 0
    last_row: int = 0
    totals: int = 0
    told_total: bool = False


class RowsScattered(Exception):
    """An order goes on long after its other rows: nothing may be released before the end."""


class Gathering:
    """One pass over a sheet: `take` every row, `release` orders that are whole."""

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
        self._ignored: list[IgnoredRow] = []
        self._bad: list[BadRow] = []
        self._last_row = 0
        self._width = len(header.names)
        self._released: set[str] = set()
        self._line_count = 0

    def take(self, row: Row) -> None:
        """Make the row a line of its order, or list it with the reason why it is none."""
        self._last_row = row.number
        if row.broken and not row.cells:
            # Nothing of it could be read, which is not the same as nothing being there.
            self._bad.append(BadRow(row.number, "", row.broken))
            return
        cells = self._spans.filled(row)
        # An empty cell ends every row: fields that the file lacks are read there.
        cells = cells + [""] * max(self._width + 1 - len(cells), 1)
        reason = self._kinds.reason_to_ignore(row.number, cells)
        if reason:
            if reason != "header":
                self._ignored.append(IgnoredRow(row.number, reason))
            return
        noted, doubted = len(self._suspect), len(self._doubtful)
        self._fields.row = row.number
        kept = False
        try:
            self._kinds.check_shape(row)
            kept = self._take_line(row.number, cells)
        except RowFault as fault:
            value = mask_cell(fault.value)
            self._bad.append(BadRow(row.number, fault.column, fault.reason, value))
        if not kept:
            del self._suspect[noted:], self._doubtful[doubted:]

    def release(self, quiet_for: int = 0) -> tuple[ParsedOrder, ...]:
        """Orders that no row has added to for `quiet_for` rows; all of them without."""
        before = self._last_row - quiet_for
        whole = [number for number, order in self._gathered.items() if order.last_row <= before]
        orders = tuple(self._finished(self._gathered.pop(number)) for number in whole)
        self._released.update(whole)
        self._line_count += sum(len(order.lines) for order in orders)
        return orders

    def outcome(self) -> Outcome:
        """What the pass came to, once all orders are released."""
        count = self._header.sheet.row_count or 0
        end = min(count, self._last_row + _MOST_BLANKS_AT_END)
        blanks = [IgnoredRow(number, "blank") for number in range(self._last_row + 1, end + 1)]
        return Outcome(
            len(self._released),
            self._line_count,
            tuple(sorted(self._ignored + blanks, key=lambda ignored: ignored.row)),
            tuple(self._bad),
            tuple(self._suspect),
            tuple(self._doubtful),
        )

    def _finished(self, gathered: _Gathered) -> ParsedOrder:
        head = gathered.head
        repeat = None if head.order_total is None else gathered.totals == gathered.rows
        return ParsedOrder(self._orders.dated(head), tuple(gathered.lines.values()), repeat)

    def _take_line(self, number: int, cells: Sequence[Cell]) -> bool:
        line, own_number = self._lines.read(cells)
        order_no, damaged = self._orders.number(cells)
        if damaged:
            # Several orders may look alike now: what else is left keeps them apart.
            order_no = f"{damaged}~{line.bundle_no or line.line_no}"
        gathered = self._gathered.get(order_no)
        if gathered is None and order_no in self._released:
            raise RowsScattered
        fingerprint = self._kinds.fingerprint(cells)
        before = gathered.seen.get(line.line_no) if gathered else None
        if before and fingerprint in before:
            self._ignored.append(IgnoredRow(number, "duplicate", before[fingerprint]))
            return False
        gathered = self._order(gathered, order_no, cells, damaged=bool(damaged))
        if before and own_number and self._header.preset.unique_lines:
            replaced = gathered.lines.pop(line.line_no)
            self._ignored.append(IgnoredRow(replaced.row, "superseded", number))
        elif before:
            line = line._replace(line_no=f"{line.line_no}#{len(before) + 1}")
        else:
            before = gathered.seen[line.line_no] = {}
        before[fingerprint] = number
        gathered.lines[line.line_no] = line
        return True

    def _order(
        self, gathered: _Gathered | None, order_no: str, cells: Sequence[Cell], *, damaged: bool
    ) -> _Gathered:
        """The order of this row, with what the row adds to it."""
        raw = tuple(cells[index] for index in self._orders.columns)
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
        gathered.last_row = self._last_row
        gathered.totals += gathered.told_total
        return gathered
