"""The rows of 교환상품: what goes out for what comes back, each found by a part of its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ets_desktop.domain.claim_requests import GoodsWish
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.queries.products import ProductRow
from ets_desktop.ui.formats import money_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.tables import LEFT, RIGHT

Index = QModelIndex | QPersistentModelIndex

TITLES = ("상품정보", "판매가", "수량", "금액")
PRODUCT, PRICE, QUANTITY, AMOUNT = range(4)
_ALIGN = (LEFT, RIGHT, RIGHT, RIGHT)
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_FLAGS = Qt.ItemFlag
#: Beyond it no shop sells; the database's numbers end further on.
_MOST = 1_000_000_000


def product_words(product: ProductRow) -> str:
    """상품정보: the name, and the code where there is one."""
    return f"{product.name} ({product.code})" if product.code else product.name


@dataclass(slots=True)
class ExchangedProduct:
    """A row; without a `product` it holds what was typed to find one."""

    product: ProductRow | None = None
    typed: str = ""
    unit_price: int = 0
    quantity: int = 1

    @property
    def is_blank(self) -> bool:
        return self.product is None and not self.typed

    @property
    def amount(self) -> int:
        return 0 if self.product is None else self.unit_price * self.quantity

    def take(self, product: ProductRow) -> None:
        self.product, self.typed = product, product_words(product)
        self.unit_price = product.unit_price or 0


class ExchangedGoods(QAbstractTableModel):
    """판매가 is proposed from the newest sale, and may be agreed otherwise."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ExchangedProduct] = []

    def add_row(self) -> None:
        last = len(self._rows)
        self.beginInsertRows(QModelIndex(), last, last)
        self._rows.append(ExchangedProduct())
        self.endInsertRows()

    @property
    def amount(self) -> int:
        return sum(row.amount for row in self._rows)

    @property
    def has_blank_end(self) -> bool:
        return bool(self._rows) and self._rows[-1].is_blank

    def wishes(self) -> tuple[GoodsWish, ...]:
        """Blank rows are none. RuleViolation `no_such_product` where a row names no product."""
        wishes: list[GoodsWish] = []
        for row in self._rows:
            if row.product is not None:
                wishes.append(GoodsWish(row.product.product_id, row.unit_price, row.quantity))
            elif row.typed:
                raise RuleViolation("no_such_product", field="goods")
        return tuple(wishes)

    def typed(self) -> tuple[object, ...]:
        return tuple((row.typed, row.unit_price, row.quantity) for row in self._rows)

    def resolve(self, typed: str, found: Sequence[ProductRow]) -> None:
        """What was typed on names one product alone: that is meant."""
        if len(found) != 1:
            return
        for number, row in enumerate(self._rows):
            if row.product is None and row.typed == typed:
                row.take(found[0])
                self._tell(number)

    def _tell(self, number: int) -> None:
        self.dataChanged.emit(self.index(number, PRODUCT), self.index(number, AMOUNT))
        self.changed.emit()

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = _FLAGS.ItemIsSelectable | _FLAGS.ItemIsEnabled
        return plain if index.column() == AMOUNT else plain | _FLAGS.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in _SHOWN or role == Qt.ItemDataRole.EditRole:
            texts = (
                row.typed,
                money_text(row.unit_price),
                str(row.quantity),
                money_text(row.amount),
            )
            return texts[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[index.column()]
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        row = self._rows[index.row()]
        if index.column() == PRODUCT:
            _name(row, value)
        else:
            digits = str(value).replace(",", "").strip()
            if not (digits.isascii() and digits.isdecimal()):
                return False
            number = min(int(digits), _MOST)
            if index.column() == PRICE:
                row.unit_price = number
            else:
                row.quantity = number
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


def _name(row: ExchangedProduct, value: Any) -> None:
    """A product that was picked, or words that may find one."""
    if isinstance(value, ProductRow):
        row.take(value)
    elif str(value).strip() != row.typed:
        row.product, row.typed = None, str(value).strip()
