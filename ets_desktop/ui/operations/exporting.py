"""엑셀 저장 for every list of the window: asks why and where, writes behind the desk."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.topics import Done
from ets_desktop.reports.export import (
    Exported,
    ExportList,
    Progress,
    conditions_of,
    export_list,
)
from ets_desktop.reports.files import default_name
from ets_desktop.reports.workbook import MOST_ROWS, SheetColumn
from ets_desktop.services.approvals import Asked, AskToExport, ask_to_export
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.jobs import CancelToken
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.table_menu import EXPORT
from ets_desktop.ui.table_panel import EXPORT as EXPORT_BUTTON
from ets_desktop.ui.table_panel import Question, TablePanel
from ets_desktop.ui.tables import RIGHT
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.export_dialog import FILE, REASON, ExportDialog

_FOLDER = "export/folder"
_PROGRESS_MILLISECONDS = 200
_FIELDS = {"reason": REASON, "file": FILE}


def list_of(panel: TablePanel[Any]) -> ExportList[Any]:
    """The list as it stands, its columns as they are shown."""
    shown = [panel.model.columns[number] for number in panel.table.columns.shown()]
    texts = [column.text for column in shown]
    question: Question[Any] | None = panel.question
    most = None if question is None else question.most
    return ExportList(
        panel.table.name,
        translated(panel.table.name),
        tuple(
            SheetColumn(translated(column.title), column.width, column.align == RIGHT)
            for column in shown
        ),
        lambda row: tuple(text(row) for text in texts),
        panel.model.rows,
        panel.model.next_key,
        None if question is None else question.further,
        {} if question is None else question.conditions,
        MOST_ROWS if most is None else most,
    )


class ListExport(QObject):
    """Ctrl+E in `window`: the list that has the focus, or had it last; a list's own button its."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._last: TablePanel[Any] | None = None
        self._action = context.desk.actions.bind(EXPORT, window, self.export, window=True)
        self._action.setObjectName(EXPORT)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    @Slot()
    def export(self) -> None:
        panel = (
            self._action.data()
            or _panel_around(self._window.focusWidget())
            or self._last
            or self._only_one()
        )
        if not isinstance(panel, TablePanel) or not isValid(panel) or not panel.isVisible():
            self._context.desk.say(self.tr("엑셀로 저장할 목록을 먼저 고르십시오."))
        elif panel.model.rowCount() == 0:
            self._context.desk.say(self.tr("엑셀로 저장할 행이 없습니다."))
        else:
            ExportRun(self._context, list_of(panel), self._window)

    def _only_one(self) -> TablePanel[Any] | None:
        """The list on show that has a button for it, if it is the only one."""
        shown = [
            panel
            for panel in self._window.findChildren(TablePanel)
            if panel.isVisible() and panel.has_button(EXPORT_BUTTON)
        ]
        return shown[0] if len(shown) == 1 else None

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        panel = _panel_around(new)
        if panel is not None and panel.window() is self._window:
            self._last = panel


