"""The tickets or calls that a bar of 현황판 counts, in a list below it."""

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from ets_desktop.domain.board import HALF_HOUR, CallBar, TicketBar
from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.domain.errors import EtsError
from ets_desktop.queries.board import Board
from ets_desktop.queries.board_lists import (
    BoardCall,
    CallsBehind,
    TicketsBehind,
    calls_behind,
    tickets_behind,
)
from ets_desktop.queries.tickets import TicketRow
from ets_desktop.ui.board_labels import AGES, COUNTED_CALLS, COUNTED_TICKETS
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import SEOUL
from ets_desktop.ui.labels import error_text, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.board.columns import call_columns, call_key
from ets_desktop.ui.table_panel import CHOOSE, EXPORT, TablePanel
from ets_desktop.ui.ticket_columns import Now, is_red, ticket_columns, ticket_key
from ets_desktop.ui.widgets.eliding_label import ElidingLabel

TICKETS, CALLS = "현황판 접수목록", "현황판 통화목록"
CLOSE = "목록 닫기"
_LANE = "behind"


class BehindPanel(QWidget):
    """`show_bar` opens it, 목록 닫기 closes it; it moves with the board above."""

    #: its bar, None once it is closed
    bar_changed = Signal(object)

    def __init__(self, context: UiContext, now: Now) -> None:
        super().__init__()
        self._context = context
        self._jobs = context.jobs(self)
        self._bar: TicketBar | CallBar | None = None
        self._team_id: int | None = None
        self._title = ElidingLabel()
        self._close = QPushButton(translated(CLOSE))
        self._tickets: TablePanel[TicketRow] = TablePanel(
            TICKETS,
            ticket_columns(now),
            ticket_key,
            buttons=(CHOOSE, EXPORT),
            row_red=is_red(now),
            state=context.state,
        )
        self._calls: TablePanel[BoardCall] = TablePanel(
            CALLS, call_columns(), call_key, buttons=(CHOOSE, EXPORT), state=context.state
        )
        self._pages = QStackedLayout()
        self._lay_out()
        self._close.clicked.connect(self.close_list)
        self._tickets.row_chosen.connect(self._on_ticket_chosen)
        self._calls.row_chosen.connect(self._on_call_chosen)
        context.desk.actions.bind_button("close_board_list", self._close, self)

    def _lay_out(self) -> None:
        self._title.setProperty("role", "title")
        self._close.setAutoDefault(False)
        line = QHBoxLayout()
        line.addWidget(self._title, 1)
        line.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(3)
        column.addLayout(line)
        column.addLayout(self._pages, 1)
        # Now that they have a window to be in.
        self._pages.addWidget(self._tickets)
        self._pages.addWidget(self._calls)
        self.hide()

    @property
    def bar(self) -> TicketBar | CallBar | None:
        return self._bar

    def show_bar(self, bar: TicketBar | CallBar, team_id: int | None, board: Board) -> None:
        """Its list comes as soon as it is read; the keyboard goes on there."""
        if bar != self._bar:
            self._bar = bar
            self._pages.setCurrentWidget(self._shown)
            self._shown.clear()
            self.bar_changed.emit(bar)
        self._team_id = team_id
        self._title.show_text(title_of(bar, board))
        self.show()
        self._shown.table.setFocus()
        self._load()

    def refresh(self, team_id: int | None) -> None:
        """The board was read anew."""
        self._team_id = team_id
        if self._bar is not None:
            self._load()

    @Slot()
    def close_list(self) -> None:
        self._bar = None
        self._jobs.stop(_LANE)
        self.hide()
        self.bar_changed.emit(None)

    def current_about(self) -> DialledFrom:
        row = self._tickets.current_row() if self._shown is self._tickets else None
        return NOTHING if row is None else DialledFrom(ticket_id=row.ticket_id)

    def refresh_texts(self) -> None:
        self._tickets.model.refresh_texts()

    @property
    def _shown(self) -> TablePanel[Any]:
        return self._calls if isinstance(self._bar, CallBar) else self._tickets

    def _load(self) -> None:
        self._shown.await_rows()
        bar, limits = self._bar, self._context.house.limits
        if isinstance(bar, CallBar):
            self._jobs.load(
                calls_behind,
                bar,
                None,
                self._team_id,
                limits,
                on_done=self._on_loaded,
                on_error=self._on_load_failed,
                lane=_LANE,
            )
        elif bar is not None:
            self._jobs.load(
                tickets_behind,
                bar,
                None,
                self._team_id,
                limits,
                on_done=self._on_loaded,
                on_error=self._on_load_failed,
                lane=_LANE,
            )

    def _on_loaded(self, found: TicketsBehind | CallsBehind) -> None:
        self._shown.reload_rows(found.rows, found.taken_at)
        if found.more:
            told = self.tr("{count}건까지만 표시합니다.").format(count=len(found.rows))
            self._shown.show_note(told)

    def _on_load_failed(self, error: EtsError) -> None:
        self._shown.show_error(error_text(error))

    @Slot(object)
    def _on_ticket_chosen(self, row: TicketRow) -> None:
        self._context.desk.load_ticket(row.ticket_id)

    @Slot(object)
    def _on_call_chosen(self, row: BoardCall) -> None:
        if row.ticket_id is None:
            self._context.desk.say(self.tr("접수가 없는 통화입니다."))
        else:
            self._context.desk.load_ticket(row.ticket_id)


def title_of(bar: TicketBar | CallBar, board: Board) -> str:
    """`김상담 · 오늘 완료`, `미완료 · 어제`, `포기 · 14:00~14:30`."""
    if isinstance(bar, CallBar):
        kind, detail = word(COUNTED_CALLS, bar.kind), ""
        if bar.start is not None:
            start = bar.start.astimezone(SEOUL)
            # The last half hour of the day ends at 24:00.
            end = start + HALF_HOUR - timedelta(minutes=1)
            detail = f"{start:%H:%M}~{end:%H:%M}"
    else:
        kind = word(COUNTED_TICKETS, bar.kind)
        detail = "" if bar.bucket is None else word(AGES, bar.bucket)
    return " · ".join(part for part in (_who(bar, board), kind, detail) if part)


def _who(bar: TicketBar | CallBar, board: Board) -> str:
    team_id = bar.team_id if isinstance(bar, TicketBar) else None
    if bar.agent_id is None and team_id is None:
        return ""
    names: dict[tuple[int | None, int | None], str]
    names = {(each.agent_id, None): each.name for each in board.agents}
    names |= {(each.agent_id, None): each.name for each in board.completions}
    names |= {(each.agent_id, each.team_id): each.name for each in board.receivers}
    return names.get((bar.agent_id, team_id), "")
