"""Questions: their buttons read exactly as the spec says, Esc is the last one."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from ets_desktop.ui.prompts import (
    SAVE_DRAFT_DISCARD,
    UNSAVED,
    YES_NO,
    WindowPrompts,
    message_box,
)
from ets_desktop.ui.widgets.fields import FieldError, TextField
from ets_desktop.ui.widgets.text_dialog import TextDialog


@pytest.mark.parametrize("buttons", [YES_NO, SAVE_DRAFT_DISCARD, ("닫기",)])
def test_the_buttons_are_in_our_order_and_our_words(buttons: tuple[str, ...], qtbot: QtBot) -> None:
    box = message_box(None, UNSAVED, "저장하지 않은 내용이 있습니다.", buttons)
    qtbot.addWidget(box)
    box.show()
    shown = sorted(box.buttons(), key=lambda button: button.x())
    assert [button.text() for button in shown] == list(buttons)
    assert [button.accessibleName() for button in shown] == list(buttons)
    assert box.defaultButton() is shown[0]
    assert box.escapeButton() is shown[-1]
    assert box.testOption(QMessageBox.Option.DontUseNativeDialog)
    assert box.textFormat() == Qt.TextFormat.PlainText


def answer(action) -> None:
    """Do `action` with the dialog that `exec` is about to show."""
    QTimer.singleShot(0, lambda: action(QApplication.activeModalWidget()))


def test_the_pressed_label_is_the_answer(qtbot: QtBot) -> None:
    answer(lambda box: next(b for b in box.buttons() if b.text() == "임시저장").click())
    assert WindowPrompts().ask(UNSAVED, "?", SAVE_DRAFT_DISCARD) == "임시저장"


def test_esc_is_the_last_button(qtbot: QtBot) -> None:
    answer(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    assert WindowPrompts().ask("주문 연결", "?") == "No"


def test_closing_a_notice_is_enough(qtbot: QtBot) -> None:
    answer(lambda box: box.close())
    WindowPrompts().notify("알림", "끝났습니다.")


def test_a_reason_is_asked_for(qtbot: QtBot) -> None:
    def fill(dialog: TextDialog) -> None:
        field = dialog.findChild(TextField)
        field.setText("중복")
        qtbot.keyClick(field, Qt.Key.Key_Return)

    answer(fill)
    assert WindowPrompts().ask_text("폐기처리", "폐기사유") == "중복"
    answer(lambda dialog: dialog.reject())
    assert WindowPrompts().ask_text("폐기처리", "폐기사유") is None


def test_a_reason_that_nobody_can_read_is_refused_in_place(qtbot: QtBot) -> None:
    def fill(dialog: TextDialog) -> None:
        field = dialog.findChild(TextField)
        for typed in ("", "  ", "\u200b\u3164"):
            field.setText(typed)
            qtbot.keyClick(field, Qt.Key.Key_Return)
            assert dialog.isVisible()
            assert dialog.findChild(FieldError).text() == "내용을 입력하십시오."
        dialog.reject()

    answer(fill)
    assert WindowPrompts().ask_text("폐기처리", "폐기사유") is None


def test_a_reason_that_is_too_long_is_refused_in_place_and_not_cut(qtbot: QtBot) -> None:
    def fill(dialog: TextDialog) -> None:
        field = dialog.findChild(TextField)
        field.setText("가" * 201)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert dialog.findChild(FieldError).text() == "200자까지입니다."
        assert len(field.text()) == 201
        field.setText("가" * 200)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    answer(fill)
    assert WindowPrompts().ask_text("폐기처리", "폐기사유") == "가" * 200
