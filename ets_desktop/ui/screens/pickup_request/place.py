"""회송지 and 교환 배송지: who and where for this claim alone, never the customer's record."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ets_desktop.domain import phone
from ets_desktop.domain.claim_requests import ADDRESS_LIMIT, NAME_LIMIT, ZIPCODE_LIMIT, Place
from ets_desktop.domain.errors import EtsError, RuleViolation, Unavailable
from ets_desktop.domain.phone import NumberKind
from ets_desktop.queries.orders import OrderDetail
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.pickup_request.refining import RESULT, RefinedField
from ets_desktop.ui.widgets.dial_button import DialButton
from ets_desktop.ui.widgets.fields import TextField, text_width
from ets_desktop.ui.widgets.form_grid import FormGrid

_PHONE_LIMIT = 30
#: name of the field → its word, its limit, and row, column, span in the grid
_FIELDS = {
    "name": ("성명", NAME_LIMIT, (0, 0, 1)),
    "zipcode": ("우편번호", ZIPCODE_LIMIT, (0, 1, 1)),
    "phone": ("전화", _PHONE_LIMIT, (1, 0, 1)),
    "mobile": ("이동전화", _PHONE_LIMIT, (1, 1, 1)),
    "address": ("주소", ADDRESS_LIMIT, (2, 0, 2)),
    "address_detail": ("상세주소", ADDRESS_LIMIT, (3, 0, 2)),
}
_NUMBERS = ("phone", "mobile")
#: 0504-0000-0000, whole beside its ☎.
_NUMBER_DIGITS = 14
_ADDRESS = ("zipcode", "address", "address_detail")


class PlaceFields(QWidget):
    """Six fields named "{whose} 성명", …"""

    changed = Signal()

    def __init__(self, whose: str) -> None:
        super().__init__()
        self._labels = {
            name: f"{translated(whose)} {translated(word)}"
            for name, (word, _, _) in _FIELDS.items()
        }
        self._fields: dict[str, TextField] = {}
        self._filled: dict[str, str] = dict.fromkeys(_FIELDS, "")
        self.grid = FormGrid(columns=2)
        for name, (_, limit, (row, column, span)) in _FIELDS.items():
            field = self._fields[name] = TextField(self._labels[name], maximum=limit)
            label = self._labels[name]
            dial = DialButton(label, field) if name in _NUMBERS else None
            if dial is not None:
                field.setMinimumWidth(text_width(field, _NUMBER_DIGITS))
            self.grid.add_field(label, field, row, column, span=span, clear=dial)
            field.textChanged.connect(self.changed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.grid)

    def fill(self, order: OrderDetail) -> None:
        """Whoever has the goods: the order's recipient. What the channel masked is left blank."""
        numbers = [n for n in (order.recipient_phone, order.recipient_phone2) if n.isdecimal()]
        mobiles = [n for n in numbers if phone.kind(n) is NumberKind.MOBILE]
        others = [n for n in numbers if n not in mobiles]
        values = {
            "name": order.recipient,
            "zipcode": order.zipcode,
            "phone": phone.display(others[0]) if others else "",
            "mobile": phone.display(mobiles[0]) if mobiles else "",
            "address": order.address,
        }
        for name, field in self._fields.items():
            field.setText(values.get(name, ""))
            # A street is told by how it begins.
            field.setCursorPosition(0)
            self._filled[name] = field.text()

    def place(self) -> Place:
        return Place(**{name: field.text().strip() for name, field in self._fields.items()})

    @property
    def address(self) -> str:
        """On one line, as a courier is asked about it."""
        parts = (self._fields[name].text() for name in ("address", "address_detail"))
        return " ".join(" ".join(parts).split())

    @property
    def is_address_edited(self) -> bool:
        return any(self._fields[name].text() != self._filled[name] for name in _ADDRESS)

    def show_error(self, name: str, text: str) -> bool:
        """`name` as in Place; false for none of them."""
        label = self._labels.get(name)
        return label is not None and self.grid.show_error(label, text)


class Places(QWidget):
    """회송지 with 주소 정제, and 교환 배송지 where that is another: `elsewhere` and `out` stand
    wherever their owner puts them."""

    #: the address to be refined
    refine_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.back = PlaceFields("회송지")
        self.refined = RefinedField()
        self.back.grid.add_field(RESULT, self.refined, 4, 0, span=2, clear=self.refined.button)
        self.out = PlaceFields("교환 배송지")
        self.elsewhere = QCheckBox(self.tr("교환 배송지 다름"))
        self.out.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.back)
        self.elsewhere.toggled.connect(self.out.setVisible)
        self.back.changed.connect(self._on_changed)
        self.refined.wanted.connect(self._on_refine_wanted)

    def fill(self, order: OrderDetail) -> None:
        self.back.fill(order)
        self.out.fill(order)

    def offer_refining(self, offered: bool) -> None:
        """주소 정제 is one courier's, and so is what it refused."""
        self.back.grid.clear_errors()
        self.back.grid.set_field_visible(RESULT, offered)
        self.refined.button.setVisible(offered)

    def show_unrefined(self, error: EtsError) -> None:
        """Beside the address that is at fault, else beside 정제결과."""
        self.refined.follow("")
        told = error_text(error)
        if isinstance(error, Unavailable):
            # The sentences of this kind promise another try, which only this button makes.
            told = self.tr("택배사가 답하지 않습니다. 다시 누르거나 다른 택배사를 고르십시오.")
        if isinstance(error, RuleViolation) and error.field == "address":
            self.back.show_error("address", told)
        else:
            self.back.grid.show_error(RESULT, told)

    def ship_to(self) -> Place | None:
        """None where the pickup is."""
        return self.out.place() if self.elsewhere.isChecked() else None

    def typed(self) -> tuple[object, ...]:
        return self.back.place(), self.ship_to()

    def show_error(self, field: str, told: str) -> bool:
        """`field` as refusals name it: pickup_name, ship_phone, address."""
        where, _, name = field.partition("_")
        if where == "ship":
            self.elsewhere.setChecked(True)
            return self.out.show_error(name, told)
        return where in ("pickup", "address") and self.back.show_error(name or field, told)

    @Slot()
    def _on_changed(self) -> None:
        self.refined.follow(self.back.address)

    @Slot()
    def _on_refine_wanted(self) -> None:
        self.clear_errors()
        self.refined.await_answer(self.back.address)
        self.refine_wanted.emit(self.back.address)

    def clear_errors(self) -> None:
        self.back.grid.clear_errors()
        self.out.grid.clear_errors()
