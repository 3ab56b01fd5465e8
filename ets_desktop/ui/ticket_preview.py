"""One ticket at a glance below a list of tickets: what it is about and who changed what."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import EVERYTHING, Topic, ticket_topic
from ets_desktop.domain.transfers import is_ping_pong
from ets_desktop.queries.tickets import TicketDetail, TransferHop, ticket_detail
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import (
    ORIGINS,
    TICKET_STATUSES,
    TICKET_TYPES,
    TRANSFER_STATES,
    error_text,
    word,
)
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.ticket_form.around.history_page import HistoryPage
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.widgets.fields import ReadOnlyField, label_for
from ets_desktop.ui.window_state import WindowState

_TICKET = "ticket"


class TicketPreview(QWidget):
    """Names and numbers of people are not shown here; no field is named as one of a form or of
    conditions beside."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._ticket_id: int | None = None
        self._jobs = context.jobs(self)
        self._summary = ReadOnlyField("접수 요약")
        self._title = ReadOnlyField("접수 제목")
        self._transfer = ReadOnlyField("최근 이관")
        self._content = QPlainTextEdit()
        self._history = HistoryPage(context, masked=True)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        context.changes.subscribe(self, ("ticket/",), self._on_tickets_touched)

    def _lay_out(self) -> None:
        self._content.setReadOnly(True)
        self._content.setTabChangesFocus(True)
        self._content.setAccessibleName(translated("접수내용 보기"))
        left = QWidget()
        grid = QGridLayout(left)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        for row, (label, field) in enumerate(
            (
                ("접수 요약", self._summary),
                ("접수 제목", self._title),
                ("최근 이관", self._transfer),
            )
        ):
            grid.addWidget(label_for(label, field), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self._content, 3, 0, 1, 2)
        grid.setRowStretch(3, 1)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._history)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setSizes([500, 500])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)

    def share(self, ticket: int, history: int) -> None:
        """How the room is shared where there is less of it."""
        self._splitter.setSizes([ticket, history])

    def show_ticket(self, ticket_id: int) -> None:
        if ticket_id != self._ticket_id:
            self._ticket_id = ticket_id
            self._history.rows.show_key(ticket_id)
            self._load(ticket_id)

    @Slot()
    def clear(self) -> None:
        self._ticket_id = None
        self._jobs.stop(_TICKET)
        self._history.rows.show_key(None)
        for field in (self._summary, self._title, self._transfer):
            field.show_value("")
        self._content.clear()

    def _load(self, ticket_id: int) -> None:
        self._jobs.load(
            ticket_detail,
            ticket_id,
            on_done=self._on_ticket_read,
            on_error=self._on_ticket_failed,
            lane=_TICKET,
        )

    def _on_ticket_read(self, ticket: TicketDetail) -> None:
        self._summary.show_value(_summary_of(ticket))
        self._title.show_value(ticket.form.title)
        hop = ticket.last_transfer
        is_handed_about = hop is not None and is_ping_pong(hop.hop)
        self._transfer.show_value(_transfer_of(hop), tone="red" if is_handed_about else "")
        if self._content.toPlainText() != ticket.form.content:
            self._content.setPlainText(ticket.form.content)

    def _on_ticket_failed(self, error: EtsError) -> None:
        self._summary.show_value(error_text(error), tone="red")

    def _on_tickets_touched(self, topics: frozenset[Topic]) -> None:
        ticket_id = self._ticket_id
        if ticket_id is not None and topics & {ticket_topic(ticket_id), EVERYTHING}:
            self._load(ticket_id)
            self._history.rows.refresh()


class PreviewedList(QSplitter):
    """A list with the preview of its current row below; the share of each is remembered."""

    def __init__(
        self,
        state: WindowState,
        panel: TablePanel[Any],
        preview: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._state = state
        self._key = f"splitter/{panel.table.accessibleName()}"
        self.addWidget(panel)
        self.addWidget(preview)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 1)
        if not self.restoreState(state.blob(self._key)):
            self.setSizes([700, 240])
        self.splitterMoved.connect(self._on_moved)

    @Slot(int, int)
    def _on_moved(self, _position: int, _number: int) -> None:
        self._state.set_blob(self._key, self.saveState())


def _summary_of(ticket: TicketDetail) -> str:
    """ "261121-00012 · 접수 · 배송문의 (배송지연) · 전화 · 접수자 김상담 · #긴급" """
    kind = word(TICKET_TYPES, ticket.form.ticket_type)
    parts = [
        ticket.ticket_no,
        word(TICKET_STATUSES, ticket.status),
        f"{kind} ({ticket.category})" if ticket.category else kind,
        word(ORIGINS, ticket.form.origin),
        translated("접수자 {name}").format(name=ticket.creator),
        " ".join(f"#{tag}" for tag in ticket.form.tags),
    ]
    return " · ".join(part for part in parts if part)


def _transfer_of(hop: TransferHop | None) -> str:
    """ "김상담 → 이상담 (2차, 수락) 재고 확인 · 2026-11-21 14:03:11" """
    if hop is None:
        return ""
    who = translated("{sender} → {receiver} ({hop}차, {state})").format(
        sender=hop.from_agent,
        receiver=hop.to,
        hop=hop.hop,
        state=word(TRANSFER_STATES, hop.state),
    )
    parts = [who, hop.reason, hop.return_reason, moment_text(hop.sent_at)]
    return " · ".join(part for part in parts if part)
