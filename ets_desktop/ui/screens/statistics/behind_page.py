"""The tickets, calls or claims behind a figure, page by page; choosing one opens its ticket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from ets_desktop.domain.data_subjects import count_subjects
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.paging import Page
from ets_desktop.domain.statistics import (
    CALL_MEASURES,
    CLAIM_MEASURES,
    Measure,
    RowKey,
    StatisticsQuestion,
)
from ets_desktop.queries.reading import read_at
from ets_desktop.queries.statistics import FactRow, behind
from ets_desktop.services.access import LogAccess
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.operations.access import AccessTrail
from ets_desktop.ui.screens.statistics.behind_columns import (
    CALL_COLUMNS,
    CLAIM_COLUMNS,
    TICKET_COLUMNS,
    fact_key,
)
from ets_desktop.ui.table_panel import CHOOSE, EXPORT, Question, TablePanel
from ets_desktop.ui.tables import Column

PAGE = 50
_LANE = "behind"
TICKETS, CALLS, CLAIMS = "통계 접수 목록", "통계 통화 목록", "통계 반품·교환 목록"


@dataclass(frozen=True, slots=True)
class Behind:
    """Which list: the rows that `measure` counts for `key` (statistics.WHOLE: for all)."""

    question: StatisticsQuestion
    measure: Measure
    key: RowKey


class BehindPage(QWidget):
    """Empty until a figure is chosen. Each page that was read is noted in the access log."""

    reading_changed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._jobs = context.jobs(self)
        self._jobs.reading_changed.connect(self._on_reading_changed)
        self._trail = AccessTrail(context, self)
        self._asked: Behind | None = None
        self._told: dict[str, object] = {}
        self._which = QLabel()
        self._which.setTextFormat(Qt.TextFormat.PlainText)
        self._which.setAccessibleName(self.tr("목록 조건"))
        self._stack = QStackedWidget()
        self._tickets = self._panel(TICKETS, TICKET_COLUMNS)
        self._calls = self._panel(CALLS, CALL_COLUMNS)
        self._claims = self._panel(CLAIMS, CLAIM_COLUMNS)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._which)
        column.addWidget(self._stack, 1)

    def _panel(self, name: str, columns: Sequence[Column[FactRow]]) -> TablePanel[FactRow]:
        panel: TablePanel[FactRow] = TablePanel(
            name, columns, fact_key, buttons=(CHOOSE, EXPORT), state=self._context.state
        )
        panel.row_chosen.connect(self._on_row_chosen)
        panel.more_wanted.connect(self._on_more_wanted)
        self._stack.addWidget(panel)
        return panel

    @property
    def is_reading(self) -> bool:
        return self._jobs.is_reading(_LANE)

    @property
    def panel(self) -> TablePanel[FactRow]:
        """That of the measure last asked for."""
        panel = self._stack.currentWidget()
        assert isinstance(panel, TablePanel)
        return panel

    def show_behind(self, asked: Behind, title: str, told: Mapping[str, object]) -> None:
        """The list of `asked`, called `title`; `told` is what the access log says of it."""
        self.clear()
        self._asked, self._told = asked, dict(told)
        self._which.setText(title)
        panel = self._tickets
        if asked.measure in CALL_MEASURES:
            panel = self._calls
        elif asked.measure in CLAIM_MEASURES:
            panel = self._claims
        self._stack.setCurrentWidget(panel)
        panel.show_busy()
        self._jobs.load(
            _first_page, asked, on_done=self._on_loaded, on_error=self._on_failed, lane=_LANE
        )

    @Slot()
    def clear(self) -> None:
        self._asked = None
        self._jobs.stop(_LANE)
        self._which.setText(self.tr("표의 칸이나 차트의 막대를 고르면 그 목록이 나옵니다."))
        self.panel.clear()

    def stop(self) -> None:
        """중지: what is there stays."""
        self._jobs.stop(_LANE)
        self.panel.show_note(self.tr("조회를 중지했습니다."))

    def _on_loaded(self, answer: tuple[Page[FactRow], datetime]) -> None:
        page, as_of = answer
        asked = self._asked
        assert asked is not None
        self.panel.set_question(Question(partial(_further, asked), self._told))
        self.panel.show_page(page, as_of)
        self._log(page)

    @Slot(object)
    def _on_more_wanted(self, after: tuple[object, ...]) -> None:
        assert self._asked is not None
        self._jobs.load(
            partial(_further, self._asked),
            after,
            PAGE,
            on_done=self._on_more_loaded,
            on_error=self._on_failed,
            lane=_LANE,
        )

    def _on_more_loaded(self, page: Page[FactRow]) -> None:
        self.panel.append_page(page)
        self._log(page)

    def _on_failed(self, error: EtsError) -> None:
        self.panel.show_error(error_text(error))

    def _log(self, page: Page[FactRow]) -> None:
        persons = count_subjects(page.rows)
        self._trail.note(LogAccess("list_statistics", "", self._told, len(page.rows), persons))

    @Slot(str, bool)
    def _on_reading_changed(self, _lane: str, _reading: bool) -> None:
        self.reading_changed.emit()

    @Slot(object)
    def _on_row_chosen(self, row: FactRow) -> None:
        if row.ticket_id is None:
            self._context.desk.say(self.tr("이 통화에는 접수가 없습니다."))
        else:
            self._context.desk.load_ticket(row.ticket_id)


def _first_page(session: Any, asked: Behind) -> tuple[Page[FactRow], datetime]:
    as_of = read_at(session)
    return _further(asked, session, None, PAGE), as_of


def _further(
    asked: Behind, session: Any, after: tuple[object, ...] | None, size: int
) -> Page[FactRow]:
    return behind(session, asked.question, asked.key, asked.measure, after, size)
