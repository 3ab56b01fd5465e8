"""주문 상세: one order with its people, money, delivery and lines."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ets_desktop.domain import phone
from ets_desktop.domain.masking import mask_address, mask_name, mask_phone
from ets_desktop.queries.orders import OrderDetail, OrderLineRow
from ets_desktop.ui.erp_labels import ORDER_MARKS
from ets_desktop.ui.formats import moment_text, money_text
from ets_desktop.ui.labels import ORDER_STATUSES, word
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import CENTER, RIGHT, Column
from ets_desktop.ui.widgets.dial_button import NUMBER, DialButton
from ets_desktop.ui.widgets.fields import ReadOnlyField
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.window_state import WindowState

LINES = "주문상품"

LINE_COLUMNS: tuple[Column[OrderLineRow], ...] = (
    Column("상품번호", lambda row: row.line_no, 12, least=8),
    Column("상품명", lambda row: row.product, 28, least=12),
    Column("옵션", lambda row: row.option, 14, least=7),
    Column("수량", lambda row: str(row.quantity), 5, RIGHT, least=4),
    Column("판매가", lambda row: money_text(row.unit_price), 10, RIGHT, least=8),
    Column("금액", lambda row: money_text(row.amount), 10, RIGHT, least=8),
    Column("주문상태", lambda row: word(ORDER_STATUSES, row.order_status), 8, CENTER),
    Column("택배사", lambda row: row.carrier, 10, least=7),
    Column("송장번호", lambda row: row.tracking_no, 14),
)

ORDERER_PHONE, RECIPIENT_PHONE = "주문자 연락처", "수취인 연락처"
#: label → (row, column, span) of a grid with two pairs a row. No name is one of the form beside.
_PLACES = {
    "주문자명": (0, 0, 1),
    ORDERER_PHONE: (0, 1, 1),
    "수취인명": (1, 0, 1),
    RECIPIENT_PHONE: (1, 1, 1),
    "배송지": (2, 0, 2),
    "배송메모": (3, 0, 2),
    "결제": (4, 0, 2),
    "결제금액": (5, 0, 2),
}


def line_key(row: OrderLineRow) -> int:
    return row.line_id


class OrderView(QWidget):
    """`masked` shows people as lists do (spec 80): not the order of the customer in hand."""

    line_chosen = Signal(object)
    line_previewed = Signal(object)

    def __init__(
        self, state: WindowState, *, masked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._masked = masked
        self._title = QLabel()
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("role", "title")
        # A phone number, with its ☎ beside it, needs more than a name.
        self._grid = FormGrid(columns=2, shares=(2, 5))
        self._fields = {label: ReadOnlyField(label) for label in _PLACES}
        self.lines: TablePanel[OrderLineRow] = TablePanel(
            LINES, LINE_COLUMNS, line_key, state=state
        )
        self._lay_out()
        self.show_order(None)
        self.lines.row_chosen.connect(self.line_chosen)
        self.lines.row_previewed.connect(self.line_previewed)

    def _lay_out(self) -> None:
        for label, (row, column, span) in _PLACES.items():
            field = self._fields[label]
            dial = DialButton(label, field) if label in (ORDERER_PHONE, RECIPIENT_PHONE) else None
            self._grid.add_field(label, field, row, column, span=span, clear=dial)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(5)
        whole.addWidget(self._title)
        whole.addWidget(self._grid)
        whole.addWidget(self.lines, 1)

    def set_masked(self, masked: bool) -> None:
        """Takes effect with the next order shown."""
        self._masked = masked

    def show_reading(self) -> None:
        """Another order is being read: nothing of the last one stays, and it says so."""
        self.show_order(None)
        self._title.setText(self.tr("조회 중…"))
        self.lines.show_busy()

    def show_failure(self, text: str) -> None:
        """The order could not be read."""
        if not self.lines.model.rowCount():
            self._title.setText(self.tr("주문을 조회하지 못했습니다."))
        self.lines.show_error(text)

    @property
    def title(self) -> str:
        return self._title.text()

    def show_order(self, order: OrderDetail | None, as_of: datetime | None = None) -> None:
        """None empties the view."""
        if order is None:
            self._title.setText(self.tr("선택한 주문이 없습니다."))
            for field in self._fields.values():
                field.show_value("")
            for label in (ORDERER_PHONE, RECIPIENT_PHONE):
                self._fields[label].setProperty(NUMBER, True)
            self.lines.clear()
            return
        number = f"{order.channel_order_no} ({order.order_no})"
        doubts = [word(ORDER_MARKS, mark) for mark in order.marks]
        parts = (order.channel, number, moment_text(order.ordered_at), *doubts)
        self._title.setText(" · ".join(parts))
        for label, value in self._values(order).items():
            self._fields[label].show_value(value)
        self._fields[ORDERER_PHONE].setProperty(NUMBER, order.orderer_phone)
        self._fields[RECIPIENT_PHONE].setProperty(NUMBER, order.recipient_phone)
        self.lines.show_rows(order.lines, as_of)

    def value(self, label: str) -> str:
        return self._fields[label].text()

    def _values(self, order: OrderDetail) -> dict[str, str]:
        address = " ".join(part for part in (order.zipcode, order.address) if part)
        paid = self.tr("완납") if order.paid_in_full else self.tr("미납")
        # What a narrow field cuts off is the time, never that it is not paid.
        payment = (order.payment_method, paid, moment_text(order.paid_at))
        return {
            "주문자명": self._name(order.orderer),
            ORDERER_PHONE: self._numbers(order.orderer_phone, order.orderer_phone2),
            "수취인명": self._name(order.recipient),
            RECIPIENT_PHONE: self._numbers(order.recipient_phone, order.recipient_phone2),
            "배송지": mask_address(order.address) if self._masked else address,
            "배송메모": "" if self._masked else order.memo,
            "결제": " · ".join(part for part in payment if part),
            "결제금액": self._money(order),
        }

    def _name(self, name: str) -> str:
        return mask_name(name) if self._masked else name

    def _numbers(self, *numbers: str) -> str:
        return ", ".join(self._number(number) for number in numbers if number)

    def _number(self, number: str) -> str:
        if self._masked:
            return mask_phone(number)
        return phone.display(number) if number.isdecimal() else number

    def _money(self, order: OrderDetail) -> str:
        amount = order.order_paid if order.order_paid is not None else order.order_total
        told = money_text(amount)
        if order.shipping_fee:
            told += self.tr(" (배송비 {fee})").format(fee=money_text(order.shipping_fee))
        return told.strip()
