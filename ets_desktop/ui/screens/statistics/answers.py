"""From two tables of the database to the rows of one table: beside each other, in their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any

from ets_desktop.domain.statistics import (
    SHARES,
    TIME_DIMENSIONS,
    Dimension,
    RowKey,
    StatisticsQuestion,
    StatisticsRow,
    StatisticsTable,
    previous_period,
    year_before,
)
from ets_desktop.queries.statistics import statistics
from ets_desktop.ui.claim_labels import CLAIM_REASONS
from ets_desktop.ui.labels import TICKET_TYPES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.statistics.lines import Line
from ets_desktop.ui.screens.statistics.measures import VIEW_MEASURES, Shown

#: A letter for each, from Monday.
_WEEKDAYS = "월화수목금토일"


@dataclass(frozen=True, slots=True)
class Asked:
    """`view`: which measures; `compared`: with which period ("": none)."""

    question: StatisticsQuestion
    view: str
    compared: str = ""

    @property
    def before(self) -> StatisticsQuestion | None:
        if self.compared == "previous":
            return previous_period(self.question)
        return year_before(self.question) if self.compared == "year" else None


@dataclass(frozen=True, slots=True)
class Answer:
    """`lines` are the rows in the order in which they came, the total behind them."""

    asked: Asked
    now: StatisticsTable
    before: StatisticsTable | None
    lines: tuple[Line, ...]

    @property
    def taken_at(self) -> datetime:
        """What is oldest of it."""
        return self.now.taken_at if self.before is None else self.before.taken_at


def read_answer(session: Any, asked: Asked) -> Answer:
    """On a worker, the rows too: there may be one for each product."""
    question = asked.before
    before = None if question is None else statistics(session, question)
    now = statistics(session, asked.question)
    return Answer(asked, now, before, lines_of(now, before, VIEW_MEASURES[asked.view]))


def lines_of(
    now: StatisticsTable, before: StatisticsTable | None, measures: Sequence[Shown]
) -> tuple[Line, ...]:
    """The rows of `now` with what they were `before`, and the total behind them."""
    pairs: list[tuple[StatisticsRow | None, StatisticsRow | None]]
    dimension = now.question.dimension
    if before is None:
        pairs = [(row, None) for row in now.rows]
    elif dimension in TIME_DIMENSIONS:
        pairs = _in_order(now, before)
    else:
        known = {row.key: row for row in before.rows}
        pairs = [(row, known.pop(row.key, None) or _nothing(row)) for row in now.rows]
        pairs += [(None, row) for row in known.values()]
    lines = [_line(dimension, measures, *pair) for pair in pairs]
    return (*lines, _total(now, before, measures))


def _in_order(
    now: StatisticsTable, before: StatisticsTable
) -> list[tuple[StatisticsRow | None, StatisticsRow | None]]:
    """The first week beside the first, and so on; a day of the year before beside its own date.

    Of uneven periods what is left stands alone, so that both columns add up to their totals.
    """
    dates_alike = before.question == year_before(now.question)
    if now.question.dimension is not Dimension.DAY or not dates_alike:
        return list(zip_longest(now.rows, before.rows))
    here = {_place(row, 0): row for row in now.rows}
    then = {_place(row, 1): row for row in before.rows}
    places = sorted(here.keys() | then.keys())
    return [(here.get(place), then.get(place)) for place in places]


def _place(row: StatisticsRow, years: int) -> tuple[int, int, int]:
    assert isinstance(row.key, date)
    return row.key.year + years, row.key.month, row.key.day


def _line(
    dimension: Dimension,
    measures: Sequence[Shown],
    now: StatisticsRow | None,
    then: StatisticsRow | None,
) -> Line:
    known = now or then
    assert known is not None
    # There was no such day, but of an agent there was nothing.
    alone = now is None and dimension in TIME_DIMENSIONS
    return Line(
        known.key,
        label_of(dimension, known),
        () if alone else _figures(measures, now or _nothing(known)),
        () if then is None else _figures(measures, then),
        known.key if then is None else then.key,
        "" if then is None else label_of(dimension, then),
    )


def _total(now: StatisticsTable, before: StatisticsTable | None, measures: Sequence[Shown]) -> Line:
    return Line(
        now.total.key,
        translated("합계"),
        _figures(measures, now.total),
        () if before is None else _figures(measures, before.total),
        now.total.key,
        "" if before is None else days_text(before.question),
        is_total=True,
    )


def _nothing(row: StatisticsRow) -> StatisticsRow:
    """The same row in a period in which there was nothing of it."""
    values = {measure: None if measure in SHARES else 0 for measure in row.values}
    return StatisticsRow(row.key, row.label, values)


def _figures(measures: Sequence[Shown], row: StatisticsRow) -> tuple[float | None, ...]:
    return tuple(shown.figure(row) for shown in measures)


def label_of(dimension: Dimension, row: StatisticsRow) -> str:
    """What a row is called: 2026-11-21 (토), 이담당, 배송문의."""
    key = row.key
    if isinstance(key, date):
        return _days_of(dimension, key)
    if key is None:
        return translated("(없음)")
    if dimension is Dimension.TYPE:
        return word(TICKET_TYPES, str(key))
    return word(CLAIM_REASONS, str(key)) if dimension is Dimension.REASON else row.label


def short_label(dimension: Dimension, key: RowKey, label: str) -> str:
    """Below a chart: 11-21, 2026-11."""
    if not isinstance(key, date):
        return label
    return f"{key:%Y-%m}" if dimension is Dimension.MONTH else f"{key:%m-%d}"


def _days_of(dimension: Dimension, first: date) -> str:
    if dimension is Dimension.MONTH:
        return f"{first:%Y-%m}"
    if dimension is Dimension.WEEK:
        return f"{first} ~ {first + timedelta(days=6):%m-%d}"
    return f"{first} ({translated(_WEEKDAYS)[first.weekday()]})"


def days_text(question: StatisticsQuestion) -> str:
    return f"{question.first} ~ {question.last}"
