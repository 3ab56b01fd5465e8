"""개인정보 보고: a month of the access log, person by person, and what stands out (spec 80)."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout

from ets_desktop.domain.access_review import PersonMonth, Remark, remarks
from ets_desktop.domain.errors import EtsError
from ets_desktop.queries.access_report import AccessMonth, ActionCount
from ets_desktop.reports.access_report import REMARKS, access_sheets
from ets_desktop.reports.files import PendingFile, path_of, told_beside_the_field
from ets_desktop.reports.workbook import write_sheets
from ets_desktop.services.access_review import report_access
from ets_desktop.ui.access_labels import ACCESS_ACTIONS
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.administration.page import AdministrationPage, heading
from ets_desktop.ui.table_panel import EXPORT, TablePanel
from ets_desktop.ui.tables import RIGHT, Column
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import label_for
from ets_desktop.ui.widgets.file_chooser import file_chooser

MONTH, SAVE_REPORT = "대상 월", "보고서 저장"
PEOPLE, REMARKABLE, ACTIONS = "담당자별", "특이사항", "작업별"
#: As long as the log is kept.
_MONTHS = 24
_REPORT, _FILE = "report", "file"


def _number(count: int) -> str:
    return f"{count:,}" if count else ""


PEOPLE_COLUMNS: tuple[Column[PersonMonth], ...] = (
    Column("담당자", lambda one: one.name, 10, least=6),
    Column("아이디", lambda one: one.login, 12, least=8),
    Column("접속일수", lambda one: _number(one.days), 8, RIGHT),
    Column("처리", lambda one: _number(one.looks), 8, RIGHT),
    Column("조회", lambda one: _number(one.searches), 8, RIGHT),
    Column("가린 정보 보기", lambda one: _number(one.reveals), 12, RIGHT),
    Column("근무시간 외", lambda one: _number(one.outside), 10, RIGHT),
    Column("엑셀 저장", lambda one: _number(one.exports), 8, RIGHT),
    Column("저장 인원", lambda one: _number(one.exported), 8, RIGHT),
    Column("접속지 수", lambda one: _number(one.addresses), 8, RIGHT),
)
REMARK_COLUMNS: tuple[Column[Remark], ...] = (
    Column("담당자", lambda one: one.name, 10, least=6),
    Column("아이디", lambda one: one.login, 12, least=8),
    Column("내용", lambda one: word(REMARKS, one.why), 40),
    Column("건수", lambda one: _number(one.count), 8, RIGHT),
)
ACTION_COLUMNS: tuple[Column[ActionCount], ...] = (
    Column("작업", lambda one: word(ACCESS_ACTIONS, one.action), 24),
    Column("건수", lambda one: _number(one.times), 8, RIGHT),
    Column("근무시간 외", lambda one: _number(one.outside), 10, RIGHT),
)


def months_before(day: date) -> list[date]:
    """The first days of the months that the log has, the newest first."""
    last = day.year * 12 + day.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last, last - _MONTHS, -1)]


class AccessReportPage(AdministrationPage):
    """The month before this stands there first; each reading is in the log itself."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._read: AccessMonth | None = None
        months = {f"{first:%Y-%m}": f"{first:%Y-%m}" for first in months_before(self._today())}
        self._month = CodeChoice(MONTH, months)
        self._month.setCurrentIndex(1)
        self._save = QPushButton(translated(SAVE_REPORT))
        self._people: TablePanel[PersonMonth] = TablePanel(
            PEOPLE, PEOPLE_COLUMNS, _login_of, buttons=(EXPORT,), state=context.state
        )
        self._remarks: TablePanel[Remark] = TablePanel(
            REMARKABLE, REMARK_COLUMNS, _remark_key, buttons=(), state=context.state
        )
        self._actions: TablePanel[ActionCount] = TablePanel(
            ACTIONS, ACTION_COLUMNS, _action_of, buttons=(), state=context.state
        )
        self._lay_out()
        self._wire()

    @staticmethod
    def _today() -> date:
        return now_in_seoul().date()

    def _lay_out(self) -> None:
        self._save.setAutoDefault(False)
        top = QHBoxLayout()
        top.addWidget(label_for(MONTH, self._month))
        top.addWidget(self._month)
        top.addWidget(self._save)
        top.addStretch()
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(self._remarks)
        below.addWidget(self._actions)
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(self._people)
        down.addWidget(below)
        for splitter, sizes in ((below, [500, 400]), (down, [400, 250])):
            splitter.setChildrenCollapsible(False)
            splitter.setSizes(sizes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(down, 1)
        for panel, title in (
            (self._people, PEOPLE),
            (self._remarks, REMARKABLE),
            (self._actions, ACTIONS),
        ):
            panel.add_tool(heading(title))

    def _wire(self) -> None:
        self.context.desk.actions.bind_button("save_report", self._save, self)
        self._month.code_chosen.connect(self._on_month_chosen)
        self._save.clicked.connect(self._on_save_clicked)

    def shown(self) -> None:
        """A reading is logged: the same month is not read again for coming back to it."""
        if self._read is None:
            self.refresh()

    def refresh(self) -> None:
        self._people.show_busy()
        month = date.fromisoformat(f"{self._month.code()}-01")
        self.jobs.load(
            report_access, month, on_done=self._on_read, on_error=self._on_failed, lane=_REPORT
        )

    def take_focus(self) -> None:
        self._month.setFocus()

    def _on_read(self, month: AccessMonth) -> None:
        self._read = month
        self._people.show_rows(month.people)
        self._remarks.show_rows(remarks(month.people, month.many_persons))
        self._actions.show_rows(month.actions)

    def _on_failed(self, error: EtsError) -> None:
        self._people.show_error(error_text(error))

    @Slot()
    def _on_month_chosen(self) -> None:
        self._read = None
        self.refresh()

    # The workbook for the reviewer

    @Slot()
    def _on_save_clicked(self) -> None:
        if self._read is None:
            return
        chooser = file_chooser(self, translated(SAVE_REPORT), self.tr("엑셀 통합 문서 (*.xlsx)"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("xlsx")
        # A file that is there is refused here, never written over.
        chooser.setOption(QFileDialog.Option.DontConfirmOverwrite)
        chooser.selectFile(f"{self.tr('개인정보 보고')}_{self._read.first:%Y-%m}.xlsx")
        chooser.fileSelected.connect(self._on_file_chosen)
        chooser.open()

    @Slot(str)
    def _on_file_chosen(self, file: str) -> None:
        if self._read is not None:
            self.jobs.read(write_report, self._read, file, on_done=self._on_written, lane=_FILE)

    def _on_written(self, place: Path) -> None:
        self.context.desk.say(self.tr("저장했습니다: {place}").format(place=place))


def write_report(month: AccessMonth, file: str) -> Path:
    """On a worker. RuleViolation, where the system does not write it."""
    place = path_of(file, Path.home())
    with told_beside_the_field(), PendingFile(place) as pending:
        write_sheets(pending.path, access_sheets(month, ACCESS_ACTIONS))
        pending.place()
    return place


def _login_of(one: PersonMonth) -> str:
    return one.login


def _remark_key(one: Remark) -> tuple[str, str]:
    return one.login, one.why


def _action_of(one: ActionCount) -> str:
    return one.action
