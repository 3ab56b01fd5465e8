"""통합주문검색: the conditions, the orders found, and beside them the one in hand."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from ets_desktop.domain.paging import Page
from ets_desktop.queries.orders import OrderRow, count_orders, sales_channels, search_orders
from ets_desktop.ui.cards import OrderChoice
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.order_search.columns import COLUMNS, line_key
from ets_desktop.ui.screens.order_search.conditions import Conditions
from ets_desktop.ui.screens.order_search.side import OrderSide
from ets_desktop.ui.screens.pickup_request.requesting import PickupRequests
from ets_desktop.ui.searched_list import SearchedList, Searching
from ets_desktop.ui.table_panel import EXPORT, TablePanel

CHOOSE_ORDER, CHOOSE_LINE, PICKUP = "주문 선택", "상품 선택", "택배회수요청"

_SEARCH = Searching(search_orders, count_orders, "search_orders")
_CHANNELS = "channels"
_SPLITTER = "splitter/order_search"
#: Percent of the room for what stands beside the list. Where the list would need a scroll bar for
#: it, that gives way down to the width of a name and a phone number.
_BESIDE, _LIST, _LEAST_BESIDE = 36, 890, 370


class OrderSearchScreen(Screen):
    """A row is an order line; a click fills the right side, choosing ties the order (spec 10)."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._conditions = Conditions(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._list: TablePanel[OrderRow] = TablePanel(
            "주문목록",
            COLUMNS,
            line_key,
            buttons=(CHOOSE_ORDER, CHOOSE_LINE, PICKUP, EXPORT),
            state=context.state,
            empty=self.tr("찾은 주문이 없습니다. 조건이나 기간을 넓혀 보십시오."),
            parent=self._splitter,
        )
        self._rows: SearchedList[OrderRow] = SearchedList(
            self, self._list, self._conditions, _SEARCH
        )
        self._side = OrderSide(context, self._splitter)
        self._pickups = PickupRequests(context, self)
        self._lay_out()
        self._wire()
        self._bind_keys()

    def _lay_out(self) -> None:
        self._splitter.addWidget(self._list)
        self._splitter.addWidget(self._side)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._is_shared_out = self._splitter.restoreState(self.context.state.blob(_SPLITTER))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._conditions)
        column.addWidget(self._splitter, 1)

    def _wire(self) -> None:
        self._list.button(CHOOSE_ORDER).clicked.connect(self._on_order_button_clicked)
        self._list.button(CHOOSE_LINE).clicked.connect(self._on_line_button_clicked)
        self._list.button(PICKUP).clicked.connect(self._on_pickup_button_clicked)
        self._pickups.claimed.connect(self._on_claimed)
        self._list.row_previewed.connect(self._on_row_previewed)
        self._list.row_chosen.connect(self._on_row_chosen)
        self._rows.answered.connect(self._on_answered)
        self._rows.emptied.connect(self._on_emptied)
        self._side.order_chosen.connect(self._on_order_chosen)
        self._side.ticket_chosen.connect(self.context.desk.load_ticket)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)

    def _bind_keys(self) -> None:
        actions = self.context.desk.actions
        for action, button in (
            ("choose_order", self._list.button(CHOOSE_ORDER)),
            ("choose_line", self._list.button(CHOOSE_LINE)),
            ("request_pickup", self._list.button(PICKUP)),
            ("reveal_order", self._side.reveal_button),
        ):
            actions.bind_button(action, button, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.jobs.load(sales_channels, on_done=self._conditions.show_channels, lane=_CHANNELS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_shared_out:
            room = self._splitter.width() - self._splitter.handleWidth()
            beside = max(_LEAST_BESIDE, min(room * _BESIDE // 100, room - _LIST))
            self._splitter.setSizes([room - beside, beside])

    def take_focus(self) -> None:
        self._conditions.take_focus()

    @Slot(object)
    def _on_answered(self, page: Page[OrderRow]) -> None:
        """The only one found is shown at once."""
        if len(page.rows) == 1:
            self._list.table.selectRow(0)
        else:
            self._side.show_row(None)

    @Slot()
    def _on_emptied(self) -> None:
        self._side.show_row(None)

    # Choosing

    @Slot(object)
    def _on_row_previewed(self, row: OrderRow) -> None:
        self._side.show_row(row)

    @Slot(object)
    def _on_row_chosen(self, row: OrderRow) -> None:
        self._on_order_chosen(OrderChoice(row.order_id))

    @Slot()
    def _on_order_button_clicked(self) -> None:
        row = self._row_to_choose()
        if row is not None:
            self._on_order_chosen(OrderChoice(row.order_id))

    @Slot()
    def _on_line_button_clicked(self) -> None:
        row = self._row_to_choose()
        if row is not None:
            self._on_order_chosen(OrderChoice(row.order_id, row.line_id))

    @Slot()
    def _on_pickup_button_clicked(self) -> None:
        row = self._row_to_choose()
        if row is not None:
            self._pickups.request(row.order_id, row.line_id)

    @Slot(object)
    def _on_claimed(self, order_id: int) -> None:
        """The ticket stands beside the order it is about, if that is still the one in hand."""
        self._side.show_tickets_of(order_id)

    def _row_to_choose(self) -> OrderRow | None:
        row = self._list.current_row()
        if row is None:
            self.context.desk.say(self.tr("주문목록에서 한 건을 먼저 고르십시오."))
        return row

    @Slot(object)
    def _on_order_chosen(self, choice: OrderChoice) -> None:
        self.context.desk.take_order(choice)

    @Slot(int, int)
    def _on_splitter_moved(self, _position: int, _number: int) -> None:
        self._is_shared_out = True
        self.context.state.set_blob(_SPLITTER, self._splitter.saveState())
