"""Hangul under way in every place that Enter or a shortcut acts on (demands 18)."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.login import Credentials, LoginWindow
from ets_desktop.ui.palette import Palette
from ets_desktop.ui.shortcuts import ACTIONS, ActionEntry, Actions
from ets_desktop.ui.topbar import TopBar
from ets_desktop.ui.widgets.counted_text import CountedText
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.text_dialog import TextDialog
from ets_desktop.ui.window_state import WindowState
from tests.ui.conftest import Steps


def focus(window: QWidget, field: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(field, event)


def text_field(window: QWidget, name: str) -> TextField:
    return next(f for f in window.findChildren(TextField) if f.accessibleName() == name)


def test_enter_in_mid_syllable_accepts_no_dialog(qtbot: QtBot) -> None:
    dialog = TextDialog("폐기처리", "폐기사유")
    field = focus(dialog, text_field(dialog, "폐기사유"), qtbot)
    compose(field, "", "중")
    compose(field, "복")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    compose(field, "", "복")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (dialog.isVisible(), dialog.text()) == (False, "중복")


def test_enter_in_mid_syllable_runs_nothing_of_the_palette(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    actions = Actions()
    actions.bind("quit", place, place.close)
    palette = Palette(actions)
    field = focus(palette, palette.field, qtbot)
    compose(field, "종")
    with qtbot.assertNotEmitted(palette.action_chosen):
        QTest.keyClick(field, Qt.Key.Key_Return)
    compose(field, "", "종")
    with qtbot.waitSignal(palette.action_chosen):
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_palette_says_that_it_finds_nothing(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    actions = Actions()
    actions.bind("quit", place, place.close)
    palette = Palette(actions)
    field = focus(palette, palette.field, qtbot)
    compose(field, "", "없는것")
    [found] = palette.findChildren(QListWidget)
    assert [found.item(row).text() for row in range(found.count())] == ["맞는 기능이 없습니다."]
    with qtbot.assertNotEmitted(palette.action_chosen):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_the_palette_finds_by_the_syllable_that_is_seen(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    actions = Actions()
    bound = {name: actions.bind(name, place, place.close) for name in ("help", "transfer_ticket")}
    previous = actions.bind("previous_tab", place, place.close)
    palette = Palette(actions)
    field = focus(palette, palette.field, qtbot)
    compose(field, "이")
    assert palette.chosen() is previous
    compose(field, "", "이")
    for syllable in ("고", "과"):
        compose(field, syllable)
        assert palette.chosen() is previous
    compose(field, "관")
    assert palette.chosen() is bound["transfer_ticket"]
    compose(field, "", "관")
    assert palette.chosen() is bound["transfer_ticket"]


def test_enter_in_mid_syllable_looks_for_nobody(qtbot: QtBot) -> None:
    bar = TopBar()
    field = focus(bar, text_field(bar, "고객ID"), qtbot)
    compose(field, "", "김")
    compose(field, "정")
    with qtbot.assertNotEmitted(bar.customer_searched):
        QTest.keyClick(field, Qt.Key.Key_Return)
    compose(field, "", "정")
    with qtbot.waitSignal(bar.customer_searched) as searched:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert searched.args == ["김정"]


def test_enter_in_mid_syllable_logs_nobody_in(
    qtbot: QtBot, steps: Steps, state: WindowState
) -> None:
    tried: list[Credentials] = []
    login = LoginWindow(steps.hub, tried.append, state)
    field = focus(login, text_field(login, "아이디"), qtbot)
    compose(field, "가")
    QTest.keyClick(field, Qt.Key.Key_Return)
    steps.run()
    assert tried == []


def test_a_call_that_fills_the_top_bar_leaves_the_syllable_alone(qtbot: QtBot) -> None:
    """The ring, the tone and the strip: none of them commits, resets or moves the cursor."""
    place = QWidget()
    bar, text = TopBar(place), CountedText("접수내용", parent=place)
    text.move(0, 100)
    editor = focus(place, text, qtbot)
    assert isinstance(editor, QPlainTextEdit)
    compose(editor, "", "배송 문")
    compose(editor, "의")
    bar.show_call(None)
    bar.show_caller(None)
    bar.show_customer(None)
    assert editor.textCursor().block().layout().preeditAreaText() == "의"
    assert QApplication.focusWidget() is editor
    compose(editor, "", "의")
    assert text.text() == "배송 문의"


@pytest.mark.parametrize("entry", ACTIONS, ids=lambda entry: entry.id)
def test_no_shortcut_is_a_letter_that_an_input_method_wants(entry: ActionEntry) -> None:
    """Hangul, Hanja and the convert keys, and whatever a jamo is typed with."""
    key = entry.key
    wanted = {"Hangul", "Hanja", "Shift+Space", "Ctrl+Space", "Alt+Right", "F10"}
    assert key not in wanted
    modifiers = key.split("+")[:-1]
    letter = len(key.split("+")[-1]) == 1
    assert not letter or set(modifiers) & {"Ctrl", "Alt"}
