"""재배정: to whom the selected tickets go, and why."""

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.services.transfers import TransferTarget
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.choices import NOBODY, Receiver, ReceiverChoice
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_grid import FormGrid

TITLE, RECEIVER, REASON = "재배정", "이관담당자", "이관사유"
REASON_LIMIT = 200


class MoveDialog(QDialog):
    """확인 refuses without a receiver, and a reason that is too long: nothing is cut off."""

    #: TransferTarget, 이관사유
    confirmed = Signal(object, str)

    def __init__(
        self, count: int, receivers: Iterable[Receiver], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("재배정 {count}건").format(count=count))
        self._receiver = ReceiverChoice(RECEIVER)
        self._receiver.offer(receivers)
        self._reason = TextField(REASON)
        self._grid = FormGrid()
        self._ok = QPushButton(translated("확인"))
        self._cancel = QPushButton(translated("취소"))
        self._lay_out()
        self._reason.entered.connect(self._on_ok)
        self._ok.clicked.connect(self._on_ok)
        self._cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        self._grid.add_field(RECEIVER, self._receiver, 0)
        self._grid.add_field(REASON, self._reason, 1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self._ok, self._cancel):
            # The field acts on Enter itself, so that a half-composed syllable does not.
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self._grid)
        column.addLayout(buttons)
        self.setMinimumWidth(380)

    @Slot()
    def _on_ok(self) -> None:
        self._grid.clear_errors()
        receiver, reason = self._receiver.receiver(), self._reason.text().strip()
        if receiver is None or receiver == NOBODY:
            self._grid.show_error(RECEIVER, error_text(RuleViolation("needs_receiver")))
        elif len(reason) > REASON_LIMIT:
            too_long = RuleViolation("text_too_long", limit=REASON_LIMIT)
            self._grid.show_error(REASON, error_text(too_long))
        else:
            self.accept()
            self.confirmed.emit(TransferTarget(receiver.agent_id, receiver.team_id), reason)
