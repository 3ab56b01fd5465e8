"""The right side of CS접수정보 등록: what is known around the ticket in the form."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from ets_desktop.domain.phone import digits_of
from ets_desktop.domain.topics import (
    ARS,
    EVERYTHING,
    Topic,
    customer_topic,
    order_topic,
    ticket_topic,
)
from ets_desktop.queries.journey.rows import JourneyRow, Whose
from ets_desktop.queries.orders import OrderDetail
from ets_desktop.queries.tickets import TicketRow
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.language import translated
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.screens.ticket_form.around.contact_page import TITLE as CONTACTS
from ets_desktop.ui.screens.ticket_form.around.contact_page import ContactPage
from ets_desktop.ui.screens.ticket_form.around.history_page import TITLE as HISTORY
from ets_desktop.ui.screens.ticket_form.around.history_page import HistoryPage
from ets_desktop.ui.screens.ticket_form.around.journey_page import TITLE as JOURNEY
from ets_desktop.ui.screens.ticket_form.around.journey_page import JourneyPage
from ets_desktop.ui.screens.ticket_form.around.ticket_pages import (
    OF_CUSTOMER,
    OF_LINE,
    OF_ORDER,
    TicketPage,
)
from ets_desktop.ui.screens.ticket_form.customer.page import TITLE as CUSTOMER
from ets_desktop.ui.screens.ticket_form.customer.page import CustomerPage
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm, ShownOrder
from ets_desktop.ui.screens.ticket_form.orders.pages import DETAIL, ORDERS, OrderPage, OrdersPage
from ets_desktop.ui.shortcuts import FORM as KEYS_IN
from ets_desktop.ui.shortcuts import ActionEntry, Actions, key_text
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.ticket_columns import Now
from ets_desktop.ui.widgets.counted_tabs import CountedTabs

NAME = "접수 관련 정보"


class FormPages(CountedTabs):
    """Each page reads while it is in front; a page behind reads when it comes there."""

    #: ticket id, and whether it was chosen among the tickets of the customer in the form
    ticket_chosen = Signal(int, bool)

    def __init__(self, context: UiContext, form: OpenForm, now: Now) -> None:
        super().__init__(NAME)
        self._context = context
        self._form = form
        self._own_ticket: int | None = None
        self.orders = OrdersPage(context, now)
        self.order = OrderPage(context)
        self.customer = CustomerPage(context.state)
        self.of_customer = TicketPage(context, OF_CUSTOMER, now)
        self.of_order = TicketPage(context, OF_ORDER, now)
        self.of_line = TicketPage(context, OF_LINE, now)
        self.contacts = ContactPage(context)
        self.journey = JourneyPage(context)
        self.history = HistoryPage(context)
        for title, page in (
            (ORDERS, self.orders),
            (DETAIL, self.order),
            (OF_CUSTOMER, self.of_customer),
            (OF_ORDER, self.of_order),
            (OF_LINE, self.of_line),
            (CONTACTS, self.contacts),
            (JOURNEY, self.journey),
            (CUSTOMER, self.customer),
            (HISTORY, self.history),
        ):
            self.add_page(title, page)
        self._wire()

    def _wire(self) -> None:
        self.customer.contacts_requested.connect(self._on_contacts_requested)
        self.currentChanged.connect(self._on_page_changed)
        self.of_customer.row_chosen.connect(self._on_own_ticket_chosen)
        self.of_customer.rows.shown.connect(self._on_own_tickets_shown)
        self.of_order.row_chosen.connect(self._on_ticket_chosen)
        self.of_line.row_chosen.connect(self._on_ticket_chosen)
        self.contacts.row_chosen.connect(self._on_event_chosen)
        self.journey.row_chosen.connect(self._on_event_chosen)
        self.order.order_read.connect(self._on_order_read)
        self._form.customer_changed.connect(self._on_customer_changed)
        self._form.order_changed.connect(self._on_order_changed)
        self._form.replaced.connect(self.follow_form)
        self._form.status_changed.connect(self.follow_form)
        self.contacts.ars.order_chosen.connect(self._on_order_looked_at)
        wishes = ("ticket/", "customer/", "order/", "calls/", ARS)
        self._context.changes.subscribe(self, wishes, self._on_touched)

    def bind_keys(self, actions: Actions, screen: QWidget) -> None:
        """Ctrl+1, Ctrl+2 … bring the pages to the front, in their order."""
        self.customer.bind_keys(actions)
        for number, title in enumerate(self.titles, start=1):
            entry = ActionEntry(f"page_{number}", title, f"Ctrl+{number}", KEYS_IN)
            actions.add(entry)
            actions.bind(entry.id, screen, partial(self.bring_forward, title))
            self.setTabToolTip(number - 1, f"{translated(title)} ({key_text(entry.key)})")

    def bring_forward(self, title: str) -> None:
        """By key: the page and its list, or its first control where it has none."""
        self.open_page(title)
        page = self.currentWidget()
        rows = self.orders.list if page is self.orders else page
        if isinstance(rows, TablePanel):
            rows.go_to_rows()
            rows.table.setFocus()
        else:
            page.setFocus()
            page.focusNextChild()

    def follow_form(self) -> None:
        """Show what belongs to the customer, the order, the product and the ticket in the form."""
        self.orders.show_customer(self._form.customer_id)
        self.order.show_order(self._form.order_id)
        self.of_customer.rows.show_key(self._form.customer_id)
        self.of_order.rows.show_key(self._form.order_id)
        self.of_line.rows.show_key(self._form.line_id)
        self.history.rows.show_key(self._form.ticket_id)
        whose = self._whose()
        self.contacts.show_whose(whose)
        self.journey.show_whose(whose)

    def _whose(self) -> Whose | None:
        """The customer in the form; without one, the number that called."""
        if self._form.customer_id is not None:
            return Whose(self._form.customer_id)
        number = digits_of(self._form.number)
        return None if number is None else Whose(None, number)

    @Slot()
    def _on_contacts_requested(self) -> None:
        self.open_page(CONTACTS)

    def show_own_ticket(self, ticket_id: int) -> None:
        """고객접수내역 with this ticket as the current one; not under somebody's cursor."""
        self._own_ticket = ticket_id
        if not self._is_used():
            self.open_page(OF_CUSTOMER)
        self._on_own_tickets_shown()

    @Slot()
    def _on_own_tickets_shown(self) -> None:
        if self._own_ticket is not None and self.of_customer.table.select_key(self._own_ticket):
            self._own_ticket = None

    def _is_used(self) -> bool:
        return self.isAncestorOf(QApplication.focusWidget() or self)

    def refresh_clock(self) -> None:
        """A minute has gone by: 경과 and the red rule."""
        for page in (self.of_customer, self.of_order, self.of_line):
            page.model.refresh_texts()

    @Slot()
    def _on_customer_changed(self) -> None:
        """고객주문내역 comes to the front as soon as the customer is known (spec 10).

        Not under somebody's cursor: a call that comes by itself moves no focus.
        """
        self.follow_form()
        known = self._form.customer_id is not None and self._form.order_id is None
        if known and not self._is_used():
            self.open_page(ORDERS)

    @Slot()
    def _on_order_changed(self) -> None:
        self.follow_form()
        if self._form.order_id is not None and self._form.line_id is None:
            self.open_page(DETAIL)

    @Slot(object)
    def _on_order_read(self, order: OrderDetail) -> None:
        """The form shows the order's numbers and its product, once they are known."""
        line = next((row for row in order.lines if row.line_id == self._form.line_id), None)
        self._form.name_order(
            ShownOrder(
                order.order_id,
                order.channel_order_no,
                order.order_no,
                line.line_id if line is not None else None,
                line.line_no if line is not None else "",
                line.product if line is not None else "",
            )
        )

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        for rows, mine in self._topics():
            if EVERYTHING in topics or topics & mine:
                rows.refresh()
        if any(topic.startswith("calls/") for topic in topics):
            for events in self._event_lists():
                events.refresh()

    def _event_lists(self) -> tuple[PagedList[JourneyRow], ...]:
        return *self.contacts.lists, self.journey.rows

    def _topics(self) -> list[tuple[PagedList[Any], set[Topic]]]:
        """The lists, and the topics whose change means that a list has changed."""
        form = self._form
        customer = {customer_topic(form.customer_id)} if form.customer_id else set()
        order = {order_topic(form.order_id)} if form.order_id else set()
        ticket = {ticket_topic(form.ticket_id)} if form.ticket_id else set()
        return [
            (self.orders.rows, customer),
            (self.of_customer.rows, customer),
            (self.of_order.rows, order),
            (self.of_line.rows, order),
            (self.history.rows, ticket),
            (self.contacts.ars.rows, customer | {ARS}),
            *((events, customer | ticket | self._told_of()) for events in self._event_lists()),
        ]

    def _told_of(self) -> set[Topic]:
        """An offer that is accepted, a callback that is made tell of their ticket alone."""
        return {ticket_topic(one) for one in self.contacts.ticket_ids() | self.journey.ticket_ids()}

    def _on_page_changed(self, _number: int) -> None:
        for rows, _ in self._topics():
            rows.load_if_visible()

    def _on_own_ticket_chosen(self, row: TicketRow) -> None:
        self.ticket_chosen.emit(row.ticket_id, True)

    def _on_ticket_chosen(self, row: TicketRow) -> None:
        self.ticket_chosen.emit(row.ticket_id, False)

    @Slot(object)
    def _on_event_chosen(self, row: JourneyRow) -> None:
        """A ticket is loaded; an order is shown, for the form keeps its own until 선택."""
        if row.ticket_id is not None:
            self.ticket_chosen.emit(row.ticket_id, True)
        elif row.order_id is not None:
            self._on_order_looked_at(row.order_id)

    @Slot(int)
    def _on_order_looked_at(self, order_id: int) -> None:
        self.order.look_at(order_id)
        self.open_page(DETAIL)
