"""Which series is which: the very bar or line of each, with its name."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ets_desktop.ui.charts.strokes import draw_bar, draw_line
from ets_desktop.ui.charts.values import Series
from ets_desktop.ui.theme import painted_colours

_SWATCH, _GAP, _APART = 18, 5, 12


class Legend(QWidget):
    """Empty, and without room, while there is one series: the chart's name says it all."""

    def __init__(self, *, lines: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._names: tuple[str, ...] = ()
        self._alarming: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    def show_series(self, series: Sequence[Series]) -> None:
        shown = tuple(each.name for each in series) if len(series) > 1 else ()
        alarming = frozenset(
            number
            for number, each in enumerate(series)
            if each.bars and all(bar.alarming for bar in each.bars)
        )
        if (shown, alarming) != (self._names, self._alarming):
            self._names, self._alarming = shown, alarming
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        wide = sum(_SWATCH + _GAP + self._width(name) + _APART for name in self._names)
        return QSize(max(0, wide - _APART), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = painted_colours(self.palette())["muted"]
        left = max(0.0, self.width() - float(self.sizeHint().width()))
        for number, name in enumerate(self._names):
            self._draw_swatch(painter, left, number)
            left += _SWATCH + _GAP
            painter.setPen(text)
            place = QRectF(left, 0, self.width() - left, self.height())
            whole = self.fontMetrics().elidedText(
                name, Qt.TextElideMode.ElideRight, int(place.width())
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, whole)
            left += self._width(name) + _APART

    def _draw_swatch(self, painter: QPainter, left: float, number: int) -> None:
        middle = self.height() / 2
        painter.save()
        if self._lines:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ends = [QPointF(left, middle), QPointF(left + _SWATCH, middle)]
            draw_line(painter, ends, number, self.palette(), marked=False)
            centre = [QPointF(left + _SWATCH / 2, middle)]
            draw_line(painter, centre, number, self.palette(), marked=True)
        else:
            place = QRectF(left + 3, round(middle) - 6, _SWATCH - 4, 12)
            alarming = number in self._alarming
            draw_bar(painter, place, number, self.palette(), alarming=alarming)
        painter.restore()

    def _width(self, name: str) -> int:
        # The last letter may reach beyond its advance.
        return self.fontMetrics().horizontalAdvance(name) + 2
