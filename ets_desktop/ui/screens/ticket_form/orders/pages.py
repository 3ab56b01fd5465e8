"""고객주문내역 and 주문 상세: what the customer in the form has ordered."""

from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.paging import Page
from ets_desktop.queries.orders import (
    ALL_ORDERS,
    ChannelRow,
    CustomerOrders,
    OrderDetail,
    OrderLineRow,
    OrderRow,
    orders_of_customer,
    sales_channels,
)
from ets_desktop.queries.reading import read_at
from ets_desktop.ui.cards import OrderChoice
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import moment_text, money_text
from ets_desktop.ui.labels import ORDER_STATUSES, error_text, word
from ets_desktop.ui.order_view import OrderView
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.screens.pickup_request.requesting import PickupRequests
from ets_desktop.ui.screens.ticket_form.looking import look_at_order
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import CENTER, RIGHT, Column
from ets_desktop.ui.ticket_columns import Now
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import TextField, label_for

ORDERS = "고객주문내역"
DETAIL = "주문 상세"

#: 기간: days back from today; "" is no limit.
PERIODS = {"": "전체", "7": "1주", "31": "1개월", "92": "3개월", "366": "1년"}
ANY = {"": "전체"}

ORDER_COLUMNS: tuple[Column[OrderRow], ...] = (
    Column("주문일시", lambda row: moment_text(row.ordered_at), 19),
    Column("판매처", lambda row: row.channel, 11, least=8),
    Column("주문번호", lambda row: row.channel_order_no, 19, tip=lambda row: row.order_no),
    Column("상품", lambda row: row.product, 26, least=12),
    Column("수량", lambda row: str(row.quantity), 5, RIGHT, least=4),
    Column("금액", lambda row: money_text(row.amount), 10, RIGHT, least=8),
    Column("주문상태", lambda row: word(ORDER_STATUSES, row.order_status), 8, CENTER),
)

Asked = tuple[int, CustomerOrders]


def orders_asked(
    session: Any, asked: Asked, after: tuple[object, ...] | None, size: int
) -> Page[OrderRow]:
    """A page of one customer's orders under the conditions above the list."""
    customer_id, conditions = asked
    return orders_of_customer(session, customer_id, conditions, after, size)


def _look_now(session: Any, order_id: int) -> tuple[OrderDetail, datetime]:
    """The order in the form, and the database's time before it was read."""
    as_of = read_at(session)
    return look_at_order(session, order_id), as_of


def _order_key(row: OrderRow) -> int:
    return row.line_id


class OrdersPage(QWidget):
    """Filled as soon as the customer is known; 기간, 판매처 and 상품 refine with 조회."""

    #: OrderRow
    order_chosen = Signal(object)

    def __init__(self, context: UiContext, now: Now) -> None:
        super().__init__()
        self._now = now
        self._customer_id: int | None = None
        self._period = CodeChoice("기간", PERIODS)
        self._channel = CodeChoice("판매처", ANY)
        self._product = TextField("상품", maximum=100)
        self._ask = QPushButton(self.tr("조회"))
        self._ask.setToolTip(self.tr("조회 (Enter)"))
        self.list: TablePanel[OrderRow] = TablePanel(
            ORDERS, ORDER_COLUMNS, _order_key, state=context.state
        )
        self._jobs = context.jobs(self)
        self.rows: PagedList[OrderRow] = PagedList(self._jobs, self.list, orders_asked, ORDERS)
        self._lay_out()
        self._ask.clicked.connect(self._on_asked)
        self._product.entered.connect(self._on_asked)
        self._product.stepped_down.connect(self.list.go_to_rows)
        self.list.row_chosen.connect(self.order_chosen)
        self._jobs.load(sales_channels, on_done=self._on_channels_read, lane="channels")

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(5)
        fields: tuple[tuple[str, QWidget, int], ...] = (
            ("기간", self._period, 0),
            ("판매처", self._channel, 1),
            ("상품", self._product, 2),
        )
        for label, field, stretch in fields:
            line.addWidget(label_for(label, field))
            line.addWidget(field, stretch)
        self._ask.setAutoDefault(False)
        line.addWidget(self._ask)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(5)
        whole.addLayout(line)
        whole.addWidget(self.list, 1)

    def show_customer(self, customer_id: int | None) -> None:
        """All orders of this customer; the conditions of the last one are gone."""
        if customer_id == self._customer_id:
            return
        self._customer_id = customer_id
        self._period.set_code("")
        self._channel.set_code("")
        self._product.clear()
        self.rows.show_key(None if customer_id is None else (customer_id, ALL_ORDERS))

    def _conditions(self) -> CustomerOrders:
        days = self._period.code()
        since: date | None = None
        if days:
            since = seoul_date(self._now()) - timedelta(days=int(days))
        return CustomerOrders(since, None, self._channel.code(), self._product.text().strip())

    @Slot()
    def _on_asked(self) -> None:
        if self._customer_id is not None:
            self.rows.ask((self._customer_id, self._conditions()))

    def _on_channels_read(self, channels: tuple[ChannelRow, ...]) -> None:
        for channel in channels:
            self._channel.addItem(channel.name, channel.code)


class OrderPage(QWidget):
    """주문 상세 of the order in the form; 선택 on a line puts the product into the form, and
    택배회수요청 begins with the current line of whichever order is shown."""

    #: OrderLineRow of the order in the form
    line_chosen = Signal(object)
    #: OrderChoice of an order that is only looked at
    other_chosen = Signal(object)
    #: OrderDetail, for whoever shows its number
    order_read = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._order_id: int | None = None
        self._own = True
        self.view = OrderView(context.state)
        self._pickups = PickupRequests(context, self)
        self.pickup = QPushButton(self.tr("택배회수요청"))
        self.pickup.setAutoDefault(False)
        self.pickup.setEnabled(False)
        self.view.lines.add_tool(self.pickup)
        self._jobs = context.jobs(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)
        self.view.line_chosen.connect(self._on_line_chosen)
        self.pickup.clicked.connect(self._on_pickup_clicked)

    def show_order(self, order_id: int | None) -> None:
        """Read the order, also while the page is behind: the form shows its number."""
        self._own = True
        self._show(order_id)

    def look_at(self, order_id: int) -> None:
        """Show an order that is not in the form (or is), until the form changes."""
        self._own = self._own and order_id == self._order_id
        self._show(order_id)

    def _show(self, order_id: int | None) -> None:
        if order_id == self._order_id:
            return
        self._order_id = order_id
        self.pickup.setEnabled(order_id is not None)
        if order_id is None:
            self.view.show_order(None)
            self._jobs.stop("order")
        else:
            self.view.show_reading()
            self._read()

    def _read(self) -> None:
        if self._order_id is not None:
            self._jobs.load(
                _look_now,
                self._order_id,
                on_done=self._on_read,
                on_error=self._on_failed,
                lane="order",
            )

    def _on_read(self, answer: tuple[OrderDetail, datetime]) -> None:
        order, as_of = answer
        if order.order_id == self._order_id:
            self.view.show_order(order, as_of)
            self.order_read.emit(order)

    def _on_failed(self, error: EtsError) -> None:
        self.view.show_failure(error_text(error))

    @Slot()
    def _on_pickup_clicked(self) -> None:
        if self._order_id is not None:
            line = self.view.lines.current_row()
            self._pickups.request(self._order_id, None if line is None else line.line_id)

    @Slot(object)
    def _on_line_chosen(self, line: OrderLineRow) -> None:
        if self._own:
            self.line_chosen.emit(line)
        elif self._order_id is not None:
            self.other_chosen.emit(OrderChoice(self._order_id, line.line_id))
