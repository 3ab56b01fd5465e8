"""현황판 (spec 60): the shop at this moment, moving by itself; a click opens what is counted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ets_desktop.domain.board import CallBar, TicketBar, TicketKind
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import EVERYTHING, LIVE_CALLS, PEOPLE, TRANSFERS, Topic
from ets_desktop.queries.agents import TeamRow, teams
from ets_desktop.queries.board import Board, BoardAgent, board
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.list_age import ListAge
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.board.behind import BehindPanel
from ets_desktop.ui.screens.board.charts import BoardCharts
from ets_desktop.ui.screens.board.columns import agent_columns, agent_key, in_order
from ets_desktop.ui.screens.board.supervising import FORCE, LOG_OFF, Supervising
from ets_desktop.ui.screens.board.totals import TotalsRow
from ets_desktop.ui.screens.board.wallboard import Wallboard, WallboardButton
from ets_desktop.ui.table_panel import EXPORT, TablePanel
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import label_for

SCREEN_ID = "board"
AGENTS, TEAM = "상담원 현황", "팀"
ALL = "all"
_BOARD, _TEAMS = "board", "teams"
#: However fast changes come, the board is read once in so long; and at least so often, for what no
#: notice tells of: a ticket that becomes red, a day that ends.
_GAP_MILLISECONDS, _SLOW_MILLISECONDS = 1_000, 30_000
_TICK_MILLISECONDS = 1_000


class BoardScreen(Screen):
    """Reads while it is seen, itself or as 월보드."""

    def __init__(
        self,
        context: UiContext,
        passed: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(context)
        self._passed = passed
        self._board: Board | None = None
        self._shown_at = passed()
        self._team = CodeChoice(TEAM, {ALL: "전체"})
        self._age = ListAge()
        self._wall_button = WallboardButton()
        self._totals = TotalsRow()
        self._agents: TablePanel[BoardAgent] = TablePanel(
            AGENTS,
            agent_columns(self.now),
            agent_key,
            buttons=(FORCE, LOG_OFF, EXPORT),
            state=context.state,
        )
        self._charts = BoardCharts(context.hub)
        self._behind = BehindPanel(context, self.now)
        self._wall: Wallboard | None = None
        self._pace = Pace(self.jobs, _BOARD, self._load, _GAP_MILLISECONDS)
        self.clock, self.slow = QTimer(self), QTimer(self)
        self.clock.setInterval(_TICK_MILLISECONDS)
        self.slow.setInterval(_SLOW_MILLISECONDS)
        self._lay_out()
        self._supervising = Supervising(context, self, self._agents)
        self._wire()
        self.clock.start()
        self.slow.start()
        self._ask_for_teams()

    def _lay_out(self) -> None:
        self._age.setProperty("role", "age")
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(label_for(TEAM, self._team))
        line.addWidget(self._team)
        line.addWidget(self._wall_button)
        line.addStretch(1)
        line.addWidget(self._age)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self._agents)
        across.addWidget(self._charts)
        across.setChildrenCollapsible(False)
        across.setStretchFactor(1, 1)
        across.setSizes([560, 640])
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._totals)
        column.addWidget(across, 1)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.addWidget(above)
        parts.addWidget(self._behind)
        parts.setChildrenCollapsible(False)
        parts.setStretchFactor(0, 1)
        parts.setSizes([500, 220])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.addWidget(parts)

    def _wire(self) -> None:
        self.context.desk.actions.bind_button("wallboard", self._wall_button, self)
        self._wall_button.clicked.connect(self._on_wallboard_clicked)
        self._team.code_chosen.connect(self._on_team_chosen)
        self._totals.bar_chosen.connect(self._on_bar_chosen)
        self._charts.bar_chosen.connect(self._on_bar_chosen)
        self._behind.bar_changed.connect(self._charts.mark_chosen)
        self._agents.row_chosen.connect(self._on_agent_chosen)
        self.clock.timeout.connect(self._on_second_passed)
        self.slow.timeout.connect(self._ask)
        self.context.house.changed.connect(self._ask)
        told = ("ticket/", "state/", LIVE_CALLS, TRANSFERS, PEOPLE)
        self.context.changes.subscribe(self, told, self._on_touched)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._ask()

    def take_focus(self) -> None:
        self._agents.table.setFocus()

    def dialled_from(self) -> DialledFrom:
        return self._behind.current_about()

    def now(self) -> datetime:
        """By the database's clock, whatever that of this PC says."""
        if self._board is None:
            return now_in_seoul()
        return self._board.taken_at + timedelta(seconds=self._passed() - self._shown_at)

    # Reading

    @property
    def _team_id(self) -> int | None:
        code = self._team.code()
        return None if code == ALL else int(code)

    @property
    def _is_seen(self) -> bool:
        return self.isVisible() or (self._wall is not None and self._wall.isVisible())

    @Slot()
    def _ask(self) -> None:
        if self._is_seen:
            self._pace.ask()

    def _ask_for_teams(self) -> None:
        self.jobs.load(teams, on_done=self._on_teams_read, lane=_TEAMS)

    def _on_teams_read(self, rows: tuple[TeamRow, ...]) -> None:
        chosen = self._team.code()
        self._team.clear()
        self._team.addItem(translated("전체"), ALL)
        for row in rows:
            self._team.addItem(row.name, str(row.team_id))
        self._team.setCurrentIndex(max(0, self._team.findData(chosen)))
        if self._team.code() != chosen:
            self._on_team_chosen()

    def _load(self) -> None:
        if self._board is None:
            self._agents.show_busy()
        self.jobs.load(
            board,
            None,
            self._team_id,
            self.context.house.limits,
            on_done=self._on_loaded,
            on_error=self._on_load_failed,
            lane=_BOARD,
        )

    def _on_loaded(self, found: Board) -> None:
        self._board, self._shown_at = found, self._passed()
        self._age.show_moment(found.taken_at)
        self._totals.show_board(found, self.now())
        self._agents.reload_rows(in_order(found.agents))
        self._supervising.show_what_is_possible()
        self._charts.show_board(found)
        if self._wall is not None:
            self._wall.show_board(found, self._team.currentText())
        self._behind.refresh(self._team_id)

    def _on_load_failed(self, error: EtsError) -> None:
        self._agents.show_error(error_text(error))

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        if topics & {PEOPLE, EVERYTHING}:
            self._ask_for_teams()
        self._ask()

    @Slot()
    def _on_second_passed(self) -> None:
        if self._board is None or not self._is_seen:
            return
        self._agents.model.refresh_texts()
        self._totals.show_board(self._board, self.now())

    # Choosing

    @Slot()
    def _on_team_chosen(self) -> None:
        """At once, in place of what is being read: numbers are those of the team that is named."""
        self._behind.close_list()
        self._load()

    @Slot(object)
    def _on_bar_chosen(self, bar: TicketBar | CallBar) -> None:
        if self._board is not None:
            self._behind.show_bar(bar, self._team_id, self._board)

    @Slot(object)
    def _on_agent_chosen(self, row: BoardAgent) -> None:
        """Whatever lies with them."""
        self._on_bar_chosen(TicketBar(TicketKind.OPEN, row.agent_id))

    @Slot()
    def _on_wallboard_clicked(self) -> None:
        if self._wall is None:
            self._wall = Wallboard(self.now, self.window())
        if self._board is not None:
            self._wall.show_board(self._board, self._team.currentText())
        self._wall_button.open(self._wall)
        self._pace.ask()
