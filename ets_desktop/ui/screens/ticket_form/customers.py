"""The customer of the form: found, chosen, registered, changed; the top bar shows who it is."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.customers import CustomerForm
from ets_desktop.domain.errors import EtsError, RuleViolation, StaleData
from ets_desktop.domain.phone import NumberKind
from ets_desktop.domain.topics import EVERYTHING, Done, Topic, customer_topic
from ets_desktop.queries.customers import CustomerDetail, CustomerRow, customer_detail
from ets_desktop.services.customers import (
    AddPhone,
    RegisterCustomer,
    UpdateCustomer,
    add_phone,
    register_customer,
    update_customer,
)
from ets_desktop.ui.cards import CustomerCard
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.labels import error_text, with_particle
from ets_desktop.ui.prompts import CANCEL, CREATE, DISCARD, SAVE, UNSAVED
from ets_desktop.ui.screens.ticket_form.customer_chooser import CustomerChooser
from ets_desktop.ui.screens.ticket_form.customer_page import CustomerPage, form_of, renamed
from ets_desktop.ui.screens.ticket_form.looking import look_at_customer, look_for_customers
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm, ShownCustomer


def change_customer(session: Any, command: UpdateCustomer, numbers: tuple[str, ...]) -> Done[int]:
    """고객저장 with further numbers, in one transaction; the value is the customer's id."""
    touched = update_customer(session, command).touched
    for number in numbers:
        add = AddPhone(command.actor_id, command.customer_id, number)
        touched |= add_phone(session, add).touched
    return Done(command.customer_id, touched)


#: The tab of the form (registry.SCREENS).
FORM = "ticket_form"


