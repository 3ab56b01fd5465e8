"""승인 in the form: what of its ticket waits for a supervisor, asked and answered right here."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ets_desktop.domain.approvals import ApprovalKind, ApprovalState
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import APPROVALS, EVERYTHING, Done, Topic, ticket_topic
from ets_desktop.queries.approvals import (
    ApprovalRow,
    LargeRefund,
    TicketApprovals,
    ticket_approvals,
)
from ets_desktop.services.approvals import Asked, AskToRefund, ask_to_refund
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import money_text
from ets_desktop.ui.labels import filled
from ets_desktop.ui.language import translated
from ets_desktop.ui.operations.answer_approvals import (
    APPROVE,
    REFUSE,
    WITHDRAW,
    AnswerApprovals,
)
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.widgets.fields import set_tone

NAME = "승인 요청"
ASK_REFUND = "환불 승인요청"
_LANE = "approvals"
_NOTHING = TicketApprovals((), None)


class ApprovalStrip(QFrame):
    """One line above the form; hidden while there is nothing to tell."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translated(NAME))
        self.setProperty("role", "bar")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        labels = (APPROVE, REFUSE, WITHDRAW, ASK_REFUND)
        self._buttons = {label: QPushButton(translated(label, "button")) for label in labels}
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 4, 3)
        row.addWidget(self._text, 1)
        for button in self._buttons.values():
            button.setAutoDefault(False)
            row.addWidget(button)
        self.show_line("", ())

    @property
    def message(self) -> str:
        return self._text.text()

    def button(self, label: str) -> QPushButton:
        return self._buttons[label]

    def show_line(self, text: str, possible: tuple[str, ...], tone: str = "") -> None:
        """`text` and the buttons that go with it; hidden without a text."""
        self._text.setText(text)
        set_tone(self._text, tone)
        for label, button in self._buttons.items():
            # A key presses a hidden button too.
            button.setEnabled(label in possible)
            button.setVisible(label in possible)
        self.setVisible(bool(text))


