"""주문 수집 and 전송함 of 관리: what came in, what goes out, and what of it went wrong."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from ets_desktop.cli.order_words import REASONS
from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.paging import Page
from ets_desktop.domain.topics import IMPORTS, OUTBOX
from ets_desktop.erp.exports.sniff import Refused
from ets_desktop.services.order_import import NoteRefusal, note_refusal
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.import_labels import IMPORT_REASONS
from ets_desktop.ui.operations.exporting import list_of
from ets_desktop.ui.screens.administration.outbox import reason_of
from ets_desktop.ui.widgets.choices import CodeChoice
from tests.queries.test_import_runs import OLD, WHOLE, add
from tests.services.test_forgetting import run
from tests.services.test_outbox import instructions
from tests.ui.conftest import Steps
from tests.ui.screens.searching import button, cells, find, wait_for_cells
from tests.ui.screens.test_administration import OpenPage, admin, open_page
from tests.ui.screens.test_administration_lists import Keys, keyboard

__all__ = ["admin", "keyboard", "open_page"]


def test_what_was_given_up_is_sent_anew_by_keyboard_alone(
    open_page: OpenPage, keyboard: Keys, database: Database, admin: Agent, steps: Steps, desk: Any,
    qtbot: QtBot,
) -> None:  # fmt: skip
    instructions(database, a="failed", b="sent", c="failed", d="waiting")
    page = open_page(admin, "outbox")
    wait_for_cells(page.list, "상태", ["실패", "실패", "전송대기", "전송완료"], steps, qtbot)
    assert cells(page.list, "실패사유")[0].startswith("ERP가 받지 않았습니다.")
    assert cells(page.list, "다음 시도")[::3] == ["", ""]
    page.take_focus()
    keys = keyboard(page)
    qtbot.keyClick(keys.focus, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(keys.focus, Qt.Key.Key_F13)
    keys.press("재전송")
    assert ("say", "2건을 다시 보냅니다.") in desk.asked
    wait_for_cells(page.list, "상태", ["전송대기"] * 3 + ["전송완료"], steps, qtbot)
    wait_for_cells(page.history, "담당자", ["최관리", "최관리"], steps, qtbot)
    told = sorted(cells(page.history, "내용"))
    assert told[0].startswith("a · 상태: 실패 → 전송대기, 시도: 40 → 0, 실패사유: ERP가")


def test_only_what_failed_is_sent_anew(
    open_page: OpenPage, database: Database, admin: Agent, steps: Steps, qtbot: QtBot
) -> None:
    page = open_page(admin, "outbox")
    button(page, "재전송").click()
    assert page.list.message == "목록에서 한 건을 먼저 고르십시오."
    instructions(database, a="waiting")
    page.context.changes.publish(frozenset({OUTBOX}))
    wait_for_cells(page.list, "상태", ["전송대기"], steps, qtbot)
    page.list.table.selectRow(0)
    button(page, "재전송").click()
    assert page.list.message == "실패한 지시만 다시 보냅니다."
    assert not page.jobs.is_writing


def test_the_outbox_is_narrowed_to_a_state(
    open_page: OpenPage, database: Database, admin: Agent, steps: Steps, qtbot: QtBot
) -> None:
    instructions(database, a="failed", b="sent", c="waiting")
    page = open_page(admin, "outbox")
    wait_for_cells(page.list, "전송번호", ["a", "c", "b"], steps, qtbot)
    box = find(page, CodeChoice, "상태")
    box.set_code("sent")
    box.code_chosen.emit()
    wait_for_cells(page.list, "전송번호", ["b"], steps, qtbot)


def test_a_reason_is_a_sentence_with_its_detail() -> None:
    assert reason_of("") == ""
    assert reason_of("erp_silent") == "ERP가 시간 안에 답하지 않았습니다. 다시 보냅니다."
    assert reason_of("erp_refused 422").endswith("다시 보내십시오. (422)")


def test_runs_show_their_rows_at_fault(
    open_page: OpenPage, database: Database, admin: Agent, steps: Steps, qtbot: QtBot
) -> None:
    add(database, "old.csv", OLD, "ets_erp_login")
    add(database, "new.xlsx", WHOLE, admin.login)
    finished = "UPDATE import_run SET finished_at = started_at + interval '75 seconds'"
    run(database, f"{finished} WHERE file = 'new.xlsx'")
    page = open_page(admin, "imports")
    wait_for_cells(page.runs, "파일", ["new.xlsx", "old.csv"], steps, qtbot)
    assert cells(page.runs, "상태") == ["오류 있음", "진행 중"]
    assert cells(page.runs, "소요") == ["01:15", ""]
    assert cells(page.runs, "담당자") == ["최관리", "ets_erp_login"]
    assert cells(page.runs, "오류 행") == ["1,200", "1"]
    wait_for_cells(page.faults, "값", ["세 개", "", "9.9*+11"], steps, qtbot)
    assert cells(page.faults, "처리") == ["제외", "제외", "확인 필요"]
    assert cells(page.faults, "사유")[0] == "숫자가 아닙니다"
    exported = list_of(page.faults)
    assert exported.conditions == {"run": page.runs.current_row().run_id}
    assert exported.further is not None
    assert exported.further(None, (), 50) == Page(())
    page.take_focus()
    qtbot.keyClick(page.runs.table, Qt.Key.Key_Down)
    wait_for_cells(page.faults, "값", ["(보관 기간 지남)"], steps, qtbot)
    qtbot.keyClick(page.runs.table, Qt.Key.Key_Return)
    focus = page.window().focusWidget()
    assert isinstance(focus, QTableView)
    assert focus.accessibleName() == "오류 행 목록"


def test_a_run_that_ends_appears_by_itself(
    open_page: OpenPage, database: Database, admin: Agent, steps: Steps, qtbot: QtBot
) -> None:
    page = open_page(admin, "imports")
    assert page.runs.message == "주문을 가져온 기록이 없습니다."
    add(database, "new.csv", '{"lines": 5}', admin.login)
    run(database, "UPDATE import_run SET finished_at = started_at")
    page.context.changes.publish(frozenset({IMPORTS}))
    wait_for_cells(page.runs, "상태", ["완료"], steps, qtbot)


def test_a_file_that_was_refused_says_why(
    open_page: OpenPage, database: Database, admin: Agent, steps: Steps, qtbot: QtBot
) -> None:
    why = Refused("column_missing", column="수량", channel="스마트스토어")
    database.call(note_refusal, NoteRefusal("new.xlsx", why))
    page = open_page(admin, "imports")
    wait_for_cells(page.runs, "상태", ["받지 않음"], steps, qtbot)
    assert cells(page.runs, "받지 않은 사유") == ["필요한 열이 없습니다: 수량 (스마트스토어)"]


def test_every_reason_of_the_import_that_leaves_a_row_out_has_its_words(
    context: UiContext,
) -> None:
    ignored = {"blank", "notice", "helper", "total", "header_again", "duplicate", "superseded"}
    assert set(REASONS) - ignored == set(IMPORT_REASONS)
    assert {REASONS[code][0] for code in IMPORT_REASONS} == set(IMPORT_REASONS.values())
