"""The columns of 반품처리 and 교환처리: ours, the channel's own, and the clocks of the law."""

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.queries.claims import ClaimRow
from ets_desktop.ui.claim_labels import (
    CLAIM_REASONS,
    CLAIM_STEPS,
    CLAIM_TYPES,
    COURIERS,
    FEE_METHODS,
    FEE_PAYERS,
    HOLD_REASONS,
    PAID_IN_FULL,
    PICKUP_STATES,
)
from ets_desktop.ui.formats import day_text, elapsed_text, moment_text, money_text
from ets_desktop.ui.labels import ORDER_STATUSES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.claims.clocks import Calendar, RowClocks
from ets_desktop.ui.sending import sending_words
from ets_desktop.ui.tables import CENTER, RIGHT, Column, Dialled
from ets_desktop.ui.ticket_columns import Now


def claim_columns(now: Now, calendar: Calendar) -> tuple[Column[ClaimRow], ...]:
    """`now` keeps 경과 and the clocks current; these are red once they are over."""
    return (
        Column("접수번호", lambda row: row.ticket_no, 13, least=11),
        Column("유형", lambda row: word(CLAIM_TYPES, row.claim_type), 12, tip=_number),
        Column("단계", lambda row: word(CLAIM_STEPS, row.step), 8, CENTER, tip=_order_status),
        Column("경과", lambda row: _age(row, now), 10, RIGHT, least=9),
        Column("보류", _hold, 14, least=12),
        Column("판매처 상태", channel_words, 22, least=12, tip=lambda row: row.channel),
        Column(
            "주문번호", lambda row: row.channel_order_no, 19, tip=lambda row: row.channel, least=17
        ),
        Column("고객", lambda row: mask_name(row.customer), 8, least=6),
        Column("연락처", lambda row: mask_phone(row.phone), 14, least=12, dials=_dialled),
        *_clock_columns(now, calendar),
        Column("상품", _goods, 24, least=10),
        Column("수량", lambda row: str(row.quantity), 5, RIGHT, least=4),
        Column("금액", lambda row: money_text(row.amount), 10, RIGHT, least=8),
        Column("사유", lambda row: word(CLAIM_REASONS, row.reason), 14, least=8),
        Column("배송비", _fee, 9, RIGHT, least=6, tip=_fee_words),
        Column("회수", lambda row: word(PICKUP_STATES, row.pickup_state), 9, CENTER, tip=_parcel),
        Column("물류지시", _told, 12, red=lambda row: row.send_state == "failed", least=8),
        Column("완납여부", _paid, 8, CENTER),
        Column("담당자", lambda row: row.assignee, 8, least=6),
        Column("접수일시", lambda row: moment_text(row.created_at), 19),
    )


def _clock_columns(now: Now, calendar: Calendar) -> tuple[Column[ClaimRow], ...]:
    """The last days of 제17조 and 제18조: red when it was asked for, or paid back, too late."""
    clocks = RowClocks(now, calendar).of
    return (
        Column(
            "신청기한",
            lambda row: day_text(clocks(row).claim_until),
            11,
            red=lambda row: clocks(row).asked_in_time is False,
            tip=_claim_clock,
            least=10,
        ),
        Column(
            "환불기한",
            lambda row: day_text(clocks(row).refund_until),
            11,
            red=lambda row: clocks(row).refund_late,
            tip=_refund_clock,
            least=10,
        ),
    )


def claim_key(row: ClaimRow) -> int:
    return row.claim_id


def channel_words(row: ClaimRow) -> str:
    """The channel's own code and words, as it sent them."""
    return " ".join(part for part in (row.channel_status, row.channel_status_detail) if part)


def _hold(row: ClaimRow) -> str:
    return (word(HOLD_REASONS, row.hold_reason) or translated("보류")) if row.held else ""


def _goods(row: ClaimRow) -> str:
    if row.lines <= 1:
        return row.goods
    return translated("{goods} 외 {more}건").format(goods=row.goods, more=row.lines - 1)


def _fee(row: ClaimRow) -> str:
    return money_text(row.fee) if row.fee else ""


def _fee_words(row: ClaimRow) -> str:
    parts = (word(FEE_PAYERS, row.fee_payer), word(FEE_METHODS, row.fee_method))
    return " · ".join(part for part in parts if part) if row.fee else ""


def _paid(row: ClaimRow) -> str:
    return word(PAID_IN_FULL, "true" if row.paid_in_full else "false")


def _told(row: ClaimRow) -> str:
    """How far what logistics and accounting are told has come: the worst of it, and why."""
    return sending_words(row.send_state, row.send_error)


def _number(row: ClaimRow) -> str:
    return translated("클레임 {number}").format(number=row.claim_no)


def _order_status(row: ClaimRow) -> str:
    """The other axis: how far the order is fulfilled."""
    return translated("주문상태: {state}").format(state=word(ORDER_STATUSES, row.order_status))


def _parcel(row: ClaimRow) -> str:
    return " ".join(part for part in (word(COURIERS, row.courier), row.return_waybill) if part)


def _claim_clock(row: ClaimRow) -> str:
    delivered = moment_text(row.delivered_at)
    return translated("배송완료 {moment}").format(moment=delivered) if delivered else ""


def _refund_clock(row: ClaimRow) -> str:
    arrived = moment_text(row.arrived_at)
    return translated("입고 {moment}").format(moment=arrived) if arrived else ""


def _dialled(row: ClaimRow) -> Dialled:
    return Dialled(row.phone, DialledFrom(ticket_id=row.ticket_id))


def _age(row: ClaimRow, now: Now) -> str:
    """How long it is or was open."""
    return elapsed_text((row.closed_at or now()) - row.created_at)
