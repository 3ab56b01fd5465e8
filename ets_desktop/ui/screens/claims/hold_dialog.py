"""클레임 보류: why nobody takes the claim further for now."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.claim_requests import NOTE_LIMIT
from ets_desktop.domain.claims import HoldReason
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.ui.claim_labels import HOLD_REASONS
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.choice_box import ChoiceBox
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_grid import FormGrid

TITLE, REASON, NOTE = "클레임 보류", "보류사유", "비고"


class HoldDialog(QDialog):
    """확인 refuses without a reason, and a note that is too long: nothing is cut off."""

    #: HoldReason, 비고
    confirmed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translated(TITLE))
        self._reason = ChoiceBox()
        self._reason.addItem("", None)
        for code, told in HOLD_REASONS.items():
            self._reason.addItem(translated(told, code), code)
        self._note = TextField(NOTE)
        self._grid = FormGrid()
        self._ok = QPushButton(self.tr("확인"))
        self._cancel = QPushButton(self.tr("취소"))
        self._lay_out()
        self._note.entered.connect(self._on_ok)
        self._ok.clicked.connect(self._on_ok)
        self._cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        self._grid.add_field(REASON, self._reason, 0)
        self._grid.add_field(NOTE, self._note, 1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self._ok, self._cancel):
            # The field acts on Enter itself, so that a half-composed syllable does not.
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self._grid)
        column.addLayout(buttons)
        self.setMinimumWidth(360)

    @Slot()
    def _on_ok(self) -> None:
        self._grid.clear_errors()
        reason, note = self._reason.currentData(), self._note.text().strip()
        if reason is None:
            self._grid.show_error(REASON, error_text(RuleViolation("needs_hold_reason")))
        elif len(note) > NOTE_LIMIT:
            too_long = RuleViolation("text_too_long", limit=NOTE_LIMIT)
            self._grid.show_error(NOTE, error_text(too_long))
        else:
            self.accept()
            self.confirmed.emit(HoldReason(reason), note)
