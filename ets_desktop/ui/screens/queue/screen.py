"""대기열: offers to me or my team; who takes one first has it, and goes on with it below."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Topic, agent_topic, missed_topic, team_topic, ticket_topic
from ets_desktop.queries.missed_work import WholeQueue, whole_queue
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.queue.answering import Answering
from ets_desktop.ui.screens.queue.columns import queue_columns
from ets_desktop.ui.screens.queue.preview import Preview
from ets_desktop.ui.screens.queue.rows import QueueRow, queue_key, rows_of
from ets_desktop.ui.table_panel import CHOOSE, TablePanel
from ets_desktop.ui.ticket_columns import Now
from ets_desktop.ui.topbar import now_in_seoul

SCREEN_ID = "queue"
WAITING, IN_PROGRESS = "대기열", "진행 중"
ACCEPT, RETURN = "수락", "반려"
DIAL, HANDLED = "통화", "부재 처리"

_ROWS = "rows"
_PREVIEW_WIDTH = 420
_CLOCK_MILLISECONDS = 60_000


class QueueScreen(Screen):
    """A click looks (and tells the sender so), 수락 takes, 선택 takes and opens."""

    def __init__(self, context: UiContext, now: Now = now_in_seoul) -> None:
        super().__init__(context)
        self._now = now
        self._waiting = self._panel(WAITING, (CHOOSE, ACCEPT, RETURN, DIAL, HANDLED))
        self._in_progress = self._panel(IN_PROGRESS, (CHOOSE,))
        # Made when the tab is first shown: at the start only the number on it is wanted.
        self._preview: Preview | None = None
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._pace = Pace(self.jobs, _ROWS, self._load)
        self.answering = Answering(context, self, self._pace.ask)
        self.clock = QTimer(self)
        self.clock.setInterval(_CLOCK_MILLISECONDS)
        self._lay_out()
        self._wire()
        self.clock.start()
        self._pace.ask()

    def _panel(self, name: str, buttons: tuple[str, ...]) -> TablePanel[QueueRow]:
        return TablePanel(
            name,
            queue_columns(self._now),
            queue_key,
            buttons=buttons,
            row_red=lambda row: row.is_red(self._now()),
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
        # A wide window is the list's: the preview has nothing to say beside its own width.
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        beside = max(_PREVIEW_WIDTH, preview.minimumSizeHint().width())
        self._split.setSizes([max(self._split.width() - beside, 1), beside])
        return preview

    def _wire(self) -> None:
        bind = self.context.desk.actions.bind_button
        bind("accept_offer", self._waiting.button(ACCEPT), self)
        bind("return_offer", self._waiting.button(RETURN), self)
        bind("dial_offer", self._waiting.button(DIAL), self)
        bind("handle_offer", self._waiting.button(HANDLED), self)
        self._waiting.button(ACCEPT).clicked.connect(self._on_accept_clicked)
        self._waiting.button(RETURN).clicked.connect(self._on_return_clicked)
        self._waiting.button(DIAL).clicked.connect(self._on_dial_clicked)
        self._waiting.button(HANDLED).clicked.connect(self._on_handled_clicked)
        self._waiting.row_previewed.connect(self._on_waiting_previewed)
        self._in_progress.row_previewed.connect(self._on_taken_previewed)
        for panel in (self._waiting, self._in_progress):
            panel.row_chosen.connect(self.answering.open)
        self.answering.jobs.writing_changed.connect(self._show_what_is_possible)
        self.clock.timeout.connect(self._on_minute_passed)
        agent, changes = self.context.agent, self.context.changes
        wanted = [agent_topic(agent.agent_id), missed_topic(agent.agent_id)]
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

    def dialled_from(self) -> DialledFrom:
        return NOTHING if self._preview is None else self._preview.dialled_from()

    # Reading

    def _load(self) -> None:
        agent = self.context.agent
        for panel in (self._waiting, self._in_progress):
            panel.await_rows()
        self.jobs.load(
            whole_queue,
            agent.agent_id,
            agent.team_id,
            self.context.house.limits,
            on_done=self._on_loaded,
            on_error=self._on_load_failed,
            lane=_ROWS,
        )

    def _on_loaded(self, whole: WholeQueue) -> None:
        waiting, in_progress = rows_of(whole, self.context.agent.agent_id)
        self._waiting.reload_rows(waiting, whole.queue.as_of)
        self._in_progress.reload_rows(in_progress, whole.queue.as_of)
        now = self._now()
        red = any(row.is_red(now) for row in waiting)
        self.context.desk.set_count(SCREEN_ID, len(waiting), red=red)
        self._show_what_is_possible()
        if self._preview is not None and self.isVisible():
            self._preview.show_row(self._row_in_hand)

    def _on_load_failed(self, error: EtsError) -> None:
        self._waiting.show_error(error_text(error))

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self._pace.ask()

    def _on_tickets_touched(self, topics: frozenset[Topic]) -> None:
        """A ticket shown here may change without a change of hands."""
        rows = (*self._waiting.model.rows, *self._in_progress.model.rows)
        shown = {ticket_topic(row.ticket.ticket_id) for row in rows if row.ticket is not None}
        if self.isVisible() and shown & topics:
            self._pace.ask()

    @Slot()
    def _on_minute_passed(self) -> None:
        for panel in (self._waiting, self._in_progress):
            panel.model.refresh_texts()
        self._pace.ask()

    # Looking

    @Slot(object)
    def _on_waiting_previewed(self, row: QueueRow) -> None:
        self._look(row, self._in_progress)
        self.answering.see(row)

    @Slot(object)
    def _on_taken_previewed(self, row: QueueRow) -> None:
        self._look(row, self._waiting)

    def _look(self, row: QueueRow, other: TablePanel[QueueRow]) -> None:
        """One row of both lists is in hand: the buttons act on it."""
        other.table.let_go()
        if self._preview is not None:
            self._preview.show_row(row)
        self._show_what_is_possible()

    @property
    def _row_in_hand(self) -> QueueRow | None:
        return self._waiting.current_row() or self._in_progress.current_row()

    # Answering

    @Slot()
    def _on_accept_clicked(self) -> None:
        row = self._chosen()
        if row is not None:
            self.answering.accept(row)

    @Slot()
    def _on_return_clicked(self) -> None:
        row = self._chosen()
        if row is not None:
            self.answering.give_back(row)

    @Slot()
    def _on_dial_clicked(self) -> None:
        row = self._chosen()
        if row is not None:
            self.answering.dial(row)

    @Slot()
    def _on_handled_clicked(self) -> None:
        row = self._chosen()
        if row is not None:
            self.answering.handle(row)

    def _chosen(self) -> QueueRow | None:
        row = self._row_in_hand
        if row is None:
            self.context.desk.say(self.tr("목록에서 한 건을 먼저 고르십시오."))
        return row

    @Slot()
    def _show_what_is_possible(self) -> None:
        """A button that could only refuse is grey; without a row each says that it needs one."""
        row = self._row_in_hand
        taken = self._waiting.current_row() is None and row is not None
        missed = None if row is None else row.missed
        own = missed is not None and not missed.to_team
        possible = {
            ACCEPT: not taken and not own,
            RETURN: not own and (not taken or missed is not None),
            DIAL: row is None or bool(row.number),
            HANDLED: row is None or missed is not None,
        }
        for title, can in possible.items():
            self._waiting.button(title).setEnabled(can and not self.answering.jobs.is_writing)


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
