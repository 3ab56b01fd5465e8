"""고객저장, 고객상세 and what is asked when a customer is left unsaved."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.customers import CustomerForm, newcomer_id
from ets_desktop.domain.errors import EtsError, RuleViolation, StaleData
from ets_desktop.domain.topics import Done
from ets_desktop.queries.customers import CustomerDetail
from ets_desktop.services.customers import (
    RegisterCustomer,
    UpdateCustomer,
    register_customer,
    update_customer,
)
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.prompts import CANCEL, CREATE, DISCARD, SAVE, UNSAVED
from ets_desktop.ui.screens.ticket_form.customer.choosing import Customers
from ets_desktop.ui.screens.ticket_form.customer.merging import CustomerMerging
from ets_desktop.ui.screens.ticket_form.customer.news import Clash, CustomerNews
from ets_desktop.ui.screens.ticket_form.customer.page import CustomerPage, WrittenCard, renamed
from ets_desktop.ui.screens.ticket_form.customer.words import form_of
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm


def change_customer(session: Any, command: UpdateCustomer) -> Done[int]:
    """고객저장; the value is the customer's id."""
    return Done(command.customer_id, update_customer(session, command).touched)


class Registering(QObject):
    """Writes customers: those named in the top bar and those on the page 고객상세."""

    def __init__(
        self,
        context: UiContext,
        jobs: ScreenJobs,
        form: OpenForm,
        page: CustomerPage,
        customers: Customers,
    ) -> None:
        super().__init__(form)
        self._context = context
        self._jobs = jobs
        self._form = form
        self._page = page
        self._customers = customers
        self._then: Callable[[], object] | None = None
        self._page_form: UUID | None = None
        #: whether the save under way is of the page, and what it was if it changes a customer
        self._of_page = False
        self._sent: UpdateCustomer | None = None
        self.news = CustomerNews(context, jobs, page, page)
        self.merging = CustomerMerging(context, jobs, page, page)
        context.desk.top_bar.save_customer_requested.connect(self.save)
        page.save_requested.connect(self._on_page_save_requested)
        page.new_requested.connect(self._on_page_new_requested)
        page.editing_began.connect(self._on_editing_began)
        customers.changed_elsewhere.connect(self.news.tell)

    # Leaving

    def settle(self, then: Callable[[], object]) -> None:
        """Call `then` once no customer is left half made or half changed (spec 20, leaving)."""
        if self._page.has_changes:
            first = CREATE if self._page.is_new else SAVE
            go_on: Callable[[], object] = self._page.ask_to_save
        elif self._customers.is_renaming or self._form.has_only_a_name:
            first = SAVE if self._customers.is_renaming else CREATE
            go_on = self.save
        else:
            # The name of a newcomer goes the way of the form's other text.
            self._close_page()
            then()
            return
        text = self.tr("고객 정보를 저장하지 않았습니다.")
        answer = self._context.prompts.ask(UNSAVED, text, (first, DISCARD, CANCEL))
        if answer == first:
            self._then = then
            go_on()
        elif answer == DISCARD:
            self._forget()
            then()

    def _forget(self) -> None:
        self._close_page()
        self._customers.forget_name()

    def _close_page(self) -> None:
        if self._page.is_editing:
            self._page.give_up()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    # Registering and changing

    @Slot()
    def save(self) -> None:
        """고객저장: the card under edit, or what was typed above: a new customer, another name."""
        of_form = self._page.is_new and self._page_form == self._form.client_id
        if self._page.is_editing and (of_form or not self._customers.is_naming):
            self._page.ask_to_save()
            return
        name, detail = self._context.desk.top_bar.customer_name, self._customers.detail
        self._of_page = False
        if self._form.customer_id is None:
            self._register(
                RegisterCustomer(
                    self._context.agent.agent_id,
                    CustomerForm(name),
                    (self._form.number,) if self._form.number else (),
                    self._form.order_id,
                    newcomer_id(self._form.client_id, name),
                )
            )
        elif detail is not None:
            self._change(self._command(detail, renamed(form_of(detail), name)))

    @Slot(object)
    def _on_page_save_requested(self, card: WrittenCard) -> None:
        detail = self._page.detail
        self._of_page = True
        if self._page.is_new or detail is None:
            self._register(
                RegisterCustomer(
                    self._context.agent.agent_id,
                    card.form,
                    card.numbers,
                    self._form.order_id if self._is_of_form else None,
                    card.client_id,
                    card.addresses,
                )
            )
        else:
            self._change(
                replace(
                    self._command(detail, card.form),
                    numbers=card.numbers,
                    removed_phones=card.removed_phones,
                    addresses=card.addresses,
                    removed_addresses=card.removed_addresses,
                )
            )

    @Slot()
    def _on_page_new_requested(self) -> None:
        number = self._form.number if self._form.customer_id is None else ""
        self._page_form = self._form.client_id
        self._page.begin_new(self._form.new_customer_name, number)

    def take_up(self, form_id: UUID) -> None:
        """The new card on the page was begun in the form `form_id`."""
        self._page_form = form_id

    @Slot()
    def _on_editing_began(self) -> None:
        """Whoever calls from a number that is not on the card can be given it."""
        mine = self._page.is_new or self._customers.detail == self._page.detail
        call = self._form.call if mine else None
        self._page.phones.offer(call.number or "" if call is not None else "")

    def _register(self, command: RegisterCustomer) -> None:
        self._start(register_customer, command, on_done=self._on_registered)

    def _command(self, detail: CustomerDetail, wanted: CustomerForm) -> UpdateCustomer:
        return UpdateCustomer(
            self._context.agent.agent_id,
            detail.customer_id,
            detail.version,
            form_of(detail),
            wanted,
        )

    def _change(self, command: UpdateCustomer) -> None:
        self._sent = command
        self._start(change_customer, command, on_done=self._on_changed)

    def _start(self, service: Any, *args: Any, on_done: Any) -> None:
        started = self._jobs.save(service, *args, on_done=on_done, on_error=self._on_refused)
        if not started:
            self._context.desk.say(self.tr("저장하는 중입니다. 잠시 뒤 다시 하십시오."))

    def _on_registered(self, done: Done[int]) -> None:
        of_form = self._is_of_form
        if self._of_page and self._page.is_editing:
            self._page.give_up()
        if of_form:
            self._customers.take_id(done.value)
        if not self._of_page:
            # Named above, in the way of a call: the typing goes on in the form.
            self._customers.taken.emit()
        self._context.desk.say(self.tr("고객을 등록했습니다."))
        self._go_on()

    def _on_changed(self, done: Done[int]) -> None:
        if self._of_page and self._page.is_editing and self._is_of_page(done.value):
            self._page.give_up()
        self._context.desk.say(self.tr("고객 정보를 저장했습니다."))
        self._go_on()

    @property
    def _is_of_form(self) -> bool:
        """Who is being registered belongs to the form: named in the top bar, or on the page since
        this form is open."""
        return not self._of_page or self._page_form == self._form.client_id

    def _is_of_page(self, customer_id: int) -> bool:
        return self._page.detail is not None and self._page.detail.customer_id == customer_id

    def _on_refused(self, error: EtsError) -> None:
        self._then = None
        sent, self._sent = self._sent, None
        if isinstance(error, StaleData) and sent is not None:
            settled = self.news.save_on_top if self._of_page else self._on_bar_settled
            self.news.meet(Clash(sent.customer_id, sent.loaded, sent.form, settled, error.changes))
            return
        field = error.field if isinstance(error, RuleViolation) else None
        if field == "name" and not self._of_page:
            self._context.desk.top_bar.show_name_error(error_text(error))
            return
        shown = field is not None and self._of_page and self._page.isVisible()
        if not shown or not self._page.show_fault(field or "", error_text(error)):
            self._context.desk.tell(error)

    def _on_bar_settled(self, detail: CustomerDetail, form: CustomerForm) -> None:
        if detail.customer_id == self._form.customer_id:
            self._of_page = False
            self._change(self._command(detail, form))
