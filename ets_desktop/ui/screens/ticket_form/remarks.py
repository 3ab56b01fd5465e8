"""What the status line says of the form as it stands; it goes once that is true no longer."""

from PySide6.QtCore import QObject, Slot

from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm


class Remarks(QObject):
    """`고객이 없습니다` ends with the next search, the next customer, the next form.

    What was done (저장했습니다) is no remark: it is said by the desk and stays.
    """

    def __init__(self, context: UiContext, form: OpenForm) -> None:
        super().__init__(form)
        self._desk = context.desk
        self._said = ""
        form.replaced.connect(self._on_outdated)
        form.customer_changed.connect(self._on_outdated)
        context.desk.top_bar.customer_searched.connect(self._on_outdated)
        context.desk.top_bar.new_customer_requested.connect(self._on_outdated)

    def say(self, message: str) -> None:
        self._said = message
        self._desk.say(message)

    @Slot()
    def _on_outdated(self) -> None:
        if self._said:
            self._desk.withdraw(self._said)
            self._said = ""
