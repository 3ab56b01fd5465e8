"""교환 상품 선택: the table 교환상품, its search as one types, 차액 and 교환처리."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.queries.products import ProductRow
from ets_desktop.ui.formats import money_text
from ets_desktop.ui.screens.pickup_request.goods import (
    PRODUCT,
    QUANTITY,
    ExchangedGoods,
    product_words,
)
from ets_desktop.ui.widgets.entry_table import CellDelegate, EntryTable, Index
from ets_desktop.ui.widgets.fields import FieldError, ReadOnlyField, TextField, label_for

TABLE, DIFFERENCE, EXCHANGE = "교환상품", "차액", "교환처리"
_PRODUCT_ROLE, _WORDS_ROLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_DIGITS = (40, 12, 8, 12)


class ProductField(TextField):
    """상품정보 while it is typed: what was found stands below, picking one ends it."""

    #: what was typed
    wanted = Signal(str)
    #: itself
    picked = Signal(object)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self.product: ProductRow | None = None
        self._found = QStandardItemModel(self)
        completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(_WORDS_ROLE)
        self.setCompleter(completer)
        completer.activated.connect(self._on_activated)
        self.textChanged.connect(self._on_text_changed)

    def offer(self, found: Sequence[ProductRow]) -> None:
        self._found.clear()
        for product in found:
            words = product_words(product)
            price = "" if product.unit_price is None else f"  {money_text(product.unit_price)}"
            item = QStandardItem(f"{words}{price}")
            item.setData(words, _WORDS_ROLE)
            item.setData(product, _PRODUCT_ROLE)
            self._found.appendRow(item)
        if found and self.hasFocus() and self.product is None:
            self.completer().complete()

    @Slot(str)
    def _on_text_changed(self, typed: str) -> None:
        # The arrow keys write here what they stand on: it is picked so, and not to be searched for.
        if self.product is None or typed != product_words(self.product):
            self.product = self._offered(typed)
        if self.product is None:
            self.wanted.emit(typed.strip())

    @Slot(str)
    def _on_activated(self, words: str) -> None:
        self.product = self._offered(words)
        self.picked.emit(self)

    def _offered(self, words: str) -> ProductRow | None:
        found = (self._found.item(row).data(_PRODUCT_ROLE) for row in range(self._found.rowCount()))
        return next((each for each in found if product_words(each) == words), None)


class GoodsDelegate(CellDelegate):
    """상품정보 is edited by searching."""

    wanted = Signal(str)
    #: a product was picked, the editor is closed
    picked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field: ProductField | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() != PRODUCT:
            return super().createEditor(parent, option, index)
        title = index.model().headerData(PRODUCT, Qt.Orientation.Horizontal)
        self.field = ProductField(str(title), parent)
        self.field.wanted.connect(self.wanted)
        self.field.picked.connect(self._on_picked)
        self.field.destroyed.connect(self._on_destroyed)
        return self.field

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, ProductField) and editor.product is not None:
            model.setData(index, editor.product)
        else:
            super().setModelData(editor, model, index)

    @Slot(object)
    def _on_picked(self, field: ProductField) -> None:
        self.commitData.emit(field)
        self.closeEditor.emit(field)
        self.picked.emit()

    @Slot()
    def _on_destroyed(self) -> None:
        self.field = None


class GoodsPanel(QGroupBox):
    """↓ on the last row adds a row; `product_wanted` asks for what is typed."""

    product_wanted = Signal(str)
    exchange_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("교환 상품 선택"))
        self.goods = ExchangedGoods()
        self.table = EntryTable(TABLE, self.goods, typed=QUANTITY, wide=PRODUCT, digits=_DIGITS)
        self._delegate = GoodsDelegate(self.table)
        self.table.setItemDelegate(self._delegate)
        self._error = FieldError(TABLE)
        self._difference = ReadOnlyField(DIFFERENCE, characters=20)
        self.exchange = QPushButton(self.tr("교환처리", "button"))
        self.exchange.setAutoDefault(False)
        self.exchange.setProperty("role", "primary")
        foot = QHBoxLayout()
        foot.addWidget(self._error, 1)
        foot.addStretch()
        foot.addWidget(label_for(DIFFERENCE, self._difference))
        foot.addWidget(self._difference)
        foot.addWidget(self.exchange)
        whole = QVBoxLayout(self)
        whole.addWidget(self.table, 1)
        whole.addLayout(foot)
        self._delegate.wanted.connect(self.product_wanted)
        self._delegate.picked.connect(self._on_picked)
        self.table.passed_end.connect(self._on_passed_end)
        self.exchange.clicked.connect(self.exchange_pressed)

    def begin(self) -> None:
        """Ready to type the first product."""
        if not self.goods.rowCount():
            self.goods.add_row()
        self.table.edit_at(0, PRODUCT)

    def show_found(self, typed: str, found: Sequence[ProductRow]) -> None:
        """What the search for `typed` found, below the field, or for the row that waits for it."""
        field = self._delegate.field
        if field is not None and field.text().strip() == typed:
            field.offer(found)
        self.goods.resolve(typed, found)

    def show_difference(self, won: int) -> None:
        self._difference.show_value(money_text(won))

    def show_error(self, text: str) -> None:
        self._error.show_error(text)
        self.table.setFocus()

    def clear_error(self) -> None:
        self._error.clear_error()

    @Slot()
    def _on_passed_end(self) -> None:
        if not self.goods.has_blank_end:
            self.goods.add_row()
        self.table.edit_at(self.goods.rowCount() - 1, PRODUCT)

    @Slot()
    def _on_picked(self) -> None:
        """수량 is what comes next."""
        self.table.setCurrentIndex(self.table.currentIndex().siblingAtColumn(QUANTITY))
