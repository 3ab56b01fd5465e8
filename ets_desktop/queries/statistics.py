"""통계 (spec 60): a table of numbers of one moment, and the list behind each of them.

What is counted lies in functions of migration 0025, which both read; where a day is kept and
unchanged since, the table takes what is kept of it. Definitions: domain/statistics.py.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Composable, Composed
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.statistics import (
    FACTS,
    SHARES,
    TIME_DIMENSIONS,
    WHOLE,
    Dimension,
    RowKey,
    StatisticsQuestion,
    StatisticsRow,
    StatisticsTable,
    row_days,
)
from ets_desktop.queries.reading import read_mappings
from ets_desktop.queries.statistics_lists import FactRow, behind
from ets_desktop.queries.statistics_sets import (
    CALL_PARTS,
    DAYS,
    FOUND,
    FOUND_CALLS,
    KEYS,
    PARTS,
    PAST_DUE,
    conditions,
    has_calls,
    parameters,
)

__all__ = ["FactRow", "behind", "statistics"]

#: One question at a time and on one processor: whoever searches meanwhile has the other ones.
_BEHAVE = SQL("""
    SELECT set_config('max_parallel_workers_per_gather', '0', true),
        set_config('work_mem', '96MB', true), set_config('jit', 'off', true)
""")
_PATIENCE = SQL("SELECT set_config('lock_timeout', %(patience)s, true)")
_QUEUE_UP = SQL("SELECT pg_advisory_xact_lock(4010104)")
_ASKS = SQL("SET LOCAL lock_timeout TO DEFAULT")

#: Whoever stands in the queue for longer and asks nothing keeps nobody from asking.
PATIENCE = "10s"

_LABELS: Final[Mapping[Dimension, SQL]] = {
    Dimension.AGENT: SQL("(SELECT name FROM agent WHERE id = key)"),
    Dimension.CATEGORY: SQL("(SELECT name FROM ticket_category WHERE id = key)"),
    Dimension.CHANNEL: SQL("(SELECT name FROM sales_channel WHERE id = key)"),
    Dimension.PRODUCT: SQL("(SELECT name FROM product WHERE id = key)"),
}
_RUN = {"since": SQL("live.since"), "until": SQL("live.until")}
_LIVE_TICKETS = SQL("""
    SELECT f.fact, {key} AS key, f.seconds FROM live CROSS JOIN LATERAL {found} f
    WHERE live.area = 'tickets' AND {which}
    UNION ALL
    SELECT f.fact, {key}, f.seconds FROM {past_due} f WHERE {which}
""")
_LIVE_CALLS = SQL("""
    UNION ALL
    SELECT f.fact, {key}, f.seconds FROM live CROSS JOIN LATERAL {found} f
    WHERE live.area = 'calls' AND {which}
""")
_KEPT = SQL("SELECT f.fact, {key} AS key, f.seconds, f.n FROM {parts} f WHERE {which}")
#: Rows of one key are put together: its facts with how many there were, its times. Facts with
#: times of tickets are kept one by one, so that their times need no weights.
_TABLE = SQL("""
    WITH {days}, found AS MATERIALIZED ({live}), told AS (
        SELECT key, false AS whole, jsonb_object_agg(fact, n) AS numbers FROM (
            SELECT key, fact, sum(n) AS n FROM ({counted}) c GROUP BY key, fact) f
        GROUP BY key
        {times}
        UNION ALL
        SELECT NULL, true, '{{}}'
    )
    SELECT statement_timestamp() AS taken_at, key, whole, coalesce({label}, '') AS label, numbers
    FROM told
""")
_COUNTED = SQL("{kept} UNION ALL SELECT fact, key, seconds, 1 FROM found")
_TICKET_TIMES = SQL("""
    UNION ALL
    SELECT key, whole, jsonb_build_object('complete_median', p[1], 'complete_p90', p[2])
    FROM (
        SELECT key, grouping(key) = 1 AS whole,
            percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY seconds) AS p
        FROM (SELECT key, seconds FROM ({kept}) k WHERE fact = 'completed'
              UNION ALL SELECT key, seconds FROM found WHERE fact = 'completed') t
        GROUP BY GROUPING SETS ((key), ())) g
