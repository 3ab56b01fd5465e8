"""회수 재요청: on which day the courier is asked to come again."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.widgets.period import DateField, today_in_seoul

TITLE, DAY = "회수 재요청", "수거희망일"


class RetryDialog(QDialog):
    """An open day leaves it to the courier."""

    #: 수거희망일 (date or None)
    confirmed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translated(TITLE))
        self._day = DateField(DAY)
        self._grid = FormGrid()
        self._ok = QPushButton(self.tr("확인"))
        self._cancel = QPushButton(self.tr("취소"))
        self._grid.add_field(DAY, self._day, 0)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._ok)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.addWidget(self._grid)
        column.addLayout(buttons)
        self.setMinimumWidth(320)
        self._ok.clicked.connect(self._on_ok)
        self._cancel.clicked.connect(self.reject)

    @Slot()
    def _on_ok(self) -> None:
        day: date | None = self._day.day()
        if day is not None and day < today_in_seoul():
            self._grid.show_error(DAY, error_text(RuleViolation("wished_on_in_past")))
            return
        self.accept()
        self.confirmed.emit(day)
