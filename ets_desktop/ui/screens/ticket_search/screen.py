"""전체상담이력: all tickets of everyone; a click shows one below, 선택 loads it."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from ets_desktop.domain.paging import Page
from ets_desktop.domain.topics import EVERYTHING, Topic, ticket_topic
from ets_desktop.queries.ticket_search.holders import ticket_holders
from ets_desktop.queries.ticket_search.searching import count_tickets, search_tickets
from ets_desktop.queries.tickets import TicketRow
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.ticket_search.conditions import Conditions
from ets_desktop.ui.searched_list import SearchedList, Searching
from ets_desktop.ui.table_panel import CHOOSE, EXPORT, TablePanel
from ets_desktop.ui.ticket_columns import Now, is_red, ticket_columns, ticket_key
from ets_desktop.ui.ticket_preview import PreviewedList, TicketPreview
from ets_desktop.ui.topbar import now_in_seoul

TITLE = "전체상담이력"
#: 경과 and the red rule move with the clock even when nobody changes anything.
CLOCK_MILLISECONDS = 60_000
_SEARCH = Searching(search_tickets, count_tickets, "search_tickets")
_HOLDERS = "holders"


class TicketSearchScreen(Screen):
    """Reads its rows again when one of them changes; hidden, once it is shown."""

    def __init__(self, context: UiContext, now: Now = now_in_seoul) -> None:
        super().__init__(context)
        self._is_stale = False
        self._conditions = Conditions()
        self._list: TablePanel[TicketRow] = TablePanel(
            TITLE,
            ticket_columns(now),
            ticket_key,
            buttons=(CHOOSE, EXPORT),
            row_red=is_red(now),
            state=context.state,
            empty=self.tr("찾은 접수가 없습니다. 조건이나 기간을 넓혀 보십시오."),
        )
        self._preview = TicketPreview(context)
        self._rows: SearchedList[TicketRow] = SearchedList(
            self, self._list, self._conditions, _SEARCH
        )
        self.clock = QTimer(self)
        self.clock.setInterval(CLOCK_MILLISECONDS)
        self._lay_out()
        self._wire()
        self.clock.start()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._conditions)
        column.addWidget(PreviewedList(self.context.state, self._list, self._preview, self), 1)

    def _wire(self) -> None:
        self._list.row_previewed.connect(self._on_row_previewed)
        self._list.row_chosen.connect(self._on_row_chosen)
        self._rows.answered.connect(self._on_answered)
        self._rows.emptied.connect(self._preview.clear)
        self.clock.timeout.connect(self._list.model.refresh_texts)
        self.context.changes.subscribe(self, ("ticket/",), self._on_tickets_touched)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        self.jobs.load(ticket_holders, on_done=self._conditions.show_holders, lane=_HOLDERS)
        if self._is_stale:
            self._is_stale = False
            self._rows.refresh()

    def take_focus(self) -> None:
        self._conditions.take_focus()

    @Slot(object)
    def _on_answered(self, page: Page[TicketRow]) -> None:
        """The only one found is shown at once."""
        if len(page.rows) == 1:
            self._list.table.selectRow(0)
        else:
            self._preview.clear()

    @Slot(object)
    def _on_row_previewed(self, row: TicketRow) -> None:
        self._preview.show_ticket(row.ticket_id)

    @Slot(object)
    def _on_row_chosen(self, row: TicketRow) -> None:
        self.context.desk.load_ticket(row.ticket_id)

    def _on_tickets_touched(self, topics: frozenset[Topic]) -> None:
        shown = {ticket_topic(row.ticket_id) for row in self._list.model.rows}
        if not (EVERYTHING in topics or topics & shown):
            return
        if self.isVisible():
            self._rows.refresh()
        else:
            self._is_stale = True
