"""재배정: to whom the selected tickets go, and why."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.services.transfers import TransferTarget
from ets_desktop.ui.widgets.choices import NOBODY, Receiver, ReceiverChoice
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_dialog import FormDialog

TITLE, RECEIVER, REASON = "재배정", "이관담당자", "이관사유"
REASON_LIMIT = 200


class MoveDialog(FormDialog):
    """확인 refuses without a receiver, and a reason that is too long."""

    #: TransferTarget, 이관사유
    confirmed = Signal(object, str)

    def __init__(
        self, count: int, receivers: Iterable[Receiver], parent: QWidget | None = None
    ) -> None:
        labels = {"receiver": RECEIVER, "reason": REASON}
        super().__init__("", parent, labels=labels, width=380)
        self.setWindowTitle(self.tr("재배정 {count}건").format(count=count))
        self._receiver = ReceiverChoice(RECEIVER)
        self._receiver.offer(receivers)
        self._reason = TextField(REASON)
        self.add_fields((RECEIVER, self._receiver), (REASON, self._reason))

    def confirm(self) -> None:
        receiver, reason = self._receiver.receiver(), self._reason.text().strip()
        if receiver is None or receiver == NOBODY:
            raise RuleViolation("needs_receiver", field="receiver")
        if len(reason) > REASON_LIMIT:
            raise RuleViolation("text_too_long", field="reason", limit=REASON_LIMIT)
        self.accept()
        self.confirmed.emit(TransferTarget(receiver.agent_id, receiver.team_id), reason)
