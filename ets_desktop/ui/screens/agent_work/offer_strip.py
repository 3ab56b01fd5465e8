"""Below the lists of transfers: what the offer in the current row says, and what became of it."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError
from ets_desktop.queries.tickets import TicketRow
from ets_desktop.queries.transfers import ChainHop, transfer_chain
from ets_desktop.queries.work import TransferredRow
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import TRANSFER_STATES, word
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.transfer_chain import ChainStrip
from ets_desktop.ui.widgets.fields import ReadOnlyField, label_for


class OfferStrip(QWidget):
    """이관일시, 이관상태 (sent, seen, accepted), 이관사유 and the chain of the row in hand."""

    def __init__(self, context: UiContext, panel: TablePanel[TicketRow]) -> None:
        super().__init__()
        self._panel = panel
        self._jobs = context.jobs(self)
        self._chain = ChainStrip(context.prompts)
        self._sent_at = ReadOnlyField("이관일시", characters=19)
        self._state = ReadOnlyField("이관상태", characters=6)
        self._reason = ReadOnlyField("이관사유")
        self._lay_out()
        panel.row_previewed.connect(self._on_row_previewed)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        for field in (self._sent_at, self._state, self._reason):
            line.addWidget(label_for(field.accessibleName(), field))
            line.addWidget(field, 1 if field is self._reason else 0)
        line.addWidget(self._chain, 2)

    def refresh(self) -> None:
        """The rows were read again: the offer may have moved on."""
        self._show(self._panel.current_row())

    @Slot(object)
    def _on_row_previewed(self, row: TicketRow) -> None:
        self._show(row)

    def _show(self, row: TicketRow | None) -> None:
        offer = row if isinstance(row, TransferredRow) else None
        self._sent_at.show_value(moment_text(offer.sent_at) if offer else "")
        self._state.show_value(word(TRANSFER_STATES, offer.transfer_state) if offer else "")
        self._reason.show_value(offer.reason if offer else "")
        if offer is None or offer.hop == 0:
            self._jobs.stop()
            self._chain.show_hops(())
        else:
            on_read = partial(self._on_chain_read, offer.ticket_id)
            self._jobs.load(
                transfer_chain, offer.ticket_id, on_done=on_read, on_error=self._on_chain_failed
            )

    def _on_chain_read(self, ticket_id: int, hops: tuple[ChainHop, ...]) -> None:
        row = self._panel.current_row()
        if row is not None and row.ticket_id == ticket_id:
            self._chain.show_hops(hops)

    def _on_chain_failed(self, _error: EtsError) -> None:
        """The list above says that it could not be read."""
        self._chain.show_hops(())
