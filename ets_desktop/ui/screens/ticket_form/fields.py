"""The left side of CS접수정보 등록: every field of the ticket, and nothing that acts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QToolButton, QVBoxLayout, QWidget

from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import CONTENT_LIMIT, TicketType
from ets_desktop.ui.house import DeskHouse
from ets_desktop.ui.labels import ORIGINS, TICKET_TYPES, error_text
from ets_desktop.ui.widgets.chips import Chips
from ets_desktop.ui.widgets.choices import (
    CategoryChoice,
    CodeChoice,
    ReceiverChoice,
    TemplateChoice,
)
from ets_desktop.ui.widgets.counted_text import CountedText
from ets_desktop.ui.widgets.dial_button import NUMBER
from ets_desktop.ui.widgets.eliding_field import ElidingField
from ets_desktop.ui.widgets.fields import ReadOnlyField, TextField, show_only, text_width
from ets_desktop.ui.widgets.form_grid import FormGrid, clear_button
from ets_desktop.ui.widgets.moment_field import MomentField
from ets_desktop.ui.widgets.period import DateField

#: Of a mobile number with its dashes, which are narrow.
_NUMBER_CHARACTERS = 12

#: Field names of the domain's rules → labels of spec 15.
LABELS = {
    "customer_id": "고객",
    "caller_number": "고객",
    "order_id": "주문번호",
    "order_line_id": "상품번호",
    "origin": "접수경로",
    "ticket_type": "접수유형",
    "category_id": "세부유형",
    "title": "제목",
    "content": "접수내용",
    "resolution": "해결방안",
    "customer_confirmed": "고객확인",
    "tags": "태그",
    "due_on": "완료예정일",
    "to_agent_id": "이관담당자",
    "to_team_id": "이관담당자",
    "receiver": "이관담당자",
    "transfer_reason": "이관사유",
    "reason": "이관사유",
    "callback_at": "콜백일시",
    "callback_number": "콜백번호",
}


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is typed but no value (yet), as it stands there."""

    tag: str
    receiver: str
    callback_at: str


