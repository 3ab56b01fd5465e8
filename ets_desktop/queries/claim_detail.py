"""One claim in full: its lines, what goes out for them, its pickups and what logistics was told."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row
from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.claim_requests import Place
from ets_desktop.domain.errors import NotFound
from ets_desktop.queries.claims import ClaimRow, claim_row


@dataclass(frozen=True, slots=True)
class ClaimLineRow:
    """A row of 반품상품; `photos` are references."""

    claim_line_id: int
    order_line_id: int
    product_code: str
    product: str
    option: str
    quantity: int
    amount: int
    step: str
    inspection: str
    inspection_note: str
    photos: tuple[str, ...]
    inspected_at: datetime | None
    inspected_by: str
    decision: str
    decision_reason: str
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """A row of 교환상품 as it was agreed."""

    product_id: int
    product_code: str
    product: str
    option: str
    unit_price: int
    quantity: int

    @property
    def amount(self) -> int:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """What logistics or accounting was told, and whether it has arrived there (전송상태)."""

    instruction_id: int
    kind: str
    paid_in_full: bool
    state: str
    tries: int
    error: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt to fetch the goods."""

    pickup_id: int
    attempt: int
    courier: str
    state: str
    original_waybill: str
    return_waybill: str
    requested_at: datetime
    failure_state: str
    failure_code: str
    failure_text: str
    send_state: str
    name: str
    phone: str
    mobile: str
    zipcode: str
    address: str
    address_detail: str


@dataclass(frozen=True, slots=True)
class ClaimDetail:
    """A claim in full, unmasked; the refund account stays sealed."""

    row: ClaimRow
    note: str
    reason_note: str
    hold_note: str
    ship_to: Place
    fee_deducted: int
    has_refund_account: bool
    lines: tuple[ClaimLineRow, ...]
    goods: tuple[ExchangeRow, ...]
    pickups: tuple[AttemptRow, ...]
    instructions: tuple[InstructionRow, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    note: str
    reason_note: str
    hold_note: str
    fee_deducted: int
    name: str
    phone: str
    mobile: str
    zipcode: str
    address: str
    address_detail: str
    has_refund_account: bool


_WORDS = SQL("""
    SELECT c.note, c.reason_note, c.hold_note, c.fee_deducted, c.ship_name AS name,
        c.ship_phone AS phone, c.ship_mobile AS mobile, c.ship_zipcode AS zipcode,
        c.ship_address AS address, c.ship_address_detail AS address_detail,
        EXISTS (SELECT FROM refund_account r WHERE r.claim_id = c.id) AS has_refund_account
    FROM claim c WHERE c.id = %(id)s
""")
_LINES = SQL("""
    SELECT l.id AS claim_line_id, l.order_line_id, p.code AS product_code, p.name AS product,
        b.option, l.quantity, l.amount, l.step, coalesce(l.inspection, '') AS inspection,
        l.inspection_note, l.photos, l.inspected_at,
        coalesce((SELECT a.name FROM agent a WHERE a.id = l.inspected_by), '') AS inspected_by,
        coalesce(l.decision, '') AS decision, l.decision_reason, l.decided_at,
        coalesce((SELECT a.name FROM agent a WHERE a.id = l.decided_by), '') AS decided_by
    FROM claim_line l JOIN order_line b ON b.id = l.order_line_id
        JOIN product p ON p.id = b.product_id
    WHERE l.claim_id = %(id)s ORDER BY l.id
""")
_GOODS = SQL("""
    SELECT e.product_id, p.code AS product_code, p.name AS product, e.option, e.unit_price,
        e.quantity
    FROM exchange_line e JOIN product p ON p.id = e.product_id
    WHERE e.claim_id = %(id)s ORDER BY e.id
""")
_PICKUPS = SQL("""
    SELECT p.id AS pickup_id, p.attempt, p.courier, p.state, p.original_waybill,
        p.return_waybill, p.requested_at, p.failure_state, p.failure_code, p.failure_text,
        p.send_state, p.name, p.phone, p.mobile, p.zipcode, p.address, p.address_detail
    FROM pickup p WHERE p.claim_id = %(id)s ORDER BY p.id
""")
_INSTRUCTIONS = SQL("""
    SELECT i.id AS instruction_id, i.kind, i.paid_in_full, i.state, i.tries, i.error,
        i.created_at, i.sent_at
    FROM logistics_instruction i WHERE i.claim_id = %(id)s ORDER BY i.id
""")


def claim_detail(session: Session, claim_id: int) -> ClaimDetail:
    """One claim in full; NotFound `no_such_claim`."""
    row = claim_row(session, claim_id)
    if row is None:
        raise NotFound("no_such_claim")
    driver = driver_of(session)
    words = driver.cursor(row_factory=class_row(_Words))
    lines = driver.cursor(row_factory=class_row(ClaimLineRow))
    goods = driver.cursor(row_factory=class_row(ExchangeRow))
    attempts = driver.cursor(row_factory=class_row(AttemptRow))
    told = driver.cursor(row_factory=class_row(InstructionRow))
    asked = {"id": claim_id}
    with driver.pipeline():
        words.execute(_WORDS, asked)
        lines.execute(_LINES, asked)
        goods.execute(_GOODS, asked)
        attempts.execute(_PICKUPS, asked)
        told.execute(_INSTRUCTIONS, asked)
    said = words.fetchall()[0]
    place = Place(
        said.name, said.address, said.address_detail, said.zipcode, said.phone, said.mobile
    )
    return ClaimDetail(
        row=row,
        note=said.note,
        reason_note=said.reason_note,
        hold_note=said.hold_note,
        ship_to=place,
        fee_deducted=said.fee_deducted,
        has_refund_account=said.has_refund_account,
        lines=tuple(lines.fetchall()),
        goods=tuple(goods.fetchall()),
        pickups=tuple(attempts.fetchall()),
        instructions=tuple(told.fetchall()),
    )
