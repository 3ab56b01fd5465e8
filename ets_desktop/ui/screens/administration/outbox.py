"""전송함 of 관리: what logistics is told, what of it was given up, and 재전송 of that."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import OUTBOX, Done, Topic
from ets_desktop.queries.outbox import STATES, InstructionRow, outbox_page
from ets_desktop.queries.setting_changes import setting_changes
from ets_desktop.services.outbox import send_chosen_anew
from ets_desktop.ui.claim_labels import INSTRUCTIONS
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.house_labels import OUTBOX_STATES
from ets_desktop.ui.labels import error_text, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.pace import Pace
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.screens.administration.changes import (
    ChangeLine,
    ChangeList,
    lines_of,
    plain_words,
)
from ets_desktop.ui.screens.administration.page import AdministrationPage
from ets_desktop.ui.table_panel import EXPORT, TablePanel
from ets_desktop.ui.tables import CENTER, RIGHT, Column
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import label_for

LIST, STATE, AGAIN = "전송함 목록", "상태", "재전송"
ALL = "all"
_ROWS, _CHANGES = "rows", "changes"
_KIND = "logistics_instruction"


def reason_of(error: str) -> str:
    """Why it did not arrive: a sentence, its detail behind."""
    code, _, detail = error.partition(" ")
    told = error_text(EtsError(code)) if code else ""
    return f"{told} ({detail})" if detail else told


def _next_try(row: InstructionRow) -> str:
    return moment_text(row.next_try_at) if row.state == "waiting" else ""


INSTRUCTION_COLUMNS: tuple[Column[InstructionRow], ...] = (
    Column(STATE, lambda row: word(OUTBOX_STATES, row.state), 8, CENTER, red=lambda r: r.rank == 0),
    Column("물류지시", lambda row: word(INSTRUCTIONS, row.kind), 10, least=8),
    Column("주문번호", lambda row: row.order_no, 16),
    Column("클레임번호", lambda row: row.claim_no, 12),
    Column("실패사유", lambda row: reason_of(row.error), 36),
    Column("시도", lambda row: str(row.tries or ""), 5, RIGHT),
    Column("다음 시도", _next_try, 19),
    Column("지시일시", lambda row: moment_text(row.created_at), 19),
    Column("전송일시", lambda row: moment_text(row.sent_at), 19),
    Column("등록자", lambda row: row.created_by, 8),
    Column("전송번호", lambda row: row.key, 20),
)


def _key(row: InstructionRow) -> int:
    return row.instruction_id


class OutboxPage(AdministrationPage):
    """What was given up stands on top; live."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.list: TablePanel[InstructionRow] = TablePanel(
            LIST,
            INSTRUCTION_COLUMNS,
            _key,
            buttons=(AGAIN, EXPORT),
            state=context.state,
            empty=self.tr("물류지시가 없습니다."),
        )
        self.history = ChangeList(translated("전송함"), self.jobs, context.state)
        self._state = CodeChoice(STATE, {ALL: "전체", **OUTBOX_STATES})
        self._rows: PagedList[InstructionRow] = PagedList(self.jobs, self.list, _page, _ROWS)
        self._pace = Pace(self.jobs, _CHANGES, self._load)
        self._lay_out()
        again = self.list.button(AGAIN)
        again.setToolTip(self.tr("실패한 지시를 골라 다시 보냅니다. (Space)"))
        again.clicked.connect(self._on_again_clicked)
        self._state.code_chosen.connect(self._on_state_chosen)
        context.changes.subscribe(self, (OUTBOX,), self._on_touched)

    def _lay_out(self) -> None:
        self.list.add_tool(label_for(STATE, self._state))
        self.list.add_tool(self._state)
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(self.list)
        down.addWidget(self.history)
        down.setChildrenCollapsible(False)
        down.setStretchFactor(0, 1)
        down.setSizes([500, 160])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(down)

    def refresh(self) -> None:
        self._pace.ask()

    def take_focus(self) -> None:
        self.list.go_to_rows()

    def _load(self) -> None:
        # What is asked for the first time need not be asked again.
        self._rows.refresh()
        self._rows.show_key(self._state.code())
        self.history.load(_changes)

    def _on_touched(self, _topics: frozenset[Topic]) -> None:
        if self.isVisible():
            self.refresh()

    @Slot()
    def _on_state_chosen(self) -> None:
        self._rows.ask(self._state.code())

    @Slot()
    def _on_again_clicked(self) -> None:
        rows = self.list.rows_in_hand()
        keys = tuple(row.key for row in rows if row.state == "failed")
        if keys:
            self.jobs.save(send_chosen_anew, keys, on_done=self._on_sent)
        elif rows:
            self.list.show_note(self.tr("실패한 지시만 다시 보냅니다."))

    def _on_sent(self, done: Done[int]) -> None:
        told = self.tr("{count}건을 다시 보냅니다.")
        self.context.desk.say(told.format(count=f"{done.value:,}"))
        self.refresh()


def _page(session: Any, key: str, after: tuple[object, ...] | None, size: int) -> Any:
    return outbox_page(session, STATES if key == ALL else (key,), after, size)


def _changes(session: Any) -> Sequence[ChangeLine]:
    labels = {"state": STATE, "tries": "시도", "error": "실패사유"}
    return lines_of(setting_changes(session, _KIND), labels, _said)


def _said(column: str, value: object) -> str:
    if column == "state":
        return word(OUTBOX_STATES, str(value))
    if column == "error" and value:
        return reason_of(str(value))
    return plain_words(column, value) if column == "error" else translated(str(value))
