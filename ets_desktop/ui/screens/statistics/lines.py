"""The rows of a table of figures as they are shown, and its columns."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from ets_desktop.domain.statistics import RowKey
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.statistics.figures import Figure, change_text, figure_text
from ets_desktop.ui.screens.statistics.measures import Shown
from ets_desktop.ui.tables import RIGHT, Column

#: The title of what the rows are about.
BASIS = "기준"
#: Digits of `16시간 49분`.
_LEAST = 11


@dataclass(frozen=True, slots=True)
class Line:
    """A row: `figures` of the measures in their order, `before` those of the period compared with,
    which may call the same row otherwise (`key_before`, `label_before`: another day)."""

    key: RowKey
    label: str
    figures: tuple[Figure, ...]
    before: tuple[Figure, ...] = ()
    key_before: RowKey = None
    label_before: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column is about: a measure by its code (None: what the row is called), `of_before`:
    in the period compared with."""

    code: str | None
    of_before: bool = False


def line_key(line: Line) -> Hashable:
    return line.is_total, line.key, line.key_before, bool(line.figures)


def columns_of(
    measures: Sequence[Shown], *, compared: bool
) -> tuple[tuple[Column[Line], ...], tuple[Cell, ...]]:
    """A column for each of `measures`; compared, with the other period's and the change."""
    columns: list[Column[Line]] = [Column(BASIS, lambda line: line.label, 24, least=18)]
    cells = [Cell(None)]
    for number, shown in enumerate(measures):
        # Of the many columns of a comparison the names of the rows may be out of sight.
        called = _called if compared else None
        title = translated(shown.title, shown.code)
        columns.append(_column(title, partial(_now, number, shown), called))
        cells.append(Cell(shown.code))
        if compared:
            before = translated("{measure} 이전").format(measure=title)
            change = translated("{measure} 증감").format(measure=title)
            columns.append(_column(before, partial(_before, number, shown), _called_before))
            columns.append(_column(change, partial(_change, number, shown), called))
            cells += [Cell(shown.code, of_before=True), Cell(shown.code)]
    return tuple(columns), tuple(cells)


def _column(
    title: str, text: Callable[[Line], str], tip: Callable[[Line], str] | None = None
) -> Column[Line]:
    """As wide as its title, in which a letter of Hangul takes two digits."""
    width = max(_LEAST, len(title.encode("euc-kr", "replace")) + 1)
    return Column(title, text, width, RIGHT, tip=tip, least=width)


def _now(number: int, shown: Shown, line: Line) -> str:
    return figure_text(figure_at(number, line.figures), shown.kind.text)


def _before(number: int, shown: Shown, line: Line) -> str:
    return figure_text(figure_at(number, line.before), shown.kind.text)


def _change(number: int, shown: Shown, line: Line) -> str:
    now, before = figure_at(number, line.figures), figure_at(number, line.before)
    return change_text(now, before, shown.kind.change)


def _called(line: Line) -> str:
    return line.label


def _called_before(line: Line) -> str:
    return line.label_before or line.label


def figure_at(number: int, figures: Sequence[Figure]) -> Figure:
    """None where there is no such row in that period."""
    return figures[number] if number < len(figures) else None
