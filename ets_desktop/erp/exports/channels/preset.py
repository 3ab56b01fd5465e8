"""What one sales channel's export looks like; `CHANNELS` in the package lists them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ets_desktop.erp.exports.columns import COMMON, Columns, normalised

#: Canonical fields without which a row cannot become an order line.
REQUIRED: Final = ("order_no", "product", "quantity")


@dataclass(frozen=True, slots=True)
class Preset:
    """One channel. `code` goes into the database, `name` onto the screen.

    `marks`: header names that only this channel's files have; one complete set is enough.
    `own_columns`: canonical field → header names, best first; they replace the common ones.
    `unique_lines`: a second row with the same line number is the line's newer state, not another
    part of it. `order_no_tail`: regular expression of what does not belong to the number.
    `dated_order_no`: the number starts with the day of the order (YYYYMMDD).
    """

    code: str
    name: str
    marks: tuple[tuple[str, ...], ...]
    own_columns: Columns
    aliases: tuple[str, ...] = ()
    unique_lines: bool = True
    statuses: Mapping[str, str] = field(default_factory=dict)
    status_without_column: str = "preparing"
    cancel_in_detail: bool = False
    mall_names: Mapping[str, str] = field(default_factory=dict)
    order_no_tail: str = ""
    dated_order_no: bool = False
    running_number: tuple[str, ...] = ("번호", "No.", "순번")
    helper_words: frozenset[str] = frozenset()
    sheet: str = ""

    @property
    def columns(self) -> Columns:
        return {**COMMON, **self.own_columns}

    def recognises(self, names: Sequence[str], sheet: str) -> bool:
        """Whether a row of normalised `names` (on the sheet named `sheet`) heads this export."""
        if self.sheet and self.sheet != sheet:
            return False
        present = set(names)
        return any(all(normalised(name) in present for name in mark) for mark in self.marks)

    def mall_of(self, text: str) -> str:
        """The mall inside a collecting channel: 지마켓(seller) → G마켓; unknown ones as written."""
        head = text.partition("(")[0].strip()
        return self.mall_names.get(head, text if not self.mall_names else head)
