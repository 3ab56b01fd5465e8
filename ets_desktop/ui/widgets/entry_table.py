"""A small table that is typed into: digits and letters start editing where they belong."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import TextField

Index = QModelIndex | QPersistentModelIndex
_TRIGGERS = QAbstractItemView.EditTrigger
_FOCUSED = QStyle.StateFlag.State_HasFocus
_LEAST_ROWS = 2


class CellDelegate(QStyledItemDelegate):
    """The editor of a cell is a field named by its column."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        return TextField(str(title), parent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The current cell is framed as in the other lists."""
        plain = QStyleOptionViewItem(option)
        plain.state &= ~_FOCUSED
        super().paint(painter, plain, index)
        if option.state & _FOCUSED:
            painter.setPen(option.palette.color(QPalette.ColorRole.Accent))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


class EntryTable(QTableView):
    """`name` for screen readers. What is typed on a row goes into its column `typed`; Space tells
    `space_pressed`, ↓ on the last row `passed_end`."""

    #: the row
    space_pressed = Signal(int)
    passed_end = Signal()

    def __init__(
        self,
        name: str,
        model: QAbstractTableModel,
        *,
        typed: int,
        wide: int,
        digits: tuple[int, ...],
    ) -> None:
        """`wide` is the column that takes what room is left; `digits` how wide each one is."""
        super().__init__()
        self._typed = typed
        self.setAccessibleName(translated(name))
        self.horizontalHeader().setAccessibleName(translated(name))
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            _TRIGGERS.DoubleClicked | _TRIGGERS.EditKeyPressed | _TRIGGERS.AnyKeyPressed
        )
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        height = self.fontMetrics().height() + 9
        self.verticalHeader().setDefaultSectionSize(height)
        self.setMinimumHeight(height * (_LEAST_ROWS + 1) + 4)
        self._size_columns(wide, digits)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def _size_columns(self, wide: int, digits: tuple[int, ...]) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate(digits):
            self.setColumnWidth(column, self.fontMetrics().horizontalAdvance("0") * width + 16)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def edit_at(self, row: int, column: int) -> None:
        """Open the editor there, or leave it open."""
        index = self.model().index(row, column)
        is_open = self.state() == QAbstractItemView.State.EditingState
        if not (is_open and index == self.currentIndex()):
            self.setCurrentIndex(index)
            self.edit(index)

    def finish_editing(self) -> None:
        """Take what is being typed, as leaving the cell would."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, CellDelegate.EndEditHint.NoHint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, last = self.currentIndex().row(), self.model().rowCount() - 1
        if event.key() == Qt.Key.Key_Space:
            self.space_pressed.emit(row)
        elif event.key() == Qt.Key.Key_Down and row == last:
            self.passed_end.emit()
        else:
            self._go_where_it_is_typed(event)
            super().keyPressEvent(event)

    def _go_where_it_is_typed(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not index.isValid() or self.model().flags(index) & Qt.ItemFlag.ItemIsEditable:
            return
        if event.text().isprintable() and event.text():
            self.setCurrentIndex(index.siblingAtColumn(self._typed))

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, selected: QItemSelection, _gone: QItemSelection) -> None:
        """A screen reader selects a row without making it the current one; ours are the same."""
        rows = {index.row() for index in selected.indexes()}
        if rows and self.currentIndex().row() not in rows:
            column = max(0, self.currentIndex().column())
            self.setCurrentIndex(self.model().index(min(rows), column))
