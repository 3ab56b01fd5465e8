"""전송대기: a save is kept on this PC before it is sent, and sent again until it is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.domain.journal import WaitingSave, contents_to_park, save_to_json
from ets_desktop.domain.topics import EVERYTHING, Done, Topic
from ets_desktop.services.drafts import SaveDraft, save_draft
from ets_desktop.services.form_saves import FormSaved, save_form
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.screens.ticket_form.pressed.pressing import command_of

#: So often the database is tried while a save waits; its return is heard at once besides.
RETRY_MS = 10_000


@dataclass(frozen=True, slots=True)
class PutOff:
    """The database is away, or did not answer; the save is on this PC's disk."""

    save: WaitingSave


Outcome = Done[FormSaved] | PutOff


def send(context: UiContext, save: WaitingSave) -> Outcome:
    """Keep the save, send it, and forget it once it is answered; on a worker.

    Whether an unanswered one was committed makes no difference: its id is sent again. Raises
    Unavailable when it could not be kept either, and what `save_form` raises.
    """
    journal = context.journal
    kept = journal.store_send(save.save_id, save_to_json(save))
    try:
        done = context.call(save_form, command_of(context.agent.agent_id, save))
    except Unavailable:
        if kept:
            return PutOff(save)
        raise
    except Exception:
        # The form still holds it.
        journal.drop_send(save.save_id)
        raise
    journal.drop_send(save.save_id)
    return done


def send_again(context: UiContext, save: WaitingSave) -> Outcome:
    """The same for one that is kept already; refused, it stays kept."""
    try:
        done = context.call(save_form, command_of(context.agent.agent_id, save))
    except Unavailable:
        return PutOff(save)
    except EtsError:
        raise
    except Exception:
        # A bug comes again with every try: what was typed goes where it can be read.
        context.call(save_draft, draft_of(context.agent.agent_id, save))
        context.journal.drop_send(save.save_id)
        raise
    context.journal.drop_send(save.save_id)
    return done


def draft_of(agent_id: int, save: WaitingSave) -> SaveDraft:
    """A save that is refused, as a draft (복구); parked twice it is still one."""
    draft_id = save.entry.draft_id or save.save_id
    return SaveDraft(draft_id, agent_id, "recovered", contents_to_park(save.entry))


class Sending(QObject):
    """The saves that wait, oldest first; one at a time, whatever the form is used for meanwhile."""

    #: WaitingSave, FormSaved
    arrived = Signal(object, object)
    #: WaitingSave, EtsError: of the save whose form is still shown
    refused = Signal(object, object)

    def __init__(self, context: UiContext, form: OpenForm) -> None:
        super().__init__(form)
        self._context = context
        self._form = form
        self._jobs = context.jobs(self)
        self._waiting: dict[UUID, WaitingSave] = {}
        self._under_way: UUID | None = None
        #: What came of those that waited: the ticket, or the draft that a refused one became.
        self._came: dict[UUID, int | UUID] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RETRY_MS)
        self._timer.timeout.connect(self.send_next)
        self._jobs.writing_changed.connect(self._on_writing_changed)
        context.changes.subscribe(self, (), self._on_touched)

    @property
    def waiting(self) -> tuple[WaitingSave, ...]:
        return tuple(self._waiting.values())

    def is_waiting(self, save_id: UUID) -> bool:
        """Also while it is being sent once more."""
        return save_id in self._waiting or save_id == self._under_way

    def came_of(self, save_id: UUID) -> int | UUID | None:
        """The ticket that a save became which waited, or its draft; None if it is not known."""
        return self._came.get(save_id)

    def put_off(self, save: WaitingSave) -> None:
        """It is kept, and waits for the database from now on."""
        self._waiting[save.save_id] = save
        self._show_count()
        self._timer.start()

    def take_up(self, saves: Iterable[WaitingSave]) -> None:
        """What an earlier desk could not send."""
        self._waiting |= {save.save_id: save for save in saves}
        self._show_count()
        self.send_next()

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        """The database is back."""
        if EVERYTHING in topics:
            self.send_next()

    @Slot()
    def send_next(self) -> None:
        if not self._waiting or self._jobs.is_writing:
            return
        # Out of the line: what meets a bug on its way would meet it again and again.
        save = self._waiting.pop(next(iter(self._waiting)))
        self._under_way = save.save_id
        self._jobs.write(
            partial(send_again, self._context, save),
            on_done=partial(self._on_sent, save),
            on_error=partial(self._on_refused, save),
        )

    def _on_sent(self, save: WaitingSave, outcome: Outcome) -> None:
        if isinstance(outcome, PutOff):
            self._wait_on(save)
            return
        self._came[save.save_id] = outcome.value.saved.ticket_id
        self.arrived.emit(save, outcome.value)
        self.send_next()

    def _wait_on(self, save: WaitingSave) -> None:
        """First in the line again."""
        self._waiting = {save.save_id: save} | self._waiting
        self._show_count()
        self._timer.start()

    def _on_refused(self, save: WaitingSave, error: EtsError) -> None:
        if self._form.waiting_id == save.save_id:
            self.refused.emit(save, error)
            self._context.journal.drop_send(save.save_id)
            self.send_next()
        else:
            self._park(save, error)

    def _park(self, save: WaitingSave, refusal: EtsError) -> None:
        """What nobody looks at any more goes into 접수정보 임시저장, and is told."""

        def on_parked(_done: Done[Any]) -> None:
            self._came[save.save_id] = draft.draft_id
            self._context.journal.drop_send(save.save_id)
            told = self.tr("전송대기 접수를 저장하지 못해 임시저장(복구)에 넣었습니다: {reason}")
            self._context.desk.say(told.format(reason=error_text(refusal)))
            self.send_next()

        def on_failed(_error: EtsError) -> None:
            self._wait_on(save)

        draft = draft_of(self._context.agent.agent_id, save)
        park = partial(self._context.call, save_draft, draft)
        self._under_way = save.save_id
        self._jobs.write(park, on_done=on_parked, on_error=on_failed)

    @Slot(bool)
    def _on_writing_changed(self, writing: bool) -> None:
        if not writing:
            self._under_way = None
            self._show_count()

    def _show_count(self) -> None:
        self._context.desk.show_waiting(len(self._waiting))
