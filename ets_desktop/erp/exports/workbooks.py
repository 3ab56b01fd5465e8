"""XLSX and old XLS sheets through calamine, with the formulas and bounds it does not give."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial

import olefile
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from ets_desktop.erp.exports.archive import (
    MOST_AREA,
    SheetFacts,
    checked_archive,
    sheet_paths,
)
from ets_desktop.erp.exports.cells import Cell, FormulaNumber
from ets_desktop.erp.exports.sheet import Row, Sheet, Span
from ets_desktop.erp.exports.sniff import Refused
from ets_desktop.erp.exports.unlock import unlocked

_MOST_SHEETS = 100
_MOST_SPANNED_CELLS = 1_000_000
_XLS_COLUMNS = 256
#: BIFF records that put cells somewhere: NUMBER, RK, MULRK, LABEL, LABELSST, BLANK, FORMULA …
_CELL_RECORDS = frozenset({0x203, 0x27E, 0xBD, 0x204, 0xFD, 0x201, 0xBE, 0x6, 0x205, 0xD6})


def xlsx_sheets(content: bytes) -> list[Sheet]:
    """All worksheets of an XLSX, checked for bombs before anything is unpacked."""
    facts = checked_archive(content)
    paths = sheet_paths(content)
    workbook = _opened(content)
    sheets = []
    for index, name in enumerate(workbook.sheet_names[:_MOST_SHEETS]):
        known = facts.get(paths[index]) if index < len(paths) else None
        sheets.append(_sheet(workbook, index, name, known or SheetFacts()))
    return sheets


def xls_sheets(content: bytes, password: str | None) -> list[Sheet]:
    """All worksheets of an old XLS; a locked one needs the password."""
    _check_cells(content)
    try:
        workbook = _opened(content)
    except PasswordError:
        workbook = _opened(unlocked(content, password))
    names = workbook.sheet_names[:_MOST_SHEETS]
    return [_sheet(workbook, index, name, SheetFacts()) for index, name in enumerate(names)]


def _opened(content: bytes) -> CalamineWorkbook:
    with _faults_refused():
        return CalamineWorkbook.from_filelike(io.BytesIO(content))


@contextmanager
def _faults_refused() -> Iterator[None]:
    """The reader's errors as Refused. A panic in its Rust derives from BaseException only."""
    try:
        yield
    except PasswordError:
        raise
    except CalamineError as error:
        raise Refused("file_damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("file_damaged") from None


def _sheet(workbook: CalamineWorkbook, index: int, name: str, facts: SheetFacts) -> Sheet:
    with _faults_refused():
        sheet = workbook.get_sheet_by_index(index)
        spans = _spans(sheet)
    last_row = max(facts.last_row, (sheet.end or (0, 0))[0] + 1)
    return Sheet(name, partial(_rows, sheet, facts.formulas), last_row, spans)


def _rows(sheet: CalamineSheet, formulas: dict[tuple[int, int], str]) -> Iterator[Row]:
    """All rows, from the sheet's first on; calamine leaves out empty columns at the left."""
    left = sheet.start[1] if sheet.start else 0
    margin: list[Cell] = [""] * left
    formula_rows = {row for row, _ in formulas}
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells: list[Cell] = margin + values if margin else values
        if number in formula_rows:
            cells = _with_formulas(number, cells, formulas)
        yield Row(number, cells)


def _with_formulas(
    number: int, cells: list[Cell], formulas: dict[tuple[int, int], str]
) -> list[Cell]:
    """Formula texts where there is no result; beside the result where that is a number."""
    seen: list[Cell] = []
    for column, cell in enumerate(cells, 1):
        formula = formulas.get((number, column))
        if formula is None or (isinstance(cell, str) and cell):
            seen.append(cell)
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            seen.append(FormulaNumber(cell, formula))
        elif isinstance(cell, datetime | date | time | timedelta):
            seen.append(cell)
        else:
            seen.append(formula)
    return seen


def _spans(sheet: CalamineSheet) -> tuple[Span, ...]:
    """Cells merged over several rows of one column (an order number over its lines)."""
    spans = []
    covered = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        covered += bottom - top
        if bottom > top and left == right and covered <= _MOST_SPANNED_CELLS:
            spans.append(Span(top + 1, bottom + 1, left))
    return tuple(spans)


def _check_cells(content: bytes) -> None:
    """Refuse an XLS whose cells stand where Excel 97 has no columns, or too far apart.

    The reader lays a sheet out densely between its outermost cells; records name them freely.
    """
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        name = "Workbook" if container.exists("Workbook") else "Book"
        try:
            with container.openstream(name) as stream:
                records = stream.read()
        except OSError as error:
            raise Refused("file_damaged") from error
    rows = columns = 0
    at, end = 0, len(records) - 4
    head = struct.Struct("<HH").unpack_from
    while at <= end:
        kind, length = head(records, at)
        if kind in _CELL_RECORDS and length >= 4:
            row, column = head(records, at + 4)
            rows = max(rows, row)
            columns = max(columns, column)
        at += 4 + length
    if columns >= _XLS_COLUMNS or rows * columns > MOST_AREA:
        raise Refused("sheet_too_large", columns=columns + 1, rows=rows + 1)
