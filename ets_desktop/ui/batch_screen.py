"""A search screen whose rows are worked on several at once."""

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ets_desktop.domain.paging import Page
from ets_desktop.domain.topics import Topic
from ets_desktop.ui.batch_actions import BatchActions
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.search_conditions import SearchConditions
from ets_desktop.ui.searched_list import SearchedList, Searching
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.ticket_preview import PreviewedList, TicketPreview

Row = TypeVar("Row")

#: 경과 and the red rules move with the clock even when nobody changes anything.
CLOCK_MILLISECONDS = 60_000


class BatchScreen(Screen, Generic[Row]):
    """Asks once it is first shown, and again when a topic of `topics` is touched.

    A row is looked at below and, chosen, opens its ticket: rows have `ticket_id`, `ticket_no` and
    `channel_order_no`. Subclasses bind their buttons with `batch.add`.
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
        self._preview = TicketPreview(context)
        self._below = self.below(self._preview)
        self.batch: BatchActions[Row] = BatchActions(context, self, panel)
        self._rows: SearchedList[Row] = SearchedList(self, panel, conditions, searching)
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
        whole = PreviewedList(self.context.state, self._panel, self._below, self)
        column.addWidget(whole, 1)
        column.addWidget(self.batch.refused)

    def _wire(self, topics: tuple[Topic, ...]) -> None:
        self._panel.row_previewed.connect(self._on_row_previewed)
        self._panel.row_chosen.connect(self._on_row_chosen)
        self._rows.answered.connect(self._on_answered)
        self._rows.emptied.connect(self._preview.clear)
        # The list keeps its room: they stand where the ticket does.
        self.batch.refused.shown.connect(self._below.setHidden)
        self.clock.timeout.connect(self._panel.model.refresh_texts)
        self.context.house.changed.connect(self._panel.model.refresh_texts)
        self.context.changes.subscribe(self, topics, self._on_touched)

    def below(self, preview: TicketPreview) -> QWidget:
        """What stands under the list: the ticket, and in a subclass what is to stand with it."""
        return preview

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
        self.batch.show_what_is_possible()

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
