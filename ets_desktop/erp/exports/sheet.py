"""A table as all readers hand it over, whatever kind of file it stood in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ets_desktop.erp.exports.cells import Cell


class Row(NamedTuple):
    """`number`: 1-based row of the sheet, record of the CSV, <tr> of the table; header counted.

    `broken` is a reason code when the record could not be read at all; its cells then say nothing.
    """

    number: int
    cells: list[Cell]
    broken: str = ""


class Span(NamedTuple):
    """A cell that covers several rows of one column; 1-based rows, 0-based column."""

    first_row: int
    last_row: int
    column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows()` starts anew each time. `spans` are cells merged downwards. In `separated` text one
    cell too many means that a separator stood unquoted in a value and the rest has shifted."""

    name: str
    rows: Callable[[], Iterator[Row]]
    row_count: int | None = None
    spans: tuple[Span, ...] = ()
    separated: bool = False
