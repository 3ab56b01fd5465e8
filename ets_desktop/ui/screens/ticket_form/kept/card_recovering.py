"""A customer's card that an earlier desk left: back to its own customer, over what stands there."""

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from ets_desktop.domain.errors import EtsError
from ets_desktop.queries.customers import CustomerDetail, customer_detail
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.ticket_form.customer.choosing import FORM, Customers
from ets_desktop.ui.screens.ticket_form.customer.page import TITLE, CustomerPage
from ets_desktop.ui.screens.ticket_form.customer.registering import Registering
from ets_desktop.ui.screens.ticket_form.customer.typing import put_typed
from ets_desktop.ui.screens.ticket_form.kept.card_journalling import CardJournalling
from ets_desktop.ui.screens.ticket_form.kept.recovery_dialog import LeftCard
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.screens.ticket_form.pressed.saving import Saving

#: What could not be loaded now is offered again.
Again = Callable[[LeftCard], object]


class CardRecovering(QObject):
    """What others changed since is told and brought together as while the card is edited."""

    def __init__(
        self,
        context: UiContext,
        form: OpenForm,
        saving: Saving,
        page: CustomerPage,
        customers: Customers,
        registering: Registering,
    ) -> None:
        super().__init__(page)
        self._context = context
        self._form = form
        self._saving = saving
        self._page = page
        self._customers = customers
        self._registering = registering
        self._jobs = context.jobs(self)
        self.journalling = CardJournalling(context, form, page)
        #: Brings 고객상세 to the front.
        self.bring_forward: Callable[[str], object] = context.desk.open_tab

    def load(self, left: LeftCard, again: Again) -> None:
        customer_id = left.entry.customer_id
        if customer_id is None:
            self._saving.clear_way(partial(self._show, left, None))
            return

        def on_failed(error: EtsError) -> None:
            self._context.desk.tell(error)
            again(left)

        on_read = partial(self._on_read, left)
        self._jobs.load(customer_detail, customer_id, on_done=on_read, on_error=on_failed)

    def _on_read(self, left: LeftCard, detail: CustomerDetail) -> None:
        if detail.merged_into_id is None:
            self._saving.clear_way(partial(self._show, left, detail))
            return
        # Not onto somebody else's card by itself; it stays in the journal.
        told = self.tr(
            "{name} ({number}) 고객은 병합되었습니다. 적던 고객 정보는 이 PC에 남습니다."
        )
        self._context.desk.say(told.format(name=detail.name, number=detail.customer_no))

    def _show(self, left: LeftCard, detail: CustomerDetail | None) -> None:
        entry = left.entry
        if detail is None:
            self._page.begin_again(None, entry.client_id)
            self._registering.take_up(entry.form_id)
        else:
            self._take_customer(detail)
            before: dict[str, Any] = asdict(entry.before)
            began = replace(detail, version=entry.version or detail.version, **before)
            self._page.begin_again(began, entry.client_id)
        put_typed(self._page, entry.typed)
        self.journalling.go_on_from(left.left_id, entry.form_id)
        self._context.desk.open_tab(FORM)
        self.bring_forward(TITLE)
        self._page.name.setFocus()
        self._context.desk.say(self.tr("적던 고객 정보를 불러왔습니다."))
        if detail is not None:
            # Whether somebody changed the customer since is told on the card.
            self._customers.read_again()

    def _take_customer(self, detail: CustomerDetail) -> None:
        if self._form.customer_id == detail.customer_id:
            return
        if not self._form.is_empty:
            self._form.clear()
        self._customers.take_id(detail.customer_id)
