"""The columns of 반품회송처리 (spec 15); people are masked (spec 80)."""

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.queries.claim_detail import ClaimLineRow
from ets_desktop.queries.claims import ClaimRow
from ets_desktop.queries.returns import UnmatchedRow
from ets_desktop.ui.claim_labels import (
    CLAIM_STEPS,
    CLAIM_TYPES,
    COURIERS,
    DECISIONS,
    INSPECTIONS,
)
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import word
from ets_desktop.ui.language import translated
from ets_desktop.ui.tables import CENTER, RIGHT, Column, Dialled


def line_columns() -> tuple[Column[ClaimLineRow], ...]:
    """반품상품."""
    return (
        Column("상품번호", lambda row: row.product_code, 14),
        Column("상품명", _goods, 34),
        Column("수량", lambda row: str(row.quantity), 5, RIGHT),
        Column("검수결과", lambda row: word(INSPECTIONS, row.inspection), 10, CENTER, tip=_seen_by),
        Column("비고", lambda row: row.inspection_note, 24),
        Column("사진", lambda row: photo_count(row.photos), 6, RIGHT),
        Column("처분", lambda row: word(DECISIONS, row.decision), 10, CENTER, tip=_decided_by),
    )


def line_key(row: ClaimLineRow) -> int:
    return row.claim_line_id


def claim_columns() -> tuple[Column[ClaimRow], ...]:
    """Whose a parcel may be: the claims of a waybill, or of what stands on it."""
    return (
        Column("클레임번호", lambda row: row.claim_no, 12),
        Column("접수일시", lambda row: moment_text(row.created_at), 19),
        Column("유형", lambda row: word(CLAIM_TYPES, row.claim_type), 12),
        Column("단계", lambda row: word(CLAIM_STEPS, row.step), 8, CENTER),
        Column("주문번호", lambda row: row.channel_order_no, 19, tip=lambda row: row.channel),
        Column("고객", lambda row: mask_name(row.customer), 8),
        Column("연락처", lambda row: mask_phone(row.phone), 14, dials=_dialled),
        Column("상품", _claimed, 28),
        Column("수량", lambda row: str(row.quantity), 5, RIGHT),
    )


def claim_key(row: ClaimRow) -> int:
    return row.claim_id


def unmatched_columns() -> tuple[Column[UnmatchedRow], ...]:
    """미확인 반품."""
    return (
        Column("입고일시", lambda row: moment_text(row.received_at), 19),
        Column("송장번호", lambda row: row.waybill, 14),
        Column("택배사", lambda row: word(COURIERS, row.courier), 11),
        Column("보낸 사람", lambda row: mask_name(row.sender_name), 9),
        Column("전화번호", lambda row: mask_phone(row.sender_phone), 14, dials=_sender),
        Column("주문번호", lambda row: row.order_no, 19),
        Column("비고", lambda row: row.note, 24),
        Column("사진", lambda row: photo_count(row.photos), 6, RIGHT),
        Column("등록자", lambda row: row.received_by, 8),
    )


def unmatched_key(row: UnmatchedRow) -> int:
    return row.return_id


def photo_count(photos: tuple[str, ...]) -> str:
    return translated("{count}장").format(count=len(photos)) if photos else ""


def _dialled(row: ClaimRow) -> Dialled:
    return Dialled(row.phone, DialledFrom(ticket_id=row.ticket_id))


def _sender(row: UnmatchedRow) -> Dialled:
    return Dialled(row.sender_phone)


def _goods(row: ClaimLineRow) -> str:
    return f"{row.product} ({row.option})" if row.option else row.product


def _claimed(row: ClaimRow) -> str:
    if row.lines <= 1:
        return row.goods
    return translated("{goods} 외 {more}건").format(goods=row.goods, more=row.lines - 1)


def _seen_by(row: ClaimLineRow) -> str:
    return f"{row.inspected_by} {moment_text(row.inspected_at)}" if row.inspected_at else ""


def _decided_by(row: ClaimLineRow) -> str:
    if row.decided_at is None:
        return ""
    told = f"{row.decided_by} {moment_text(row.decided_at)}"
    return f"{told} · {row.decision_reason}" if row.decision_reason else told