class TicketFields(QWidget):
    """Holds what can be typed or picked; customer, order and product are shown, not held."""

    #: anything was typed, picked or cleared, by whomever
    changed = Signal()
    #: the user picked a ticket type
    type_chosen = Signal()
    #: the type in the form is another one, by whomever
    type_changed = Signal(str)
    customer_cleared = Signal()
    order_cleared = Signal()
    line_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticket_no = ReadOnlyField("접수번호")
        self.status = ReadOnlyField("상태")
        self.created_at = ReadOnlyField("접수일시")
        self.completed_at = ReadOnlyField("완료일시")
        self.elapsed = ReadOnlyField("경과")
        self.customer = ReadOnlyField("고객")
        self.order = ReadOnlyField("주문번호")
        self.line = ReadOnlyField("상품번호")
        self.origin = CodeChoice("접수경로", ORIGINS)
        self.ticket_type = CodeChoice("접수유형", TICKET_TYPES, blank=True)
        self.category = CategoryChoice("세부유형")
        self.title = ElidingField("제목")
        self.content = CountedText("접수내용", CONTENT_LIMIT)
        self.template = TemplateChoice("상용구")
        self.content.add_tool("상용구", self.template)
        self.resolution = CountedText("해결방안", CONTENT_LIMIT, counter="해결방안 글자수", lines=2)
        self.confirmed = QCheckBox()
        self.tags = Chips("태그")
        self.due_on = DateField("완료예정일")
        self.receiver = ReceiverChoice("이관담당자")
        self.transfer_reason = ElidingField("이관사유")
        self.callback_at = MomentField("콜백일시")
        self.callback_number = TextField("콜백번호")
        self._clear_customer = clear_button("고객 지우기")
        self._clear_order = clear_button("주문번호 지우기")
        self._clear_line = clear_button("상품번호 지우기")
        self._grid = FormGrid(columns=2)
        self._categories: dict[str, list[tuple[int, str]]] = {}
        self._changeable = True
        self._lay_out()
        self._show_by_type()
        self._wire()

    def _lay_out(self) -> None:
        grid = self._grid
        grid.add_field("접수번호", self.ticket_no, 0)
        grid.add_field("상태", self.status, 0, 1)
        grid.add_field("접수일시", self.created_at, 1)
        grid.add_field("완료일시", self.completed_at, 1, 1)
        grid.add_field("접수경로", self.origin, 2)
        grid.add_field("경과", self.elapsed, 2, 1)
        grid.add_field("고객", self.customer, 3, span=2, clear=self._clear_customer)
        grid.add_field("주문번호", self.order, 4, span=2, clear=self._clear_order)
        grid.add_field("상품번호", self.line, 5, span=2, clear=self._clear_line)
        grid.add_field("접수유형", self.ticket_type, 6)
        grid.add_field("세부유형", self.category, 6, 1)
        grid.add_field("제목", self.title, 7, span=2)
        grid.add_field("접수내용", self.content, 8, span=2)
        grid.add_field("해결방안", self.resolution, 9, span=2)
        grid.add_field("고객확인", self.confirmed, 10, span=2)
        grid.add_field("태그", self.tags, 11, span=2)
        grid.add_field("완료예정일", self.due_on, 12)
        grid.add_field("이관담당자", self.receiver, 12, 1)
        grid.add_field("이관사유", self.transfer_reason, 13, span=2)
        quick = self.callback_at.quick_button("콜백일시 고르기")
        grid.add_field("콜백일시", self.callback_at, 14, clear=quick)
        # The narrowest form has no room for a button beside it; the key and Ctrl+K dial it.
        self.callback_number.setProperty(NUMBER, True)
        self.callback_number.setMinimumWidth(text_width(self.callback_number, _NUMBER_CHARACTERS))
        grid.add_field("콜백번호", self.callback_number, 14, 1)
        grid.stretch_row(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)

    def _wire(self) -> None:
        self._clear_customer.clicked.connect(self.customer_cleared)
        self._clear_order.clicked.connect(self.order_cleared)
        self._clear_line.clicked.connect(self.line_cleared)
        self.ticket_type.currentIndexChanged.connect(self._on_type_changed)
        self.ticket_type.code_chosen.connect(self.type_chosen)
        for signal in (
            self.origin.currentIndexChanged,
            self.category.currentIndexChanged,
            self.title.textChanged,
            self.content.text_changed,
            self.resolution.text_changed,
            self.confirmed.toggled,
            self.tags.tags_changed,
            self.due_on.dateChanged,
            self.receiver.receiver_changed,
            self.transfer_reason.textChanged,
            self.callback_at.textChanged,
            self.callback_number.textChanged,
        ):
            signal.connect(self.changed)

    def clear_buttons(self) -> dict[str, QToolButton]:
        """The ✕ buttons by the ids of their actions."""
        return {
            "clear_customer": self._clear_customer,
            "clear_order": self._clear_order,
            "clear_line": self._clear_line,
        }

    # What is typed

    def read_into(self, contents: FormContents) -> FormContents:
        """`contents` with everything that stands in the fields; links and ids are kept."""
        receiver = self.receiver.receiver()
        return replace(
            contents,
            form=replace(
                contents.form,
                origin=self.origin.code(),
                ticket_type=self.ticket_type.code(),
                category_id=self.category.category_id(),
                title=self.title.text(),
                content=self.content.text(),
                resolution=self.resolution.text(),
                customer_confirmed=self.confirmed.isChecked(),
                tags=self.tags.tags(),
                due_on=self.due_on.day(),
            ),
            to_agent_id=receiver.agent_id if receiver else None,
            to_team_id=receiver.team_id if receiver else None,
            transfer_reason=self.transfer_reason.text().strip(),
            callback_at=self.callback_at.moment(),
            callback_number=self.callback_number.text().strip(),
        )

    def show_contents(self, contents: FormContents, category: str = "") -> None:
        """Fill every field anew; `category` names a 세부유형 that is no longer offered."""
        self.clear_errors()
        for put in self._putters(category).values():
            put(contents)

    def renew_contents(self, contents: FormContents, category: str = "") -> None:
        """Show `contents`, leaving alone (the cursor, a syllable under way) what stands there."""
        now = self.read_into(contents)
        for name, put in self._putters(category).items():
            if _value(now, name) != _value(contents, name):
                put(contents)

    def _putters(self, category: str) -> dict[str, Callable[[FormContents], object]]:
        return {
            "origin": lambda c: self.origin.set_code(c.form.origin),
            "ticket_type": lambda c: self.ticket_type.set_code(c.form.ticket_type),
            "category_id": lambda c: self.category.set_category(c.form.category_id, category),
            "title": lambda c: _put_text(self.title, c.form.title),
            "content": lambda c: self.content.set_text(c.form.content),
            "resolution": lambda c: self.resolution.set_text(c.form.resolution),
            "customer_confirmed": lambda c: self.confirmed.setChecked(c.form.customer_confirmed),
            "tags": lambda c: self.tags.set_tags(c.form.tags),
            "due_on": lambda c: self.due_on.set_day(c.form.due_on),
            "to_agent_id": lambda c: self.receiver.set_receiver(c.to_agent_id, c.to_team_id),
            "to_team_id": lambda c: self.receiver.set_receiver(c.to_agent_id, c.to_team_id),
            "transfer_reason": lambda c: _put_text(self.transfer_reason, c.transfer_reason),
            "callback_at": lambda c: self.callback_at.set_moment(c.callback_at),
            "callback_number": lambda c: _put_text(self.callback_number, c.callback_number),
        }

    def add_pending_tag(self) -> bool:
        """Take the tag that was typed but not added; false if it was refused (marked there)."""
        taken = self.tags.add_pending()
        if not taken:
            self.tags.setFocus()
        return taken

    @property
    def has_unfinished_text(self) -> bool:
        """Typed, but not (yet) a value: a tag, a moment, a name that fits nobody."""
        return bool(
            self.tags.pending_text()
            or self.callback_at.is_unreadable
            or self.receiver.receiver() is None
        )

    def unfinished(self) -> Unfinished:
        return Unfinished(
            self.tags.pending_text(), self.receiver.currentText(), self.callback_at.text()
        )

    def put_unfinished(self, typed: Unfinished) -> None:
        self.tags.set_pending_text(typed.tag)
        self.receiver.setEditText(typed.receiver)
        self.callback_at.setText(typed.callback_at)

    # What is offered

    def offer_categories(self, categories: Iterable[tuple[int, str, str]]) -> None:
        """(id, ticket type, name) of every 세부유형 in use; what a ticket has it keeps."""
        chosen = self.category.category_id(), self.category.currentText()
        self._categories = {}
        for category_id, ticket_type, name in categories:
            self._categories.setdefault(ticket_type, []).append((category_id, name))
        self._show_by_type()
        self.category.set_category(*chosen)

    def propose_callback_number(self, number: str, instead_of: str) -> bool:
        """Fill in the customer's number; false if another one was typed."""
        if self.callback_number.text() not in ("", instead_of):
            return False
        self.callback_number.setText(number)
        return True

    # What is shown

    def show_links(self, customer: str, order: str, line: str, *, nobody: bool) -> None:
        """`nobody`: what stands under 고객 is only a number, there is nothing to clear."""
        for field, clear, text in (
            (self.customer, self._clear_customer, customer),
            (self.order, self._clear_order, order),
            (self.line, self._clear_line, line),
        ):
            field.show_value(text)
            clear.setEnabled(bool(text) and self._changeable)
        if nobody:
            self._clear_customer.setEnabled(False)

    def keep_business_hours(self, house: DeskHouse) -> None:
        """콜백일시 offers the hours of the house, and says where a time is outside them."""
        self.callback_at.use_calendar(lambda: house.calendar)
        self.show_beneath("콜백일시", self.callback_at.note)

    def show_beneath(self, label: str, strip: QWidget) -> None:
        """A strip to be read with the field of that label."""
        self._grid.add_beneath(label, strip)

    def hint_order(self, order_no: str) -> None:
        """Our own number of the order, on hover."""
        self.order.show_value(self.order.text(), hint=order_no)

    def allow_changes(self, allowed: bool) -> None:
        """A closed ticket is shown, not changed."""
        self._changeable = allowed
        for field in (
            self.origin,
            self.ticket_type,
            self.category,
            self.template,
            self.confirmed,
            self.tags,
            self.due_on,
            self.receiver,
            self.callback_at,
        ):
            field.setEnabled(allowed)
        for text in (self.title, self.transfer_reason, self.callback_number):
            show_only(text, not allowed)
        for counted in (self.content, self.resolution):
            counted.set_read_only(not allowed)
        if allowed:
            self._show_by_type()

    # Errors

    def show_error(self, field: str, text: str) -> bool:
        """Mark the field of that name in the rules; false if the form has none."""
        label = LABELS.get(field, "")
        counted = {"접수내용": self.content, "해결방안": self.resolution}.get(label)
        if counted is not None and counted.is_too_long:
            text = ""  # it says so itself
        if label == "콜백일시" and self.callback_at.is_unreadable:
            text = error_text(RuleViolation("callback_at_unreadable"))
        return self._grid.show_error(label, text)

    def error(self, label: str) -> str:
        return self._grid.error(label)

    def clear_errors(self) -> None:
        self._grid.clear_errors()

    def take_focus(self) -> None:
        """Where the work on a form begins."""
        empty = not self.ticket_type.code()
        (self.ticket_type if empty else self.content).setFocus()

    @Slot()
    def _on_type_changed(self) -> None:
        self._show_by_type()
        self.type_changed.emit(self.ticket_type.code())
        self.changed.emit()

    def _show_by_type(self) -> None:
        code = self.ticket_type.code()
        self.category.offer(self._categories.get(code, ()))
        complaint = code == TicketType.COMPLAINT
        self._grid.set_field_visible("해결방안", complaint)
        self._grid.set_field_visible("고객확인", complaint)


def _value(contents: FormContents, name: str) -> object:
    return getattr(contents.form if hasattr(contents.form, name) else contents, name)


def _put_text(field: TextField, text: str) -> None:
    field.setText(text)
    field.setCursorPosition(0)
