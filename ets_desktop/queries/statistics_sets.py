"""What 통계 and the lists behind it are made of: keys, filters, days, and where facts are found."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from psycopg.sql import SQL, Composable, Composed

from ets_desktop.domain.calendar import start_of_day
from ets_desktop.domain.statistics import (
    CALL_MEASURES,
    TIME_DIMENSIONS,
    WHOLE,
    Dimension,
    RowKey,
    StatisticsQuestion,
    last_of,
)

#: What makes the key of a row, of the facts `f`.
KEYS: Final[Mapping[Dimension, SQL]] = {
    Dimension.DAY: SQL("f.period"),
    Dimension.WEEK: SQL("f.period"),
    Dimension.MONTH: SQL("f.period"),
    Dimension.AGENT: SQL("f.agent_id"),
    Dimension.TYPE: SQL("f.ticket_type"),
    Dimension.CATEGORY: SQL("f.category_id"),
    Dimension.CHANNEL: SQL("f.channel_id"),
    Dimension.PRODUCT: SQL("f.product_id"),
    Dimension.REASON: SQL("f.reason"),
}
FILTERS: Final[Mapping[str, SQL]] = {
    "team_id": SQL("f.agent_id IN (SELECT id FROM agent WHERE team_id = %(team_id)s)"),
    "agent_id": SQL("f.agent_id = %(agent_id)s"),
    "ticket_type": SQL("f.ticket_type = %(ticket_type)s"),
    "category_id": SQL("f.category_id = %(category_id)s"),
    "channel_id": SQL("f.channel_id = %(channel_id)s"),
    "product_id": SQL("f.product_id = %(product_id)s"),
}

#: Each day of each area: whether it is kept and unchanged since; those that are not, as runs.
DAYS = SQL("""
    days AS MATERIALIZED (
        SELECT a.area, g::date AS day, date_trunc(%(unit)s, g)::date AS period,
            (a.area, g::date) IN (SELECT k.area, k.day FROM statistics_day k)
            AND (a.area, g::date) NOT IN (SELECT m.area, m.day FROM statistics_mark m) AS kept
        FROM unnest(%(areas)s::text[]) a (area),
            generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 day') g
    ), live AS MATERIALIZED (
        SELECT area, seoul_midnight(min(day)) AS since, seoul_midnight(max(day) + 1) AS until
        FROM (SELECT area, day, day - row_number() OVER (PARTITION BY area ORDER BY day)::integer
                  AS run FROM days WHERE NOT kept) r
        GROUP BY area, run
    )
""")
#: The facts of a span, each with its day and the first of its week or month.
FOUND = SQL("""
    (SELECT *, date_trunc(%(unit)s, seoul_day(at)::timestamp)::date AS period
     FROM statistics_facts({since}, {until}))
""")
PAST_DUE = SQL("""
    (SELECT *, date_trunc(%(unit)s, seoul_day(at)::timestamp)::date AS period
     FROM statistics_past_due(%(since)s, %(until)s))
""")
FOUND_CALLS = SQL("""
    (SELECT c.*, c.call_id AS source_id, a.id AS agent_id,
        date_trunc(%(unit)s, seoul_day(c.at)::timestamp)::date AS period
     FROM statistics_calls({since}, {until}) c LEFT JOIN agent a ON a.extension = c.extension)
""")
#: What is kept of the days that are unchanged since.
PARTS = SQL("""
    (SELECT p.*, d.period FROM days d JOIN statistics_part p ON p.day = d.day
     WHERE d.area = 'tickets' AND d.kept)
""")
CALL_PARTS = SQL("""
    (SELECT p.*, d.period, a.id AS agent_id
     FROM days d JOIN statistics_call_part p ON p.day = d.day
     LEFT JOIN agent a ON a.extension = p.extension
     WHERE d.area = 'calls' AND d.kept)
""")


def conditions(question: StatisticsQuestion) -> Composed:
    asked: list[Composable] = [SQL("true")]
    if question.dimension is Dimension.REASON:
        asked.append(SQL("f.fact IN ('return', 'exchange')"))
    asked += [told for name, told in FILTERS.items() if getattr(question, name) is not None]
    return SQL(" AND ").join(asked)


def parameters(question: StatisticsQuestion, row_key: RowKey = WHOLE) -> dict[str, Any]:
    """Of all that stands above; of a row that is a day, week or month, its days alone."""
    first, last = question.first, question.last
    if isinstance(row_key, date):
        first = max(first, row_key)
        last = min(last, last_of(row_key, question.dimension))
    return {
        "first": first,
        "last": last,
        "since": start_of_day(first),
        "until": start_of_day(last + timedelta(days=1)),
        "unit": question.dimension if question.dimension in TIME_DIMENSIONS else Dimension.DAY,
        "areas": ["tickets", "calls"] if has_calls(question) else ["tickets"],
        **{name: getattr(question, name) for name in FILTERS},
    }


def has_calls(question: StatisticsQuestion) -> bool:
    return not CALL_MEASURES.isdisjoint(question.measures)
