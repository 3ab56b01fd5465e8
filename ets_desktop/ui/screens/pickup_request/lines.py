"""반품 대상 상품: the order's lines with check boxes and how many pieces come back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ets_desktop.domain.claim_fees import share_of
from ets_desktop.domain.claim_requests import LineWish
from ets_desktop.domain.claims import is_shipped
from ets_desktop.queries.claims import ClaimableLine
from ets_desktop.ui.language import translated
from ets_desktop.ui.tables import CENTER, LEFT, RIGHT

Index = QModelIndex | QPersistentModelIndex

TITLES = ("선택", "상품번호", "상품명", "옵션", "주문수량", "가능수량", "수량")
CHECK, QUANTITY = 0, 6
_ALIGN = (CENTER, LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT)
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_FLAGS = Qt.ItemFlag


@dataclass(slots=True)
class ChosenLine:
    """A line and what is wished of it."""

    line: ClaimableLine
    is_chosen: bool
    quantity: int

    @property
    def share(self) -> int:
        """What was paid for the wished pieces, in whole KRW; nothing for impossible ones."""
        pieces = max(0, min(self.quantity, self.line.left))
        return share_of(self.line.amount, self.line.bought, self.line.taken, pieces)


class ReturnedLines(QAbstractTableModel):
    """Checking a line wishes for all that is left of it; a typed quantity checks its line."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ChosenLine] = []

    def show_lines(self, lines: Iterable[ClaimableLine], chosen: int | None = None) -> None:
        """Newer facts of the order; what was wished stays. `chosen` is checked, or the only one."""
        known = {row.line.order_line_id: row for row in self._rows}
        shown = tuple(lines)
        self.beginResetModel()
        self._rows = []
        for line in shown:
            was = known.get(line.order_line_id)
            is_chosen = len(shown) == 1 or line.order_line_id == chosen
            quantity = line.left
            if was is not None:
                is_chosen = was.is_chosen
                # All that was left then is all that is left now.
                quantity = line.left if was.quantity == was.line.left else was.quantity
            self._rows.append(ChosenLine(line, is_chosen, quantity))
        self.endResetModel()
        self.changed.emit()

    @property
    def chosen(self) -> tuple[ChosenLine, ...]:
        return tuple(row for row in self._rows if row.is_chosen)

    @property
    def first_chosen(self) -> int:
        """The number of the first checked row; the first row where none is."""
        return next((number for number, row in enumerate(self._rows) if row.is_chosen), 0)

    def wishes(self) -> tuple[LineWish, ...]:
        return tuple(LineWish(row.line.order_line_id, row.quantity) for row in self.chosen)

    @property
    def goods_amount(self) -> int:
        return sum(row.share for row in self.chosen)

    @property
    def has_unshipped(self) -> bool:
        """A checked line that can only be cancelled."""
        return any(not is_shipped(row.line.order_status) for row in self.chosen)

    def toggle(self, number: int) -> None:
        if 0 <= number < len(self._rows):
            row = self._rows[number]
            row.is_chosen = not row.is_chosen
            self._tell(number)

    def _tell(self, number: int) -> None:
        self.dataChanged.emit(self.index(number, 0), self.index(number, QUANTITY))
        self.changed.emit()

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = _FLAGS.ItemIsSelectable | _FLAGS.ItemIsEnabled
        if index.column() == CHECK:
            return plain | _FLAGS.ItemIsUserCheckable
        return plain | _FLAGS.ItemIsEditable if index.column() == QUANTITY else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == CHECK:
            return Qt.CheckState.Checked if row.is_chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.EditRole and index.column() == QUANTITY:
            return str(row.quantity)
        if role in _SHOWN:
            is_read = role == Qt.ItemDataRole.AccessibleTextRole
            return self._texts(row)[index.column()] if index.column() or is_read else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[index.column()]
        return None

    def _texts(self, row: ChosenLine) -> tuple[str, ...]:
        line = row.line
        return (
            translated("선택됨") if row.is_chosen else "",
            line.line_no,
            line.product,
            line.option,
            str(line.bought),
            str(line.left),
            str(row.quantity),
        )

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == CHECK:
            row.is_chosen = Qt.CheckState(value) == Qt.CheckState.Checked
        elif role == Qt.ItemDataRole.EditRole and str(value).strip().isdecimal():
            row.quantity = min(int(value), MOST_PIECES)
            row.is_chosen = True
        else:
            return False
        self._tell(index.row())
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in _SHOWN:
            return translated(TITLES[section])
        return _ALIGN[section] if role == Qt.ItemDataRole.TextAlignmentRole else None


#: Beyond it the database's numbers end; the rule refuses far less.
MOST_PIECES = 1_000_000
