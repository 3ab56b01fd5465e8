"""병합: who may be the same person, and what a merge of two would move."""

from dataclasses import dataclass, fields
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.callers import Reason
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.queries.customers import CUSTOMER_COLUMNS, CustomerRow
from ets_desktop.queries.reading import read, read_mappings


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of the two, with what would move if the customer went up in the other.

    `shared_phones` are numbers both have: they stay once.
    """

    customer_id: int
    customer_no: str
    name: str
    grade: str
    flagged: bool
    flagged_reason: str
    login_id: str
    address: str
    last_contact_at: datetime | None
    merged_into_id: int | None
    tickets: int
    open_tickets: int
    calls: int
    orders: int
    phones: tuple[str, ...]
    shared_phones: int
    addresses: int


@dataclass(frozen=True, slots=True)
class _Likeness(CustomerRow):
    has_number: bool = False
    has_name: bool = False


_MOST = 50
# A number of a firm, or one that changes hands, makes nobody the same person.
_ALIKE = SQL("""
    WITH me AS (SELECT id, name FROM customer WHERE id = %(id)s),
    by_number AS MATERIALIZED (
        SELECT o.customer_id AS id FROM customer_phone p
        JOIN customer_phone o ON o.digits = p.digits AND o.customer_id <> p.customer_id
        WHERE p.customer_id = %(id)s AND p.kind NOT IN ('safe', 'representative') LIMIT %(most)s
    ), by_name AS MATERIALIZED (
        SELECT c.id FROM me JOIN customer c ON c.name = me.name AND c.id <> me.id
        WHERE c.merged_into_id IS NULL LIMIT %(most)s
    )
    SELECT {columns}, c.id IN (SELECT id FROM by_number) AS has_number,
        c.name = (SELECT name FROM me) AS has_name
    FROM customer c
    WHERE c.id IN (SELECT id FROM by_number UNION SELECT id FROM by_name)
      AND c.merged_into_id IS NULL
    ORDER BY has_number DESC, has_name DESC, c.last_contact_at DESC NULLS LAST, c.id
    LIMIT %(most)s
""").format(columns=CUSTOMER_COLUMNS)
_SIDE = SQL("""
    SELECT c.id AS customer_id, c.customer_no, c.name, c.grade, c.flagged, c.flagged_reason,
        c.login_id, concat_ws(' ', c.address, nullif(c.address_detail, '')) AS address,
        c.last_contact_at, c.merged_into_id, t.tickets, t.open_tickets,
        (SELECT count(*) FROM call l WHERE l.customer_id = c.id) AS calls,
        (SELECT count(*) FROM sales_order s WHERE s.customer_id = c.id) AS orders,
        ARRAY(SELECT p.digits FROM customer_phone p WHERE p.customer_id = c.id
              ORDER BY p.captured_at DESC, p.id) AS phones,
        (SELECT count(*) FROM customer_phone p JOIN customer_phone o ON o.digits = p.digits
         WHERE p.customer_id = c.id AND o.customer_id = %(other)s) AS shared_phones,
        (SELECT count(*) FROM customer_address a WHERE a.customer_id = c.id)
            + (c.address <> '')::int AS addresses
    FROM customer c CROSS JOIN LATERAL (
        SELECT count(*) AS tickets,
            count(*) FILTER (WHERE status IN ('received', 'transferred')) AS open_tickets
        FROM ticket WHERE customer_id = c.id
    ) t WHERE c.id = %(id)s
""")


def alike_customers(session: Session, customer_id: int) -> tuple[CustomerRow, ...]:
    """Who may be the same person, the likeliest first: the same number, the same name."""
    found = read(session, _ALIKE, {"id": customer_id, "most": _MOST}, _Likeness)
    return tuple(_row(row) for row in found)


def merge_sides(session: Session, one_id: int, other_id: int) -> tuple[MergeSide, MergeSide]:
    """Both customers as 병합 shows them before anything moves.

    NotFound `no_such_customer`; RuleViolation `customer_merged` if one of them is merged already.
    """
    return _side(session, one_id, other_id), _side(session, other_id, one_id)


def _side(session: Session, customer_id: int, other_id: int) -> MergeSide:
    found = read_mappings(session, _SIDE, {"id": customer_id, "other": other_id})
    if not found:
        raise NotFound("no_such_customer")
    if found[0]["merged_into_id"] is not None:
        raise RuleViolation("customer_merged")
    return MergeSide(**found[0] | {"phones": tuple(found[0]["phones"])})


def _row(found: _Likeness) -> CustomerRow:
    held = {Reason.SAME_NUMBER: found.has_number, Reason.SAME_NAME: found.has_name}
    reasons = tuple(reason for reason, holds in held.items() if holds)
    plain = {field.name: getattr(found, field.name) for field in fields(CustomerRow)}
    return CustomerRow(**plain | {"reasons": reasons})
