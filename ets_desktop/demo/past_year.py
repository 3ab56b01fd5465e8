"""A year of work of a big shop: what lists and 통계 of a house with a history have to bear.

Made by the database itself: sent from here it would take longer than all the orders. Of one seed
the rows are the same; the triggers that write history and guard what people do stand aside.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, LiteralString

import psycopg

from ets_desktop.demo import words
from ets_desktop.demo.loading import Connection, copy_rows, next_ids
from ets_desktop.demo.stores import CategoryIds
from ets_desktop.demo.tickets import TYPE_SHARES
from ets_desktop.domain.ageing import DUE_DAYS

#: The tables that are filled, for `indexes_aside`.
TABLES: Final = (
    *("ticket", "ticket_history", "transfer", "callback", "claim", "claim_line"),
    *("exchange_line", "call", "call_leg"),
)

_SETTLE = """
    SELECT setseed(%(seed)s);
    SET LOCAL work_mem = '128MB';
    ANALYZE sales_order;
    ANALYZE order_line;
    CREATE TEMPORARY TABLE year_seat ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, extension
        FROM agent WHERE extension IS NOT NULL AND login LIKE 'agent%%';
    CREATE TEMPORARY TABLE year_sale ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY order_id) - 1 AS n, f.* FROM (
            SELECT DISTINCT ON (o.id) o.id AS order_id, o.customer_id, o.orderer_phone AS phone,
                o.ordered_at, l.id AS line_id, l.product_id, l.option,
                l.shipped_at IS NOT NULL AND l.amount IS NOT NULL AND l.quantity > 0 AS goes_back
            FROM sales_order o JOIN order_line l ON l.order_id = o.id
            WHERE o.ordered_at >= %(now)s - interval '375 days'
              AND o.ordered_at < %(now)s - interval '11 days'
            ORDER BY o.id, l.id) f;
    CREATE TEMPORARY TABLE year_kind (n integer, ticket_type text, category_id smallint,
        title text, content text, days integer) ON COMMIT DROP;
    ANALYZE year_seat;
    ANALYZE year_sale
"""
#: Received within nine days of the order, in office hours; less on weekends.
_CASES = """
    CREATE TEMPORARY TABLE year_case ON COMMIT DROP AS
    SELECT %(first)s + row_number() OVER (ORDER BY at) - 1 AS id, date_trunc('second', at) AS at,
        (at AT TIME ZONE 'Asia/Seoul')::date AS day, c.sale, c.kind, c.seat, c.minutes, c.luck,
        c.chance
    FROM (
        SELECT d.*, (d.day - CASE WHEN extract(isodow FROM d.day) > 5 AND d.chance < 0.7 THEN 2
            ELSE 0 END + interval '9 hours' + random() * interval '10 hours')
            AT TIME ZONE 'Asia/Seoul' AS at
        FROM (
            SELECT p.*, (s.ordered_at AT TIME ZONE 'Asia/Seoul')::date + p.after AS day
            FROM (
                SELECT floor(random() * (SELECT count(*) FROM year_sale))::bigint AS sale,
                    floor(random() * 100)::integer AS kind,
                    floor(random() * (SELECT count(*) FROM year_seat))::bigint AS seat,
                    2 + floor(random() ^ 2 * 4000)::integer AS minutes, 3 + floor(random() * 7)
                        ::integer AS after, random() AS luck, random() AS chance
                FROM generate_series(1, %(tickets)s)) p
            JOIN year_sale s ON s.n = p.sale) d) c;
    ANALYZE year_case
"""
_NUMBERS = """
    INSERT INTO ticket_day (day, last_no) SELECT day, count(*) FROM year_case GROUP BY day
    ON CONFLICT (day) DO UPDATE SET last_no = ticket_day.last_no + excluded.last_no
