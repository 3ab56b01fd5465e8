"""통계 (spec 60): a table of numbers of one moment, and the list behind each of them.

What is counted lies in functions of migration 0025, which both read; where a day is kept and
unchanged since, the table takes what is kept of it. Definitions: domain/statistics.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from psycopg.sql import SQL, Composed, Literal
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

#: What makes the key of a row, of the facts `f` (and of calls the agent `a` at the extension).
KEYS: Final[Mapping[Dimension, SQL]] = {
    Dimension.DAY: SQL("f.day"),
    Dimension.WEEK: SQL("date_trunc('week', f.day::timestamp)::date"),
    Dimension.MONTH: SQL("date_trunc('month', f.day::timestamp)::date"),
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

#: The days of an area that are not kept, or changed since, as runs.
_LIVE = SQL("""
    loose AS MATERIALIZED (
        SELECT a.area, g::date AS day
        FROM unnest(%(areas)s::text[]) a (area),
            generate_series(%(first)s::date, %(last)s::date, interval '1 day') g
        WHERE NOT EXISTS (
            SELECT FROM statistics_day k WHERE k.area = a.area AND k.day = g::date)
        UNION
        SELECT m.area, m.day FROM statistics_mark m
        WHERE m.area = ANY (%(areas)s) AND m.day BETWEEN %(first)s AND %(last)s
    ), live AS MATERIALIZED (
        SELECT area, seoul_midnight(min(day)) AS since, seoul_midnight(max(day) + 1) AS until
        FROM (SELECT area, day, day - row_number() OVER (PARTITION BY area ORDER BY day)::integer
                  AS run FROM loose) r
        GROUP BY area, run
    )
""")
_TICKETS = SQL("""
    SELECT f.fact, {key} AS key, f.seconds, f.n FROM statistics_part f
    WHERE f.day BETWEEN %(first)s AND %(last)s AND {which}
      AND f.day NOT IN (SELECT day FROM loose WHERE area = 'tickets')
    UNION ALL
    SELECT f.fact, {key}, f.seconds, 1
    FROM live CROSS JOIN LATERAL (
        SELECT *, seoul_day(at) AS day FROM statistics_facts(live.since, live.until)) f
    WHERE live.area = 'tickets' AND f.fact <> 'past_due' AND {which}
    UNION ALL
    SELECT f.fact, {key}, f.seconds, 1
    FROM (SELECT *, seoul_day(at) AS day FROM statistics_facts(%(since)s, %(until)s)) f
    WHERE f.fact = 'past_due' AND {which}
""")
_CALLS = SQL("""
    SELECT f.fact, {key} AS key, f.seconds, f.n
    FROM (SELECT p.*, a.id AS agent_id
          FROM statistics_call_part p LEFT JOIN agent a ON a.extension = p.extension
          WHERE p.day BETWEEN %(first)s AND %(last)s
            AND p.day NOT IN (SELECT day FROM loose WHERE area = 'calls')) f
    WHERE {which}
    UNION ALL
    SELECT f.fact, {key}, f.seconds, 1
    FROM live CROSS JOIN LATERAL (
        SELECT c.*, seoul_day(c.at) AS day, a.id AS agent_id
        FROM statistics_calls(live.since, live.until) c
        LEFT JOIN agent a ON a.extension = c.extension) f
    WHERE live.area = 'calls' AND {which}
