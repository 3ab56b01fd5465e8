"""통합주문검색: asks at once, shows the first page at once, never waits."""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.paging import Page
from ets_desktop.queries.orders import (
    MOST_ROWS,
    OrderRow,
    OrderSearch,
    RowCount,
    count_orders,
    sales_channels,
    search_orders,
)
from ets_desktop.queries.reading import read_at
from ets_desktop.services.access import LogAccess
from ets_desktop.ui.cards import OrderChoice
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.operations.access import AccessTrail
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.order_search.columns import COLUMNS, line_key
from ets_desktop.ui.screens.order_search.conditions import Conditions
from ets_desktop.ui.screens.order_search.side import OrderSide
from ets_desktop.ui.table_panel import EXPORT, Question, TablePanel

PAGE = 50
CHOOSE_ORDER, CHOOSE_LINE = "주문 선택", "상품 선택"

_ROWS, _COUNT, _CHANNELS = "rows", "count", "channels"
_SEARCHING = (_ROWS, _COUNT)
_SPLITTER = "splitter/order_search"


class OrderSearchScreen(Screen):
    """A newer search replaces the older one, whose statement is stopped in the database."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._search: OrderSearch | None = None
        #: What the rows on the screen answer.
        self._answered: OrderSearch | None = None
        self._conditions = Conditions()
        self._list: TablePanel[OrderRow] = TablePanel(
            "주문목록",
            COLUMNS,
            line_key,
            buttons=(CHOOSE_ORDER, CHOOSE_LINE, EXPORT),
            state=context.state,
            empty=self.tr("찾은 주문이 없습니다. 조건이나 기간을 넓혀 보십시오."),
        )
        self._found = QLabel()
        self._side = OrderSide(context)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._trail = AccessTrail(context, self)
        self._lay_out()
        self._wire()
        self._bind_keys()

    def _lay_out(self) -> None:
        self._found.setAccessibleName(self.tr("검색 건수"))
        self._list.add_tool(self._found)
        self._splitter.addWidget(self._list)
        self._splitter.addWidget(self._side)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        if not self._splitter.restoreState(self.context.state.blob(_SPLITTER)):
            self._splitter.setSizes([640, 360])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._conditions)
        column.addWidget(self._splitter, 1)

    def _wire(self) -> None:
        self._conditions.asked.connect(self._on_asked)
        self._conditions.stop_requested.connect(self._on_stop_requested)
        self._conditions.cleared.connect(self._on_cleared)
        self._conditions.refused.connect(self._on_cleared)
        self._list.button(CHOOSE_ORDER).clicked.connect(self._on_order_button_clicked)
        self._list.button(CHOOSE_LINE).clicked.connect(self._on_line_button_clicked)
        self._list.row_previewed.connect(self._on_row_previewed)
        self._list.row_chosen.connect(self._on_row_chosen)
        self._list.more_wanted.connect(self._on_more_wanted)
        self._side.order_chosen.connect(self._on_order_chosen)
        self._side.ticket_chosen.connect(self.context.desk.load_ticket)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self.jobs.reading_changed.connect(self._on_reading_changed)

    def _bind_keys(self) -> None:
        actions = self.context.desk.actions
        for action, button in (
            *self._conditions.buttons().items(),
            ("choose_order", self._list.button(CHOOSE_ORDER)),
            ("choose_line", self._list.button(CHOOSE_LINE)),
            ("reveal_order", self._side.reveal_button),
        ):
            actions.bind_button(action, button, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.jobs.load(sales_channels, on_done=self._conditions.show_channels, lane=_CHANNELS)

    def take_focus(self) -> None:
        self._conditions.take_focus()

    # Searching

    @Slot()
    def _on_asked(self) -> None:
        self._search = self._conditions.search()
        self._list.show_busy()
        self._found.setText("")
        self.jobs.stop(_COUNT)
        self.jobs.load(
            _first_page,
            self._search,
            on_done=partial(self._show_first_page, self._search),
            on_error=self._on_search_failed,
            lane=_ROWS,
        )

    def _show_first_page(
        self, search: OrderSearch, answer: tuple[Page[OrderRow], datetime]
    ) -> None:
        page, as_of = answer
        self._answered = search
        self._list.set_question(_question_of(search))
        self._list.show_page(page, as_of)
        self._log(search, page)
        if page.next_key is None:
            self._show_count(RowCount(len(page.rows), is_capped=False))
        else:
            self.jobs.load(count_orders, search, on_done=self._show_count, lane=_COUNT)
        if len(page.rows) == 1:
            self._list.table.selectRow(0)
        else:
            self._side.show_row(None)

    @Slot(object)
    def _on_more_wanted(self, after: tuple[object, ...]) -> None:
        search = self._answered
        if search is not None and search == self._search:
            self.jobs.load(
                search_orders,
                search,
                after,
                PAGE,
                on_done=partial(self._append_page, search),
                on_error=self._on_search_failed,
                lane=_ROWS,
            )

    def _append_page(self, search: OrderSearch, page: Page[OrderRow]) -> None:
        self._list.append_page(page)
        self._log(search, page)

    def _log(self, search: OrderSearch, page: Page[OrderRow]) -> None:
        """Who searched by what and how many rows came (spec 80)."""
        looked = LogAccess("search_orders", condition=_told(search), row_count=len(page.rows))
        self._trail.note(looked)

    def _show_count(self, found: RowCount) -> None:
        more = "+" if found.is_capped else ""
        self._found.setText(self.tr("{count}건").format(count=f"{found.count:,}{more}"))

    def _on_search_failed(self, error: EtsError) -> None:
        self._drop_other_rows()
        if isinstance(error, RuleViolation):
            self._list.show_note("")
            self._conditions.show_refusal(error)
        else:
            self._list.show_error(error_text(error))

    @Slot()
    def _on_stop_requested(self) -> None:
        self._stop_searching()
        self._drop_other_rows()
        self._list.show_note(self.tr("조회를 중지했습니다."))

    def _stop_searching(self) -> None:
        for lane in _SEARCHING:
            self.jobs.stop(lane)

    def _drop_other_rows(self) -> None:
        """Rows stay beside the conditions that they answer, and beside no others."""
        if self._answered != self._search:
            self._clear_rows()

    @Slot()
    def _on_cleared(self) -> None:
        """초기화, or a period that is none: no rows answer to it."""
        self._stop_searching()
        self._search = None
        self._clear_rows()

    def _clear_rows(self) -> None:
        self._answered = None
        self._list.clear()
        self._found.setText("")
        self._side.show_row(None)

    @Slot(str, bool)
    def _on_reading_changed(self, _lane: str, _reading: bool) -> None:
        self._conditions.show_searching(any(self.jobs.is_reading(lane) for lane in _SEARCHING))

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
        self.context.state.set_blob(_SPLITTER, self._splitter.saveState())


def _first_page(session: Any, search: OrderSearch) -> tuple[Page[OrderRow], datetime]:
    """The first rows, and the database's time before they were read."""
    as_of = read_at(session)
    return search_orders(session, search, None, PAGE), as_of


def _question_of(search: OrderSearch) -> Question[OrderRow]:
    def further(session: Any, after: tuple[object, ...], size: int) -> Page[OrderRow]:
        return search_orders(session, search, after, size)

    return Question(further, _told(search), MOST_ROWS)


def _told(search: OrderSearch) -> dict[str, str]:
    """The conditions as the access log has them."""
    return {name: str(value) for name, value in asdict(search).items() if value}
