"""What 고객상세 has several of: numbers and further addresses, changed while it is edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain import phone
from ets_desktop.domain.customers import AddressForm
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import check_phone
from ets_desktop.queries.customers import AddressRow, PhoneRow
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import ADDRESS_KINDS, PHONE_KINDS, error_text, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column, Dialled
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.window_state import WindowState

PHONES, ADDRESSES = "전화번호 목록", "주소 목록"
_LOW = 116


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """`key` is the number's id, below zero while it is not saved; `captured_at` None as well."""

    key: int
    typed: str
    digits: str
    kind: str
    captured_at: datetime | None
    is_expired: bool = False


@dataclass(frozen=True, slots=True)
class AddressLine:
    """As PhoneLine, of an address beside the main one."""

    key: int
    form: AddressForm
    captured_at: datetime | None


def _captured(at: datetime | None) -> str:
    return moment_text(at) if at is not None else translated("저장 전")


def _phone_state(row: PhoneLine) -> str:
    return translated("만료") if row.is_expired else ""


def _dialled(row: PhoneLine) -> Dialled:
    return Dialled(row.digits)


def _whole_address(row: AddressLine) -> str:
    return " ".join(filter(None, (row.form.address, row.form.address_detail)))


PHONE_COLUMNS: tuple[Column[PhoneLine], ...] = (
    Column("구분", lambda row: word(PHONE_KINDS, row.kind), 10),
    Column("전화번호", lambda row: phone.display(row.digits), 16, dials=_dialled),
    Column("등록일시", lambda row: _captured(row.captured_at), 19),
    Column("상태", _phone_state, 6, red=lambda row: row.is_expired),
)
ADDRESS_COLUMNS: tuple[Column[AddressLine], ...] = (
    Column("주소지구분", lambda row: word(ADDRESS_KINDS, row.form.kind), 9),
    Column("우편번호", lambda row: row.form.zipcode, 8),
    Column("주소", _whole_address, 30),
    Column("등록일시", lambda row: _captured(row.captured_at), 19),
)


def _caption(text: str) -> QLabel:
    label = QLabel(translated(text))
    label.setProperty("role", "title")
    return label


def _phone_key(row: PhoneLine) -> int:
    return row.key


def _address_key(row: AddressLine) -> int:
    return row.key


class PhoneList(QWidget):
    """추가할 번호 and its buttons are there only while the card is edited."""

    #: digits of a number that was taken out
    taken_out = Signal(str)

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._unsaved = 0
        self._offered = ""
        self._stored: tuple[PhoneLine, ...] = ()
        self.field = TextField("추가할 번호")
        self.add = QPushButton(self.tr("번호 추가"))
        self.take = QPushButton(self.tr("수신번호 추가"))
        self.remove = QPushButton(self.tr("번호 삭제"))
        self._grid = FormGrid()
        self.list: TablePanel[PhoneLine] = TablePanel(
            PHONES,
            PHONE_COLUMNS,
            _phone_key,
            buttons=(),
            state=state,
            empty=self.tr("등록된 번호가 없습니다."),
        )
        self._tools = QWidget()
        self._lay_out()
        self.field.entered.connect(self._on_add_clicked)
        self.add.clicked.connect(self._on_add_clicked)
        self.take.clicked.connect(self._on_take_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)

    def _lay_out(self) -> None:
        self._grid.add_field("추가할 번호", self.field, 0)
        line = QHBoxLayout(self._tools)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._grid, 1)
        for button in (self.add, self.take, self.remove):
            button.setAutoDefault(False)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.list.add_tool(_caption(PHONES))
        self.list.table.can_export = False
        self.list.setMinimumHeight(_LOW)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._tools)
        column.addWidget(self.list, 1)

    @property
    def rows(self) -> tuple[PhoneLine, ...]:
        return self.list.model.rows

    def show_phones(self, phones: Sequence[PhoneRow]) -> None:
        self._stored = tuple(
            PhoneLine(
                row.phone_id, row.typed, row.digits, row.kind, row.captured_at, row.is_expired
            )
            for row in phones
        )
        self.list.show_rows(self._stored)
        self.field.clear()
        self._grid.clear_errors()
        self._show_offer()

    def renew(self, phones: Sequence[PhoneRow]) -> None:
        """Changed elsewhere: what was added or removed here stays so."""
        gone, mine, text = set(self.removed()), self._mine(), self.field.text()
        self.show_phones(phones)
        known = {row.digits for row in self._stored}
        kept = [row for row in self._stored if row.key not in gone]
        self.list.show_rows((*(row for row in mine if row.digits not in known), *kept))
        self.field.setText(text)
        self._show_offer()

    def put_typed(self, added: Sequence[str], removed: Sequence[int], pending: str) -> None:
        """Over the stored ones: what was added and removed before a desk ended."""
        self.list.show_rows([row for row in self.rows if row.key not in removed])
        for typed in reversed(added):
            self._put(typed, phone.digits_of(typed) or typed)
        self.field.setText(pending)

    def allow_changes(self, allowed: bool) -> None:
        self._tools.setVisible(allowed)

    def added(self) -> tuple[str, ...]:
        """Numbers to be saved, as typed."""
        return tuple(row.typed for row in self._mine())

    def removed(self) -> tuple[int, ...]:
        left = {row.key for row in self.rows}
        return tuple(row.key for row in self._stored if row.key not in left)

    def has(self, digits: str | None) -> bool:
        return digits in {row.digits for row in self.rows}

    @property
    def has_pending_text(self) -> bool:
        return bool(self.field.text().strip())

    def add_pending(self) -> bool:
        """Take in what stands in 추가할 번호; false if it is no number, which is said beside it."""
        typed = self.field.text().strip()
        self._grid.clear_errors()
        if not typed:
            return True
        fault = check_phone("numbers", typed)
        digits = phone.digits_of(typed)
        if fault is not None or digits is None:
            self._grid.show_error("추가할 번호", error_text(RuleViolation("no_phone_number")))
            return False
        self._put(typed, digits)
        self.field.clear()
        return True

    def offer(self, digits: str) -> None:
        """수신번호 추가 is there while `digits`, who is on the telephone, is not in the list."""
        unfit = not digits or check_phone("numbers", digits) is not None
        self._offered = "" if unfit else digits
        self._show_offer()

    def _show_offer(self) -> None:
        self.take.setVisible(bool(self._offered) and not self.has(self._offered))

    def _put(self, typed: str, digits: str) -> None:
        if not self.has(digits):
            self._unsaved -= 1
            line = PhoneLine(self._unsaved, typed, digits, str(phone.kind(digits)), None)
            self.list.show_rows((line, *self.rows))
            self._show_offer()

    @Slot()
    def _on_take_clicked(self) -> None:
        self._put(phone.display(self._offered), self._offered)

    def _mine(self) -> tuple[PhoneLine, ...]:
        return tuple(row for row in self.rows if row.key < 0)

    @Slot()
    def _on_add_clicked(self) -> None:
        self.add_pending()

    @Slot()
    def _on_remove_clicked(self) -> None:
        chosen = self.list.current_row()
        if chosen is not None:
            self.list.show_rows([row for row in self.rows if row.key != chosen.key])
            self._show_offer()
            self.taken_out.emit(chosen.digits)


