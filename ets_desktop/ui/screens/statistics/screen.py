"""통계 (spec 60): figures of a period in a table and a chart, and the list behind each of them."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.statistics import TIME_DIMENSIONS, StatisticsQuestion
from ets_desktop.queries.statistics_choices import statistics_choices
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.statistics.answers import Answer, Asked, days_text, read_answer
from ets_desktop.ui.screens.statistics.behind_page import Behind, BehindPage
from ets_desktop.ui.screens.statistics.chart_page import BarKey, ChartPage
from ets_desktop.ui.screens.statistics.conditions import Conditions
from ets_desktop.ui.screens.statistics.figures_panel import FiguresPanel
from ets_desktop.ui.screens.statistics.lines import Cell, Line, line_key
from ets_desktop.ui.screens.statistics.measures import TICKETS, VIEW_MEASURES, measure_of
from ets_desktop.ui.search_conditions import KeptConditions
from ets_desktop.ui.statistics_labels import MEASURES
from ets_desktop.ui.table_panel import Question
from ets_desktop.ui.widgets.steady_tabs import SteadyTabs

CHART, LIST = "차트", "목록"
_FIGURES, _CHOICES = "figures", "choices"
#: The table of a view, alone and beside another period.
TABLES = {
    "tickets": "상담 통계",
    "claims": "반품·교환 통계",
    "calls": "통화 통계",
    "all": "전체 통계",
}
COMPARED_TABLES = {
    "tickets": "상담 통계 비교",
    "claims": "반품·교환 통계 비교",
    "calls": "통화 통계 비교",
    "all": "전체 통계 비교",
}


class StatisticsScreen(Screen):
    """Asked only by the person: figures of a year are not read again with every ticket."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._conditions = Conditions()
        self._panels: dict[tuple[str, bool], FiguresPanel] = {}
        self._stack = QStackedWidget()
        self._chart = ChartPage(context.hub)
        self._behind = BehindPage(context)
        self._pages = SteadyTabs()
        self._answer: Answer | None = None
        self._panel = self._panel_of(TICKETS, compared=False)
        self._code = VIEW_MEASURES[TICKETS][0].code
        self._chart.offer(VIEW_MEASURES[TICKETS], self._code)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        self._pages.setDocumentMode(True)
        self._pages.setAccessibleName(self.tr("차트와 목록"))
        self._pages.addTab(self._chart, translated(CHART))
        self._pages.addTab(self._behind, translated(LIST))
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.addWidget(self._stack)
        self._parts.addWidget(self._pages)
        self._parts.setChildrenCollapsible(False)
        if not self._parts.restoreState(self.context.state.blob("splitter/statistics")):
            self._parts.setSizes([500, 400])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._conditions)
        column.addWidget(self._parts, 1)

    def _wire(self) -> None:
        self._conditions.asked.connect(self._on_asked)
        self._conditions.stop_requested.connect(self._on_stop_requested)
        self._conditions.cleared.connect(self._on_conditions_cleared)
        self._conditions.refused.connect(self._on_refused)
        self._chart.measure_chosen.connect(self._on_measure_chosen)
        self._chart.bar_chosen.connect(self._on_bar_chosen)
        self._parts.splitterMoved.connect(self._on_parts_moved)
        self.jobs.reading_changed.connect(self._on_reading_changed)
        self._behind.reading_changed.connect(self._on_reading_changed)
        for action, button in self._conditions.buttons().items():
            self.context.desk.actions.bind_button(action, button, self)

    def _panel_of(self, view: str, *, compared: bool) -> FiguresPanel:
        """The table of a view, made when first needed."""
        known = self._panels.get((view, compared))
        if known is None:
            name = (COMPARED_TABLES if compared else TABLES)[view]
            known = FiguresPanel(
                name, VIEW_MEASURES[view], compared=compared, state=self.context.state
            )
            known.measure_chosen.connect(self._on_measure_chosen)
            known.cell_chosen.connect(self._on_cell_chosen)
            self._stack.addWidget(known)
            if self._panels:
                known.follow(self._panel)
            self._panels[view, compared] = known
        return known

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            on_done = self._conditions.show_choices
            self.jobs.load(statistics_choices, on_done=on_done, lane=_CHOICES)

    def take_focus(self) -> None:
        self._conditions.take_focus()

    # Asking

    @Slot()
    def _on_asked(self) -> None:
        asked = self._conditions.search()
        panel = self._panel_of(asked.view, compared=bool(asked.compared))
        if panel is not self._panel:
            self._clear_answer()
            self._panel = panel
            self._stack.setCurrentWidget(panel)
        panel.rows.show_busy()
        self.jobs.load(
            read_answer,
            asked,
            on_done=self._on_answered,
            on_error=self._on_failed,
            lane=_FIGURES,
        )

    def _on_answered(self, answer: Answer) -> None:
        self._answer = answer
        codes = [shown.code for shown in VIEW_MEASURES[answer.asked.view]]
        if self._code not in codes:
            self._code = codes[0]
        self._behind.clear()
        self._pages.setCurrentWidget(self._chart)
        self._panel.rows.set_question(Question(None, _asked_by(answer.asked)))
        self._show()

    def _show(self) -> None:
        """The rows in the order of the chosen measure; days stay in theirs."""
        answer = self._answer
        if answer is None:
            return
        measures = VIEW_MEASURES[answer.asked.view]
        number = [shown.code for shown in measures].index(self._code)
        *rows, total = answer.lines
        if answer.asked.question.dimension not in TIME_DIMENSIONS:
            rows.sort(key=lambda line: _greatest_first(line, number))
        self._panel.show_lines((*rows, total), answer.taken_at)
        self._chart.offer(measures, self._code)
        self._chart.show_lines(answer, rows, measures, self._code)

    def _on_failed(self, error: EtsError) -> None:
        self._panel.rows.show_error(error_text(error))

    @Slot()
    def _on_stop_requested(self) -> None:
        if self.jobs.is_reading(_FIGURES):
            self.jobs.stop(_FIGURES)
            self._panel.rows.show_note(self.tr("조회를 중지했습니다."))
        if self._behind.is_reading:
            self._behind.stop()

    @Slot()
    def _on_refused(self) -> None:
        self.jobs.stop(_FIGURES)
        self._clear_answer()

    @Slot(object)
    def _on_conditions_cleared(self, kept: KeptConditions) -> None:
        asked = self._answer is not None
        self._on_refused()
        if asked or kept != self._conditions.keep():
            back = partial(self._bring_back, kept, asked)
            self.context.desk.say(self.tr("조회 조건을 비웠습니다."), back)

    def _bring_back(self, kept: KeptConditions, asked: bool) -> None:
        """실행 취소 of 초기화."""
        self._conditions.bring_back(kept)
        if asked:
            self._on_asked()

    def _clear_answer(self) -> None:
        self._answer = None
        self._panel.rows.clear()
        self._chart.clear()
        self._behind.clear()

    @Slot()
    def _on_reading_changed(self) -> None:
        """Of the figures or the list behind one: 중지 ends either."""
        reading = self.jobs.is_reading(_FIGURES) or self._behind.is_reading
        self._conditions.show_searching(reading)

    @Slot(int, int)
    def _on_parts_moved(self, _position: int, _number: int) -> None:
        self.context.state.set_blob("splitter/statistics", self._parts.saveState())

    # Looking closer

    @Slot(str)
    def _on_measure_chosen(self, code: str) -> None:
        self._code = code
        self._pages.setCurrentWidget(self._chart)
        self._show()

    @Slot(object, object)
    def _on_cell_chosen(self, line: Line, cell: Cell) -> None:
        self._open(line, cell.code or self._code, of_before=cell.of_before)

    @Slot(object)
    def _on_bar_chosen(self, key: BarKey) -> None:
        assert self._answer is not None
        line = next(line for line in self._answer.lines if line_key(line) == key.line)
        self._open(line, self._code, of_before=key.of_before)

    def _open(self, line: Line, code: str, *, of_before: bool) -> None:
        """The list behind a figure, on its page below."""
        answer = self._answer
        table = None if answer is None else answer.before if of_before else answer.now
        if table is None:
            return
        shown = measure_of(code)
        if shown.behind not in table.question.measures:
            self.context.desk.say(self.tr("이 기준에는 없는 지표입니다."))
            return
        if not (line.before if of_before else line.figures):
            self.context.desk.say(self.tr("내역이 없습니다."))
            return
        key, label = (line.key_before, line.label_before) if of_before else (line.key, line.label)
        row = days_text(table.question) if line.is_total else label or line.label
        self._pages.setCurrentWidget(self._behind)
        self._behind.show_behind(
            Behind(table.question, shown.behind, key),
            f"{translated(MEASURES[code], code)} · {row}",
            _told(table.question) | {"measure": code, "row": row},
        )


def _greatest_first(line: Line, number: int) -> tuple[bool, float]:
    figure = line.figures[number]
    return figure is None, -(figure or 0.0)


def _asked_by(asked: Asked) -> dict[str, str]:
    compared = {"compared": asked.compared} if asked.compared else {}
    return {"view": asked.view} | _told(asked.question) | compared


def _told(question: StatisticsQuestion) -> dict[str, str]:
    """The conditions as the access log has them."""
    told = {
        "dimension": question.dimension,
        "date_from": question.first,
        "date_to": question.last,
        "assignee_team_id": question.team_id,
        "assignee_id": question.agent_id,
        "ticket_type": question.ticket_type,
        "channel_id": question.channel_id,
    }
    return {name: str(value) for name, value in told.items() if value is not None}
