"""What is done with several rows of a list at once; what was refused is told row by row."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ets_desktop.ui.context import UiContext
from ets_desktop.ui.language import translated
from ets_desktop.ui.operations.row_batch import (
    BatchResult,
    RefusedRow,
    RowBatch,
    RowWish,
    Service,
)
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column

Row = TypeVar("Row")

REFUSED, CLOSE = "처리하지 못한 건", "닫기"
_REFUSED_COLUMNS: tuple[Column[RefusedRow], ...] = (
    Column("접수번호", lambda row: row.number, 13, least=11),
    Column("주문번호", lambda row: row.order_no, 19),
    Column("이유", lambda row: row.why, 60),
)


def _key(row: RefusedRow) -> object:
    return row.key


class RefusedRows(QWidget):
    """Shown below the list while there are any; choosing one goes to its row above."""

    row_wanted = Signal(object)
    #: whether there are any
    shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.panel: TablePanel[RefusedRow] = TablePanel(
            REFUSED, _REFUSED_COLUMNS, _key, buttons=(CLOSE,)
        )
        title = QLabel(translated(REFUSED))
        title.setProperty("role", "title")
        self.panel.add_tool(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.setMaximumHeight(200)
        self.hide()
        self.panel.button(CLOSE).clicked.connect(self._on_close_clicked)
        self.panel.row_previewed.connect(self._on_row_wanted)
        self.panel.row_chosen.connect(self._on_row_wanted)

    def show_refused(self, refused: tuple[RefusedRow, ...]) -> None:
        self.panel.show_rows(refused)
        self.setVisible(bool(refused))
        self.shown.emit(bool(refused))

    @Slot()
    def _on_close_clicked(self) -> None:
        self.show_refused(())

    @Slot(object)
    def _on_row_wanted(self, row: RefusedRow) -> None:
        self.row_wanted.emit(row.key)


class BatchActions(QObject, Generic[Row]):
    """The buttons of a list that act on its selected rows, one batch at a time.

    Rows have `ticket_no` and `channel_order_no`; `refused` is laid out by the screen.
    """

    def __init__(self, context: UiContext, screen: Screen, panel: TablePanel[Row]) -> None:
        super().__init__(screen)
        self._context = context
        self._screen = screen
        self._panel = panel
        #: What the batch under way is called.
        self._doing = ""
        self._words: dict[str, str] = {}
        self._possible: dict[str, Callable[[Row], bool]] = {}
        self.refused = RefusedRows()
        self._work = RowBatch(context, screen)
        self.refused.row_wanted.connect(panel.table.select_key)
        panel.table.selectionModel().selectionChanged.connect(self.show_what_is_possible)
        self._work.ended.connect(self._on_batch_ended)
        self._work.jobs.writing_changed.connect(self.show_what_is_possible)

    def add(
        self, title: str, action: str, slot: Callable[[], object], can: Callable[[Row], bool]
    ) -> None:
        """The button `title` with its key; grey while it `can` be done with no selected row.

        `action` tells its word apart where the same is another thing elsewhere (접수)."""
        button = self._panel.button(title)
        self._words[title] = translated(title, action, "button")
        button.setText(self._words[title])
        self._context.desk.actions.bind_button(action, button, self._screen)
        button.clicked.connect(slot)
        self._possible[title] = can

    def run(
        self, title: str, service: Service, commands: Mapping[Any, object], rows: tuple[Row, ...]
    ) -> None:
        """Run `service` over `rows`; `commands` are theirs by the key of the row."""
        self._doing = title
        wishes = [_wish(self._panel.model.key_of(row), row, commands) for row in rows]
        self._work.run(service, wishes)

    @Slot()
    def show_what_is_possible(self) -> None:
        """A button that could only refuse is grey; without a row each says that it needs one."""
        chosen = self._panel.table.selectionModel().selectedRows()
        rows = [self._panel.model.row(index.row()) for index in chosen]
        for title, can in self._possible.items():
            fits = not rows or any(row is not None and can(row) for row in rows)
            self._panel.button(title).setEnabled(fits and not self._work.jobs.is_writing)

    @Slot(object)
    def _on_batch_ended(self, result: BatchResult) -> None:
        self.refused.show_refused(result.refused)
        told = self.tr("{action}: {done}건을 처리했습니다.")
        if result.refused:
            told = self.tr("{action}: {done}건을 처리했고 {refused}건은 처리하지 못했습니다.")
        self._context.desk.say(
            told.format(
                action=self._words[self._doing],
                done=result.done,
                refused=len(result.refused),
            )
        )


def _wish(key: object, row: Any, commands: Mapping[Any, object]) -> RowWish:
    return RowWish(key, row.ticket_no, row.channel_order_no, commands[key])
