"""환불계좌: asked for only where a refund goes to an account, and the house can seal it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ets_desktop.domain.refund_accounts import TEXT_LIMIT, RefundAccount
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_grid import FormGrid

BANK, NUMBER, HOLDER = "환불은행", "환불계좌", "예금주"
_NUMBER_LIMIT = 30
#: How channels write payments that cannot be taken back: into an account, and out of one.
_BY_ACCOUNT = ("무통장", "가상계좌", "계좌이체", "현금")


def is_paid_by_account(payment_method: str) -> bool:
    """Whether such a payment is refunded into an account, not taken back where it was made."""
    return any(word in payment_method for word in _BY_ACCOUNT)


class AccountFields(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._bank = TextField(BANK, maximum=TEXT_LIMIT)
        self._number = TextField(NUMBER, maximum=_NUMBER_LIMIT)
        self._holder = TextField(HOLDER, maximum=TEXT_LIMIT)
        self.grid = FormGrid(columns=3)
        for column, (label, field) in enumerate(
            ((BANK, self._bank), (NUMBER, self._number), (HOLDER, self._holder))
        ):
            self.grid.add_field(label, field, 0, column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.grid)

    def account(self) -> RefundAccount | None:
        """None while nothing is typed, or the fields are not asked for."""
        typed = self.typed()
        return RefundAccount(*typed) if any(typed) and not self.isHidden() else None

    def typed(self) -> tuple[str, str, str]:
        return self._bank.text().strip(), self._number.text().strip(), self._holder.text().strip()

    def show_error(self, code: str, text: str) -> bool:
        return self.grid.show_error(NUMBER if code == "no_account_number" else BANK, text)
