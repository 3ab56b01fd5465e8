"""고객접수내역, 주문관련접수내역, 상품관련접수내역: the tickets around the one in the form."""

from ets_desktop.queries.tickets import (
    TicketRow,
    tickets_of_customer,
    tickets_of_order,
    tickets_of_order_line,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.paged_list import PagedList, Query
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.ticket_columns import Now, is_red, ticket_columns, ticket_key

OF_CUSTOMER = "고객접수내역"
OF_ORDER = "주문관련접수내역"
OF_LINE = "상품관련접수내역"

QUERIES: dict[str, Query[TicketRow]] = {
    OF_CUSTOMER: tickets_of_customer,
    OF_ORDER: tickets_of_order,
    OF_LINE: tickets_of_order_line,
}


class TicketPage(TablePanel[TicketRow]):
    """선택, double click and Enter load the ticket (spec 10)."""

    def __init__(self, context: UiContext, title: str, now: Now) -> None:
        super().__init__(
            title, ticket_columns(now), ticket_key, row_red=is_red(now), state=context.state
        )
        self.rows: PagedList[TicketRow] = PagedList(context.jobs(self), self, QUERIES[title], title)
