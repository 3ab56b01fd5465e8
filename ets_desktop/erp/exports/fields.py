"""Canonical fields of one row: found by the header, converted, and blamed by column when wrong."""

from collections.abc import Callable, Sequence
from datetime import datetime

from ets_desktop.erp.exports.cells import (
    LONGEST_CELL,
    Cell,
    Identifier,
    cleaned,
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
_LONGEST_RAW = 40
_NOTHING = Identifier("")


class RowFault(Exception):
    """This row cannot become an order line; `column` is the file's own title for it."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


class Fields:
    """Reads fields out of rows that are at least as wide as the header.

    `note` hears of values that were left out, `doubt` of doubtful ones that were kept.
    """

    def __init__(
        self, header: Header, note: Callable[[Suspect], None], doubt: Callable[[Suspect], None]
    ) -> None:
        self._at = header.at
        self.titles = header.titles
        self._note = note
        self._doubt = doubt
        self.row = 0

    def has(self, field: str) -> bool:
        return field in self._at

    def places(self, field: str) -> tuple[int, ...]:
        """The field's columns, best first."""
        return self._at.get(field, ())

    def columns_of(self, fields: Sequence[str]) -> list[int]:
        """All columns that any of `fields` reads."""
        return sorted({index for field in fields for index in self.places(field)})

    def title(self, field: str) -> str:
        """The file's own name of the field's best column."""
        places = self.places(field)
        return self.titles[places[0]] if places else ""

    def column(self, cells: Sequence[Cell], field: str) -> int:
        """The field's first column that holds something here, or -1."""
        for index in self._at.get(field, ()):
            if cells[index] != "":
                return index
        return -1

    def text(self, cells: Sequence[Cell], field: str, longest: int = LONGEST_CELL) -> str:
        """Trimmed text, '' when there is none; raises RowFault when too long or undecodable."""
        for index in self._at.get(field, ()):
            cell = cells[index]
            if cell != "":
                text = cleaned(cell) if type(cell) is str else text_of(cell)
                if text:
                    if len(text) > longest or "\ufffd" in text:
                        self._refuse_text(text, index, longest)
                    return text
        return ""

    def _refuse_text(self, text: str, index: int, longest: int) -> None:
        reason = "too_long" if len(text) > longest else "undecodable"
        raise RowFault(self.titles[index], reason)

    def identifier(self, cells: Sequence[Cell], field: str) -> Identifier:
        """A number kept digit by digit; a damaged one is noted and empty, a doubtful one kept."""
        index = self.column(cells, field)
        if index < 0:
            return _NOTHING
        found = identifier_of(cells[index])
        if found.damaged:
            self.note(index, found.raw, found.damaged)
        elif found.doubtful:
            self._doubt(Suspect(self.row, self.titles[index], found.raw, found.doubtful))
        elif len(found.text) > LONGEST_NUMBER or "\ufffd" in found.text:
            self._refuse_text(found.text, index, LONGEST_NUMBER)
        return found

    def whole(self, cells: Sequence[Cell], field: str) -> int | None:
        """A number the line needs; raises RowFault when it is none or negative."""
        index = self.column(cells, field)
        if index < 0:
            return None
        try:
            number = whole_of(cells[index])
        except ValueError as error:
            raise RowFault(self.titles[index], str(error)) from None
        if number is not None and number < 0:
            raise RowFault(self.titles[index], "negative")
        return number

    def money(self, cells: Sequence[Cell], field: str) -> int | None:
        """A number the line can do without: noted and None when it is none."""
        index = self.column(cells, field)
        if index < 0:
            return None
        try:
            return whole_of(cells[index])
        except ValueError as error:
            self.note(index, text_of(cells[index]), str(error))
            return None

    def moment(self, cells: Sequence[Cell], field: str) -> datetime | None:
        """A time the order can do without: noted and None when it is none."""
        index = self.column(cells, field)
        if index < 0:
            return None
        try:
            return moment_of(cells[index])
        except ValueError as error:
            self.note(index, text_of(cells[index]), str(error))
            return None

    def note(self, index: int, raw: str, reason: str) -> None:
        """A value of this row was left out."""
        self._note(Suspect(self.row, self.titles[index], raw[:_LONGEST_RAW], reason))
