"""At login: what earlier desks left is offered, sent, or put where it can be found."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.errors import EtsError, NotFound, RuleViolation, Unavailable
from ets_desktop.domain.journal import (
    WaitingSave,
    contents_to_park,
    entry_from_json,
    save_from_json,
    says_more,
)
from ets_desktop.domain.journal_cards import card_from_json, is_card
from ets_desktop.domain.topics import EVERYTHING, Done, Topic
from ets_desktop.queries.tickets import TicketDetail, ticket_detail
from ets_desktop.services.drafts import SaveDraft, save_draft
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.journal import LeftOver
from ets_desktop.ui.screens.ticket_form.customer.choosing import FORM
from ets_desktop.ui.screens.ticket_form.fields import TicketFields, Unfinished
from ets_desktop.ui.screens.ticket_form.kept.card_recovering import CardRecovering
from ets_desktop.ui.screens.ticket_form.kept.journalling import Journalling
from ets_desktop.ui.screens.ticket_form.kept.recovery_dialog import (
    Left,
    LeftCard,
    LeftForm,
    RecoveryDialog,
)
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.screens.ticket_form.others.freshness import Freshness
from ets_desktop.ui.screens.ticket_form.pressed.saving import Saving


class Recovering(QObject):
    """A text comes back to its own ticket and call only; a new form stays the new form it was."""

    def __init__(
        self,
        context: UiContext,
        form: OpenForm,
        fields: TicketFields,
        saving: Saving,
        journalling: Journalling,
        freshness: Freshness,
        cards: CardRecovering,
        window: QWidget,
    ) -> None:
        super().__init__(form)
        self._context = context
        self._form = form
        self._fields = fields
        self._saving = saving
        self._journalling = journalling
        self._freshness = freshness
        self._cards = cards
        self._failed_cards: list[LeftCard] = []
        self._window = window
        self._jobs = context.jobs(self)
        self._dialog: RecoveryDialog | None = None
        self._to_park: list[LeftForm] = []
        context.changes.subscribe(self, (), self._on_touched)

    @property
    def dialog(self) -> RecoveryDialog | None:
        """이전 작업 복구 while it is open."""
        return self._dialog

    def begin(self) -> None:
        """Also while the database, which answered at the login, answers no more."""
        self._jobs.read_local(self._context.journal.left_over, on_done=self._on_read, lane="left")

    def _on_read(self, left: LeftOver) -> None:
        unreadable = left.unreadable
        forms: list[LeftForm] = []
        cards: list[LeftCard] = []
        saves: list[WaitingSave] = []
        for left_id, written in left.forms:
            try:
                if is_card(written):
                    cards.append(LeftCard(left_id, card_from_json(written)))
                else:
                    forms.append(LeftForm(left_id, entry_from_json(written)))
            except RuleViolation:
                unreadable += 1
        for _, written in left.sends:
            try:
                saves.append(save_from_json(written))
            except RuleViolation:
                unreadable += 1
        if unreadable:
            self._context.desk.tell(EtsError("journal_unreadable", count=unreadable))
        self._saving.sending.take_up(saves)
        self._offer([*cards, *self._unsent(forms, saves)])

    def _unsent(self, forms: Iterable[LeftForm], saves: list[WaitingSave]) -> list[LeftForm]:
        """Without the forms that are on their way whole."""
        sent = {save.entry.contents.form.client_id: save for save in saves}
        unsent = []
        for left in forms:
            save = sent.get(left.entry.contents.form.client_id)
            if save is None or says_more(left.entry, save):
                unsent.append(left)
            else:
                self._context.journal.drop_left(left.left_id)
        return unsent

    def _offer(self, left: Sequence[Left]) -> None:
        if not left:
            return
        self._dialog = RecoveryDialog(left[::-1], self._window)
        self._dialog.load_wanted.connect(self._on_load_wanted)
        self._dialog.discard_wanted.connect(self._on_discard_wanted)
        self._dialog.finished.connect(self._on_finished)
        self._dialog.open()

    @Slot()
    def _on_finished(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is None:
            return
        self._to_park += [row for row in dialog.rows if isinstance(row, LeftForm)]
        cards = [row for row in dialog.rows if isinstance(row, LeftCard)]
        loaded = dialog.result() == RecoveryDialog.DialogCode.Accepted
        dialog.deleteLater()
        self._park_next()
        if loaded:
            # A card is no draft: with the form it may go on at once, else at the next login.
            QTimer.singleShot(0, self, partial(self._offer, cards[::-1]))
        elif cards:
            self._context.desk.say(self.tr("적던 고객 정보는 다음 로그인 때 다시 묻습니다."))

    @Slot(object)
    def _on_discard_wanted(self, left: Left) -> None:
        self._context.journal.drop_left(left.left_id)
        if isinstance(left, LeftCard):
            back = partial(self._load_card, left)
        else:
            back = partial(self._park, left)
        self._context.desk.say(self.tr("이전 작업을 버렸습니다."), back)

    # Loading

    @Slot(object)
    def _on_load_wanted(self, left: Left) -> None:
        if isinstance(left, LeftCard):
            self._load_card(left)
            return
        ticket_id = left.entry.contents.ticket_id
        if ticket_id is None:
            self._saving.clear_way(partial(self._show, left, None))
            return
        self._jobs.load(
            ticket_detail,
            ticket_id,
            on_done=partial(self._on_ticket_read, left),
            on_error=partial(self._on_not_read, left),
            lane="ticket",
        )

    def _load_card(self, left: LeftCard) -> None:
        self._cards.load(left, self._failed_cards.append)

    def _on_ticket_read(self, left: LeftForm, detail: TicketDetail) -> None:
        if detail.is_open:
            self._saving.clear_way(partial(self._show, left, detail))
        else:
            self._park(left)

    def _on_not_read(self, left: LeftForm, error: EtsError) -> None:
        if isinstance(error, NotFound):
            self._park(left)
        elif isinstance(error, Unavailable):
            # The text is on this PC; what became of its ticket is seen once the database is back.
            self._saving.clear_way(partial(self._show, left, None))
        else:
            self._context.desk.tell(error)
            self._offer([left])

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        """The database is back: what could not be asked or kept without it."""
        if EVERYTHING not in topics:
            return
        self._park_next()
        if self._dialog is None:
            cards, self._failed_cards = self._failed_cards, []
            self._offer(cards)
        ticket_id = self._form.ticket_id
        if ticket_id is not None and self._form.detail is None:
            self._jobs.load(ticket_detail, ticket_id, on_done=self._on_ticket_known, lane="known")

    def _on_ticket_known(self, detail: TicketDetail) -> None:
        """The ticket of a text that was loaded without it; another version is told as ever."""
        form = self._form
        if detail.ticket_id != form.ticket_id or form.detail is not None:
            return
        if detail.version == form.version and form.waiting_id is None:
            form.rebase(detail, form.contents)
        else:
            self._freshness.look()

    def _show(self, left: LeftForm, detail: TicketDetail | None) -> None:
        entry = left.entry
        self._form.show_recovered(entry.draft_id, entry.contents, detail)
        self._fields.put_unfinished(Unfinished(entry.tag, entry.receiver, entry.callback))
        self._journalling.go_on_from(left.left_id)
        self._context.desk.open_tab(FORM)
        self._fields.take_focus()
        self._context.desk.say(self.tr("이전 작업을 불러왔습니다."))
        self._freshness.look()

    # Parking

    def _park(self, left: LeftForm) -> None:
        self._to_park.append(left)
        self._park_next()

    def _park_next(self) -> None:
        """One draft after the other; what cannot be parked today is offered at the next login."""
        if not self._to_park or self._jobs.is_writing:
            return
        left = self._to_park.pop(0)
        draft = SaveDraft(
            left.entry.draft_id or left.left_id,
            self._context.agent.agent_id,
            "recovered",
            contents_to_park(left.entry),
        )
        self._jobs.save(
            save_draft,
            draft,
            on_done=partial(self._on_parked, left),
            on_error=partial(self._on_not_parked, left),
        )

    def _on_not_parked(self, left: LeftForm, error: EtsError) -> None:
        """It stays in the journal; with the database back it is tried again."""
        if isinstance(error, Unavailable):
            self._to_park.insert(0, left)
        self._context.desk.tell(error)

    def _on_parked(self, left: LeftForm, _done: Done[Any]) -> None:
        self._context.journal.drop_left(left.left_id)
        self._context.desk.say(self.tr("이전 작업을 접수정보 임시저장(복구)에 넣었습니다."))
        self._park_next()
