"""Forgetting persons when the law no longer asks to keep them (spec 80); the owner's, no desk's.

Nothing is deleted that counts: orders, tickets and calls stay, without anybody in them. 폐기처리
never comes before its time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.rows import scalar_row
from psycopg.sql import SQL, Composed
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.retention import CONTRACT_YEARS, DISPUTE_YEARS, ERASED, WITHDRAWALS
from ets_desktop.domain.topics import Done
from ets_desktop.queries.ars import OWN_SESSIONS
from ets_desktop.queries.reading import read

#: Of each kind in one transaction: desks wait for none of them long.
MOST = 500


@dataclass(frozen=True, slots=True)
class Erased:
    """How many of each kind lost their persons (or, the logs, went)."""

    orders: int = 0
    tickets: int = 0
    calls: int = 0
    customers: int = 0
    ars: int = 0
    parcels: int = 0
    drafts: int = 0
    looks: int = 0
    rights: int = 0

    def __add__(self, other: "Erased") -> "Erased":
        return Erased(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))

    @property
    def is_any(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class _Trails:
    looks: int
    rights: int


_LONG_AGO = SQL("clock_timestamp() - make_interval(years => {years})")
_CONTRACT = _LONG_AGO.format(years=SQL(str(CONTRACT_YEARS)))
_DISPUTE = _LONG_AGO.format(years=SQL(str(DISPUTE_YEARS)))
#: Five years from the order, and from the end of each claim on it.
_ORDERS = SQL("""
    SELECT o.id FROM sales_order o
    WHERE o.ordered_at < {contract} AND o.orderer_name <> %(erased)s::text
      AND (%(customer)s::bigint IS NULL OR o.customer_id = %(customer)s)
      AND NOT EXISTS (SELECT FROM ticket t WHERE t.order_id = o.id
                      AND t.status IN ('received', 'transferred'))
      AND NOT EXISTS (SELECT FROM claim c WHERE c.order_id = o.id
                      AND (c.closed_at IS NULL OR c.closed_at >= {contract}))
    ORDER BY o.ordered_at LIMIT %(most)s FOR UPDATE OF o SKIP LOCKED
""").format(contract=_CONTRACT)
_TICKETS = SQL("""
    SELECT t.id FROM ticket t
    WHERE t.status IN ('completed', 'discarded') AND t.content <> %(erased)s::text
      AND (%(customer)s::bigint IS NULL OR t.customer_id = %(customer)s)
      AND coalesce(t.completed_at, t.updated_at) <
          CASE WHEN t.ticket_type = ANY (%(withdrawals)s) THEN {contract} ELSE {dispute} END
      AND NOT EXISTS (SELECT FROM claim c WHERE c.ticket_id = t.id
                      AND (c.closed_at IS NULL OR c.closed_at >= {contract}))
    ORDER BY t.created_at LIMIT %(most)s FOR UPDATE OF t SKIP LOCKED
""").format(contract=_CONTRACT, dispute=_DISPUTE)
#: A call is kept as long as the ticket it belongs to.
_CALLS = SQL("""
    SELECT c.id FROM call c
    WHERE (%(customer)s::bigint IS NOT NULL OR c.rang_at < {dispute})
      AND (%(customer)s::bigint IS NULL OR c.customer_id = %(customer)s)
      AND (c.caller_number IS NOT NULL OR c.caller_typed <> '' OR c.dialled <> ''
           OR c.customer_id IS NOT NULL)
      AND NOT EXISTS (SELECT FROM call_leg l WHERE l.call_id = c.id AND l.phase <> 'ended')
      AND NOT EXISTS (SELECT FROM activity n JOIN ticket t ON t.id = n.ticket_id
                      WHERE n.call_id = c.id AND t.content <> %(erased)s::text)
    ORDER BY c.rang_at LIMIT %(most)s FOR UPDATE OF c SKIP LOCKED
""").format(dispute=_DISPUTE)
#: 취소, 반품 and 교환 as long as a contract.
_ARS = SQL("""
    SELECT s.id FROM ars_session s
    WHERE s.name <> %(erased)s::text
      AND (s.answered_at < {contract} OR NOT coalesce(s.kind = ANY (%(withdrawals)s), false)
           AND (%(customer)s::bigint IS NOT NULL OR s.answered_at < {dispute}))
      AND (%(customer)s::bigint IS NULL OR s.id IN ({own}))
    ORDER BY s.answered_at LIMIT %(most)s FOR UPDATE OF s SKIP LOCKED
