"""이관 큐 (spec 60): every transferred ticket that is not done; many are moved at once."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.spreading import Candidate, Share, Spreadable, spread
from ets_desktop.domain.tickets import Priority
from ets_desktop.domain.topics import TRANSFERS, Topic, ticket_topic
from ets_desktop.queries.agents import AgentRow, TeamRow, active_agents, teams
from ets_desktop.queries.transfer_queue import (
    QueuedRow,
    TransferQueue,
    spread_candidates,
    transfer_queue,
)
from ets_desktop.services.transfer_moves import (
    FetchTransfer,
    MoveTransfer,
    NoteOnTransfer,
    RankTransfer,
    fetch_transfer,
    move_transfer,
    note_on_transfer,
    rank_transfer,
)
from ets_desktop.services.transfers import TransferTarget
from ets_desktop.ui.batch_actions import BatchActions
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import PRIORITIES, error_text, word
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.receivers import receivers
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.transfer_queue.columns import (
    EVERYBODY,
    ReceiverGroup,
    group_key,
    groups_of,
    queue_columns,
    queue_key,
    receiver_columns,
    receiver_key,
)
from ets_desktop.ui.screens.transfer_queue.move_dialog import MoveDialog
from ets_desktop.ui.screens.transfer_queue.spread_dialog import SpreadDialog
from ets_desktop.ui.table_panel import CHOOSE, EXPORT, TablePanel
from ets_desktop.ui.ticket_columns import Now
from ets_desktop.ui.ticket_preview import PreviewedList, TicketPreview
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import label_for

SCREEN_ID = "transfer_queue"
QUEUE, RECEIVERS, SCOPE, GROUPING = "이관 큐", "받은 담당자별", "범위", "묶음"
#: The buttons by the ids of their actions.
_BUTTONS = {
    "move_transfers": "재배정",
    "spread_transfers": "균등배분",
    "fetch_transfers": "회수",
    "rank_transfers": "우선순위",
    "note_on_transfers": "메모",
}
MOVE, SPREAD, FETCH, RANK, NOTE = _BUTTONS.values()
TEAM, ALL = "team", "all"
BY_RECEIVER, BY_TEAM = "by_receiver", "by_team"

_ROWS, _CHOICES = "rows", "choices"
_CLOCK_MILLISECONDS = 60_000
_NOTE_LIMIT = 1_000


def read_receivers(session: Any) -> tuple[tuple[AgentRow, ...], tuple[TeamRow, ...]]:
    return active_agents(session), teams(session)


class TransferQueueScreen(Screen):
    """Live; the list on the left narrows the queue to one receiver."""

    def __init__(self, context: UiContext, now: Now = now_in_seoul) -> None:
        super().__init__(context)
        self._now = now
        self._queue: TransferQueue | None = None
        self._groups: TablePanel[ReceiverGroup] = TablePanel(
            RECEIVERS, receiver_columns(), receiver_key, buttons=(), state=context.state
        )
        self._panel: TablePanel[QueuedRow] = TablePanel(
            QUEUE,
            queue_columns(now),
            queue_key,
            buttons=(CHOOSE, MOVE, SPREAD, FETCH, RANK, NOTE, EXPORT),
            row_red=self._is_red,
            state=context.state,
        )
        self._scope = CodeChoice(SCOPE, self._scopes())
        self._grouping = CodeChoice(GROUPING, {BY_RECEIVER: "담당자별", BY_TEAM: "팀별"})
        self._preview = TicketPreview(context)
        self.batch: BatchActions[QueuedRow] = BatchActions(context, self, self._panel)
        self._pace = Pace(self.jobs, _ROWS, self._load)
        self.clock = QTimer(self)
        self.clock.setInterval(_CLOCK_MILLISECONDS)
        self._lay_out()
        self._wire()
        self.clock.start()
        self._pace.ask()

    def _scopes(self) -> dict[str, str]:
        """A supervisor of no team has them all."""
        every = {ALL: "모든 팀"}
        return every if self.context.agent.team_id is None else {TEAM: "우리 팀"} | every

    def _lay_out(self) -> None:
        self._groups.add_tool(label_for(SCOPE, self._scope))
        self._groups.add_tool(self._scope)
        self._groups.add_tool(label_for(GROUPING, self._grouping))
        self._groups.add_tool(self._grouping)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self._groups)
        across.addWidget(PreviewedList(self.context.state, self._panel, self._preview))
        across.setChildrenCollapsible(False)
        across.setStretchFactor(1, 1)
        across.setSizes([230, 900])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(across, 1)
        column.addWidget(self.batch.refused)

    def _wire(self) -> None:
        self.batch.add(MOVE, "move_transfers", self._on_move_clicked, _is_any)
        self.batch.add(SPREAD, "spread_transfers", self._on_spread_clicked, _is_any)
        self.batch.add(FETCH, "fetch_transfers", self._on_fetch_clicked, _is_any)
        self.batch.add(RANK, "rank_transfers", self._on_rank_clicked, _is_any)
        self.batch.add(NOTE, "note_on_transfers", self._on_note_clicked, _is_any)
        # The list keeps its room: they stand where the ticket does.
        self.batch.refused.shown.connect(self._preview.setHidden)
        self._panel.row_previewed.connect(self._on_row_previewed)
        self._panel.row_chosen.connect(self._on_row_chosen)
        self._groups.row_previewed.connect(self._on_group_chosen)
        self._groups.row_chosen.connect(self._on_group_chosen)
        self._scope.code_chosen.connect(self._pace.ask)
        self._grouping.code_chosen.connect(self._on_grouping_chosen)
        self.clock.timeout.connect(self._on_minute_passed)
        self.context.changes.subscribe(self, (TRANSFERS,), self._on_touched)
        self.context.changes.subscribe(self, ("ticket/",), self._on_tickets_touched)
        self.context.house.changed.connect(self._pace.ask)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._pace.ask()

    def take_focus(self) -> None:
        self._panel.table.setFocus()

    def dialled_from(self) -> DialledFrom:
        row = self._panel.current_row()
        return DialledFrom() if row is None else DialledFrom(ticket_id=row.ticket_id)

    # Reading

    @property
    def _team_id(self) -> int | None:
        return self.context.agent.team_id if self._scope.code() == TEAM else None

    def _load(self) -> None:
        self._panel.await_rows()
        self.jobs.load(
            transfer_queue,
            self._team_id,
            self.context.house.limits,
            on_done=self._on_loaded,
            on_error=self._on_load_failed,
            lane=_ROWS,
        )

    def _on_loaded(self, queue: TransferQueue) -> None:
        self._queue = queue
        everybody = self._show_groups(queue)
        self.context.desk.set_count(SCREEN_ID, everybody.count, red=everybody.alarming > 0)
        if queue.more:
            told = self.tr("{count}건까지만 표시합니다.").format(count=everybody.count)
            self.context.desk.say(told)

    def _on_load_failed(self, error: EtsError) -> None:
        self._panel.show_error(error_text(error))

    @property
    def _by_team(self) -> bool:
        return self._grouping.code() == BY_TEAM

    def _show_groups(self, queue: TransferQueue) -> ReceiverGroup:
        """With the rows of the one that is chosen; everybody's group."""
        groups = groups_of(queue.rows, queue.as_of, by_team=self._by_team)
        self._groups.reload_rows(groups)
        self._show_rows()
        return groups[0]

    @Slot()
    def _on_grouping_chosen(self) -> None:
        if self._queue is not None:
            self._show_groups(self._queue)

    def _show_rows(self) -> None:
        """Those of the receiver on the left; of everybody while none is chosen there."""
        if self._queue is None:
            return
        group = self._groups.current_row()
        key = EVERYBODY if group is None else group.key
        rows = [
            row
            for row in self._queue.rows
            if key in (EVERYBODY, group_key(row, by_team=self._by_team))
        ]
        self._panel.reload_rows(rows, self._queue.as_of)
        self.batch.show_what_is_possible()

    def _is_red(self, row: QueuedRow) -> bool:
        now = self._now()
        return row.is_alarming(now) or row.is_red(now)

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self._pace.ask()

    def _on_tickets_touched(self, topics: frozenset[Topic]) -> None:
        """A ticket shown here may change, or end, without a change of hands."""
        rows = self._panel.model.rows if self._queue is None else self._queue.rows
        if {ticket_topic(row.ticket_id) for row in rows} & topics:
            self._pace.ask()

    @Slot()
    def _on_minute_passed(self) -> None:
        self._panel.model.refresh_texts()
        self._pace.ask()

    # Looking

    @Slot(object)
    def _on_group_chosen(self, _group: ReceiverGroup) -> None:
        self._show_rows()

    @Slot(object)
    def _on_row_previewed(self, row: QueuedRow) -> None:
        self._preview.show_ticket(row.ticket_id)

    @Slot(object)
    def _on_row_chosen(self, row: QueuedRow) -> None:
        self.context.desk.load_ticket(row.ticket_id)

    # Moving

    @property
    def _me(self) -> int:
        return self.context.agent.agent_id

    @Slot()
    def _on_move_clicked(self) -> None:
        rows = self._panel.rows_in_hand()
        if rows:
            on_done = partial(self._ask_whom, rows)
            self.jobs.load(read_receivers, on_done=on_done, lane=_CHOICES)

    def _ask_whom(
        self,
        rows: tuple[QueuedRow, ...],
        choices: tuple[tuple[AgentRow, ...], tuple[TeamRow, ...]],
    ) -> None:
        dialog = MoveDialog(len(rows), receivers(*choices, without=self._me), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(partial(self._move, rows))
        dialog.open()

    def _move(self, rows: tuple[QueuedRow, ...], to: TransferTarget, reason: str) -> None:
        commands = {row.ticket_id: MoveTransfer(self._me, _hop(row), to, reason) for row in rows}
        self.batch.run(MOVE, move_transfer, commands, rows)

    @Slot()
    def _on_spread_clicked(self) -> None:
        rows = self._panel.rows_in_hand()
        if rows:
            on_done = partial(self._ask_to_spread, rows)
            self.jobs.load(spread_candidates, self._team_id, on_done=on_done, lane=_CHOICES)

    def _ask_to_spread(
        self, rows: tuple[QueuedRow, ...], candidates: tuple[Candidate, ...]
    ) -> None:
        given_away = [Spreadable(row.ticket_id, row.from_agent_id, row.assignee_id) for row in rows]
        shares = spread(given_away, candidates)
        if not shares:
            self.context.desk.say(self.tr("자리에 있는 담당자가 없습니다."))
            return
        dialog = SpreadDialog(shares, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(partial(self._spread, rows))
        dialog.open()

    def _spread(self, rows: tuple[QueuedRow, ...], shares: tuple[Share, ...]) -> None:
        whose = {id_: share.candidate.agent_id for share in shares for id_ in share.ticket_ids}
        commands = {
            row.ticket_id: MoveTransfer(
                # Kept with the ticket, so in the language of the house whoever spreads.
                self._me,
                _hop(row),
                TransferTarget(whose[row.ticket_id]),
                SPREAD,
            )
            for row in rows
        }
        self.batch.run(SPREAD, move_transfer, commands, rows)

    @Slot()
    def _on_fetch_clicked(self) -> None:
        rows = self._panel.rows_in_hand()
        commands = {row.ticket_id: FetchTransfer(self._me, _hop(row)) for row in rows}
        if rows:
            self.batch.run(FETCH, fetch_transfer, commands, rows)

    @Slot()
    def _on_rank_clicked(self) -> None:
        """The button's own menu; the key opens it as well."""
        rows = self._panel.rows_in_hand()
        if not rows:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for priority in Priority:
            choice = menu.addAction(word(PRIORITIES, priority))
            choice.triggered.connect(partial(self._rank, rows, priority))
        button = self._panel.button(RANK)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _rank(self, rows: tuple[QueuedRow, ...], priority: Priority) -> None:
        commands = {row.ticket_id: RankTransfer(self._me, _hop(row), priority) for row in rows}
        self.batch.run(RANK, rank_transfer, commands, rows)

    @Slot()
    def _on_note_clicked(self) -> None:
        rows = self._panel.rows_in_hand()
        if not rows:
            return
        ask = self.context.prompts.ask_text
        note = ask(self.tr("이관 메모"), self.tr("메모"), maximum=_NOTE_LIMIT)
        if note is not None:
            commands = {row.ticket_id: NoteOnTransfer(self._me, _hop(row), note) for row in rows}
            self.batch.run(NOTE, note_on_transfer, commands, rows)


def _hop(row: QueuedRow) -> int:
    assert row.transfer_id is not None
    return row.transfer_id


def _is_any(_row: QueuedRow) -> bool:
    return True
