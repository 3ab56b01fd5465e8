"""The columns of 택배회수이력 (spec 15); names are masked (spec 80)."""

from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.masking import mask_name
from ets_desktop.domain.pickups import PickupState
from ets_desktop.queries.pickups import PickupRow
from ets_desktop.ui.claim_labels import COURIERS, FAILED_AT, PICKUP_FAILURES, PICKUP_STATES
from ets_desktop.ui.formats import day_text, moment_text
from ets_desktop.ui.labels import word
from ets_desktop.ui.language import translated
from ets_desktop.ui.sending import sending_words
from ets_desktop.ui.tables import CENTER, Column, Dialled


def pickup_columns() -> tuple[Column[PickupRow], ...]:
    return (
        Column("요청일시", lambda row: moment_text(row.requested_at), 19),
        Column("택배사", lambda row: word(COURIERS, row.courier), 12, tip=_wished),
        Column("원송장번호", lambda row: row.original_waybill, 14, least=12),
        Column("회수송장번호", lambda row: row.return_waybill, 14, least=12, tip=_booking),
        Column("주문번호", lambda row: row.channel_order_no, 19, tip=lambda row: row.channel),
        Column("고객", lambda row: mask_name(row.customer), 8, least=6, dials=_dialled),
        Column("상품", goods_of, 28, least=12),
        Column("상태", lambda row: word(PICKUP_STATES, row.state), 9, CENTER, tip=_attempt),
        Column("실패사유", failure_of, 22, tip=_courier_words),
        Column("전송상태", sending_of, 20, red=lambda row: row.send_state == "failed"),
    )


def pickup_key(row: PickupRow) -> int:
    return row.pickup_id


def goods_of(row: PickupRow) -> str:
    """The first line, and how many more there are."""
    if row.lines <= 1:
        return row.goods
    return translated("{goods} 외 {more}건").format(goods=row.goods, more=row.lines - 1)


def failure_of(row: PickupRow) -> str:
    """Our word for the courier's reason; the courier's own where we have none."""
    return word(PICKUP_FAILURES, row.failure) if row.failure else row.failure_text


def sending_of(row: PickupRow) -> str:
    """Goods that came before their courier was asked: nobody is any more."""
    if row.send_state == "waiting" and row.state == PickupState.ARRIVED:
        return ""
    return sending_words(row.send_state, row.send_error)


def _courier_words(row: PickupRow) -> str:
    """What the courier itself said: 미집화 09 · 구역불일치."""
    where = word(FAILED_AT, row.failure_state)
    parts = (f"{where} {row.failure_code}".strip(), row.failure_text)
    return " · ".join(part for part in parts if part)


def _attempt(row: PickupRow) -> str:
    told = translated("{count}번째 요청").format(count=row.attempt) if row.attempt > 1 else ""
    again = translated("다시 요청함") if row.was_retried else ""
    accepted = moment_text(row.accepted_at)
    since = translated("택배접수 {moment}").format(moment=accepted) if accepted else ""
    return " · ".join(part for part in (told, since, again) if part)


def _wished(row: PickupRow) -> str:
    day = day_text(row.wished_on)
    return translated("수거희망일 {day}").format(day=day) if day else ""


def _booking(row: PickupRow) -> str:
    number = row.booking_no
    return translated("예약번호 {number}").format(number=number) if number else ""


def _dialled(row: PickupRow) -> Dialled:
    return Dialled(row.phone, DialledFrom(ticket_id=row.ticket_id))
