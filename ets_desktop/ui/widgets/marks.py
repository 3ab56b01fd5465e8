"""Marks of a time line: a shape for each kind of event, so that colour is never all that tells.

The colours (theme files, `mark_…`) stay apart for the colour-blind.
"""

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF

from ets_desktop.ui.theme import painted_colours

#: mark, which is the code of an event (queries/journey) or `missed` → colour of the theme
COLOURS = {
    "call": "mark_blue",
    "missed": "mark_blue",
    "ticket": "mark_green",
    "status": "mark_green",
    "transfer": "mark_purple",
    "callback": "mark_blue",
    "order": "mark_orange",
    "activity": "mark_grey",
    "merge": "mark_grey",
    "claim": "mark_orange",
}
_NO_BRUSH = Qt.BrushStyle.NoBrush


def mark_colour(mark: str, palette: QPalette) -> QColor:
    """The colour of `mark` on what `palette` dresses; grey for one nobody knows."""
    return QColor(painted_colours(palette)[COLOURS.get(mark, "mark_grey")])


def draw_mark(painter: QPainter, place: QRectF, mark: str, colour: QColor) -> None:
    """The shape of `mark` inside the square `place`; bars for one nobody knows."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, max(1.4, place.width() / 8)))
    painter.setBrush(colour)
    _SHAPES.get(mark, _bars)(painter, place.adjusted(1, 1, -1, -1))
    painter.restore()


def mark_icon(mark: str, palette: QPalette, size: int = 12) -> QIcon:
    """`mark` for the button that stands for it; sharp at 200 %."""
    picture = QPixmap(size * 2, size * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_mark(painter, QRectF(0, 0, size, size), mark, mark_colour(mark, palette))
    painter.end()
    return QIcon(picture)


def _disc(painter: QPainter, place: QRectF) -> None:
    painter.drawEllipse(place)


def _struck_ring(painter: QPainter, place: QRectF) -> None:
    painter.setBrush(_NO_BRUSH)
    painter.drawEllipse(place)
    painter.drawLine(place.bottomLeft(), place.topRight())


def _square(painter: QPainter, place: QRectF) -> None:
    painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))


def _diamond(painter: QPainter, place: QRectF) -> None:
    middle = place.center()
    _polygon(
        painter,
        QPointF(middle.x(), place.top()),
        QPointF(place.right(), middle.y()),
        QPointF(middle.x(), place.bottom()),
        QPointF(place.left(), middle.y()),
    )


def _arrow(painter: QPainter, place: QRectF) -> None:
    _polygon(
        painter, place.topLeft(), QPointF(place.right(), place.center().y()), place.bottomLeft()
    )


def _clock(painter: QPainter, place: QRectF) -> None:
    painter.setBrush(_NO_BRUSH)
    painter.drawEllipse(place)
    middle = place.center()
    painter.drawLine(middle, QPointF(middle.x(), place.top() + place.height() * 0.18))
    painter.drawLine(middle, QPointF(place.right() - place.width() * 0.22, middle.y()))


def _hexagon(painter: QPainter, place: QRectF) -> None:
    middle, radius = place.center(), place.width() / 2
    _polygon(
        painter,
        *(
            QPointF(
                middle.x() + radius * math.cos(math.radians(angle)),
                middle.y() + radius * math.sin(math.radians(angle)),
            )
            for angle in range(0, 360, 60)
        ),
    )


def _bars(painter: QPainter, place: QRectF) -> None:
    for part in (0.2, 0.5, 0.8):
        height = place.top() + place.height() * part
        painter.drawLine(QPointF(place.left(), height), QPointF(place.right(), height))


def _hourglass(painter: QPainter, place: QRectF) -> None:
    """Two that meet in one."""
    _polygon(painter, place.topLeft(), place.topRight(), place.bottomLeft(), place.bottomRight())


def _returned(painter: QPainter, place: QRectF) -> None:
    """An arrow back."""
    _polygon(
        painter, place.topRight(), QPointF(place.left(), place.center().y()), place.bottomRight()
    )


def _polygon(painter: QPainter, *corners: QPointF) -> None:
    painter.drawPolygon(QPolygonF(list(corners)))


_SHAPES: Mapping[str, Callable[[QPainter, QRectF], None]] = {
    "call": _disc,
    "missed": _struck_ring,
    "ticket": _square,
    "status": _diamond,
    "transfer": _arrow,
    "callback": _clock,
    "order": _hexagon,
    "activity": _bars,
    "merge": _hourglass,
    "claim": _returned,
}
