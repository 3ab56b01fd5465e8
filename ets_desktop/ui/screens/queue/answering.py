"""What is done with a row of 대기열: 수락, 반려, 통화, 부재 처리, for tickets and for callers."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from ets_desktop.domain import phone
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Done
from ets_desktop.domain.transfers import TransferState
from ets_desktop.queries.missed_work import MissedCallRow
from ets_desktop.queries.work import TransferredRow
from ets_desktop.services.missed_calls import (
    ReturnMissedCall,
    TakeMissedCall,
    return_missed_call,
    take_missed_call,
)
from ets_desktop.services.transfers import (
    AnswerTransfer,
    ReturnTransfer,
    accept_transfer,
    mark_transfer_seen,
    return_transfer,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import filled
from ets_desktop.ui.operations.missed_calls import MissedHandling
from ets_desktop.ui.screens.queue.columns import dialled_of
from ets_desktop.ui.screens.queue.rows import QueueRow


class Answering(QObject):
    """`refused` is called when somebody was faster: the list says so too."""

    def __init__(self, context: UiContext, owner: QObject, refused: Callable[[], object]) -> None:
        super().__init__(owner)
        self._context = context
        self._refused = refused
        self.jobs = context.jobs(self)
        # Its own: that an offer was seen must not be in the way of answering it.
        self._seeing = context.jobs(self)
        self._handling = MissedHandling(context, self)

    def see(self, row: QueueRow) -> None:
        """Looked at: the sender is told."""
        if row.ticket is not None and row.ticket.transfer_state == TransferState.SENT:
            self._seeing.save(mark_transfer_seen, self._answer(row.ticket))

    def open(self, row: QueueRow) -> None:
        """선택: opening it to work counts as accepting (spec 20)."""
        if row.ticket is not None and row.ticket.transfer_state == TransferState.ACCEPTED:
            self._context.desk.load_ticket(row.ticket.ticket_id)
        else:
            self.accept(row, self._open_accepted)

    def accept(self, row: QueueRow, then: Callable[[QueueRow], object] | None = None) -> None:
        """수락; `then` is called once it is the agent's."""
        on_done = partial(self._on_accepted, row, then)
        if row.ticket is not None:
            command = self._answer(row.ticket)
            self.jobs.save(accept_transfer, command, on_done=on_done, on_error=self._on_refused)
        elif row.missed is not None and row.missed.to_team and not row.missed.taken:
            take = TakeMissedCall(self._me, row.missed.missed_call_id)
            self.jobs.save(take_missed_call, take, on_done=on_done, on_error=self._on_refused)
        elif then is not None:
            then(row)  # one's own already
        else:
            self._context.desk.say(self.tr("본인의 부재 통화입니다. 통화하거나 부재 처리하십시오."))

    def give_back(self, row: QueueRow) -> None:
        """반려, with a reason."""
        title = self.tr("이관 반려") if row.ticket is not None else self.tr("부재 통화 반려")
        reason = self._context.prompts.ask_text(title, self.tr("반려사유"))
        if reason is None:
            return
        if row.ticket is not None:
            answer = self._answer(row.ticket)
            wish = ReturnTransfer(answer.actor_id, answer.transfer_id, reason)
            told = self.tr("이관을 반려했습니다.")
            self.jobs.save(
                return_transfer,
                wish,
                on_done=partial(self._on_given_back, told),
                on_error=self._on_refused,
            )
        elif row.missed is not None:
            back = ReturnMissedCall(self._me, row.missed.missed_call_id, reason)
            told = self.tr("부재 통화를 팀에 되돌렸습니다.")
            self.jobs.save(
                return_missed_call,
                back,
                on_done=partial(self._on_given_back, told),
                on_error=self._on_refused,
            )

    def dial(self, row: QueueRow) -> None:
        """통화: a caller of the team is taken first, so that no two of it call back."""
        if not row.number:
            self._context.desk.say(self.tr("전화번호가 없습니다."))
        elif row.missed is not None:
            self.accept(row, self._dial)
        else:
            self._dial(row)

    def handle(self, row: QueueRow) -> None:
        """부재 처리: nothing is to be done about the caller (any more)."""
        if row.missed is None:
            self._context.desk.say(self.tr("부재 통화가 아닙니다."))
        else:
            self._handling.handle(row.missed.call_id)

    @property
    def _me(self) -> int:
        return self._context.agent.agent_id

    def _answer(self, ticket: TransferredRow) -> AnswerTransfer:
        return AnswerTransfer(self._me, ticket.transfer_id or 0)

    def _dial(self, row: QueueRow) -> None:
        whom = dialled_of(row)
        self._context.desk.dial(whom.number, whom.about)

    def _open_accepted(self, row: QueueRow) -> None:
        if row.ticket is not None:
            self._context.desk.load_ticket(row.ticket.ticket_id)
        elif row.missed is not None:
            self._open_caller(row.missed)

    def _open_caller(self, missed: MissedCallRow) -> None:
        """The call goes into the form; one that never rang here is found by its number."""
        if missed.rang_here:
            self._context.desk.take_call(missed.call_id)
            return
        bar = self._context.desk.top_bar
        bar.set_customer_search(phone.display(missed.number))
        bar.customer_searched.emit(bar.customer_search)

    def _on_accepted(
        self, row: QueueRow, then: Callable[[QueueRow], object] | None, _done: Done[object]
    ) -> None:
        if row.ticket is not None:
            told = self.tr("접수 {number|을} 수락했습니다. 진행 중에 있습니다.")
            self._context.desk.say(filled(told, {"number": row.ticket.ticket_no}))
        else:
            self._context.desk.say(self.tr("부재 통화를 맡았습니다. 진행 중에 있습니다."))
        if then is not None:
            then(row)

    def _on_given_back(self, told: str, _done: Done[object]) -> None:
        self._context.desk.say(told)

    def _on_refused(self, error: EtsError) -> None:
        self._context.desk.tell(error)
        self._refused()
