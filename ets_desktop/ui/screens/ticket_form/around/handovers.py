"""이관이력 of the ticket in the form: who handed it to whom, beneath 이관사유."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import EVERYTHING, Topic, ticket_topic
from ets_desktop.queries.transfers import ChainHop, transfer_chain
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.ticket_form.fields import TicketFields
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.transfer_chain import ChainStrip


class Handovers(QObject):
    """Shown only for a ticket that was ever handed on; a change by anybody reads it again."""

    def __init__(self, context: UiContext, form: OpenForm, fields: TicketFields) -> None:
        super().__init__(form)
        self._form = form
        self._jobs = context.jobs(self)
        self._shown_for: int | None = None
        self.strip = ChainStrip(context.prompts)
        self.strip.hide()
        fields.show_beneath("이관사유", self.strip)
        form.status_changed.connect(self._on_form_changed)
        context.changes.subscribe(self, ("ticket/",), self._on_touched)

    @Slot()
    def _on_form_changed(self) -> None:
        ticket_id = self._form.ticket_id
        if ticket_id != self._shown_for:
            self._shown_for = ticket_id
            self._show(())
            self._load()

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        ticket_id = self._form.ticket_id
        if ticket_id is not None and (EVERYTHING in topics or ticket_topic(ticket_id) in topics):
            self._load()

    def _load(self) -> None:
        ticket_id = self._form.ticket_id
        if ticket_id is None:
            self._jobs.stop()
            return
        on_read = partial(self._on_read, ticket_id)
        self._jobs.load(transfer_chain, ticket_id, on_done=on_read, on_error=self._on_failed)

    def _on_read(self, ticket_id: int, hops: tuple[ChainHop, ...]) -> None:
        if ticket_id == self._form.ticket_id:
            self._show(hops)

    def _on_failed(self, _error: EtsError) -> None:
        """What was shown stays; the next change reads it again."""

    def _show(self, hops: tuple[ChainHop, ...]) -> None:
        self.strip.show_hops(hops)
        self.strip.setVisible(bool(hops))
