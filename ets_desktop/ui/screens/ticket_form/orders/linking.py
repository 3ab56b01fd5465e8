"""Taking an order into the form, with the questions of spec 10: whose order is it?"""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain import phone
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Done
from ets_desktop.queries.orders import OrderDetail, OrderLineRow, OrderRow, order_detail
from ets_desktop.services.customers import (
    LinkOrder,
    RegisterOrderer,
    link_order_to_customer,
    register_orderer,
)
from ets_desktop.ui.cards import OrderChoice
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.labels import filled
from ets_desktop.ui.prompts import YES
from ets_desktop.ui.screens.ticket_form.customer.choosing import Customers
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm, ShownOrder

LINK, REGISTER, CHANGE = "주문 연결", "고객 등록", "고객 변경"
LANE = "take_order"


class OrderLinking(QObject):
    """An order is never given to another customer, nor the form's customer replaced, unasked.

    An order that waits in the form for its customer is tied by 고객저장, or with the ticket.
    """

    def __init__(
        self, context: UiContext, jobs: ScreenJobs, form: OpenForm, customers: Customers
    ) -> None:
        super().__init__(form)
        self._context = context
        self._jobs = jobs
        self._form = form
        self._customers = customers
        customers.orderer_chosen.connect(self._on_orderer_chosen)
        form.replaced.connect(self._on_form_replaced)

    @Slot()
    def _on_form_replaced(self) -> None:
        self._jobs.stop(LANE)

    def take_order(self, choice: OrderChoice) -> None:
        """주문 선택 and 상품 선택 of another screen: reads whose order it is, then asks.

        A closed ticket keeps its order: a new form begins.
        """
        if self._form.is_closed:
            self._form.clear()
        self._read(choice, self._ask)

    def take_own_order(self, row: OrderRow) -> None:
        """선택 in 고객주문내역: the customer is known, nothing is asked."""
        if not self._form.is_closed:
            self._read(OrderChoice(row.order_id), self._put_and_link)

    def take_line(self, line: OrderLineRow) -> None:
        """선택 in 주문상품: the ticket is about this product."""
        order = self._form.order
        if order is None or self._form.is_closed:
            return
        self._form.touch_call()
        self._form.set_order(
            replace(order, line_id=line.line_id, line_no=line.line_no, product=line.product)
        )

    def _read(self, choice: OrderChoice, go_on: Any) -> None:
        self._form.touch_call()
        self._jobs.load(order_detail, choice.order_id, on_done=partial(go_on, choice), lane=LANE)

    # The questions

    def _ask(self, choice: OrderChoice, order: OrderDetail) -> None:
        mine, newcomer = self._form.customer_id, self._form.new_customer_name
        somebody = mine is not None or bool(newcomer)
        if somebody and order.customer_id not in (None, mine):
            self._ask_to_change(choice, order)
        elif somebody or self._form.number or self._form.call is not None:
            self._ask_to_link(choice, order)
        elif order.customer_id is not None:
            self._put_and_link(choice, order)
        else:
            self._put(choice, order)
            self._ask_to_register(order)

    def _ask_to_change(self, choice: OrderChoice, order: OrderDetail) -> None:
        text = self.tr("이 주문은 {name}의 주문입니다. 고객을 바꾸시겠습니까?")
        if self._context.prompts.ask(CHANGE, text.format(name=order.customer)) == YES:
            self._put(choice, order)
            self._customers.take_id(order.customer_id or 0)

    def _ask_to_link(self, choice: OrderChoice, order: OrderDetail) -> None:
        text = self.tr("해당 주문을 {who}에 연결하시겠습니까?").format(who=self._whom())
        if self._context.prompts.ask(LINK, text) != YES:
            return
        self._put_and_link(choice, order)
        nobody = self._form.customer_id is None and not self._form.new_customer_name
        if nobody and order.customer_id is None:
            self._ask_to_register(order)

    def _ask_to_register(self, order: OrderDetail) -> None:
        text = self.tr("연결된 고객이 없습니다. 주문자 {who|을} 신규 고객으로 등록하시겠습니까?")
        asked = filled(text, {"who": order.orderer})
        if self._context.prompts.ask(REGISTER, asked) == YES:
            numbers = (self._form.number,) if self._form.number else ()
            agent_id = self._context.agent.agent_id
            command = RegisterOrderer(agent_id, order.order_id, numbers)
            choice = OrderChoice(order.order_id, self._form.line_id)
            self._start(register_orderer, command, self._on_registered, choice)

    def _whom(self) -> str:
        customer = self._form.customer
        if customer is not None and customer.name:
            return customer.name
        if self._form.new_customer_name:
            return self._form.new_customer_name
        return phone.display(self._form.number) if self._form.number else self.tr("이 통화")

    # What follows

    def _put(self, choice: OrderChoice, order: OrderDetail) -> None:
        line = next((row for row in order.lines if row.line_id == choice.order_line_id), None)
        self._form.set_order(
            ShownOrder(
                order.order_id,
                order.channel_order_no,
                order.order_no,
                line.line_id if line is not None else None,
                line.line_no if line is not None else "",
                line.product if line is not None else "",
            )
        )

    def _put_and_link(self, choice: OrderChoice, order: OrderDetail) -> None:
        self._put(choice, order)
        if order.customer_id is not None:
            if self._form.customer_id is None:
                self._customers.take_id(order.customer_id)
        elif self._form.customer_id is not None:
            agent_id = self._context.agent.agent_id
            link = LinkOrder(agent_id, order.order_id, self._form.customer_id)
            self._start(link_order_to_customer, link, self._on_linked, choice)

    def _start(self, service: Any, command: Any, on_done: Any, choice: OrderChoice) -> None:
        refused = partial(self._on_refused, choice)
        if not self._jobs.save(service, command, on_done=on_done, on_error=refused):
            self._context.desk.say(self.tr("저장하는 중입니다. 잠시 뒤 다시 하십시오."))

    def _on_refused(self, choice: OrderChoice, error: EtsError) -> None:
        """Somebody else tied the order meanwhile: ask again, with their customer."""
        if error.code == "order_of_other_customer":
            self._read(choice, self._ask)
        else:
            self._context.desk.tell(error)

    def _on_linked(self, _done: Done[None]) -> None:
        self._context.desk.say(self.tr("주문을 고객에 연결했습니다."))

    def _on_registered(self, done: Done[int]) -> None:
        self._customers.take_id(done.value)
        self._context.desk.say(self.tr("주문자를 신규 고객으로 등록했습니다."))

    @Slot(int)
    def _on_orderer_chosen(self, order_id: int) -> None:
        """A caller whom only an order names: the order comes along, then 고객 등록."""
        self._read(OrderChoice(order_id), self._put_and_register)

    def _put_and_register(self, choice: OrderChoice, order: OrderDetail) -> None:
        self._put_and_link(choice, order)
        if order.customer_id is None and self._form.customer_id is None:
            self._ask_to_register(order)