""")
#: One row a key: its facts with how many there were, and its times: the smallest that so large a
#: share did not exceed.
_TABLE = SQL("""
    WITH {live}, facts AS ({facts}), timed AS MATERIALIZED (
        SELECT fact, key, seconds, sum(n) AS n FROM facts GROUP BY fact, key, seconds
    ), spread AS (
        SELECT fact, key, false AS whole, seconds,
            sum(n) OVER (PARTITION BY fact, key ORDER BY seconds) AS upto,
            sum(n) OVER (PARTITION BY fact, key) AS all_of_them
        FROM timed WHERE seconds IS NOT NULL
        UNION ALL
        SELECT fact, NULL, true, seconds, sum(sum(n)) OVER (PARTITION BY fact ORDER BY seconds),
            sum(sum(n)) OVER (PARTITION BY fact)
        FROM timed WHERE seconds IS NOT NULL GROUP BY fact, seconds
    ), named AS (
        SELECT key, false AS whole, fact AS name, sum(n) AS value
        FROM timed GROUP BY key, fact
        UNION ALL
        SELECT s.key, s.whole, m.measure, min(s.seconds)
        FROM spread s JOIN (VALUES {shares}) m (fact, measure, share)
            ON m.fact = s.fact AND s.upto >= m.share * s.all_of_them
        GROUP BY s.key, s.whole, m.measure
        UNION ALL
        SELECT NULL, true, '', 0
    ), grouped AS (
        SELECT key, whole, jsonb_object_agg(name, value) AS found FROM named GROUP BY key, whole
    )
    SELECT statement_timestamp() AS taken_at, key, whole, coalesce({label}, '') AS label, found
    FROM grouped
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
        SELECT f.* FROM (
            SELECT *, seoul_day(at) AS day FROM statistics_facts(%(since)s, %(until)s)) f
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
        SELECT f.* FROM (
            SELECT x.*, x.call_id AS source_id, seoul_day(x.at) AS day, h.id AS agent_id
            FROM statistics_calls(%(since)s, %(until)s) x
            LEFT JOIN agent h ON h.extension = x.extension) f
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
    asked = _asked(question) | {"areas": _areas(question)}
    found = read_mappings(session, _table_of(question), asked)
    rows = {row["key"]: row for row in found if not row["whole"]}
    [whole] = [row for row in found if row["whole"]]
    if question.dimension in TIME_DIMENSIONS:
        keys: Iterable[RowKey] = row_days(question)
    else:
        keys = rows
    made = [_row(question, key, rows.get(key, {})) for key in keys]
    if question.dimension not in TIME_DIMENSIONS:
        first = question.measures[0]
        made.sort(key=lambda row: (-(row.values[first] or 0), row.label, str(row.key)))
    return StatisticsTable(question, whole["taken_at"], tuple(made), _total(question, made, whole))


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
    found = read_mappings(session, query.format(which=which), asked)
    return page_of([_fact(row) for row in found], size, "at", "source_id")


def _table_of(question: StatisticsQuestion) -> Composed:
    parts = {"key": KEYS[question.dimension], "which": _which(question)}
    facts = _TICKETS.format(**parts)
    if _has_calls(question):
        facts = SQL("{} UNION ALL {}").format(facts, _CALLS.format(**parts))
    shares = [
        SQL("({})").format(SQL(", ").join((Literal(fact), Literal(measure), Literal(share))))
        for measure, share in SHARES.items()
        for fact in FACTS[measure]
    ]
    label = _LABELS.get(question.dimension, SQL("''"))
    return _TABLE.format(live=_LIVE, facts=facts, shares=SQL(", ").join(shares), label=label)


def _which(question: StatisticsQuestion) -> Composed:
    asked = [SQL("true")]
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
        **{name: getattr(question, name) for name in _FILTERS},
    }


def _has_calls(question: StatisticsQuestion) -> bool:
    return not CALL_MEASURES.isdisjoint(question.measures)


def _areas(question: StatisticsQuestion) -> list[str]:
    return ["tickets", "calls"] if _has_calls(question) else ["tickets"]


def _row(question: StatisticsQuestion, key: RowKey, found: Mapping[str, Any]) -> StatisticsRow:
    numbers = found.get("found", {})
    values = {
        measure: numbers.get(measure)
        if measure in SHARES
        else sum(numbers.get(fact, 0) for fact in FACTS[measure])
        for measure in question.measures
    }
    return StatisticsRow(key, found.get("label", ""), values)


def _total(
    question: StatisticsQuestion, rows: Iterable[StatisticsRow], whole: Mapping[str, Any]
) -> StatisticsRow:
    rows = tuple(rows)
    values = {
        measure: whole["found"].get(measure)
        if measure in SHARES
        else sum(row.values[measure] or 0 for row in rows)
        for measure in question.measures
    }
    return StatisticsRow(WHOLE, "", values)


def _fact(found: Mapping[str, Any]) -> FactRow:
    masked = {"customer": mask_name(found["customer"]), "phone": mask_phone(found["phone"])}
    return FactRow(**{**found, **masked, "fact": Fact(found["fact"])})
