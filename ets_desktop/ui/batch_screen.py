"""A search screen whose rows are worked on several at once; what was refused is told row by row."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ets_desktop.domain.paging import Page
from ets_desktop.domain.topics import Topic
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
from ets_desktop.ui.search_conditions import SearchConditions
from ets_desktop.ui.searched_list import SearchedList, Searching
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column
from ets_desktop.ui.ticket_preview import PreviewedList, TicketPreview

Row = TypeVar("Row")

#: 경과 and the red rules move with the clock even when nobody changes anything.
CLOCK_MILLISECONDS = 60_000
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


class BatchScreen(Screen, Generic[Row]):
    """Asks once it is first shown, and again when a topic of `topics` is touched.

    A row is looked at below and, chosen, opens its ticket: rows have `ticket_id`, `ticket_no` and
    `channel_order_no`. Subclasses bind their buttons with `add_action`.
    """

    def __init__(
        self,
        context: UiContext,
        panel: TablePanel[Row],
        conditions: SearchConditions,
        searching: Searching[Row],
        topics: tuple[Topic, ...],
    ) -> None:
        super().__init__(context)
        self._panel = panel
        self._conditions = conditions
        self._was_shown = False
        self._is_stale = False
        #: What the batch under way is called.
        self._doing = ""
        self._words: dict[str, str] = {}
        self._possible: dict[str, Callable[[Row], bool]] = {}
        self._preview = TicketPreview(context)
        self._below = self.below(self._preview)
        self._refused = RefusedRows()
        self._rows: SearchedList[Row] = SearchedList(self, panel, conditions, searching)
        self.batch = RowBatch(context, self)
        self.clock = QTimer(self)
        self.clock.setInterval(CLOCK_MILLISECONDS)
        self._lay_out()
        self._wire(topics)
        self.clock.start()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._conditions)
        column.addWidget(PreviewedList(self.context.state, self._panel, self._below), 1)
        column.addWidget(self._refused)

    def _wire(self, topics: tuple[Topic, ...]) -> None:
        self._panel.row_previewed.connect(self._on_row_previewed)
        self._panel.row_chosen.connect(self._on_row_chosen)
        self._panel.table.selectionModel().selectionChanged.connect(self._show_what_is_possible)
        self._rows.answered.connect(self._on_answered)
        self._rows.emptied.connect(self._preview.clear)
        # The list keeps its room: they stand where the ticket does.
        self._refused.shown.connect(self._below.setHidden)
        self._refused.row_wanted.connect(self._panel.table.select_key)
        self.batch.ended.connect(self._on_batch_ended)
        self.batch.jobs.writing_changed.connect(self._show_what_is_possible)
        self.clock.timeout.connect(self._panel.model.refresh_texts)
        self.context.house.changed.connect(self._panel.model.refresh_texts)
        self.context.changes.subscribe(self, topics, self._on_touched)

    def below(self, preview: TicketPreview) -> QWidget:
        """What stands under the list: the ticket, and in a subclass what is to stand with it."""
        return preview

    def add_action(
        self, title: str, action: str, slot: Callable[[], object], can: Callable[[Row], bool]
    ) -> None:
        """The button `title` with its key; grey while it `can` be done with no selected row.

        `action` tells its word apart where the same is another thing elsewhere (접수)."""
        button = self._panel.button(title)
        self._words[title] = translated(title, action, "button")
        button.setText(self._words[title])
        self.context.desk.actions.bind_button(action, button, self)
        button.clicked.connect(slot)
        self._possible[title] = can

    def act(
        self, title: str, service: Service, commands: Mapping[Any, object], rows: tuple[Row, ...]
    ) -> None:
        """Run `service` over `rows`; `commands` are theirs by the key of the row."""
        self._doing = title
        wishes = [_wish(self._panel.model.key_of(row), row, commands) for row in rows]
        self.batch.run(service, wishes)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        if not self._was_shown:
            self._was_shown = True
            self._conditions.asked.emit()
        elif self._is_stale:
            self._is_stale = False
            self._rows.refresh()

    def take_focus(self) -> None:
        self._conditions.take_focus()

    @Slot(object)
    def _on_answered(self, page: Page[Row]) -> None:
        """The only one found is shown at once."""
        if len(page.rows) == 1:
            self._panel.table.selectRow(0)
        else:
            self._preview.clear()
        self._show_what_is_possible()

    @Slot(object)
    def _on_row_previewed(self, row: Any) -> None:
        self._preview.show_ticket(row.ticket_id)

    @Slot(object)
    def _on_row_chosen(self, row: Any) -> None:
        self.context.desk.load_ticket(row.ticket_id)

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        if self.isVisible():
            self._rows.refresh()
        else:
            self._is_stale = True

    @Slot()
    def _show_what_is_possible(self) -> None:
        """A button that could only refuse is grey; without a row each says that it needs one."""
        chosen = self._panel.table.selectionModel().selectedRows()
        rows = [self._panel.model.row(index.row()) for index in chosen]
        for title, can in self._possible.items():
            fits = not rows or any(row is not None and can(row) for row in rows)
            self._panel.button(title).setEnabled(fits and not self.batch.jobs.is_writing)

    @Slot(object)
    def _on_batch_ended(self, result: BatchResult) -> None:
        self._refused.show_refused(result.refused)
        told = self.tr("{action}: {done}건을 처리했습니다.")
        if result.refused:
            told = self.tr("{action}: {done}건을 처리했고 {refused}건은 처리하지 못했습니다.")
        self.context.desk.say(
            told.format(
                action=self._words[self._doing],
                done=result.done,
                refused=len(result.refused),
            )
        )


def _wish(key: object, row: Any, commands: Mapping[Any, object]) -> RowWish:
    return RowWish(key, row.ticket_no, row.channel_order_no, commands[key])
