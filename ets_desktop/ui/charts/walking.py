"""Going from bar to bar with the arrows; nothing here draws."""

from collections.abc import Sequence, Set

from PySide6.QtCore import Qt

from ets_desktop.ui.charts.values import Series

#: Number of a series, and of a bar in it.
Place = tuple[int, int]

#: Along the labels, and across them from series to series, where the labels stand side by side.
STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def places(series: Sequence[Series]) -> frozenset[Place]:
    """Of every value that is there."""
    return frozenset(
        (place, number)
        for place, each in enumerate(series)
        for number, bar in enumerate(each.bars)
        if bar.value is not None
    )


def followed(place: Place, before: Sequence[Series], after: Sequence[Series]) -> Place | None:
    """Where the bar at `place` stands now, by its key; None where it is gone. A bar without a key
    is whatever stands there."""
    series, number = place
    known = before[series].bars[number : number + 1] if series < len(before) else ()
    key = known[0].key if known else None
    if key is None:
        return place
    bars = after[series].bars if series < len(after) else ()
    return next(((series, moved) for moved, bar in enumerate(bars) if bar.key == key), None)


def stepped(place: Place | None, there: Set[Place], along: int, across: int) -> Place | None:
    """On to the next value; at the edge it stays. From nowhere, or from a value that is gone, to
    the first one, or backwards to the last."""
    if not there:
        return None
    if place is None or place not in there:
        first = min(series for series, _ in there)
        own = sorted(each for each in there if each[0] == first)
        return own[-1] if along < 0 else own[0]
    series, number = place
    if along:
        further = [n for s, n in there if s == series and (n - number) * along > 0]
        return (series, min(further, key=lambda n: abs(n - number), default=number))
    if across:
        other = [s for s, n in there if n == number and (s - series) * across > 0]
        return (min(other, key=lambda s: abs(s - series), default=series), number)
    return place
