"""위로 and 아래로 of a list of 관리 whose order is kept: a press moves the current record."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Done
from ets_desktop.ui.screens.administration.record_page import RecordPage, Wish

UP, DOWN = "위로", "아래로"
#: For 변경 이력: the place that a record has.
ORDER_TOLD: Mapping[str, str] = MappingProxyType({"sort": "순서"})
Row = TypeVar("Row")
#: (ids as they stand, ids as they are to stand) → what does it
OrderWish = Callable[[tuple[int, ...], tuple[int, ...]], Wish]


class RecordOrder(QObject, Generic[Row]):
    """Acts on the rows that the list shows; what is being typed stays."""

    def __init__(self, page: RecordPage[Row], wish: OrderWish) -> None:
        super().__init__(page)
        self._page = page
        self._wish = wish
        up, down = page.list.button(UP), page.list.button(DOWN)
        up.setToolTip(self.tr("고른 항목을 한 칸 위로 옮깁니다. (Space)"))
        down.setToolTip(self.tr("고른 항목을 한 칸 아래로 옮깁니다. (Space)"))
        up.clicked.connect(self._on_up_clicked)
        down.clicked.connect(self._on_down_clicked)

    @Slot()
    def _on_up_clicked(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down_clicked(self) -> None:
        self._move(1)

    def _move(self, places: int) -> None:
        row = self._page.list.row_in_hand()
        if row is None:
            return
        was = tuple(int(str(self._page.key(each))) for each in self._page.list.model.rows)
        now = list(was)
        place = now.index(int(str(self._page.key(row))))
        if 0 <= place + places < len(now):
            now.insert(place + places, now.pop(place))
            wish = self._wish(was, tuple(now))
            self._told = wish.done
            self._page.jobs.save(
                wish.service, wish.command, on_done=self._on_moved, on_error=self._on_refused
            )

    def _on_moved(self, _done: Done[Any]) -> None:
        self._page.context.desk.say(self._told)
        self._page.refresh()

    def _on_refused(self, error: EtsError) -> None:
        self._page.context.desk.tell(error)
        self._page.refresh()
