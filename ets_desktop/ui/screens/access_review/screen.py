"""접속기록: searched like the other lists, and searching it is logged as well (spec 80)."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from ets_desktop.domain.topics import EXPORTS, Done, Topic
from ets_desktop.queries.access_log import AccessRow, count_access, search_access
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.access_review import see_exports
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.language import translated
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.access_review.columns import access_columns, access_key, condition_of
from ets_desktop.ui.screens.access_review.conditions import Conditions
from ets_desktop.ui.screens.access_review.naming import read_called
from ets_desktop.ui.searched_list import SearchedList, Searching
from ets_desktop.ui.table_panel import EXPORT, TablePanel

TITLE = "접속기록"
REVEAL = "조건 보기"
_SEARCH = Searching(search_access, count_access, "search_access")


class AccessReviewScreen(Screen):
    """Rows stay as they were found: what happens meanwhile is asked for with 조회."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._conditions = Conditions()
        self._called: dict[tuple[str, str], str] = {}
        self._list: TablePanel[AccessRow] = TablePanel(
            TITLE,
            access_columns(self._called),
            access_key,
            buttons=(REVEAL, EXPORT),
            state=context.state,
            empty=self.tr("찾은 접속기록이 없습니다. 조건이나 기간을 넓혀 보십시오."),
        )
        self._rows: SearchedList[AccessRow] = SearchedList(
            self, self._list, self._conditions, _SEARCH
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._conditions)
        column.addWidget(self._list, 1)
        context.desk.actions.bind_button("reveal_access", self._list.button(REVEAL), self)
        self._list.button(REVEAL).clicked.connect(self._on_reveal_clicked)
        self._list.row_chosen.connect(self._on_row_chosen)
        context.changes.subscribe(self, (EXPORTS,), self._on_exports_touched)

    def take_focus(self) -> None:
        self._conditions.take_focus()

    def come_to_front(self) -> None:
        """The exports that waited for a supervisor are shown to this one."""
        self.jobs.load(read_called, on_done=self._on_called_read, lane="called")
        self.jobs.save(see_exports, on_done=self._on_exports_seen)

    def _on_called_read(self, called: dict[tuple[str, str], str]) -> None:
        self._called.update(called)
        self._list.model.refresh_texts()

    def _on_exports_touched(self, _topics: frozenset[Topic]) -> None:
        if self.isVisible():
            self.come_to_front()

    def _on_exports_seen(self, done: Done[int]) -> None:
        if done.value:
            self._conditions.show_exports()
            self._conditions.asked.emit()

    @Slot()
    def _on_reveal_clicked(self) -> None:
        row = self._list.row_in_hand()
        if row is not None:
            self._reveal(row)

    @Slot(object)
    def _on_row_chosen(self, row: AccessRow) -> None:
        self._reveal(row)

    def _reveal(self, row: AccessRow) -> None:
        """The whole condition, once that is in the log too."""
        looked = LogAccess("reveal_access", subject=f"access/{row.access_id}")
        self.jobs.save(log_access, looked, on_done=partial(self._show_condition, row))

    def _show_condition(self, row: AccessRow, _done: Done[None]) -> None:
        told = condition_of(row, self._called, masked=False)
        nothing = self.tr("조회 조건이 없는 기록입니다.")
        self.context.prompts.notify(translated(REVEAL), told or nothing)
