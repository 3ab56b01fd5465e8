"""Where the entries of a time line come from: one `Source` a kind of event.

`rows` is FROM and WHERE; in it {tickets} stands for "this ticket `t` is theirs", {keyset} for "not
yet on the pages before", {lasts} for how long an 안심번호 is its owner's. The first two lead
through an index, newest first, so that a branch reads little more than a page whatever the
customer has done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from psycopg.sql import SQL


@dataclass(frozen=True, eq=False)
class Source:
    """`at` and `key` order its entries; `told` gives the columns of JourneyRow that it knows.

    `rows_by_number` is asked instead of `rows` for a caller who is nobody's customer; None: what
    a mere number has nothing of.
    """

    event: str
    at: SQL
    key: SQL
    rows: SQL
    told: Mapping[str, SQL]
    rows_by_number: SQL | None = field(default=None)


_TICKET = {
    "ticket_id": SQL("t.id"),
    "ticket_no": SQL("t.ticket_no"),
    "words": SQL("t.title"),
}
_CALL_TOLD = {
    "state": SQL("""
        CASE WHEN c.direction = 'out' THEN 'out'
             WHEN leg.phase = 'ended' AND leg.talked_at IS NULL THEN 'missed' ELSE 'in' END
    """),
    "ticket_id": SQL("noted.id"),
    "ticket_no": SQL("noted.ticket_no"),
    "words": SQL("noted.title"),
    "number": SQL("c.caller_number"),
    "agent": SQL("""
        CASE WHEN c.direction = 'out' OR leg.talked_at IS NOT NULL THEN
            (SELECT a.name FROM agent a WHERE a.extension = leg.extension) END
    """),
    "note": SQL('leg."end"'),
    "seconds": SQL("extract(epoch FROM leg.ended_at - leg.talked_at)::bigint"),
}
#: The leg that talked, else the last one that rang; the ticket the call is a contact of.
_CALL_MORE = """
    LEFT JOIN LATERAL (
        SELECT l.* FROM call_leg l WHERE l.call_id = c.id
        ORDER BY (l.talked_at IS NOT NULL) DESC, l.rang_at DESC, l.id DESC LIMIT 1
    ) leg ON true
    LEFT JOIN LATERAL (
        SELECT k.id, k.ticket_no, k.title FROM activity n JOIN ticket k ON k.id = n.ticket_id
        WHERE n.call_id = c.id ORDER BY n.id DESC LIMIT 1
    ) noted ON true
"""

CALLS = Source(
    "call",
    at=SQL("c.rang_at"),
    key=SQL("c.id"),
    rows=SQL(
        "call c "
        + _CALL_MORE
        + "WHERE c.customer_id = %(customer_id)s AND c.direction <> 'internal' AND {keyset}"
    ),
    rows_by_number=SQL(
        "call c "
        + _CALL_MORE
        + "WHERE c.caller_number = %(number)s AND c.direction <> 'internal' AND {keyset}"
    ),
    told=_CALL_TOLD,
)
_UNTIED = """
    customer_phone p CROSS JOIN LATERAL (
        SELECT c.* FROM call c
        WHERE c.caller_number = p.digits AND c.customer_id IS NULL
          AND c.direction <> 'internal' AND {keyset}
          AND (p.kind <> 'safe' OR c.rang_at < p.captured_at + {lasts})
        ORDER BY c.rang_at DESC, c.id DESC LIMIT %(size)s
    ) c
"""
#: Calls of the customer's numbers that nobody has given to anybody; of an 안심번호 those of its
#: time, for somebody else may have it now.
UNTIED_CALLS = Source(
    "call",
    at=SQL("c.rang_at"),
    key=SQL("c.id"),
    rows=SQL(_UNTIED + _CALL_MORE + "WHERE p.customer_id = %(customer_id)s"),
    told=_CALL_TOLD,
)

_RECEIVED = "ticket t WHERE {tickets} AND {keyset}"
TICKETS = Source(
    "ticket",
    at=SQL("t.created_at"),
    key=SQL("t.id"),
    rows=SQL(_RECEIVED),
    rows_by_number=SQL(_RECEIVED),
    told=_TICKET
    | {
        "state": SQL("t.ticket_type"),
        "order_id": SQL("t.order_id"),
        "order_no": SQL("(SELECT o.channel_order_no FROM sales_order o WHERE o.id = t.order_id)"),
        "agent": SQL("(SELECT a.name FROM agent a WHERE a.id = t.created_by)"),
        "note": SQL("left(t.content, 300)"),
    },
)
_CLOSED = """
    ticket t JOIN ticket_history h ON h.ticket_id = t.id
    WHERE {tickets} AND h.field = 'status' AND {keyset}
      AND (h.new IN ('completed', 'discarded') OR h.old IN ('completed', 'discarded'))
