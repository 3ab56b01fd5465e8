"""택배회수이력: all pickups; several at once are asked for again or called off (spec 30)."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from ets_desktop.domain.paging import Page
from ets_desktop.domain.pickups import CANCELLABLE, PickupState
from ets_desktop.domain.topics import CLAIMS, PICKUPS
from ets_desktop.queries.pickups import PickupRow, count_pickups, search_pickups
from ets_desktop.services.pickups import (
    CancelPickup,
    RetryPickup,
    cancel_pickup,
    retry_pickup,
)
from ets_desktop.ui.batch_screen import BatchScreen
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.pickups.columns import pickup_columns, pickup_key
from ets_desktop.ui.screens.pickups.conditions import Conditions
from ets_desktop.ui.screens.pickups.events import PickupEvents
from ets_desktop.ui.screens.pickups.retry_dialog import RetryDialog
from ets_desktop.ui.searched_list import Searching
from ets_desktop.ui.table_panel import CHOOSE, EXPORT, TablePanel
from ets_desktop.ui.ticket_columns import Now
from ets_desktop.ui.ticket_preview import TicketPreview
from ets_desktop.ui.topbar import now_in_seoul

TITLE = "택배회수이력"
RETRY, CANCEL = "회수 재요청", "회수 취소"
_SEARCH = Searching(search_pickups, count_pickups, "search_pickups")


class PickupsScreen(BatchScreen[PickupRow]):
    """A row is red when it was not collected two business days after acceptance."""

    def __init__(self, context: UiContext, now: Now = now_in_seoul) -> None:
        panel: TablePanel[PickupRow] = TablePanel(
            TITLE,
            pickup_columns(),
            pickup_key,
            buttons=(CHOOSE, RETRY, CANCEL, EXPORT),
            row_red=lambda row: row.is_red(now(), context.house.calendar),
            state=context.state,
        )
        super().__init__(context, panel, Conditions(), _SEARCH, (PICKUPS, CLAIMS))
        panel.row_previewed.connect(self._on_pickup_previewed)
        self._rows.answered.connect(self._on_pickups_answered)
        self._rows.emptied.connect(self._events.forget)
        self.batch.add(RETRY, "retry_pickup", self._on_retry_clicked, _may_retry)
        self.batch.add(CANCEL, "cancel_pickup", self._on_cancel_clicked, _may_cancel)

    def below(self, preview: TicketPreview) -> QWidget:
        self._events = PickupEvents(self.context)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self._events)
        halves.addWidget(preview)
        halves.setChildrenCollapsible(False)
        halves.setSizes([350, 650])
        preview.share(270, 380)
        return halves

    @Slot(object)
    def _on_pickups_answered(self, page: Page[PickupRow]) -> None:
        """The only one found is in hand already."""
        if len(page.rows) != 1:
            self._events.forget()

    @Slot(object)
    def _on_pickup_previewed(self, row: PickupRow) -> None:
        self._events.show_pickup(row.pickup_id)

    @Slot()
    def _on_retry_clicked(self) -> None:
        rows = self._panel.rows_in_hand()
        if rows:
            dialog = RetryDialog(self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.confirmed.connect(partial(self._retry, rows))
            dialog.open()

    def _retry(self, rows: tuple[PickupRow, ...], wished_on: date | None) -> None:
        me = self.context.agent.agent_id
        commands = {row.pickup_id: RetryPickup(me, row.pickup_id, wished_on) for row in rows}
        self.batch.run(RETRY, retry_pickup, commands, rows)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        me = self.context.agent.agent_id
        rows = self._panel.rows_in_hand()
        commands = {row.pickup_id: CancelPickup(me, row.pickup_id) for row in rows}
        if rows:
            self.batch.run(CANCEL, cancel_pickup, commands, rows)


def _may_retry(row: PickupRow) -> bool:
    return row.state == PickupState.FAILED and not row.was_retried


def _may_cancel(row: PickupRow) -> bool:
    return row.state in CANCELLABLE
