"""고객상세: the customer's card, read, made and changed."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
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
    tidy_customer,
)
from ets_desktop.domain.phone import NumberKind
from ets_desktop.queries.customers import CustomerDetail
from ets_desktop.ui.screens.ticket_form.customer.fields import CustomerFields
from ets_desktop.ui.screens.ticket_form.customer.lists import AddressLine, AddressList, PhoneList
from ets_desktop.ui.screens.ticket_form.customer.words import form_of
from ets_desktop.ui.shortcuts import Actions
from ets_desktop.ui.widgets.composition import finish_composition
from ets_desktop.ui.widgets.fields import TextField, show_only
from ets_desktop.ui.widgets.message_bar import MessageBar
from ets_desktop.ui.window_state import WindowState

TITLE = "고객상세"
BAR = "변경 알림"
BUTTONS = ("만들기", "편집", "저장", "취소", "병합", "이벤트내역", "접촉이력")


@dataclass(frozen=True, slots=True)
class WrittenCard:
    """What 저장 is asked to save; `client_id` is that of a new customer's card."""

    form: CustomerForm
    numbers: tuple[str, ...]
    removed_phones: tuple[int, ...]
    addresses: tuple[AddressForm, ...]
    removed_addresses: tuple[int, ...]
    client_id: UUID


class CustomerPage(CustomerFields):
    """만들기 empties it for a new customer, 편집 opens it, 저장 and 취소 end either."""

    #: WrittenCard, with nothing in it that the rules refuse
    save_requested = Signal(object)
    new_requested = Signal()
    editing_began = Signal()
    #: something on the card is written otherwise
    edited = Signal()
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
        self.phones = PhoneList(state)
        self.addresses = AddressList(state)
        self._buttons = {name: QPushButton(self.tr(name)) for name in BUTTONS}
        self._lay_out()
        self.show_customer(None)
        self._wire()

    def _lay_out(self) -> None:
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
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        for field in self.findChildren(TextField):
            field.textChanged.connect(self.edited)
        for choice in (self.grade, self.mailing, self.address_kind):
            choice.currentIndexChanged.connect(self.edited)
        self.flagged.toggled.connect(self.edited)
        for model in (self.phones.list.model, self.addresses.model):
            model.modelReset.connect(self.edited)
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

    def bind_keys(self, actions: Actions) -> None:
        """While the page has the focus (Ctrl+ its number, 고객상세)."""
        for action_id, name in _KEYED.items():
            actions.bind_button(action_id, self._buttons[name], self)

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
        self.editing_began.emit()
        self.name.setFocus()

    def begin_again(self, detail: CustomerDetail | None, client_id: UUID) -> None:
        """Open for writing what a desk that ended began with; what was typed comes over it."""
        if detail is None:
            self.begin_new()
            self._client_id = client_id
        else:
            self.show_customer(detail)
            self._on_edit_clicked()

    def put_form(self, form: CustomerForm) -> None:
        """Into the fields, over what stands there."""
        self._show_form(form, self._detail)

    @property
    def client_id(self) -> UUID:
        """That of a new customer's card."""
        return self._client_id

    @Slot()
    def give_up(self) -> None:
        """취소: what stood there before."""
        self.show_customer(self._detail)
        self.editing_ended.emit()

    # What is written

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
        finish_composition()
        self._grid.clear_errors()
        refused = not self.phones.add_pending()
        refused = self.mark_faults(self.phones.has) or refused
        if not refused:
            self.save_requested.emit(self._written())

    # Inside

    def _fill(self, form: CustomerForm, detail: CustomerDetail | None) -> None:
        self._show_form(form, detail)
        phones = detail.phones if detail is not None else ()
        self._show_numbers(phones)
        self.phones.show_phones(phones)
        self.addresses.show_addresses(detail.addresses if detail is not None else ())

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
        self.editing_began.emit()
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

    @Slot()
    def _on_new_address_wanted(self) -> None:
        main = self._main_address()
        if self.mark_address():
            return
        if main.address.strip():
            self.addresses.put(main)
            self._show_main_address(AddressForm(""))
        self.address.setFocus()

    @Slot(object)
    def _on_main_address_wanted(self, line: AddressLine) -> None:
        main = self._main_address()
        if self.mark_address():
            return
        self.addresses.take_out(line)
        if main.address.strip():
            self.addresses.put(main)
        self._show_main_address(line.form)


def renamed(form: CustomerForm, name: str) -> CustomerForm:
    """The same customer by another name: 고객명 in the top bar."""
    return replace(form, name=name)


_KEYED = {
    "make_card": "만들기",
    "edit_card": "편집",
    "save_card": "저장",
    "leave_card": "취소",
    "merge_customers": "병합",
    "customer_events": "이벤트내역",
    "customer_contacts": "접촉이력",
}
