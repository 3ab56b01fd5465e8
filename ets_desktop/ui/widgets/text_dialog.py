"""A dialog for one required line of text: 폐기사유, 반려사유, 재오픈사유."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import says_something
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import FieldError, TextField, label_for


class TextDialog(QDialog):
    """확인 refuses an empty text, and one that is too long, in place: nothing is cut off."""

    def __init__(
        self,
        title: str,
        label: str,
        text: str = "",
        *,
        maximum: int = 200,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(translated(title))
        self._maximum = maximum
        self._field = TextField(label)
        self._field.setText(text)
        self._field.setMinimumWidth(320)
        self._error = FieldError(label)
        self._ok = QPushButton(self.tr("확인"))
        self._cancel = QPushButton(self.tr("취소"))
        self._lay_out(label)
        self._field.entered.connect(self._on_ok)
        self._ok.clicked.connect(self._on_ok)
        self._cancel.clicked.connect(self.reject)

    def _lay_out(self, label: str) -> None:
        # The field acts on Enter itself, so that a half-composed syllable does not.
        self._ok.setAutoDefault(False)
        self._cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._ok)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.addWidget(label_for(label, self._field))
        column.addWidget(self._field)
        column.addWidget(self._error)
        column.addLayout(buttons)

    def text(self) -> str:
        return self._field.text().strip()

    def _fault(self) -> str:
        if not says_something(self.text()):
            return self.tr("내용을 입력하십시오.")
        if len(self.text()) > self._maximum:
            return error_text(RuleViolation("text_too_long", limit=self._maximum))
        return ""

    @Slot()
    def _on_ok(self) -> None:
        fault = self._fault()
        if not fault:
            self.accept()
            return
        self._error.show_error(fault)
        self._field.setFocus()
