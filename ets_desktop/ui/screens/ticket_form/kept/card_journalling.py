"""What is written on 고객상세 goes to the journal of this PC within a second of a keystroke."""

from dataclasses import replace
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from ets_desktop.domain.customers import CustomerForm
from ets_desktop.domain.journal_cards import CardEntry, TypedCard, card_to_json
from ets_desktop.domain.masking import mask_name
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.ticket_form.customer.page import CustomerPage
from ets_desktop.ui.screens.ticket_form.customer.typing import typed_on, with_syllable
from ets_desktop.ui.screens.ticket_form.customer.words import form_of
from ets_desktop.ui.screens.ticket_form.kept.journalling import GATHER_MS
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.topbar import now_in_seoul


class CardJournalling(QObject):
    """Looks at the card a moment after each change; the writing is the journal's own thread's."""

    def __init__(self, context: UiContext, form: OpenForm, page: CustomerPage) -> None:
        super().__init__(page)
        self._journal = context.journal
        self._form = form
        self._page = page
        self._kept: CardEntry | None = None
        self._kept_id = uuid4()
        #: the form in hand when the writing began
        self._form_id = form.client_id
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self.look)
        page.edited.connect(self._on_changed)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._on_changed)
        page.editing_began.connect(self._on_editing_began)
        page.editing_ended.connect(self.look)

    def go_on_from(self, left_id: UUID, form_id: UUID) -> None:
        """The card holds what an earlier desk left: it goes once that is written down anew."""
        self._form_id = form_id
        self._keep(self._entry(typed_on(self._page)), left_id)

    @Slot()
    def _on_editing_began(self) -> None:
        self._forget()
        self._kept_id, self._form_id = uuid4(), self._form.client_id

    @Slot()
    def _on_changed(self) -> None:
        if self._page.is_editing and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def look(self) -> None:
        """Write down what is unsaved; forget what is not any more."""
        self._timer.stop()
        if not self._page.is_editing:
            self._forget()
            return
        stands = typed_on(self._page)
        entry = self._entry(with_syllable(stands, self._page))
        if not self._page.has_changes and entry.typed == stands:
            self._forget()
        elif self._kept is None or replace(entry, at=self._kept.at) != self._kept:
            self._keep(entry)

    def _entry(self, typed: TypedCard) -> CardEntry:
        detail, at = self._page.detail, now_in_seoul()
        if self._page.is_new or detail is None:
            return CardEntry(
                at,
                self._page.client_id,
                self._form_id,
                typed,
                CustomerForm(""),
                customer=mask_name(typed.form.name),
            )
        words = f"{mask_name(detail.name)} · {detail.customer_no}"
        return CardEntry(
            at,
            self._page.client_id,
            self._form_id,
            typed,
            form_of(detail),
            detail.customer_id,
            detail.version,
            words,
        )

    def _keep(self, entry: CardEntry, instead_of: UUID | None = None) -> None:
        self._kept = entry
        self._journal.keep(self._kept_id, card_to_json(entry), instead_of)

    def _forget(self) -> None:
        if self._kept is not None:
            self._journal.drop(self._kept_id)
        self._kept = None
