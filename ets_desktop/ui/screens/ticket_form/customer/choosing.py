"""The customer of the form: found, chosen, named; the top bar shows who it is."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.phone import NumberKind
from ets_desktop.domain.topics import EVERYTHING, Topic, customer_topic
from ets_desktop.queries.customers import (
    FOUND_AT_MOST,
    CustomerDetail,
    CustomerRow,
    customer_detail,
)
from ets_desktop.ui.cards import CustomerCard
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.screens.ticket_form.customer.chooser import CustomerChooser
from ets_desktop.ui.screens.ticket_form.customer.page import CustomerPage
from ets_desktop.ui.screens.ticket_form.looking import look_at_customer, look_for_customers
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm, ShownCustomer
from ets_desktop.ui.screens.ticket_form.remarks import Remarks

#: The tab of the form (registry.SCREENS).
FORM = "ticket_form"


class Customers(QObject):
    """Between the top bar, the page 고객상세, the chooser and the form."""

    #: somebody known only from this order (its id) was chosen as the caller
    orderer_chosen = Signal(int)
    #: the user found somebody, who is in the form now
    taken = Signal()
    #: read again (CustomerDetail) while the card is edited
    changed_elsewhere = Signal(object)

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
        self.remarks = Remarks(context, form)
        self._chooser: CustomerChooser | None = None
        self._read_for: int | None = None
        #: the customer in the form as read last; None until then
        self.detail: CustomerDetail | None = None
        self._wire()
        self._show()

    def _wire(self) -> None:
        self._bar.customer_searched.connect(self._on_searched)
        self._bar.customer_name_edited.connect(self._on_name_edited)
        self._bar.new_customer_requested.connect(self.begin_new)
        self._page.editing_began.connect(self._allow_saving)
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
            self.read_again()
        else:
            self._page.show_customer(None)
        self._allow_saving()

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
        self.detail = None
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

    def read_again(self) -> None:
        """The customer in the form, who may have been changed."""
        self._read(customer_detail)

    def _read(self, query: Any) -> None:
        self._jobs.load(query, self._read_for, on_done=self._on_read, lane="customer")

    def _on_read(self, detail: CustomerDetail) -> None:
        if detail.customer_id != self._form.customer_id:
            return
        if detail.merged_into_id is not None:
            self._follow_merge(detail, detail.merged_into_id)
            return
        self.detail = detail
        if self._page.is_editing:
            self.changed_elsewhere.emit(detail)
        else:
            self._page.show_customer(detail)
        renaming = self.is_renaming
        mobiles = [row.digits for row in detail.phones if row.kind == NumberKind.MOBILE]
        number = next(iter([*mobiles, *(row.digits for row in detail.phones)]), "")
        self._form.name_customer(
            ShownCustomer(detail.customer_id, detail.name, detail.customer_no, number)
        )
        self._show_in_bar(detail, renaming=renaming)

    def _follow_merge(self, gone: CustomerDetail, kept_id: int) -> None:
        """Who was merged is nobody to work with; who stayed is, and what is typed stays too."""
        self._form.set_customer(ShownCustomer(kept_id, ""))
        told = self.tr("{name} ({number}) 고객은 병합되었습니다. 남은 고객을 불러왔습니다.")
        self._context.desk.say(told.format(name=gone.name, number=gone.customer_no))

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
        """Something is being typed about customers that a call must not sweep away."""
        if self._page.is_editing:
            return True
        known = self._form.customer_id is not None
        return not known and bool(self._bar.customer_search or self._bar.customer_name)

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        """Changed on this desk or another."""
        customer_id = self._form.customer_id
        if customer_id is None:
            return
        if EVERYTHING in topics or customer_topic(customer_id) in topics:
            self.read_again()

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
            self.remarks.say(
                self.tr(
                    "‘{typed}’에 맞는 고객이 없습니다. 신규고객으로 등록할 수 있습니다."
                ).format(typed=typed)
            )
        elif len(rows) == 1:
            self.take(rows[0])
        else:
            told = self.tr("‘{typed}’ 고객 {count}명")
            if len(rows) >= FOUND_AT_MOST:
                told = self.tr(
                    "‘{typed}’ 고객이 많아 {count}명만 보입니다. 더 자세히 입력하십시오."
                )
            self.choose_from(rows, told.format(typed=typed, count=len(rows)))

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
        before, newcomer = self._form.customer, self._form.new_customer_name
        self._form.set_customer(
            ShownCustomer(row.customer_id, row.name, row.customer_no, row.phone)
        )
        another = before is not None and before.customer_id != row.customer_id
        if another or newcomer:
            told = self.tr("고객을 바꾸었습니다: {before} → {now}")
            was = newcomer if before is None else before.name
            back = partial(self._change_back, self._form.client_id, before, newcomer)
            self._context.desk.say(
                told.format(before=was, now=row.name), partial(back, row.customer_id)
            )
        self.taken.emit()

    def _change_back(
        self, client_id: UUID, before: ShownCustomer | None, newcomer: str, now: int
    ) -> None:
        """Only while nothing else has come into the form."""
        if (self._form.client_id, self._form.customer_id) == (client_id, now):
            self._form.set_customer(before)
            if newcomer:
                self._form.set_new_name(newcomer)
                self._bar.set_customer_name(newcomer)
                self._allow_saving()
        else:
            self._context.desk.say(self.tr("그 뒤에 다른 내용을 넣어 되돌리지 않았습니다."))

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

    # A new one, or another name

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
    def is_renaming(self) -> bool:
        """Another name than the stored one stands in the top bar."""
        customer = self._form.customer
        named = self._bar.customer_name
        return customer is not None and bool(customer.name) and named != customer.name

    def forget_name(self) -> None:
        """버리기: the name as it is stored, or none."""
        self._form.set_new_name("")
        customer = self._form.customer
        self._bar.set_customer_name(customer.name if customer is not None else "")
        self._allow_saving()

    @property
    def is_naming(self) -> bool:
        """고객저장 has a name of the top bar to save."""
        known = self._form.customer_id is not None
        return self.is_renaming if known else bool(self._bar.customer_name)

    @Slot()
    def _allow_saving(self) -> None:
        can_save = self.is_naming or self._page.is_editing
        self._bar.allow_customer_actions(save=can_save, detail=True)
