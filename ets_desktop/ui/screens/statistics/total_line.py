"""The last row of a table of figures, 합계, below it: it stays where the rows scroll."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ets_desktop.ui.language import translated
from ets_desktop.ui.record_table import RecordTable, RowDelegate
from ets_desktop.ui.widgets.fields import ENTER_KEYS

#: What would scroll the only line there is to see.
_SCROLLS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class TotalLine(QTableView):
    """Shows the last row of `table`, which hides it; follows its columns and how they scroll."""

    #: double click or Enter: the column
    cell_chosen = Signal(int)

    def __init__(self, table: RecordTable, name: str) -> None:
        super().__init__()
        self._table = table
        self.setAccessibleName(translated(name))
        self.setModel(table.rows_model)
        self._delegate = RowDelegate(table.rows_model, self)
        self.setItemDelegate(self._delegate)
        self._set_behaviour()
        header = table.horizontalHeader()
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._on_section_moved)
        table.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
        table.horizontalScrollBar().rangeChanged.connect(self._on_room_changed)
        table.rows_model.modelReset.connect(self._on_rows_shown)
        table.viewport().installEventFilter(self)
        self.doubleClicked.connect(self._on_double_clicked)
        self._take_columns()
        self._on_rows_shown()

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(self._table.frameShape())
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        font = self.font()
        font.setBold(True)
        self.setFont(font)

    def _take_columns(self) -> None:
        theirs, own = self._table.horizontalHeader(), self.horizontalHeader()
        for place in range(theirs.count()):
            number = theirs.logicalIndex(place)
            own.moveSection(own.visualIndex(number), place)
            self._on_section_resized(number, 0, theirs.sectionSize(number))

    @Slot(int, int, int)
    def _on_section_resized(self, number: int, _old: int, width: int) -> None:
        # One that is being hidden has no width yet or any more.
        self.setColumnHidden(number, width == 0)
        if width:
            self.setColumnWidth(number, width)

    @Slot(int, int, int)
    def _on_section_moved(self, _number: int, old: int, new: int) -> None:
        self.horizontalHeader().moveSection(old, new)

    @Slot()
    def _on_rows_shown(self) -> None:
        """The last row is here and not there; without rows there is none."""
        model = self._table.rows_model
        last = model.rowCount() - 1
        self.setVisible(last >= 0)
        if last < 0:
            return
        height = self._table.verticalHeader().defaultSectionSize()
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFixedHeight(height + 2 * self.frameWidth())
        self._table.setRowHidden(last, True)
        self.scrollTo(model.index(last, 0))
        self.setCurrentIndex(model.index(last, 0))
        self.clearSelection()

    def sizeHint(self) -> QSize:
        """As wide as the rows have room: beside their scroll bar, or it would scroll otherwise."""
        width = self._table.viewport().width() + 2 * self.frameWidth()
        return QSize(width, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())

    @Slot()
    def _on_room_changed(self) -> None:
        self.updateGeometry()
        self.horizontalScrollBar().setValue(self._table.horizontalScrollBar().value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._on_room_changed()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Qt also tells while the base class is still being built.
        if event.type() in _DRESS and hasattr(self, "_delegate"):
            self._delegate.dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in ENTER_KEYS:
            self.cell_chosen.emit(index.column())
        elif event.matches(QKeySequence.StandardKey.Copy):
            texts = self._table.rows_model.texts(index.row())
            QGuiApplication.clipboard().setText(texts[index.column()])
        elif event.key() in _SCROLLS:
            event.accept()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.cell_chosen.emit(index.column())


_DRESS = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
