"""Canonical fields of one row: found by the header, converted, and blamed by column when wrong."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from ets_desktop.erp.exports.cells import (
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
_LONGEST_RAW = 40
_NOTHING = Identifier("")


class RowFault(Exception):
    """This row cannot become an order line; `column` is the file's own title for it, `value` what
    stood there."""

    def __init__(self, column: str, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.value = value


class TextPlan(NamedTuple):
    """Several text fields of a row: where each stands, and where else to look if that is empty."""

    fields: tuple[str, ...]
    limits: tuple[int, ...]
    shortest_limit: int
    indexes: tuple[int, ...]
    others: tuple[tuple[int, tuple[int, ...]], ...]


class Fields:
    """Reads fields out of rows as wide as the header that end in one more, empty cell.

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

    def is_told(self, cells: Sequence[Cell], field: str) -> bool:
        """Whether anything but a dash stands there."""
        index = self.column(cells, field)
        return index >= 0 and text_of(cells[index]) not in ("", "-")

    def is_yes(self, cells: Sequence[Cell], field: str) -> bool:
        """Whether a Y stands there."""
        index = self.column(cells, field)
        return index >= 0 and text_of(cells[index]).upper() == "Y"

    def texts(self, cells: Sequence[Cell], plan: "TextPlan") -> list[str]:
        """Trimmed texts of the plan's fields, '' where there is none; raises RowFault when one is
        too long or undecodable."""
        texts = [text_of(cells[index]) for index in plan.indexes]
        for place, others in plan.others:
            if not texts[place]:
                texts[place] = next(filter(None, (text_of(cells[i]) for i in others)), "")
        if max(map(len, texts)) > plan.shortest_limit or "\ufffd" in "".join(texts):
            self._check_texts(texts, plan)
        return texts

    def _check_texts(self, texts: Sequence[str], plan: "TextPlan") -> None:
        for text, field, longest in zip(texts, plan.fields, plan.limits, strict=True):
            if len(text) > longest:
                raise RowFault(self.title(field), "too_long", text)
            if "\ufffd" in text:
                raise RowFault(self.title(field), "undecodable", text)

    def plan(self, **limits: int) -> "TextPlan":
        """How to read several texts at once: field names with their longest allowed length."""
        places = [self.places(field) for field in limits]
        return TextPlan(
            tuple(limits),
            tuple(limits.values()),
            min(limits.values()),
            # A field without a column reads the empty cell that ends every row.
            tuple(found[0] if found else -1 for found in places),
            tuple((at, found[1:]) for at, found in enumerate(places) if len(found) > 1),
        )

    def identifier(self, cells: Sequence[Cell], field: str) -> Identifier:
        """A number kept digit by digit; a damaged one is noted and empty, a doubtful one kept."""
        for index in self._at.get(field, ()):
            if cells[index] != "":
                found = identifier_of(cells[index])
                if found.damaged or found.doubtful or len(found.text) > LONGEST_NUMBER:
                    self._judge(found, index)
                elif "\ufffd" in found.text:
                    raise RowFault(self.titles[index], "undecodable", found.text)
                return found
        return _NOTHING

    def _judge(self, found: Identifier, index: int) -> None:
        if found.damaged:
            self.note(index, found.raw, found.damaged)
        elif len(found.text) > LONGEST_NUMBER:
            raise RowFault(self.titles[index], "too_long", found.text)
        else:
            self._doubt(Suspect(self.row, self.titles[index], found.raw, found.doubtful))

    def whole(self, cells: Sequence[Cell], field: str) -> int | None:
        """A number the line needs; raises RowFault when it is none or negative."""
        for index in self._at.get(field, ()):
            if cells[index] != "":
                try:
                    number = whole_of(cells[index])
                except ValueError as error:
                    raise RowFault(self.titles[index], str(error), text_of(cells[index])) from None
                if number is not None and number < 0:
                    raise RowFault(self.titles[index], "negative", text_of(cells[index]))
                return number
        return None

    def money(self, cells: Sequence[Cell], field: str) -> int | None:
        """A number the line can do without: noted and None when it is none."""
        for index in self._at.get(field, ()):
            if cells[index] != "":
                try:
                    return whole_of(cells[index])
                except ValueError as error:
                    self.note(index, text_of(cells[index]), str(error))
                    return None
        return None

    def moment(self, cells: Sequence[Cell], field: str) -> datetime | None:
        """A time the order can do without: noted and None when it is none."""
        for index in self._at.get(field, ()):
            if cells[index] != "":
                try:
                    return moment_of(cells[index])
                except ValueError as error:
                    self.note(index, text_of(cells[index]), str(error))
                    return None
        return None

    def note(self, index: int, raw: str, reason: str) -> None:
        """A value of this row was left out."""
        self._note(Suspect(self.row, self.titles[index], raw[:_LONGEST_RAW], reason))
