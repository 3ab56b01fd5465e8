"""The charts of 현황판, and what of a board each shows."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ets_desktop.domain.board import CallBar, CallKind, TicketBar, TicketKind
from ets_desktop.queries.board import AgeBar, Board, CompletedBar, HalfHour
from ets_desktop.ui.board_labels import AGES, COUNTED_CALLS
from ets_desktop.ui.charts.chart import BarChart, Chart, LineChart
from ets_desktop.ui.charts.values import SECONDS, Bar, Series
from ets_desktop.ui.formats import SEOUL, elapsed_text
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.labels import word
from ets_desktop.ui.language import translated

CALLS, ANSWERING, AGE = "통화·포기", "응답시간", "미완료 경과"
WAITING, COMPLETED = "이관 대기 현황", "상담원별 완료"
#: So many lines have room beside their names.
MOST = 8
#: Less high than this a chart says nothing; less high than that all of them have too little room
#: while a list is open.
_LOWEST, _ROOMY = 108, 450


class BoardCharts(QWidget):
    """`bar_chosen` tells the TicketBar or CallBar that was clicked."""

    bar_chosen = Signal(object)

    def __init__(self, hub: JobHub) -> None:
        super().__init__()
        self._chosen: TicketBar | CallBar | None = None
        self._calls = BarChart(CALLS, hub, stacked=True)
        self._answering = LineChart(ANSWERING, hub, unit=SECONDS)
        self._age = BarChart(AGE, hub, horizontal=True)
        self._waiting = BarChart(WAITING, hub, horizontal=True)
        self._completed = BarChart(COMPLETED, hub, horizontal=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self._calls, 0, 0, 1, 2)
        for place, chart in enumerate(self._below()):
            grid.addWidget(chart, 1 + place // 2, place % 2)
        for row in range(3):
            grid.setRowStretch(row, 1)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        for chart in self.charts():
            chart.setMinimumHeight(_LOWEST)
            chart.bar_chosen.connect(self.bar_chosen)

    def _below(self) -> tuple[Chart, ...]:
        return (self._answering, self._age, self._waiting, self._completed)

    def charts(self) -> tuple[Chart, ...]:
        return (self._calls, *self._below())

    def show_board(self, board: Board) -> None:
        self._calls.show_series(call_series(board.half_hours))
        self._answering.show_series(answer_series(board.half_hours))
        self._age.show_series(age_series(board.ages))
        self._waiting.show_series(waiting_series(board))
        self._waiting.show_note(_first_of(len(board.receivers)))
        self._completed.show_series(completion_series(board.completions))
        self._completed.show_note(_first_of(len(board.completions)))

    @Slot(object)
    def mark_chosen(self, bar: TicketBar | CallBar | None) -> None:
        self._chosen = bar
        for chart in self.charts():
            chart.mark_chosen(bar)
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """In a low window a list leaves room for two rows: the first, and that of its bar."""
        middle, last = (self._answering, self._age), (self._waiting, self._completed)
        gives_way: tuple[Chart, ...] = ()
        if self._chosen is not None and self.height() < _ROOMY:
            gives_way = middle if any(map(self._has_chosen, last)) else last
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        for row, charts in enumerate((middle, last), 1):
            grid.setRowStretch(row, 0 if charts == gives_way else 1)
            for chart in charts:
                chart.setVisible(charts != gives_way)

    def _has_chosen(self, chart: Chart) -> bool:
        return any(bar.key == self._chosen for each in chart.series for bar in each.bars)


def call_series(hours: Sequence[HalfHour]) -> tuple[Series, ...]:
    """From the day's first call on, answered and abandoned on each other."""
    return tuple(
        Series(
            word(COUNTED_CALLS, kind),
            tuple(
                Bar(_label(hour), getattr(hour, kind), CallBar(kind, start=hour.start))
                for hour in _busy(hours)
            ),
        )
        for kind in (CallKind.ANSWERED, CallKind.ABANDONED)
    )


def answer_series(hours: Sequence[HalfHour]) -> tuple[Series, ...]:
    """From the first ring to the answer; a half hour without an answer is a gap."""
    busy = _busy(hours)
    told = (("중앙값", "median_s"), ("90%", "p90_s"))
    return tuple(
        Series(
            translated(name),
            tuple(
                Bar(
                    _label(hour),
                    getattr(hour, attribute),
                    CallBar(CallKind.ANSWERED, start=hour.start),
                )
                for hour in busy
            ),
        )
        for name, attribute in told
    )


def age_series(ages: Sequence[AgeBar]) -> tuple[Series, ...]:
    if not any(age.open for age in ages):
        return ()
    return (
        Series(
            translated("미완료"),
            tuple(
                Bar(word(AGES, age.bucket), age.open, TicketBar(TicketKind.OPEN, bucket=age.bucket))
                for age in ages
            ),
        ),
        Series(
            translated("지연"),
            tuple(
                Bar(
                    word(AGES, age.bucket),
                    age.overdue,
                    TicketBar(TicketKind.OVERDUE, bucket=age.bucket),
                    alarming=True,
                )
                for age in ages
            ),
        ),
    )


def waiting_series(board: Board) -> tuple[Series, ...]:
    """By receiver, whoever lets somebody wait longest on top."""
    shown = board.receivers[:MOST]
    return tuple(
        Series(
            translated(name),
            tuple(
                Bar(
                    receiver.name,
                    getattr(receiver, kind),
                    TicketBar(kind, receiver.agent_id, receiver.team_id),
                    note=translated("가장 오래 {age}").format(
                        age=elapsed_text(board.taken_at - receiver.since)
                    ),
                    alarming=kind is TicketKind.LATE,
                )
                for receiver in shown
            ),
        )
        for name, kind in (("대기", TicketKind.WAITING), ("지연", TicketKind.LATE))
    )


def completion_series(completions: Sequence[CompletedBar]) -> tuple[Series, ...]:
    return (
        Series(
            translated("완료"),
            tuple(
                Bar(each.name, each.completed, TicketBar(TicketKind.COMPLETED, each.agent_id))
                for each in completions[:MOST]
            ),
        ),
    )


def _first_of(count: int) -> str:
    """Beside a chart that has not room for all: so many of how many."""
    if count <= MOST:
        return ""
    return translated("{count} 중 상위 {shown}").format(count=count, shown=MOST)


def _busy(hours: Sequence[HalfHour]) -> tuple[HalfHour, ...]:
    first = next((n for n, hour in enumerate(hours) if hour.received), len(hours))
    return tuple(hours[first:])


def _label(hour: HalfHour) -> str:
    return f"{hour.start.astimezone(SEOUL):%H:%M}"
