"""내 승인요청: what I asked a supervisor for and what came of it, from anywhere by its key."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import APPROVALS, Topic
from ets_desktop.queries.approvals import ApprovalRow, Approvals, approvals
from ets_desktop.ui.approval_columns import approval_columns, approval_key
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.operations.answer_approvals import WITHDRAW, AnswerApprovals
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.table_panel import TablePanel

TITLE, OPEN = "내 승인요청", "접수 열기"
_ROWS = "rows"


class MyApprovalsDialog(QDialog):
    """Live while it is open; what waits can be taken back."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(translated(TITLE))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._panel: TablePanel[ApprovalRow] = TablePanel(
            TITLE,
            approval_columns(),
            approval_key,
            buttons=(OPEN, WITHDRAW),
            state=context.state,
            empty=self.tr("요청한 승인이 없습니다."),
        )
        self._jobs = context.jobs(self)
        self._answers = AnswerApprovals(context, self)
        self._pace = Pace(self._jobs, _ROWS, self._load)
        column = QVBoxLayout(self)
        column.addWidget(self._panel)
        self.resize(980, 380)
        self._panel.button(OPEN).clicked.connect(self._on_open_clicked)
        self._panel.button(WITHDRAW).clicked.connect(self._on_withdraw_clicked)
        self._panel.row_chosen.connect(self._open)
        self._panel.table.selectionModel().currentRowChanged.connect(self._show_what_is_possible)
        self._panel.model.modelReset.connect(self._show_what_is_possible)
        self._answers.settled.connect(self._pace.ask)
        context.changes.subscribe(self, (APPROVALS,), self._on_touched)
        self._pace.ask()

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self._pace.ask()

    def _load(self) -> None:
        self._panel.await_rows()
        me = self._context.agent.agent_id
        self._jobs.load(
            approvals, me, on_done=self._on_loaded, on_error=self._on_failed, lane=_ROWS
        )

    def _on_loaded(self, found: Approvals) -> None:
        is_first = self._panel.age.moment is None
        self._panel.reload_rows(found.rows, found.as_of)
        if is_first:
            self._panel.go_to_rows()
        self._show_what_is_possible()

    def _on_failed(self, error: EtsError) -> None:
        self._panel.show_error(error_text(error))

    @Slot()
    def _show_what_is_possible(self) -> None:
        row = self._panel.current_row()
        self._panel.button(OPEN).setEnabled(row is None or self._has_a_ticket(row))
        self._panel.button(WITHDRAW).setEnabled(row is None or self._answers.may_withdraw(row))

    @Slot()
    def _on_open_clicked(self) -> None:
        row = self._panel.row_in_hand()
        if row is not None:
            self._open(row)

    def _has_a_ticket(self, row: ApprovalRow) -> bool:
        """And a form to open it in."""
        return row.ticket_id is not None and not self._context.agent.in_warehouse

    @Slot(object)
    def _open(self, row: ApprovalRow) -> None:
        if row.ticket_id is not None and self._has_a_ticket(row):
            self._context.desk.load_ticket(row.ticket_id)
            self.close()

    @Slot()
    def _on_withdraw_clicked(self) -> None:
        row = self._panel.row_in_hand()
        if row is not None:
            self._answers.withdraw(row)
