"""The lists behind the numbers of 통계: the same facts, newest first, a page at a time.

A year has too many to be sorted for each page. Of kept days it is known how many facts of a list
they have; the page is read from as many days as it takes, from the newest on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg.sql import SQL, Composable, Composed
from sqlalchemy.orm import Session

from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.paging import Page
from ets_desktop.domain.statistics import (
    CALL_MEASURES,
    FACTS,
    WHOLE,
    Fact,
    Measure,
    RowKey,
    StatisticsQuestion,
)
from ets_desktop.queries.reading import page_of, read_mappings
from ets_desktop.queries.statistics_sets import (
    CALL_PARTS,
    DAYS,
    FOUND,
    FOUND_CALLS,
    KEYS,
    PARTS,
    PAST_DUE,
    conditions,
    parameters,
)

#: So many days are read at once where it is not known what they hold.
_MOST_DAYS = 31
#: How many facts of a list lie on which day: none is known of a day that is not kept.
_DAYS_BEHIND = SQL("""
    WITH {days}
    SELECT day, sum(n)::bigint AS n FROM (
        SELECT f.day, f.n FROM {parts} f WHERE f.fact = ANY (%(facts)s) AND {which}
        UNION ALL
        SELECT d.day, 0 FROM days d WHERE NOT d.kept
        {past_due}
    ) f GROUP BY day ORDER BY day DESC
""")
_PAST_DUE_BEHIND = SQL("UNION ALL SELECT seoul_day(f.at), 1 FROM {past_due} f WHERE {which}")
_OF_DAYS = SQL("""
    (SELECT v.* FROM unnest(%(days)s::date[]) o (day) CROSS JOIN LATERAL {found} v)
""")
_WITH_PAST_DUE = SQL("""
    ({found} UNION ALL SELECT x.* FROM {past_due} x WHERE seoul_day(x.at) = ANY (%(days)s))
""")
_OF_A_DAY = {"since": SQL("seoul_midnight(o.day)"), "until": SQL("seoul_midnight(o.day + 1)")}
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
          AND (%(at)s::timestamptz IS NULL OR (f.at, f.source_id) < (%(at)s, %(last_id)s))
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
          AND (%(at)s::timestamptz IS NULL OR (f.at, f.source_id) < (%(at)s, %(last_id)s))
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
    at, last_id = after or (None, None)
    asked = parameters(question, row_key) | {
        "facts": list(FACTS[measure]),
        "areas": ["calls" if measure in CALL_MEASURES else "tickets"],
        "key": row_key,
        "at": at,
        "last_id": last_id,
        "size": size + 1,
    }
    counted, listed = _statements(question, row_key, measure)
    begin = seoul_date(at) if isinstance(at, datetime) else None
    rows: list[FactRow] = []
    for days in _chunks(read_mappings(session, counted, asked), begin, size + 1):
        found = read_mappings(session, listed, asked | {"days": days})
        rows += [_fact(row) for row in found]
        if len(rows) > size:
            break
    return page_of(rows[: size + 1], size, "at", "source_id")


def _statements(
    question: StatisticsQuestion, row_key: RowKey, measure: Measure
) -> tuple[Composed, Composed]:
    """What counts the days of a list, and what reads some of them."""
    of_calls = measure in CALL_MEASURES
    which = conditions(question)
    if row_key != WHOLE:
        same = SQL("{} IS NULL") if row_key is None else SQL("{} = %(key)s")
        which = SQL("{} AND {}").format(which, same.format(KEYS[question.dimension]))
    source = _OF_DAYS.format(found=(FOUND_CALLS if of_calls else FOUND).format(**_OF_A_DAY))
    past_due: Composable = SQL("")
    if Fact.PAST_DUE in FACTS[measure]:
        past_due = _PAST_DUE_BEHIND.format(past_due=PAST_DUE, which=which)
        source = _WITH_PAST_DUE.format(found=source, past_due=PAST_DUE)
    parts = CALL_PARTS if of_calls else PARTS
    counted = _DAYS_BEHIND.format(days=DAYS, parts=parts, which=which, past_due=past_due)
    listed = (_CALLS_BEHIND if of_calls else _TICKETS_BEHIND).format(which=which, found=source)
    return counted, listed


def _chunks(counted: list[dict[str, Any]], begin: date | None, wanted: int) -> Iterator[list[date]]:
    """Days, newest first, in parts that hold as many facts as are wanted, as far as is known."""
    days: list[date] = []
    facts = 0
    for row in counted:
        if begin is not None and row["day"] > begin:
            continue
        days.append(row["day"])
        # What of this day came before the page is not known.
        facts += 0 if row["day"] == begin else row["n"]
        if facts >= wanted or len(days) >= _MOST_DAYS:
            yield days
            days, facts = [], 0
    if days:
        yield days


def _fact(found: Mapping[str, Any]) -> FactRow:
    masked = {"customer": mask_name(found["customer"]), "phone": mask_phone(found["phone"])}
    return FactRow(**{**found, **masked, "fact": Fact(found["fact"])})
