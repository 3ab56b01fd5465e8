"""최근이관이력: the transfers of everyone, newest first, as they happen (spec 10)."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.paging import Page
from ets_desktop.domain.topics import EVERYTHING, TRANSFERS, Topic, ticket_topic
from ets_desktop.queries.reading import read_at
from ets_desktop.queries.transfers import TransferRow, recent_transfers
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.recent_transfers.columns import transfer_columns, transfer_key
from ets_desktop.ui.table_panel import CHOOSE, EXPORT, Question, TablePanel
from ets_desktop.ui.ticket_columns import Now
from ets_desktop.ui.ticket_preview import PreviewedList, TicketPreview
from ets_desktop.ui.topbar import now_in_seoul

TITLE = "최근이관이력"
PAGE = 100
#: Rows read again at most when something changed, and in an export (spec 80); scrolling on loads
#: the rest anew.
MOST_REREAD = 1_000
#: 경과 moves with the clock even when nobody changes anything.
CLOCK_MILLISECONDS = 60_000

_ROWS, _MORE = "rows", "more"


class RecentTransfersScreen(Screen):
    """Follows every transfer while it is shown; hidden, it reads once it comes to the front."""

    def __init__(self, context: UiContext, now: Now = now_in_seoul) -> None:
        super().__init__(context)
        self._list: TablePanel[TransferRow] = TablePanel(
            TITLE,
            transfer_columns(now),
            transfer_key,
            buttons=(CHOOSE, EXPORT),
            state=context.state,
            empty=self.tr("이관된 접수가 없습니다."),
        )
        self._preview = TicketPreview(context)
        self._list.set_question(Question(recent_transfers, most=MOST_REREAD))
        self._pace = Pace(self.jobs, _ROWS, self._load)
        self.clock = QTimer(self)
        self.clock.setInterval(CLOCK_MILLISECONDS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PreviewedList(context.state, self._list, self._preview))
        self._wire()
        self.clock.start()

    def _wire(self) -> None:
        self._list.row_previewed.connect(self._on_row_previewed)
        self._list.row_chosen.connect(self._on_row_chosen)
        self._list.more_wanted.connect(self._on_more_wanted)
        self.clock.timeout.connect(self._list.model.refresh_texts)
        changes = self.context.changes
        changes.subscribe(self, (TRANSFERS,), self._on_transfers_touched)
        changes.subscribe(self, ("ticket/",), self._on_tickets_touched)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._pace.ask()

    def take_focus(self) -> None:
        self._list.table.setFocus()

    def _load(self) -> None:
        self.jobs.stop(_MORE)
        self._list.await_rows()
        size = min(max(PAGE, self._list.model.rowCount()), MOST_REREAD)
        self.jobs.load(
            _newest, size, on_done=self._on_loaded, on_error=self._on_load_failed, lane=_ROWS
        )

    def _on_loaded(self, answer: tuple[Page[TransferRow], datetime]) -> None:
        # A further page of the older rows does not fit behind the newer ones.
        self.jobs.stop(_MORE)
        page, as_of = answer
        self._list.reload(page, as_of)

    @Slot(object)
    def _on_more_wanted(self, after: tuple[object, ...]) -> None:
        self.jobs.load(
            recent_transfers,
            after,
            PAGE,
            on_done=self._list.append_page,
            on_error=self._on_load_failed,
            lane=_MORE,
        )

    def _on_load_failed(self, error: EtsError) -> None:
        self._list.show_error(error_text(error))

    def _on_transfers_touched(self, _topics: frozenset[Topic]) -> None:
        if self.isVisible():
            self._pace.ask()

    def _on_tickets_touched(self, topics: frozenset[Topic]) -> None:
        """A ticket may be completed or called otherwise without being handed on."""
        shown = {ticket_topic(row.ticket_id) for row in self._list.model.rows}
        if self.isVisible() and (EVERYTHING in topics or topics & shown):
            self._pace.ask()

    @Slot(object)
    def _on_row_previewed(self, row: TransferRow) -> None:
        self._preview.show_ticket(row.ticket_id)

    @Slot(object)
    def _on_row_chosen(self, row: TransferRow) -> None:
        self.context.desk.load_ticket(row.ticket_id)


def _newest(session: Any, size: int) -> tuple[Page[TransferRow], datetime]:
    """The first rows, and the database's time before they were read."""
    as_of = read_at(session)
    return recent_transfers(session, None, size), as_of
