"""Right of 주문목록: the order of the current row, the tickets about it, where its parcel is."""

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import EVERYTHING, Done, Topic, order_topic
from ets_desktop.queries.deliveries import DeliveryRow, delivery_of_line
from ets_desktop.queries.orders import OrderDetail, OrderLineRow, OrderRow, order_detail
from ets_desktop.queries.reading import read_at
from ets_desktop.queries.tickets import TicketRow, tickets_of_order
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.ui.cards import OrderChoice
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.order_view import OrderView
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.screens.order_search.delivery import COLUMNS, delivery_key
from ets_desktop.ui.screens.order_search.delivery import TITLE as DELIVERY
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.ticket_columns import is_red, ticket_columns, ticket_key
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.counted_tabs import CountedTabs

DETAIL, TICKETS = "주문 상세", "주문관련접수내역"


class OrderSide(QWidget):
    """People are masked until 보기, which is logged and holds for the order shown (spec 80)."""

    #: OrderChoice: 선택 on a line of 주문상품
    order_chosen = Signal(object)
    #: id of a ticket: 선택 in 주문관련접수내역
    ticket_chosen = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: OrderDetail | None = None
        self._as_of: datetime | None = None
        self._order_id: int | None = None
        #: Once something was shown, be it nothing.
        self._is_filled = False
        self._revealed = False
        self._jobs = context.jobs(self)
        self.reveal_button = QPushButton(self.tr("보기"))
        self._view = OrderView(context.state, masked=True)
        self._tickets: TablePanel[TicketRow] = TablePanel(
            TICKETS,
            ticket_columns(now_in_seoul),
            ticket_key,
            row_red=is_red(now_in_seoul),
            state=context.state,
            empty=self.tr("이 주문의 접수가 없습니다."),
        )
        self._rows = PagedList(self._jobs, self._tickets, tickets_of_order, TICKETS)
        self._delivery: TablePanel[DeliveryRow] = TablePanel(
            DELIVERY,
            COLUMNS,
            delivery_key,
            buttons=(),
            state=context.state,
            empty=self.tr("아직 발송하지 않았습니다."),
        )
        self._parcels = PagedList(self._jobs, self._delivery, delivery_of_line, DELIVERY)
        self._tabs = CountedTabs(self.tr("주문 정보"), self)
        self._lay_out()
        self._wire(context)
        self.show_row(None)

    def _lay_out(self) -> None:
        self.reveal_button.setAutoDefault(False)
        self._tabs.add_page(DETAIL, self._view)
        self._tabs.add_page(TICKETS, self._tickets)
        self._tabs.add_page(DELIVERY, self._delivery)
        self._tabs.setCornerWidget(self.reveal_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tabs)

    def _wire(self, context: UiContext) -> None:
        self._rows.shown.connect(self._on_tickets_shown)
        self.reveal_button.clicked.connect(self._on_reveal_clicked)
        self._view.line_chosen.connect(self._on_line_chosen)
        self._tickets.row_chosen.connect(self._on_ticket_chosen)
        self._tabs.currentChanged.connect(self._on_page_changed)
        context.changes.subscribe(self, ("order/",), self._on_orders_touched)

    def show_row(self, row: OrderRow | None) -> None:
        """What a click on a row of 주문목록 fills in; None empties everything."""
        order_id = None if row is None else row.order_id
        self._tabs.set_count(TICKETS, None if row is None else row.open_tickets)
        self._parcels.show_key(None if row is None else row.line_id)
        if order_id == self._order_id and self._is_filled:
            return
        self._is_filled = True
        self._order_id = order_id
        self._order = None
        self._revealed = False
        self._view.set_masked(True)
        self.reveal_button.setEnabled(False)
        self._rows.show_key(order_id)
        if order_id is None:
            self._view.show_order(None)
            self._jobs.stop(DETAIL)
        else:
            self._view.show_reading()
            self._load(order_id)

    def show_tickets_of(self, order_id: int) -> None:
        """Bring 주문관련접수내역 to the front, unless another order is shown by now."""
        if order_id == self._order_id:
            self._tabs.open_page(TICKETS)

    @Slot()
    def _on_tickets_shown(self) -> None:
        """The number is that of the rows behind it, once they are there."""
        if not self._tickets.model.has_more:
            self._tabs.set_count(TICKETS, sum(row.is_open for row in self._tickets.model.rows))

    def _load(self, order_id: int) -> None:
        self._jobs.load(
            _order_now,
            order_id,
            on_done=self._on_order_read,
            on_error=self._on_order_failed,
            lane=DETAIL,
        )

    def _on_order_read(self, answer: tuple[OrderDetail, datetime]) -> None:
        order, as_of = answer
        if order.order_id != self._order_id:
            return
        self._order, self._as_of = answer
        self._view.show_order(order, as_of)
        self.reveal_button.setEnabled(not self._revealed)

    def _on_order_failed(self, error: EtsError) -> None:
        self._view.show_failure(error_text(error))

    @Slot()
    def _on_reveal_clicked(self) -> None:
        """The log comes first: what it does not hold is not shown."""
        order_id = self._order_id
        looked = LogAccess("reveal_order", subject=f"order/{order_id}")
        self._jobs.save(log_access, looked, on_done=partial(self._on_reveal_logged, order_id))

    def _on_reveal_logged(self, order_id: int | None, _done: Done[None]) -> None:
        if order_id == self._order_id and self._order is not None:
            self._revealed = True
            self._view.set_masked(False)
            self._view.show_order(self._order, self._as_of)
            self.reveal_button.setEnabled(False)

    @Slot(int)
    def _on_page_changed(self, _number: int) -> None:
        self.reveal_button.setVisible(self._tabs.open_title == DETAIL)
        self._rows.load_if_visible()
        self._parcels.load_if_visible()

    @Slot(object)
    def _on_line_chosen(self, line: OrderLineRow) -> None:
        if self._order_id is not None:
            self.order_chosen.emit(OrderChoice(self._order_id, line.line_id))

    @Slot(object)
    def _on_ticket_chosen(self, ticket: TicketRow) -> None:
        self.ticket_chosen.emit(ticket.ticket_id)

    def _on_orders_touched(self, topics: frozenset[Topic]) -> None:
        order_id = self._order_id
        if order_id is not None and topics & {order_topic(order_id), EVERYTHING}:
            self._load(order_id)
            self._rows.refresh()
            self._parcels.refresh()


def _order_now(session: Any, order_id: int) -> tuple[OrderDetail, datetime]:
    """The order, and the database's time before it was read."""
    as_of = read_at(session)
    return order_detail(session, order_id), as_of
