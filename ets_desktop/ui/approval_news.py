"""승인 in the status line: new requests for whoever supervises, answers for whoever asked."""

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.approvals import ApprovalState
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import APPROVALS, Topic
from ets_desktop.queries.approvals import ApprovalRow, Approvals, approvals
from ets_desktop.ui.approval_columns import brief
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import filled
from ets_desktop.ui.notices import Notice
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.window_desk import WindowDesk

#: Where a supervisor answers them.
SCREEN_ID = "approvals"
_LANE = "approvals"
_WAITING = "approvals"


class ApprovalNews(QObject):
    """Requests that wait are told at the login of a supervisor as well; an answer is told once."""

    def __init__(self, context: UiContext, desk: WindowDesk) -> None:
        super().__init__()
        self._desk = desk
        self._agent = context.agent
        #: My own requests as they stood; None before the first look.
        self._mine: dict[int, ApprovalState] | None = None
        self._waiting: frozenset[int] = frozenset()
        self._jobs = context.jobs(self)
        self.pace = Pace(self._jobs, _LANE, self._load)
        context.changes.subscribe(self, (APPROVALS,), self._on_touched)

    @Slot()
    def ask(self) -> None:
        self.pace.ask()

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self.pace.ask()

    def _load(self) -> None:
        whose = None if self._agent.is_supervisor else self._agent.agent_id
        self._jobs.load(
            approvals, whose, on_done=self._on_read, on_error=self._on_failed, lane=_LANE
        )

    def _on_failed(self, _error: EtsError) -> None:
        """When the database is back, everything counts as changed and is asked again."""

    def _on_read(self, found: Approvals) -> None:
        me = self._agent.agent_id
        self._tell_answers([row for row in found.rows if row.asked_by == me])
        if self._agent.is_supervisor:
            self._tell_waiting([r for r in found.rows if r.is_pending and r.asked_by != me])

    # To whoever asked

    def _tell_answers(self, mine: list[ApprovalRow]) -> None:
        before, self._mine = self._mine, {row.approval_id: row.state for row in mine}
        for row in mine if before is not None else ():
            was = before.get(row.approval_id) if before is not None else None
            # My own doing is no news.
            if row.state not in (was, ApprovalState.PENDING, ApprovalState.WITHDRAWN):
                self._tell_answer(row)

    def _tell_answer(self, row: ApprovalRow) -> None:
        told = self.tr("승인되었습니다: {what} · {by}")
        if row.state is ApprovalState.REFUSED:
            told = self.tr("반려되었습니다: {what} · {answer} · {by}")
        elif row.state is ApprovalState.EXPIRED:
            told = self.tr("승인 요청이 만료되었습니다: {what}")
        text = told.format(what=brief(row), by=row.answerer, answer=row.answer_reason)

        def show() -> None:
            # The warehouse has no form.
            if row.ticket_id is not None and not self._agent.in_warehouse:
                self._desk.load_ticket(row.ticket_id)

        red = row.state is ApprovalState.REFUSED
        self._desk.notices.post(Notice(f"approval/{row.approval_id}", text, open=show, red=red))

    # To whoever supervises

    def _tell_waiting(self, rows: list[ApprovalRow]) -> None:
        """One notice for all of them, as long as there are any."""
        before, self._waiting = self._waiting, frozenset(row.approval_id for row in rows)
        shown = any(notice.key == _WAITING for notice in self._desk.notices.notices)
        new = [row for row in rows if row.approval_id not in before]
        if not rows:
            self._desk.notices.withdraw(_WAITING)
        elif new or (shown and before != self._waiting):
            self._desk.notices.post(
                Notice(_WAITING, self._words(rows, (new or rows)[-1]), open=self._open)
            )

    def _words(self, rows: list[ApprovalRow], newest: ApprovalRow) -> str:
        told = self.tr("{who|이} 승인을 요청했습니다: {what}")
        if len(rows) > 1:
            told = self.tr("승인 대기 {count}건: {what} · {who}")
        values = {"who": newest.asker, "what": brief(newest), "count": len(rows)}
        return filled(told, values)

    def _open(self) -> None:
        self._desk.open_tab(SCREEN_ID)
