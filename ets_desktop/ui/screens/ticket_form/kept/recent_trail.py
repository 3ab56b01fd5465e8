"""Remembers whom and what the form was about, for 최근 고객 and 최근 주문."""

from PySide6.QtCore import QObject, Slot

from ets_desktop.ui.context import UiContext
from ets_desktop.ui.recent import CUSTOMERS, ORDERS, RecentIds
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm


class RecentTrail(QObject):
    """Every customer and order that comes into the form is noted, by id."""

    def __init__(self, context: UiContext, form: OpenForm) -> None:
        super().__init__(form)
        self._form = form
        self._ids = RecentIds(context.state, context.agent.login)
        for signal in (form.replaced, form.customer_changed, form.order_changed):
            signal.connect(self._note)

    @Slot()
    def _note(self) -> None:
        if self._form.customer_id is not None:
            self._ids.note(CUSTOMERS, self._form.customer_id)
        if self._form.order_id is not None:
            self._ids.note(ORDERS, self._form.order_id)
