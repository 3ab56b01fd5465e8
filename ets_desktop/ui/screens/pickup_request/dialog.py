"""택배회수요청: the dialog; what is typed stays until its claim is made (spec 30)."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.domain.claim_fees import settle
from ets_desktop.domain.claim_requests import ClaimRequest, PickupWish
from ets_desktop.domain.claims import EXCHANGES, WITHOUT_GOODS, ClaimType
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.ui.formats import money_text
from ets_desktop.ui.house import DeskHouse
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.screens.pickup_request.account import AccountFields, is_paid_by_account
from ets_desktop.ui.screens.pickup_request.lines import QUANTITY, ReturnedLines
from ets_desktop.ui.screens.pickup_request.place import PlaceFields
from ets_desktop.ui.screens.pickup_request.reading import OrderInHand
from ets_desktop.ui.screens.pickup_request.terms import LABELS, TermFields
from ets_desktop.ui.widgets.composition import finish_composition
from ets_desktop.ui.widgets.entry_table import EntryTable
from ets_desktop.ui.widgets.fields import FieldError, ReadOnlyField, label_for, set_tone
from ets_desktop.ui.widgets.side_dialog import SideDialog

TITLE, LINES, REFUND = "택배회수요청", "반품 대상 상품", "환불예정"
RETURN, SAME, CANCEL, CLOSE = "반품접수처리", "동일상품교환", "취소접수처리", "닫기"
ELSEWHERE = "교환 배송지 다름"
_WAYS = {
    RETURN: ClaimType.RETURN,
    SAME: ClaimType.EXCHANGE_SAME,
    CANCEL: ClaimType.CANCEL,
}
_DIGITS = (5, 16, 30, 16, 8, 8, 8)


class PickupRequestDialog(SideDialog):
    """Stands beside the work, for the customer is on the phone. `asked` with the ClaimType wished
    for; whoever listens writes, and tells a refusal by `show_refusal`."""

    asked = Signal(object)

    def __init__(self, house: DeskHouse, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("택배회수요청"))
        self._order_id = 0
        self._pays_to_account = False
        self._is_busy = False
        self._as_filled: tuple[object, ...] = ()
        self._heading = QLabel()
        self.place = PlaceFields("회송지")
        self.ship_to = PlaceFields("교환 배송지")
        self.elsewhere = QCheckBox(self.tr("교환 배송지 다름"))
        self.terms = TermFields(house)
        self.account = AccountFields()
        self.lines = ReturnedLines()
        self.table = EntryTable(LINES, self.lines, typed=QUANTITY, wide=2, digits=_DIGITS)
        self._choose = QPushButton(self.tr("선택"))
        self._lines_error = FieldError(LINES)
        self._refund = ReadOnlyField(REFUND)
        self._message = QLabel()
        self.buttons = {label: QPushButton(self.tr(label)) for label in (*_WAYS, CLOSE)}
        self._lay_out()
        self._wire()
        self._show_state()

    def _lay_out(self) -> None:
        for label in (self._heading, self._message):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setProperty("role", "title")
        self._message.setWordWrap(True)
        self._message.setAccessibleName(self.tr("진행 상황"))
        whole = QVBoxLayout(self)
        whole.setSpacing(6)
        whole.addWidget(self._heading)
        halves = QHBoxLayout()
        halves.setSpacing(12)
        left = QVBoxLayout()
        for widget in (self.place, self.elsewhere, self.ship_to):
            left.addWidget(widget)
        left.addStretch()
        right = QVBoxLayout()
        right.addWidget(self.terms)
        right.addStretch()
        halves.addLayout(left, 1)
        halves.addLayout(right, 1)
        whole.addLayout(halves)
        whole.addLayout(self._lines_head())
        whole.addWidget(self.table, 1)
        whole.addWidget(self._lines_error)
        whole.addWidget(self.account)
        whole.addLayout(self._foot())
        self.resize(980, 560)

    def _lines_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self._choose.setToolTip(self.tr("고른 행의 반품 여부를 바꿉니다. (Space)"))
        head.addWidget(self._choose)
        head.addStretch()
        head.addWidget(label_for(REFUND, self._refund))
        self._refund.setMinimumWidth(360)
        head.addWidget(self._refund)
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(self._message, 1)
        self.buttons[RETURN].setProperty("role", "primary")
        for button in (self._choose, *self.buttons.values()):
            # Enter belongs to the fields; no claim is made by a key that was meant for them.
            button.setAutoDefault(False)
        for button in self.buttons.values():
            foot.addWidget(button)
        return foot

    def _wire(self) -> None:
        for label, way in _WAYS.items():
            self.buttons[label].clicked.connect(partial(self._on_way_pressed, way))
        self.buttons[CLOSE].clicked.connect(self.reject)
        self._choose.clicked.connect(self._on_choose_clicked)
        self.table.space_pressed.connect(self.lines.toggle)
        self.lines.changed.connect(self._show_state)
        self.terms.changed.connect(self._show_state)
        self.elsewhere.toggled.connect(self._show_state)

    # What whoever opened it says

    def show_order(self, held: OrderInHand, chosen: int | None) -> None:
        """A new dialog: prefilled from the order, the line `chosen` checked."""
        order = held.order
        self._order_id = order.order_id
        self._pays_to_account = held.can_seal and is_paid_by_account(order.payment_method)
        number = f"{order.channel_order_no} ({order.order_no})"
        self._heading.setText(" · ".join((order.channel, number)))
        self.place.fill(order)
        self.ship_to.fill(order)
        self.show_lines(held, chosen)
        self.table.selectRow(0)
        self.terms.reason.setFocus()
        self._as_filled = self._typed()

    @property
    def is_touched(self) -> bool:
        """Whether something stands in it that its order does not say."""
        return self._typed() != self._as_filled

    def show_lines(self, held: OrderInHand, chosen: int | None = None) -> None:
        """Newer facts of the same order; what was typed stays."""
        self.lines.show_lines(held.lines, chosen)

    def request(self, way: ClaimType) -> ClaimRequest:
        """What is wished, as it stands in the fields. RuleViolation where a field is unreadable."""
        terms = self.terms.terms(way)
        comes_back = way not in WITHOUT_GOODS
        place = self.place.place()
        pickup = PickupWish(
            terms.courier, place, terms.wished_on, address_edited=self.place.is_address_edited
        )
        elsewhere = way in EXCHANGES and self.elsewhere.isChecked()
        return ClaimRequest(
            way,
            self._order_id,
            self.lines.wishes(),
            terms.reason,
            pickup=pickup if comes_back else None,
            ship_to=self.ship_to.place() if elsewhere else None,
            note=terms.note,
            fee_payer=terms.payer,
            fee=terms.fee,
            fee_method=terms.method if terms.fee else None,
            refund_account=None if way in EXCHANGES else self.account.account(),
        )

    def show_busy(self, busy: bool) -> None:
        self._is_busy = busy
        for button in self.buttons.values():
            button.setEnabled(not busy)
        if busy:
            self._clear_errors()
            self._say(self.tr("접수 중…"))

    def show_refusal(self, error: EtsError) -> None:
        """Beside its field; without one below, and everything typed stays."""
        told = error_text(error)
        field = (error.field or "") if isinstance(error, RuleViolation) else ""
        self._say("")
        if error.code == "not_shipped_yet":
            self.buttons[CANCEL].show()
        if not self._show_beside(field, error.code, told):
            self._say(told, "red")

    @property
    def message(self) -> str:
        return self._message.text()

    def reject(self) -> None:
        """Not while it is being written: then nobody would hear what became of it."""
        if not self._is_busy:
            super().reject()

    # Inside

    def _typed(self) -> tuple[object, ...]:
        return (
            self.place.place(),
            self.elsewhere.isChecked(),
            self.ship_to.place(),
            self.terms.typed(),
            self.account.typed(),
            tuple(self.lines.wishes()),
        )

    def _show_beside(self, field: str, code: str, told: str) -> bool:
        where, _, name = field.partition("_")
        if field == "lines":
            self._lines_error.show_error(told)
            self.table.setFocus()
            return True
        if field == "refund_account":
            return self.account.show_error(code, told)
        if field == "address" or (where == "pickup" and name):
            return self.place.show_error(name or field, told)
        if where == "ship":
            self.elsewhere.setChecked(True)
            return self.ship_to.show_error(name, told)
        return field in LABELS and self.terms.grid.show_error(LABELS[field], told)

    def _clear_errors(self) -> None:
        for fields in (self.place, self.ship_to, self.terms, self.account):
            fields.grid.clear_errors()
        self._lines_error.clear_error()
        self._say("")

    def _say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        set_tone(self._message, tone)

    def _on_way_pressed(self, way: ClaimType, _checked: bool = False) -> None:
        if not self._is_busy:
            finish_composition()
            self._clear_errors()
            self.asked.emit(way)

    @Slot()
    def _on_choose_clicked(self) -> None:
        self.lines.toggle(self.table.currentIndex().row())

    @Slot()
    def _show_state(self) -> None:
        """What a return comes to, and which fields that needs."""
        self.ship_to.setVisible(self.elsewhere.isChecked())
        self.buttons[CANCEL].setVisible(self.lines.has_unshipped)
        try:
            terms = self.terms.terms(ClaimType.RETURN)
        except RuleViolation:
            self._refund.show_value("")
            return
        settled = settle(
            ClaimType.RETURN, self.lines.goods_amount, 0, terms.fee, terms.payer, terms.method
        )
        told = self.tr("{refund}원").format(refund=money_text(settled.refund))
        if settled.deducted:
            told += self.tr(" (배송비 {fee} 뺌)").format(fee=money_text(settled.deducted))
        if settled.due:
            told += self.tr(" · 받을 금액 {due}").format(due=money_text(settled.due))
        self._refund.show_value(told)
        self.account.setVisible(self._pays_to_account and settled.refund > 0)
