"""반품회송처리: the claim of a scanned parcel, and 미확인 반품 with whose it may be."""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.paging import Page
from ets_desktop.domain.phone import digits_of
from ets_desktop.domain.search_terms import (
    typed_text,
    understand_customer,
    understand_order_no,
)
from ets_desktop.queries.claims import CLAIM_COLUMNS, CLAIM_JOINS, ClaimRow, claim_rows
from ets_desktop.queries.order_search.pieces import Values, filled
from ets_desktop.queries.parcel_search import orders_of, people_of
from ets_desktop.queries.reading import page_of, read

#: Candidates for a parcel without a claim; who needs more, searches.
MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class UnmatchedRow:
    """A row of 미확인 반품, unmasked."""

    return_id: int
    received_at: datetime
    waybill: str
    courier: str
    sender_name: str
    sender_phone: str
    order_no: str
    note: str
    photos: tuple[str, ...]
    received_by: str


_BY_WAYBILL: LiteralString = """
    SELECT p.claim_id FROM pickup p WHERE p.return_waybill <> '' AND p.return_waybill = {number}
    UNION
    SELECT p.claim_id FROM pickup p
    WHERE p.original_waybill <> '' AND p.original_waybill = {number}
    UNION
    SELECT k.claim_id FROM order_line l JOIN claim_line k ON k.order_line_id = l.id
    WHERE l.tracking_no <> '' AND l.tracking_no = {number}
"""
_OF_ORDERS: LiteralString = "SELECT c.id FROM claim c WHERE c.order_id IN ({orders})"
# The few claims first, or the planner may look up everybody's goods.
_FOUND: LiteralString = """
    WITH theirs AS MATERIALIZED ({claims}),
    hit AS MATERIALIZED (
        SELECT c.* FROM claim c WHERE c.id IN (SELECT * FROM theirs)
        ORDER BY (c.closed_at IS NOT NULL), c.created_at DESC, c.id DESC LIMIT {limit}
    )
    SELECT {columns} FROM hit c {joins}
    ORDER BY (c.closed_at IS NOT NULL), c.created_at DESC, c.id DESC
"""
_UNMATCHED = SQL("""
    SELECT r.id AS return_id, r.received_at, r.waybill, r.courier, r.sender_name,
        r.sender_phone, r.order_no, r.note, r.photos,
        (SELECT a.name FROM agent a WHERE a.id = r.received_by) AS received_by
    FROM unmatched_return r
    WHERE r.matched_at IS NULL AND (r.received_at, r.id) < (%(at)s, %(last)s)
    ORDER BY r.received_at DESC, r.id DESC LIMIT %(size)s
""")


def claims_by_waybill(session: Session, waybill: str) -> tuple[ClaimRow, ...]:
    """The claims of a scanned number, the return's or the one the goods went out with: open ones
    first, the newest first. Blanks and hyphens do not matter; empty when nobody expects it."""
    number = typed_text(waybill).replace(" ", "")
    values = Values()
    for spelling in dict.fromkeys((number, number.replace("-", ""))):
        bound = values.bind(spelling)
        found = _claims(session, filled(_BY_WAYBILL, number=bound), values) if spelling else ()
        if found:
            return found
    return ()


def claims_for_return(
    session: Session, *, name: str = "", phone: str = "", order_no: str = ""
) -> tuple[ClaimRow, ...]:
    """Open claims that a parcel without a number may belong to, by what stands on it: any of the
    three that is given; the newest first, MOST_CANDIDATES of them."""
    values = Values()
    parts = [
        people_of(understand_customer(text), values)
        for text in (name, digits_of(phone) or "")
        if text.strip()
    ]
    if order_no.strip():
        orders = orders_of(understand_order_no(order_no), values)
        parts.append(filled(_OF_ORDERS, orders=orders))
    if not any(parts):
        return ()
    found = _claims(session, " UNION ".join(filter(None, parts)), values)
    return tuple(row for row in found if row.closed_at is None)


def unmatched_returns(
    session: Session, after: tuple[object, ...] | None = None, size: int = 50
) -> Page[UnmatchedRow]:
    """미확인 반품 that still wait, the newest first; `after` is the last page's `next_key`."""
    at, last = after or ("infinity", 0)
    asked = {"at": at, "last": last, "size": size + 1}
    return page_of(read(session, _UNMATCHED, asked, UnmatchedRow), size, "received_at", "return_id")


def _claims(session: Session, claims: str, values: Values) -> tuple[ClaimRow, ...]:
    statement = filled(
        _FOUND,
        columns=CLAIM_COLUMNS,
        joins=CLAIM_JOINS,
        claims=claims,
        limit=values.bind(MOST_CANDIDATES),
    )
    return tuple(claim_rows(session, statement, values))
