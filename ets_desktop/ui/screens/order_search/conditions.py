"""The conditions of 통합주문검색 (spec 15) and the buttons beside them."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.queries.orders import ChannelRow, DateKind, OrderSearch
from ets_desktop.ui.labels import ORDER_STATUSES, error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.choice_box import ChoiceBox
from ets_desktop.ui.widgets.composition import finish_composition
from ets_desktop.ui.widgets.fields import ENTER_KEYS, FieldError, TextField, label_for
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.widgets.period import DateField, PeriodButtons

DATE_KINDS = {DateKind.ORDERED: "주문일", DateKind.PAID: "결제일", DateKind.SHIPPED: "발송일"}
ANY = "전체"

#: The text conditions: field of OrderSearch → label. Their fields in the grid follow _PLACES.
TEXTS = {
    "order_no": "주문번호",
    "orderer": "주문자",
    "recipient": "수취인",
    "phone": "전화번호",
    "product": "상품",
    "tracking_no": "송장번호",
    "address": "주소",
}
#: label → (row, column, span) among five pairs a row.
_PLACES = {
    "판매처": (0, 0, 1),
    "주문번호": (0, 1, 1),
    "주문자": (0, 2, 1),
    "수취인": (0, 3, 1),
    "전화번호": (0, 4, 1),
    "상품": (1, 0, 1),
    "송장번호": (1, 1, 1),
    "주문상태": (1, 2, 1),
    "주소": (1, 3, 2),
}


class Conditions(QWidget):
    """Enter in any field and every period button ask at once; 초기화 only empties."""

    #: 조회, Enter or a period button: search for `search()`
    asked = Signal()
    stop_requested = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anything = TextField("통합검색", maximum=100)
        self._anything_error = FieldError("통합검색")
        self._date_kind = _combo("기간 기준", DATE_KINDS.items())
        self._period = PeriodButtons()
        self._period_error = FieldError("종료일")
        self._texts = {name: TextField(label, maximum=100) for name, label in TEXTS.items()}
        self._channel = _combo("판매처", [("", ANY)])
        self._status = _combo("주문상태", [("", ANY), *ORDER_STATUSES.items()])
        self._grid = FormGrid(columns=5)
        self._ask = QPushButton(self.tr("조회"))
        self._stop = QPushButton(self.tr("중지"))
        self._clear = QPushButton(self.tr("초기화"))
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        self._anything.setPlaceholderText(
            self.tr("전화번호·주문번호·송장번호, 이름·초성(ㄱㅈㅁ), 상품")
        )
        self._ask.setProperty("role", "primary")
        self._stop.setEnabled(False)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(label_for("통합검색", self._anything))
        first.addWidget(self._anything, 1)
        for button in (self._ask, self._stop, self._clear):
            button.setAutoDefault(False)
            first.addWidget(button)
        second.addWidget(label_for("기간 기준", self._date_kind))
        second.addWidget(self._date_kind)
        second.addWidget(self._period, 1)
        fields: dict[str, QWidget] = {TEXTS[name]: field for name, field in self._texts.items()}
        fields |= {"판매처": self._channel, "주문상태": self._status}
        for label, (row, place, span) in _PLACES.items():
            self._grid.add_field(label, fields[label], row, place, span=span)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self._anything_error)
        column.addLayout(second)
        column.addWidget(self._period_error)
        column.addWidget(self._grid)

    def _wire(self) -> None:
        self._ask.clicked.connect(self._on_ask)
        self._stop.clicked.connect(self.stop_requested)
        self._clear.clicked.connect(self._on_clear_clicked)
        self._period.period_chosen.connect(self._on_ask)
        for field in (self._anything, *self._texts.values()):
            field.entered.connect(self._on_ask)
        others = (self._date_kind, self._channel, self._status)
        for widget in (*others, *self._period.findChildren(DateField)):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the fields that are no TextField."""
        key = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.KeyPress and key in ENTER_KEYS:
            self._on_ask()
            return True
        return super().eventFilter(watched, event)

    def buttons(self) -> dict[str, QPushButton]:
        """The buttons by the ids of their keys (shortcuts.ACTIONS)."""
        return {
            "search": self._ask,
            "stop_search": self._stop,
            "clear_search": self._clear,
        }

    def search(self) -> OrderSearch:
        """What stands in the fields."""
        period = self._period.period()
        return OrderSearch(
            date_kind=self._date_kind.currentData(),
            date_from=period.start,
            date_to=period.end,
            channel_code=self._channel.currentData(),
            order_status=self._status.currentData(),
            anything=self._anything.text().strip(),
            **{name: field.text().strip() for name, field in self._texts.items()},
        )

    def show_channels(self, channels: Iterable[ChannelRow]) -> None:
        """The choices of 판매처; what was chosen stays chosen."""
        chosen = self._channel.currentData()
        self._channel.clear()
        self._channel.addItem(self.tr(ANY), "")
        for channel in channels:
            self._channel.addItem(channel.name, channel.code)
        self._channel.setCurrentIndex(max(0, self._channel.findData(chosen)))

    def show_searching(self, searching: bool) -> None:
        """중지 works only while something runs."""
        self._stop.setEnabled(searching)

    def show_refusal(self, error: EtsError) -> None:
        """Why nothing was searched, beside the field at fault."""
        field = error.field if isinstance(error, RuleViolation) else None
        if not self._grid.show_error(TEXTS.get(field or "", ""), error_text(error)):
            self._anything_error.show_error(error_text(error))
            self._anything.setFocus()

    def clear_errors(self) -> None:
        self._anything_error.clear_error()
        self._period_error.clear_error()
        self._grid.clear_errors()

    def clear(self) -> None:
        """As the screen was opened: a month up to today."""
        for field in (self._anything, *self._texts.values()):
            field.clear()
        for combo in (self._date_kind, self._channel, self._status):
            combo.setCurrentIndex(0)
        self._period.choose("1개월")
        self.clear_errors()

    def take_focus(self) -> None:
        self._anything.setFocus()
        self._anything.selectAll()

    @Slot()
    def _on_ask(self) -> None:
        finish_composition()
        self.clear_errors()
        period = self._period.period()
        if period.start and period.end and period.end < period.start:
            self._period_error.show_error(self.tr("종료일이 시작일보다 앞섭니다."))
        else:
            self.asked.emit()

    @Slot()
    def _on_clear_clicked(self) -> None:
        self.clear()
        self._anything.setFocus()
        self.cleared.emit()


def _combo(label: str, items: Iterable[tuple[str, str]]) -> QComboBox:
    combo = ChoiceBox()
    combo.setAccessibleName(translated(label))
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(6)
    for code, word in items:
        combo.addItem(translated(word, code), code)
    return combo