class TicketApprovalsShown(QObject):
    """Follows the ticket in the form; what waits goes before what was answered."""

    def __init__(self, context: UiContext, form: OpenForm) -> None:
        super().__init__(form)
        self._context = context
        self._form = form
        self._ticket_id: int | None = None
        self._found = _NOTHING
        #: Why a claim is to be refunded: typed once, however often it has to be sent.
        self._unsent: dict[int, str] = {}
        self._jobs = context.jobs(self)
        self._asking = context.jobs(self)
        self._answers = AnswerApprovals(context, self)
        self._pace = Pace(self._jobs, _LANE, self._load)
        self.strip = ApprovalStrip()
        self._wire()

    def _wire(self) -> None:
        self.strip.button(APPROVE).clicked.connect(self._on_approve_clicked)
        self.strip.button(REFUSE).clicked.connect(self._on_refuse_clicked)
        self.strip.button(WITHDRAW).clicked.connect(self._on_withdraw_clicked)
        self.strip.button(ASK_REFUND).clicked.connect(self._on_ask_clicked)
        self._form.status_changed.connect(self._on_form_changed)
        self._answers.settled.connect(self._pace.ask)
        changes = self._context.changes
        changes.subscribe(self, (APPROVALS,), self._on_touched)
        changes.subscribe(self, ("ticket/",), self._on_tickets_touched)
        self._context.house.changed.connect(self._pace.ask)

    def buttons(self) -> dict[str, QPushButton]:
        """By the ids of their actions."""
        ids = ("approve_request", "refuse_request", "withdraw_request", "ask_refund")
        labels = (APPROVE, REFUSE, WITHDRAW, ASK_REFUND)
        return {name: self.strip.button(label) for name, label in zip(ids, labels, strict=True)}

    # Reading

    @Slot()
    def _on_form_changed(self) -> None:
        """Another ticket, or the same one closed or open again."""
        if self._form.ticket_id != self._ticket_id:
            self._ticket_id = self._form.ticket_id
            self._show(_NOTHING)
        self._pace.ask()

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self._pace.ask()

    def _on_tickets_touched(self, topics: frozenset[Topic]) -> None:
        if self._ticket_id is not None and topics & {ticket_topic(self._ticket_id), EVERYTHING}:
            self._pace.ask()

    def _load(self) -> None:
        if self._ticket_id is None:
            return
        self._jobs.load(
            ticket_approvals,
            self._ticket_id,
            self._context.house.house.settings.refund_limit,
            on_done=partial(self._on_read, self._ticket_id),
            on_error=self._on_failed,
            lane=_LANE,
        )

    def _on_read(self, ticket_id: int, found: TicketApprovals) -> None:
        if ticket_id == self._ticket_id:
            self._show(found)

    def _on_failed(self, _error: EtsError) -> None:
        """When the database is back, everything counts as changed and is asked again."""

    # Showing

    @property
    def _row(self) -> ApprovalRow | None:
        return self._found.rows[0] if self._found.rows else None

    def _show(self, found: TicketApprovals) -> None:
        self._found = found
        row = self._row
        if row is not None and (row.is_pending or found.refund is None):
            self._show_row(row)
        elif found.refund is not None:
            told = self.tr("환불 {won}원은 관리자의 승인이 필요합니다.")
            text = told.format(won=money_text(found.refund.amount))
            self.strip.show_line(text, (ASK_REFUND,))
        else:
            self.strip.show_line("", ())

    def _show_row(self, row: ApprovalRow) -> None:
        possible: tuple[str, ...] = ()
        if self._answers.may_answer(row):
            possible = (APPROVE, REFUSE)
        elif self._answers.may_withdraw(row):
            possible = (WITHDRAW,)
        tone = "red" if row.state is ApprovalState.REFUSED else ""
        self.strip.show_line(self._words(row), possible, tone)

    def _words(self, row: ApprovalRow) -> str:
        what = self.tr("재오픈")
        if row.kind is ApprovalKind.REFUND:
            what = self.tr("환불 {won}원").format(won=money_text(row.amount))
        told = self.tr("{who|이} 승인을 요청했습니다: {what} · {reason}")
        if row.state is ApprovalState.APPROVED:
            told = self.tr("승인되었습니다: {what} · {by}")
        elif row.state is ApprovalState.REFUSED:
            told = self.tr("반려되었습니다: {what} · {answer} · {by}")
        values = {"who": row.asker, "what": what, "reason": row.reason}
        return filled(told, values | {"by": row.answerer, "answer": row.answer_reason})

    # Asking and answering

    @Slot()
    def _on_approve_clicked(self) -> None:
        if self._row is not None:
            self._answers.approve(self._row)

    @Slot()
    def _on_refuse_clicked(self) -> None:
        if self._row is not None:
            self._answers.refuse(self._row)

    @Slot()
    def _on_withdraw_clicked(self) -> None:
        if self._row is not None:
            self._answers.withdraw(self._row)

    @Slot()
    def _on_ask_clicked(self) -> None:
        refund = self._found.refund
        if refund is None:
            return
        typed = self._unsent.get(refund.claim_id, "")
        reason = self._context.prompts.ask_text(ASK_REFUND, "요청사유", typed)
        if reason is not None:
            self._unsent[refund.claim_id] = reason
            wish = AskToRefund(self._context.agent.agent_id, refund.claim_id, reason)
            done = partial(self._on_asked, refund)
            self._asking.save(ask_to_refund, wish, on_done=done, on_error=self._on_refused)

    def _on_asked(self, refund: LargeRefund, _done: Done[Asked]) -> None:
        self._unsent.pop(refund.claim_id, None)
        told = self.tr("환불 승인을 요청했습니다: {number} {won}원")
        self._context.desk.say(told.format(number=refund.claim_no, won=money_text(refund.amount)))
        self._pace.ask()

    def _on_refused(self, error: EtsError) -> None:
        self._context.desk.tell(error)
        self._pace.ask()
