"""Beside 대기열: customer, ticket, chain, 고객여정 and other tickets, before taking it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.paging import Page
from ets_desktop.queries.journey.reading import journey_of
from ets_desktop.queries.journey.rows import JourneyRow, Whose
from ets_desktop.queries.missed_work import MissedCallRow
from ets_desktop.queries.queue import MOST_EARLIER, OfferPreview, offer_preview
from ets_desktop.queries.tickets import TicketRow, tickets_of_customer
from ets_desktop.queries.work import TransferredRow
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import day_text, moment_text
from ets_desktop.ui.journey_words import entry_of
from ets_desktop.ui.labels import TICKET_STATUSES, TICKET_TYPES, error_text, word
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.screens.queue.columns import tries_words
from ets_desktop.ui.screens.queue.rows import QueueRow
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import CENTER, Column
from ets_desktop.ui.ticket_columns import ticket_key
from ets_desktop.ui.timeline_panel import TimelinePanel
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.transfer_chain import NAME as CHAIN
from ets_desktop.ui.transfer_chain import ChainStrip
from ets_desktop.ui.widgets.dial_button import NUMBER
from ets_desktop.ui.widgets.fields import ReadOnlyField
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.widgets.steady_tabs import SteadyTabs
from ets_desktop.ui.widgets.timeline import TimelineEntry

EARLIER, JOURNEY = "고객의 다른 접수", "고객여정"
_EARLIER: tuple[Column[TicketRow], ...] = (
    Column("접수번호", lambda row: row.ticket_no, 13),
    Column("접수일시", lambda row: moment_text(row.created_at), 19),
    Column("접수유형", lambda row: word(TICKET_TYPES, row.ticket_type), 8),
    Column("제목", lambda row: row.title, 24),
    Column("상태", lambda row: word(TICKET_STATUSES, row.status), 5, CENTER),
)


class Preview(QWidget):
    """Names and numbers stay masked until somebody takes the work on (spec 80)."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._jobs = context.jobs(self)
        self._desk = context.desk
        self._row: TransferredRow | None = None
        self._whose: Whose | None = None
        names = ("고객", "연락처", "주문번호", "상품", "접수유형", "완료예정일", "제목", "이관사유")
        self._fields = {name: ReadOnlyField(name) for name in names}
        self._content = QPlainTextEdit()
        self._content.setReadOnly(True)
        self._content.setProperty("shown", True)
        self._content.setTabChangesFocus(True)
        self._chain = ChainStrip(context.prompts, labelled=False)
        self._earlier: TablePanel[TicketRow] = TablePanel(
            EARLIER,
            _EARLIER,
            ticket_key,
            state=context.state,
            empty=self.tr("이 고객의 다른 접수가 없습니다."),
        )
        self._journey: TimelinePanel[JourneyRow] = TimelinePanel(JOURNEY, _entry_to_look_at)
        self._journeys: PagedList[JourneyRow] = PagedList(
            context.jobs(self), self._journey, journey_of, JOURNEY
        )
        self._tabs = SteadyTabs()
        self._earlier.row_chosen.connect(self._on_ticket_chosen)
        self._grid = FormGrid(columns=2)
        self._lay_out()

    def _lay_out(self) -> None:
        grid, fields = self._grid, self._fields
        for number, (name, field) in enumerate(fields.items()):
            if number < 6:
                grid.add_field(name, field, number // 2, number % 2)
            else:
                grid.add_field(name, field, number - 3, span=2)
        grid.add_field("접수내용", self._content, 5, span=2)
        grid.add_field(CHAIN, self._chain, 6, span=2)
        grid.stretch_row(5)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 0, 0, 0)
        column.addWidget(grid, 2)
        column.addWidget(self._tabs, 1)
        self._tabs.addTab(self._journey, self.tr(JOURNEY))
        self._tabs.addTab(self._earlier, self.tr(EARLIER))
        self._tabs.currentChanged.connect(self._journeys.load_if_visible)

    def show_row(self, row: QueueRow | None) -> None:
        """None empties it; the same one again is read again, for it may have changed."""
        whose: Whose | None
        if row is not None and row.missed is not None:
            self._show_missed(row.missed)
            whose = Whose(row.missed.customer_id, row.missed.number)
        else:
            self._show_offer(None if row is None else row.ticket)
            whose = _whose(None if row is None else row.ticket)
        if whose == self._whose:
            self._journeys.refresh()
        else:
            self._whose = whose
            self._journeys.show_key(whose)

    def _show_missed(self, missed: MissedCallRow) -> None:
        self._row = None
        self._clear()
        self._jobs.stop()
        self._fields["고객"].show_value(mask_name(missed.customer))
        self._fields["연락처"].show_value(mask_phone(missed.number))
        self._keep_number(missed.number)
        self._fields["제목"].show_value(tries_words(missed))
        if missed.customer_id is not None:
            self._earlier.await_rows()
            self._jobs.load(
                tickets_of_customer,
                missed.customer_id,
                None,
                MOST_EARLIER,
                on_done=self._on_earlier_read,
                on_error=self._on_failed,
            )

    def _on_earlier_read(self, page: Page[TicketRow]) -> None:
        self._earlier.reload_rows(page.rows, now_in_seoul())

    def _show_offer(self, row: TransferredRow | None) -> None:
        before, self._row = self._row, row
        if row is None or before is None or before.ticket_id != row.ticket_id:
            self._clear()
        if row is None:
            self._jobs.stop()
            return
        self._earlier.await_rows()
        self._jobs.load(
            offer_preview,
            row.ticket_id,
            on_done=partial(self._on_read, row),
            on_error=self._on_failed,
        )

    def _clear(self) -> None:
        for field in self._fields.values():
            field.show_value("")
        self._keep_number("")
        self._content.clear()
        self._chain.show_hops(())
        self._earlier.clear()

    def _on_read(self, row: TransferredRow, read: OfferPreview) -> None:
        detail = read.detail
        form = detail.form
        values = (
            mask_name(detail.customer),
            mask_phone(row.phone),
            detail.channel_order_no,
            detail.product,
            word(TICKET_TYPES, form.ticket_type),
            day_text(form.due_on),
            form.title,
            row.reason,
        )
        for field, value in zip(self._fields.values(), values, strict=True):
            field.show_value(value)
        self._keep_number(row.phone)
        if self._content.toPlainText() != form.content:
            self._content.setPlainText(form.content)
        self._chain.show_hops(read.chain)
        self._earlier.reload_rows(read.earlier, read.as_of)

    def _keep_number(self, number: str) -> None:
        """Whole, for 통화 on what is shown masked."""
        self._fields["연락처"].setProperty(NUMBER, number)

    def dialled_from(self) -> DialledFrom:
        """What a call to that number belongs to."""
        return NOTHING if self._row is None else DialledFrom(ticket_id=self._row.ticket_id)

    def _on_failed(self, error: EtsError) -> None:
        self._fields["제목"].show_value(error_text(error), tone="red")
        self._earlier.show_error(error_text(error))

    @Slot(object)
    def _on_ticket_chosen(self, ticket: TicketRow) -> None:
        """Another ticket is looked at; the offer stays where it is."""
        self._desk.load_ticket(ticket.ticket_id)


def _entry_to_look_at(row: JourneyRow) -> TimelineEntry:
    """Nothing opens: among the entries is the offer itself, which opening would take."""
    return replace(entry_of(row), behind=None)


def _whose(row: TransferredRow | None) -> Whose | None:
    """The customer, or whoever has the number; None where neither is known."""
    if row is None or (row.customer_id is None and not row.phone):
        return None
    return Whose(row.customer_id, "" if row.customer_id is not None else row.phone)
