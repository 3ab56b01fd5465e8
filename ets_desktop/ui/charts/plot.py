"""The drawn part of a chart, on pyqtgraph's view, plot and axes; the only module to import it.

`load` does so on a worker: the import takes a fifth of a second.
"""

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QVBoxLayout, QWidget

from ets_desktop.ui.charts.geometry import (
    Kind,
    Placed,
    Shape,
    highest,
    hit,
    labels,
    placed,
    thinned,
    ticks,
)
from ets_desktop.ui.charts.strokes import draw_bar, draw_line
from ets_desktop.ui.charts.values import Series, Unit
from ets_desktop.ui.theme import painted_colours

#: Pixels an axis keeps from its labels, what a tick of values needs, and of a font's height.
_BESIDE, _TICK_UP, _TICK_ACROSS, _SMALLER = 8, 26, 64, 1
#: Above the highest value, so that its number has room.
_AIR, _AIR_ACROSS = 1.08, 1.12
#: The longest label in a column beside horizontal bars, in pixels.
_LABEL = 120
#: As far as a label may reach beyond the end of its axis: pyqtgraph cuts it off at 15.
_BEYOND = 13.0
#: Closer together than this, the points of a line lose their marks.
_CLOSE = 12.0
#: A lying bar less high than this has no room for its number beside another's.
_LEGIBLE = 8.0

# The desk closes its own windows in order; pyqtgraph would look through every object at the end.
pg.setConfigOption("exitCleanup", False)


