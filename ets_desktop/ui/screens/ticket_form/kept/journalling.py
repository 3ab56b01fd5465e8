"""What stands in the form goes to the journal of this PC within a second of a keystroke."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.journal import JournalEntry, entry_to_json
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.ticket_form.fields import TicketFields
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.screens.ticket_form.orders.words import customer_hint, order_words
from ets_desktop.ui.topbar import TopBar, now_in_seoul
from ets_desktop.ui.widgets.composition import text_under_way

#: From the first keystroke on; one within this time waits for no further one.
GATHER_MS = 250


def entry_of(form: OpenForm, fields: TicketFields) -> JournalEntry:
    """The form as it stands, also what is half typed."""
    half = fields.unfinished()
    return JournalEntry(
        form.contents,
        now_in_seoul(),
        form.draft_id,
        customer_hint(form),
        order_words(form),
        half.tag,
        half.receiver,
        half.callback_at,
    )


def with_syllable(entry: JournalEntry, fields: TicketFields, bar: TopBar) -> JournalEntry:
    """`entry` with the syllable under way, which is in no value yet."""
    under_way = text_under_way()
    if under_way is None:
        return entry
    field, text = under_way

    def is_in(part: QWidget) -> bool:
        return part is field or part.isAncestorOf(field)

    contents = entry.contents
    of_ticket: dict[str, QWidget] = {
        "title": fields.title,
        "content": fields.content,
        "resolution": fields.resolution,
    }
    half_typed: dict[str, QWidget] = {
        "tag": fields.tags,
        "receiver": fields.receiver,
        "callback": fields.callback_at,
    }
    values: dict[str, Any] = {name: text for name, part in of_ticket.items() if is_in(part)}
    halves: dict[str, Any] = {name: text for name, part in half_typed.items() if is_in(part)}
    if values:
        contents = replace(contents, form=replace(contents.form, **values))
    elif is_in(fields.transfer_reason):
        contents = replace(contents, transfer_reason=text)
    elif is_in_name(bar, field) and contents.form.customer_id is None:
        contents = replace(contents, customer_name=" ".join(text.split()))
    return replace(entry, contents=contents, **halves)


def is_in_name(bar: TopBar, field: QWidget) -> bool:
    return bar.isAncestorOf(field) and field.accessibleName() == translated("고객명")


class Journalling(QObject):
    """Looks at the form a moment after each change; the writing is the journal's own thread's."""

    def __init__(self, context: UiContext, form: OpenForm, fields: TicketFields) -> None:
        super().__init__(form)
        self._journal = context.journal
        self._bar = context.desk.top_bar
        self._form = form
        self._fields = fields
        self._kept: JournalEntry | None = None
        self._kept_id = form.client_id
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self.look)
        for signal in (
            fields.changed,
            form.words_changed,
            form.customer_changed,
            form.order_changed,
            # Moves with every part of a syllable, which no field tells of.
            QGuiApplication.inputMethod().cursorRectangleChanged,
        ):
            signal.connect(self._on_changed)
        form.replaced.connect(self.look)
        form.status_changed.connect(self.look)

    def go_on_from(self, left_id: UUID) -> None:
        """The form holds what an earlier desk left: it goes once that is written down anew."""
        self._keep(entry_of(self._form, self._fields), instead_of=left_id)

    def let_go(self, then: Callable[[], object]) -> None:
        """What was unsaved is saved, parked or given up, though the form still shows it."""
        self._forget()
        then()

    @Slot()
    def _on_changed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def look(self) -> None:
        """Write down what is unsaved; forget what is not any more."""
        self._timer.stop()
        if self._kept_id != self._form.client_id:
            self._forget()
        stands = entry_of(self._form, self._fields)
        entry = with_syllable(stands, self._fields, self._bar)
        if not self._form.has_unsaved and entry == stands:
            self._forget()
        elif self._kept is None or replace(entry, at=self._kept.at) != self._kept:
            self._keep(entry)

    def _keep(self, entry: JournalEntry, instead_of: UUID | None = None) -> None:
        self._kept, self._kept_id = entry, self._form.client_id
        self._journal.keep(self._kept_id, entry_to_json(entry), instead_of)

    def _forget(self) -> None:
        if self._kept is not None:
            self._journal.drop(self._kept_id)
        self._kept = None
