"""Customers: found by whatever is typed into 고객ID, and one in full."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row, dict_row
from psycopg.sql import SQL, Composed, Literal
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.callers import Reason
from ets_desktop.domain.customers import SAFE_NUMBER_DAYS, SAFE_NUMBER_DAYS_KEY
from ets_desktop.domain.errors import NotFound
from ets_desktop.domain.search_terms import (
    CUSTOMER_NO,
    SHORTEST_PHONE_END,
    Term,
    TermKind,
    like_literal,
    shape_patterns,
    understand_name,
    understand_phone,
)
from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A row of 고객목록, unmasked (spec 80: the chooser shows the whole).

    Somebody known only from an order has no `customer_id` but its `order_id`. `reasons` say why
    the row is here, when somebody calls; `reason` is the first of them.
    """

    customer_id: int | None
    customer_no: str
    name: str
    phone: str
    grade: str
    flagged: bool
    flagged_reason: str
    address: str
    last_contact_at: datetime | None
    reasons: tuple[Reason, ...] = ()
    order_id: int | None = None

    @property
    def reason(self) -> Reason | None:
        return self.reasons[0] if self.reasons else None


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """One number of a customer, as typed and as digits; a safe one expires some days after
    `captured_at`."""

    phone_id: int
    typed: str
    digits: str
    kind: str
    captured_at: datetime
    is_expired: bool = False


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address of a customer beside the main one."""

    address_id: int
    kind: str
    zipcode: str
    address: str
    address_detail: str
    captured_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerDetail:
    """고객상세; `version` goes into every save. `merged_into_id` is who stayed, if this customer
    was merged."""

    customer_id: int
    customer_no: str
    name: str
    grade: str
    flagged: bool
    flagged_reason: str
    login_id: str
    zipcode: str
    address: str
    address_detail: str
    address_kind: str
    occupation: str
    coupon: str
    cashback: int
    mailing: bool
    introducer: str
    last_contact_at: datetime | None
    version: int
    merged_into_id: int | None
    updated_by: int | None
    updater: str
    updated_at: datetime
    total_tickets: int
    open_tickets: int
    phones: tuple[PhoneRow, ...]
    addresses: tuple[AddressRow, ...] = ()


#: How many are taken of a reading that has no order of its own before they are sorted.
_SAMPLE = 500
#: What a look-up shows at most; who is looked for is found by typing more.
FOUND_AT_MOST = 50
_LAST_LETTER = "\U0010ffff"
#: For how long an 안심번호 is its owner's after it was captured.
SAFE_NUMBER_LASTS = SQL("""
    make_interval(days => coalesce(
        (SELECT CASE WHEN jsonb_typeof(g.value) = 'number' THEN (g.value #>> '{{}}')::float::int
                END FROM setting g WHERE g.key = {key}), {days}))
""").format(key=Literal(SAFE_NUMBER_DAYS_KEY), days=Literal(SAFE_NUMBER_DAYS))
#: Whether a number `p` was an 안심번호 so long ago that somebody else may have it by now.
PHONE_EXPIRED = SQL("""
    (p.kind = 'safe' AND p.captured_at < statement_timestamp() - {lasts})
""").format(lasts=SAFE_NUMBER_LASTS)
CUSTOMER_COLUMNS = SQL("""
    c.id AS customer_id, c.customer_no, c.name,
    coalesce((SELECT p.digits FROM customer_phone p WHERE p.customer_id = c.id
              ORDER BY p.kind = 'safe', p.captured_at DESC, p.id LIMIT 1), '') AS phone,
    c.grade, c.flagged, c.flagged_reason,
    concat_ws(' ', c.address, nullif(c.address_detail, '')) AS address, c.last_contact_at
""")
_FOUND = SQL("""
    WITH hit AS MATERIALIZED ({hits})
    SELECT {columns} FROM (
        SELECT id, min(place) AS place FROM hit GROUP BY id
    ) h JOIN customer c ON c.id = h.id AND c.merged_into_id IS NULL
    ORDER BY h.place, c.last_contact_at DESC NULLS LAST, c.id LIMIT %(size)s
""")
#: Branches: how well they fit, and the ids they find.
#: The number of somebody who was merged finds who stayed.
_BY_NUMBER = SQL("""
    (WITH RECURSIVE followed AS (
        SELECT id, merged_into_id FROM customer WHERE id = %(customer_id)s
        UNION ALL
        SELECT c.id, c.merged_into_id FROM followed f JOIN customer c ON c.id = f.merged_into_id
    ) SELECT id, 0 AS place FROM followed WHERE merged_into_id IS NULL)
""")
_BY_PHONE = SQL("SELECT customer_id AS id, 0 AS place FROM customer_phone WHERE digits = %(phone)s")
_BY_PHONE_END = SQL("""
    (SELECT customer_id AS id, 1 AS place FROM customer_phone
     WHERE right(digits, 4) = %(last4)s AND digits LIKE %(phone_end)s LIMIT %(sample)s)
""")
_BY_NAME = SQL("""
    (SELECT id, 0 AS place FROM customer WHERE name = %(name)s AND merged_into_id IS NULL
     ORDER BY last_contact_at DESC NULLS LAST LIMIT %(size)s)
""")
_BY_INITIALS = SQL("""
    (SELECT id, 0 AS place FROM customer WHERE initials = %(initials)s AND merged_into_id IS NULL
     ORDER BY last_contact_at DESC NULLS LAST LIMIT %(size)s)
""")
# Ranges, not LIKE: the many that are no longer than what was typed are not even looked at.
_BY_BEGINNING = SQL("""
    (SELECT id, 1 AS place FROM customer WHERE name ~>~ %(name)s AND name ~<~ %(name_end)s
     LIMIT %(sample)s)
""")
_BY_FIRST_INITIALS = SQL("""
    (SELECT id, 1 AS place FROM customer
     WHERE initials ~>~ %(initials)s AND initials ~<~ %(initials_end)s LIMIT %(sample)s)
""")
#: Three letters have a trigram anywhere, two of them at the end of a name.
_BY_PART = SQL("(SELECT id, 2 AS place FROM customer WHERE name LIKE %(part)s LIMIT %(sample)s)")
_BY_SHAPE = SQL("""
    (SELECT id, 0 AS place FROM customer
     WHERE name LIKE %(shape)s AND initials LIKE %(shape_initials)s LIMIT %(sample)s)
""")
_DETAIL = SQL("""
    SELECT c.id AS customer_id, c.customer_no, c.name, c.grade, c.flagged, c.flagged_reason,
        c.login_id, c.zipcode, c.address, c.address_detail, c.address_kind, c.occupation,
        c.coupon, c.cashback, c.mailing, c.introducer, c.last_contact_at, c.version,
        c.merged_into_id, c.updated_by, c.updated_at,
        coalesce((SELECT a.name FROM agent a WHERE a.id = c.updated_by), '') AS updater,
        t.total_tickets, t.open_tickets
    FROM customer c CROSS JOIN LATERAL (
        SELECT count(*) AS total_tickets,
            count(*) FILTER (WHERE status IN ('received', 'transferred')) AS open_tickets
        FROM ticket WHERE customer_id = c.id
    ) t
    WHERE c.id = %(id)s
""")
_PHONES = SQL("""
    SELECT p.id AS phone_id, p.typed, p.digits, p.kind, p.captured_at, {expired} AS is_expired
    FROM customer_phone p WHERE p.customer_id = %(id)s ORDER BY p.captured_at DESC, p.id
""").format(expired=PHONE_EXPIRED)
_ADDRESSES = SQL("""
    SELECT id AS address_id, kind, zipcode, address, address_detail, captured_at
    FROM customer_address WHERE customer_id = %(id)s ORDER BY captured_at DESC, id
""")


def find_customers(
    session: Session, typed: str, limit: int = FOUND_AT_MOST
) -> tuple[CustomerRow, ...]:
    """Customers by name (or a part of it), phone (any format, or its end), customer number or
    initial consonants, the best fitting and latest in touch first; none for an empty text."""
    terms = _terms(typed)
    values: dict[str, object] = {"size": limit, "sample": _SAMPLE}
    hits = [branch for term in terms for branch in _of_term(term, values)]
    found = _find(session, hits, values)
    if len(found) < limit and any(_has_parts(term) for term in terms):
        # Only now: among thousands of exact hits a part finds the same ones slowly.
        found = _find(session, [*hits, _BY_PART], values)
    return tuple(found)


def _find(session: Session, hits: list[SQL], values: dict[str, object]) -> list[CustomerRow]:
    if not hits:
        return []
    query: Composed = _FOUND.format(hits=SQL(" UNION ALL ").join(hits), columns=CUSTOMER_COLUMNS)
    return read(session, query, values, CustomerRow)


def customer_by_id(session: Session, customer_id: int) -> CustomerRow:
    """One customer as a row; NotFound `no_such_customer`."""
    query = SQL("SELECT {} FROM customer c WHERE c.id = %(id)s").format(CUSTOMER_COLUMNS)
    found = read(session, query, {"id": customer_id}, CustomerRow)
    if not found:
        raise NotFound("no_such_customer")
    return found[0]


def customer_detail(session: Session, customer_id: int) -> CustomerDetail:
    """One customer with all numbers and addresses, newest first; NotFound `no_such_customer`."""
    driver = driver_of(session)
    customers = driver.cursor(row_factory=dict_row)
    phones = driver.cursor(row_factory=class_row(PhoneRow))
    addresses = driver.cursor(row_factory=class_row(AddressRow))
    with driver.pipeline():
        customers.execute(_DETAIL, {"id": customer_id})
        phones.execute(_PHONES, {"id": customer_id})
        addresses.execute(_ADDRESSES, {"id": customer_id})
    found = customers.fetchone()
    if found is None:
        raise NotFound("no_such_customer")
    return CustomerDetail(
        **found, phones=tuple(phones.fetchall()), addresses=tuple(addresses.fetchall())
    )


def _terms(typed: str) -> tuple[Term, ...]:
    number = CUSTOMER_NO.fullmatch(typed.strip())
    if number:
        return (Term(TermKind.CUSTOMER_NO, number[1]),)
    return understand_phone(typed) or understand_name(typed)


def _has_parts(term: Term) -> bool:
    return term.kind is TermKind.NAME and len(term.text) > 1


def _of_term(term: Term, values: dict[str, object]) -> Iterator[SQL]:
    text = term.text
    match term.kind:
        case TermKind.CUSTOMER_NO:
            values["customer_id"] = int(text)
            yield _BY_NUMBER
        case TermKind.PHONE:
            values["phone"] = text
            yield _BY_PHONE
        case TermKind.PHONE_END:
            values |= {"last4": text[-SHORTEST_PHONE_END:], "phone_end": f"%{text}"}
            yield _BY_PHONE_END
        case TermKind.INITIALS:
            values |= {"initials": text, "initials_end": text + _LAST_LETTER}
            yield from (_BY_INITIALS, _BY_FIRST_INITIALS)
        case TermKind.SHAPE:
            values["shape"], values["shape_initials"] = shape_patterns(text)
            yield _BY_SHAPE
        case _:
            values |= {"name": text, "name_end": text + _LAST_LETTER}
            values["part"] = f"%{like_literal(text)}" + ("%" if len(text) > 2 else "")
            yield from (_BY_NAME, _BY_BEGINNING)