""").format(contract=_CONTRACT, dispute=_DISPUTE, own=OWN_SESSIONS)
#: Whoever has nothing left that is kept; asked for by the person, at once.
_CUSTOMERS = SQL("""
    SELECT k.id FROM customer k
    WHERE k.name <> %(erased)s::text AND (%(customer)s::bigint IS NULL OR k.id = %(customer)s)
      AND (%(customer)s::bigint IS NOT NULL
           OR greatest(k.last_contact_at, k.updated_at, k.created_at) < {dispute})
      AND NOT EXISTS (SELECT FROM sales_order o WHERE o.customer_id = k.id)
      AND NOT EXISTS (SELECT FROM ticket t WHERE t.customer_id = k.id)
      AND NOT EXISTS (SELECT FROM call c WHERE c.customer_id = k.id)
    ORDER BY k.id LIMIT %(most)s FOR UPDATE OF k SKIP LOCKED
""").format(dispute=_DISPUTE)

_OF_ORDERS = (
    SQL("""DELETE FROM refund_account WHERE claim_id IN (
        SELECT id FROM claim WHERE order_id = ANY (%(ids)s))"""),
    SQL("DELETE FROM logistics_instruction WHERE order_id = ANY (%(ids)s)"),
    SQL("""UPDATE pickup SET name = %(erased)s::text, customer_name = '', phone = '', mobile = '',
        zipcode = '', address = %(erased)s::text, address_detail = '', note = '', refined = NULL,
        sent_body = NULL WHERE order_id = ANY (%(ids)s)"""),
    SQL("""UPDATE claim SET ship_name = '', ship_phone = '', ship_mobile = '', ship_zipcode = '',
        ship_address = '', ship_address_detail = '', reason_note = '', note = '', hold_note = ''
        WHERE order_id = ANY (%(ids)s)"""),
    SQL("""WITH whose AS (
            SELECT orderer_name AS name FROM sales_order WHERE id = ANY (%(ids)s)
            UNION SELECT recipient_name FROM sales_order WHERE id = ANY (%(ids)s))
        DELETE FROM person_name p USING whose w WHERE p.name = w.name
          AND NOT EXISTS (SELECT FROM sales_order o WHERE o.orderer_name = w.name
                          AND NOT o.id = ANY (%(ids)s))
          AND NOT EXISTS (SELECT FROM sales_order o WHERE o.recipient_name = w.name
                          AND NOT o.id = ANY (%(ids)s))"""),
    SQL("""UPDATE sales_order SET orderer_name = %(erased)s::text,
        recipient_name = %(erased)s::text,
        orderer_initials = NULL, recipient_initials = NULL, orderer_phone = NULL,
        orderer_phone2 = NULL, recipient_phone = NULL, recipient_phone2 = NULL,
        orderer_login = '', orderer_email = '', zipcode = '', address = '', memo = '',
        customs_id = '', masked = '{}', extra = '{}', customer_id = NULL
        WHERE id = ANY (%(ids)s)"""),
    SQL("""SELECT forget_words_of_claims(ARRAY(
        SELECT id FROM claim WHERE order_id = ANY (%(ids)s)))"""),
)
_OF_TICKETS = (
    SQL("UPDATE callback SET number = '' WHERE ticket_id = ANY (%(ids)s)"),
    SQL("UPDATE transfer SET reason = '', return_reason = '' WHERE ticket_id = ANY (%(ids)s)"),
    SQL("""UPDATE ticket SET title = '', content = %(erased)s::text, tags = '{}', resolution = '',
        caller_number = NULL, customer_id = NULL,
        discard_reason = CASE WHEN status = 'discarded' THEN %(erased)s::text ELSE '' END
        WHERE id = ANY (%(ids)s)"""),
    SQL("SELECT forget_words_of_tickets(%(ids)s)"),
)
_OF_CALLS = (
    SQL("""DELETE FROM task_offer WHERE missed_call_id IN (
        SELECT id FROM missed_call WHERE call_id = ANY (%(ids)s))"""),
    SQL("DELETE FROM missed_call WHERE call_id = ANY (%(ids)s)"),
    SQL("""UPDATE call SET caller_number = NULL, caller_typed = '', caller_name = '',
        dialled = '', customer_id = NULL WHERE id = ANY (%(ids)s)"""),
    SQL("SELECT forget_words_of_calls(%(ids)s)"),
)
_OF_ARS = (
    SQL("""UPDATE ars_session SET name = %(erased)s::text, phone = NULL, phone_typed = '',
        order_no = '' WHERE id = ANY (%(ids)s)"""),
)
_BLANK_CARD = """grade = 'normal', flagged = false, flagged_reason = '', login_id = '',
    zipcode = '', address = '', address_detail = '', address_kind = '', occupation = '',
    coupon = '', cashback = 0, mailing = false, introducer = ''"""
_OF_CUSTOMERS = (
    SQL("DELETE FROM customer_phone WHERE customer_id = ANY (%(ids)s)"),
    SQL("DELETE FROM customer_address WHERE customer_id = ANY (%(ids)s)"),
    SQL(
        """DELETE FROM customer_merge WHERE kept_id = ANY (%(ids)s) OR merged_id = ANY (%(ids)s)"""
    ),
    SQL("""UPDATE customer SET name = %(erased)s::text, initials = '', {blank}
        WHERE id = ANY (%(ids)s)""").format(blank=SQL(_BLANK_CARD)),
    SQL("SELECT forget_words_of_customers(%(ids)s)"),
)
#: What nobody asks to keep of a card whose orders or tickets are kept.
_OF_CARD = (
    SQL("DELETE FROM customer_address WHERE customer_id = ANY (%(ids)s)"),
    SQL("UPDATE customer SET {blank} WHERE id = ANY (%(ids)s)").format(blank=SQL(_BLANK_CARD)),
)
_PARCELS = SQL("""
    UPDATE unmatched_return SET sender_name = '', sender_phone = '', note = '' WHERE id IN (
        SELECT id FROM unmatched_return WHERE received_at < {dispute}
        AND sender_name || sender_phone || note <> '' ORDER BY id LIMIT %(most)s)
