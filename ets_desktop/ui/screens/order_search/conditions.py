"""The conditions of 통합주문검색 (spec 15)."""

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ets_desktop.queries.orders import ChannelRow, DateKind, OrderSearch
from ets_desktop.ui.labels import ORDER_STATUSES
from ets_desktop.ui.search_conditions import ANY, SearchConditions
from ets_desktop.ui.widgets.fields import FieldError, TextField, label_for

DATE_KINDS: dict[str, str] = {
    DateKind.ORDERED: "주문일",
    DateKind.PAID: "결제일",
    DateKind.SHIPPED: "발송일",
}

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


class Conditions(SearchConditions):
    """통합검색 above, which understands what is typed; it is where typing begins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TEXTS, 5, parent)
        self._anything = TextField("통합검색", maximum=100)
        self._anything_error = FieldError("통합검색")
        self._date_kind = self.choice("기간 기준", DATE_KINDS.items())
        self._channel = self.choice("판매처", [("", ANY)])
        self._status = self.choice("주문상태", [("", ANY), *ORDER_STATUSES.items()])
        self.watch(self._anything)
        self._lay_out()

    def _lay_out(self) -> None:
        self._anything.setPlaceholderText(
            self.tr("전화번호·주문번호·송장번호, 이름·초성(ㄱㅈㅁ), 상품")
        )
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(label_for("통합검색", self._anything))
        first.addWidget(self._anything, 1)
        self.add_buttons(first)
        second.addWidget(label_for("기간 기준", self._date_kind))
        second.addWidget(self._date_kind)
        second.addWidget(self.period, 1)
        fields: dict[str, QWidget] = {"판매처": self._channel, "주문상태": self._status}
        self.place(fields, _PLACES)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self._anything_error)
        column.addLayout(second)
        column.addWidget(self.period_error)
        column.addWidget(self.grid)

    def search(self) -> OrderSearch:
        """What stands in the fields."""
        period = self.period.period()
        return OrderSearch(
            date_kind=self._date_kind.currentData(),
            date_from=period.start,
            date_to=period.end,
            channel_code=self._channel.currentData(),
            order_status=self._status.currentData(),
            anything=self._anything.text().strip(),
            **self.text_values(),
        )

    def show_channels(self, channels: Iterable[ChannelRow]) -> None:
        """The choices of 판매처; what was chosen stays chosen."""
        chosen = self._channel.currentData()
        self._channel.clear()
        self._channel.addItem(self.tr(ANY), "")
        for channel in channels:
            self._channel.addItem(channel.name, channel.code)
        self._channel.setCurrentIndex(max(0, self._channel.findData(chosen)))

    def show_refusal_of_all(self, text: str) -> None:
        self._anything_error.show_error(text)
        self._anything.setFocus()

    def clear_errors(self) -> None:
        self._anything_error.clear_error()
        super().clear_errors()

    def take_focus(self) -> None:
        self._anything.setFocus()
        self._anything.selectAll()
