"""대기열: offers to me or my team; who takes one first has it, and goes on with it below."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Done, Topic, agent_topic, team_topic, ticket_topic
from ets_desktop.domain.transfers import TransferState
from ets_desktop.queries.queue import Queue, agent_queue
from ets_desktop.queries.work import TransferredRow
from ets_desktop.services.transfers import (
    AnswerTransfer,
    ReturnTransfer,
    accept_transfer,
    mark_transfer_seen,
    return_transfer,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text, filled
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.queue.columns import queue_columns
from ets_desktop.ui.screens.queue.preview import Preview
from ets_desktop.ui.table_panel import CHOOSE, TablePanel
from ets_desktop.ui.ticket_columns import Now, is_red, ticket_key
from ets_desktop.ui.topbar import now_in_seoul

SCREEN_ID = "queue"
WAITING, IN_PROGRESS = "대기열", "진행 중"
ACCEPT, RETURN = "수락", "반려"

_ROWS = "rows"
_CLOCK_MILLISECONDS = 60_000


class QueueScreen(Screen):
    """A click looks (and tells the sender so), 수락 takes, 선택 takes and opens."""

    def __init__(self, context: UiContext, now: Now = now_in_seoul) -> None:
        super().__init__(context)
        self._now = now
        self._waiting = self._panel(WAITING, (CHOOSE, ACCEPT, RETURN))
        self._in_progress = self._panel(IN_PROGRESS, (CHOOSE,))
        # Made when the tab is first shown: at the start only the number on it is wanted.
        self._preview: Preview | None = None
        self._split = QSplitter(Qt.Orientation.Horizontal)
        # Its own: that an offer was seen must not be in the way of answering it.
        self._seeing = context.jobs(self)
        self._pace = Pace(self.jobs, _ROWS, self._load)
        self.clock = QTimer(self)
        self.clock.setInterval(_CLOCK_MILLISECONDS)
        self._lay_out()
        self._wire()
        self.clock.start()
        self._pace.ask()

    def _panel(self, name: str, buttons: tuple[str, ...]) -> TablePanel[TransferredRow]:
        return TablePanel(
            name,
            queue_columns(self._now),
            ticket_key,
            buttons=buttons,
            row_red=is_red(self._now),
            state=self.context.state,
        )

    def _lay_out(self) -> None:
        lists = QSplitter(Qt.Orientation.Vertical)
        for title, panel in ((WAITING, self._waiting), (IN_PROGRESS, self._in_progress)):
            lists.addWidget(_titled(self.tr(title), panel))
        lists.setStretchFactor(0, 3)
        lists.setStretchFactor(1, 2)
        self._split.addWidget(lists)
        self._split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)

    def _add_preview(self) -> Preview:
        preview = Preview(self.context)
        self._split.addWidget(preview)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setSizes([760, 420])
        return preview

    def _wire(self) -> None:
        for action, title in (("accept_offer", ACCEPT), ("return_offer", RETURN)):
            self.context.desk.actions.bind_button(action, self._waiting.button(title), self)
        self._waiting.button(ACCEPT).clicked.connect(self._on_accept_clicked)
        self._waiting.button(RETURN).clicked.connect(self._on_return_clicked)
        for panel in (self._waiting, self._in_progress):
            panel.row_previewed.connect(self._on_row_previewed)
            panel.row_chosen.connect(self._on_row_chosen)
        self.jobs.writing_changed.connect(self._on_writing_changed)
        self.clock.timeout.connect(self._on_minute_passed)
        agent, changes = self.context.agent, self.context.changes
        wanted = [agent_topic(agent.agent_id)]
        if agent.team_id is not None:
            wanted.append(team_topic(agent.team_id))
        changes.subscribe(self, wanted, self._on_touched)
        changes.subscribe(self, ("ticket/",), self._on_tickets_touched)
        self.context.house.changed.connect(self._pace.ask)

    def showEvent(self, event: QShowEvent) -> None:
        """The tab comes to the front."""
        self._preview = self._preview or self._add_preview()
        super().showEvent(event)
        if not event.spontaneous():
            self._pace.ask()

    def take_focus(self) -> None:
        self._waiting.table.setFocus()

    # Reading

    def _load(self) -> None:
        agent = self.context.agent
        for panel in (self._waiting, self._in_progress):
            panel.await_rows()
        self.jobs.load(
            agent_queue,
            agent.agent_id,
            agent.team_id,
            self.context.house.limits,
            on_done=self._on_loaded,
            on_error=self._on_load_failed,
            lane=_ROWS,
        )

    def _on_loaded(self, queue: Queue) -> None:
        self._waiting.reload_rows(queue.waiting, queue.as_of)
        self._in_progress.reload_rows(queue.in_progress, queue.as_of)
        now = self._now()
        red = any(row.is_red(now) for row in queue.waiting)
        self.context.desk.set_count(SCREEN_ID, len(queue.waiting), red=red)
        if self._preview is not None and self.isVisible():
            row = self._waiting.current_row() or self._in_progress.current_row()
            self._preview.show_offer(row)

    def _on_load_failed(self, error: EtsError) -> None:
        self._waiting.show_error(error_text(error))

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self._pace.ask()

    def _on_tickets_touched(self, topics: frozenset[Topic]) -> None:
        """A ticket shown here may change without a change of hands."""
        rows = (*self._waiting.model.rows, *self._in_progress.model.rows)
        if self.isVisible() and {ticket_topic(row.ticket_id) for row in rows} & topics:
            self._pace.ask()

    @Slot()
    def _on_minute_passed(self) -> None:
        for panel in (self._waiting, self._in_progress):
            panel.model.refresh_texts()
        self._pace.ask()

    # Looking

    @Slot(object)
    def _on_row_previewed(self, row: TransferredRow) -> None:
        if self._preview is not None:
            self._preview.show_offer(row)
        if row.transfer_state == TransferState.SENT:
            self._seeing.save(mark_transfer_seen, self._answer(row))

    # Answering

    @Slot(object)
    def _on_row_chosen(self, row: TransferredRow) -> None:
        """Opening it to work counts as accepting (spec 20)."""
        if row.transfer_state == TransferState.ACCEPTED:
            self.context.desk.load_ticket(row.ticket_id)
        else:
            self._accept(row, opening=True)

    @Slot()
    def _on_accept_clicked(self) -> None:
        row = self._chosen()
        if row is not None:
            self._accept(row, opening=False)

    def _accept(self, row: TransferredRow, *, opening: bool) -> None:
        on_done = partial(self._on_accepted, row, opening)
        self.jobs.save(
            accept_transfer, self._answer(row), on_done=on_done, on_error=self._on_refused
        )

    def _on_accepted(self, row: TransferredRow, opening: bool, _done: Done[int]) -> None:
        told = self.tr("접수 {number|을} 수락했습니다. 진행 중에 있습니다.")
        self.context.desk.say(filled(told, {"number": row.ticket_no}))
        if opening:
            self.context.desk.load_ticket(row.ticket_id)

    @Slot()
    def _on_return_clicked(self) -> None:
        row = self._chosen()
        if row is None:
            return
        reason = self.context.prompts.ask_text(self.tr("이관 반려"), self.tr("반려사유"))
        if reason is not None:
            answer = self._answer(row)
            wish = ReturnTransfer(answer.actor_id, answer.transfer_id, reason)
            self.jobs.save(
                return_transfer, wish, on_done=self._on_returned, on_error=self._on_refused
            )

    def _on_returned(self, _done: Done[int]) -> None:
        self.context.desk.say(self.tr("이관을 반려했습니다."))

    def _on_refused(self, error: EtsError) -> None:
        """Somebody was faster: the list says so too."""
        self.context.desk.tell(error)
        self._pace.ask()

    def _chosen(self) -> TransferredRow | None:
        row = self._waiting.current_row()
        if row is None:
            self.context.desk.say(self.tr("목록에서 한 건을 먼저 고르십시오."))
        return row

    def _answer(self, row: TransferredRow) -> AnswerTransfer:
        return AnswerTransfer(self.context.agent.agent_id, row.transfer_id or 0)

    @Slot(bool)
    def _on_writing_changed(self, writing: bool) -> None:
        for title in (ACCEPT, RETURN):
            self._waiting.button(title).setEnabled(not writing)


def _titled(title: str, panel: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    head = QLabel(title)
    head.setProperty("role", "title")
    column.addWidget(head)
    column.addWidget(panel, 1)
    return part
