"""고객상세: the customer's card, read, made and changed."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.domain import phone
from ets_desktop.domain.customers import (
    AddressForm,
    CustomerForm,
    amount_of,
    check_customer,
    tidy_customer,
)
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.phone import NumberKind
from ets_desktop.domain.tickets import check_phone
from ets_desktop.queries.customers import CustomerDetail, PhoneRow
from ets_desktop.ui.formats import moment_text, money_text
from ets_desktop.ui.labels import ADDRESS_KINDS, GRADES, MAILINGS, error_text
from ets_desktop.ui.screens.ticket_form.choices import CodeChoice
from ets_desktop.ui.screens.ticket_form.customer_lists import AddressLine, AddressList, PhoneList
from ets_desktop.ui.screens.ticket_form.customer_words import FIELDS, LABELS, form_of
from ets_desktop.ui.widgets.fields import ReadOnlyField, TextField, show_only
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.widgets.message_bar import MessageBar
from ets_desktop.ui.window_state import WindowState

TITLE = "고객상세"
BAR = "변경 알림"
BUTTONS = ("만들기", "편집", "저장", "취소", "병합", "이벤트내역", "접촉이력")
#: Stands for an amount that cannot be read, until it is refused.
_UNREADABLE = -1


@dataclass(frozen=True, slots=True)
class WrittenCard:
    """What 저장 is asked to save; `client_id` is that of a new customer's card."""

    form: CustomerForm
    numbers: tuple[str, ...]
    removed_phones: tuple[int, ...]
    addresses: tuple[AddressForm, ...]
    removed_addresses: tuple[int, ...]
    client_id: UUID


