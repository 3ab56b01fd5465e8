"""통화 on a callback: the attempt is counted, the number dialled, then what came of it is asked."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.callbacks import Outcome, next_attempt
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.topics import Done
from ets_desktop.services.callbacks import (
    Attempt,
    FinishCallback,
    TryCallback,
    finish_callback,
    try_callback,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.house import DeskHouse
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.fields import ReadOnlyField
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.widgets.moment_field import MomentField
from ets_desktop.ui.widgets.side_dialog import SideDialog

TITLE = "콜백 결과"
NEXT = "다음 콜백일시"
_BUTTONS = {Outcome.SUCCEEDED: "성공", Outcome.MISSED: "부재", Outcome.CANCELLED: "콜백취소"}


class OutcomeDialog(SideDialog):
    """콜백 결과: stands beside the work, for the form is needed while the customer is called."""

    #: the Outcome that was pressed
    chosen = Signal(object)

    def __init__(self, about: str, house: DeskHouse, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("콜백 결과"))
        self._about = ReadOnlyField("콜백")
        self._about.show_value(about)
        self.field = MomentField(NEXT, calendar=lambda: house.calendar)
        self.field.set_moment(next_attempt(now_in_seoul(), house.calendar))
        self._grid = FormGrid()
        self.buttons = {each: QPushButton(self.tr(label)) for each, label in _BUTTONS.items()}
        self._close = QPushButton(self.tr("닫기"))
        self._lay_out()
        for outcome, button in self.buttons.items():
            button.clicked.connect(partial(self.chosen.emit, outcome))
        self._close.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        self._grid.add_field("콜백", self._about, 0)
        quick = self.field.quick_button("다음 콜백일시 고르기")
        self._grid.add_field(NEXT, self.field, 1, clear=quick)
        self._grid.add_beneath(NEXT, self.field.note)
        row = QHBoxLayout()
        row.addStretch()
        for button in (*self.buttons.values(), self._close):
            # Enter belongs to the field; no outcome is chosen by a key that was meant for it.
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self._grid)
        column.addLayout(row)
        self.setMinimumWidth(420)

    def set_busy(self, busy: bool) -> None:
        for button in self.buttons.values():
            button.setEnabled(not busy)

    def next_due_at(self) -> datetime | None:
        """None, and said beside the field, when what stands there cannot be read."""
        self._grid.clear_errors()
        if self.field.is_unreadable:
            self.show_error(RuleViolation("callback_at_unreadable"))
            return None
        moment = self.field.moment()
        if moment is None:
            self.show_error(RuleViolation("needs_callback_at"))
        return moment

    def show_error(self, error: EtsError) -> None:
        self._grid.show_error(NEXT, error_text(error))


class CallBack(QObject):
    """One at a time: the dialog of the call before must have its answer first."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._jobs = context.jobs(self)
        self._callback_id = 0
        self.dialog: OutcomeDialog | None = None
        self._jobs.writing_changed.connect(self._on_writing_changed)

    @Slot(int, str)
    def dial(self, callback_id: int, about: str) -> None:
        """통화; `about` says in the dialog whom it is about."""
        if self.dialog is not None and self._callback_id != callback_id:
            self._context.desk.say(self.tr("앞 콜백의 결과를 먼저 고르십시오."))
            self._show_dialog(self.dialog)
            return
        command = TryCallback(self._context.agent.agent_id, callback_id)
        on_tried = partial(self._on_tried, callback_id, about)
        self._jobs.save(try_callback, command, on_done=on_tried, on_error=self._context.desk.tell)

    def _on_tried(self, callback_id: int, about: str, done: Done[Attempt]) -> None:
        self._context.desk.dial(done.value.number, DialledFrom(callback_id=callback_id))
        self._callback_id = callback_id
        if self.dialog is None:
            self.dialog = OutcomeDialog(about, self._context.house, self._window)
            self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.dialog.chosen.connect(self._on_outcome_chosen)
            self.dialog.finished.connect(self._on_dialog_finished)
        self._show_dialog(self.dialog)

    def _show_dialog(self, dialog: OutcomeDialog) -> None:
        """At the right, over the dock: the form beside it is typed in meanwhile."""
        dialog.adjustSize()
        corner = self._window.frameGeometry().bottomRight()
        dialog.move(corner - QPoint(dialog.width() + 24, dialog.height() + 60))
        dialog.show()
        dialog.raise_()

    @Slot(object)
    def _on_outcome_chosen(self, outcome: Outcome) -> None:
        if self.dialog is None:
            return
        next_due_at = None
        if outcome is Outcome.MISSED:
            next_due_at = self.dialog.next_due_at()
            if next_due_at is None:
                return
        actor_id = self._context.agent.agent_id
        command = FinishCallback(actor_id, self._callback_id, outcome, next_due_at)
        self._jobs.save(
            finish_callback,
            command,
            on_done=partial(self._on_finished, command),
            on_error=self._on_refused,
        )

    def _on_finished(self, command: FinishCallback, _done: Done[int | None]) -> None:
        said = {
            Outcome.SUCCEEDED: self.tr("콜백을 마쳤습니다."),
            Outcome.CANCELLED: self.tr("콜백을 취소했습니다."),
            Outcome.MISSED: self.tr("콜백을 다시 예약했습니다: {at}").format(
                at=moment_text(command.next_due_at)
            ),
        }
        self._context.desk.say(said[command.outcome])
        self._close_dialog()

    def _on_refused(self, error: EtsError) -> None:
        if isinstance(error, RuleViolation) and error.field == "next_callback_at":
            if self.dialog is not None:
                self.dialog.show_error(error)
            return
        self._context.desk.tell(error)
        if error.code.startswith(("callback_settled", "no_such")):
            self._close_dialog()

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    @Slot(int)
    def _on_dialog_finished(self, _result: int) -> None:
        self.dialog = None

    @Slot(bool)
    def _on_writing_changed(self, writing: bool) -> None:
        if self.dialog is not None:
            self.dialog.set_busy(writing)
