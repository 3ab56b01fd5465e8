"""클레임 보류: why nobody takes the claim further for now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.claim_requests import NOTE_LIMIT
from ets_desktop.domain.claims import HoldReason
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.ui.claim_labels import HOLD_REASONS
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.choice_box import ChoiceBox
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_dialog import FormDialog

TITLE, REASON, NOTE = "클레임 보류", "보류사유", "비고"


class HoldDialog(FormDialog):
    """확인 refuses without a reason, and a note that is too long."""

    #: HoldReason, 비고
    confirmed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        labels = {"reason": REASON, "note": NOTE}
        super().__init__(translated(TITLE), parent, labels=labels)
        self._reason = ChoiceBox()
        self._reason.addItem("", None)
        for code, told in HOLD_REASONS.items():
            self._reason.addItem(translated(told, code), code)
        self._note = TextField(NOTE)
        self.add_fields((REASON, self._reason), (NOTE, self._note))

    def confirm(self) -> None:
        reason, note = self._reason.currentData(), self._note.text().strip()
        if reason is None:
            raise RuleViolation("needs_hold_reason", field="reason")
        if len(note) > NOTE_LIMIT:
            raise RuleViolation("text_too_long", field="note", limit=NOTE_LIMIT)
        self.accept()
        self.confirmed.emit(HoldReason(reason), note)
