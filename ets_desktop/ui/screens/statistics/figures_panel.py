"""The table of figures: a row of totals that stays below, a measure chosen by its title."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ets_desktop.domain.paging import Page
from ets_desktop.ui.screens.statistics.lines import Line, columns_of, line_key
from ets_desktop.ui.screens.statistics.measures import Shown
from ets_desktop.ui.screens.statistics.total_line import TotalLine
from ets_desktop.ui.table_panel import EXPORT, TablePanel
from ets_desktop.ui.window_state import WindowState

TOTAL = "합계"


class FiguresPanel(QWidget):
    """`measures` in columns; double click or Enter chooses a cell, a click on a title its
    measure."""

    #: its code
    measure_chosen = Signal(str)
    #: Line, Cell
    cell_chosen = Signal(object, object)

    def __init__(
        self,
        name: str,
        measures: Sequence[Shown],
        *,
        compared: bool,
        state: WindowState,
    ) -> None:
        super().__init__()
        columns, self._cells = columns_of(measures, compared=compared)
        self.rows: TablePanel[Line] = TablePanel(
            name, columns, line_key, buttons=(EXPORT,), state=state
        )
        self.total = TotalLine(self.rows.table, TOTAL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.rows, 1)
        column.addWidget(self.total, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows.row_chosen.connect(self._on_row_chosen)
        self.total.cell_chosen.connect(self._on_total_chosen)
        header = self.rows.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._on_section_clicked)

    def follow(self, other: "FiguresPanel") -> None:
        """Tab comes here after `other`: a panel that was made later would be the last of all."""
        before: QWidget = other.total
        for part in (self.rows.button(EXPORT), self.rows.table, self.total):
            QWidget.setTabOrder(before, part)
            before = part

    def show_lines(self, lines: Sequence[Line], as_of: datetime) -> None:
        """The last one is the total; without others there is none."""
        self.rows.show_page(Page(tuple(lines) if len(lines) > 1 else ()), as_of)

    @Slot(object)
    def _on_row_chosen(self, line: Line) -> None:
        self.cell_chosen.emit(line, self._cells[self.rows.table.currentIndex().column()])

    @Slot(int)
    def _on_total_chosen(self, column: int) -> None:
        lines = self.rows.model.rows
        if lines:
            self.cell_chosen.emit(lines[-1], self._cells[column])

    @Slot(int)
    def _on_section_clicked(self, column: int) -> None:
        code = self._cells[column].code
        if code is not None:
            self.measure_chosen.emit(code)
