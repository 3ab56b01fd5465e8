"""Exports of many people or outside working hours, told to whoever supervises (spec 80)."""

from PySide6.QtCore import QObject, Slot

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import EXPORTS, Topic
from ets_desktop.queries.access_log import ExportAlertRow, unseen_exports
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.notices import Notice
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.window_desk import WindowDesk

#: The tab that shows them, and so takes the notices away.
REVIEW = "access_review"
_LANE = "exports"


class ExportNews(QObject):
    """At the desks of supervisors; those that nobody has seen are told at each login as well."""

    def __init__(self, context: UiContext, desk: WindowDesk) -> None:
        super().__init__()
        self._desk = desk
        self._is_for_me = context.agent.is_supervisor
        self._told: frozenset[str] = frozenset()
        self._jobs = context.jobs(self)
        self.pace = Pace(self._jobs, _LANE, self._load)
        if self._is_for_me:
            context.changes.subscribe(self, (EXPORTS,), self._on_touched)

    @Slot()
    def ask(self) -> None:
        if self._is_for_me:
            self.pace.ask()

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        self.pace.ask()

    def _load(self) -> None:
        self._jobs.load(unseen_exports, on_done=self._on_read, on_error=self._on_failed, lane=_LANE)

    def _on_failed(self, _error: EtsError) -> None:
        """When the database is back, everything counts as changed and is asked again."""

    def _on_read(self, rows: tuple[ExportAlertRow, ...]) -> None:
        waiting = {f"export/{row.access_id}": row for row in rows}
        for key in self._told - waiting.keys():
            self._desk.notices.withdraw(key)
        for key in waiting.keys() - self._told:
            self._desk.notices.post(Notice(key, self._words(waiting[key]), open=self._open))
        self._told = frozenset(waiting)

    def _open(self) -> None:
        self._desk.open_tab(REVIEW)

    def _words(self, row: ExportAlertRow) -> str:
        if row.subject.startswith("customer/"):
            return self.tr("{who}: 근무시간 외 고객정보 열람 제공").format(who=row.name)
        told = self.tr("{who}: 엑셀 저장 {persons}명 {rows}행")
        if row.outside_hours:
            told = self.tr("{who}: 근무시간 외 엑셀 저장 {persons}명 {rows}행")
        return told.format(
            who=row.name, persons=f"{row.persons or 0:,}", rows=f"{row.row_count or 0:,}"
        )