class CustomerPage(QWidget):
    """만들기 empties it for a new customer, 편집 opens it, 저장 and 취소 end either."""

    #: WrittenCard, with nothing in it that the rules refuse
    save_requested = Signal(object)
    new_requested = Signal()
    #: saved or given up: the card of the customer in the form may be shown again
    editing_ended = Signal()
    #: of the customer on the page
    merge_requested = Signal()
    events_requested = Signal()
    contacts_requested = Signal()

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._detail: CustomerDetail | None = None
        self._is_new = False
        self._client_id = uuid4()
        self._before: WrittenCard | None = None
        self.bar = MessageBar(BAR, "불러오기")
        self.customer_no = ReadOnlyField("고객번호")
        self.grade = CodeChoice("등급", GRADES)
        self.name = TextField("고객명", maximum=200)
        self.login_id = TextField("로그인 ID", maximum=100)
        self.phone = TextField("전화", maximum=40)
        self.mobile = TextField("이동전화", maximum=40)
        self.flagged = QCheckBox()
        self.flagged_reason = TextField("주의고객 사유", maximum=400)
        self.occupation = TextField("직업", maximum=100)
        self.introducer = TextField("MGM", maximum=200)
        self.coupon = TextField("쿠폰", maximum=200)
        self.cashback = TextField("캐쉬백", maximum=20)
        self.mailing = CodeChoice("발송여부", MAILINGS)
        self.last_contact = ReadOnlyField("최근접촉")
        self.address_kind = CodeChoice("주소지구분", ADDRESS_KINDS, blank=True)
        self.zipcode = TextField("우편번호", maximum=10)
        self.address = TextField("주소", maximum=300)
        self.address_detail = TextField("상세주소", maximum=300)
        self.phones = PhoneList(state)
        self.addresses = AddressList(state)
        self._grid = FormGrid(columns=2)
        self._buttons = {name: QPushButton(self.tr(name)) for name in BUTTONS}
        self._lay_out()
        self.show_customer(None)
        self._wire()

    def _lay_out(self) -> None:
        grid = self._grid
        pairs: tuple[tuple[tuple[str, QWidget], tuple[str, QWidget]], ...] = (
            (("고객번호", self.customer_no), ("등급", self.grade)),
            (("고객명", self.name), ("로그인 ID", self.login_id)),
            (("전화", self.phone), ("이동전화", self.mobile)),
            (("주의고객", self.flagged), ("주의고객 사유", self.flagged_reason)),
            (("직업", self.occupation), ("MGM", self.introducer)),
            (("쿠폰", self.coupon), ("캐쉬백", self.cashback)),
            (("발송여부", self.mailing), ("최근접촉", self.last_contact)),
            (("주소지구분", self.address_kind), ("우편번호", self.zipcode)),
        )
        for row, ((one, field), (other, beside)) in enumerate(pairs):
            grid.add_field(one, field, row)
            grid.add_field(other, beside, row, 1)
        grid.add_field("주소", self.address, len(pairs), span=2)
        grid.add_field("상세주소", self.address_detail, len(pairs) + 1, span=2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(self._button_line())
        whole.addWidget(self.bar)
        whole.addWidget(self._scrolled(), 1)

    def _button_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        for button in self._buttons.values():
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch()
        return line

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(6)
        column.addWidget(self._grid)
        column.addWidget(self.phones, 1)
        column.addWidget(self.addresses, 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _wire(self) -> None:
        self._buttons["만들기"].clicked.connect(self.new_requested)
        self._buttons["편집"].clicked.connect(self._on_edit_clicked)
        self._buttons["저장"].clicked.connect(self.ask_to_save)
        self._buttons["취소"].clicked.connect(self.give_up)
        self._buttons["병합"].clicked.connect(self.merge_requested)
        self._buttons["이벤트내역"].clicked.connect(self.events_requested)
        self._buttons["접촉이력"].clicked.connect(self.contacts_requested)
        self.flagged_reason.textChanged.connect(self._on_reason_changed)
        self.phones.taken_out.connect(self._on_number_taken_out)
        self.addresses.new_wanted.connect(self._on_new_address_wanted)
        self.addresses.main_wanted.connect(self._on_main_address_wanted)

    @property
    def detail(self) -> CustomerDetail | None:
        return self._detail

    @property
    def is_editing(self) -> bool:
        return self._buttons["저장"].isEnabled()

    @property
    def is_new(self) -> bool:
        return self._is_new

    @property
    def has_changes(self) -> bool:
        """Whether 취소 would lose anything."""
        if not self.is_editing:
            return False
        return self._written() != self._before or self.phones.has_pending_text

    def button(self, name: str) -> QPushButton:
        return self._buttons[name]

    # Showing

    def show_customer(self, detail: CustomerDetail | None) -> None:
        """Read only; None shows an empty card."""
        self._detail = detail
        self._is_new = False
        self.bar.hide()
        self._fill(form_of(detail) if detail is not None else CustomerForm(""), detail)
        self._open_fields(False)

    def rebase(self, detail: CustomerDetail, form: CustomerForm) -> None:
        """Go on editing from what is stored now, with `form` in the fields; numbers and addresses
        that were added or removed here stay so."""
        typed = self.phone.text(), self.mobile.text(), self.cashback.text()
        unread = amount_of(typed[2]) is None
        before = self._before
        self._detail = detail
        self._show_form(form, detail)
        self.phone.setText(typed[0])
        self.mobile.setText(typed[1])
        if unread:
            self.cashback.setText(typed[2])
        self.phones.renew(detail.phones)
        self.addresses.renew(detail.addresses)
        if before is not None:
            self._before = replace(before, form=form_of(detail))
        self.bar.hide()

    def begin_new(self, name: str = "", number: str = "") -> None:
        """An empty card to write in; what is known of the caller stands there already."""
        self._is_new = True
        self._client_id = uuid4()
        self._fill(CustomerForm(""), None)
        self._before = self._written()
        self.name.setText(name)
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
        label = "이동전화" if field == "numbers" else LABELS.get(field, "")
        return self._grid.show_error(label, text)

    # What is written

    def written(self) -> CustomerForm:
        """What stands in the fields; an amount that cannot be read is below zero."""
        amount = amount_of(self.cashback.text())
        texts = {name: getattr(self, name).text() for name in _TEXTS}
        return CustomerForm(
            **texts,
            grade=self.grade.code(),
            flagged=self.flagged.isChecked(),
            address_kind=self.address_kind.code(),
            cashback=_UNREADABLE if amount is None else amount,
            mailing=self.mailing.code() == "true",
        )

    def typed_numbers(self) -> tuple[str, ...]:
        """Numbers that the customer does not have yet, as typed; those above the list come last,
        for the newest is the one that is shown."""
        typed = (self.phone.text().strip(), self.mobile.text().strip())
        new = (text for text in typed if text and not self.phones.has(phone.digits_of(text)))
        return self.phones.added() + tuple(new)

    def _written(self) -> WrittenCard:
        return WrittenCard(
            tidy_customer(self.written()),
            self.typed_numbers(),
            self.phones.removed(),
            self.addresses.added(),
            self.addresses.removed(),
            self._client_id,
        )

    @Slot()
    def ask_to_save(self) -> None:
        """저장: whoever knows the customer saves what is written; faults are said beside fields."""
        self._grid.clear_errors()
        refused = not self.phones.add_pending()
        for label, field in (("이동전화", self.mobile), ("전화", self.phone)):
            typed = field.text().strip()
            known = self.phones.has(phone.digits_of(typed))
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
        if not refused:
            self.save_requested.emit(self._written())

    # Inside

    def _fill(self, form: CustomerForm, detail: CustomerDetail | None) -> None:
        self._show_form(form, detail)
        phones = detail.phones if detail is not None else ()
        self.mobile.setText(_first(phones, mobile=True))
        self.phone.setText(_first(phones, mobile=False))
        self.phones.show_phones(phones)
        self.addresses.show_addresses(detail.addresses if detail is not None else ())

    def _show_form(self, form: CustomerForm, detail: CustomerDetail | None) -> None:
        self._grid.clear_errors()
        for name in _TEXTS:
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

    def _open_fields(self, opened: bool) -> None:
        for field in self.findChildren(TextField):
            show_only(field, not opened)
        for choice in (self.grade, self.flagged, self.mailing, self.address_kind):
            choice.setEnabled(opened)
        self.phones.allow_changes(opened)
        self.addresses.allow_changes(opened)
        known = not opened and self._detail is not None
        self._buttons["만들기"].setEnabled(not opened)
        for name in ("편집", "병합", "이벤트내역", "접촉이력"):
            self._buttons[name].setEnabled(known)
        for name in ("저장", "취소"):
            self._buttons[name].setEnabled(opened)

    @Slot()
    def _on_edit_clicked(self) -> None:
        self._before = self._written()
        self._open_fields(True)
        self.name.setFocus()

    @Slot(str)
    def _on_reason_changed(self, text: str) -> None:
        """A reason is given for somebody who is warned of."""
        if self.is_editing and text.strip():
            self.flagged.setChecked(True)

    @Slot(str)
    def _on_number_taken_out(self, digits: str) -> None:
        """It must not come back from the field that showed it."""
        for field in (self.phone, self.mobile):
            if phone.digits_of(field.text()) == digits:
                field.clear()

    # Addresses

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

    @Slot()
    def _on_new_address_wanted(self) -> None:
        main = self._main_address()
        if main.address.strip():
            self.addresses.put(main)
            self._show_main_address(AddressForm(""))
        self.address.setFocus()

    @Slot(object)
    def _on_main_address_wanted(self, line: AddressLine) -> None:
        main = self._main_address()
        self.addresses.take_out(line)
        if main.address.strip():
            self.addresses.put(main)
        self._show_main_address(line.form)


def renamed(form: CustomerForm, name: str) -> CustomerForm:
    """The same customer by another name: 고객명 in the top bar."""
    return replace(form, name=name)


def _first(phones: tuple[PhoneRow, ...], *, mobile: bool) -> str:
    """The newest number of that sort that still is the customer's, their own before a safe one."""
    found = [row for row in phones if (row.kind == NumberKind.MOBILE) is mobile]
    live = [row for row in found if not row.is_expired]
    row = min(live, key=lambda row: row.kind == NumberKind.SAFE, default=None)
    return phone.display(row.digits) if row is not None else ""


_BESIDE = ("grade", "flagged", "address_kind", "cashback", "mailing")
#: Fields of the rules that are lines of text here, by the same name.
_TEXTS = tuple(name for name in FIELDS if name not in _BESIDE)
