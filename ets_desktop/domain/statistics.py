"""통계 (spec 60): what is counted, by what, and what each number means exactly.

A measure counts facts; each fact lies on one day in Seoul and is one row of the list behind its
number, so that the rows of a table add up to its total. The database finds them (`statistics_facts`
of migration 0025), `FACTS` says which of them a measure counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

#: How soon after the one before a ticket of the same customer is a repeat contact.
REPEAT_WITHIN = timedelta(days=7)


class Dimension(StrEnum):
    """What a table has a row for: days, and their weeks (from Monday) and months; or whom, what."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    AGENT = "agent"
    TYPE = "type"
    CATEGORY = "category"
    CHANNEL = "channel"
    PRODUCT = "product"
    REASON = "reason"


class Measure(StrEnum):
    """A column of numbers; those with a time are whole seconds, rounded down.

    Of a ticket its type, category, channel (its order's) and product (its order line's) are those
    it has now; a claim's channel, product and ticket likewise. The 중앙값 is the smallest time that
    at least half of the tickets (calls) did not exceed, the 90th percentile likewise.
    """

    #: Tickets by 접수일시, those thrown away later included; the agent is who received.
    RECEIVED = "received"
    #: Tickets that are completed, by 완료일시; the agent is who completed.
    COMPLETED = "completed"
    #: From 접수일시 to 완료일시 of those completed.
    COMPLETE_MEDIAN = "complete_median"
    COMPLETE_P90 = "complete_p90"
    #: Of those received on the day: completed on a later day than 완료예정일, or open while today
    #: is later. The agent is who completed, else who has it now.
    OVERDUE = "overdue"
    #: Times a ticket was handed on, whatever came of it, by when; the agent is who handed on.
    TRANSFERRED = "transferred"
    #: Promised for the day and not called off; the agent is who was to call.
    CALLBACKS = "callbacks"
    #: Of those: the customer was reached on that day or before.
    CALLBACKS_KEPT = "callbacks_kept"
    #: Received tickets whose customer had another received in the seven days (168 hours) before;
    #: tickets thrown away are neither. Counted where the later one was received, by whom.
    REPEATS = "repeats"
    #: Lines of claims by when the claim was registered (those withdrawn later, too), by whom.
    RETURNS = "returns"
    EXCHANGES = "exchanges"
    #: Incoming calls by when they began to ring; the agent has the extension that answered first,
    #: else the one that rang first. The holder is today's.
    CALLS = "calls"
    #: Of those: over, answered by nobody, and not sent or taken elsewhere (as 현황판 says it).
    ABANDONED = "abandoned"
    #: From the first ring of a call to its first answer, of those answered.
    ANSWER_MEDIAN = "answer_median"
    ANSWER_P90 = "answer_p90"


class Fact(StrEnum):
    """A kind of fact as the database names it."""

    RECEIVED = "received"
    COMPLETED = "completed"
    LATE = "late"
    PAST_DUE = "past_due"
    TRANSFERRED = "transferred"
    CALLBACK = "callback"
    CALLBACK_KEPT = "callback_kept"
    REPEAT = "repeat"
    RETURN = "return"
    EXCHANGE = "exchange"
    CALL = "call"
    CALL_ANSWERED = "call_answered"
    CALL_ABANDONED = "call_abandoned"


#: What a measure counts; the times of a percentile are those of its facts.
FACTS: Mapping[Measure, tuple[Fact, ...]] = MappingProxyType(
    {
        Measure.RECEIVED: (Fact.RECEIVED,),
        Measure.COMPLETED: (Fact.COMPLETED,),
        Measure.COMPLETE_MEDIAN: (Fact.COMPLETED,),
        Measure.COMPLETE_P90: (Fact.COMPLETED,),
        Measure.OVERDUE: (Fact.LATE, Fact.PAST_DUE),
        Measure.TRANSFERRED: (Fact.TRANSFERRED,),
        Measure.CALLBACKS: (Fact.CALLBACK, Fact.CALLBACK_KEPT),
        Measure.CALLBACKS_KEPT: (Fact.CALLBACK_KEPT,),
        Measure.REPEATS: (Fact.REPEAT,),
        Measure.RETURNS: (Fact.RETURN,),
        Measure.EXCHANGES: (Fact.EXCHANGE,),
        Measure.CALLS: (Fact.CALL, Fact.CALL_ANSWERED, Fact.CALL_ABANDONED),
        Measure.ABANDONED: (Fact.CALL_ABANDONED,),
        Measure.ANSWER_MEDIAN: (Fact.CALL_ANSWERED,),
        Measure.ANSWER_P90: (Fact.CALL_ANSWERED,),
    }
)
#: Measures that are times, not counts: their share of the facts (median, nine tenths).
SHARES: Mapping[Measure, float] = MappingProxyType(
    {
        Measure.COMPLETE_MEDIAN: 0.5,
        Measure.COMPLETE_P90: 0.9,
        Measure.ANSWER_MEDIAN: 0.5,
        Measure.ANSWER_P90: 0.9,
    }
)
CALL_MEASURES: Final = frozenset(
    {Measure.CALLS, Measure.ABANDONED, Measure.ANSWER_MEDIAN, Measure.ANSWER_P90}
)
CLAIM_MEASURES: Final = frozenset({Measure.RETURNS, Measure.EXCHANGES})
TIME_DIMENSIONS: Final = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH)