class ExportRun(QObject):
    """One dialog 엑셀 저장 and what comes of it."""

    def __init__(self, context: UiContext, wish: ExportList[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._wish = wish
        self._jobs = context.jobs(self)
        #: Rows and persons, of what was refused without an approval.
        self._asked_of: tuple[int | None, int | None] = (None, None)
        self._stop = CancelToken()
        self._progress = Progress()
        self._folder = _folder(context.state.text(_FOLDER))
        file = self._folder / default_name(wish.title, now_in_seoul())
        self.dialog = ExportDialog(self._note(), file, parent=parent)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._clock = QTimer(self)
        self._clock.setInterval(_PROGRESS_MILLISECONDS)
        self._clock.timeout.connect(self._on_tick)
        self.dialog.confirmed.connect(self._on_confirmed)
        self.dialog.stopped.connect(self._on_stopped)
        self.dialog.approval_asked.connect(self._on_approval_asked)
        self.dialog.finished.connect(self.deleteLater)
        self._jobs.reading_changed.connect(self._on_reading_changed)
        self.dialog.open()

    def _note(self) -> str:
        told = self.tr("{list}: 지금 조건의 모든 행을 화면에 보이는 열 그대로 저장합니다.")
        if self._wish.most < MOST_ROWS:
            told += self.tr(" 조회 결과는 최대 {most}행입니다.")
        return told.format(list=self._wish.title, most=f"{self._wish.most:,}")

    @Slot(str, str)
    def _on_confirmed(self, reason: str, file: str) -> None:
        self._stop, self._progress = CancelToken(), Progress()
        self._jobs.read_stoppable(
            self._write, reason, file, on_done=self._on_written, on_error=self._on_failed
        )

    def _write(self, shutdown: CancelToken, reason: str, file: str) -> Exported:
        """On a worker."""
        stop = self._stop
        shutdown.on_cancel(stop.cancel)
        return export_list(
            self._context.call, self._wish, reason, file, self._folder, stop, self._progress
        )

    @Slot(str, bool)
    def _on_reading_changed(self, _lane: str, writing: bool) -> None:
        self.dialog.show_busy(writing)
        if writing:
            self._clock.start()
        else:
            self._clock.stop()

    @Slot()
    def _on_tick(self) -> None:
        self.dialog.show_progress(self._progress.rows)

    @Slot()
    def _on_stopped(self) -> None:
        """The writing ends by itself at the next row, and says so."""
        self._stop.cancel()

    def _on_written(self, exported: Exported) -> None:
        self._context.state.set_text(_FOLDER, str(exported.path.parent))
        told = self.tr("{list} {count}행을 엑셀로 저장했습니다: {file}")
        if exported.is_capped:
            told = self.tr("{list} {count}행(조회 한도)을 엑셀로 저장했습니다: {file}")
        self._context.desk.say(
            told.format(
                list=self._wish.title, count=f"{exported.row_count:,}", file=str(exported.path)
            )
        )
        self.dialog.accept()

    @Slot(str)
    def _on_approval_asked(self, reason: str) -> None:
        wish = AskToExport(
            self._context.agent.agent_id,
            self._wish.name,
            reason,
            conditions_of(self._wish),
            *self._asked_of,
        )
        self._jobs.save(ask_to_export, wish, on_done=self._on_asked, on_error=self._on_failed)

    def _on_asked(self, _done: Done[Asked]) -> None:
        told = self.tr("{list}: 승인을 요청했습니다. 승인되면 1시간 안에 다시 저장하십시오.")
        self._context.desk.say(told.format(list=self._wish.title))
        self.dialog.accept()

    def _on_failed(self, error: EtsError) -> None:
        label = _FIELDS.get(error.field or "") if isinstance(error, RuleViolation) else None
        if label is not None:
            self.dialog.show_fault(label, error_text(error))
        elif error.code == "export_needs_approval":
            rows, persons = (int(str(error.details[name])) for name in ("rows", "persons"))
            self._asked_of = (rows, persons)
            told = self.tr("{persons}명이 들어 있어 관리자의 승인이 필요합니다.")
            self.dialog.offer_to_ask(told.format(persons=f"{persons:,}"))
        elif error.code == "cancelled":
            self.dialog.show_message(self.tr("중지했습니다. 파일은 만들지 않았습니다."))
        else:
            self.dialog.show_message(error_text(error), "red")


def _panel_around(widget: QWidget | None) -> TablePanel[Any] | None:
    while widget is not None:
        if isinstance(widget, TablePanel):
            return widget
        widget = widget.parentWidget()
    return None


def _folder(remembered: str) -> Path:
    """Where the last file went, else the documents of whoever works at this PC."""
    if remembered:
        return Path(remembered)
    places = QStandardPaths.StandardLocation
    documents = QStandardPaths.writableLocation(places.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()
