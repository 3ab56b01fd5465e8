"""Tables over frozen rows: columns as data, keyset paging, drawing that is fast enough to scroll.

`data()` is called thousands of times a frame, so a row's texts are made once and the cells are
drawn by a delegate that asks for nothing else (spec 90: scroll step <= 16 ms).
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.domain.paging import Page
from ets_desktop.ui.language import translated

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter

#: Role of a cell's tone: "" or "red" (overdue, refused).
TONE_ROLE = Qt.ItemDataRole.UserRole + 1

_TEXT_ROLES = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
)
_ALIGN_ROLE = int(Qt.ItemDataRole.TextAlignmentRole)


@dataclass(frozen=True, slots=True)
class Dialled:
    """A number behind a cell, whole ("": none), and what a call to it belongs to."""

    number: str
    about: DialledFrom = NOTHING


# No slots: a generic dataclass with slots cannot be called as Column[Row](…) on Python 3.11.
@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: the header of spec 15, the cell's text, a width in digits.

    Where room is scarce it shrinks to `least` digits; 0 leaves that to its width.
    `red` colours the cell; a whole row is red through the model's `row_red`. `tip` is told when
    the mouse rests on the cell, else only what is cut off is. A column of phone numbers says by
    `dials` whom 통화 calls, for what it shows is masked.
    """

    title: str
    text: Callable[[Row], str]
    width: int = 12
    align: Qt.AlignmentFlag = LEFT
    red: Callable[[Row], bool] | None = None
    tip: Callable[[Row], str] | None = None
    least: int = 0
    dials: Callable[[Row], Dialled] | None = None

    @property
    def narrowest(self) -> int:
        """Numbers and short words stay whole, moments keep their day, long texts their half."""
        if self.least:
            return self.least
        return self.width if self.width <= _WHOLE else max(_DAY, self.width // 2)


#: Digits of a number that is of no use when cut, and of a moment without its time.
_WHOLE, _DAY = 15, 10


class PagedTableModel(QAbstractTableModel, Generic[Row]):
    """Rows as they came, one keyset page after the other.

    The view asks for more through `fetchMore`; that only emits `more_wanted`, whoever listens
    loads the page and calls `append_page` (or `more_failed`). Nothing here ever waits.
    """

    #: next_key of the last page
    more_wanted = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        row_red: Callable[[Row], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._row_red = row_red
        self._rows: list[Row] = []
        self._texts: list[tuple[str, ...] | None] = []
        self._next_key: tuple[object, ...] | None = None
        self._waiting = False

    # What screens use

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    @property
    def has_more(self) -> bool:
        return self._next_key is not None

    @property
    def next_key(self) -> tuple[object, ...] | None:
        """Where the next page begins; None once all rows are here."""
        return self._next_key

    def row(self, number: int) -> Row | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def key_of(self, row: Row) -> Hashable:
        return self._key(row)

    def number_of(self, key: Hashable) -> int:
        """The line on which the row with that key stands; -1 if it is not loaded."""
        return next((n for n, row in enumerate(self._rows) if self._key(row) == key), -1)

    def show_page(self, page: Page[Row]) -> None:
        """The first page of a new answer: replaces everything."""
        self.beginResetModel()
        self._rows = list(page.rows)
        self._texts = [None] * len(self._rows)
        self._next_key = page.next_key
        self._waiting = False
        self.endResetModel()

    def show_rows(self, rows: Iterable[Row]) -> None:
        """A complete list without further pages."""
        self.show_page(Page(tuple(rows)))

    def append_page(self, page: Page[Row]) -> None:
        self._waiting = False
        self._next_key = page.next_key
        if not page.rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
        self._rows.extend(page.rows)
        self._texts.extend([None] * len(page.rows))
        self.endInsertRows()

    def more_failed(self) -> None:
        """The page asked for will not come; scrolling on asks again."""
        self._waiting = False

    def replace_row(self, row: Row) -> bool:
        """Show a newer state of a loaded row; false if it is not there."""
        number = self.number_of(self._key(row))
        if number < 0:
            return False
        self._rows[number] = row
        self._forget_texts(number, number)
        return True

    def refresh_texts(self) -> None:
        """Make the texts anew: the clock moved on (경과) or the language changed."""
        if self._rows:
            self._forget_texts(0, len(self._rows) - 1)

    def _forget_texts(self, first: int, last: int) -> None:
        self._texts[first : last + 1] = [None] * (last - first + 1)
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def texts(self, number: int) -> tuple[str, ...]:
        """The cells of one loaded row."""
        made = self._texts[number]
        if made is None:
            row = self._rows[number]
            made = tuple(column.text(row) for column in self.columns)
            self._texts[number] = made
        return made

    def tip(self, number: int, column: int) -> str:
        """What else there is to say about a cell; "" for nothing."""
        tip = self.columns[column].tip
        return "" if tip is None else tip(self._rows[number])

    def is_red(self, number: int, column: int) -> bool:
        red = self.columns[column].red
        if red is None and self._row_red is None:
            return False
        row = self._rows[number]
        return (self._row_red is not None and self._row_red(row)) or (red is not None and red(row))

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in _TEXT_ROLES:
            number = index.row()
            if 0 <= number < len(self._rows):
                return self.texts(number)[index.column()]
        elif role == _ALIGN_ROLE and index.isValid():
            return self.columns[index.column()].align
        elif role == TONE_ROLE and index.isValid():
            return "red" if self.is_red(index.row(), index.column()) else ""
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in _TEXT_ROLES:
            return translated(self.columns[section].title)
        if role == _ALIGN_ROLE:
            return self.columns[section].align
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._next_key is not None and not self._waiting

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._waiting = True
            self.more_wanted.emit(self._next_key)