""")
#: The smallest wait that half (nine tenths) of the calls did not exceed.
_CALL_TIMES = SQL("""
    UNION ALL
    SELECT key, whole, jsonb_build_object(
        'answer_median', min(seconds) FILTER (WHERE upto * 2 >= among),
        'answer_p90', min(seconds) FILTER (WHERE upto * 10 >= among * 9))
    FROM (
        SELECT key, grouping(key) = 1 AS whole, seconds,
            sum(sum(n)) OVER (PARTITION BY grouping(key), key ORDER BY seconds) AS upto,
            sum(sum(n)) OVER (PARTITION BY grouping(key), key) AS among
        FROM ({counted}) c WHERE fact = 'call_answered'
        GROUP BY GROUPING SETS ((key, seconds), (seconds))) w
    GROUP BY key, whole
""")


def statistics(session: Session, question: StatisticsQuestion) -> StatisticsTable:
    """The answer of one moment, equal to the base tables then; for supervisors only.

    One statement; waits while somebody else's is answered, but not for ever.
    """
    driver = driver_of(session)
    driver.execute(_BEHAVE)
    with suppress(LockNotAvailable), driver.transaction():
        driver.execute(_PATIENCE, {"patience": PATIENCE})
        driver.execute(_QUEUE_UP)
    driver.execute(_ASKS)
    found = read_mappings(session, _table_of(question), parameters(question))
    rows: dict[RowKey, dict[str, Any]] = {}
    whole: dict[str, Any] = {"numbers": {}}
    for row in found:
        one = whole if row["whole"] else rows.setdefault(row["key"], row)
        one["numbers"] |= row["numbers"]
    in_order = question.dimension in TIME_DIMENSIONS
    keys: Iterable[RowKey] = row_days(question) if in_order else rows
    made = [_row(question, key, rows.get(key, {})) for key in keys]
    if not in_order:
        first = question.measures[0]
        made.sort(key=lambda row: (-(row.values[first] or 0), row.label, str(row.key)))
    total = _total(question, made, whole["numbers"])
    return StatisticsTable(question, found[0]["taken_at"], tuple(made), total)


def _table_of(question: StatisticsQuestion) -> Composed:
    parts: dict[str, Composable] = {"key": KEYS[question.dimension], "which": conditions(question)}
    live = _LIVE_TICKETS.format(**parts, found=FOUND.format(**_RUN), past_due=PAST_DUE)
    kept = _KEPT.format(**parts, parts=PARTS)
    times: Composable = SQL("")
    counted = _COUNTED.format(kept=kept)
    if question.dimension is not Dimension.REASON:
        times = _TICKET_TIMES.format(kept=kept)
    if has_calls(question):
        live = SQL("{} {}").format(
            live, _LIVE_CALLS.format(**parts, found=FOUND_CALLS.format(**_RUN))
        )
        calls = _KEPT.format(**parts, parts=CALL_PARTS)
        counted = SQL("{} UNION ALL {}").format(counted, calls)
        times = SQL("{} {}").format(times, _CALL_TIMES.format(counted=_COUNTED.format(kept=calls)))
    label = _LABELS.get(question.dimension, SQL("''"))
    return _TABLE.format(days=DAYS, live=live, counted=counted, times=times, label=label)


def _row(question: StatisticsQuestion, key: RowKey, found: Mapping[str, Any]) -> StatisticsRow:
    numbers = found.get("numbers", {})
    values = {
        measure: numbers.get(measure)
        if measure in SHARES
        else sum(numbers.get(fact, 0) for fact in FACTS[measure])
        for measure in question.measures
    }
    return StatisticsRow(key, found.get("label", ""), values)


def _total(
    question: StatisticsQuestion, rows: list[StatisticsRow], numbers: Mapping[str, Any]
) -> StatisticsRow:
    values = {
        measure: numbers.get(measure)
        if measure in SHARES
        else sum(row.values[measure] or 0 for row in rows)
        for measure in question.measures
    }
    return StatisticsRow(WHOLE, "", values)
