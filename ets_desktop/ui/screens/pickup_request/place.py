"""회송지 and 교환 배송지: who and where for this claim alone, never the customer's record."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ets_desktop.domain import phone
from ets_desktop.domain.claim_requests import ADDRESS_LIMIT, NAME_LIMIT, Place
from ets_desktop.domain.phone import NumberKind
from ets_desktop.queries.orders import OrderDetail
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_grid import FormGrid

_PHONE_LIMIT, _ZIPCODE_LIMIT = 30, 10
#: name of the field → its word, its limit, and row, column, span in the grid
_FIELDS = {
    "name": ("성명", NAME_LIMIT, (0, 0, 1)),
    "zipcode": ("우편번호", _ZIPCODE_LIMIT, (0, 1, 1)),
    "phone": ("전화", _PHONE_LIMIT, (1, 0, 1)),
    "mobile": ("이동전화", _PHONE_LIMIT, (1, 1, 1)),
    "address": ("주소", ADDRESS_LIMIT, (2, 0, 2)),
    "address_detail": ("상세주소", ADDRESS_LIMIT, (3, 0, 2)),
}
_ADDRESS = ("zipcode", "address", "address_detail")


class PlaceFields(QWidget):
    """Six fields named "{whose} 성명", …"""

    changed = Signal()

    def __init__(self, whose: str) -> None:
        super().__init__()
        self._labels = {name: f"{whose} {word}" for name, (word, _, _) in _FIELDS.items()}
        self._fields: dict[str, TextField] = {}
        self._filled: dict[str, str] = dict.fromkeys(_FIELDS, "")
        self.grid = FormGrid(columns=2)
        for name, (_, limit, (row, column, span)) in _FIELDS.items():
            field = self._fields[name] = TextField(self._labels[name], maximum=limit)
            self.grid.add_field(self._labels[name], field, row, column, span=span)
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
            self._filled[name] = field.text()

    def place(self) -> Place:
        return Place(**{name: field.text().strip() for name, field in self._fields.items()})

    @property
    def is_address_edited(self) -> bool:
        return any(self._fields[name].text() != self._filled[name] for name in _ADDRESS)

    def show_error(self, name: str, text: str) -> bool:
        """`name` as in Place; false for none of them."""
        label = self._labels.get(name)
        return label is not None and self.grid.show_error(label, text)
