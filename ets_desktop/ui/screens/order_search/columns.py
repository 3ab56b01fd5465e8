"""The columns of 주문목록 (spec 15); names and numbers are masked (spec 80)."""

from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.queries.orders import OrderRow
from ets_desktop.ui.formats import moment_text, money_text
from ets_desktop.ui.labels import ORDER_STATUSES, word
from ets_desktop.ui.tables import CENTER, RIGHT, Column, Dialled


def _dialled(row: OrderRow) -> Dialled:
    return Dialled(row.phone)


COLUMNS: tuple[Column[OrderRow], ...] = (
    Column("주문일시", lambda row: moment_text(row.ordered_at), 19),
    Column("판매처", lambda row: row.channel, 12, least=6),
    Column("주문번호", lambda row: row.channel_order_no, 20, tip=lambda row: row.order_no),
    Column("주문자", lambda row: mask_name(row.orderer), 8, least=5),
    Column("수취인", lambda row: mask_name(row.recipient), 8, least=5),
    Column("연락처", lambda row: mask_phone(row.phone), 14, least=12, dials=_dialled),
    Column("상품", lambda row: product_of(row), 28, least=9),
    Column("수량", lambda row: str(row.quantity), 5, RIGHT, least=3),
    Column("금액", lambda row: money_text(row.amount), 10, RIGHT, least=7),
    Column("주문상태", lambda row: word(ORDER_STATUSES, row.order_status), 8, CENTER),
    Column("택배사", lambda row: row.carrier, 10, least=6),
    Column("송장번호", lambda row: row.tracking_no, 14),
    Column("접수", lambda row: str(row.open_tickets or ""), 5, RIGHT, least=4),
)


def product_of(row: OrderRow) -> str:
    return f"{row.product} ({row.option})" if row.option else row.product


def line_key(row: OrderRow) -> int:
    return row.line_id
