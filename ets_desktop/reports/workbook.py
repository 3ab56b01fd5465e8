"""A list as a workbook, row by row: its size never stands in memory."""

import errno
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ets_desktop.domain.formulas import could_be_formula
from ets_desktop.reports.cells import Cell, typed, writable

#: openpyxl's write-only sheet, whose stubs lack half of it.
Sheet = Any

#: What a sheet holds below its header.
MOST_ROWS = 1_048_575

_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A header, its width in digits, whether its texts are numbers."""

    title: str
    width: int = 12
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class SheetOf:
    """One sheet of a workbook: its title, its columns and the texts of its rows."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[str]]


def write_workbook(
    path: Path, title: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[str]]
) -> None:
    """Write the texts of `rows` below the titles of `columns`; raises as `write_sheets`."""
    write_sheets(path, [SheetOf(title, columns, rows)])


def write_sheets(path: Path, sheets: Sequence[SheetOf]) -> None:
    """Write a workbook of `sheets`, in their order.

    Raises OSError where it cannot be written, and whatever the rows raise; what was begun in the
    system's folder for temporary files is gone then.
    """
    # Imported here: a tenth of a second that only an export needs.
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    made = [book.create_sheet(_NOT_IN_A_TITLE.sub(" ", each.title)[:31]) for each in sheets]
    try:
        for sheet, each in zip(made, sheets, strict=True):
            _write_rows(sheet, each.columns, each.rows)
        book.save(path)
    except SerialisationError as error:
        raise OSError(_errno_of(str(error)), str(error)) from error
    finally:
        for sheet in made:
            _clean_up(sheet)
        book.close()


def _write_rows(
    sheet: Sheet, columns: Sequence[SheetColumn], rows: Iterable[Sequence[str]]
) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        # A letter of Hangul is two digits wide.
        sheet.column_dimensions[get_column_letter(number)].width = min(60, column.width + 2)
    cells = _Cells(sheet)
    sheet.append([cells.header(column.title) for column in columns])
    numbers = [column.is_number for column in columns]
    for row in rows:
        sheet.append(
            [cells.cell(text, is_number) for text, is_number in zip(row, numbers, strict=True)]
        )


class _Cells:
    """Makes styled cells; a style is worked out once and shared."""

    def __init__(self, sheet: Sheet) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        self._cell: Any = WriteOnlyCell
        self._sheet = sheet
        self._plain = self._style_of()
        self._bold = self._style_of(font=Font(bold=True))
        # Stays a text even when somebody edits the cell.
        self._quoted = self._style_of(quotePrefix=True)
        self._thousands = self._style_of(number_format="#,##0")

    def _style_of(self, **looks: object) -> Any:
        model = self._cell(self._sheet)
        for name, look in looks.items():
            setattr(model, name, look)
        return copy(model._style)

    def header(self, title: str) -> Any:
        return self._styled(writable(title), self._bold)

    def cell(self, text: str, is_number: bool) -> Any:
        """What `append` takes: a bare value, or a cell with its style."""
        if not text:
            return None
        value = typed(text, is_number=is_number)
        if isinstance(value, str):
            if could_be_formula(value):
                return self._styled(value, self._quoted)
            return self._styled(value, self._plain) if value.startswith("#") else value
        return self._styled(value, self._thousands) if "," in text else value

    def _styled(self, value: Cell, style: Any) -> Any:
        cell = self._cell(self._sheet, value)
        if isinstance(value, str):
            # Not what openpyxl guesses: =1+1 is a text here, and so is #N/A.
            cell.data_type = "s"
        cell._style = style
        return cell


def _clean_up(sheet: Sheet) -> None:
    """openpyxl leaves its temporary file behind until the program ends if nothing was saved."""
    writer = sheet._writer
    if writer is None:
        return
    from lxml.etree import LxmlError

    # The fault that led here is the one to tell, not what it does to the end of the sheet.
    with suppress(LxmlError, StopIteration):
        if not sheet.closed:
            sheet.close()
    # Gone already once it was saved.
    with suppress(FileNotFoundError):
        writer.cleanup()


def _errno_of(said: str) -> int:
    """lxml says IO_ENOSPC."""
    number = getattr(errno, said.removeprefix("IO_"), errno.EIO)
    return int(number)
