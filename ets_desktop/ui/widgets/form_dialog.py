"""A few fields, 확인 and 취소: what most questions to an agent look like."""

from abc import abstractmethod
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import TextField, set_tone
from ets_desktop.ui.widgets.form_grid import FormGrid

_NO_LABELS: Mapping[str, str] = MappingProxyType({})


class FormDialog(QDialog):
    """Nothing typed is cut off or lost: what is refused is told beside its field, else below.

    `labels` are the labels of the fields that a refusal may name. A subclass adds its fields and
    says in `confirm` what 확인 does with them.
    """

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        labels: Mapping[str, str] = _NO_LABELS,
        columns: int = 1,
        width: int = 360,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._labels = labels
        self._columns = columns
        self._grid = FormGrid(columns)
        self._message = QLabel()
        self._ok = QPushButton(translated("확인"))
        self._cancel = QPushButton(translated("취소"))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._grid)
        self._column.addLayout(self._foot())
        self.setMinimumWidth(width)
        self._ok.clicked.connect(self._on_ok)
        self._cancel.clicked.connect(self.reject)

    def _foot(self) -> QHBoxLayout:
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setAccessibleName(self.tr("진행 상황"))
        row = QHBoxLayout()
        row.addWidget(self._message, 1)
        for button in (self._ok, self._cancel):
            # The fields act on Enter themselves, so that a half-composed syllable does not.
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def add_fields(self, *fields: tuple[str, QWidget]) -> None:
        """Label and field, row by row."""
        for number, (label, field) in enumerate(fields):
            self._grid.add_field(label, field, *divmod(number, self._columns))
            if isinstance(field, TextField):
                field.entered.connect(self._on_ok)
        # The buttons were there first: Tab comes to them last.
        last = fields[-1][1]
        for button in (self._ok, self._cancel):
            QWidget.setTabOrder(last, button)
            last = button
        fields[0][1].setFocus()

    def add_below(self, widget: QWidget) -> None:
        """Between the fields and the buttons."""
        self._column.insertWidget(self._column.count() - 1, widget)

    @abstractmethod
    def confirm(self) -> None:
        """What 확인 does. A RuleViolation is told as a refusal."""

    def show_busy(self, busy: bool) -> None:
        self._ok.setEnabled(not busy)

    def show_refusal(self, error: EtsError) -> None:
        """Beside its field; without one below, and everything typed stays."""
        field = (error.field or "") if isinstance(error, RuleViolation) else ""
        if not self._show_beside(field, error_text(error)):
            self._message.setText(error_text(error))
            # A named label is read out by its name alone.
            self._message.setAccessibleDescription(error_text(error))
            set_tone(self._message, "red")

    def _show_beside(self, field: str, told: str) -> bool:
        return self._grid.show_error(self._labels.get(field, ""), told)

    @Slot()
    def _on_ok(self) -> None:
        self._grid.clear_errors()
        self._message.clear()
        self._message.setAccessibleDescription("")
        try:
            self.confirm()
        except RuleViolation as refusal:
            self.show_refusal(refusal)
