"""회수 재요청: on which day the courier is asked to come again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.form_dialog import FormDialog
from ets_desktop.ui.widgets.period import DateField, today_in_seoul

TITLE, DAY = "회수 재요청", "수거희망일"


class RetryDialog(FormDialog):
    """An open day leaves it to the courier."""

    #: 수거희망일 (date or None)
    confirmed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translated(TITLE), parent, labels={"day": DAY}, width=320)
        self._day = DateField(DAY)
        self.add_fields((DAY, self._day))

    def confirm(self) -> None:
        day = self._day.day()
        if day is not None and day < today_in_seoul():
            raise RuleViolation("wished_on_in_past", field="day")
        self.accept()
        self.confirmed.emit(day)
