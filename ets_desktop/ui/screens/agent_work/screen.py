"""담당자관련이력: five lists whose counts move as soon as anybody changes what is behind them."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.paging import Page
from ets_desktop.domain.topics import Topic, agent_topic, calls_topic, team_topic, ticket_topic
from ets_desktop.queries.calls import CallHistoryRow
from ets_desktop.queries.tickets import TicketRow
from ets_desktop.queries.todays_calls import TodaysCalls, todays_calls
from ets_desktop.queries.work import AgentWork, WorkList, agent_work, work_list, work_page
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.agent_work.actions import CallActions, TransferActions
from ets_desktop.ui.screens.agent_work.lists import (
    CALLS,
    TITLE,
    TITLES,
    calls_panel,
    count_of,
    ticket_panel,
)
from ets_desktop.ui.screens.agent_work.offer_strip import OfferStrip
from ets_desktop.ui.table_panel import Question, TablePanel
from ets_desktop.ui.ticket_columns import Now
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.counted_tabs import CountedTabs

SCREEN_ID = "agent_work"
PAGE = 100
#: Rows read again at most when something changed; scrolling on loads the rest anew.
MOST_REREAD = 1_000
#: 경과 and the red rule move with the clock even when nobody changes anything.
CLOCK_MILLISECONDS = 60_000

_WORK, _MORE = "work", "more"


class AgentWorkScreen(Screen):
    """Reads the list in front and all five counts in one snapshot; hidden, the counts alone."""

    def __init__(self, context: UiContext, now: Now = now_in_seoul) -> None:
        super().__init__(context)
        self._now = now
        self._overdue: frozenset[int] = frozenset()
        self._calls = calls_panel(self._is_overdue, context.state)
        self._lists = {which: ticket_panel(which, now, context.state) for which in WorkList}
        self._offers = {
            WorkList.RECEIVED_TRANSFERS: OfferStrip(
                context, self._lists[WorkList.RECEIVED_TRANSFERS]
            ),
            WorkList.SENT_TRANSFERS: OfferStrip(context, self._lists[WorkList.SENT_TRANSFERS]),
        }
        self._tabs = CountedTabs(TITLE)
        self._lay_out()
        self._transfers = TransferActions(
            context,
            self,
            self._lists[WorkList.RECEIVED_TRANSFERS],
            self._lists[WorkList.SENT_TRANSFERS],
        )
        self._telephone = CallActions(context, self, self._calls, self._lists[WorkList.CALLBACKS])
        self._pace = Pace(self.jobs, _WORK, self._load)
        self.clock = QTimer(self)
        self.clock.setInterval(CLOCK_MILLISECONDS)
        self._wire()
        self.clock.start()
        self._pace.ask()

    def _lay_out(self) -> None:
        self._tabs.add_page(CALLS, self._calls)
        for which, title in TITLES.items():
            self._tabs.add_page(title, _stacked(self._lists[which], self._offers.get(which)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tabs)

    def _wire(self) -> None:
        for which, panel in self._lists.items():
            panel.set_question(_question_of(self.context.agent.agent_id, which))
            panel.row_chosen.connect(self._on_ticket_chosen)
            panel.more_wanted.connect(partial(self._on_more_wanted, which))
        self._tabs.currentChanged.connect(self._on_page_changed)
        self.clock.timeout.connect(self._on_minute_passed)
        changes, agent = self.context.changes, self.context.agent
        wanted = [agent_topic(agent.agent_id)]
        if agent.extension:
            wanted.append(calls_topic(agent.extension))
        if agent.team_id is not None:
            wanted.append(team_topic(agent.team_id))
        changes.subscribe(self, wanted, self._on_work_touched)
        changes.subscribe(self, ("ticket/",), self._on_tickets_touched)
        self.context.house.changed.connect(self._pace.ask)

    def showEvent(self, event: QShowEvent) -> None:
        """The tab comes to the front: from now on its rows count too."""
        super().showEvent(event)
        if not event.spontaneous():
            self._load()

    def take_focus(self) -> None:
        self._open_panel().table.setFocus()

    # Reading

    def _open_list(self) -> WorkList | None:
        """The list in front; None for 당일통화내역."""
        title = self._tabs.open_title
        return next((which for which in WorkList if TITLES[which] == title), None)

    def _open_panel(self) -> TablePanel[Any]:
        which = self._open_list()
        return self._calls if which is None else self._lists[which]

    def _load(self) -> None:
        self.jobs.stop(_MORE)
        agent, now, which = self.context.agent, self._now(), self._open_list()
        limits = self.context.house.limits
        if not self.isVisible():
            self.jobs.load(
                agent_work,
                agent.agent_id,
                now,
                limits,
                on_done=self._show_work,
                on_error=self._on_load_failed,
                lane=_WORK,
            )
            return
        self._open_panel().await_rows()
        if which is None:
            self.jobs.load(
                todays_calls,
                agent.agent_id,
                agent.extension,
                now,
                limits,
                on_done=self._on_calls_loaded,
                on_error=self._on_load_failed,
                lane=_WORK,
            )
        else:
            self.jobs.load(
                work_list,
                agent.agent_id,
                which,
                now,
                min(max(PAGE, self._lists[which].model.rowCount()), MOST_REREAD),
                limits,
                on_done=partial(self._on_list_loaded, which),
                on_error=self._on_load_failed,
                lane=_WORK,
            )

    def _on_calls_loaded(self, today: TodaysCalls) -> None:
        self._overdue = today.overdue
        self._calls.reload_rows(today.calls, today.work.as_of)
        self._show_work(today.work)

    def _on_list_loaded(self, which: WorkList, loaded: tuple[AgentWork, Page[TicketRow]]) -> None:
        # A further page of the older rows does not fit behind the newer ones.
        self.jobs.stop(_MORE)
        work, page = loaded
        self._lists[which].reload(page, work.as_of)
        if which in self._offers:
            self._offers[which].refresh()
        self._show_work(work)

    def _on_load_failed(self, error: EtsError) -> None:
        self._open_panel().show_error(error_text(error))

    def _show_work(self, work: AgentWork) -> None:
        self._tabs.set_count(CALLS, work.calls.count, red=work.calls.red)
        for which, title in TITLES.items():
            counted = count_of(work, which)
            self._tabs.set_count(title, counted.count, red=counted.red)
        self.context.desk.set_count(SCREEN_ID, work.total, red=work.red)
        self.context.desk.top_bar.show_unprocessed(work.total, red=work.red)

    def _is_overdue(self, call: CallHistoryRow) -> bool:
        return call.ticket_id in self._overdue

    def _on_more_wanted(self, which: WorkList, after: tuple[object, ...]) -> None:
        self.jobs.load(
            work_page,
            self.context.agent.agent_id,
            which,
            after,
            PAGE,
            self.context.house.limits,
            on_done=self._lists[which].append_page,
            on_error=self._on_load_failed,
            lane=_MORE,
        )

    # What others did, and the clock

    def _on_work_touched(self, _topics: frozenset[Topic]) -> None:
        self._pace.ask()

    def _on_tickets_touched(self, topics: frozenset[Topic]) -> None:
        """A ticket shown here may change without becoming or ceasing to be this agent's work."""
        if self.isVisible():
            shown = {ticket_topic(row.ticket_id) for row in self._shown_tickets()}
            if shown & topics:
                self._pace.ask()

    def _shown_tickets(self) -> tuple[TicketRow, ...]:
        which = self._open_list()
        return () if which is None else self._lists[which].model.rows

    @Slot()
    def _on_minute_passed(self) -> None:
        self._open_panel().model.refresh_texts()
        self._pace.ask()

    @Slot(int)
    def _on_page_changed(self, _number: int) -> None:
        self._load()

    @Slot(object)
    def _on_ticket_chosen(self, row: TicketRow) -> None:
        self.context.desk.load_ticket(row.ticket_id)


def _question_of(agent_id: int, which: WorkList) -> Question[TicketRow]:
    def further(session: Any, after: tuple[object, ...], size: int) -> Page[TicketRow]:
        return work_page(session, agent_id, which, after, size)

    return Question(further, {"agent": agent_id})


def _stacked(panel: QWidget, strip: QWidget | None) -> QWidget:
    if strip is None:
        return panel
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(panel, 1)
    column.addWidget(strip)
    return page