class AddressList(TablePanel[AddressLine]):
    """The main address stands in the fields above; these are the others."""

    #: 새 주소: the main one goes into the list, its fields are free
    new_wanted = Signal()
    #: 대표 주소로: this one (AddressLine) changes places with the main one
    main_wanted = Signal(object)

    def __init__(self, state: WindowState) -> None:
        super().__init__(
            ADDRESSES,
            ADDRESS_COLUMNS,
            _address_key,
            buttons=("새 주소", "대표 주소로", "주소 삭제"),
            state=state,
            empty=translated("다른 주소가 없습니다."),
        )
        self._unsaved = 0
        self._stored: tuple[AddressLine, ...] = ()
        self.add_tool(_caption(ADDRESSES))
        self.table.can_export = False
        self.setMinimumHeight(_LOW)
        self.button("새 주소").clicked.connect(self.new_wanted)
        self.button("대표 주소로").clicked.connect(self._on_main_clicked)
        self.button("주소 삭제").clicked.connect(self._on_remove_clicked)

    @property
    def rows(self) -> tuple[AddressLine, ...]:
        return self.model.rows

    def show_addresses(self, addresses: Sequence[AddressRow]) -> None:
        self._stored = tuple(
            AddressLine(
                row.address_id,
                AddressForm(row.address, row.kind, row.zipcode, row.address_detail),
                row.captured_at,
            )
            for row in addresses
        )
        self.show_rows(self._stored)

    def renew(self, addresses: Sequence[AddressRow]) -> None:
        """Changed elsewhere: what was added or removed here stays so."""
        gone, mine = set(self.removed()), [row for row in self.rows if row.key < 0]
        self.show_addresses(addresses)
        self.show_rows((*mine, *(row for row in self._stored if row.key not in gone)))

    def allow_changes(self, allowed: bool) -> None:
        for name in ("새 주소", "대표 주소로", "주소 삭제"):
            self.button(name).setVisible(allowed)

    def put(self, form: AddressForm) -> None:
        """One more, to be saved."""
        self._unsaved -= 1
        self.show_rows((AddressLine(self._unsaved, form, None), *self.rows))

    def put_typed(self, added: Sequence[AddressForm], removed: Sequence[int]) -> None:
        """Over the stored ones: what was added and removed before a desk ended."""
        self.show_rows([row for row in self.rows if row.key not in removed])
        for form in reversed(added):
            self.put(form)

    def take_out(self, line: AddressLine) -> None:
        self.show_rows([row for row in self.rows if row.key != line.key])

    def added(self) -> tuple[AddressForm, ...]:
        return tuple(row.form for row in self.rows if row.key < 0)

    def removed(self) -> tuple[int, ...]:
        left = {row.key for row in self.rows}
        return tuple(row.key for row in self._stored if row.key not in left)

    @Slot()
    def _on_main_clicked(self) -> None:
        chosen = self.current_row()
        if chosen is not None:
            self.main_wanted.emit(chosen)

    @Slot()
    def _on_remove_clicked(self) -> None:
        chosen = self.current_row()
        if chosen is not None:
            self.take_out(chosen)