"""
#: 완료, 폐기, 재오픈; what an offer does to the status is told by the offer.
STATUSES = Source(
    "status",
    at=SQL("h.changed_at"),
    key=SQL("h.id"),
    rows=SQL(_CLOSED),
    rows_by_number=SQL(_CLOSED),
    told=_TICKET
    | {
        "state": SQL(
            "CASE WHEN h.new IN ('completed', 'discarded') THEN h.new ELSE 'reopened' END"
        ),
        "agent": SQL("(SELECT a.name FROM agent a WHERE a.id = h.changed_by)"),
        "note": SQL("CASE h.new WHEN 'discarded' THEN t.discard_reason END"),
    },
)
_OFFERS = """
    ticket t JOIN transfer x ON x.ticket_id = t.id CROSS JOIN LATERAL (VALUES
        (0, 'sent', x.sent_at), (1, 'accepted', x.accepted_at),
        (2, 'returned', x.returned_at), (3, 'recalled', x.recalled_at)
    ) e (number, state, at)
    WHERE {tickets} AND {keyset}
"""
TRANSFERS = Source(
    "transfer",
    at=SQL("e.at"),
    key=SQL("x.id * 4 + e.number"),
    rows=SQL(_OFFERS),
    rows_by_number=SQL(_OFFERS),
    told=_TICKET
    | {
        "state": SQL("e.state"),
        "agent": SQL("(SELECT a.name FROM agent a WHERE a.id = x.from_agent_id)"),
        "other": SQL("""
            coalesce((SELECT a.name FROM agent a WHERE a.id = x.to_agent_id),
                     (SELECT m.name FROM team m WHERE m.id = x.to_team_id))
        """),
        "note": SQL(
            "CASE e.state WHEN 'sent' THEN x.reason WHEN 'returned' THEN x.return_reason END"
        ),
    },
)
_CALLBACKS = "ticket t JOIN callback b ON b.ticket_id = t.id WHERE {tickets} AND {keyset}"
_CALLBACK_TOLD = _TICKET | {
    "number": SQL("b.number"),
    "agent": SQL("(SELECT a.name FROM agent a WHERE a.id = b.assignee_id)"),
    "due_at": SQL("b.due_at"),
    "count": SQL("b.attempts"),
}
PROMISES = Source(
    "callback",
    at=SQL("b.created_at"),
    key=SQL("b.id"),
    rows=SQL(_CALLBACKS),
    rows_by_number=SQL(_CALLBACKS),
    told=_CALLBACK_TOLD | {"state": SQL("'promised'")},
)
#: 성공, 부재, 취소: what came of it.
CALLBACKS = Source(
    "callback",
    at=SQL("b.done_at"),
    key=SQL("b.id"),
    rows=SQL(_CALLBACKS),
    rows_by_number=SQL(_CALLBACKS),
    told=_CALLBACK_TOLD
    | {
        "state": SQL("b.outcome"),
        "agent": SQL("""
            (SELECT a.name FROM agent a WHERE a.id = coalesce(b.done_by, b.assignee_id))
        """),
    },
)
_ACTIVITIES = """
    ticket t JOIN activity n ON n.ticket_id = t.id
    WHERE {tickets} AND n.kind <> 'call' AND {keyset}
"""
_ACTIVITY_TOLD = _TICKET | {
    "state": SQL("n.kind"),
    "agent": SQL("(SELECT a.name FROM agent a WHERE a.id = n.agent_id)"),
    "note": SQL("n.note"),
}
#: Contacts inside tickets that are no calls: notes, messages, 인수, and what is appended later.
ACTIVITIES = Source(
    "activity",
    at=SQL("n.at"),
    key=SQL("n.id"),
    rows=SQL(_ACTIVITIES),
    rows_by_number=SQL(_ACTIVITIES),
    told=_ACTIVITY_TOLD,
)
_MESSAGES = """
    ticket t JOIN activity n ON n.ticket_id = t.id
    WHERE {tickets} AND n.kind = 'sms' AND {keyset}