"""
_TICKETS = """
    INSERT INTO ticket (id, ticket_no, client_id, version, status, ticket_type, category_id, title,
        content, customer_id, caller_number, order_id, order_line_id, due_on, assignee_id,
        created_at, created_by, updated_at, updated_by, completed_at, completed_by, discard_reason)
    SELECT c.id, to_char(c.day, 'YYMMDD') || '-' || lpad((d.last_no + 1
            - row_number() OVER (PARTITION BY c.day ORDER BY c.id DESC))::text, 5, '0'),
        md5('year/' || c.id)::uuid, 2,
        CASE WHEN c.luck < 0.02 THEN 'discarded' ELSE 'completed' END,
        k.ticket_type, k.category_id, k.title, k.content, s.customer_id, s.phone, s.order_id,
        CASE WHEN c.id %% 3 > 0 THEN s.line_id END, c.day + k.days, a.id, c.at, a.id, e.at, a.id,
        CASE WHEN c.luck >= 0.02 THEN e.at END, CASE WHEN c.luck >= 0.02 THEN a.id END,
        CASE WHEN c.luck < 0.02 THEN '중복 접수' ELSE '' END
    FROM year_case c JOIN year_sale s ON s.n = c.sale JOIN year_kind k ON k.n = c.kind
    JOIN year_seat a ON a.n = c.seat JOIN ticket_day d ON d.day = c.day
    CROSS JOIN LATERAL (SELECT least(c.at + c.minutes * interval '1 minute', %(now)s) AS at) e
"""
_HISTORY = """
    INSERT INTO ticket_history (ticket_id, version, field, old, new, changed_at, changed_by)
    SELECT id, 1, 'created', NULL, 'received', created_at, created_by FROM ticket
    WHERE id >= %(first)s AND id < %(end)s
    UNION ALL
    SELECT id, 2, 'status', 'received', status, updated_at, updated_by FROM ticket
    WHERE id >= %(first)s AND id < %(end)s
"""
_TRANSFERS = """
    INSERT INTO transfer (ticket_id, hop, from_agent_id, to_agent_id, reason, sent_at, seen_at,
        accepted_at, ticket_open)
    SELECT c.id, 1, b.id, a.id, '담당 업무가 아님', c.at, c.at + interval '1 minute',
        c.at + interval '1 minute', false
    FROM year_case c JOIN year_seat a ON a.n = c.seat
    JOIN year_seat b ON b.n = (c.seat + 1) %% (SELECT count(*) FROM year_seat)
    WHERE c.chance < 0.125
"""
_CALLBACKS = """
    INSERT INTO callback (ticket_id, number, due_at, assignee_id, outcome, done_at, created_at)
    SELECT c.id, coalesce(s.phone, '01000000000'), p.at, a.id,
        CASE WHEN c.luck < 0.85 THEN 'succeeded' ELSE 'cancelled' END,
        least(p.at + c.luck * interval '12 hours', %(now)s), c.at
    FROM year_case c JOIN year_seat a ON a.n = c.seat JOIN year_sale s ON s.n = c.sale
    CROSS JOIN LATERAL (
        SELECT least(c.at + c.minutes * interval '30 seconds', %(now)s) AS at) p
    WHERE c.chance > 0.9
"""
#: One a line, of what was sent.
_CLAIMS = """
    CREATE TEMPORARY TABLE year_claim ON COMMIT DROP AS
    SELECT nextval(pg_get_serial_sequence('claim', 'id')) AS id, f.* FROM (
        SELECT DISTINCT ON (s.line_id) t.id AS ticket_id, t.ticket_type, t.created_at,
            t.created_by, t.completed_at, s.order_id, s.line_id, s.product_id, s.option
        FROM ticket t JOIN year_case c ON c.id = t.id JOIN year_sale s ON s.n = c.sale
        WHERE t.ticket_type IN ('return', 'exchange') AND t.status = 'completed' AND s.goes_back
          AND NOT EXISTS (SELECT FROM claim_line o WHERE o.order_line_id = s.line_id)
        ORDER BY s.line_id, t.id) f;
    INSERT INTO claim (id, client_id, claim_type, step, order_id, ticket_id, reason, fee_payer,
        created_at, created_by, updated_at, updated_by, closed_at)
    SELECT id, md5('claim/' || id)::uuid,
        CASE WHEN ticket_type = 'return' THEN 'return' ELSE 'exchange_same' END, 'done', order_id,
        ticket_id, (ARRAY['change_of_mind', 'size_or_colour', 'faulty', 'damaged'])[1 + id %% 4],
        CASE WHEN id %% 4 < 2 THEN 'customer' ELSE 'seller' END, created_at, created_by,
        completed_at, created_by, completed_at
    FROM year_claim;
    INSERT INTO claim_line (claim_id, order_line_id, quantity, step, takes, inspection,
        inspected_at, inspected_by, decision, decided_at, decided_by)
    SELECT id, line_id, 1, 'done', ticket_type = 'return', 'good', completed_at, created_by,
        CASE WHEN ticket_type = 'return' THEN 'refund' ELSE 'exchange' END, completed_at, created_by
    FROM year_claim;
    INSERT INTO exchange_line (claim_id, product_id, option, unit_price, quantity)
    SELECT id, product_id, option, 0, 1 FROM year_claim WHERE ticket_type = 'exchange'
