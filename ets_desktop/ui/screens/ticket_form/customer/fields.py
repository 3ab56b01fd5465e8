"""The fields of 고객상세: what stands in them, what the rules say to it."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget

from ets_desktop.domain import phone
from ets_desktop.domain.customers import (
    AddressForm,
    CustomerForm,
    amount_of,
    check_address,
    check_customer,
    tidy_address,
    tidy_customer,
)
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.phone import NumberKind
from ets_desktop.domain.tickets import check_phone
from ets_desktop.queries.customers import CustomerDetail, PhoneRow
from ets_desktop.ui.formats import moment_text, money_text
from ets_desktop.ui.labels import ADDRESS_KINDS, GRADES, MAILINGS, error_text
from ets_desktop.ui.screens.ticket_form.customer.words import FIELDS, LABELS
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.dial_button import DialButton
from ets_desktop.ui.widgets.eliding_field import ElidingField
from ets_desktop.ui.widgets.fields import ReadOnlyField, TextField
from ets_desktop.ui.widgets.form_grid import FormGrid

#: Stands for an amount that cannot be read, until it is refused.
_UNREADABLE = -1
_BESIDE = ("grade", "flagged", "address_kind", "cashback", "mailing")
#: Fields of the rules that are lines of text here, by the same name.
TEXTS = tuple(name for name in FIELDS if name not in _BESIDE)


class CustomerFields(QWidget):
    """What 고객상세 is laid out around; numbers and further addresses have lists of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.customer_no = ReadOnlyField("고객번호")
        self.grade = CodeChoice("등급", GRADES)
        self.name = ElidingField("고객명")
        self.login_id = TextField("로그인 ID")
        self.phone = TextField("전화")
        self.mobile = TextField("이동전화")
        self.flagged = QCheckBox()
        self.flagged_reason = ElidingField("주의고객 사유")
        self.occupation = TextField("직업")
        self.introducer = ElidingField("MGM")
        self.coupon = TextField("쿠폰")
        self.cashback = TextField("캐쉬백")
        self.mailing = CodeChoice("발송여부", MAILINGS)
        self.last_contact = ReadOnlyField("최근접촉")
        self.address_kind = CodeChoice("주소지구분", ADDRESS_KINDS, blank=True)
        self.zipcode = TextField("우편번호")
        self.address = ElidingField("주소")
        self.address_detail = ElidingField("상세주소")
        self._grid = FormGrid(columns=2)
        self._fill_grid()

    def _fill_grid(self) -> None:
        grid = self._grid
        pairs: tuple[tuple[tuple[str, QWidget], tuple[str, QWidget]], ...] = (
            (("고객번호", self.customer_no), ("등급", self.grade)),
            (("고객명", self.name), ("로그인 ID", self.login_id)),
            (("주의고객", self.flagged), ("주의고객 사유", self.flagged_reason)),
            (("직업", self.occupation), ("MGM", self.introducer)),
            (("쿠폰", self.coupon), ("캐쉬백", self.cashback)),
            (("발송여부", self.mailing), ("최근접촉", self.last_contact)),
            (("주소지구분", self.address_kind), ("우편번호", self.zipcode)),
        )
        rows = (0, 1, *range(3, len(pairs) + 1))
        for row, ((one, field), (other, beside)) in zip(rows, pairs, strict=True):
            grid.add_field(one, field, row)
            grid.add_field(other, beside, row, 1)
        for column, (label, number) in enumerate((("전화", self.phone), ("이동전화", self.mobile))):
            grid.add_field(label, number, 2, column, clear=DialButton(label, number))
        grid.add_field("주소", self.address, len(pairs) + 1, span=2)
        grid.add_field("상세주소", self.address_detail, len(pairs) + 2, span=2)

    def show_fault(self, field: str, text: str) -> bool:
        """Mark the field of that name in the rules; false if there is none."""
        label = "이동전화" if field == "numbers" else LABELS.get(field, "")
        return self._grid.show_error(label, text)

    def mark_faults(self, has_number: Callable[[str | None], bool]) -> bool:
        """Say beside every field why it is refused; `has_number`: the customer has it already."""
        refused = False
        for label, field in (("이동전화", self.mobile), ("전화", self.phone)):
            typed = field.text().strip()
            known = has_number(phone.digits_of(typed))
            fault = check_phone("numbers", typed) if typed and not known else None
            if fault is not None:
                self._grid.show_error(label, error_text(RuleViolation(fault.code)))
                refused = True
        for fault in reversed(check_customer(tidy_customer(self.written()))):
            details = {} if fault.limit is None else {"limit": fault.limit}
            self.show_fault(
                fault.field, error_text(RuleViolation(fault.code, field=fault.field, **details))
            )
            refused = True
        return refused

    def written(self) -> CustomerForm:
        """What stands in the fields; an amount that cannot be read is below zero."""
        amount = amount_of(self.cashback.text())
        texts = {name: getattr(self, name).text() for name in TEXTS}
        return CustomerForm(
            **texts,
            grade=self.grade.code(),
            flagged=self.flagged.isChecked(),
            address_kind=self.address_kind.code(),
            cashback=_UNREADABLE if amount is None else amount,
            mailing=self.mailing.code() == "true",
        )

    def _show_form(self, form: CustomerForm, detail: CustomerDetail | None) -> None:
        self._grid.clear_errors()
        for name in TEXTS:
            field: TextField = getattr(self, name)
            # Under somebody's cursor only what is different changes.
            if field.text() != getattr(form, name):
                field.setText(getattr(form, name))
                field.setCursorPosition(0)
        if form.cashback != _UNREADABLE:
            self.cashback.setText(money_text(form.cashback))
        self.grade.set_code(form.grade)
        self.flagged.setChecked(form.flagged)
        self.mailing.set_code("true" if form.mailing else "false")
        self.address_kind.set_code(form.address_kind)
        self.customer_no.show_value(detail.customer_no if detail is not None else "")
        self.last_contact.show_value(moment_text(detail.last_contact_at) if detail else "")

    def _show_numbers(self, phones: tuple[PhoneRow, ...]) -> None:
        self.mobile.setText(_first(phones, mobile=True))
        self.phone.setText(_first(phones, mobile=False))

    # The main address

    def mark_address(self) -> bool:
        """Say beside its fields why the main address cannot become a further one, if so."""
        faults = check_address(tidy_address(self._main_address()))
        for fault in faults:
            refused = RuleViolation(fault.code, field=fault.field, limit=fault.limit)
            self.show_fault(fault.field, error_text(refused))
        return bool(faults)

    def _main_address(self) -> AddressForm:
        return AddressForm(
            self.address.text(),
            self.address_kind.code(),
            self.zipcode.text(),
            self.address_detail.text(),
        )

    def _show_main_address(self, form: AddressForm) -> None:
        self.address.setText(form.address)
        self.zipcode.setText(form.zipcode)
        self.address_detail.setText(form.address_detail)
        self.address_kind.set_code(form.kind)


def _first(phones: tuple[PhoneRow, ...], *, mobile: bool) -> str:
    """The newest number of that sort that still is the customer's, their own before a safe one."""
    found = [row for row in phones if (row.kind == NumberKind.MOBILE) is mobile]
    live = [row for row in found if not row.is_expired]
    row = min(live, key=lambda row: row.kind == NumberKind.SAFE, default=None)
    return phone.display(row.digits) if row is not None else ""
