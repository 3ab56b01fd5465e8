"""Everything that is kept of one customer, as the person may ask for (개인정보 보호법 제35조)."""

from dataclasses import dataclass
from typing import Any

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.errors import NotFound
from ets_desktop.domain.retention import (
    CONTRACT_YEARS,
    DISPUTE_YEARS,
    ERASED,
    WITHDRAWALS,
    Kept,
)
from ets_desktop.domain.search_terms import CUSTOMER_NO
from ets_desktop.queries.ars import OWN_SESSIONS
from ets_desktop.queries.reading import read, read_mappings

_IDENTITY = SQL("SELECT customer_no, name FROM customer WHERE id = %(id)s")
_ID = SQL("SELECT id FROM customer WHERE id = %(id)s")
#: What the house notes for itself about its work is not the person's: ids, versions, agents.
_RECORD = SQL("""
    WITH own AS (
        SELECT id FROM sales_order WHERE customer_id = %(id)s
    ), asked AS (
        SELECT id FROM ticket WHERE customer_id = %(id)s
    )
    SELECT jsonb_build_object(
        'customer', (SELECT to_jsonb(k) - '{{id,client_id,version,created_by,updated_by,
            merged_into_id,initials}}'::text[] FROM customer k WHERE k.id = %(id)s),
        'phones', (SELECT coalesce(jsonb_agg(jsonb_build_object('number', p.typed,
            'kind', p.kind, 'since', p.captured_at) ORDER BY p.id), '[]')
            FROM customer_phone p WHERE p.customer_id = %(id)s),
        'addresses', (SELECT coalesce(jsonb_agg(to_jsonb(a) - '{{id,customer_id}}'::text[]
            ORDER BY a.id), '[]') FROM customer_address a WHERE a.customer_id = %(id)s),
        'orders', (SELECT coalesce(jsonb_agg((to_jsonb(o) - '{{id,channel_id,customer_id,
            orderer_initials,recipient_initials,imported_at,updated_at,marks}}'::text[])
            || jsonb_build_object('lines', (
                SELECT coalesce(jsonb_agg(jsonb_build_object('product', g.name,
                    'quantity', l.quantity, 'amount', l.amount, 'status', l.order_status)
                    ORDER BY l.id), '[]')
                FROM order_line l JOIN product g ON g.id = l.product_id
                WHERE l.order_id = o.id)) ORDER BY o.ordered_at), '[]')
            FROM sales_order o WHERE o.id IN (SELECT id FROM own)),
        'tickets', (SELECT coalesce(jsonb_agg(jsonb_build_object('ticket_no', t.ticket_no,
            'received_at', t.created_at, 'type', t.ticket_type, 'status', t.status,
            'title', t.title, 'content', t.content, 'resolution', t.resolution,
            'completed_at', t.completed_at) ORDER BY t.id), '[]')
            FROM ticket t WHERE t.id IN (SELECT id FROM asked)),
        'claims', (SELECT coalesce(jsonb_agg(jsonb_build_object('claim_no', c.claim_no,
            'type', c.claim_type, 'step', c.step, 'reason', c.reason, 'note', c.reason_note,
            'name', c.ship_name, 'phone', c.ship_phone, 'address', c.ship_address,
            'requested_at', c.created_at) ORDER BY c.id), '[]')
            FROM claim c WHERE c.ticket_id IN (SELECT id FROM asked)
               OR c.order_id IN (SELECT id FROM own)),
        'calls', (SELECT coalesce(jsonb_agg(jsonb_build_object('at', c.rang_at,
            'direction', c.direction, 'number', coalesce(c.caller_number, c.dialled))
            ORDER BY c.id), '[]') FROM call c WHERE c.customer_id = %(id)s),
        'ars', (SELECT coalesce(jsonb_agg(to_jsonb(s)
            - '{{id,session_id,phone,received_at}}'::text[] ORDER BY s.answered_at), '[]')
            FROM ars_session s WHERE s.id IN ({own_sessions}))
    ) AS record
""").format(own_sessions=OWN_SESSIONS)
_KEPT = SQL("""
    SELECT 'orders' AS what, count(*) AS count, (max(greatest(o.ordered_at, (
            SELECT max(coalesce(c.closed_at, clock_timestamp())) FROM claim c
            WHERE c.order_id = o.id))) + make_interval(years => %(contract)s))::date AS until
    FROM sales_order o WHERE o.customer_id = %(id)s AND o.orderer_name <> %(erased)s
    HAVING count(*) > 0
    UNION ALL
    SELECT 'tickets', count(*), max(coalesce(t.completed_at, t.updated_at) + make_interval(
        years => CASE WHEN t.ticket_type = ANY (%(withdrawals)s)
                        OR EXISTS (SELECT FROM claim c WHERE c.ticket_id = t.id)
                 THEN %(contract)s ELSE %(dispute)s END))::date
    FROM ticket t WHERE t.customer_id = %(id)s AND t.content <> %(erased)s
    HAVING count(*) > 0
    UNION ALL
    SELECT 'ars', count(*), (max(s.answered_at) + make_interval(years => %(contract)s))::date
    FROM ars_session s WHERE s.id IN ({own_sessions}) AND s.kind = ANY (%(withdrawals)s)
      AND s.answered_at >= clock_timestamp() - make_interval(years => %(contract)s)
    HAVING count(*) > 0
""").format(own_sessions=OWN_SESSIONS)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is about to be erased; the name whole."""

    customer_no: str
    name: str


def identity_of(session: Session, customer_no: str) -> Identity:
    """Of C000000012; NotFound `no_such_customer`."""
    asked = {"id": customer_id_of(session, customer_no)}
    return read(session, _IDENTITY, asked, Identity)[0]


def customer_id_of(session: Session, customer_no: str) -> int:
    """The customer of C000000012; NotFound `no_such_customer`."""
    number = CUSTOMER_NO.fullmatch(customer_no.strip())
    found = read_mappings(session, _ID, {"id": int(number[1])}) if number else []
    if not found:
        raise NotFound("no_such_customer")
    return int(found[0]["id"])


def customer_record(session: Session, customer_id: int) -> dict[str, Any]:
    """Card, numbers, addresses, orders, tickets, claims, calls and ARS sessions.

    Times are texts of ISO 8601.
    """
    record: dict[str, Any] = read_mappings(session, _RECORD, {"id": customer_id})[0]["record"]
    return record


def kept_by_law(session: Session, customer_id: int) -> tuple[Kept, ...]:
    """What of the customer is kept still, and the last day of it as things stand."""
    asked = {
        "id": customer_id,
        "erased": ERASED,
        "withdrawals": list(WITHDRAWALS),
        "contract": CONTRACT_YEARS,
        "dispute": DISPUTE_YEARS,
    }
    return tuple(read(session, _KEPT, asked, Kept))
