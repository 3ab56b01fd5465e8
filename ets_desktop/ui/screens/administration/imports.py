"""주문 수집 of 관리: the runs of the import, and the rows of their files that were at fault."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.paging import Page
from ets_desktop.domain.topics import IMPORTS, Topic
from ets_desktop.queries.import_runs import FaultyRow, ImportRunRow, faulty_rows, import_runs
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import duration_text, moment_text
from ets_desktop.ui.import_labels import IMPORT_REASONS
from ets_desktop.ui.labels import error_text, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.screens.administration.page import AdministrationPage
from ets_desktop.ui.table_panel import EXPORT, Question, TablePanel
from ets_desktop.ui.tables import CENTER, RIGHT, Column

RUNS, FAULTS, KEEP_FAULTS = "주문 수집 목록", "오류 행 목록", "오류 행 저장"
_RUNS, _FAULTS, _ALL = "runs", "faults", "all"


def _state(row: ImportRunRow) -> str:
    if row.finished_at is None:
        return translated("진행 중")
    if row.refused:
        return translated("받지 않음")
    return translated("오류 있음") if row.bad else translated("완료")


def _refusal(row: ImportRunRow) -> str:
    return error_text(EtsError(row.refused, **row.details)) if row.refused else ""


def _went_wrong(row: ImportRunRow) -> bool:
    return bool(row.bad or row.refused)


def _duration(row: ImportRunRow) -> str:
    if row.finished_at is None:
        return ""
    return duration_text(round((row.finished_at - row.started_at).total_seconds()))


def _count(count: int) -> str:
    return f"{count:,}" if count else ""


def _value(row: FaultyRow) -> str:
    """It was masked before it was kept."""
    return translated("(보관 기간 지남)") if row.value is None else row.value


RUN_COLUMNS: tuple[Column[ImportRunRow], ...] = (
    Column("시작일시", lambda row: moment_text(row.started_at), 19),
    Column("상태", _state, 9, CENTER, red=_went_wrong),
    Column("파일", lambda row: row.file, 26),
    Column("판매처", lambda row: row.channel, 10),
    Column("담당자", lambda row: row.who, 8),
    Column("소요", _duration, 6, RIGHT),
    Column("주문", lambda row: _count(row.orders), 7, RIGHT),
    Column("상품 행", lambda row: _count(row.lines), 7, RIGHT),
    Column("새로", lambda row: _count(row.created), 7, RIGHT),
    Column("바뀜", lambda row: _count(row.updated), 7, RIGHT),
    Column("그대로", lambda row: _count(row.unchanged), 7, RIGHT),
    Column("제외", lambda row: _count(row.ignored), 6, RIGHT),
    Column("오류 행", lambda row: _count(row.bad), 7, RIGHT, red=lambda row: row.bad > 0),
    Column("확인 필요", lambda row: _count(row.suspect), 8, RIGHT),
    Column("받지 않은 사유", _refusal, 30, least=14),
)
FAULT_COLUMNS: tuple[Column[FaultyRow], ...] = (
    Column("행", lambda row: f"{row.row:,}", 7, RIGHT),
    Column(
        "처리",
        lambda row: translated("제외") if row.is_bad else translated("확인 필요"),
        9,
        CENTER,
        red=lambda row: row.is_bad,
    ),
    Column("열", lambda row: row.column, 16),
    Column("사유", lambda row: word(IMPORT_REASONS, row.reason), 36),
    Column("값", _value, 24),
)


def _run_key(row: ImportRunRow) -> int:
    return row.run_id


def _fault_key(row: FaultyRow) -> int:
    return row.number


class ImportsPage(AdministrationPage):
    """The run that is current above shows its rows below; live."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._run_id: int | None = None
        self.runs: TablePanel[ImportRunRow] = TablePanel(
            RUNS,
            RUN_COLUMNS,
            _run_key,
            buttons=(EXPORT,),
            state=context.state,
            empty=self.tr("주문을 가져온 기록이 없습니다."),
        )
        self.faults: TablePanel[FaultyRow] = TablePanel(
            FAULTS,
            FAULT_COLUMNS,
            _fault_key,
            buttons=(KEEP_FAULTS,),
            state=context.state,
            empty=self.tr("오류 행이 없습니다."),
        )
        self._list: PagedList[ImportRunRow] = PagedList(self.jobs, self.runs, _page, _RUNS)
        self._pace = Pace(self.jobs, _RUNS, self._load)
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(self.runs)
        down.addWidget(self.faults)
        down.setChildrenCollapsible(False)
        down.setSizes([400, 260])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(down)
        keep = self.faults.button(KEEP_FAULTS)
        keep.setToolTip(self.tr("오류 행을 사유를 적고 엑셀로 저장합니다. (Space)"))
        keep.clicked.connect(self.faults.export)
        self._list.shown.connect(self._on_runs_shown)
        self.runs.row_previewed.connect(self._on_run_previewed)
        self.runs.row_chosen.connect(self._on_run_chosen)
        context.changes.subscribe(self, (IMPORTS,), self._on_touched)

    def refresh(self) -> None:
        self._pace.ask()

    def take_focus(self) -> None:
        self.runs.go_to_rows()

    def _load(self) -> None:
        # What is asked for the first time need not be asked again.
        self._list.refresh()
        self._list.show_key(_ALL)

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        if self.isVisible():
            self.refresh()

    @Slot()
    def _on_runs_shown(self) -> None:
        """The newest run is the current one until another is chosen."""
        if self.runs.current_row() is None and self.runs.model.rows:
            self.runs.table.selectRow(0)

    @Slot(object)
    def _on_run_previewed(self, row: ImportRunRow) -> None:
        if row.run_id != self._run_id:
            self._run_id = row.run_id
            self.faults.clear()
            self.faults.set_question(Question(_no_further, {"run": row.run_id}))
            self.faults.show_busy()
            self.jobs.load(
                faulty_rows,
                row.run_id,
                on_done=self.faults.show_rows,
                on_error=self._on_faults_failed,
                lane=_FAULTS,
            )

    def _on_faults_failed(self, error: EtsError) -> None:
        self._run_id = None
        self.faults.show_error(error_text(error))

    @Slot(object)
    def _on_run_chosen(self, _row: ImportRunRow) -> None:
        self.faults.go_to_rows()


def _no_further(_session: Any, _after: tuple[object, ...], _size: int) -> Page[FaultyRow]:
    """All rows at fault come at once; the question tells of which run they are."""
    return Page(())


def _page(
    session: Any, _key: str, after: tuple[object, ...] | None, size: int
) -> Page[ImportRunRow]:
    return import_runs(session, after, size)
