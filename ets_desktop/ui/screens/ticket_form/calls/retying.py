"""통화 고객 바꾸기: the caller was somebody else; call and tickets move together (spec 20)."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ets_desktop.domain import phone
from ets_desktop.domain.errors import NotFound
from ets_desktop.domain.topics import Done
from ets_desktop.queries.calls import CallHistoryRow
from ets_desktop.queries.customers import CustomerRow
from ets_desktop.services.call_customers import RetieCall, Retied, retie_call
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.live_calls import readable
from ets_desktop.ui.screens.ticket_form.customer.chooser import CustomerChooser
from ets_desktop.ui.screens.ticket_form.looking import (
    Caller,
    look_at_anyones_caller,
    look_for_customers,
)
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm, ShownCustomer


class Retying(QObject):
    """Asks who it was, by the same reasons as 고객 선택 or by 고객ID, and moves the call."""

    def __init__(
        self, context: UiContext, jobs: ScreenJobs, form: OpenForm, window: QWidget
    ) -> None:
        super().__init__(form)
        self._context = context
        self._reads = jobs
        #: Its own: a call is moved while a form is being saved, too.
        self._jobs = context.jobs(self)
        self._form = form
        self._window = window
        self._call: CallHistoryRow | None = None
        self._chooser: CustomerChooser | None = None
        #: Beneath 고객, while a call is in the form.
        self.button = QPushButton(self.tr("지금 통화의 고객 바꾸기"))
        self.button.setAutoDefault(False)
        self.button.setProperty("role", "small")
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.ask_about_this)
        for signal in (form.replaced, form.status_changed):
            signal.connect(self._show_button)
        self._show_button()

    @property
    def chooser(self) -> CustomerChooser | None:
        """고객 선택 while it is open for a call."""
        return self._chooser

    def ask(self, call_id: int) -> None:
        """Whose call was it really?"""
        self._reads.load(look_at_anyones_caller, call_id, on_done=self._on_looked, lane="retie")

    @Slot()
    def ask_about_this(self) -> None:
        """The call in the form."""
        if self._form.call is not None:
            self.ask(self._form.call.call_id)

    @Slot()
    def _show_button(self) -> None:
        has_call = self._form.call is not None
        self.button.setVisible(has_call)
        self.button.setEnabled(has_call)

    def _on_looked(self, caller: Caller) -> None:
        call, card = caller
        if call is None:
            self._context.desk.tell(NotFound("no_such_call"))
            return
        self._call = call
        others = [row for row in card.candidates if row.customer_id not in (None, call.customer_id)]
        now = call.customer_name or self.tr("고객 없음")
        told = self.tr("{number} 통화의 고객: {now}. 누구의 통화입니까?")
        number = readable(call.number, call.number_shown)
        if self._chooser is not None:
            self._chooser.reject()
        chooser = CustomerChooser(
            others,
            told.format(number=number, now=now),
            self._context.state,
            self._window,
            finds=True,
        )
        chooser.row_chosen.connect(self._on_row_chosen)
        chooser.searched.connect(self._on_searched)
        chooser.finished.connect(self._on_finished)
        self._chooser = chooser
        chooser.open()

    @Slot()
    def _on_finished(self) -> None:
        if self._chooser is not None:
            self._chooser.deleteLater()
        self._chooser = None

    @Slot(str)
    def _on_searched(self, typed: str) -> None:
        self._reads.load(
            look_for_customers,
            typed,
            on_done=self._on_found,
            on_error=self._context.desk.tell,
            lane="retie",
        )

    def _on_found(self, rows: tuple[CustomerRow, ...]) -> None:
        if self._chooser is not None:
            found = self.tr("고객 {count}명").format(count=len(rows))
            self._chooser.show_rows(rows, found)

    @Slot(object)
    def _on_row_chosen(self, row: CustomerRow) -> None:
        if self._call is not None and row.customer_id is not None:
            self._move(self._call, self._call.customer_name, row.customer_id, row.name)

    def _move(self, call: CallHistoryRow, before: str, customer_id: int, now: str) -> None:
        wish = RetieCall(self._context.agent.agent_id, call.call_id, customer_id)
        moved = partial(self._on_moved, call, before, customer_id, now)
        tell = self._context.desk.tell
        if not self._jobs.save(retie_call, wish, on_done=moved, on_error=tell):
            self._context.desk.say(self.tr("저장하는 중입니다. 잠시 뒤 다시 하십시오."))

    def _on_moved(
        self, call: CallHistoryRow, before: str, customer_id: int, now: str, done: Done[Retied]
    ) -> None:
        self._follow(call, customer_id, now)
        if before:
            told = self.tr("통화의 고객을 바꾸었습니다: {before} → {now}.")
        else:
            told = self.tr("통화를 고객에 연결했습니다: {now}.")
        said = told.format(before=before, now=now)
        if done.value.tickets:
            moved = self.tr("접수 {numbers}도 함께 옮겼습니다.")
            said += " " + moved.format(numbers=", ".join(done.value.tickets))
        undo = None
        if done.value.before is not None:
            undo = partial(self._move, call, now, done.value.before, before)
        self._context.desk.say(said, undo)

    def _follow(self, call: CallHistoryRow, customer_id: int, name: str) -> None:
        """The call that is in the form, not yet a ticket: its form is that customer's too."""
        mine = self._form.call
        if mine is None or mine.call_id != call.call_id or self._form.ticket_id is not None:
            return
        number = phone.digits_of(call.number) or ""
        self._form.set_customer(ShownCustomer(customer_id, name, "", number))
