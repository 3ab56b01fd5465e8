"""Who fetches the goods and when, why they come back, what that costs whom."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ets_desktop.domain.claim_fees import FeeMethod, default_fee, payer_of
from ets_desktop.domain.claim_requests import NOTE_LIMIT
from ets_desktop.domain.claims import EXCHANGES, WITHOUT_GOODS, ClaimType, Fault
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.ui.claim_labels import CLAIM_REASONS, COURIERS, FEE_METHODS, FEE_PAYERS
from ets_desktop.ui.formats import money_text
from ets_desktop.ui.house import DeskHouse
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import FieldNote, TextField
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.widgets.period import DateField

COURIER, WISHED, REASON, PAYER = "택배사", "수거희망일", "사유", "비용부담"
FEE, METHOD, NOTE = "배송비", "결제방법", "비고"
_FEE_LIMIT = 13
_REASONS = {ClaimType.LOST_IN_TRANSIT: "lost", ClaimType.NOT_DELIVERED: "not_delivered"}
#: field of a refusal → label
LABELS = {
    "courier": COURIER,
    "pickup": COURIER,
    "wished_on": WISHED,
    "reason": REASON,
    "fee": FEE,
    "fee_method": METHOD,
    "note": NOTE,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands in the fields, for one type of claim."""

    courier: str
    wished_on: date | None
    reason: str
    payer: Fault
    fee: int
    method: FeeMethod | None
    note: str


class TermFields(QWidget):
    """비용부담 follows 사유 and 배송비 both, until somebody says otherwise."""

    changed = Signal()

    def __init__(self, house: DeskHouse) -> None:
        super().__init__()
        self._house = house
        self._proposed = ""
        self._is_payer_chosen = False
        self._way = ClaimType.RETURN
        self.courier = CodeChoice(COURIER, COURIERS)
        self.wished_on = DateField(WISHED)
        self.reason = CodeChoice(REASON, CLAIM_REASONS, blank=True)
        self.payer = CodeChoice(PAYER, FEE_PAYERS)
        self.fee = TextField(FEE, maximum=_FEE_LIMIT)
        self.fee_note = FieldNote(FEE)
        self.method = CodeChoice(METHOD, FEE_METHODS)
        self.note = TextField(NOTE, maximum=NOTE_LIMIT)
        self.grid = FormGrid(columns=2)
        self._lay_out()
        self._propose()
        self._wire()

    def _lay_out(self) -> None:
        self.note.setPlaceholderText(self.tr("상담과 물류가 함께 봅니다."))
        places: tuple[tuple[str, QWidget, int, int, int], ...] = (
            (COURIER, self.courier, 0, 0, 1),
            (WISHED, self.wished_on, 0, 1, 1),
            (REASON, self.reason, 1, 0, 1),
            (PAYER, self.payer, 1, 1, 1),
            (FEE, self.fee, 2, 0, 1),
            (METHOD, self.method, 2, 1, 1),
            (NOTE, self.note, 3, 0, 2),
        )
        for label, field, row, column, span in places:
            self.grid.add_field(label, field, row, column, span=span)
        self.grid.add_beneath(FEE, self.fee_note)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.grid)

    def _wire(self) -> None:
        self.reason.currentIndexChanged.connect(self._on_reason_changed)
        self.payer.code_chosen.connect(self._on_payer_chosen)
        self.payer.currentIndexChanged.connect(self._propose)
        self.fee.textChanged.connect(self._propose)
        self.method.currentIndexChanged.connect(self.changed)
        self._house.changed.connect(self._propose)

    def terms(self, way: ClaimType) -> Terms:
        """As they hold for a claim of that type; RuleViolation `no_amount` for a fee that is
        none. A fee that nobody typed is the house's for that type, as the note beside it says."""
        method = self.method.code()
        return Terms(
            self.courier.code(),
            self.wished_on.day(),
            self.reason.code(),
            Fault(self.payer.code()),
            self._fee(way),
            FeeMethod(method) if method else None,
            self.note.text().strip(),
        )

    def typed(self) -> tuple[object, ...]:
        """As it stands there, readable or not."""
        choices = (self.courier, self.reason, self.payer, self.method)
        texts = (self.fee, self.note)
        codes = (each.code() for each in choices)
        return (*codes, *(each.text() for each in texts), self.wished_on.day())

    def set_way(self, way: ClaimType) -> None:
        """For which type of claim 배송비 is proposed."""
        self._way = way
        self._propose()

    def propose_reason(self, way: ClaimType) -> None:
        """What the type says by itself, where no reason was chosen."""
        if not self.reason.code() and way in _REASONS:
            self.reason.set_code(_REASONS[way])

    def _fee(self, way: ClaimType) -> int:
        if way in WITHOUT_GOODS:
            return 0
        if self.fee.text() == self._proposed:
            return self._usual(way)
        typed = self.fee.text().replace(",", "").strip()
        if not (typed.isascii() and typed.isdecimal()):
            raise RuleViolation("no_amount", field="fee")
        return int(typed)

    def _usual(self, way: ClaimType) -> int:
        rates = self._house.house.settings.claim_fees
        return default_fee(way, Fault(self.payer.code()), rates)

    @Slot()
    def _on_reason_changed(self) -> None:
        if not self._is_payer_chosen:
            self.payer.set_code(payer_of(self.reason.code()))
        self.changed.emit()

    @Slot()
    def _on_payer_chosen(self) -> None:
        self._is_payer_chosen = True

    @Slot()
    def _propose(self) -> None:
        """Where nothing else was typed, what the house asks."""
        was, self._proposed = self._proposed, money_text(self._usual(self._way))
        if self.fee.text() == was:
            self.fee.setText(self._proposed)
        self.fee_note.show_note(self._other_fee() if self.fee.text() == self._proposed else "")
        self.changed.emit()

    def _other_fee(self) -> str:
        """What the other way costs, where nobody typed a fee; "" if it is the same."""
        swaps = self._way in EXCHANGES
        other = self._usual(ClaimType.RETURN if swaps else ClaimType.EXCHANGE_SAME)
        told = self.tr("반품이면 {fee}") if swaps else self.tr("교환이면 {fee}")
        return "" if other == self._usual(self._way) else told.format(fee=money_text(other))
