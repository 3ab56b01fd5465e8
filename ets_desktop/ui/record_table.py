"""The view over a PagedTableModel: previews, choosing, copying, remembered columns."""

import re
from collections.abc import Hashable
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ets_desktop.domain.paging import Page
from ets_desktop.ui.formats import SEOUL, briefer
from ets_desktop.ui.language import translated
from ets_desktop.ui.table_columns import PADDING, TableColumns
from ets_desktop.ui.table_menu import fill_menu
from ets_desktop.ui.tables import PagedTableModel
from ets_desktop.ui.widgets.fields import ENTER_KEYS
from ets_desktop.ui.widgets.tips import plain_tip
from ets_desktop.ui.window_state import WindowState

Index = QModelIndex | QPersistentModelIndex

_FITTING_KEPT = 20_000
_FLAGS = QItemSelectionModel.SelectionFlag
_DIGIT = re.compile(r"\d")
_SELECTED = QStyle.StateFlag.State_Selected
_ACTIVE = QStyle.StateFlag.State_Active
_FOCUSED = QStyle.StateFlag.State_HasFocus


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
        self._widest = max("0123456789", key=lambda one: self._metrics.horizontalAdvance(one * 10))
        self._fitting.clear()
        self._pen = colours.color(QPalette.ColorRole.Text)
        self._accent = colours.color(QPalette.ColorRole.Accent)
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
        if state & _FOCUSED:
            # What Ctrl+C copies, and whose row the buttons act on where several are selected.
            painter.setPen(self._accent)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        text = self._model.texts(number)[column]
        if not text:
            return
        painter.setPen(self._red if self._model.is_red(number, column) else self._pen)
        width = rect.width() - 2 * PADDING
        rect.adjust(PADDING, 0, -PADDING, 0)
        painter.drawText(rect, self._model.columns[column].align, self.fitting(text, width))

    def fitting(self, text: str, width: int) -> str:
        """`text`, cut with … if it is wider than `width` pixels; a moment is first written
        shorter."""
        key = (text, width)
        made = self._fitting.get(key)
        if made is None:
            if len(self._fitting) > _FITTING_KEPT:
                self._fitting.clear()
            # A line break would draw a second line over the next row.
            line = text.replace("\n", " ")
            made = self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
            if (brief := briefer(line, datetime.now(SEOUL).year)) and self._may_cut(line, width):
                made = self._metrics.elidedText(brief, Qt.TextElideMode.ElideRight, width)
            self._fitting[key] = made
        return made

    def _may_cut(self, moment: str, width: int) -> bool:
        """Whether some moment of its kind is wider: those of a column are written alike, and
        digits are not all of one width."""
        return self._metrics.horizontalAdvance(_DIGIT.sub(self._widest, moment)) > width

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
            width = self._view.columnWidth(index.column()) - 2 * PADDING
            told = self._model.tip(index.row(), index.column())
            if not told and self.fitting(text, width) != text:
                told = text
            QToolTip.showText(event.globalPos(), plain_tip(told), view)
            return True
        return False