"""
#: Three in four come in, one of six of these in vain.
_CALLS = """
    CREATE TEMPORARY TABLE year_call ON COMMIT DROP AS
    SELECT %(first)s + row_number() OVER (ORDER BY at) - 1 AS id, r.*,
        CASE WHEN chance < 0.75 THEN 'in' ELSE 'out' END AS direction, chance < 0.125 AS missed
    FROM (
        SELECT p.*, (%(now)s::timestamptz AT TIME ZONE 'Asia/Seoul')::date - p.ago - CASE
            WHEN extract(isodow FROM (%(now)s::timestamptz AT TIME ZONE 'Asia/Seoul')::date - p.ago)
                > 5 AND luck < 0.7 THEN 2 ELSE 0 END + interval '9 hours'
            + at_work * interval '10 hours' AS at
        FROM (
            SELECT 1 + floor(random() * 364)::integer AS ago, random() AS at_work,
                random() AS luck, random() AS chance, 3 + floor(random() * 22) AS waited,
                20 + floor(random() * 400) AS talked,
                floor(random() * (SELECT count(*) FROM year_seat))::bigint AS seat,
                floor(random() * (SELECT count(*) FROM year_sale))::bigint AS sale
            FROM generate_series(1, %(calls)s)) p) r;
    INSERT INTO call (id, link, vendor_call_id, direction, caller_number, caller_typed, dialled,
        customer_id, rang_at)
    SELECT c.id, 'demo', 'year-' || c.id, c.direction, s.phone, coalesce(s.phone, ''),
        CASE WHEN c.direction = 'in' THEN '15880000' ELSE coalesce(s.phone, '') END, s.customer_id,
        c.at AT TIME ZONE 'Asia/Seoul'
    FROM year_call c JOIN year_sale s ON s.n = c.sale ORDER BY c.id;
    INSERT INTO call_leg (call_id, leg_key, extension, direction, phase, "end", rang_at, talked_at,
        ended_at, handled_at)
    SELECT c.id, a.extension, a.extension, c.direction, 'ended',
        CASE WHEN c.missed THEN 'abandoned' ELSE 'completed' END, r.at,
        CASE WHEN NOT c.missed THEN r.at + c.waited * interval '1 second' END,
        r.at + (c.waited + CASE WHEN c.missed THEN 0 ELSE c.talked END) * interval '1 second',
        CASE WHEN c.missed THEN r.at + interval '1 hour' END
    FROM year_call c JOIN year_seat a ON a.n = c.seat
    CROSS JOIN LATERAL (SELECT c.at AT TIME ZONE 'Asia/Seoul' AS at) r ORDER BY c.id
"""


def fill_year(
    connection: Connection,
    categories: CategoryIds,
    *,
    seed: int,
    now: datetime,
    tickets: int,
    calls: int,
) -> None:
    """Store about as many closed tickets, with what hangs on them, and calls of the last year.

    Around orders of the last year, by the agents that are there; before `fill_desk`, which numbers
    its tickets on.
    """
    asked: dict[str, object] = {"seed": seed % 1_000 / 1_000, "now": now}
    asked |= {"tickets": tickets, "calls": calls}
    _run(connection, _SETTLE, asked)
    copy_rows(
        connection,
        "year_kind",
        "n, ticket_type, category_id, title, content, days",
        _kinds(categories),
    )
    first = next_ids(connection, "ticket", tickets)
    asked |= {"first": first, "end": first + tickets}
    for statements in (_CASES, _NUMBERS, _TICKETS, _HISTORY, _TRANSFERS, _CALLBACKS, _CLAIMS):
        _run(connection, statements, asked)
    _run(connection, _CALLS, asked | {"first": next_ids(connection, "call", calls)})


def _kinds(categories: CategoryIds) -> Iterator[tuple[object, ...]]:
    """A hundred: each type as often as the demo has it."""
    kinds = [
        kind
        for kind, share in zip(words.TICKET_WORDS, TYPE_SHARES, strict=True)
        for _ in range(share)
    ]
    for n, kind in enumerate(kinds):
        names, title, content = words.TICKET_WORDS[kind]
        yield n, kind, categories[kind, names[n % len(names)]], title, content, DUE_DAYS[kind]


def _run(connection: Connection, statements: LiteralString, asked: dict[str, object]) -> None:
    """Several statements at once, which only the driver can fill in."""
    psycopg.ClientCursor(connection).execute(statements, asked)