#: Of a row: the day (first day of a week or month), the id of an agent, category, channel or
#: product, the code of a type or reason; None: what has none (no agent, no order …).
RowKey = date | int | str | None
#: The key of the total.
WHOLE: Final = "*"


@dataclass(frozen=True, slots=True)
class StatisticsQuestion:
    """The days `first` to `last` (both included) in rows of `dimension`; a filter that is None asks
    for all. `team_id` are the agents who are in it now."""

    first: date
    last: date
    dimension: Dimension = Dimension.DAY
    team_id: int | None = None
    agent_id: int | None = None
    ticket_type: str | None = None
    category_id: int | None = None
    channel_id: int | None = None
    product_id: int | None = None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What there is for this question, in the order of `Measure`.

        A call has no type, category, channel or product, only a claim has a reason.
        """
        if self.dimension is Dimension.REASON:
            return tuple(measure for measure in Measure if measure in CLAIM_MEASURES)
        asked = (self.ticket_type, self.category_id, self.channel_id, self.product_id)
        of_calls = self.dimension in (*TIME_DIMENSIONS, Dimension.AGENT) and asked == (None,) * 4
        return tuple(measure for measure in Measure if of_calls or measure not in CALL_MEASURES)


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """One row: `label` names agents, categories, channels and products; the other keys are codes or
    days, which the screen words. `values` has every measure of the question: a count is 0 where
    there was nothing, a time None."""

    key: RowKey
    label: str
    values: Mapping[Measure, int | None] = field(default_factory=dict)

    @property
    def kept_rate(self) -> float | None:
        """The share of promised callbacks that was kept, 0 to 1; None where none was promised."""
        promised = self.values.get(Measure.CALLBACKS)
        return (self.values[Measure.CALLBACKS_KEPT] or 0) / promised if promised else None


@dataclass(frozen=True, slots=True)
class StatisticsTable:
    """All of one moment, `taken_at`. Days, weeks and months are all there, in order; other rows
    are those with a fact, by their first measure, greatest first."""

    question: StatisticsQuestion
    taken_at: datetime
    rows: tuple[StatisticsRow, ...]
    total: StatisticsRow


def previous_period(question: StatisticsQuestion) -> StatisticsQuestion:
    """As many days, right before; of whole months as many whole months."""
    after = question.last + timedelta(days=1)
    if question.first.day == after.day == 1:
        months = (after.year - question.first.year) * 12 + after.month - question.first.month
        first = _months_before(question.first, months)
    else:
        first = question.first - timedelta(days=question.days)
    return replace(question, first=first, last=question.first - timedelta(days=1))


def year_before(question: StatisticsQuestion) -> StatisticsQuestion:
    """The same days of the year before; 29 February becomes the 28th.

    A period to the end of a month ends with that month: all of February, too.
    """
    after = question.last + timedelta(days=1)
    last = _year_before(question.last)
    if after.day == 1:
        last = _year_before(after) - timedelta(days=1)
    return replace(question, first=_year_before(question.first), last=last)


def first_of(day: date, dimension: Dimension) -> date:
    """The key of the row that `day` lies in: itself, its Monday, or the first of its month."""
    if dimension is Dimension.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if dimension is Dimension.MONTH else day


def last_of(day: date, dimension: Dimension) -> date:
    """The last day of the row that begins on `day`."""
    if dimension is Dimension.WEEK:
        return day + timedelta(days=6)
    return _months_before(day, -1) - timedelta(days=1) if dimension is Dimension.MONTH else day


def row_days(question: StatisticsQuestion) -> tuple[date, ...]:
    """The keys of all rows of a question by day, week or month, in order."""
    days = (question.first + timedelta(days=n) for n in range(question.days))
    return tuple(dict.fromkeys(first_of(day, question.dimension) for day in days))


def _months_before(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
