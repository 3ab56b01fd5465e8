"""The buttons above the lists: answering offers, taking and dialling calls."""

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.phone import digits_of
from ets_desktop.domain.topics import Done
from ets_desktop.domain.transfers import TransferState
from ets_desktop.queries.calls import CallHistoryRow
from ets_desktop.queries.tickets import TicketRow
from ets_desktop.queries.work import CallbackRow, TransferredRow
from ets_desktop.services.transfers import (
    AnswerTransfer,
    ReturnTransfer,
    accept_transfer,
    mark_transfer_seen,
    recall_transfer,
    return_transfer,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.missed_calls import MissedHandling
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.agent_work.columns import is_unhandled
from ets_desktop.ui.screens.agent_work.lists import HANDLED, RETIE
from ets_desktop.ui.table_panel import TablePanel

ACCEPT, RETURN, RECALL = "수락", "반려", "회수"
TAKE, DIAL = "접수", "통화"


class TransferActions(QObject):
    """수락 and 반려 on 받은 이관, 회수 on 보낸 이관; looking at an offer tells its sender."""

    def __init__(
        self,
        context: UiContext,
        screen: Screen,
        received: TablePanel[TicketRow],
        sent: TablePanel[TicketRow],
    ) -> None:
        super().__init__(screen)
        self._context = context
        self._jobs = screen.jobs
        # Its own: that an offer was seen must not be in the way of answering it.
        self._seeing = context.jobs(self)
        self._received = received
        self._sent = sent
        self._buttons = {
            ACCEPT: received.button(ACCEPT),
            RETURN: received.button(RETURN),
            RECALL: sent.button(RECALL),
        }
        for action, title, panel in (
            ("accept_transfer", ACCEPT, received),
            ("return_transfer", RETURN, received),
            ("recall_transfer", RECALL, sent),
        ):
            context.desk.actions.bind_button(action, self._buttons[title], panel)
        self._buttons[ACCEPT].clicked.connect(self._on_accept_clicked)
        self._buttons[RETURN].clicked.connect(self._on_return_clicked)
        self._buttons[RECALL].clicked.connect(self._on_recall_clicked)
        self._jobs.writing_changed.connect(self._on_writing_changed)
        received.row_previewed.connect(self._on_offer_previewed)

    @Slot()
    def _on_accept_clicked(self) -> None:
        answer = self._answer(self._received)
        if answer is not None:
            self._jobs.save(accept_transfer, answer, on_done=self._on_accepted)

    @Slot()
    def _on_return_clicked(self) -> None:
        answer = self._answer(self._received)
        if answer is None:
            return
        reason = self._context.prompts.ask_text(self.tr("이관 반려"), self.tr("반려사유"))
        if reason is not None:
            wish = ReturnTransfer(answer.actor_id, answer.transfer_id, reason)
            self._jobs.save(return_transfer, wish, on_done=self._on_returned)

    @Slot()
    def _on_recall_clicked(self) -> None:
        answer = self._answer(self._sent)
        if answer is not None:
            self._jobs.save(recall_transfer, answer, on_done=self._on_recalled)

    def _answer(self, panel: TablePanel[TicketRow]) -> AnswerTransfer | None:
        """What the buttons send about the current row; says so if there is nothing to answer."""
        row = panel.current_row()
        if isinstance(row, TransferredRow) and row.transfer_id is not None:
            return AnswerTransfer(self._context.agent.agent_id, row.transfer_id)
        self._context.desk.say(self.tr("목록에서 한 건을 먼저 고르십시오."))
        return None

    def _on_accepted(self, _done: Done[int]) -> None:
        self._context.desk.say(self.tr("이관을 수락했습니다."))

    def _on_returned(self, _done: Done[int]) -> None:
        self._context.desk.say(self.tr("이관을 반려했습니다."))

    def _on_recalled(self, _done: Done[int]) -> None:
        self._context.desk.say(self.tr("이관을 회수했습니다."))

    @Slot(object)
    def _on_offer_previewed(self, row: TicketRow) -> None:
        offered = isinstance(row, TransferredRow) and row.transfer_state == TransferState.SENT
        answer = self._answer(self._received) if offered else None
        if answer is not None:
            self._seeing.save(mark_transfer_seen, answer)

    @Slot(bool)
    def _on_writing_changed(self, writing: bool) -> None:
        for button in self._buttons.values():
            button.setEnabled(not writing)


class CallActions(QObject):
    """선택, 접수 and 통화 on 당일통화내역, 통화 on 콜백."""

    def __init__(
        self,
        context: UiContext,
        screen: Screen,
        calls: TablePanel[CallHistoryRow],
        callbacks: TablePanel[TicketRow],
    ) -> None:
        super().__init__(screen)
        self._desk = context.desk
        self._handling = MissedHandling(context, self)
        self._calls = calls
        self._callbacks = callbacks
        for action, title, panel in (
            ("take_listed_call", TAKE, calls),
            ("dial_listed_call", DIAL, calls),
            ("handle_missed_call", HANDLED, calls),
            ("retie_call", RETIE, calls),
            ("dial_callback", DIAL, callbacks),
        ):
            self._desk.actions.bind_button(action, panel.button(title), panel)
        calls.row_chosen.connect(self._on_call_chosen)
        calls.button(TAKE).clicked.connect(self._on_take_clicked)
        calls.button(DIAL).clicked.connect(self._on_dial_clicked)
        calls.button(HANDLED).clicked.connect(self._on_handled_clicked)
        calls.button(RETIE).clicked.connect(self._on_retie_clicked)
        callbacks.button(DIAL).clicked.connect(self._on_call_back_clicked)

    @Slot(object)
    def _on_call_chosen(self, call: CallHistoryRow) -> None:
        """Only a call with a ticket loads (spec 10)."""
        if call.ticket_id is not None:
            self._desk.load_ticket(call.ticket_id)
        else:
            self._desk.say(self.tr("접수가 없는 통화입니다. 접수 단추로 새 접수를 시작하십시오."))

    @Slot()
    def _on_take_clicked(self) -> None:
        call = self._calls.current_row()
        if call is None:
            self._say_choose()
        elif call.ticket_id is not None:
            text = self.tr("이미 접수된 통화입니다: {number}").format(number=call.ticket_no)
            self._desk.say(text)
        else:
            self._desk.take_call(call.call_id)

    @Slot()
    def _on_dial_clicked(self) -> None:
        call = self._calls.current_row()
        if call is None:
            self._say_choose()
        else:
            self._dial(call.number or call.number_shown, DialledFrom(ticket_id=call.ticket_id))

    @Slot()
    def _on_handled_clicked(self) -> None:
        call = self._calls.current_row()
        if call is None:
            self._say_choose()
        elif is_unhandled(call):
            self._handling.handle(call.call_id)
        else:
            self._desk.say(self.tr("처리할 부재 통화가 아닙니다."))

    @Slot()
    def _on_retie_clicked(self) -> None:
        call = self._calls.current_row()
        if call is None:
            self._say_choose()
        else:
            self._desk.retie_call(call.call_id)

    @Slot()
    def _on_call_back_clicked(self) -> None:
        row = self._callbacks.current_row()
        if isinstance(row, CallbackRow):
            words = (mask_name(row.customer), mask_phone(row.callback_number), row.ticket_no)
            self._desk.call_back(row.callback_id, " ".join(word for word in words if word))
        else:
            self._say_choose()

    def _dial(self, number: str, about: DialledFrom) -> None:
        digits = digits_of(number)
        if digits is not None:
            self._desk.dial(digits, about)
        else:
            self._desk.say(self.tr("걸 수 있는 번호가 아닙니다."))

    def _say_choose(self) -> None:
        self._desk.say(self.tr("목록에서 한 건을 먼저 고르십시오."))
