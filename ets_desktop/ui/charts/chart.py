"""A chart as the screens have it: its name, its legend, and the plot once it is first seen."""

from collections import deque
from collections.abc import Hashable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ets_desktop.ui.charts.geometry import Kind, Placed, Shape
from ets_desktop.ui.charts.legend import Legend
from ets_desktop.ui.charts.values import COUNT, Series, Unit
from ets_desktop.ui.charts.walking import STEPS, Place, followed, places, stepped
from ets_desktop.ui.charts.words import all_words, tip_words, value_words
from ets_desktop.ui.jobs import JobHub, JobRunner
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.eliding_label import ElidingLabel
from ets_desktop.ui.widgets.fields import ENTER_KEYS
from ets_desktop.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from ets_desktop.ui.charts.plot import Plot

_PLOT = "ets_desktop.ui.charts.plot"
_LEAST = 80


def load() -> type["Plot"]:
    """On a worker: importing pyqtgraph takes longer than the GUI thread may stand."""
    plot: type[Plot] = import_module(_PLOT).Plot
    return plot


class Chart(QFrame):
    """See the package. With the keyboard: arrows go from bar to bar, Enter chooses."""

    #: the key of a bar that was clicked, or chosen with Enter
    bar_chosen = Signal(object)

    def __init__(
        self, name: str, hub: JobHub, shape: Shape, unit: Unit, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shape = shape
        self._unit = unit
        self._hub = hub
        self._jobs = JobRunner(hub, self)
        self._series: tuple[Series, ...] | None = None
        self._chosen_key: Hashable | None = None
        self._asked = False
        self._plot: Plot | None = None
        self._hovered: Placed | None = None
        #: of the bar that the keyboard is at
        self._place: Place | None = None
        self._title = QLabel(translated(name))
        self._note = ElidingLabel()
        self._legend = Legend(lines=shape.kind is Kind.LINES)
        self._message = QLabel()
        self._pages = QStackedLayout()
        self._lay_out()
        self.setAccessibleName(translated(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def _lay_out(self) -> None:
        self.setProperty("role", "chart")
        self._title.setProperty("role", "title")
        self._note.setProperty("role", "hint")
        self._message.setProperty("role", "hint")
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # The mouse is told to the chart, over whatever of its parts it is.
        for part in (self._title, self._note, self._legend, self._message):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for label in (self._title, self._message):
            label.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout()
        line.setContentsMargins(8, 0, 8, 0)
        line.setSpacing(8)
        line.addWidget(self._title)
        line.addWidget(self._note, 1)
        line.addWidget(self._legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 6, 1, 2)
        column.setSpacing(2)
        column.addLayout(line)
        column.addLayout(self._pages, 1)
        self._pages.addWidget(self._message)
        self.setMinimumSize(_LEAST, _LEAST)

    # What screens use

    @property
    def series(self) -> tuple[Series, ...]:
        return self._series or ()

    def show_series(self, series: Sequence[Series]) -> None:
        """From now on these; what is drawn moves to them."""
        shown = tuple(series)
        if shown == self._series:
            return
        if self._place is not None:
            # Enter opens what the arrows came to, wherever it has moved since.
            self._place = followed(self._place, self.series, shown)
        self._series = shown
        self._legend.show_series(shown)
        if self._plot is not None:
            self._draw(self._plot)
        self._show_page()
        self._tell()

    def show_note(self, text: str) -> None:
        """A word beside the name: 상위 12명, 60건까지."""
        self._note.show_text(text)

    def mark_chosen(self, key: Hashable | None) -> None:
        """Frame the bar whose list is shown."""
        self._chosen_key = key
        if self._plot is not None:
            self._plot.show_chosen(key)

    @property
    def message(self) -> str:
        """What stands in place of a plot; "" where it is drawn."""
        return self._message.text() if self._pages.currentWidget() is self._message else ""

    # Loading

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            self._jobs.read_local(load, on_done=self._on_loaded, lane="")

    def _on_loaded(self, plot: type["Plot"]) -> None:
        if self._hub.garbage is not None:
            # A library is for good: looking through it each time would be a stall.
            self._hub.garbage.spare_what_is_there()
        _waiting.append((self, plot))
        if len(_waiting) == 1:
            QTimer.singleShot(0, _build_next)

    def build(self, plot: type["Plot"]) -> None:
        """Its turn to get its plot."""
        self._plot = plot(self._shape, self._unit, self)
        self._plot.moved.connect(self._on_plot_moved)
        self._pages.addWidget(self._plot)
        self._plot.show_chosen(self._chosen_key)
        self._draw(self._plot)
        self._show_page()

    def _draw(self, plot: "Plot") -> None:
        plot.show_series(self.series)
        self._hovered = None
        self._show_current()

    def _show_page(self) -> None:
        """One word of why nothing is drawn, or the plot."""
        empty = not any(bar.value is not None for each in self.series for bar in each.bars)
        if self._series is not None and empty:
            self._message.setText(translated("자료가 없습니다"))
        else:
            self._message.setText("")
        drawn = self._plot is not None and not empty
        self._pages.setCurrentIndex(1 if drawn else 0)

    @Slot()
    def _on_plot_moved(self) -> None:
        self._hovered = None
        self._show_current()

    # Telling

    def _tell(self) -> None:
        """To whoever cannot see it: where the keyboard is, else every value."""
        if self._place in places(self.series) and self.hasFocus():
            assert self._place is not None
            self.setAccessibleDescription(value_words(self.series, self._unit, self._place))
        else:
            told = all_words(self.series, self._unit)
            self.setAccessibleDescription(told or self.message)

    def _show_tip(self, mark: Placed, at: QPoint) -> None:
        QToolTip.showText(at, plain_tip(tip_words(self.series, self._unit, mark)), self)

    # The mouse

    def _mark_at(self, place: QPointF) -> Placed | None:
        if self._plot is None or self.message:
            return None
        return self._plot.at(QPointF(self._plot.mapFrom(self, place.toPoint())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self._mark_at(event.position())
        if mark == self._hovered:
            return
        self._hovered = mark
        can = mark is not None and mark.bar.key is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)
        if mark is None:
            QToolTip.hideText()
        else:
            self._show_tip(mark, event.globalPosition().toPoint())
        self._show_current()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self._show_current()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        mark = self._mark_at(event.position())
        if mark is not None:
            self._place = (mark.series, mark.number)
            self._choose()

    # The keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._go(0, 0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_current()
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        along, across = STEPS.get(event.key(), (0, 0))
        if self._shape.horizontal:
            along, across = across, along
        if along or across:
            self._go(along, across)
            self._announce()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._place = None
            self._go(-1 if event.key() == Qt.Key.Key_End else 0, 0)
            self._announce()
        elif event.key() in ENTER_KEYS:
            self._choose()
        else:
            super().keyPressEvent(event)

    def _go(self, along: int, across: int) -> None:
        self._place = stepped(self._place, places(self.series), along, across)
        self._show_current()
        self._tell()

    def _choose(self) -> None:
        self._show_current()
        if self._place is None or self._place not in places(self.series):
            return
        series, number = self._place
        key = self.series[series].bars[number].key
        if key is not None:
            self.bar_chosen.emit(key)

    def _current(self) -> Placed | None:
        if self._plot is None or self._place is None:
            return None
        marks = self._plot.marks
        return next((mark for mark in marks if (mark.series, mark.number) == self._place), None)

    def _show_current(self) -> None:
        if self._plot is None:
            return
        if self.hasFocus():
            self._plot.show_current(self._current(), focused=True)
        else:
            self._plot.show_current(self._hovered, focused=False)

    def _announce(self) -> None:
        """What the arrow came to: shown as the mouse would, and read out."""
        mark = self._current()
        if mark is None or self._plot is None:
            return
        at = self._plot.mapToGlobal(self._plot.where(mark).toPoint())
        self._show_tip(mark, at)
        if QAccessible.isActive():
            words = value_words(self.series, self._unit, (mark.series, mark.number))
            told = QAccessibleAnnouncementEvent(self, words)
            QAccessible.updateAccessibility(told)


#: Charts that wait for their plot: one is built a turn of the event loop, for five at once would
#: be a stall.
_waiting: deque[tuple[Chart, type["Plot"]]] = deque()


def _build_next() -> None:
    chart, plot = _waiting.popleft()
    if _waiting:
        QTimer.singleShot(0, _build_next)
    if isValid(chart):
        chart.build(plot)


class BarChart(Chart):
    def __init__(
        self,
        name: str,
        hub: JobHub,
        *,
        stacked: bool = False,
        horizontal: bool = False,
        unit: Unit = COUNT,
        parent: QWidget | None = None,
    ) -> None:
        kind = Kind.STACKED if stacked else Kind.GROUPED
        super().__init__(name, hub, Shape(kind, horizontal), unit, parent)


class LineChart(Chart):
    def __init__(
        self, name: str, hub: JobHub, *, unit: Unit = COUNT, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, hub, Shape(Kind.LINES), unit, parent)
