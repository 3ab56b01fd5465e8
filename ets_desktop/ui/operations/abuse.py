"""폭언: one key opens the warning sentences, marks the call, and gives a protected rest."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.topics import Done
from ets_desktop.services.abuse import MarkAbusiveCall, mark_abusive_call
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import ReadOnlyField
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.widgets.side_dialog import SideDialog

#: What is read aloud, in this order, where the house has set no sentences of its own (설정
#: `abuse_warnings`). The law: 산업안전보건법 제41조, 고객응대근로자 보호.
WARNINGS = (
    "고객님, 욕설이나 폭언을 하시면 상담을 계속하기 어렵습니다. 말씀을 삼가 주십시오.",
    "다시 말씀드립니다. 폭언이 계속되면 상담원 보호를 위하여 상담을 종료하겠습니다.",
    "거듭 안내해 드렸으나 폭언이 계속되어 상담을 종료하겠습니다. 전화를 끊겠습니다.",
)
STEP, SENTENCE = "단계", "안내 문구"


class AbuseDialog(SideDialog):
    """폭언 안내: stands beside the work and stays until it is closed."""

    mark_requested = Signal()
    rest_requested = Signal()

    def __init__(self, sentences: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("폭언 안내"))
        self._sentences = sentences
        self._step = 0
        self._number = ReadOnlyField(STEP)
        self._sentence = QPlainTextEdit()
        self._sentence.setReadOnly(True)
        self._sentence.setProperty("shown", True)
        self._sentence.setTabChangesFocus(True)
        self._sentence.setFixedHeight(self.fontMetrics().height() * 5)
        self._next = QPushButton(self.tr("다음 문구"))
        self._mark = QPushButton(self.tr("통화 표시"))
        self._rest = QPushButton(self.tr("보호 휴식"))
        self._close = QPushButton(self.tr("닫기"))
        self._lay_out()
        self._next.clicked.connect(self._on_next_clicked)
        self._mark.clicked.connect(self.mark_requested)
        self._rest.clicked.connect(self.rest_requested)
        self._close.clicked.connect(self.reject)
        self._show_step()

    def _lay_out(self) -> None:
        grid = FormGrid()
        grid.add_field(STEP, self._number, 0)
        grid.add_field(SENTENCE, self._sentence, 1)
        row = QHBoxLayout()
        row.addStretch()
        for button in (self._next, self._mark, self._rest, self._close):
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(grid)
        column.addLayout(row)
        self.setMinimumWidth(460)

    @property
    def warnings_read(self) -> int:
        return self._step + 1

    def allow_mark(self, allowed: bool) -> None:
        self._mark.setEnabled(allowed)

    @Slot()
    def _on_next_clicked(self) -> None:
        self._step += 1
        self._show_step()

    def _show_step(self) -> None:
        self._number.show_value(f"{self._step + 1} / {len(self._sentences)}")
        self._sentence.setPlainText(self._sentences[self._step])
        self._next.setEnabled(self._step + 1 < len(self._sentences))


class AbusiveCalls(QObject):
    """The dialog of the call under way, or of the one that has just ended."""

    def __init__(
        self,
        context: UiContext,
        window: QWidget,
        choose_state: Callable[[AgentState], object],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._choose_state = choose_state
        self._jobs = context.jobs(self)
        self._call_id: int | None = None
        self.dialog: AbuseDialog | None = None

    @Slot()
    def open(self) -> None:
        """The call in the top bar is the one that is meant, whatever rings meanwhile."""
        if self.dialog is None:
            call = self._context.desk.top_bar.call
            self._call_id = None if call is None else call.call_id
            own = self._context.house.house.settings.abuse_warnings
            sentences = own or tuple(translated(each) for each in WARNINGS)
            self.dialog = AbuseDialog(sentences, self._window)
            self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.dialog.allow_mark(self._call_id is not None)
            self.dialog.mark_requested.connect(self._on_mark_requested)
            self.dialog.rest_requested.connect(self._on_rest_requested)
            self.dialog.finished.connect(self._on_finished)
        self._show(self.dialog)

    def _show(self, dialog: AbuseDialog) -> None:
        """At the right, over the dock: the form beside it is typed in meanwhile."""
        dialog.adjustSize()
        corner = self._window.frameGeometry().bottomRight()
        dialog.move(corner - QPoint(dialog.width() + 24, dialog.height() + 60))
        dialog.show()
        dialog.raise_()

    @Slot()
    def _on_mark_requested(self) -> None:
        if self.dialog is None or self._call_id is None:
            return
        agent_id = self._context.agent.agent_id
        command = MarkAbusiveCall(agent_id, self._call_id, self.dialog.warnings_read)
        tell = self._context.desk.tell
        self._jobs.save(mark_abusive_call, command, on_done=self._on_marked, on_error=tell)

    def _on_marked(self, done: Done[bool]) -> None:
        if self.dialog is not None:
            self.dialog.allow_mark(False)
        if done.value:
            self._context.desk.say(self.tr("통화를 폭언 통화로 표시했습니다."))
        else:
            self._context.desk.say(self.tr("이미 표시한 통화입니다."))

    @Slot()
    def _on_rest_requested(self) -> None:
        self._choose_state(AgentState.PROTECTED_REST)

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        self.dialog = None
