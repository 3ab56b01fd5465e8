"""Where each bar and point of a chart stands, in pixels of its plot; nothing here draws."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSizeF

from ets_desktop.ui.charts.values import Bar, Series, Unit

#: Part of a label's room that its bars fill, and how thick one gets at most, in pixels.
_FILLED, _THICKEST = 0.74, 28.0
#: A value too small to be seen is still a line.
_THINNEST = 1.5
#: Half the room in which a point takes the mouse.
_POINT = 5.0


class Kind(Enum):
    GROUPED = auto()
    STACKED = auto()
    LINES = auto()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a chart stands: `horizontal` bars grow to the right, their labels in a column."""

    kind: Kind
    horizontal: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """`rect` is drawn, `slot` takes the mouse; a point of a line is in the middle of its `rect`."""

    series: int
    number: int
    bar: Bar
    rect: QRectF
    slot: QRectF


def labels(series: Sequence[Series]) -> tuple[str, ...]:
    """Of the longest series."""
    longest = max(series, key=lambda each: len(each.bars), default=Series("", ()))
    return tuple(bar.label for bar in longest.bars)


def highest(series: Sequence[Series], kind: Kind) -> float:
    """What the axis has to reach."""
    if kind is not Kind.STACKED:
        return max((_value(bar) for each in series for bar in each.bars), default=0.0)
    places = range(len(labels(series)))
    return max((sum(_at(each, number) for each in series) for number in places), default=0.0)


def ticks(most: float, unit: Unit, room: int) -> tuple[int, ...]:
    """From 0 to the first tick at or above `most`, in whole steps, `room` of them at most."""
    room = max(1, room)
    last = unit.steps[-1]
    fitting = (step for step in unit.steps if most <= step * room)
    step = next(fitting, last * math.ceil(most / (last * room)))
    return tuple(range(0, step * max(1, math.ceil(most / step)) + 1, step))


def thinned(count: int, room: float, needed: float) -> tuple[int, ...]:
    """Which of `count` labels are written where each has `room` and needs `needed` pixels."""
    if count == 0:
        return ()
    return tuple(range(0, count, max(1, math.ceil(needed / max(room, 1.0)))))


def placed(
    series: Sequence[Series], shape: Shape, size: QSizeF, reach: float
) -> tuple[Placed, ...]:
    """Every value of `series` in a plot of `size` whose axis goes from 0 to `reach`."""
    count = len(labels(series))
    length, depth = size.width(), size.height()
    if shape.horizontal:
        length, depth = depth, length
    if count == 0 or reach <= 0:
        return ()
    room, scale = length / count, depth / reach
    stood = [0.0] * count
    found = []
    for place, each in enumerate(series):
        for number, bar in enumerate(each.bars):
            if bar.value is None:
                continue
            along = _along(shape.kind, place, len(series), room, room * number)
            foot = stood[number] if shape.kind is Kind.STACKED else 0.0
            tall = bar.value * scale
            stood[number] += tall
            rects = _rects(shape.kind, along, foot, tall, (depth, room * number, room))
            found.append(
                Placed(place, number, bar, *(_turned(rect, shape, depth) for rect in rects))
            )
    return tuple(found)


def hit(marks: Sequence[Placed], at: QPointF) -> Placed | None:
    """What the mouse means at `at`: the value there, or the nearest of its room."""
    near = [mark for mark in marks if mark.slot.contains(at)]
    return min(near, key=lambda mark: _distance(mark.rect, at), default=None)


def _along(kind: Kind, place: int, count: int, room: float, start: float) -> tuple[float, float]:
    """Where a bar begins on the axis of the labels, and how thick it is."""
    beside = count if kind is Kind.GROUPED else 1
    thick = min(room * _FILLED / beside, _THICKEST)
    first = start + (room - thick * beside) / 2
    return (first + thick * (place if kind is Kind.GROUPED else 0), thick)


def _rects(
    kind: Kind,
    along: tuple[float, float],
    foot: float,
    tall: float,
    room: tuple[float, float, float],
) -> tuple[QRectF, QRectF]:
    """What is drawn and what takes the mouse, as if bars grew upwards from 0."""
    first, thick = along
    depth, start, wide = room
    if kind is Kind.LINES:
        middle = start + wide / 2
        point = QRectF(middle - _POINT, tall - _POINT, 2 * _POINT, 2 * _POINT)
        return point, QRectF(start, 0, wide, depth)
    drawn = QRectF(first, foot, thick, max(tall, _THINNEST) if tall else 0.0)
    if kind is Kind.STACKED:
        return drawn, QRectF(start, 0, wide, depth)
    # Its whole column, and for the outermost also the room beside it.
    return drawn, QRectF(first - 1, 0, thick + 2, depth)


def _turned(rect: QRectF, shape: Shape, depth: float) -> QRectF:
    """From "upwards from 0" to the pixels of the plot, whose 0 is at the top left."""
    if shape.horizontal:
        return QRectF(rect.y(), rect.x(), rect.height(), rect.width())
    return QRectF(rect.x(), depth - rect.y() - rect.height(), rect.width(), rect.height())


def _distance(rect: QRectF, at: QPointF) -> float:
    """From the nearest point of `rect`; in it, nothing."""
    across = max(rect.left() - at.x(), 0.0, at.x() - rect.right())
    down = max(rect.top() - at.y(), 0.0, at.y() - rect.bottom())
    return math.hypot(across, down)


def _value(bar: Bar) -> float:
    return bar.value or 0.0


def _at(series: Series, number: int) -> float:
    return _value(series.bars[number]) if number < len(series.bars) else 0.0
