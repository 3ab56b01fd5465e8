"""A list of something that belongs to one customer, order or ticket, read page by page."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.paging import Page
from ets_desktop.queries.reading import read_at
from ets_desktop.ui.context import ScreenJobs
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.table_panel import Question, TablePanel
from ets_desktop.ui.timeline_panel import TimelinePanel

Row = TypeVar("Row")
#: query(session, key, after, size)
Query = Callable[[Any, Any, "tuple[object, ...] | None", int], Page[Row]]

PAGE = 50


class PagedList(QObject, Generic[Row]):
    """Fills `panel` while it is on the screen; a hidden one reads once it is shown."""

    #: the first page of an answer is on the screen
    shown = Signal()

    def __init__(
        self,
        jobs: ScreenJobs,
        panel: TablePanel[Row] | TimelinePanel[Row],
        query: Query[Row],
        lane: str,
    ) -> None:
        super().__init__(panel)
        self._jobs = jobs
        self._panel = panel
        self._query = query
        self._lane = lane
        self._key: Hashable | None = None
        self._wanted = False
        self._keep_place = False
        panel.more_wanted.connect(self._on_more_wanted)

    def show_key(self, key: Hashable | None) -> None:
        """The rows of `key` from now on; None empties the list."""
        if key == self._key:
            return
        self.ask(key)

    def ask(self, key: Hashable | None) -> None:
        """`show_key`, but the same key is asked again: 조회."""
        self._key = key
        self._jobs.stop(self._lane)
        self._panel.clear()
        self._keep_place = False
        self._wanted = key is not None
        self.load_if_visible()

    def refresh(self) -> None:
        """Something changed: read again, keeping the place."""
        if self._key is not None:
            self._keep_place = not self._wanted
            self._wanted = True
            self.load_if_visible()

    def load_if_visible(self) -> None:
        """Called by whoever shows the list, too."""
        if self._wanted and self._panel.isVisible():
            self._wanted = False
            self._panel.show_busy()
            self._jobs.load(
                self._first_page,
                self._key,
                on_done=self._on_loaded,
                on_error=self._on_failed,
                lane=self._lane,
            )

    def _first_page(self, session: Any, key: Hashable) -> tuple[Hashable, Page[Row], datetime]:
        as_of = read_at(session)
        return key, self._query(session, key, None, PAGE), as_of

    def _on_loaded(self, answer: tuple[Hashable, Page[Row], datetime]) -> None:
        key, page, as_of = answer
        if key != self._key:
            return
        if isinstance(self._panel, TablePanel):
            self._panel.set_question(self._question_about(key))
        if self._keep_place:
            self._panel.reload(page, as_of)
        else:
            self._panel.show_page(page, as_of)
        self.shown.emit()

    def _question_about(self, key: Hashable) -> Question[Row]:
        query = self._query

        def further(session: Any, after: tuple[object, ...], size: int) -> Page[Row]:
            return query(session, key, after, size)

        return Question(further, {"key": key})

    @Slot(object)
    def _on_more_wanted(self, after: tuple[object, ...]) -> None:
        self._jobs.load(
            self._query,
            self._key,
            after,
            PAGE,
            on_done=self._panel.append_page,
            on_error=self._on_failed,
            lane=self._lane,
        )

    def _on_failed(self, error: EtsError) -> None:
        self._panel.show_error(error_text(error))
