"""고객상세: the customer's card, read, made and changed."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain import phone
from ets_desktop.domain.customers import CustomerForm
from ets_desktop.domain.phone import NumberKind
from ets_desktop.queries.customers import CustomerDetail, PhoneRow
from ets_desktop.ui.labels import GRADES
from ets_desktop.ui.screens.ticket_form.choices import CodeChoice
from ets_desktop.ui.widgets.fields import ReadOnlyField, TextField, show_only
from ets_desktop.ui.widgets.form_grid import FormGrid

TITLE = "고객상세"

#: Fields of the rules → labels of spec 15.
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "name": "고객명",
        "numbers": "이동전화",
        "flagged_reason": "주의고객 사유",
        "address": "주소",
    }
)


class CustomerPage(QWidget):
    """만들기 empties it for a new customer, 편집 opens it, 저장 and 취소 end either."""

    #: CustomerForm, numbers as typed
    save_requested = Signal(object, object)
    new_requested = Signal()
    #: saved or given up: the card of the customer in the form may be shown again
    editing_ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._detail: CustomerDetail | None = None
        self._is_new = False
        self.customer_no = ReadOnlyField("고객번호")
        self.name = TextField("고객명", maximum=200)
        self.grade = CodeChoice("등급", GRADES)
        self.login_id = TextField("로그인 ID", maximum=100)
        self.flagged_reason = TextField("주의고객 사유", maximum=200)
        self.phone = TextField("전화", maximum=40)
        self.mobile = TextField("이동전화", maximum=40)
        self.numbers = ReadOnlyField("등록된 번호")
        self.zipcode = TextField("우편번호", maximum=10)
        self.address = TextField("주소", maximum=300)
        self.address_detail = TextField("상세주소", maximum=300)
        self._grid = FormGrid(columns=2)
        names = ("만들기", "편집", "저장", "취소")
        self._buttons = {name: QPushButton(self.tr(name)) for name in names}
        self._lay_out()
        self.show_customer(None)
        self._buttons["만들기"].clicked.connect(self.new_requested)
        self._buttons["편집"].clicked.connect(self._on_edit_clicked)
        self._buttons["저장"].clicked.connect(self.ask_to_save)
        self._buttons["취소"].clicked.connect(self.give_up)

    def _lay_out(self) -> None:
        grid = self._grid
        grid.add_field("고객번호", self.customer_no, 0)
        grid.add_field("등급", self.grade, 0, 1)
        grid.add_field("고객명", self.name, 1)
        grid.add_field("로그인 ID", self.login_id, 1, 1)
        grid.add_field("전화", self.phone, 2)
        grid.add_field("이동전화", self.mobile, 2, 1)
        grid.add_field("등록된 번호", self.numbers, 3, span=2)
        grid.add_field("우편번호", self.zipcode, 4)
        grid.add_field("주의고객 사유", self.flagged_reason, 4, 1)
        grid.add_field("주소", self.address, 5, span=2)
        grid.add_field("상세주소", self.address_detail, 6, span=2)
        line = QHBoxLayout()
        for button in self._buttons.values():
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(line)
        whole.addWidget(grid)
        whole.addStretch(1)

    @property
    def detail(self) -> CustomerDetail | None:
        return self._detail

    @property
    def is_editing(self) -> bool:
        return self._buttons["저장"].isEnabled()

    def button(self, name: str) -> QPushButton:
        return self._buttons[name]

    def show_customer(self, detail: CustomerDetail | None) -> None:
        """Read only; None shows an empty card."""
        self._detail = detail
        self._is_new = False
        self._fill(form_of(detail) if detail is not None else CustomerForm(""), detail)
        self._open_fields(False)

    def renew(self, detail: CustomerDetail) -> None:
        """The customer was changed elsewhere: fields that nobody here has changed follow.

        Another customer than the one being edited changes nothing here.
        """
        if self._is_new or self._detail is None or self._detail.customer_id != detail.customer_id:
            return
        before = form_of(self._detail)
        now, mine = form_of(detail), self.written()
        changed = {
            name: getattr(mine, name)
            for name in ("name", "grade", "login_id", "zipcode", "address", "address_detail")
            if getattr(mine, name) != getattr(before, name)
        }
        if mine.flagged_reason != before.flagged_reason:
            changed["flagged_reason"] = mine.flagged_reason
        numbers = self.mobile.text(), self.phone.text()
        self._detail = detail
        self._fill(replace(now, **changed), detail)
        self.mobile.setText(numbers[0])
        self.phone.setText(numbers[1])

    def begin_new(self, name: str = "", number: str = "") -> None:
        """An empty card to write in; what is known of the caller stands there already."""
        self._is_new = True
        self._fill(CustomerForm(name), None)
        is_mobile = bool(number) and phone.kind(number) is NumberKind.MOBILE
        shown = phone.display(number) if number else ""
        (self.mobile if is_mobile else self.phone).setText(shown)
        self._open_fields(True)
        self.name.setFocus()

    @Slot()
    def give_up(self) -> None:
        """취소: what stood there before."""
        self.show_customer(self._detail)
        self.editing_ended.emit()

    def show_fault(self, field: str, text: str) -> bool:
        """Mark the field of that name in the rules; false if there is none."""
        return self._grid.show_error(LABELS.get(field, ""), text)

    def written(self) -> CustomerForm:
        """What stands in the fields."""
        reason = self.flagged_reason.text().strip()
        return CustomerForm(
            name=self.name.text(),
            grade=self.grade.code(),
            flagged=bool(reason),
            flagged_reason=reason,
            login_id=self.login_id.text(),
            zipcode=self.zipcode.text(),
            address=self.address.text(),
            address_detail=self.address_detail.text(),
        )

    def typed_numbers(self) -> tuple[str, ...]:
        """Numbers that the customer does not have yet, as typed."""
        detail = None if self._is_new else self._detail
        known = {row.digits for row in detail.phones} if detail is not None else set()
        typed = (self.mobile.text().strip(), self.phone.text().strip())
        return tuple(text for text in typed if text and phone.digits_of(text) not in known)

    @property
    def is_new(self) -> bool:
        return self._is_new

    def _fill(self, form: CustomerForm, detail: CustomerDetail | None) -> None:
        self._grid.clear_errors()
        texts = (
            (self.name, form.name),
            (self.login_id, form.login_id),
            (self.flagged_reason, form.flagged_reason),
            (self.zipcode, form.zipcode),
            (self.address, form.address),
            (self.address_detail, form.address_detail),
        )
        for field, text in texts:
            field.setText(text)
            field.setCursorPosition(0)
        self.grade.set_code(form.grade)
        self.customer_no.show_value(detail.customer_no if detail is not None else "")
        phones = detail.phones if detail is not None else ()
        self.mobile.setText(_first(phones, mobile=True))
        self.phone.setText(_first(phones, mobile=False))
        self.numbers.show_value(", ".join(phone.display(row.digits) for row in phones))

    def _open_fields(self, opened: bool) -> None:
        for field in self.findChildren(TextField):
            show_only(field, not opened)
        self.grade.setEnabled(opened)
        self._buttons["만들기"].setEnabled(not opened)
        self._buttons["편집"].setEnabled(not opened and self._detail is not None)
        self._buttons["저장"].setEnabled(opened)
        self._buttons["취소"].setEnabled(opened)

    @Slot()
    def _on_edit_clicked(self) -> None:
        self._open_fields(True)
        self.name.setFocus()

    @Slot()
    def ask_to_save(self) -> None:
        """저장: whoever knows the customer saves what is written."""
        self._grid.clear_errors()
        self.save_requested.emit(self.written(), self.typed_numbers())


def form_of(detail: CustomerDetail) -> CustomerForm:
    """A customer as the rules edit them."""
    return CustomerForm(
        name=detail.name,
        grade=detail.grade,
        flagged=detail.flagged,
        flagged_reason=detail.flagged_reason,
        login_id=detail.login_id,
        zipcode=detail.zipcode,
        address=detail.address,
        address_detail=detail.address_detail,
    )


def renamed(form: CustomerForm, name: str) -> CustomerForm:
    """The same customer by another name: 고객명 in the top bar."""
    return replace(form, name=name)


def _first(phones: tuple[PhoneRow, ...], *, mobile: bool) -> str:
    found = (row for row in phones if (row.kind == NumberKind.MOBILE) is mobile)
    row = next(found, None)
    return phone.display(row.digits) if row is not None else ""