class Customers(QObject):
    """Between the top bar, the page 고객상세, the chooser and the form."""

    #: somebody known only from this order (its id) was chosen as the caller
    orderer_chosen = Signal(int)

    def __init__(
        self,
        context: UiContext,
        jobs: ScreenJobs,
        form: OpenForm,
        page: CustomerPage,
        window: QWidget,
    ) -> None:
        super().__init__(form)
        self._context = context
        self._jobs = jobs
        self._form = form
        self._page = page
        self._window = window
        self._bar = context.desk.top_bar
        self._chooser: CustomerChooser | None = None
        self._read_for: int | None = None
        self._then: Callable[[], object] | None = None
        self._page_form: UUID | None = None
        self._wire()
        self._show()

    def _wire(self) -> None:
        self._bar.customer_searched.connect(self._on_searched)
        self._bar.customer_name_edited.connect(self._on_name_edited)
        self._bar.new_customer_requested.connect(self.begin_new)
        self._bar.save_customer_requested.connect(self.save)
        self._page.save_requested.connect(self._on_page_save_requested)
        self._page.new_requested.connect(self._on_page_new_requested)
        self._page.editing_ended.connect(self._on_editing_ended)
        self._form.replaced.connect(self._on_form_replaced)
        self._form.customer_changed.connect(self._show)
        self._context.changes.subscribe(self, ("customer/",), self._on_touched)

    @property
    def chooser(self) -> CustomerChooser | None:
        """고객 선택 while it is open."""
        return self._chooser

    # Showing the customer of the form

    @Slot()
    def _on_editing_ended(self) -> None:
        """The form may hold somebody else by now."""
        if self._read_for is not None:
            self._read(customer_detail)
        else:
            self._page.show_customer(None)

    @Slot()
    def _on_form_replaced(self) -> None:
        self._close_chooser()
        self._jobs.stop("find")
        self._read_for = None
        self._show()

    @Slot()
    def _show(self) -> None:
        customer_id = self._form.customer_id
        if customer_id == self._read_for and customer_id is not None:
            return
        self._read_for = customer_id
        if not self._page.is_editing:
            self._page.show_customer(None)
        self._bar.show_customer(None)
        if customer_id is None:
            self._jobs.stop("customer")
            self._bar.set_customer_name(self._form.new_customer_name)
            self._allow_saving()
            return
        known = self._form.customer
        self._bar.set_customer_name(known.name if known is not None else "")
        self._read(look_at_customer)

    def _read(self, query: Any) -> None:
        self._jobs.load(query, self._read_for, on_done=self._on_read, lane="customer")

    def _on_read(self, detail: CustomerDetail) -> None:
        if detail.customer_id != self._form.customer_id:
            return
        if self._page.is_editing:
            self._page.renew(detail)
        else:
            self._page.show_customer(detail)
        renaming = self._is_renaming
        mobiles = [row.digits for row in detail.phones if row.kind == NumberKind.MOBILE]
        number = next(iter([*mobiles, *(row.digits for row in detail.phones)]), "")
        self._form.name_customer(
            ShownCustomer(detail.customer_id, detail.name, detail.customer_no, number)
        )
        self._show_in_bar(detail, renaming=renaming)

    def _show_in_bar(self, detail: CustomerDetail, *, renaming: bool) -> None:
        """A search or a name that is being typed stays."""
        reason = detail.flagged_reason if detail.flagged else ""
        number, name = detail.customer_no, detail.name
        grade, total = detail.grade, detail.total_tickets
        self._bar.show_standing(
            CustomerCard(detail.customer_id, number, name, grade, reason, total)
        )
        if not self._bar.customer_search:
            self._bar.set_customer_search(number)
        if not renaming:
            self._bar.set_customer_name(name)
        self._allow_saving()

    @property
    def is_typing(self) -> bool:
        """Something is being typed in the top bar that a call must not sweep away."""
        known = self._form.customer_id is not None
        return not known and bool(self._bar.customer_search or self._bar.customer_name)

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        """Changed on this desk or another."""
        customer_id = self._form.customer_id
        if customer_id is None:
            return
        if EVERYTHING in topics or customer_topic(customer_id) in topics:
            self._read(customer_detail)

    # Finding

    @Slot(str)
    def _on_searched(self, typed: str) -> None:
        self._jobs.load(
            look_for_customers,
            typed,
            on_done=partial(self._on_found, typed),
            on_error=self._context.desk.tell,
            lane="find",
        )

    def _on_found(self, typed: str, rows: tuple[CustomerRow, ...]) -> None:
        if not rows:
            self._context.desk.say(
                self.tr(
                    "‘{typed}’에 맞는 고객이 없습니다. 신규고객으로 등록할 수 있습니다."
                ).format(typed=typed)
            )
        elif len(rows) == 1:
            self.take(rows[0])
        else:
            told = self.tr("‘{typed}’ 고객 {count}명").format(typed=typed, count=len(rows))
            self.choose_from(rows, told)

    def choose_from(self, rows: Sequence[CustomerRow], message: str) -> None:
        """고객 선택, as the answer to something the user did."""
        self._come_forward()
        self._close_chooser()
        chooser = CustomerChooser(rows, message, self._context.state, self._window)
        chooser.row_chosen.connect(self.take)
        chooser.new_customer_wanted.connect(self.begin_new)
        chooser.finished.connect(self._on_chooser_finished)
        self._chooser = chooser
        chooser.open()

    @Slot()
    def _on_chooser_finished(self) -> None:
        if self._chooser is not None:
            self._chooser.deleteLater()
        self._chooser = None

    def _close_chooser(self) -> None:
        if self._chooser is not None:
            self._chooser.reject()

    @Slot(object)
    def take(self, row: CustomerRow) -> None:
        """This customer belongs to the form now; a caller known from an order brings that order.

        A closed ticket keeps its customer: a new form begins.
        """
        self._come_forward()
        if row.customer_id is None:
            if row.order_id is not None:
                self.orderer_chosen.emit(row.order_id)
            return
        before = self._form.customer
        self._form.set_customer(
            ShownCustomer(row.customer_id, row.name, row.customer_no, row.phone)
        )
        if before is not None and before.customer_id != row.customer_id:
            told = self.tr("고객을 바꾸었습니다: {before} → {now}")
            self._context.desk.say(
                told.format(before=before.name, now=row.name),
                partial(self._form.set_customer, before),
            )

    def _come_forward(self) -> None:
        """The user works with the form: it is in sight, it is no closed one, its call stays."""
        self._context.desk.open_tab(FORM)
        if self._form.is_closed:
            self._form.clear()
        self._form.touch_call()

    def take_id(self, customer_id: int) -> None:
        """The customer whom another screen, an order or a registration names."""
        if customer_id != self._form.customer_id:
            self._form.set_customer(ShownCustomer(customer_id, ""))

    # Leaving

    def settle(self, then: Callable[[], object]) -> None:
        """Call `then` once no customer is left half made or half changed (spec 20, leaving)."""
        if self._page.is_editing:
            first = CREATE if self._page.is_new else SAVE
            go_on: Callable[[], object] = self._page.ask_to_save
        elif self._is_renaming or self._form.has_only_a_name:
            first = SAVE if self._is_renaming else CREATE
            go_on = self.save
        else:
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
        if self._page.is_editing:
            self._page.give_up()
        self._form.set_new_name("")
        customer = self._form.customer
        self._bar.set_customer_name(customer.name if customer is not None else "")
        self._allow_saving()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    # Registering and changing

    @Slot()
    def begin_new(self) -> None:
        """신규고객: the name is typed in the top bar, the number is the caller's."""
        self._come_forward()
        if self._form.customer_id is not None:
            self._form.set_customer(None)
        self._bar.focus_customer_name()
        self._allow_saving()

    @Slot(str)
    def _on_name_edited(self, name: str) -> None:
        if self._form.customer_id is None:
            self._form.touch_call()
            self._form.set_new_name(" ".join(name.split()))
        self._allow_saving()

    @property
    def _is_renaming(self) -> bool:
        customer = self._form.customer
        named = self._bar.customer_name
        return customer is not None and bool(customer.name) and named != customer.name

    def _allow_saving(self) -> None:
        known = self._form.customer_id is not None
        can_save = self._is_renaming if known else bool(self._bar.customer_name)
        self._bar.allow_customer_actions(save=can_save, detail=True)

    @Slot()
    def save(self) -> None:
        """고객저장: registers what was typed, or renames the customer in the form."""
        detail = self._page.detail
        if self._form.customer_id is None:
            numbers = (self._form.number,) if self._form.number else ()
            self._register(CustomerForm(self._bar.customer_name), numbers)
        elif detail is not None:
            self._change(detail, renamed(form_of(detail), self._bar.customer_name), ())

    @Slot(object, object)
    def _on_page_save_requested(self, written: CustomerForm, numbers: tuple[str, ...]) -> None:
        detail = self._page.detail
        if self._page.is_new or detail is None:
            self._register(written, numbers)
        else:
            self._change(detail, written, numbers)

    @Slot()
    def _on_page_new_requested(self) -> None:
        number = self._form.number if self._form.customer_id is None else ""
        self._page_form = self._form.client_id
        self._page.begin_new(self._form.new_customer_name, number)

    def _register(self, written: CustomerForm, numbers: tuple[str, ...]) -> None:
        command = RegisterCustomer(self._context.agent.agent_id, written, numbers)
        self._start(register_customer, command, on_done=self._on_registered)

    def _change(
        self, detail: CustomerDetail, written: CustomerForm, numbers: tuple[str, ...]
    ) -> None:
        command = UpdateCustomer(
            self._context.agent.agent_id,
            detail.customer_id,
            detail.version,
            form_of(detail),
            written,
        )
        self._start(change_customer, command, numbers, on_done=self._on_changed)

    def _start(self, service: Any, *args: Any, on_done: Any) -> None:
        started = self._jobs.save(service, *args, on_done=on_done, on_error=self._on_refused)
        if not started:
            self._context.desk.say(self.tr("저장하는 중입니다. 잠시 뒤 다시 하십시오."))

    def _on_registered(self, done: Done[int]) -> None:
        of_page = self._page.is_editing and self._page.is_new
        if self._page.is_editing:
            self._page.give_up()
        if not of_page or self._page_form == self._form.client_id:
            self.take_id(done.value)
        self._context.desk.say(self.tr("고객을 등록했습니다."))
        self._go_on()

    def _on_changed(self, _done: Done[int]) -> None:
        self._page.give_up()
        self._context.desk.say(self.tr("고객 정보를 저장했습니다."))
        self._go_on()

    def _on_refused(self, error: EtsError) -> None:
        self._then = None
        if isinstance(error, StaleData):
            self._tell_conflict(error)
            return
        field = error.field if isinstance(error, RuleViolation) else None
        shown = field is not None and self._page.isVisible()
        if not shown or not self._page.show_fault(field or "", error_text(error)):
            self._context.desk.tell(error)

    def _tell_conflict(self, error: StaleData) -> None:
        """Nothing was written and what was typed stays; the card behind it is read anew."""
        who = ", ".join(dict.fromkeys(change.changed_by for change in error.changes))
        told = self.tr("그사이 {who} 고객 정보를 바꾸었습니다. 확인한 뒤 다시 저장하십시오.")
        self._context.desk.say(told.format(who=with_particle(who or "…", "이")))
        self._read(customer_detail)
