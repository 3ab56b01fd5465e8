"""The chosen measure as a chart: a line of days, or bars of agents, types … beside before."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ets_desktop.domain.statistics import TIME_DIMENSIONS, Dimension
from ets_desktop.ui.charts.chart import BarChart, Chart, LineChart
from ets_desktop.ui.charts.values import Bar, Series
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.statistics.answers import Answer, days_text, short_label
from ets_desktop.ui.screens.statistics.figures import Figure
from ets_desktop.ui.screens.statistics.lines import Line, figure_at, line_key
from ets_desktop.ui.screens.statistics.measures import Shown, measure_of
from ets_desktop.ui.statistics_labels import MEASURES
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import label_for

MEASURE = "지표"
#: More bars than these cannot be told apart.
MOST_BARS = 20


@dataclass(frozen=True, slots=True)
class BarKey:
    """A bar: which line of the table (line_key), and whether of the period compared with."""

    line: Hashable
    of_before: bool


class ChartPage(QWidget):
    """A chart for each measure and each way of drawing, made when first shown."""

    #: a measure was chosen in the box
    measure_chosen = Signal(str)
    #: BarKey
    bar_chosen = Signal(object)

    def __init__(self, hub: JobHub) -> None:
        super().__init__()
        self._hub = hub
        self._charts: dict[tuple[str, bool], Chart] = {}
        self._box = CodeChoice(MEASURE, {})
        self._box.setMinimumContentsLength(10)
        self._note = QLabel()
        self._stack = QStackedLayout()
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setProperty("role", "hint")
        line = QHBoxLayout()
        line.addWidget(label_for(MEASURE, self._box))
        line.addWidget(self._box)
        line.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addLayout(self._stack, 1)
        self._stack.addWidget(QWidget())
        self._box.code_chosen.connect(self._on_code_chosen)

    @property
    def chart(self) -> Chart | None:
        """The one on show."""
        current = self._stack.currentWidget()
        return current if isinstance(current, Chart) else None

    def offer(self, measures: Sequence[Shown], code: str) -> None:
        """The measures of the table above, `code` the chosen one."""
        codes = [shown.code for shown in measures]
        if [self._box.itemData(number) for number in range(self._box.count())] != codes:
            self._box.clear()
            for each in codes:
                self._box.addItem(translated(MEASURES[each], each), each)
        self._box.set_code(code)

    def clear(self) -> None:
        self._stack.setCurrentIndex(0)
        self._note.setText("")

    def show_lines(
        self, answer: Answer, lines: Sequence[Line], measures: Sequence[Shown], code: str
    ) -> None:
        """`lines` without their total, in the order of the table."""
        dimension = answer.asked.question.dimension
        by_time = dimension in TIME_DIMENSIONS
        number = [shown.code for shown in measures].index(code)
        drawn = lines if by_time else lines[:MOST_BARS]
        series = [_series(measures[number], number, dimension, drawn, answer, of_before=False)]
        if answer.before is not None:
            series.append(
                _series(measures[number], number, dimension, drawn, answer, of_before=True)
            )
        chart = self._chart(code, by_time)
        self._note.setText(
            self.tr("상위 {count}개").format(count=MOST_BARS) if len(drawn) < len(lines) else ""
        )
        chart.show_series(series)
        self._stack.setCurrentWidget(chart)

    def _chart(self, code: str, by_time: bool) -> Chart:
        known = self._charts.get((code, by_time))
        if known is None:
            kind = LineChart if by_time else BarChart
            known = kind(
                translated(MEASURES[code], code), self._hub, unit=measure_of(code).kind.unit
            )
            known.bar_chosen.connect(self.bar_chosen)
            self._charts[code, by_time] = known
            self._stack.addWidget(known)
            # Made later than the window, it would be the last that Tab comes to.
            QWidget.setTabOrder(self._box, known)
        return known

    @Slot()
    def _on_code_chosen(self) -> None:
        self.measure_chosen.emit(self._box.code())


def _series(
    shown: Shown,
    number: int,
    dimension: Dimension,
    lines: Sequence[Line],
    answer: Answer,
    *,
    of_before: bool,
) -> Series:
    bars = []
    for line in lines:
        figure = figure_at(number, line.before if of_before else line.figures)
        key, label = (line.key_before, line.label_before) if of_before else (line.key, line.label)
        told = short_label(dimension, key, label or line.label)
        bars.append(Bar(told, _scaled(figure, shown), BarKey(line_key(line), of_before)))
    table = answer.before if of_before else answer.now
    assert table is not None
    return Series(days_text(table.question), tuple(bars))


def _scaled(figure: Figure, shown: Shown) -> Figure:
    return None if figure is None else figure / shown.kind.scale
