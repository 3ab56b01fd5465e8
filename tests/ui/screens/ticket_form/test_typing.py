"""Hangul under way: Enter finishes the syllable and nothing else, no button loses it."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.domain.tickets import Action
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.widgets.moment_field import MomentField
from tests.ui.conftest import Steps
from tests.ui.screens.ticket_form.test_saving import fill


def compose(field: QWidget, text: str) -> None:
    QCoreApplication.sendEvent(field, QInputMethodEvent(text, []))


def focus(screen: TicketFormScreen, field: QWidget, qtbot: QtBot) -> None:
    screen.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is (field.focusProxy() or field))


def test_enter_in_mid_syllable_submits_nothing(
    screen: TicketFormScreen, steps: Steps, database: Database, qtbot: QtBot
) -> None:
    fill(screen, database)
    steps.run()
    tag = screen.fields.tags.focusProxy()
    fields = (screen.pages.orders._product, tag, screen.fields.callback_at)
    for field in fields:
        focus(screen, field, qtbot)
        compose(field, "안")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert steps.waiting == 0
    assert screen.fields.tags.tags() == ()


def test_a_save_by_key_takes_the_syllable_under_way(
    screen: TicketFormScreen, steps: Steps, database: Database, qtbot: QtBot
) -> None:
    fill(screen, database, "배송 문")
    edit = screen.fields.content.focusProxy()
    focus(screen, screen.fields.content, qtbot)
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    compose(edit, "의")
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert database.call(ticket_detail, screen.form.ticket_id).form.content == "배송 문의"


def test_enter_in_a_field_of_the_form_saves_nothing(
    screen: TicketFormScreen, steps: Steps, database: Database, qtbot: QtBot
) -> None:
    fill(screen, database)
    steps.run()
    for field in (screen.fields.title, screen.fields.transfer_reason):
        focus(screen, field, qtbot)
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert steps.waiting == 0
    assert screen.form.ticket_id is None


def test_the_shortcut_saves_while_the_cursor_is_in_the_text(
    screen: TicketFormScreen, steps: Steps, database: Database, qtbot: QtBot
) -> None:
    fill(screen, database)
    steps.run()
    focus(screen, screen.fields.content, qtbot)
    QTest.keyClick(
        screen.fields.content.focusProxy(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier
    )
    steps.run()
    assert screen.form.ticket_id is not None


def test_a_moment_is_tidied_when_the_typing_is_over(qtbot: QtBot, screen: TicketFormScreen) -> None:
    field: MomentField = screen.fields.callback_at
    focus(screen, field, qtbot)
    field.setText("2099.1.2 9:05")
    screen.fields.title.setFocus()
    assert field.text() == "2099-01-02 09:05"
    field.setText("언젠가")
    assert field.is_unreadable
    assert screen.form.has_unsaved
