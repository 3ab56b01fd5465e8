"""ARS이력 of a customer: the sessions of their numbers and of their orders (spec 50)."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.paging import Page
from ets_desktop.queries.customers import SAFE_NUMBER_LASTS
from ets_desktop.queries.journey.rows import Whose
from ets_desktop.queries.reading import page_of, read


@dataclass(frozen=True, slots=True)
class ArsRow:
    """One session; name and number as the vendor told them, whole (masking is the screen's).

    `order_amount`, `recipient` and `address` are the order's, where it is known here; `kind` is a
    code, "" where the caller chose none; `menu` the steps they took; `ended_at` None: on the line.
    """

    id: int
    session_id: str
    order_id: int | None
    order_no: str
    caller_name: str
    phone: str
    answered_at: datetime
    kind: str
    category: str
    amount: int | None
    packing_fee: int | None
    menu: str
    reached_final: bool
    ended_at: datetime | None
    order_amount: int | None
    recipient: str
    address: str


_KEYSET = SQL("(s.answered_at, s.id) < (%(at)s::timestamptz, %(id)s::bigint)")
_NEWEST = SQL("ORDER BY s.answered_at DESC, s.id DESC LIMIT %(size)s")
#: By number, of what no known order gives to somebody (an 안심번호 for as long as it was theirs);
#: and by order.
_OF_CUSTOMER = SQL("""
    SELECT s.* FROM customer_phone p CROSS JOIN LATERAL (
        SELECT s.* FROM ars_session s
        WHERE s.phone = p.digits AND {keyset}
          AND (p.kind <> 'safe' OR s.answered_at < p.captured_at + {lasts})
          AND NOT EXISTS (SELECT FROM sales_order o WHERE s.order_no <> ''
                          AND o.channel_order_no = s.order_no AND o.customer_id IS NOT NULL)
        {newest}
    ) s WHERE p.customer_id = %(customer_id)s
    UNION ALL
    SELECT s.* FROM sales_order o JOIN ars_session s ON s.order_no = o.channel_order_no
    WHERE o.customer_id = %(customer_id)s AND o.channel_order_no <> '' AND {keyset}
""").format(keyset=_KEYSET, newest=_NEWEST, lasts=SAFE_NUMBER_LASTS)
_OF_NUMBER = SQL("""
    SELECT s.* FROM ars_session s WHERE s.phone = %(number)s AND {keyset} {newest}
""").format(keyset=_KEYSET, newest=_NEWEST)
_ROWS = SQL("""
    SELECT s.id, s.session_id, o.id AS order_id, s.order_no, s.name AS caller_name,
        coalesce(s.phone, s.phone_typed) AS phone, s.answered_at, coalesce(s.kind, '') AS kind,
        s.category, s.amount, s.packing_fee,
        array_to_string(s.menu, ' > ') AS menu, s.reached_final, s.ended_at,
        coalesce(o.order_paid, o.order_total) AS order_amount,
        coalesce(o.recipient_name, '') AS recipient, coalesce(o.address, '') AS address
    FROM (SELECT DISTINCT ON (s.answered_at, s.id) s.* FROM ({sessions}) s {newest}) s
    LEFT JOIN LATERAL (
        SELECT o.* FROM sales_order o WHERE s.order_no <> '' AND o.channel_order_no = s.order_no
          AND o.customer_id = %(customer_id)s::bigint ORDER BY o.id DESC LIMIT 1
    ) o ON true
    ORDER BY s.answered_at DESC, s.id DESC
""")
#: Of a mere number no order is told: whose it is, is not known.
_BY_CUSTOMER = _ROWS.format(sessions=_OF_CUSTOMER, newest=_NEWEST)
_BY_NUMBER = _ROWS.format(sessions=_OF_NUMBER, newest=_NEWEST)
#: Ids of what the law means by a customer's own: of their orders, and of their numbers unless
#: somebody of another name spoke. `%(id)s` is the customer.
OWN_SESSIONS = SQL("""
    SELECT s.id FROM sales_order o JOIN ars_session s ON s.order_no = o.channel_order_no
    WHERE o.customer_id = %(id)s::bigint AND o.channel_order_no <> ''
    UNION
    SELECT s.id FROM customer k JOIN customer_phone p ON p.customer_id = k.id
    JOIN ars_session s ON s.phone = p.digits
    WHERE k.id = %(id)s::bigint AND s.name IN ('', k.name)
      AND (p.kind <> 'safe' OR s.answered_at < p.captured_at + {lasts})
      AND NOT EXISTS (SELECT FROM sales_order o WHERE s.order_no <> ''
                      AND o.channel_order_no = s.order_no AND o.customer_id <> k.id)
""").format(lasts=SAFE_NUMBER_LASTS)
_FROM_THE_TOP = ("infinity", 0)


def ars_sessions_of(
    session: Session, whose: Whose, after: tuple[object, ...] | None, size: int
) -> Page[ArsRow]:
    """Newest first. Of a caller who is nobody's customer: by that number."""
    at, key = after or _FROM_THE_TOP
    asked = {
        "customer_id": whose.customer_id,
        "number": whose.number,
        "at": at,
        "id": key,
        "size": size + 1,
    }
    query = _BY_NUMBER if whose.customer_id is None else _BY_CUSTOMER
    return page_of(read(session, query, asked, ArsRow), size, "answered_at", "id")
