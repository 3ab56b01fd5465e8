"""통계 (spec 60): a table of numbers of one moment, and the list behind each of them.

What is counted lies in functions of migration 0025, which both read; where a day is kept and
unchanged since, the table takes what is kept of it. Definitions: domain/statistics.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from psycopg.sql import SQL, Composable, Composed
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.calendar import start_of_day
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.paging import Page
from ets_desktop.domain.statistics import (
    CALL_MEASURES,
    FACTS,
    SHARES,
    TIME_DIMENSIONS,
    WHOLE,
    Dimension,
    Fact,
    Measure,
    RowKey,
    StatisticsQuestion,
    StatisticsRow,
    StatisticsTable,
    last_of,
    row_days,
)
from ets_desktop.queries.reading import page_of, read_mappings

#: One question at a time and on one processor: whoever searches meanwhile has the other ones.
_BEHAVE = SQL("""
    SELECT set_config('max_parallel_workers_per_gather', '0', true),
        set_config('work_mem', '96MB', true), set_config('jit', 'off', true)
""")
_QUEUE_UP = SQL("SELECT pg_advisory_xact_lock(4010104)")

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
_LABELS: Final[Mapping[Dimension, SQL]] = {
    Dimension.AGENT: SQL("(SELECT name FROM agent WHERE id = key)"),
    Dimension.CATEGORY: SQL("(SELECT name FROM ticket_category WHERE id = key)"),
    Dimension.CHANNEL: SQL("(SELECT name FROM sales_channel WHERE id = key)"),
    Dimension.PRODUCT: SQL("(SELECT name FROM product WHERE id = key)"),
}
_FILTERS: Final[Mapping[str, SQL]] = {
    "team_id": SQL("f.agent_id IN (SELECT id FROM agent WHERE team_id = %(team_id)s)"),
    "agent_id": SQL("f.agent_id = %(agent_id)s"),
    "ticket_type": SQL("f.ticket_type = %(ticket_type)s"),
    "category_id": SQL("f.category_id = %(category_id)s"),
    "channel_id": SQL("f.channel_id = %(channel_id)s"),
    "product_id": SQL("f.product_id = %(product_id)s"),
}

#: Each day of each area: whether it is kept and unchanged since; those that are not, as runs.
_DAYS = SQL("""
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
_FOUND = SQL("""
    (SELECT *, date_trunc(%(unit)s, seoul_day(at)::timestamp)::date AS period
     FROM statistics_facts({since}, {until}))
""")
_PAST_DUE = SQL("""
    (SELECT *, date_trunc(%(unit)s, seoul_day(at)::timestamp)::date AS period
     FROM statistics_past_due(%(since)s, %(until)s))
""")
_FOUND_CALLS = SQL("""
    (SELECT c.*, c.call_id AS source_id, a.id AS agent_id,
        date_trunc(%(unit)s, seoul_day(c.at)::timestamp)::date AS period
     FROM statistics_calls({since}, {until}) c LEFT JOIN agent a ON a.extension = c.extension)
""")
_EDGES = {"since": SQL("live.since"), "until": SQL("live.until")}
_ASKED_EDGES = {"since": SQL("%(since)s"), "until": SQL("%(until)s")}
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
_KEPT_TICKETS = SQL("""
    SELECT f.fact, {key} AS key, f.seconds, f.n FROM (
        SELECT p.*, d.period FROM days d JOIN statistics_part p ON p.day = d.day
        WHERE d.area = 'tickets' AND d.kept) f
    WHERE {which}
""")
_KEPT_CALLS = SQL("""
    SELECT f.fact, {key} AS key, f.seconds, f.n FROM (
        SELECT p.*, d.period, a.id AS agent_id
        FROM days d JOIN statistics_call_part p ON p.day = d.day
        LEFT JOIN agent a ON a.extension = p.extension
        WHERE d.area = 'calls' AND d.kept) f
    WHERE {which}
""")
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

