"""A time line with what stands around it: age and errors, as a table has them."""

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ets_desktop.domain.paging import Page
from ets_desktop.ui.list_age import ListAge
from ets_desktop.ui.widgets.fields import set_tone
from ets_desktop.ui.widgets.flow_layout import FlowLayout
from ets_desktop.ui.widgets.timeline import Timeline, TimelineEntry
from ets_desktop.ui.widgets.tips import plain_tip

Row = TypeVar("Row")


class TimelinePanel(QWidget, Generic[Row]):
    """Filled by a PagedList as a TablePanel is; `entry_of` makes an entry of a row."""

    #: the key of the next page
    more_wanted = Signal(object)

    def __init__(
        self, name: str, entry_of: Callable[[Row], TimelineEntry], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.timeline = Timeline(name)
        self.age = ListAge()
        self._entry_of = entry_of
        self._next_key: tuple[object, ...] | None = None
        self._message = QLabel()
        self._tools = FlowLayout(spacing=10)
        self._lay_out()
        self.timeline.entries.more_wanted.connect(self._on_more_wanted)

    def _lay_out(self) -> None:
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self.age.setProperty("role", "age")
        self._tools.addWidget(self.age)
        self._tools.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(3)
        column.addLayout(self._tools)
        column.addWidget(self.timeline, 1)

    def add_tool(self, widget: QWidget) -> None:
        """Another control in the line above, before age and message."""
        self._tools.insert_widget(self._tools.count() - 2, widget)

    @property
    def message(self) -> str:
        """What stands above the line: nothing found, busy, or why not."""
        return self._message.text()

    def show_page(self, page: Page[Row], as_of: datetime | None = None) -> None:
        """The first page of a new answer; `as_of` is when the rows were true."""
        self._put(page)
        self._show_state(as_of)
        self.timeline.scrollToTop()

    def reload(self, page: Page[Row], as_of: datetime | None = None) -> None:
        """A newer answer to the same question: current entry and place stay."""
        key, top = self.timeline.current_key(), self.timeline.verticalScrollBar().value()
        self._put(page)
        self._show_state(as_of)
        if key is not None:
            self.timeline.select_key(key)
        self.timeline.verticalScrollBar().setValue(top)

    def append_page(self, page: Page[Row]) -> None:
        self._next_key = page.next_key
        entries = map(self._entry_of, page.rows)
        self.timeline.entries.append_entries(entries, has_more=page.next_key is not None)

    def clear(self) -> None:
        """No question asked yet."""
        self._put(Page(()))
        self.age.show_moment(None)
        self._say("")

    def show_busy(self) -> None:
        self._say(self.tr("조회 중…"))

    def show_error(self, text: str) -> None:
        """It could not be read; what it showed stays, with its age."""
        self.timeline.entries.more_failed()
        self._say(text, tone="red")

    def _put(self, page: Page[Row]) -> None:
        self._next_key = page.next_key
        entries = map(self._entry_of, page.rows)
        self.timeline.entries.show_entries(entries, has_more=page.next_key is not None)

    def _show_state(self, as_of: datetime | None) -> None:
        self.age.show_moment(as_of)
        self._say("" if self.timeline.entries.entries else self.tr("내역이 없습니다."))

    def _say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        self._message.setToolTip(plain_tip(text))
        set_tone(self._message, tone)

    @Slot()
    def _on_more_wanted(self) -> None:
        if self._next_key is not None:
            self.more_wanted.emit(self._next_key)