class Marks(QGraphicsItem):
    """Bars or lines in the pixels of the plot: crisp at any size, patterns always as fine."""

    def __init__(self, box: Any, plot: "Plot") -> None:
        super().__init__(box)
        self._box = box
        self._plot = plot
        self.setZValue(10)

    def boundingRect(self) -> QRectF:
        return QRectF(self._box.rect())

    def fit(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        self._plot.draw(painter)


class Plot(QWidget):
    """Draws what `show_series` gets; the mouse is its chart's business."""

    #: Its size is another one: what `marks` has stands elsewhere.
    moved = Signal()

    def __init__(self, shape: Shape, unit: Unit, parent: QWidget) -> None:
        super().__init__(parent)
        self._shape = shape
        self._unit = unit
        self._series: tuple[Series, ...] = ()
        self._ticks: tuple[int, ...] = (0, 1)
        self._chosen: object = None
        self._current: Placed | None = None
        self._is_focused = False
        self.marks: tuple[Placed, ...] = ()
        self._view = pg.GraphicsView(self, useOpenGL=False, background=None)
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        self._values = pg.AxisItem("bottom" if shape.horizontal else "left", linkView=self._box)
        self._labels = pg.AxisItem("left" if shape.horizontal else "bottom", linkView=self._box)
        self._lay_out()
        self._item = Marks(self._box, self)
        self._box.sigResized.connect(self._on_resized)
        self.dress()

    def _lay_out(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid = pg.GraphicsLayout()
        grid.layout.setContentsMargins(2, 8, _BEYOND + 1, 2)
        grid.layout.setSpacing(0)
        left, bottom = self._values, self._labels
        if self._shape.horizontal:
            left, bottom = bottom, left
            self._box.invertY(True)
        grid.addItem(left, 0, 0)
        grid.addItem(self._box, 0, 1)
        grid.addItem(bottom, 1, 1)
        self._view.setCentralItem(grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        dressed = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in dressed and hasattr(self, "_item"):
            self.dress()
            self._fit()

    def dress(self) -> None:
        """In the colours and the font of its theme."""
        named = painted_colours(self.palette())
        line = QPen(self.palette().color(QPalette.ColorRole.Mid))
        for axis in (self._values, self._labels):
            axis.setPen(line)
            axis.setTextPen(QColor(named["muted"]))
            axis.setStyle(
                tickFont=self._tick_font(),
                tickLength=0,
                tickTextOffset=4,
                # Which labels have room is known before (`thinned`).
                hideOverlappingLabels=False,
            )
        self._view.setBackground(self.palette().color(QPalette.ColorRole.Base))
        self._item.update()

    def _tick_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self.fontInfo().pixelSize() - _SMALLER)
        return font

    # What its chart says

    def show_series(self, series: Sequence[Series]) -> None:
        self._series = tuple(series)
        self._fit()

    def show_current(self, mark: Placed | None, *, focused: bool) -> None:
        if (mark, focused) != (self._current, self._is_focused):
            self._current, self._is_focused = mark, focused
            self._item.update()

    def show_chosen(self, key: object) -> None:
        if key != self._chosen:
            self._chosen = key
            self._item.update()

    def at(self, place: QPointF) -> Placed | None:
        """What stands at `place` of this widget."""
        scene = self._view.mapToScene(place.toPoint())
        return hit(self.marks, self._item.mapFromScene(scene))

    def where(self, mark: Placed) -> QPointF:
        """The middle of `mark`, in this widget."""
        scene = self._item.mapToScene(mark.rect.center())
        return QPointF(self._view.mapFromScene(scene))

    # Where everything stands

    def _on_resized(self, _box: object) -> None:
        self._fit()
        self.moved.emit()

    def _fit(self) -> None:
        """Axes and marks for the values and the size there are now."""
        across = self._shape.horizontal
        most = highest(self._series, self._shape.kind) * (_AIR_ACROSS if across else _AIR)
        length = self._box.width() if across else self._box.height()
        room = int(length / (_TICK_ACROSS if across else _TICK_UP))
        self._ticks = ticks(most, self._unit, room)
        reach = float(self._ticks[-1])
        names = labels(self._series)
        last = max(1, len(names)) - 0.5
        ranges = ((0, reach), (-0.5, last)) if across else ((-0.5, last), (0, reach))
        self._box.setRange(xRange=ranges[0], yRange=ranges[1], padding=0, disableAutoRange=True)
        self._name_values()
        self._name_labels(names)
        self._give_room(names)
        size = QSizeF(self._box.width(), self._box.height())
        self.marks = placed(self._series, self._shape, size, reach)
        self._item.fit()

    def _name_labels(self, names: tuple[str, ...]) -> None:
        font = QFontMetrics(self._tick_font())
        if self._shape.horizontal:
            room, needed = self._box.height(), font.ascent() + 1.0
        else:
            room = self._box.width()
            needed = max(map(font.horizontalAdvance, names), default=0) + 10.0
        slot = room / max(1, len(names))
        shown = thinned(len(names), slot, needed)
        if not self._shape.horizontal and shown:
            after = (len(names) - shown[-1] - 0.5) * slot
            if font.horizontalAdvance(names[shown[-1]]) / 2 - after > _BEYOND:
                shown = shown[:-1]
        cut = Qt.TextElideMode.ElideRight
        written = [(each, font.elidedText(names[each], cut, _LABEL)) for each in shown]
        self._labels.setTicks([written])

    def _name_values(self) -> None:
        written = [(tick, self._unit.tick(tick)) for tick in self._ticks]
        last, text = written[-1]
        half = QFontMetrics(self._tick_font()).horizontalAdvance(text) / 2
        if self._shape.horizontal and half > _BEYOND:
            written[-1] = (last, "")
        self._values.setTicks([written])

    def _give_room(self, names: tuple[str, ...]) -> None:
        """The axes are as wide as what stands on them: asked once, not found while painting."""
        font = QFontMetrics(self._tick_font())
        texts = names if self._shape.horizontal else map(self._unit.tick, self._ticks)
        wide = max(map(font.horizontalAdvance, texts), default=0)
        left, bottom = self._values, self._labels
        if self._shape.horizontal:
            left, bottom = bottom, left
        left.setWidth(min(wide, _LABEL) + _BESIDE)
        bottom.setHeight(font.height() + 6)

    # Drawing

    def draw(self, painter: QPainter) -> None:
        """In the pixels of the plot; `Marks` calls it."""
        self._draw_grid(painter)
        if self._shape.kind is Kind.LINES:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number in range(len(self._series)):
                self._draw_series(painter, number)
        else:
            for mark in self.marks:
                if mark.bar.value:
                    alarming = mark.bar.alarming
                    draw_bar(painter, mark.rect, mark.series, self.palette(), alarming=alarming)
        self._draw_numbers(painter)
        self._draw_frames(painter)

    def _draw_grid(self, painter: QPainter) -> None:
        line = QColor(self.palette().color(QPalette.ColorRole.Mid))
        line.setAlpha(110)
        painter.setPen(QPen(line, 1))
        wide, high = self._box.width(), self._box.height()
        for tick in self._ticks[1:]:
            part = tick / self._ticks[-1]
            if self._shape.horizontal:
                at = round(wide * part) - 0.5
                painter.drawLine(QPointF(at, 0), QPointF(at, high))
            else:
                at = round(high * (1 - part)) + 0.5
                painter.drawLine(QPointF(0, at), QPointF(wide, at))

    def _draw_series(self, painter: QPainter, number: int) -> None:
        """A value that is not there parts the line."""
        run: list[Placed] = []
        runs = [run]
        for mark in self.marks:
            if mark.series == number:
                if run and mark.number != run[-1].number + 1:
                    run = []
                    runs.append(run)
                run.append(mark)
        marked = self._box.width() / max(1, len(labels(self._series))) >= _CLOSE
        for each in runs:
            if each:
                points = [mark.rect.center() for mark in each]
                draw_line(painter, points, number, self.palette(), marked=marked)

    def _draw_numbers(self, painter: QPainter) -> None:
        """At the end of the bars, where there is room: nobody has to reckon with the axis."""
        if self._shape.kind is not Kind.GROUPED:
            return
        painter.setFont(self._tick_font())
        painter.setPen(QColor(painted_colours(self.palette())["muted"]))
        font = painter.fontMetrics()
        for mark in self.marks:
            if not mark.bar.value:
                continue
            text = self._unit.tick(mark.bar.value)
            wide, rect = font.horizontalAdvance(text), mark.rect
            if self._shape.horizontal:
                if rect.right() + wide + 5 <= self._box.width() and rect.height() >= _LEGIBLE:
                    middle = rect.center().y() + (font.ascent() - font.descent()) / 2
                    painter.drawText(QPointF(rect.right() + 4, middle), text)
            elif wide <= mark.slot.width() + 2 and rect.top() - 4 >= font.ascent():
                painter.drawText(QPointF(rect.center().x() - wide / 2, rect.top() - 4), text)

    def _draw_frames(self, painter: QPainter) -> None:
        """Around what the keyboard or the mouse is at, and around whose list is shown."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        accent = self.palette().color(QPalette.ColorRole.Link)
        for mark in self.marks:
            if self._chosen is not None and mark.bar.key == self._chosen:
                painter.setPen(QPen(accent, 2))
                painter.drawRect(self._around(mark, 2))
        if self._current is not None:
            style = Qt.PenStyle.SolidLine if self._is_focused else Qt.PenStyle.DotLine
            colour = self.palette().color(QPalette.ColorRole.Text)
            painter.setPen(QPen(colour, 1.4 if self._is_focused else 1.0, style))
            painter.drawRect(self._around(self._current, 3))

    def _around(self, mark: Placed, by: int) -> QRectF:
        """Within the plot, for nothing is seen beyond it."""
        seen = QRectF(1, 1, self._box.width() - 2, self._box.height() - 2)
        return mark.rect.adjusted(-by, -by, by, by) & seen
