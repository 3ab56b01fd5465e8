"""What stands on a parcel that nobody expected: typed to register it, or to find its claim."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.claim_requests import NAME_LIMIT, NOTE_LIMIT
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.ui.claim_labels import COURIERS
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.choice_box import ChoiceBox
from ets_desktop.ui.widgets.dial_button import NUMBER
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_grid import FormGrid

WAYBILL, COURIER, NAME = "반품송장번호", "택배사", "보낸 사람"
PHONE, ORDER_NO, NOTE = "전화번호", "주문번호", "비고"
REGISTER, FIND, EMPTY = "미확인 반품 등록", "클레임 찾기", "비우기"

#: Where the service's fields stand.
_LABELS = {
    "waybill": WAYBILL,
    "sender_name": NAME,
    "sender_phone": PHONE,
    "order_no": ORDER_NO,
    "note": NOTE,
}


@dataclass(frozen=True, slots=True)
class TypedParcel:
    waybill: str
    courier: str
    sender_name: str
    sender_phone: str
    order_no: str
    note: str


class ParcelForm(QWidget):
    register_wanted = Signal()
    search_wanted = Signal()
    #: 비우기: what is typed is of another parcel from now on
    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = FormGrid(3)
        self._waybill = TextField(WAYBILL, maximum=NAME_LIMIT)
        self._courier = ChoiceBox()
        self._courier.addItem("", "")
        for code, told in COURIERS.items():
            self._courier.addItem(translated(told, code), code)
        self._name = TextField(NAME, maximum=NAME_LIMIT)
        self._phone = TextField(PHONE, maximum=NAME_LIMIT)
        self._phone.setProperty(NUMBER, True)
        self._order_no = TextField(ORDER_NO, maximum=NAME_LIMIT)
        self._note = TextField(NOTE, maximum=NOTE_LIMIT)
        self._buttons = {
            title: QPushButton(translated(title, "button")) for title in (REGISTER, FIND, EMPTY)
        }
        self._line = QHBoxLayout()
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        placed: tuple[tuple[str, QWidget], ...] = (
            (WAYBILL, self._waybill),
            (COURIER, self._courier),
            (NAME, self._name),
            (PHONE, self._phone),
            (ORDER_NO, self._order_no),
            (NOTE, self._note),
        )
        for number, (label, field) in enumerate(placed):
            self._grid.add_field(label, field, number // 3, number % 3)
        self._line.setSpacing(4)
        for button in self._buttons.values():
            button.setAutoDefault(False)
            self._line.addWidget(button)
        self._line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid)
        column.addLayout(self._line)

    def _wire(self) -> None:
        self._buttons[REGISTER].clicked.connect(self.register_wanted)
        self._buttons[FIND].clicked.connect(self.search_wanted)
        self._buttons[EMPTY].clicked.connect(self._on_empty_clicked)
        for field in (self._name, self._phone, self._order_no):
            field.entered.connect(self.search_wanted)

    def button(self, title: str) -> QPushButton:
        return self._buttons[title]

    def add_tool(self, widget: QWidget) -> None:
        """Another control behind the buttons."""
        self._line.insertWidget(self._line.count() - 1, widget)

    def typed(self) -> TypedParcel:
        return TypedParcel(
            self._waybill.text().strip(),
            str(self._courier.currentData()),
            self._name.text().strip(),
            self._phone.text().strip(),
            self._order_no.text().strip(),
            self._note.text().strip(),
        )

    def show_waybill(self, number: str) -> None:
        """A parcel that was scanned; what was typed of another one goes."""
        if self._waybill.text() != number:
            self.empty()
            self._waybill.setText(number)

    def empty(self) -> None:
        self._grid.clear_errors()
        for field in (self._waybill, self._name, self._phone, self._order_no, self._note):
            field.clear()
        self._courier.setCurrentIndex(0)

    def clear_errors(self) -> None:
        self._grid.clear_errors()

    def show_error(self, error: EtsError) -> bool:
        """At the field it is about; false if it is about none."""
        field = error.field if isinstance(error, RuleViolation) else None
        return field in _LABELS and self._grid.show_error(_LABELS[field], error_text(error))

    @Slot()
    def _on_empty_clicked(self) -> None:
        self.empty()
        self._waybill.setFocus()
        self.emptied.emit()
