"""반품 대상 상품 with 선택 above it, what it comes to beside it, and why it is refused below."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.claim_fees import Settlement
from ets_desktop.ui.formats import money_text
from ets_desktop.ui.screens.pickup_request.lines import QUANTITY, ReturnedLines
from ets_desktop.ui.widgets.entry_table import EntryTable
from ets_desktop.ui.widgets.fields import FieldError, ReadOnlyField, label_for

TABLE, REFUND = "반품 대상 상품", "환불예정"
_DIGITS = (5, 16, 30, 16, 8, 8, 8)
_PRODUCT = 2
_REFUND_WIDTH = 360


class LinesPanel(QWidget):
    """선택 and Space check the current row, a typed number is its 수량."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = ReturnedLines()
        self.table = EntryTable(TABLE, self.lines, typed=QUANTITY, wide=_PRODUCT, digits=_DIGITS)
        self._choose = QPushButton(self.tr("선택"))
        self._choose.setAutoDefault(False)
        self._choose.setToolTip(self.tr("현재 행을 고르거나 뺍니다. (Space)"))
        self._error = FieldError(TABLE)
        self._refund = ReadOnlyField(REFUND)
        self._refund.setMinimumWidth(_REFUND_WIDTH)
        head = QHBoxLayout()
        head.addWidget(self._choose)
        head.addStretch()
        head.addWidget(label_for(REFUND, self._refund))
        head.addWidget(self._refund)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._error)
        self._choose.clicked.connect(self._on_choose_clicked)
        self.table.space_pressed.connect(self.lines.toggle)

    def show_settlement(self, settled: Settlement | None) -> None:
        """환불예정; None while a field that it needs cannot be read."""
        if settled is None:
            self._refund.show_value("")
            return
        told = self.tr("{refund}원").format(refund=money_text(settled.refund))
        if settled.deducted:
            told += self.tr(" (배송비 {fee} 뺌)").format(fee=money_text(settled.deducted))
        if settled.due:
            told += self.tr(" · 받을 금액 {due}").format(due=money_text(settled.due))
        self._refund.show_value(told)

    def show_error(self, text: str) -> None:
        self._error.show_error(text)
        self.table.setFocus()

    def clear_error(self) -> None:
        self._error.clear_error()

    @Slot()
    def _on_choose_clicked(self) -> None:
        self.lines.toggle(self.table.currentIndex().row())