#: The newest first; what a row shows of people is looked up for the page alone.
_TICKETS_BEHIND = SQL("""
    SELECT p.at, p.fact, p.source_id, p.seconds, p.reason, p.agent_id,
        coalesce(a.name, '') AS agent, t.id AS ticket_id, t.ticket_no, t.ticket_type, t.title,
        t.status, t.due_on, t.completed_at, NULL::bigint AS call_id, '' AS extension, p.claim_id,
        coalesce(c.claim_no, '') AS claim_no, t.customer_id, coalesce(k.name, '') AS customer,
        coalesce(t.caller_number, '') AS phone, t.order_id,
        coalesce(g.name, '') AS category, coalesce(s.name, '') AS channel,
        coalesce(d.name, '') AS product
    FROM (
        SELECT f.* FROM {found} f
        WHERE f.fact = ANY (%(facts)s) AND {which}
          AND (%(at)s::timestamptz IS NULL OR (f.at, f.source_id) < (%(at)s, %(last)s))
        ORDER BY f.at DESC, f.source_id DESC LIMIT %(size)s
    ) p JOIN ticket t ON t.id = p.ticket_id
    LEFT JOIN agent a ON a.id = p.agent_id LEFT JOIN claim c ON c.id = p.claim_id
    LEFT JOIN customer k ON k.id = t.customer_id
    LEFT JOIN ticket_category g ON g.id = p.category_id
    LEFT JOIN sales_channel s ON s.id = p.channel_id LEFT JOIN product d ON d.id = p.product_id
    ORDER BY p.at DESC, p.source_id DESC
""")
_CALLS_BEHIND = SQL("""
    SELECT p.at, p.fact, p.source_id, p.seconds, NULL AS reason, p.agent_id,
        coalesce(a.name, '') AS agent, t.id AS ticket_id, coalesce(t.ticket_no, '') AS ticket_no,
        coalesce(t.ticket_type, '') AS ticket_type, coalesce(t.title, '') AS title,
        coalesce(t.status, '') AS status, t.due_on, t.completed_at, p.source_id AS call_id,
        coalesce(p.extension, '') AS extension, NULL::bigint AS claim_id, '' AS claim_no,
        coalesce(c.customer_id, t.customer_id) AS customer_id, coalesce(k.name, '') AS customer,
        coalesce(c.caller_number, '') AS phone, t.order_id, '' AS category, '' AS channel,
        '' AS product
    FROM (
        SELECT f.* FROM {found} f
        WHERE f.fact = ANY (%(facts)s) AND {which}
          AND (%(at)s::timestamptz IS NULL OR (f.at, f.source_id) < (%(at)s, %(last)s))
        ORDER BY f.at DESC, f.source_id DESC LIMIT %(size)s
    ) p JOIN call c ON c.id = p.source_id LEFT JOIN agent a ON a.id = p.agent_id
    LEFT JOIN LATERAL (
        SELECT v.ticket_id FROM activity v WHERE v.call_id = c.id ORDER BY v.id DESC LIMIT 1
    ) noted ON true
    LEFT JOIN ticket t ON t.id = noted.ticket_id
    LEFT JOIN customer k ON k.id = coalesce(c.customer_id, t.customer_id)
    ORDER BY p.at DESC, p.source_id DESC
""")


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of the list behind a number: a ticket, a hand-over, a promise, a line of a claim or a
    call (`call_id` is set). `at` is when it counts, `agent` for whom; `seconds` its time, if it
    has one. `customer` and `phone` are masked; "" where there is none.
    """

    at: datetime
    fact: Fact
    source_id: int
    seconds: int | None
    reason: str | None
    agent_id: int | None
    agent: str
    ticket_id: int | None
    ticket_no: str
    ticket_type: str
    title: str
    status: str
    due_on: date | None
    completed_at: datetime | None
    call_id: int | None
    extension: str
    claim_id: int | None
    claim_no: str
    customer_id: int | None
    customer: str
    phone: str
    order_id: int | None
    category: str
    channel: str
    product: str


def statistics(session: Session, question: StatisticsQuestion) -> StatisticsTable:
    """The answer of one moment, equal to the base tables then; for supervisors only.

    One statement; waits while somebody else's is answered.
    """
    driver = driver_of(session)
    driver.execute(_BEHAVE)
    driver.execute(_QUEUE_UP)
    found = read_mappings(session, _table_of(question), _asked(question))
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


def behind(
    session: Session,
    question: StatisticsQuestion,
    row_key: RowKey,
    measure: Measure,
    after: tuple[object, ...] | None = None,
    size: int = 100,
) -> Page[FactRow]:
    """The facts of one number (of WHOLE: of the total), newest first; as many as it says.

    Behind a time are the tickets (calls) that it is a time of.
    """
    at, last = after or (None, None)
    asked = _asked(question, row_key) | {
        "facts": list(FACTS[measure]),
        "at": at,
        "last": last,
        "size": size + 1,
        "key": row_key,
    }
    which = _which(question)
    if row_key != WHOLE:
        same = SQL("{} IS NULL") if row_key is None else SQL("{} = %(key)s")
        which = SQL("{} AND {}").format(which, same.format(KEYS[question.dimension]))
    query = _CALLS_BEHIND if measure in CALL_MEASURES else _TICKETS_BEHIND
    facts = _FOUND_CALLS if measure in CALL_MEASURES else _FOUND
    source = facts.format(**_ASKED_EDGES)
    if Fact.PAST_DUE in FACTS[measure]:
        source = SQL("({} UNION ALL {})").format(source, _PAST_DUE)
    listed = query.format(which=which, found=source)
    found = read_mappings(session, listed, asked)
    return page_of([_fact(row) for row in found], size, "at", "source_id")


def _table_of(question: StatisticsQuestion) -> Composed:
    parts: dict[str, Composable] = {"key": KEYS[question.dimension], "which": _which(question)}
    live = _LIVE_TICKETS.format(**parts, found=_FOUND.format(**_EDGES), past_due=_PAST_DUE)
    kept = _KEPT_TICKETS.format(**parts)
    times: Composable = SQL("")
    counted = _COUNTED.format(kept=kept)
    if question.dimension is not Dimension.REASON:
        times = _TICKET_TIMES.format(kept=kept)
    if _has_calls(question):
        live = SQL("{} {}").format(
            live, _LIVE_CALLS.format(**parts, found=_FOUND_CALLS.format(**_EDGES))
        )
        calls = _KEPT_CALLS.format(**parts)
        counted = SQL("{} UNION ALL {}").format(counted, calls)
        times = SQL("{} {}").format(times, _CALL_TIMES.format(counted=_COUNTED.format(kept=calls)))
    label = _LABELS.get(question.dimension, SQL("''"))
    return _TABLE.format(days=_DAYS, live=live, counted=counted, times=times, label=label)


def _which(question: StatisticsQuestion) -> Composed:
    asked: list[Composable] = [SQL("true")]
    if question.dimension is Dimension.REASON:
        asked.append(SQL("f.fact IN ('return', 'exchange')"))
    asked += [told for name, told in _FILTERS.items() if getattr(question, name) is not None]
    return SQL(" AND ").join(asked)


def _asked(question: StatisticsQuestion, row_key: RowKey = WHOLE) -> dict[str, Any]:
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
        "areas": ["tickets", "calls"] if _has_calls(question) else ["tickets"],
        **{name: getattr(question, name) for name in _FILTERS},
    }


def _has_calls(question: StatisticsQuestion) -> bool:
    return not CALL_MEASURES.isdisjoint(question.measures)


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


def _fact(found: Mapping[str, Any]) -> FactRow:
    masked = {"customer": mask_name(found["customer"]), "phone": mask_phone(found["phone"])}
    return FactRow(**{**found, **masked, "fact": Fact(found["fact"])})
