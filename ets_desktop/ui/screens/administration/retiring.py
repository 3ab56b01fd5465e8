"""사용중지: who gets what somebody leaves open, and why."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.logins import REASON_LIMIT
from ets_desktop.queries.logins import OpenWork
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.administration.record_form import REASON
from ets_desktop.ui.widgets.choices import NOBODY, CodeChoice, Receiver, ReceiverChoice
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_dialog import FormDialog

RETIRE = "사용중지"
HOW, RECEIVER, FREE = "넘기는 방법", "받을 담당자", "내선번호 비우기"
ONE, SPREAD = "one", "spread"
_HOW = {ONE: "한 사람에게 모두", SPREAD: "자리에 있는 담당자에게 고르게"}


class RetireDialog(FormDialog):
    """Without open work it asks why and nothing else."""

    #: agent_id of who gets everything, None: spread; 내선번호 비우기; 변경사유
    confirmed = Signal(object, bool, str)

    def __init__(
        self,
        name: str,
        left: OpenWork,
        receivers: Iterable[Receiver],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent, labels={"receiver": RECEIVER}, width=460)
        self.setWindowTitle(f"{translated(RETIRE)} · {name}")
        self._is_left = bool(left.tickets or left.callbacks or left.callers)
        self._how = CodeChoice(HOW, _HOW)
        self._receiver = ReceiverChoice(RECEIVER)
        self._receiver.offer(receivers)
        self._free = QCheckBox(self.tr("전화기를 다른 사람이 씁니다."))
        self._free.setChecked(True)
        self._reason = TextField(REASON, maximum=REASON_LIMIT)
        note = QLabel(self._note(left))
        note.setWordWrap(True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setProperty("role", "hint")
        who = ((HOW, self._how), (RECEIVER, self._receiver)) if self._is_left else ()
        self.add_fields(*who, (FREE, self._free), (REASON, self._reason))
        self.add_below(note)
        self._how.code_chosen.connect(self._on_how_chosen)

    def _note(self, left: OpenWork) -> str:
        drafts = self.tr("임시저장은 본인만 볼 수 있어 넘기지 않고 그대로 둡니다.")
        if not self._is_left:
            nothing = self.tr("넘길 일이 없습니다. 열려 있는 화면은 곧바로 로그아웃됩니다.")
            return f"{nothing} {drafts}"
        counts = self.tr(
            "접수 {tickets}건, 콜백 {callbacks}건, 부재 고객 {callers}건을 넘긴 뒤 중지합니다."
        ).format(tickets=left.tickets, callbacks=left.callbacks, callers=left.callers)
        return f"{counts} {drafts}"

    @Slot()
    def _on_how_chosen(self) -> None:
        self._grid.clear_errors()
        self._receiver.setEnabled(self._how.code() == ONE)

    def confirm(self) -> None:
        to = None
        if self._is_left and self._how.code() == ONE:
            receiver = self._receiver.receiver()
            if receiver is None or receiver == NOBODY:
                raise RuleViolation("needs_receiver", field="receiver")
            to = receiver.agent_id
        self.accept()
        self.confirmed.emit(to, self._free.isChecked(), self._reason.text().strip())
