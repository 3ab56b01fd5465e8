"""병합 and 이벤트내역 of the customer on the page: choose the other one, look, merge, go back."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from ets_desktop.domain.topics import EVERYTHING, Done, Topic, customer_topic
from ets_desktop.queries.customer_merges import MergeSide, alike_customers, merge_sides
from ets_desktop.queries.customers import CustomerRow
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.customer_merges import (
    MergeCustomers,
    Merged,
    UndoMerge,
    merge_customers,
    undo_merge,
)
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.screens.ticket_form.customer.chooser import CustomerChooser
from ets_desktop.ui.screens.ticket_form.customer.events import CustomerEvents
from ets_desktop.ui.screens.ticket_form.customer.merge_dialog import MergeDialog
from ets_desktop.ui.screens.ticket_form.customer.page import CustomerPage
from ets_desktop.ui.screens.ticket_form.looking import look_for_customers

LANE = "merge"
Sides = tuple[MergeSide, MergeSide]


def look_at_alike(session: Any, customer_id: int) -> tuple[CustomerRow, ...]:
    """Who may be the same person; whole people, so the look is logged (spec 80)."""
    rows = alike_customers(session, customer_id)
    look = LogAccess("find_alike", f"customer/{customer_id}", row_count=len(rows))
    log_access(session, look)
    return rows


def look_at_both(session: Any, one_id: int, other_id: int) -> Sides:
    """Both sides of a merge; logged as well."""
    sides = merge_sides(session, one_id, other_id)
    log_access(
        session, *(LogAccess("show_customer", f"customer/{id_}") for id_ in (one_id, other_id))
    )
    return sides


class CustomerMerging(QObject):
    """Nothing moves before 확인, and everything can be moved back."""

    def __init__(
        self, context: UiContext, jobs: ScreenJobs, page: CustomerPage, window: QWidget
    ) -> None:
        super().__init__(page)
        self._context = context
        self._jobs = jobs
        self._page = page
        self._window = window
        #: 고객 선택, 고객 병합 and 이벤트내역 while they are open
        self.chooser: CustomerChooser | None = None
        self.dialog: MergeDialog | None = None
        self.events: CustomerEvents | None = None
        page.merge_requested.connect(self._on_merge_requested)
        page.events_requested.connect(self._on_events_requested)
        context.changes.subscribe(self, ("customer/",), self._on_touched)

    # Whom with?

    @Slot()
    def _on_merge_requested(self) -> None:
        detail = self._page.detail
        if detail is not None:
            self._jobs.load(
                look_at_alike,
                detail.customer_id,
                on_done=partial(self._choose, detail.customer_id),
                on_error=self._context.desk.tell,
                lane=LANE,
            )

    def _choose(self, customer_id: int, rows: tuple[CustomerRow, ...]) -> None:
        told = self.tr("병합할 고객을 고르십시오.")
        self.chooser = CustomerChooser(rows, told, self._context.state, self._window, finds=True)
        self.chooser.searched.connect(partial(self._search, customer_id))
        self.chooser.row_chosen.connect(partial(self._on_other_chosen, customer_id))
        self.chooser.finished.connect(self._on_chooser_finished)
        self.chooser.open()
        if not rows:
            self.chooser.search.setFocus()

    def _search(self, customer_id: int, typed: str) -> None:
        self._jobs.load(
            look_for_customers,
            typed,
            on_done=partial(self._on_found, customer_id, typed),
            on_error=self._context.desk.tell,
            lane=LANE,
        )

    def _on_found(self, customer_id: int, typed: str, rows: tuple[CustomerRow, ...]) -> None:
        if self.chooser is not None:
            others = tuple(row for row in rows if row.customer_id != customer_id)
            told = self.tr("‘{typed}’ 고객 {count}명").format(typed=typed, count=len(others))
            self.chooser.show_rows(others, told)

    @Slot()
    def _on_chooser_finished(self) -> None:
        if self.chooser is not None:
            self.chooser.deleteLater()
        self.chooser = None

    def _on_other_chosen(self, customer_id: int, row: CustomerRow) -> None:
        self._jobs.load(
            look_at_both,
            customer_id,
            row.customer_id or 0,
            on_done=self._show_both,
            on_error=self._context.desk.tell,
            lane=LANE,
        )

    # What moves?

    def _show_both(self, sides: Sides) -> None:
        self.dialog = MergeDialog(sides, self._window)
        self.dialog.finished.connect(self._on_dialog_finished)
        self.dialog.open()

    @Slot(int)
    def _on_dialog_finished(self, result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        dialog.deleteLater()
        if result == QDialog.DialogCode.Accepted:
            agent_id = self._context.agent.agent_id
            kept, merged = dialog.kept.customer_id, dialog.merged.customer_id
            self._start(merge_customers, MergeCustomers(agent_id, kept, merged), self._on_merged)

    def _on_merged(self, done: Done[Merged]) -> None:
        self._context.desk.say(
            self._told(self.tr("고객을 병합했습니다"), done.value),
            partial(self.undo, done.value.merge_id),
        )

    def undo(self, merge_id: int) -> None:
        """병합 취소."""
        command = UndoMerge(self._context.agent.agent_id, merge_id)
        self._start(undo_merge, command, self._on_undone)

    def _on_undone(self, done: Done[Merged]) -> None:
        self._context.desk.say(self._told(self.tr("병합을 취소했습니다"), done.value))

    def _told(self, what: str, merged: Merged) -> str:
        return self.tr("{what}: 접수 {tickets}건, 통화 {calls}건, 주문 {orders}건").format(
            what=what, tickets=merged.tickets, calls=merged.calls, orders=merged.orders
        )

    def _start(self, service: Any, command: Any, on_done: Any) -> None:
        tell = self._context.desk.tell
        if not self._jobs.save(service, command, on_done=on_done, on_error=tell):
            self._context.desk.say(self.tr("저장하는 중입니다. 잠시 뒤 다시 하십시오."))

    # 이벤트내역

    @Slot()
    def _on_events_requested(self) -> None:
        detail = self._page.detail
        if detail is None:
            return
        self.events = CustomerEvents(self._context, detail.customer_id, self._window)
        self.events.undo_requested.connect(self.undo)
        self.events.finished.connect(self._on_events_finished)
        self.events.open_list()

    @Slot()
    def _on_events_finished(self) -> None:
        if self.events is not None:
            self.events.deleteLater()
        self.events = None

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        detail = self._page.detail
        if self.events is None or detail is None:
            return
        if EVERYTHING in topics or customer_topic(detail.customer_id) in topics:
            self.events.refresh()
