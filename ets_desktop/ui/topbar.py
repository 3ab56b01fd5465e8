"""The two rows above the tabs and the caller strip below them (spec 10)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.ui.cards import CallCard, CallerCard, CustomerCard
from ets_desktop.ui.formats import SEOUL, duration_text, moment_text
from ets_desktop.ui.labels import GRADES, word
from ets_desktop.ui.widgets.dial_button import NUMBER
from ets_desktop.ui.widgets.eliding_field import ElidingField
from ets_desktop.ui.widgets.fields import FieldError, ReadOnlyField, TextField, label_for, set_tone
from ets_desktop.ui.widgets.state_box import StateBox


def now_in_seoul() -> datetime:
    return datetime.now(SEOUL)


class _CallerStrip(ReadOnlyField):
    """Names the ringing caller and tells when that reached the screen."""

    painted = Signal(int)
    clicked = Signal()

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self._unpainted = 0

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click, but not the end of selecting a part of the text."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.hasSelectedText():
            self.clicked.emit()

    def show_caller(self, call_id: int, text: str) -> None:
        self._unpainted = call_id
        self.show_value(text, tone="accent" if text else "")
        # At once: filling the form would otherwise come before the next frame.
        self.repaint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        call_id, self._unpainted = self._unpainted, 0
        if call_id:
            self.painted.emit(call_id)


class TopBar(QWidget):
    """Shows the agent, the call, the health of the links, and the customer in the form."""

    #: code of the chosen agent state
    agent_state_chosen = Signal(str)
    #: 폭언 was pressed
    abuse_met = Signal()
    #: what was typed into 고객ID, on Enter
    customer_searched = Signal(str)
    #: what stands in 고객명, as the user types it, or a screen reader for them
    customer_name_edited = Signal(str)
    new_customer_requested = Signal()
    save_customer_requested = Signal()
    customer_detail_requested = Signal()
    #: the caller of this call is on the screen: the end of ring-to-painted
    caller_painted = Signal(int)
    #: the caller strip was clicked: this call is wanted in the form
    caller_clicked = Signal()
    #: DB or 전화연결, whether it is alive
    link_changed = Signal(str, bool)

    def __init__(
        self, now: Callable[[], datetime] = now_in_seoul, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._call: CallCard | None = None
        self._putting_name = False
        self._shown = {
            label: ReadOnlyField(label, characters=width) for label, width in _WIDTHS.items()
        }
        self._caller = _CallerStrip("수신고객")
        self.state_box = StateBox(now)
        self._customer_id = TextField("고객ID", maximum=100)
        self._recent = QToolButton()
        self._customer_name = ElidingField("고객명")
        self._name_error = FieldError("고객명")
        self._abuse = QPushButton(self.tr("폭언"))
        self._new = QPushButton(self.tr("신규고객"))
        self._save = QPushButton(self.tr("고객저장"))
        self._detail = QPushButton(self.tr("고객상세"))
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._lay_out()
        self.show_customer(None)
        self.show_caller(None)
        self.show_link("DB", False)
        self.show_link("전화연결", False)
        self._wire()

    def _lay_out(self) -> None:
        self._shown["수신번호"].setProperty(NUMBER, True)
        self._customer_id.setPlaceholderText(self.tr("이름·전화번호·고객번호"))
        self._customer_id.setMinimumWidth(200)
        self._recent.setText("▾")
        self._recent.setAccessibleName(self.tr("최근 고객"))
        self._recent.setAutoRaise(True)
        self._customer_name.setMinimumWidth(110)
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._add(first, "담당자", "내선")
        first.addWidget(label_for("상담상태", self.state_box))
        first.addWidget(self.state_box)
        first.addSpacing(2)
        self._add(first, "수신번호", "수신일시", "통화시간")
        first.addStretch()
        self._add(first, "미처리", "DB", "전화연결")
        _pair(second, "고객ID", self._customer_id)
        second.addWidget(self._recent)
        _pair(second, "고객명", self._customer_name)
        for button in (self._new, self._save, self._detail):
            second.addWidget(button)
        second.addSpacing(10)
        self._add(second, "등급", "주의고객", "누적접수")
        second.setStretchFactor(self._shown["주의고객"], 1)
        _pair(third, "수신고객", self._caller)
        third.addWidget(self._abuse)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 4)
        column.setSpacing(4)
        for row in (first, second, third):
            row.setSpacing(5)
            column.addLayout(row)
        column.insertWidget(2, self._name_error)

    def _add(self, row: QHBoxLayout, *labels: str) -> None:
        for label in labels:
            _pair(row, label, self._shown[label])

    def _wire(self) -> None:
        self.state_box.chosen.connect(self.agent_state_chosen)
        self._abuse.clicked.connect(self.abuse_met)
        self._customer_id.entered.connect(self._on_customer_id_entered)
        self._customer_id.installEventFilter(self)
        self._customer_name.textChanged.connect(self._on_customer_name_changed)
        self._new.clicked.connect(self.new_customer_requested)
        self._save.clicked.connect(self.save_customer_requested)
        self._detail.clicked.connect(self.customer_detail_requested)
        self._caller.painted.connect(self.caller_painted)
        self._caller.clicked.connect(self.caller_clicked)
        self._clock.timeout.connect(self._show_duration)

    # The agent and the links

    def show_agent(self, name: str, extension: str) -> None:
        self._shown["담당자"].show_value(name)
        self._shown["내선"].show_value(extension)

    def show_duty(self, state: str, for_s: float | None = None, after: str = "") -> None:
        """Say the state without choosing it, for how many seconds it has held, and what will
        follow the call under way."""
        self.state_box.show_state(state, for_s, after)

    def show_unprocessed(self, count: int, *, red: bool = False) -> None:
        self._shown["미처리"].show_value(f"{count:,}", tone="red" if red else "")

    def show_link(self, label: str, alive: bool, reason: str = "") -> None:
        """`label` is DB or 전화연결; the reason shows on hover."""
        self.link_changed.emit(label, alive)
        text = self.tr("● 연결") if alive else self.tr("● 끊김")
        self._shown[label].show_value(text, tone="accent" if alive else "red", hint=reason)

    # The call

    @property
    def call(self) -> CallCard | None:
        return self._call

    def show_call(self, call: CallCard | None) -> None:
        """Fill number, time and duration; takes neither focus nor what is being typed."""
        self._call = call
        ringing = call is not None and call.state == "ringing"
        tone = "accent" if ringing else ""
        self._shown["수신번호"].show_value("" if call is None else call.number, tone=tone)
        self._shown["수신일시"].show_value(moment_text(None if call is None else call.rang_at))
        self._show_duration()
        if call is not None and call.state in ("talking", "held") and call.talking_since:
            self._clock.start()
        else:
            self._clock.stop()

    def show_caller(self, caller: CallerCard | None) -> None:
        """Name the ringing caller, also while the form is in use."""
        text = "" if caller is None else self._caller_text(caller)
        self._caller.setProperty(NUMBER, "" if caller is None else caller.number)
        self._caller.show_caller(0 if caller is None else caller.call_id, text)

    def _caller_text(self, caller: CallerCard) -> str:
        if caller.candidates > 1 and not caller.name:
            parts = [self.tr("고객 {count}명").format(count=caller.candidates)]
        else:
            parts = [caller.name or self.tr("등록되지 않은 번호")]
        if caller.grade:
            parts.append(word(GRADES, caller.grade))
        if caller.flagged:
            parts.append(self.tr("주의고객: {reason}").format(reason=caller.flagged))
        if caller.open_tickets:
            parts.append(self.tr("미완료 접수 {count}건").format(count=caller.open_tickets))
        if caller.newest_order:
            parts.append(self.tr("최근 주문 {order}").format(order=caller.newest_order))
        if caller.waiting:
            parts.append(self.tr("대기 통화 {count}").format(count=caller.waiting))
        return " · ".join(parts)

    @Slot()
    def _show_duration(self) -> None:
        call = self._call
        if call is None:
            text = ""
        elif call.talking_since is not None and call.state in ("talking", "held"):
            text = duration_text(int((self._now() - call.talking_since).total_seconds()))
        else:
            text = duration_text(call.talk_seconds)
        self._shown["통화시간"].show_value(text)

    # The customer

    def show_customer(self, customer: CustomerCard | None) -> None:
        """The customer in the form; None empties the row."""
        self._customer_id.setText("" if customer is None else customer.customer_no)
        self.set_customer_name("" if customer is None else customer.name)
        self.show_standing(customer)
        self.allow_customer_actions(save=False, detail=customer is not None)

    def show_standing(self, customer: CustomerCard | None) -> None:
        """What is only shown of the customer; what may be under the keys stays untouched."""
        values = ("", "", "")
        if customer is not None:
            grade = word(GRADES, customer.grade)
            values = (grade, customer.flagged or "—", f"{customer.total_tickets:,}")
        self._shown["등급"].show_value(values[0])
        self._shown["주의고객"].show_value(values[1], tone="accent" if values[1].strip("—") else "")
        self._shown["누적접수"].show_value(values[2])

    @property
    def customer_name(self) -> str:
        return self._customer_name.text().strip()

    def set_customer_name(self, name: str) -> None:
        """Shown, not told as typed."""
        self._putting_name = True
        self._customer_name.setText(name)
        self._customer_name.setCursorPosition(0)
        self._putting_name = False
        self._clear_name_error()

    def show_name_error(self, text: str) -> None:
        """Why the name in 고객명 is refused, until it is another one."""
        self._name_error.show_error(text)
        set_tone(self._customer_name, "red")
        self.focus_customer_name()

    def _clear_name_error(self) -> None:
        self._name_error.clear_error()
        set_tone(self._customer_name, "")

    @property
    def customer_search(self) -> str:
        return self._customer_id.text().strip()

    def set_customer_search(self, text: str) -> None:
        self._customer_id.setText(text)

    def allow_customer_actions(self, *, save: bool, detail: bool) -> None:
        self._save.setEnabled(save)
        self._detail.setEnabled(detail)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in 고객ID opens 최근 고객 below it."""
        key = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.KeyPress and key == Qt.Key.Key_Down:
            self._recent.click()
            return True
        return super().eventFilter(watched, event)

    @property
    def customer_search_corner(self) -> QPoint:
        """On the screen, where a drop-down of 고객ID begins."""
        return self._customer_id.mapToGlobal(self._customer_id.rect().bottomLeft())

    def buttons(self) -> dict[str, QAbstractButton]:
        """The buttons by the id of their action (shortcuts.ACTIONS)."""
        return {
            "warn_abuse": self._abuse,
            "recent_customers": self._recent,
            "new_customer": self._new,
            "save_customer": self._save,
            "customer_detail": self._detail,
        }

    def focus_customer_search(self) -> None:
        self._customer_id.setFocus()
        self._customer_id.selectAll()

    def focus_customer_name(self) -> None:
        self._customer_name.setFocus()
        self._customer_name.selectAll()

    @Slot(str)
    def _on_customer_name_changed(self, name: str) -> None:
        if not self._putting_name:
            self._clear_name_error()
            self.customer_name_edited.emit(name)

    @Slot()
    def _on_customer_id_entered(self) -> None:
        if self.customer_search:
            self.customer_searched.emit(self.customer_search)


#: Shown fields and their widths in digits; 0 takes what is left.
_WIDTHS = {
    "담당자": 8,
    "내선": 5,
    "수신번호": 14,
    "수신일시": 17,
    "통화시간": 6,
    "미처리": 4,
    "DB": 6,
    "전화연결": 6,
    "등급": 6,
    "주의고객": 0,
    "누적접수": 4,
}


def _pair(row: QHBoxLayout, label: str, field: QWidget) -> None:
    row.addWidget(label_for(label, field))
    row.addWidget(field)
