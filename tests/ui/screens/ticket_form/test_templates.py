"""상용구: "/" opens them at the cursor, the list beside the counter does without the keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.topics import TEMPLATES
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.screens.ticket_form.open_form import ShownCustomer, ShownOrder
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.widgets.pick_list import PickList
from tests.factories import a_template, a_ticket, make
from tests.ui.conftest import Steps, WrittenDesk
from tests.ui.screens.ticket_form.test_saving import said

OpenScreen = Callable[[Agent], TicketFormScreen]


@pytest.fixture
def screen(database: Database, open_screen: OpenScreen, kim: Agent) -> TicketFormScreen:
    make(database, a_template, title="첫인사", body="{고객명} 고객님, {담당자}입니다.", sort=1)
    make(database, a_template, title="반품 접수", body="{상품명} 반품", ticket_type="return")
    make(database, a_template, title="배송 조회", body="{주문번호} 조회", ticket_type="delivery")
    return open_screen(kim)


@pytest.fixture
def edit(screen: TicketFormScreen, qtbot: QtBot) -> QPlainTextEdit:
    editor = screen.fields.content.editor
    screen.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor)
    return editor


def shown(screen: TicketFormScreen) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    picks = screen.window().findChild(PickList)
    if picks is None or not picks.isVisible():
        return []
    return [picks.item(row).data(role) for row in range(picks.count())]


def compose(edit: QPlainTextEdit, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(edit, event)


def test_a_slash_offers_them_and_enter_fills_one_in(
    screen: TicketFormScreen, edit: QPlainTextEdit
) -> None:
    screen.form.set_customer(ShownCustomer(1, "김정민"))
    QTest.keyClicks(edit, "a /")
    assert shown(screen) == ["첫인사", "반품 접수", "배송 조회"]
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "a 김정민 고객님, 김상담입니다."
    assert shown(screen) == []
    edit.undo()
    assert edit.toPlainText() == "a /"


@pytest.mark.parametrize("typed", ["ㅂㅍ", "반품", "접수", "반 품"])
def test_what_is_typed_behind_the_slash_filters(
    screen: TicketFormScreen, edit: QPlainTextEdit, typed: str
) -> None:
    QTest.keyClicks(edit, "/")
    compose(edit, "", typed)
    assert shown(screen) == ["반품 접수"]
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.toPlainText() == "{상품명} 반품"
    assert QApplication.focusWidget() is edit


def test_the_syllable_under_way_filters_and_enter_only_finishes_it(
    screen: TicketFormScreen, edit: QPlainTextEdit
) -> None:
    QTest.keyClicks(edit, "/")
    compose(edit, "반")
    assert shown(screen) == ["반품 접수"]
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "/반"
    assert shown(screen) == ["반품 접수"]
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "{상품명} 반품"


def test_the_arrows_choose_and_escape_leaves_the_slash(
    screen: TicketFormScreen, edit: QPlainTextEdit
) -> None:
    QTest.keyClicks(edit, "/")
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert (edit.toPlainText(), shown(screen)) == ("/", [])
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "/\n"
    QTest.keyClicks(edit, "/")
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "/\n{상품명} 반품"


@pytest.mark.parametrize("typed", ["2/3", "가/", "/ ", "/없는 말", "a\n/\n"])
def test_a_slash_that_is_only_a_slash_stays_one(
    screen: TicketFormScreen, edit: QPlainTextEdit, typed: str
) -> None:
    for letter in typed:
        if letter == "\n":
            QTest.keyClick(edit, Qt.Key.Key_Escape)
            QTest.keyClick(edit, Qt.Key.Key_Return)
        else:
            compose(edit, "", letter)
    assert shown(screen) == []
    assert edit.toPlainText() == typed


def test_the_list_closes_when_the_cursor_or_the_focus_leaves(
    screen: TicketFormScreen, edit: QPlainTextEdit
) -> None:
    QTest.keyClicks(edit, "a /")
    QTest.keyClick(edit, Qt.Key.Key_Left)
    assert shown(screen) == []
    QTest.keyClick(edit, Qt.Key.Key_Right)
    QTest.keyClicks(edit, " /")
    assert shown(screen)
    screen.fields.title.setFocus()
    assert shown(screen) == []


def test_those_of_the_chosen_type_come_first_and_of_another_not_at_all(
    screen: TicketFormScreen, edit: QPlainTextEdit
) -> None:
    screen.fields.ticket_type.set_code("delivery")
    QTest.keyClicks(edit, "/")
    assert shown(screen) == ["배송 조회", "첫인사"]
    box = screen.fields.template
    assert [box.itemText(n) for n in range(box.count())] == ["", "배송 조회", "첫인사"]


def test_a_place_without_a_value_stays_and_is_told(
    screen: TicketFormScreen, edit: QPlainTextEdit, desk: WrittenDesk
) -> None:
    screen.form.set_order(ShownOrder(1, "2026-77", "ORD-1", None, "", ""))
    box = screen.fields.template
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert edit.toPlainText().endswith("{상품명} 반품")
    assert "{상품명}" in said(desk)
    assert box.currentIndex() == 0


def test_the_order_is_named_as_the_customer_knows_it(
    screen: TicketFormScreen, edit: QPlainTextEdit
) -> None:
    screen.form.set_order(ShownOrder(1, "2026-77", "ORD-1", 5, "1", "무선 청소기"))
    screen.templates.open()
    compose(edit, "", "배송")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "2026-77 조회"


def test_a_click_on_the_list_picks_too(
    screen: TicketFormScreen, edit: QPlainTextEdit, qtbot: QtBot
) -> None:
    QTest.keyClicks(edit, "/")
    picks = screen.window().findChild(PickList)
    assert picks is not None
    place = picks.visualItemRect(picks.item(1)).center()
    qtbot.mouseClick(picks.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert edit.toPlainText() == "{상품명} 반품"
    assert QApplication.focusWidget() is edit


def test_a_phrase_too_many_is_marked_and_not_cut(
    screen: TicketFormScreen, edit: QPlainTextEdit
) -> None:
    screen.fields.content.set_text("가" * 1_999 + " ")
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    QTest.keyClicks(edit, "/")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert screen.fields.content.is_too_long
    assert edit.toPlainText().endswith("김상담입니다.")


def test_letters_outside_the_basic_plane_shift_nothing(
    screen: TicketFormScreen, edit: QPlainTextEdit
) -> None:
    screen.fields.content.set_text("😀😀 ")
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    QTest.keyClicks(edit, "/")
    compose(edit, "", "반품")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "😀😀 {상품명} 반품"


def test_an_admins_change_is_offered_at_once(
    screen: TicketFormScreen, database: Database, changes: ChangeBus, steps: Steps
) -> None:
    make(database, a_template, title="새 인사", sort=0)
    changes.publish(frozenset({TEMPLATES}))
    steps.run()
    box = screen.fields.template
    assert "새 인사" in [box.itemText(n) for n in range(box.count())]


def test_a_closed_ticket_takes_no_phrase(
    screen: TicketFormScreen, database: Database, kim: Agent, steps: Steps
) -> None:
    ticket = make(database, a_ticket, created_by=kim, status="completed")
    screen.load_ticket(ticket.id)
    steps.run()
    screen.templates.open()
    assert shown(screen) == []
    assert not screen.fields.template.isEnabled()
