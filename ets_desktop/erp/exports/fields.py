"""Canonical fields of one row: found by the header, converted, and blamed by column when wrong."""

from collections.abc import Callable, Sequence
from datetime import datetime

from ets_desktop.erp.exports.cells import (
    LONGEST_CELL,
    Cell,
    Identifier,
    identifier_of,
    moment_of,
    text_of,
    whole_of,
)
from ets_desktop.erp.exports.parsed import Suspect
from ets_desktop.erp.exports.recognise import Header

#: Longest texts of indexed columns, in characters; an index entry holds some 2,700 bytes.
LONGEST_NAME = 100
LONGEST_NUMBER = 100
LONGEST_PRODUCT = 600


class RowFault(Exception):
    """This row cannot become an order line; `column` is the file's own title for it."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


class Fields:
    """Reads fields out of rows. `note` hears of values that were left out, `doubt` of kept ones."""

    def __init__(
        self, header: Header, note: Callable[[Suspect], None], doubt: Callable[[Suspect], None]
    ) -> None:
        self._at = header.at
        self._titles = header.titles
        self._note = note
        self._doubt = doubt
        self.row = 0

    def has(self, field: str) -> bool:
        return field in self._at

    def columns_of(self, fields: Sequence[str]) -> list[int]:
        """All columns that any of `fields` reads."""
        return sorted({index for field in fields for index in self._at.get(field, ())})

    def places(self, field: str) -> tuple[int, ...]:
        """The field's columns, best first."""
        return self._at.get(field, ())

    def title(self, field: str, index: int | None = None) -> str:
        """The file's own name of the field's column."""
        if index is None:
            index = self._at.get(field, (-1,))[0]
        return self._titles[index] if 0 <= index < len(self._titles) else ""

    def cell(self, cells: Sequence[Cell], field: str) -> tuple[Cell, int]:
        """The first cell of the field that holds something, and its column."""
        places = self._at.get(field, ())
        for index in places:
            if index < len(cells):
                value = cells[index]
                if value is not None and value != "":
                    return value, index
        return None, places[0] if places else -1

    def text(self, cells: Sequence[Cell], field: str, longest: int = LONGEST_CELL) -> str:
        """Trimmed text, '' when there is none; raises RowFault when too long or undecodable."""
        for index in self._at.get(field, ()):
            if index < len(cells) and cells[index] is not None and cells[index] != "":
                text = text_of(cells[index])
                if text:
                    self._check_text(text, index, longest)
                    return text
        return ""

    def _check_text(self, text: str, index: int, longest: int) -> None:
        if len(text) > longest:
            raise RowFault(self._titles[index], "too_long")
        if "\ufffd" in text:
            raise RowFault(self._titles[index], "undecodable")

    def identifier(self, cells: Sequence[Cell], field: str) -> Identifier:
        """A number kept digit by digit; a damaged one is noted and empty, a doubtful one kept."""
        value, index = self.cell(cells, field)
        if value is None:
            return Identifier("")
        found = identifier_of(value)
        if found.damaged:
            self.note(index, found.raw, found.damaged)
        elif found.doubtful:
            self._doubt(Suspect(self.row, self._titles[index], found.raw, found.doubtful))
        else:
            self._check_text(found.text, index, LONGEST_NUMBER)
        return found

    def whole(self, cells: Sequence[Cell], field: str) -> int | None:
        """A number the line needs; raises RowFault when it is none or negative."""
        value, index = self.cell(cells, field)
        if value is None:
            return None
        try:
            number = whole_of(value)
        except ValueError as error:
            raise RowFault(self._titles[index], str(error)) from None
        if number is not None and number < 0:
            raise RowFault(self._titles[index], "negative")
        return number

    def money(self, cells: Sequence[Cell], field: str) -> int | None:
        """A number the line can do without: noted and None when it is none."""
        value, index = self.cell(cells, field)
        if value is None:
            return None
        try:
            return whole_of(value)
        except ValueError as error:
            self.note(index, text_of(value)[:40], str(error))
            return None

    def moment(self, cells: Sequence[Cell], field: str) -> datetime | None:
        """A time the order can do without: noted and None when it is none."""
        value, index = self.cell(cells, field)
        if value is None:
            return None
        try:
            return moment_of(value)
        except ValueError as error:
            self.note(index, text_of(value)[:40], str(error))
            return None

    def note(self, index: int, raw: str, reason: str) -> None:
        self._note(Suspect(self.row, self._titles[index], raw, reason))