class RecordTable(QTableView):
    """A list of records named `name` for screen readers.

    A click, or moving with the arrows, previews; double click and Enter choose. Ctrl+C copies
    the current cell, or the rows if several are selected; Ctrl+Shift+C copies rows under their
    titles. How the columns stand is kept in `state` under `name`.
    """

    row_previewed = Signal(object)
    row_chosen = Signal(object)
    #: 엑셀 저장 in the menu, which has it only with `can_export`
    export_wanted = Signal()

    def __init__(
        self,
        name: str,
        model: PagedTableModel[Any],
        state: WindowState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.can_export = False
        self._rows = model
        self._previewed: Hashable = None
        self._heard_double_click = False
        self._moves_by_key = False
        self._is_dressed = True
        self.setAccessibleName(translated(name))
        self.horizontalHeader().setAccessibleName(translated(name))
        self.setModel(model)
        self._delegate = RowDelegate(model, self)
        self.setItemDelegate(self._delegate)
        self._set_behaviour()
        self._set_rows()
        self.columns = TableColumns(self, name, model, state)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)

    def _set_rows(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 7)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Qt also tells while the base class is still being built.
        if event.type() in _DRESS and hasattr(self, "columns"):
            # Each new parent of a new screen tells again; nobody sees it yet.
            self._is_dressed = False
            if self.isVisible():
                self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_dressed:
            self.columns.fit()
        else:
            self._dress()

    def _dress(self) -> None:
        self._is_dressed = True
        self._delegate.dress()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 7)
        self.columns.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "columns"):
            self.columns.fit()

    @property
    def rows_model(self) -> PagedTableModel[Any]:
        return self._rows

    def current_row(self) -> object | None:
        """The record the buttons act on; None without one."""
        return self._rows.row(self.currentIndex().row())

    def let_go(self) -> None:
        """No row is the current one any more; choosing the same again previews it again."""
        self._previewed = None
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()

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
        also = self._several_selected()
        self._rows.show_page(page)
        if key is not None:
            self.select_key(key)
        self._select_too(also)
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
            self.copy()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == _CTRL_SHIFT:
            self.copy_rows()
        else:
            self._moves_by_key = True
            super().keyPressEvent(event)
            self._moves_by_key = False
            if event.keyCombination() in _ENDS:  # the buttons act on the current row
                row = _FLAGS.ClearAndSelect | _FLAGS.Rows
                self.selectionModel().select(self.currentIndex(), row)

    def keyboardSearch(self, search: str) -> None:
        """Typing letters does nothing: jumping rows while an agent types surprises."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """At the mouse, or by the menu key below the current cell."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, self)
        menu.popup(place)

    def copy(self) -> None:
        """The current cell as it is shown, or the rows if several are selected."""
        if len(self._selected_rows()) > 1:
            self._copy_lines(titles=False)
            return
        index = self.currentIndex()
        if index.isValid():
            QGuiApplication.clipboard().setText(self._rows.texts(index.row())[index.column()])

    def copy_rows(self) -> None:
        """The selected rows below their titles."""
        self._copy_lines(titles=True)

    def _copy_lines(self, *, titles: bool) -> None:
        """A line for each selected row as it is shown, tabs between the columns on show."""
        numbers = self._selected_rows()
        if not numbers:
            return
        shown = self.columns.shown()
        lines = [self._rows.texts(number) for number in numbers]
        if titles:
            lines.insert(0, tuple(translated(column.title) for column in self._rows.columns))
        told = ("\t".join(" ".join(line[c].split()) for c in shown) for line in lines)
        QGuiApplication.clipboard().setText("\n".join(told))

    def _selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def _several_selected(self) -> frozenset[Hashable]:
        numbers = self._selected_rows()
        if len(numbers) < 2:
            return frozenset()
        return frozenset(self._rows.key_of(self._rows.rows[number]) for number in numbers)

    def _select_too(self, keys: frozenset[Hashable]) -> None:
        """Rows that were selected beside the current one before the list was read again."""
        if not keys:
            return
        also = QItemSelection()
        for number, row in enumerate(self._rows.rows):
            if self._rows.key_of(row) in keys:
                also.select(self._rows.index(number, 0), self._rows.index(number, 0))
        self._moves_by_key = True
        self.selectionModel().select(also, _FLAGS.Select | _FLAGS.Rows)
        self._moves_by_key = False

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

    def _on_selection_changed(self, selected: QItemSelection, _gone: QItemSelection) -> None:
        """A screen reader selects a row without making it the current one; ours are the same."""
        if self._moves_by_key:
            return
        rows = {index.row() for index in selected.indexes()}
        if len(rows) == 1 and self.currentIndex().row() not in rows:
            index = self._rows.index(rows.pop(), max(0, self.currentIndex().column()))
            self.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self._heard_double_click = True
        self.choose_current()

    def _on_model_about_to_be_reset(self) -> None:
        self._previewed = None


_DRESS = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
_ENDS = tuple(Qt.Modifier.CTRL | key for key in (Qt.Key.Key_Home, Qt.Key.Key_End))
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
