"""실행 취소 of the last clear: what was in the form comes back to the letter."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.prompts import DISCARD
from ets_desktop.ui.screens.ticket_form.fields import TicketFields
from ets_desktop.ui.screens.ticket_form.open_form import (
    LANE,
    KeptForm,
    OpenForm,
    ShownCustomer,
    ShownOrder,
)
from ets_desktop.ui.screens.ticket_form.pressed.saving import Saving

_TAB = "ticket_form"


class Undoing(QObject):
    """An undo is told with the clear, and refuses to cover what has been written since."""

    def __init__(
        self,
        context: UiContext,
        jobs: ScreenJobs,
        form: OpenForm,
        fields: TicketFields,
        saving: Saving,
    ) -> None:
        super().__init__(form)
        self._context = context
        self._jobs = jobs
        self._form = form
        self._fields = fields
        self._saving = saving

    def undo(self, *, always: bool = False) -> Callable[[], object] | None:
        """Brings back what is in the form now, if it goes unsaved; with `always` also what is
        stored or was only picked."""
        answer = self._saving.answer
        if self._form.is_empty or (answer != DISCARD and not (always and not answer)):
            return None
        return partial(self._bring_back, self._form.keep())

    def _bring_back(self, kept: KeptForm) -> None:
        desk = self._context.desk
        if self._jobs.is_writing:
            again = partial(self._bring_back, kept)
            desk.say(self.tr("저장하는 중입니다. 잠시 뒤 다시 하십시오."), again)
        elif self._form.has_unsaved:
            again = partial(self._bring_back, kept)
            desk.say(self.tr("새로 쓰는 내용이 있어 되돌리지 않았습니다."), again)
        elif not self._open_what_came(kept.waiting_id):
            self._jobs.stop(LANE)
            desk.open_tab(_TAB)
            self._form.bring_back(self._as_it_is_now(kept))
            self._fields.take_focus()
            desk.say(self.tr("지운 내용을 되돌렸습니다."))

    def _open_what_came(self, save_id: UUID | None) -> bool:
        """A save that waited when its form was cleared is a ticket or a draft by now: that is
        what comes back. False while it waits, and where none did."""
        came = None if save_id is None else self._saving.sending.came_of(save_id)
        if isinstance(came, int):
            self._context.desk.load_ticket(came)
        elif came is not None:
            self._context.desk.load_draft(came)
        return came is not None

    def _as_it_is_now(self, kept: KeptForm) -> KeptForm:
        """Without the mark 전송대기 where nothing waits any more: all of it is unsaved again."""
        if kept.waiting_id is None or self._saving.sending.is_waiting(kept.waiting_id):
            return kept
        return replace(kept, waiting_id=None, before=kept.before_waiting)

    # The ✕ buttons

    @Slot()
    def clear_customer(self) -> None:
        form = self._form
        form.touch_call()
        back = partial(self._put_customer, form.client_id, form.customer, form.new_customer_name)
        form.set_customer(None)
        self._context.desk.say(self.tr("고객을 지웠습니다."), back)

    @Slot()
    def clear_order(self) -> None:
        back = partial(self._put_order, self._form.client_id, self._form.order, None)
        self._form.set_order(None)
        self._context.desk.say(self.tr("주문번호를 지웠습니다."), back)

    @Slot()
    def clear_line(self) -> None:
        """The order stays, the ticket is about all of it again."""
        order = self._form.order
        if order is None:
            return
        whole = ShownOrder(order.order_id, order.channel_order_no, order.order_no)
        back = partial(self._put_order, self._form.client_id, order, order.order_id)
        self._form.set_order(whole)
        self._context.desk.say(self.tr("상품번호를 지웠습니다."), back)

    def _put_customer(self, client_id: UUID, customer: ShownCustomer | None, name: str) -> None:
        form = self._form
        taken = form.customer_id is not None or form.new_customer_name
        if form.client_id != client_id or form.is_closed or taken:
            self._refuse()
        elif customer is not None:
            form.set_customer(customer)
        else:
            form.set_new_name(name)
            self._context.desk.top_bar.set_customer_name(name)

    def _put_order(
        self, client_id: UUID, order: ShownOrder | None, order_id_left: int | None
    ) -> None:
        form = self._form
        replaced = form.order_id != order_id_left or form.line_id is not None
        if form.client_id != client_id or form.is_closed or replaced:
            self._refuse()
        else:
            form.set_order(order)

    def _refuse(self) -> None:
        self._context.desk.say(self.tr("그 뒤에 다른 내용을 넣어 되돌리지 않았습니다."))