"""
MESSAGES = Source(
    "activity",
    at=SQL("n.at"),
    key=SQL("n.id"),
    rows=SQL(_MESSAGES),
    rows_by_number=SQL(_MESSAGES),
    told=_ACTIVITY_TOLD,
)

_ORDER = {
    "order_id": SQL("o.id"),
    "order_no": SQL("o.channel_order_no"),
    "other": SQL("(SELECT s.name FROM sales_channel s WHERE s.id = o.channel_id)"),
}
_GOODS = """
    (SELECT p.name FROM order_line l JOIN product p ON p.id = l.product_id
     WHERE l.order_id = o.id ORDER BY l.id LIMIT 1)
"""
_ORDER_TOLD = _ORDER | {
    "words": SQL(_GOODS),
    "count": SQL("(SELECT count(*) FROM order_line l WHERE l.order_id = o.id)"),
    "amount": SQL("coalesce(o.order_paid, o.order_total)"),
}
ORDERS = Source(
    "order",
    at=SQL("o.ordered_at"),
    key=SQL("o.id"),
    rows=SQL("sales_order o WHERE o.customer_id = %(customer_id)s AND {keyset}"),
    told=_ORDER_TOLD
    | {
        "state": SQL("'ordered'"),
        "note": SQL("""
            (SELECT l.order_status FROM order_line l WHERE l.order_id = o.id ORDER BY l.id LIMIT 1)
        """),
    },
)
PAYMENTS = Source(
    "order",
    at=SQL("o.paid_at"),
    key=SQL("o.id"),
    # By the customer first, or the planner may walk all payments of the shop for a few of theirs.
    rows=SQL("""
        (SELECT o.* FROM sales_order o WHERE o.customer_id = %(customer_id)s OFFSET 0) o
        WHERE {keyset}
    """),
    told=_ORDER_TOLD | {"state": SQL("'paid'"), "note": SQL("o.payment_method")},
)

#: Lines of an order that went out, or came, at the same moment are one entry.
_PARCELS_BEFORE = "sales_order o CROSS JOIN LATERAL (SELECT "
_PARCELS_AFTER = """ AS at, min(l.id) AS key, count(*) AS count,
        min(nullif(concat_ws(' ', nullif(l.carrier, ''), nullif(l.tracking_no, '')), '')) AS parcel
    FROM order_line l WHERE l.order_id = o.id GROUP BY 1
) l WHERE o.customer_id = %(customer_id)s AND {keyset}"""
_PARCEL_TOLD = _ORDER | {
    "words": SQL("""
        (SELECT p.name FROM order_line f JOIN product p ON p.id = f.product_id WHERE f.id = l.key)
    """),
    "count": SQL("l.count"),
    "note": SQL("l.parcel"),
}
DISPATCHES = Source(
    "order",
    at=SQL("l.at"),
    key=SQL("l.key"),
    rows=SQL(_PARCELS_BEFORE + "l.shipped_at" + _PARCELS_AFTER),
    told=_PARCEL_TOLD | {"state": SQL("'shipped'")},
)
ARRIVALS = Source(
    "order",
    at=SQL("l.at"),
    key=SQL("l.key"),
    rows=SQL(_PARCELS_BEFORE + "l.delivered_at" + _PARCELS_AFTER),
    told=_PARCEL_TOLD | {"state": SQL("'delivered'")},
)

_MERGES = """
    (SELECT m.* FROM customer_merge m WHERE m.kept_id = %(customer_id)s
     UNION ALL
     SELECT m.* FROM customer_merge m WHERE m.merged_id = %(customer_id)s) m
    CROSS JOIN LATERAL (VALUES
        (0, 'merged', m.merged_at, m.merged_by), (1, 'undone', m.undone_at, m.undone_by)
    ) e (number, state, at, by)
    WHERE {keyset}
"""
#: 병합 and its undoing, told of both customers: `words` is the other one.
MERGES = Source(
    "merge",
    at=SQL("e.at"),
    key=SQL("m.id * 2 + e.number"),
    rows=SQL(_MERGES),
    told={
        "state": SQL("e.state"),
        "agent": SQL("(SELECT a.name FROM agent a WHERE a.id = e.by)"),
        "words": SQL("""
            (SELECT concat_ws(' ', k.customer_no, k.name) FROM customer k
             WHERE k.id = m.kept_id + m.merged_id - %(customer_id)s)
        """),
    },
)
