"""How each series is drawn: a colour kept apart for the colour-blind, and a pattern or a mark.

After Okabe and Ito; the colours are those of the time line's marks, which stay readable in light
and dark. Nothing is told by colour alone: bars differ by pattern, lines by dashes and points.
"""

import math
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen, QPolygonF

from ets_desktop.ui.theme import RED_ROLE, painted_colours

_COLOURS = ("mark_blue", "mark_orange", "mark_green", "mark_purple", "mark_grey")
_PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense5Pattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.HorPattern,
)
_DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
#: Of 255: what stands behind a pattern.
_BEHIND = 56
_LINE, _POINT = 2.0, 3.4
_PIECE = 12


def colour_of(series: int, palette: QPalette) -> QColor:
    return QColor(painted_colours(palette)[_COLOURS[series % len(_COLOURS)]])


def draw_bar(
    painter: QPainter, rect: QRectF, series: int, palette: QPalette, *, alarming: bool = False
) -> None:
    """An `alarming` one is red and hatched the other way."""
    colour = palette.color(RED_ROLE) if alarming else colour_of(series, palette)
    pattern = Qt.BrushStyle.FDiagPattern if alarming else _PATTERNS[series % len(_PATTERNS)]
    if pattern is Qt.BrushStyle.SolidPattern:
        painter.fillRect(rect, colour)
        return
    behind = QColor(colour)
    behind.setAlpha(_BEHIND)
    painter.fillRect(rect, behind)
    painter.setPen(QPen(colour, 1))
    painter.setBrush(QBrush(colour, pattern))
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))


def draw_line(
    painter: QPainter, points: list[QPointF], series: int, palette: QPalette, *, marked: bool
) -> None:
    """Straight from point to point; where they stand close only the line is drawn."""
    colour = colour_of(series, palette)
    pen = QPen(colour, _LINE, _DASHES[series % len(_DASHES)])
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    gone = 0.0
    # In pieces: what a thick line takes grows with the square of its points (365 of them: 45 ms).
    for first in range(0, len(points) - 1, _PIECE):
        piece = points[first : first + _PIECE + 1]
        pen.setDashOffset(gone / _LINE)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(piece))
        gone += sum(math.dist(a.toTuple(), b.toTuple()) for a, b in pairwise(piece))
    if marked or len(points) == 1:
        for point in points:
            draw_point(painter, point, series, colour)


def draw_point(painter: QPainter, at: QPointF, series: int, colour: QColor) -> None:
    """A disc, a square, a triangle, a diamond, by series."""
    painter.setPen(QPen(colour, 1))
    painter.setBrush(colour)
    size = _POINT
    corners = {
        1: ((-size, -size), (size, -size), (size, size), (-size, size)),
        2: ((0, -size), (size, size), (-size, size)),
        3: ((0, -size), (size, 0), (0, size), (-size, 0)),
    }.get(series % 4)
    if corners is None:
        painter.drawEllipse(at, size, size)
    else:
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))
