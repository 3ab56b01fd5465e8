"""Notices in the status line: quiet, one at a time, the oldest first."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.notices import Notice, NoticeBar


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


def test_a_notice_shows_and_goes_without_taking_the_cursor(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, bar = QLineEdit(), NoticeBar()
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(bar)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    bar.post(Notice("a", "콜백 시간입니다", open=list, red=True))
    assert bar.isVisible()
    assert bar.message == "콜백 시간입니다"
    assert QApplication.focusWidget() in (field, None)
    bar.close_button.click()
    assert not bar.isVisible()
    assert bar.message == ""


def test_those_that_wait_are_counted_and_come_in_their_order(bar: NoticeBar) -> None:
    opened: list[str] = []
    for name in ("하나", "둘", "셋"):
        bar.post(Notice(name, name, open=lambda name=name: opened.append(name)))
    assert bar.message == "하나"
    assert bar._more.text() == "외 2건"
    bar.open_button.click()
    assert (opened, bar.message, bar._more.text()) == (["하나"], "둘", "외 1건")


def test_what_is_red_comes_first(bar: NoticeBar) -> None:
    for name, red in (("이관", False), ("콜백 하나", True), ("콜백 둘", True)):
        bar.post(Notice(name, name, open=list, red=red))
    assert [notice.text for notice in bar.notices] == ["콜백 하나", "콜백 둘", "이관"]


def test_a_newer_word_on_the_same_thing_takes_the_place_of_the_older(bar: NoticeBar) -> None:
    bar.post(Notice("a", "이관했습니다", open=list))
    bar.post(Notice("a", "수락했습니다", open=list))
    assert [notice.text for notice in bar.notices] == ["수락했습니다"]
    bar.withdraw("a")
    assert bar.notices == ()
    bar.withdraw("a")


def test_only_a_callback_can_be_dialled(bar: NoticeBar) -> None:
    dialled: list[bool] = []
    bar.post(Notice("a", "이관", open=list))
    assert bar.dial_button.isHidden()
    bar.dial_button.click()
    assert len(bar.notices) == 1
    bar.post(Notice("b", "콜백", open=list, dial=lambda: dialled.append(True)))
    bar.close_button.click()
    assert not bar.dial_button.isHidden()
    bar.dial_button.click()
    assert (dialled, bar.notices) == ([True], ())


def test_the_keys_do_nothing_without_a_notice(bar: NoticeBar) -> None:
    for button in bar.buttons().values():
        button.click()
    assert bar.notices == ()
