"""What a chart says in words: to the mouse, to the keyboard, to whoever cannot see it."""

from collections.abc import Sequence

from ets_desktop.ui.charts.geometry import Placed
from ets_desktop.ui.charts.values import Series, Unit
from ets_desktop.ui.charts.walking import Place


def value_words(series: Sequence[Series], unit: Unit, place: Place) -> str:
    """`09:30 통화 12건`."""
    whose, number = place
    bar = series[whose].bars[number]
    value = "" if bar.value is None else unit.told(bar.value)
    return " ".join(part for part in (bar.label, series[whose].name, value) if part)


def all_words(series: Sequence[Series], unit: Unit) -> str:
    """`통화: 09:00 12건, 09:30 8건; 포기: 09:00 1건`."""
    told = []
    for each in series:
        bars = [bar for bar in each.bars if bar.value is not None]
        values = ", ".join(f"{bar.label} {unit.told(bar.value or 0)}" for bar in bars)
        told.append(f"{each.name}: {values}")
    return "; ".join(told)


def tip_words(series: Sequence[Series], unit: Unit, mark: Placed) -> str:
    """All series at that label, each with its own label where it has another one."""
    lines = [mark.bar.label]
    for each in series:
        bar = each.bars[mark.number] if mark.number < len(each.bars) else None
        if bar is not None and bar.value is not None:
            own = f" ({bar.label})" if bar.label != mark.bar.label else ""
            lines.append(f"{each.name}{own}  {unit.told(bar.value)}")
    return "\n".join([*lines, mark.bar.note] if mark.bar.note else lines)
