"""The view over a PagedTableModel: previews, choosing, copying, remembered columns."""

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ets_desktop.domain.paging import Page
from ets_desktop.ui.language import KOREAN, spoken, translated
from ets_desktop.ui.tables import PagedTableModel
from ets_desktop.ui.widgets.fields import ENTER_KEYS
from ets_desktop.ui.window_state import WindowState

Index = QModelIndex | QPersistentModelIndex

_PADDING = 5
_FITTING_KEPT = 20_000
_SELECTED = QStyle.StateFlag.State_Selected
_ACTIVE = QStyle.StateFlag.State_Active


class RowDelegate(QStyledItemDelegate):
    """Draws a cell from the row's ready texts: one call a cell instead of a dozen for its roles.

    What a cell needs of view and font is asked once (`dress`), and a text is cut to its column
    once, for these are what painting 400 cells is slow by.
    """

    def __init__(self, model: PagedTableModel[Any], view: QTableView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._fitting: dict[tuple[str, int], str] = {}
        self.dress()

    def dress(self) -> None:
        """Ask the view for its colours and its font again."""
        colours = self._view.palette()
        self._metrics = self._view.fontMetrics()
        self._fitting.clear()
        self._pen = colours.color(QPalette.ColorRole.Text)
        self._red = colours.color(QPalette.ColorRole.BrightText)
        self._selected = {
            active: colours.brush(group, QPalette.ColorRole.Highlight)
            for active, group in (
                (True, QPalette.ColorGroup.Active),
                (False, QPalette.ColorGroup.Inactive),
            )
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        number, column = index.row(), index.column()
        rect = option.rect
        state = option.state
        if state & _SELECTED:
            painter.fillRect(rect, self._selected[bool(state & _ACTIVE)])
        text = self._model.texts(number)[column]
        if not text:
            return
        painter.setPen(self._red if self._model.is_red(number, column) else self._pen)
        width = rect.width() - 2 * _PADDING
        rect.adjust(_PADDING, 0, -_PADDING, 0)
        painter.drawText(rect, self._model.columns[column].align, self.fitting(text, width))

    def fitting(self, text: str, width: int) -> str:
        """`text`, cut with … if it is wider than `width` pixels."""
        key = (text, width)
        made = self._fitting.get(key)
        if made is None:
            if len(self._fitting) > _FITTING_KEPT:
                self._fitting.clear()
            # A line break would draw a second line over the next row.
            line = text.replace("\n", " ")
            made = self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
            self._fitting[key] = made
        return made

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A tool tip for text that is cut, and for what the column has to add."""
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            text = self._model.texts(index.row())[index.column()]
            width = self._view.columnWidth(index.column()) - 2 * _PADDING
            told = self._model.tip(index.row(), index.column())
            if not told and self.fitting(text, width) != text:
                told = text
            QToolTip.showText(event.globalPos(), told, view)
            return True
        return False


class RecordTable(QTableView):
    """A list of records named `name` for screen readers.

    A click, or moving with the arrows, previews; double click and Enter choose. Ctrl+C copies
    the current cell, Ctrl+Shift+C the row. Column widths live in `state` under `name`.
    """

    row_previewed = Signal(object)
    row_chosen = Signal(object)

    def __init__(
        self,
        name: str,
        model: PagedTableModel[Any],
        state: WindowState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._rows = model
        self._state = state
        self._previewed: Hashable = None
        self._heard_double_click = False
        self.setAccessibleName(translated(name))
        self.horizontalHeader().setAccessibleName(translated(name))
        self.setModel(model)
        self._delegate = RowDelegate(model, self)
        self.setItemDelegate(self._delegate)
        self._set_behaviour()
        self._set_header()
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)

    def _set_header(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 7)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        if self._state is None or not header.restoreState(self._state.blob(self._state_key)):
            self.reset_columns()
        header.sectionResized.connect(self._on_columns_changed)
        header.sectionMoved.connect(self._on_columns_changed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Qt also tells while the base class is still being built.
        if event.type() in _DRESS and hasattr(self, "_delegate"):
            self._delegate.dress()
            self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 7)

    @property
    def _state_key(self) -> str:
        # With the number of columns: an older state must not hide a new column. In the language
        # shown, for another one's titles want other widths.
        return f"columns/{translated(self._name)}/{len(self._rows.columns)}"

    def reset_columns(self) -> None:
        """The widths the columns ask for; measuring the contents would take 440 ms (spec 90)."""
        digit = self.fontMetrics().horizontalAdvance("0")
        for number, column in enumerate(self._rows.columns):
            width = column.width * digit
            if spoken() != KOREAN:
                # The widths were chosen for Korean titles and words, which are shorter.
                title = self.fontMetrics().horizontalAdvance(translated(column.title))
                width = max(width, title + digit, 7 * digit)
            self.setColumnWidth(number, width + 2 * _PADDING)

    def current_row(self) -> object | None:
        """The record the buttons act on; None without one."""
        return self._rows.row(self.currentIndex().row())

    def select_key(self, key: Hashable) -> bool:
        """Make the record with that key the current one; false if it is not loaded."""
        number = self._rows.number_of(key)
        if number < 0:
            return False
        self._previewed = key
        self.setCurrentIndex(self._rows.index(number, max(self.currentIndex().column(), 0)))
        return True

    def reload(self, page: Page[Any]) -> None:
        """Show a newer answer to the same question: place and current record stay."""
        row, top = self.current_row(), self.verticalScrollBar().value()
        key = None if row is None else self._rows.key_of(row)
        self._rows.show_page(page)
        if key is not None:
            self.select_key(key)
        self.verticalScrollBar().setValue(top)

    def choose_current(self) -> None:
        """What double click, Enter and the button 선택 do."""
        row = self.current_row()
        if row is not None:
            self.row_chosen.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose the row, also when the list was read again between the two clicks.

        Qt forgets the first click when its model is reset, and the first one may cause just that
        (a previewed offer is marked as seen).
        """
        self._heard_double_click = False
        super().mouseDoubleClickEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        if self._heard_double_click or not is_left:
            return
        if self.indexAt(event.position().toPoint()).isValid():
            self.choose_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS:
            self.choose_current()
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_cell()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == _CTRL_SHIFT:
            self.copy_row()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing letters does nothing: jumping rows while an agent types surprises."""

    def copy_cell(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            QGuiApplication.clipboard().setText(self._rows.texts(index.row())[index.column()])

    def copy_row(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            header = self.horizontalHeader()
            shown = [header.logicalIndex(n) for n in range(header.count())]
            texts = self._rows.texts(index.row())
            QGuiApplication.clipboard().setText("\t".join(texts[column] for column in shown))

    def _preview(self, number: int) -> None:
        row = self._rows.row(number)
        if row is None:
            return
        key = self._rows.key_of(row)
        if key != self._previewed:
            self._previewed = key
            self.row_previewed.emit(row)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._preview(index.row())

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._preview(current.row())

    def _on_selection_changed(self, *_: object) -> None:
        """A screen reader selects a row without making it the current one; ours are the same."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        if len(rows) == 1 and self.currentIndex().row() not in rows:
            index = self._rows.index(rows.pop(), max(0, self.currentIndex().column()))
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index, flag)

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self._heard_double_click = True
        self.choose_current()

    def _on_model_about_to_be_reset(self) -> None:
        self._previewed = None

    def _on_columns_changed(self) -> None:
        if self._state is not None:
            self._state.set_blob(self._state_key, self.horizontalHeader().saveState())


_DRESS = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
