"""승인 (spec 60): what waits for a supervisor on top, what was answered lately below; live."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import APPROVALS, Topic
from ets_desktop.queries.approvals import ApprovalRow, Approvals, approvals
from ets_desktop.ui.approval_columns import approval_columns, approval_key
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.operations.answer_approvals import APPROVE, REFUSE, AnswerApprovals
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.table_panel import EXPORT, TablePanel
from ets_desktop.ui.ticket_preview import PreviewedList, TicketPreview

SCREEN_ID = "approvals"
TITLE = "승인"
OPEN = "접수 열기"
_ROWS = "rows"
#: An approved export is none an hour later, even when nobody does anything.
_CLOCK_MILLISECONDS = 60_000


class ApprovalsScreen(Screen):
    """The current row is answered; its ticket stands below."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._panel: TablePanel[ApprovalRow] = TablePanel(
            TITLE,
            approval_columns(),
            approval_key,
            buttons=(APPROVE, REFUSE, OPEN, EXPORT),
            state=context.state,
            empty=self.tr("승인을 기다리는 요청이 없습니다."),
        )
        self._preview = TicketPreview(context)
        self._answers = AnswerApprovals(context, self)
        self._pace = Pace(self.jobs, _ROWS, self._load)
        self.clock = QTimer(self)
        self.clock.setInterval(_CLOCK_MILLISECONDS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PreviewedList(context.state, self._panel, self._preview))
        self._wire()
        self.clock.start()
        self._pace.ask()

    def _wire(self) -> None:
        actions = self.context.desk.actions
        for label, action, slot in (
            (APPROVE, "approve_request", self._on_approve_clicked),
            (REFUSE, "refuse_request", self._on_refuse_clicked),
            (OPEN, "open_request", self._on_open_clicked),
        ):
            button = self._panel.button(label)
            actions.bind_button(action, button, self)
            button.clicked.connect(slot)
        self._panel.row_previewed.connect(self._on_row_previewed)
        self._panel.row_chosen.connect(self._open)
        self._panel.table.selectionModel().currentRowChanged.connect(self._show_what_is_possible)
        self._panel.model.modelReset.connect(self._show_what_is_possible)
        self._answers.jobs.writing_changed.connect(self._show_what_is_possible)
        self._answers.settled.connect(self._pace.ask)
        self.clock.timeout.connect(self._pace.ask)
        self.context.changes.subscribe(self, (APPROVALS,), self._on_touched)

    def take_focus(self) -> None:
        self._panel.go_to_rows()

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self._pace.ask()

    def _load(self) -> None:
        self._panel.await_rows()
        self.jobs.load(
            approvals, None, on_done=self._on_loaded, on_error=self._on_failed, lane=_ROWS
        )

    def _on_loaded(self, found: Approvals) -> None:
        self._panel.reload_rows(found.rows, found.as_of)
        self.context.desk.set_count(SCREEN_ID, found.pending)
        self._show_what_is_possible()

    def _on_failed(self, error: EtsError) -> None:
        self._panel.show_error(error_text(error))

    @Slot()
    def _show_what_is_possible(self) -> None:
        """Nobody answers their own; what was answered stays so."""
        row = self._panel.current_row()
        free = not self._answers.jobs.is_writing
        may = free and (row is None or self._answers.may_answer(row))
        self._panel.button(APPROVE).setEnabled(may)
        self._panel.button(REFUSE).setEnabled(may)
        self._panel.button(OPEN).setEnabled(row is None or row.ticket_id is not None)

    @Slot(object)
    def _on_row_previewed(self, row: ApprovalRow) -> None:
        if row.ticket_id is None:
            self._preview.clear()
        else:
            self._preview.show_ticket(row.ticket_id)

    @Slot()
    def _on_approve_clicked(self) -> None:
        row = self._panel.row_in_hand()
        if row is not None:
            self._answers.approve(row)

    @Slot()
    def _on_refuse_clicked(self) -> None:
        row = self._panel.row_in_hand()
        if row is not None:
            self._answers.refuse(row)

    @Slot()
    def _on_open_clicked(self) -> None:
        row = self._panel.row_in_hand()
        if row is not None:
            self._open(row)

    @Slot(object)
    def _open(self, row: ApprovalRow) -> None:
        if row.ticket_id is not None:
            self.context.desk.load_ticket(row.ticket_id)
