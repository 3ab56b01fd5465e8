"""Claims and their pickups as entries of a time line."""

from psycopg.sql import SQL

from ets_desktop.queries.journey.sources import Source

_CLAIM = {
    "ticket_id": SQL("t.id"),
    "ticket_no": SQL("t.ticket_no"),
    "order_id": SQL("c.order_id"),
    "order_no": SQL("(SELECT o.channel_order_no FROM sales_order o WHERE o.id = c.order_id)"),
    "words": SQL("""
        (SELECT p.name FROM claim_line l JOIN order_line b ON b.id = l.order_line_id
            JOIN product p ON p.id = b.product_id
         WHERE l.claim_id = c.id ORDER BY l.id LIMIT 1)
    """),
    "state": SQL("e.state"),
}
_CLAIMS = """
    ticket t JOIN claim c ON c.ticket_id = t.id CROSS JOIN LATERAL (VALUES
        (0, c.claim_type, c.created_at, c.created_by),
        (1, 'arrived', c.arrived_at, NULL::bigint), (2, c.step, c.closed_at, c.updated_by)
    ) e (number, state, at, by)
    WHERE {tickets} AND {keyset}
"""
#: 반품접수처리 and the others, 입고, and how it ended.
CLAIMS = Source(
    "claim",
    at=SQL("e.at"),
    key=SQL("c.id * 4 + e.number"),
    rows=SQL(_CLAIMS),
    rows_by_number=SQL(_CLAIMS),
    told=_CLAIM
    | {
        "agent": SQL("(SELECT a.name FROM agent a WHERE a.id = e.by)"),
        "note": SQL("CASE e.number WHEN 0 THEN c.note END"),
    },
)
_PICKUPS = """
    ticket t JOIN claim c ON c.ticket_id = t.id JOIN pickup p ON p.claim_id = c.id
    CROSS JOIN LATERAL (VALUES
        (0, 'pickup_requested', p.requested_at), (1, 'pickup_collected', p.collected_at),
        (2, 'pickup_failed', p.failed_at), (3, 'pickup_cancelled', p.cancelled_at)
    ) e (number, state, at)
    WHERE {tickets} AND {keyset}
"""
#: 회수요청, 수거완료, 수거실패 with the courier's words, 취소.
PICKUPS = Source(
    "claim",
    at=SQL("e.at"),
    key=SQL("p.id * 4 + e.number"),
    rows=SQL(_PICKUPS),
    rows_by_number=SQL(_PICKUPS),
    told=_CLAIM
    | {
        "note": SQL("""
            CASE e.state WHEN 'pickup_failed' THEN p.failure_text
                ELSE p.return_waybill END
        """),
    },
)
