"""승인, 반려 and 요청 취소, wherever a request stands; who may is the database's word."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Done
from ets_desktop.queries.approvals import ApprovalRow
from ets_desktop.services.approvals import (
    AnswerApproval,
    WithdrawApproval,
    answer_approval,
    withdraw_approval,
)
from ets_desktop.ui.approval_columns import brief
from ets_desktop.ui.context import UiContext

APPROVE, REFUSE, WITHDRAW = "승인", "반려", "요청 취소"


class AnswerApprovals(QObject):
    """One answer at a time; `settled` when the request stands otherwise than it was shown."""

    settled = Signal()

    def __init__(self, context: UiContext, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context
        self.jobs = context.jobs(self)
        #: Typed once, however often it has to be sent.
        self._unsent: dict[int, str] = {}

    def may_answer(self, row: ApprovalRow) -> bool:
        agent = self._context.agent
        return agent.is_supervisor and row.is_pending and row.asked_by != agent.agent_id

    def may_withdraw(self, row: ApprovalRow) -> bool:
        return row.is_pending and row.asked_by == self._context.agent.agent_id

    def approve(self, row: ApprovalRow) -> None:
        told = self.tr("승인했습니다: {what}").format(what=brief(row))
        self._answer(row, told, approves=True)

    def refuse(self, row: ApprovalRow) -> None:
        typed = self._unsent.get(row.approval_id, "")
        reason = self._context.prompts.ask_text("승인 반려", "반려사유", typed)
        if reason is not None:
            self._unsent[row.approval_id] = reason
            told = self.tr("반려했습니다: {what}").format(what=brief(row))
            self._answer(row, told, approves=False, reason=reason)

    def withdraw(self, row: ApprovalRow) -> None:
        told = self.tr("요청을 취소했습니다: {what}").format(what=brief(row))
        done = partial(self._on_done, told)
        command = WithdrawApproval(row.approval_id)
        self.jobs.save(withdraw_approval, command, on_done=done, on_error=self._on_refused)

    def _answer(self, row: ApprovalRow, told: str, *, approves: bool, reason: str = "") -> None:
        me = self._context.agent.agent_id
        command = AnswerApproval(me, row.approval_id, approves, reason)
        done = partial(self._on_answered, row, told)
        self.jobs.save(answer_approval, command, on_done=done, on_error=self._on_refused)

    def _on_answered(self, row: ApprovalRow, told: str, done: Done[Any]) -> None:
        self._unsent.pop(row.approval_id, None)
        self._on_done(told, done)

    def _on_done(self, told: str, _done: Done[Any]) -> None:
        self._context.desk.say(told)
        self.settled.emit()

    def _on_refused(self, error: EtsError) -> None:
        """Somebody may have been faster."""
        self._context.desk.tell(error)
        self.settled.emit()
