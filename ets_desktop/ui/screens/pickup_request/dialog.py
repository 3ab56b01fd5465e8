"""택배회수요청: the dialog; what is typed stays until its claim is made (spec 30)."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.claim_fees import Settlement, settle
from ets_desktop.domain.claim_requests import ClaimRequest, PickupWish
from ets_desktop.domain.claims import EXCHANGES, WITHOUT_GOODS, ClaimType
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.pickups import REFINING_COURIER
from ets_desktop.ui.claim_labels import CLAIM_TITLES
from ets_desktop.ui.house import DeskHouse
from ets_desktop.ui.labels import error_text, word
from ets_desktop.ui.screens.pickup_request.account import AccountFields, is_paid_by_account
from ets_desktop.ui.screens.pickup_request.goods_panel import GoodsPanel
from ets_desktop.ui.screens.pickup_request.lines_panel import LinesPanel
from ets_desktop.ui.screens.pickup_request.place import Places
from ets_desktop.ui.screens.pickup_request.reading import OrderInHand
from ets_desktop.ui.screens.pickup_request.terms import LABELS, TermFields
from ets_desktop.ui.widgets.composition import finish_composition
from ets_desktop.ui.widgets.fields import set_chosen, set_tone
from ets_desktop.ui.widgets.side_dialog import SideDialog

RETURN, SAME, OTHER = "반품접수처리", "동일상품교환", "다른상품교환"
CANCEL, RARE, CLOSE = "취소접수처리", "그 밖의 접수", "닫기"
_BUTTONS = (RETURN, SAME, OTHER, CANCEL, RARE, CLOSE)
_WAYS = {RETURN: ClaimType.RETURN, SAME: ClaimType.EXCHANGE_SAME, CANCEL: ClaimType.CANCEL}
#: The seldom ones, in a menu.
_RARE_WAYS = (
    ClaimType.SWAP,
    ClaimType.COLLECT_ONLY,
    ClaimType.LOST_IN_TRANSIT,
    ClaimType.NOT_DELIVERED,
)
_NOT_PAID_BACK = EXCHANGES | {ClaimType.COLLECT_ONLY}
_WIDTH, _HEIGHT, _GOODS_HEIGHT = 1040, 480, 200


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
        self.places = Places()
        self.terms = TermFields(house)
        self._panel = LinesPanel()
        self.lines = self._panel.lines
        self.account = AccountFields()
        self.goods = GoodsPanel()
        self._message = QLabel()
        self._buttons = {label: QPushButton(self.tr(label)) for label in _BUTTONS}
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        for label in (self._heading, self._message):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setProperty("role", "title")
        self._message.setWordWrap(True)
        self._message.setAccessibleName(self.tr("진행 상황"))
        self.goods.hide()
        self.account.hide()
        halves = QHBoxLayout()
        halves.setSpacing(12)
        halves.addWidget(self.places, 1, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        for widget in (self.terms, self.places.elsewhere, self.places.out):
            right.addWidget(widget)
        right.addStretch()
        halves.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setSpacing(6)
        whole.addWidget(self._heading)
        whole.addLayout(halves)
        whole.addWidget(self._panel, 1)
        whole.addWidget(self.account)
        whole.addWidget(self.goods, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._message, 1)
        self._buttons[RETURN].setProperty("role", "primary")
        for button in self._buttons.values():
            # Enter belongs to the fields; no claim is made by a key that was meant for them.
            button.setAutoDefault(False)
            foot.addWidget(button)
        whole.addLayout(foot)
        self.resize(_WIDTH, _HEIGHT)

    def _wire(self) -> None:
        for label, way in _WAYS.items():
            self._buttons[label].clicked.connect(partial(self._on_way_pressed, way))
        other = partial(self._on_way_pressed, ClaimType.EXCHANGE_OTHER)
        self.goods.exchange_pressed.connect(other)
        self.terms.courier.currentIndexChanged.connect(self._offer_refining)
        self._buttons[RARE].setMenu(self._rare_menu())
        self._buttons[OTHER].clicked.connect(self._on_other_clicked)
        self._buttons[CLOSE].clicked.connect(self.reject)
        self.places.elsewhere.toggled.connect(self._on_elsewhere_toggled)
        for part in (self.lines, self.terms, self.goods.goods):
            part.changed.connect(self._show_state)

    def _rare_menu(self) -> QMenu:
        menu = QMenu(self)
        for way in _RARE_WAYS:
            action = menu.addAction(word(CLAIM_TITLES, way))
            action.triggered.connect(partial(self._on_way_pressed, way))
        return menu

    # What whoever opened it says

    def show_order(self, held: OrderInHand, chosen: int | None) -> None:
        """A new dialog: prefilled from the order, the line `chosen` checked."""
        order = held.order
        self._order_id = order.order_id
        self._pays_to_account = held.can_seal and is_paid_by_account(order.payment_method)
        self._heading.setText(f"{order.channel} · {order.channel_order_no} ({order.order_no})")
        self.places.fill(order)
        self._offer_refining()
        self.show_lines(held, chosen)
        self._panel.table.selectRow(self.lines.first_chosen)
        self.terms.reason.setFocus()
        self._as_filled = self._typed()

    def show_lines(self, held: OrderInHand, chosen: int | None = None) -> None:
        """Newer facts of the same order; what was typed stays."""
        self.lines.show_lines(held.lines, chosen)

    @property
    def is_touched(self) -> bool:
        """Whether something stands in it that its order does not say."""
        return self._typed() != self._as_filled

    def request(self, way: ClaimType) -> ClaimRequest:
        """What is wished, as it stands in the fields. RuleViolation where a field is unreadable."""
        terms = self.terms.terms(way)
        place = self.places.back
        with_goods = way is ClaimType.EXCHANGE_OTHER or (
            way is ClaimType.SWAP and not self.goods.isHidden()
        )
        pickup = PickupWish(
            terms.courier,
            place.place(),
            terms.wished_on,
            address_edited=place.is_address_edited,
            refined=self.places.refined.facts() if self._refines else None,
        )
        return ClaimRequest(
            way,
            self._order_id,
            self.lines.wishes(),
            terms.reason,
            pickup=None if way in WITHOUT_GOODS else pickup,
            goods=self.goods.goods.wishes() if with_goods else (),
            ship_to=self.places.ship_to() if way in EXCHANGES else None,
            note=terms.note,
            fee_payer=terms.payer,
            fee=terms.fee,
            fee_method=terms.method if terms.fee else None,
            refund_account=None if way in _NOT_PAID_BACK else self.account.account(),
        )

    def show_busy(self, busy: bool) -> None:
        self._is_busy = busy
        for button in (*self._buttons.values(), self.goods.exchange):
            button.setEnabled(not busy)
        if busy:
            self._say(self.tr("접수 중…"))

    def show_refusal(self, error: EtsError) -> None:
        """Beside its field; without one below, and everything typed stays."""
        told = error_text(error)
        field = (error.field or "") if isinstance(error, RuleViolation) else ""
        self._say("")
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
        parts = (self.places, self.terms, self.account, self.goods.goods)
        return (*(part.typed() for part in parts), self.lines.wishes())

    @property
    def _refines(self) -> bool:
        return self.terms.courier.code() == REFINING_COURIER

    @Slot()
    def _offer_refining(self) -> None:
        self.places.offer_refining(self._refines)

    def _show_beside(self, field: str, code: str, told: str) -> bool:
        if field in ("lines", "goods"):
            panel = self.goods if field == "goods" else self._panel
            panel.show_error(told)
            return True
        if field == "refund_account":
            return self.account.show_error(code, told)
        if field in LABELS:
            return self.terms.grid.show_error(LABELS[field], told)
        return self.places.show_error(field, told)

    def _clear_errors(self) -> None:
        self.places.clear_errors()
        self.terms.grid.clear_errors()
        self.account.grid.clear_errors()
        self._panel.clear_error()
        self.goods.clear_error()
        self._say("")

    def _say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        set_tone(self._message, tone)

    def _on_way_pressed(self, way: ClaimType, _checked: bool = False) -> None:
        if not self._is_busy:
            finish_composition()
            self._panel.table.finish_editing()
            self.goods.table.finish_editing()
            self._clear_errors()
            self.terms.propose_reason(way)
            self.asked.emit(way)

    @Slot()
    def _on_other_clicked(self) -> None:
        """교환 상품 선택 opens and closes; what was chosen there stays."""
        opens = self.goods.isHidden()
        self.goods.setVisible(opens)
        set_chosen(self._buttons[OTHER], opens)
        self._stand(self.height() + (_GOODS_HEIGHT if opens else -_GOODS_HEIGHT))
        self.terms.set_way(ClaimType.EXCHANGE_OTHER if opens else ClaimType.RETURN)
        if opens:
            self.goods.begin()

    @Slot(bool)
    def _on_elsewhere_toggled(self, opens: bool) -> None:
        """The lines keep their room."""
        more = self.places.out.sizeHint().height()
        self._stand(self.height() + (more if opens else -more))

    def _stand(self, height: int) -> None:
        """So high, yet no further down than the window beside which it stands."""
        window = self.parentWidget()
        if window is None:
            return
        area = window.frameGeometry()
        title = self.frameGeometry().height() - self.height()
        self.resize(self.width(), max(_HEIGHT, min(height, area.height() - title)))
        # Its title bar may be none of ours: what counts is where its contents end.
        over = self.geometry().bottom() - area.bottom()
        if over > 0:
            self.move(self.x(), max(area.top(), self.y() - over))

    @Slot()
    def _show_state(self) -> None:
        """What it comes to, and which fields and buttons that needs."""
        way = ClaimType.RETURN if self.goods.isHidden() else ClaimType.EXCHANGE_OTHER
        settled = self._settlement(way)
        self._panel.show_settlement(settled)
        if settled is not None:
            self.goods.show_difference(settled.difference)
        refunds = way is ClaimType.RETURN and settled is not None and settled.refund > 0
        self.account.setVisible(self._pays_to_account and refunds)
        # What has not left the house is not fetched from anybody.
        self._buttons[CANCEL].setVisible(self.lines.has_unshipped)

    def _settlement(self, way: ClaimType) -> Settlement | None:
        """None while the fee cannot be read."""
        try:
            terms = self.terms.terms(way)
        except RuleViolation:
            return None
        amounts = self.lines.goods_amount, self.goods.goods.amount
        return settle(way, *amounts, terms.fee, terms.payer, terms.method)