""").format(dispute=_DISPUTE)
_DRAFTS = SQL("""
    DELETE FROM draft WHERE id IN (
        SELECT id FROM draft WHERE saved_at < {dispute} ORDER BY saved_at LIMIT %(most)s)
""").format(dispute=_DISPUTE)
#: What an export was asked by, as long as the log of it is kept.
_REQUESTS = SQL("""
    UPDATE approval SET conditions = '{{}}', reason = %(erased)s::text,
        answer_reason = CASE WHEN answer_reason = '' THEN '' ELSE %(erased)s::text END
    WHERE id IN (SELECT id FROM approval WHERE kind = 'export' AND reason <> %(erased)s::text
        AND asked_at < {trail} ORDER BY asked_at LIMIT %(most)s)
""").format(trail=_LONG_AGO.format(years=SQL("2")))
_TRAILS = SQL("SELECT looks, rights FROM forget_old_trails(%(most)s)")


def erase_old(session: Session, most: int = MOST) -> Done[Erased]:
    """Up to `most` of each kind, oldest first; again until nothing is erased any more.

    The session is the schema's owner's. Tickets before customers: these go once nothing of them
    is kept.
    """
    persons = erase_of(session, None, most)
    driver = driver_of(session)
    parcels = driver.execute(_PARCELS, {"most": most}).rowcount
    drafts = driver.execute(_DRAFTS, {"most": most}).rowcount
    driver.execute(_REQUESTS, {"most": most, "erased": ERASED})
    [trails] = read(session, _TRAILS, {"most": most}, _Trails)
    logs = Erased(parcels=parcels, drafts=drafts, looks=trails.looks, rights=trails.rights)
    return Done(persons + logs)


def erase_of(session: Session, customer_id: int | None, most: int) -> Erased:
    """What the law no longer asks to keep, of one customer or of all."""
    # First, for they are found by orders and numbers.
    ars = _erase(session, _ARS, _OF_ARS, customer_id, most)
    return Erased(
        ars=ars,
        orders=_erase(session, _ORDERS, _OF_ORDERS, customer_id, most),
        tickets=_erase(session, _TICKETS, _OF_TICKETS, customer_id, most),
        calls=_erase(session, _CALLS, _OF_CALLS, customer_id, most),
        customers=_erase(session, _CUSTOMERS, _OF_CUSTOMERS, customer_id, most),
    )


def blank_card(session: Session, customer_id: int) -> None:
    """A card keeps name and numbers only, for the orders and tickets that are kept."""
    for statement in _OF_CARD:
        driver_of(session).execute(statement, {"ids": [customer_id]})


def _erase(
    session: Session,
    which: Composed,
    statements: Sequence[SQL | Composed],
    customer_id: int | None,
    most: int,
) -> int:
    asked = {
        "customer": customer_id,
        "id": customer_id,
        "most": most,
        "erased": ERASED,
        "withdrawals": list(WITHDRAWALS),
    }
    driver = driver_of(session)
    ids = driver.cursor(row_factory=scalar_row).execute(which, asked).fetchall()
    for statement in statements if ids else ():
        driver.execute(statement, {"ids": ids, "erased": ERASED})
    return len(ids)
