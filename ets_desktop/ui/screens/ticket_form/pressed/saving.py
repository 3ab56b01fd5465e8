"""What the buttons of 접수 버튼 바 do: check, save, tell, and go on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.errors import EtsError, RuleViolation, StaleData
from ets_desktop.domain.journal import WaitingSave
from ets_desktop.domain.tickets import Action, FieldFault, follow_up_form
from ets_desktop.domain.topics import Done
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.drafts import SaveDraft, save_draft
from ets_desktop.services.form_saves import FormSaved
from ets_desktop.services.ticket_forms import Saved
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.prompts import DISCARD, DRAFT, SAVE, SAVE_DRAFT_DISCARD, UNSAVED
from ets_desktop.ui.screens.ticket_form.contents import sent_part
from ets_desktop.ui.screens.ticket_form.fields import TicketFields
from ets_desktop.ui.screens.ticket_form.kept.journalling import entry_of
from ets_desktop.ui.screens.ticket_form.open_form import KeptForm, OpenForm, ShownCustomer
from ets_desktop.ui.screens.ticket_form.pressed.pressing import faults_of
from ets_desktop.ui.screens.ticket_form.pressed.sending import Outcome, PutOff, Sending, send

Then = Callable[[], object]
Now = Callable[[], datetime]


@dataclass(frozen=True)
class Sent:
    """A save under way: what of, and what follows once it stands."""

    action: Action
    contents: FormContents
    then: Then | None = None


class Saving(QObject):
    """One write at a time; while it runs the fields stay open to typing."""

    #: the Sent that was refused, for somebody else changed or closed the ticket first
    conflict_met = Signal(object)
    #: a form stands in the database and is shown again: ticket id
    saved = Signal(int)
    #: somebody changed the ticket after mine was stored and before it was read, or before mine
    overtaken = Signal()

    def __init__(
        self,
        context: UiContext,
        jobs: ScreenJobs,
        form: OpenForm,
        fields: TicketFields,
        now: Now,
    ) -> None:
        super().__init__(form)
        self._context = context
        self._jobs = jobs
        self._form = form
        self._fields = fields
        self._now = now
        self._sent: Sent | None = None
        self._pressed: WaitingSave | None = None
        self.sending = Sending(context, form)
        self.sending.arrived.connect(self._on_arrived)
        self.sending.refused.connect(self._on_sending_refused)
        #: What was answered about the unsaved text on the way that was cleared last, "" if unasked.
        self.answer = ""
        self._let_go: KeptForm | None = None
        #: Asks about a customer that is not saved yet, before the ticket is asked about.
        self.settle_customer: Callable[[Then], object] = _call

    # Leaving a form

    def clear_way(self, then: Then, *, again: bool = False) -> None:
        """Call `then` once nothing unsaved is lost (spec 20, leaving); never if the user stays.

        `again`: the same way as before, only what was typed since is asked about.
        """
        if self._jobs.is_writing:
            self._context.desk.say(self.tr("저장하는 중입니다. 잠시 뒤 다시 하십시오."))
            return
        self._form.finish_typing()
        if not again:
            self.answer, self._let_go = "", None
        self.settle_customer(partial(self._ask_about_text, then))

    def _ask_about_text(self, then: Then) -> None:
        if not self._form.has_unsaved or self._form.keep() == self._let_go:
            then()
            return
        text = self.tr("입력한 내용을 저장하지 않았습니다.")
        self.answer = answer = self._context.prompts.ask(UNSAVED, text, SAVE_DRAFT_DISCARD)
        if answer == SAVE:
            self.write(Action.SAVE, then)
        elif answer == DRAFT:
            self.park("manual", partial(self._tell_parked, then))
        elif answer == DISCARD:
            self._let_go = self._form.keep()
            then()

    def _tell_parked(self, then: Then) -> None:
        self._let_go = self._form.keep()
        self._context.desk.say(self.tr("임시저장했습니다."))
        then()

    def abandon(self, then: Then) -> None:
        """Keep what is unsaved as a draft (복구) without a question, then call `then`."""
        if self._jobs.is_writing:
            # Once it is written there may be nothing left to keep.
            self._jobs.writing_changed.connect(
                partial(self._abandon_written, then), Qt.ConnectionType.SingleShotConnection
            )
            return
        self._form.finish_typing()
        if self._form.has_unsaved:
            self.park("recovered", then)
        else:
            then()

    def _abandon_written(self, then: Then, _writing: bool) -> None:
        # After what came of it, which the signal comes before.
        QTimer.singleShot(0, partial(self.abandon, then))

    def park(self, kind: str, then: Then) -> None:
        """Keep the form as a draft, then call `then`; on an error the form stays as it is."""
        self._form.finish_typing()
        draft = SaveDraft(
            self._form.draft_id or uuid4(),
            self._context.agent.agent_id,
            kind,
            self._form.contents,
        )

        def on_done(_done: Done[Any]) -> None:
            then()

        self._start(save_draft, draft, on_done)

    # Saving

    def write(self, action: Action, then: Then | None = None) -> None:
        """접수정보저장, 이관처리, 완료처리 or 콜백; `then` follows only if it was stored, or if it
        waits for the database (전송대기)."""
        self._fields.clear_errors()
        if self._form.waiting_id is not None:
            self._context.desk.say(self.tr("전송대기 중인 접수입니다. 전송된 뒤에 저장하십시오."))
            return
        if not self._form.finish_typing():
            return
        contents = self._form.contents
        if self._show_faults(self._faults(action, contents)):
            return
        save = self._pressed = self._save_of(action, contents)
        work = partial(send, self._context, save)
        if self.began(self._jobs.write(work, on_done=self._on_sent, on_error=self._on_refused)):
            self._sent = Sent(action, contents, then)

    def _save_of(self, action: Action, contents: FormContents) -> WaitingSave:
        """This press; pressed again after it failed, it is the same one."""
        entry = replace(entry_of(self._form, self._fields), contents=contents)
        save = WaitingSave(uuid4(), action, entry, self._form.number)
        last = self._pressed
        if last is None or last != replace(
            save, save_id=last.save_id, entry=replace(entry, at=last.entry.at)
        ):
            return save
        return last

    def _start(
        self,
        service: Callable[[Any, Any], Done[Any]],
        command: object,
        on_done: Callable[[Done[Any]], object],
    ) -> None:
        self.began(self._jobs.save(service, command, on_done=on_done, on_error=self._on_refused))

    def began(self, started: bool) -> bool:
        """Says so if a write was refused, for another one runs."""
        if not started:
            self._context.desk.say(self.tr("저장하는 중입니다. 잠시 뒤 다시 하십시오."))
        return started

    def _faults(self, action: Action, contents: FormContents) -> list[FieldFault]:
        base = self._form.base
        return faults_of(
            self._context.agent.agent_id,
            action,
            contents,
            receiver_clear=self._fields.receiver.receiver() is not None,
            was_due_on=base.due_on if base is not None else None,
            now=self._now(),
        )

    def _show_faults(self, faults: list[FieldFault]) -> bool:
        """Mark every field at fault, the first one gets the cursor; false if there is none."""
        for fault in reversed(faults):
            details = {} if fault.limit is None else {"limit": fault.limit}
            self._fields.show_error(
                fault.field, error_text(RuleViolation(fault.code, field=fault.field, **details))
            )
        return bool(faults)

    # What came of it

    def _on_sent(self, outcome: Outcome) -> None:
        sent, self._sent = self._sent, None
        if sent is None:
            return
        if isinstance(outcome, PutOff):
            self._put_off(sent, outcome.save)
        else:
            self._take_in(sent, outcome.value)

    def _put_off(self, sent: Sent, save: WaitingSave) -> None:
        """전송대기: it is safe on this PC, the work goes on."""
        self._form.mark_waiting(save.save_id, sent.contents)
        self.sending.put_off(save)
        self._context.desk.say(
            self.tr("데이터베이스에 연결할 수 없어 전송대기로 두었습니다. 연결되면 저장합니다.")
        )
        if sent.then is not None:
            sent.then()

    def _on_arrived(self, save: WaitingSave, value: FormSaved) -> None:
        """A save that waited; its form may be gone long since."""
        if self._form.waiting_id == save.save_id:
            self._take_in(Sent(save.action, save.entry.contents), value)
        else:
            told = self.tr("전송대기 접수를 저장했습니다. 접수번호 {number}")
            self._context.desk.say(told.format(number=value.saved.ticket_no))

    def _on_sending_refused(self, save: WaitingSave, error: EtsError) -> None:
        self._form.end_waiting()
        self._sent = Sent(save.action, save.entry.contents)
        self._on_refused(error)

    def _take_in(self, sent: Sent, value: FormSaved) -> None:
        if value.customer_id is not None:
            customer = ShownCustomer(value.customer_id, sent.contents.customer_name)
            self._form.set_customer(customer)
            form = replace(sent.contents.form, customer_id=value.customer_id)
            sent = replace(sent, contents=replace(sent.contents, form=form, customer_name=""))
        saved = value.saved
        waited = self._form.waiting_id is not None
        before = self._form.before_waiting if waited else self._form.before
        stored = sent_part(sent.action, sent.contents, before)
        told = self._told(sent, saved)
        if stored != sent.contents:
            told += " " + self.tr("이관과 콜백은 그 단추를 눌러야 저장됩니다.")
        self._form.mark_saved(stored, saved)
        self._context.desk.say(told)
        if sent.then is not None:
            sent.then()
            return
        self.show_stored(stored)

    def show_stored(self, sent: FormContents) -> None:
        """Read the ticket again; what is typed meanwhile stays."""
        ticket_id = self._form.ticket_id
        if ticket_id is None:
            return

        def on_read(detail: Any) -> None:
            if detail.ticket_id != self._form.ticket_id:
                return
            mine = detail.updated_by == self._context.agent.agent_id
            if mine or detail.version == self._form.version:
                self._form.refresh(detail, sent)
                self.saved.emit(detail.ticket_id)
            else:  # somebody was faster than this look: told, not slipped in
                self.overtaken.emit()

        self._jobs.load(ticket_detail, ticket_id, on_done=on_read, lane="stored")

    def _told(self, sent: Sent, saved: Saved) -> str:
        contents = sent.contents
        if sent.action is Action.TRANSFER:
            name = self._fields.receiver.name_of(contents.to_agent_id, contents.to_team_id)
            told = self.tr("이관처리했습니다: {name}").format(name=name)
        elif sent.action is Action.COMPLETE:
            told = self.tr("완료처리했습니다.")
        elif sent.action is Action.CALLBACK:
            told = self.tr("콜백을 예약했습니다: {at}").format(at=moment_text(contents.callback_at))
        else:
            told = self.tr("접수정보를 저장했습니다.")
        if saved.taken_over:
            told = f"{told.rstrip('.')}. " + self.tr("다른 담당자의 접수를 인수했습니다.")
        return self.tr("{told} 접수번호 {number}").format(told=told, number=saved.ticket_no)

    def _on_refused(self, error: EtsError) -> None:
        sent, self._sent = self._sent, None
        overtaken = isinstance(error, StaleData) or error.code == "ticket_closed"
        if overtaken and sent is not None:
            self.conflict_met.emit(sent)
            return
        field = error.field if isinstance(error, RuleViolation) else None
        if field == "name":  # the newcomer's, above
            self._context.desk.top_bar.show_name_error(error_text(error))
        elif field is None or not self._fields.show_error(field, error_text(error)):
            self._context.desk.tell(error)

    # Another form

    def follow_up(self) -> None:
        """추가 접수 새화면: the next ticket of the same customer and order."""
        now = self._form.contents
        client_id, today = uuid4(), seoul_date(self._now())
        contents = FormContents(
            form=follow_up_form(now.form, client_id=client_id, today=today),
            follow_up_of=now.ticket_id,
            call_id=now.call_id,
            callback_number=now.callback_number,
        )
        self._form.show_follow_up(contents)
        self._fields.take_focus()


def _call(then: Then) -> None:
    then()
