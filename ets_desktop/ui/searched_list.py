"""Searching as every search screen does it: at once, page by page, never waited for, logged."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel

from ets_desktop.domain.data_subjects import count_subjects
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.paging import Page
from ets_desktop.queries.orders import MOST_ROWS, RowCount
from ets_desktop.queries.reading import read_at
from ets_desktop.services.access import LogAccess
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.operations.access import AccessTrail
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.search_conditions import KeptConditions, SearchConditions
from ets_desktop.ui.table_panel import Question, TablePanel

Row = TypeVar("Row")
#: query(session, search, after, size)
Query = Callable[[Any, Any, "tuple[object, ...] | None", int], Page[Row]]

PAGE = 50
_ROWS, _COUNT, _AGAIN = "rows", "count", "again"
_SEARCHING = (_ROWS, _COUNT)


# No slots: see ui/tables.py.
@dataclass(frozen=True)
class Searching(Generic[Row]):
    """How a search is read: its pages, how many rows there are, its word in the access log."""

    pages: Query[Row]
    count: Callable[[Any, Any], RowCount]
    action: str


class SearchedList(QObject, Generic[Row]):
    """Fills `panel` with what `conditions` ask for.

    A newer search replaces the older one, whose statement is stopped in the database. Every page
    is noted in the access log (spec 80). Rows stay beside the conditions that they answer, and
    beside no others.
    """

    #: Page: the first of a new answer is on the screen
    answered = Signal(object)
    #: nothing is on the screen any more
    emptied = Signal()

    def __init__(
        self,
        screen: Screen,
        panel: TablePanel[Row],
        conditions: SearchConditions,
        searching: Searching[Row],
    ) -> None:
        super().__init__(screen)
        self._jobs = screen.jobs
        self._desk = screen.context.desk
        self._panel = panel
        self._conditions = conditions
        self._searching = searching
        self._search: Any = None
        #: What the rows on the screen answer.
        self._answered: Any = None
        self._is_stale = False
        self._found = QLabel()
        self._found.setTextFormat(Qt.TextFormat.PlainText)
        self._trail = AccessTrail(screen.context, screen)
        self._pace = Pace(self._jobs, _AGAIN, self._load_again)
        self._wire(screen)

    def _wire(self, screen: Screen) -> None:
        self._found.setAccessibleName(self.tr("검색 건수"))
        self._panel.add_tool(self._found)
        self._panel.more_wanted.connect(self._on_more_wanted)
        self._conditions.asked.connect(self._on_asked)
        self._conditions.stop_requested.connect(self._on_stop_requested)
        self._conditions.cleared.connect(self._on_conditions_cleared)
        self._conditions.refused.connect(self._on_cleared)
        self._conditions.list_wanted.connect(self._panel.go_to_rows)
        self._jobs.reading_changed.connect(self._on_reading_changed)
        for action, button in self._conditions.buttons().items():
            screen.context.desk.actions.bind_button(action, button, screen)

    def refresh(self) -> None:
        """Something on the list changed: ask the same again, keeping the place. Not logged anew,
        for nobody asked."""
        if self._answered is not None:
            self._pace.ask()

    # Asking

    @Slot()
    def _on_asked(self) -> None:
        search = self._search = self._conditions.search()
        self._panel.show_busy()
        self._found.setText("")
        self._jobs.stop(_COUNT)
        self._jobs.stop(_AGAIN)
        self._load(_ROWS, search, PAGE, self._show_first_page)

    def _load_again(self) -> None:
        """While rows are on their way, once they have come."""
        search = self._answered
        self._is_stale = self._jobs.is_reading(_ROWS)
        if search is not None and not self._is_stale:
            size = min(max(PAGE, self._panel.model.rowCount()), MOST_ROWS)
            self._load(_AGAIN, search, size, self._show_again)

    def _load(
        self,
        lane: str,
        search: Any,
        size: int,
        on_done: Callable[[Any, tuple[Page[Row], datetime]], None],
    ) -> None:
        pages = self._searching.pages

        def first_page(session: Any) -> tuple[Page[Row], datetime]:
            as_of = read_at(session)
            return pages(session, search, None, size), as_of

        self._jobs.load(
            first_page,
            on_done=partial(on_done, search),
            on_error=self._on_search_failed,
            lane=lane,
        )

    @Slot(object)
    def _on_more_wanted(self, after: tuple[object, ...]) -> None:
        search = self._answered
        if search is not None and search == self._search:
            self._jobs.load(
                self._searching.pages,
                search,
                after,
                PAGE,
                on_done=partial(self._append_page, search),
                on_error=self._on_search_failed,
                lane=_ROWS,
            )

    # Showing

    def _show_first_page(self, search: Any, answer: tuple[Page[Row], datetime]) -> None:
        page, as_of = answer
        self._answered = search
        self._panel.set_question(self._question_of(search))
        self._panel.show_page(page, as_of)
        self._log(search, page)
        self._count_rows(search, page)
        self.answered.emit(page)

    def _append_page(self, search: Any, page: Page[Row]) -> None:
        self._panel.append_page(page)
        self._log(search, page)

    def _show_again(self, search: Any, answer: tuple[Page[Row], datetime]) -> None:
        page, as_of = answer
        # A further page of the older rows does not fit behind the newer ones.
        self._jobs.stop(_ROWS)
        self._panel.reload(page, as_of)
        self._count_rows(search, page)

    def _count_rows(self, search: Any, page: Page[Row]) -> None:
        if page.next_key is None:
            self._show_count(RowCount(len(page.rows), is_capped=False))
        else:
            self._jobs.load(self._searching.count, search, on_done=self._show_count, lane=_COUNT)

    def _show_count(self, found: RowCount) -> None:
        more = "+" if found.is_capped else ""
        self._found.setText(self.tr("{count}건").format(count=f"{found.count:,}{more}"))

    def _question_of(self, search: Any) -> Question[Row]:
        pages = self._searching.pages

        def further(session: Any, after: tuple[object, ...], size: int) -> Page[Row]:
            return pages(session, search, after, size)

        return Question(further, _told(search), MOST_ROWS)

    def _log(self, search: Any, page: Page[Row]) -> None:
        """Who searched by what and how many rows came."""
        action, condition = self._searching.action, _told(search)
        persons = count_subjects(page.rows)
        self._trail.note(LogAccess(action, "", condition, len(page.rows), persons))

    def _on_search_failed(self, error: EtsError) -> None:
        if isinstance(error, RuleViolation):
            self._on_cleared()
            self._conditions.show_refusal(error)
        else:
            self._drop_other_rows()
            self._panel.show_error(error_text(error))

    # Ending

    @Slot()
    def _on_stop_requested(self) -> None:
        self._stop()
        self._drop_other_rows()
        self._panel.show_note(self.tr("조회를 중지했습니다."))

    @Slot()
    def _on_cleared(self) -> None:
        """초기화, or conditions that cannot be searched by: no rows answer to them."""
        self._stop()
        self._search = None
        self._clear_rows()

    @Slot(object)
    def _on_conditions_cleared(self, kept: KeptConditions) -> None:
        asked = self._search is not None
        self._on_cleared()
        emptied = self._conditions.keep()
        if asked or kept != emptied:
            back = partial(self._bring_back, kept, emptied, asked)
            self._desk.say(self.tr("조회 조건을 비웠습니다."), back)

    def _bring_back(self, kept: KeptConditions, emptied: KeptConditions, asked: bool) -> None:
        """실행 취소 of 초기화: the conditions, and what they had found, read anew."""
        if self._conditions.keep() != emptied or self._search is not None:
            self._desk.say(self.tr("그 뒤에 다른 조건을 넣어 되돌리지 않았습니다."))
            return
        self._conditions.bring_back(kept)
        if asked:
            self._on_asked()

    def _stop(self) -> None:
        for lane in (*_SEARCHING, _AGAIN):
            self._jobs.stop(lane)

    def _drop_other_rows(self) -> None:
        if self._answered != self._search:
            self._clear_rows()

    def _clear_rows(self) -> None:
        self._answered = None
        self._panel.clear()
        self._found.setText("")
        self.emptied.emit()

    @Slot(str, bool)
    def _on_reading_changed(self, lane: str, reading: bool) -> None:
        self._conditions.show_searching(any(self._jobs.is_reading(one) for one in _SEARCHING))
        if self._is_stale and lane == _ROWS and not reading:
            self._is_stale = False
            self.refresh()


def _told(search: Any) -> dict[str, str]:
    """The conditions as the access log has them."""
    values = asdict(search).items()
    return {name: str(value) for name, value in values if value not in (None, "")}
