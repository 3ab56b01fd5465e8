"""What each view of 통계 has in its columns: how a figure comes of a row, reads and is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ets_desktop.domain.statistics import TIME_DIMENSIONS, Dimension, Measure, StatisticsRow
from ets_desktop.ui.charts.values import COUNT, MINUTES, PERCENT, SECONDS, Unit
from ets_desktop.ui.screens.statistics.figures import (
    Figure,
    Text,
    count_text,
    points_text,
    share_text,
    span_text,
)
from ets_desktop.ui.statistics_labels import MEASURES

TICKETS, CLAIMS, CALLS, ALL = "tickets", "claims", "calls", "all"


# No slots: see ui/tables.py.
@dataclass(frozen=True)
class Kind:
    """How figures and their changes read, and their axis: one unit of it is `scale` of theirs."""

    text: Text
    change: Text
    unit: Unit
    scale: float = 1.0


_COUNT = Kind(count_text, count_text, COUNT)
_SPAN = Kind(span_text, span_text, MINUTES, 60)
_WAIT = Kind(span_text, span_text, SECONDS)
_SHARE = Kind(share_text, points_text, PERCENT, 0.01)


@dataclass(frozen=True)
class Shown:
    """A column: its code, how its figure comes of a row, and whose list is behind it."""

    code: str
    kind: Kind
    figure: Callable[[StatisticsRow], Figure]
    behind: Measure

    @property
    def title(self) -> str:
        return MEASURES[self.code]


def _kept_rate(row: StatisticsRow) -> Figure:
    return row.kept_rate


def _abandoned_rate(row: StatisticsRow) -> Figure:
    calls, abandoned = row.values.get(Measure.CALLS), row.values.get(Measure.ABANDONED)
    return None if not calls or abandoned is None else abandoned / calls


def _plain(measure: Measure, kind: Kind = _COUNT) -> Shown:
    return Shown(measure, kind, lambda row: row.values.get(measure), measure)


_OF_TICKETS = (
    _plain(Measure.RECEIVED),
    _plain(Measure.COMPLETED),
    _plain(Measure.TRANSFERRED),
    _plain(Measure.COMPLETE_MEDIAN, _SPAN),
    _plain(Measure.COMPLETE_P90, _SPAN),
    _plain(Measure.OVERDUE),
    _plain(Measure.CALLBACKS),
    _plain(Measure.CALLBACKS_KEPT),
    Shown("kept_rate", _SHARE, _kept_rate, Measure.CALLBACKS_KEPT),
    _plain(Measure.REPEATS),
)
_OF_CLAIMS = (_plain(Measure.RETURNS), _plain(Measure.EXCHANGES))
_OF_CALLS = (
    _plain(Measure.CALLS),
    _plain(Measure.ABANDONED),
    Shown("abandoned_rate", _SHARE, _abandoned_rate, Measure.ABANDONED),
    _plain(Measure.ANSWER_MEDIAN, _WAIT),
    _plain(Measure.ANSWER_P90, _WAIT),
)
VIEW_MEASURES: Mapping[str, tuple[Shown, ...]] = {
    TICKETS: _OF_TICKETS,
    CLAIMS: _OF_CLAIMS,
    CALLS: _OF_CALLS,
    ALL: (*_OF_TICKETS, *_OF_CLAIMS, *_OF_CALLS),
}
_OF_GOODS = tuple(dimension for dimension in Dimension if dimension is not Dimension.REASON)
#: By what each view can be asked: only a claim has a reason, a call has neither type nor goods.
VIEW_DIMENSIONS: Mapping[str, tuple[Dimension, ...]] = {
    TICKETS: _OF_GOODS,
    CLAIMS: (Dimension.REASON, *_OF_GOODS),
    CALLS: (*TIME_DIMENSIONS, Dimension.AGENT),
    ALL: _OF_GOODS,
}


def measure_of(code: str) -> Shown:
    return next(shown for shown in VIEW_MEASURES[ALL] if shown.code == code)
