"""Fields, chips and counted text: what is typed is kept, refused in place, never half-submitted."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ets_desktop.ui.widgets import fields
from ets_desktop.ui.widgets.chips import Chips
from ets_desktop.ui.widgets.counted_text import CountedText
from ets_desktop.ui.widgets.fields import FieldError, ReadOnlyField, TextField
from ets_desktop.ui.widgets.form_grid import FormGrid, clear_button
from ets_desktop.ui.widgets.message_bar import MessageBar
from ets_desktop.ui.widgets.text_dialog import TextDialog


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


@pytest.fixture
def field(qtbot: QtBot) -> TextField:
    field = TextField("고객명")
    qtbot.addWidget(field)
    field.show()
    return field


def test_enter_is_told(field: TextField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Enter)


def test_enter_during_composition_never_submits(field: TextField, qtbot: QtBot) -> None:
    compose(field, "민")
    with qtbot.assertNotEmitted(field.entered), qtbot.assertNotEmitted(field.returnPressed):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_an_enter_that_ends_the_syllable_is_not_the_one_that_submits(
    field: TextField, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(fields, "monotonic", lambda: now)
    compose(field, "민")
    # IBus commits first and then hands the key on.
    compose(field, "", "민")
    with qtbot.assertNotEmitted(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    now += 0.1
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "민"


def test_a_shown_value_is_read_only_named_and_whole_on_hover(qtbot: QtBot) -> None:
    field = ReadOnlyField("수신번호", characters=5)
    qtbot.addWidget(field)
    field.show_value("010-0000-1234-5678", tone="red")
    assert field.isReadOnly()
    assert field.accessibleName() == "수신번호"
    field.show()
    assert field.toolTip() == "010-0000-1234-5678"
    field.setFixedWidth(400)
    assert field.toolTip() == ""
    assert field.cursorPosition() == 0
    assert field.property("tone") == "red"
    field.show_value("")
    assert field.property("tone") == ""


# 태그


@pytest.fixture
def chips(qtbot: QtBot) -> Chips:
    place = QWidget()
    column = QVBoxLayout(place)
    chips = Chips("태그")
    column.addWidget(chips)
    column.addWidget(QLineEdit())
    qtbot.addWidget(place)
    with qtbot.waitExposed(place):
        place.show()
    place.activateWindow()
    chips.place = place
    chips.setFocus()
    return chips


def tag_field(chips: Chips) -> TextField:
    found = chips.findChild(TextField)
    assert found is not None
    return found


def type_tag(chips: Chips, text: str, key: Qt.Key, qtbot: QtBot) -> None:
    tag_field(chips).setText(text)
    qtbot.keyClick(tag_field(chips), key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_tab_and_enter_add_a_tag(chips: Chips, key: Qt.Key, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chips.tags_changed):
        type_tag(chips, "  환불   요청 ", key, qtbot)
    assert chips.tags() == ("환불 요청",)
    assert tag_field(chips).text() == ""
    assert QApplication.focusWidget() is tag_field(chips)


def test_tab_in_the_empty_field_moves_on(chips: Chips, qtbot: QtBot) -> None:
    qtbot.keyClick(tag_field(chips), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not tag_field(chips)


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_a_half_composed_tag_is_not_added(chips: Chips, key: Qt.Key, qtbot: QtBot) -> None:
    compose(tag_field(chips), "환")
    qtbot.keyClick(tag_field(chips), key)
    assert chips.tags() == ()


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("vip", "이미 있는 태그입니다."),
        ("VIP ", "이미 있는 태그입니다."),
        ("가" * 51, "태그는 50자까지입니다."),
    ],
)
def test_a_refused_tag_stays_in_the_field_with_the_reason(
    chips: Chips, tag: str, reason: str, qtbot: QtBot
) -> None:
    chips.set_tags(["Vip"])
    type_tag(chips, tag, Qt.Key.Key_Return, qtbot)
    assert chips.tags() == ("Vip",)
    assert tag_field(chips).text() == tag
    assert chips.error() == reason
    assert not chips.add_pending()
    (error,) = (e for e in chips.findChildren(FieldError) if e.accessibleName() == "태그 오류")
    assert error.isVisible()
    qtbot.keyClick(tag_field(chips), Qt.Key.Key_Backspace)
    assert chips.error() == ""


def test_fifty_characters_are_a_tag(chips: Chips, qtbot: QtBot) -> None:
    type_tag(chips, "가" * 50, Qt.Key.Key_Return, qtbot)
    assert chips.tags() == ("가" * 50,)


def test_a_tag_is_removed_by_its_named_button(chips: Chips, qtbot: QtBot) -> None:
    chips.set_tags(["환불", "급함"])
    (remove,) = (b for b in chips.findChildren(QToolButton) if b.accessibleName() == "환불 삭제")
    with qtbot.waitSignal(chips.tags_changed):
        remove.click()
    assert chips.tags() == ("급함",)


def test_backspace_in_the_empty_field_takes_the_last_tag(chips: Chips, qtbot: QtBot) -> None:
    chips.set_tags(["환불", "급함"])
    qtbot.keyClick(tag_field(chips), Qt.Key.Key_Backspace)
    assert chips.tags() == ("환불",)
    type_tag(chips, "a", Qt.Key.Key_Backspace, qtbot)
    assert chips.tags() == ("환불",)


def test_set_tags_says_nothing_and_drops_what_was_pending(chips: Chips, qtbot: QtBot) -> None:
    tag_field(chips).setText("쓰다 만")
    assert chips.pending_text() == "쓰다 만"
    with qtbot.assertNotEmitted(chips.tags_changed):
        chips.set_tags(["환불"])
    assert chips.pending_text() == ""


def test_many_chips_wrap(chips: Chips, qtbot: QtBot) -> None:
    chips.place.resize(300, 400)
    chips.set_tags([f"아주 긴 태그 번호 {number}" for number in range(12)])
    qtbot.waitUntil(lambda: len({b.mapTo(chips, b.pos()).y() for b in removers(chips)}) > 3)
    assert all(b.mapTo(chips, b.rect().bottomRight()).x() <= chips.width() for b in removers(chips))


def removers(chips: Chips) -> list[QToolButton]:
    return [b for b in chips.findChildren(QToolButton) if b.isVisible()]


# 접수내용


@pytest.fixture
def text(qtbot: QtBot) -> CountedText:
    text = CountedText("접수내용", 10)
    qtbot.addWidget(text)
    with qtbot.waitExposed(text):
        text.show()
    return text


def edit(text: CountedText) -> QPlainTextEdit:
    found = text.findChild(QPlainTextEdit)
    assert found is not None
    return found


def count(text: CountedText) -> str:
    return next(f.text() for f in text.findChildren(QLineEdit) if f.accessibleName() == "글자수")


def test_the_text_is_counted_as_the_database_counts(text: CountedText) -> None:
    text.set_text("배송\n🙂")
    assert count(text) == "4 / 10"
    assert not text.is_too_long


def test_too_long_is_marked_and_nothing_is_cut(text: CountedText) -> None:
    text.set_text("가" * 11)
    assert text.text() == "가" * 11
    assert text.is_too_long
    (error,) = (e for e in text.findChildren(FieldError) if e.accessibleName() == "접수내용 오류")
    assert error.isVisible()
    text.set_text("가" * 10)
    assert not error.isVisible()


def paste(text: CountedText, source: QMimeData) -> None:
    QApplication.clipboard().setMimeData(source)
    edit(text).paste()
    # Python's object must not stay for the process's own end to destroy: Python is gone by then.
    QApplication.clipboard().clear()


def test_pasting_takes_the_plain_text_only(text: CountedText) -> None:
    source = QMimeData()
    source.setHtml("<b>굵게</b>")
    source.setText("굵\x00게\r\n둘\u2028셋\ufffc\x07")
    paste(text, source)
    assert text.text() == "굵게\n둘\n셋"


def test_a_picture_is_not_pasted(text: CountedText) -> None:
    source = QMimeData()
    source.setImageData(text.grab().toImage())
    paste(text, source)
    assert text.text() == ""


def test_a_slash_at_the_start_of_a_word_wants_templates(text: CountedText, qtbot: QtBot) -> None:
    told: list[int] = []
    text.slash_typed.connect(lambda: told.append(1))
    qtbot.keyClicks(edit(text), "/")
    qtbot.keyClicks(edit(text), "2/3 /")
    compose(edit(text), "", "/")
    assert len(told) == 2
    text.insert_text("상용구", replacing=1)
    assert text.text() == "/2/3 /상용구"


def test_tab_leaves_the_text(text: CountedText, qtbot: QtBot) -> None:
    after = QLineEdit(text)
    after.show()
    text.activateWindow()
    text.setFocus()
    qtbot.keyClick(edit(text), Qt.Key.Key_Tab)
    assert text.text() == ""
    assert QApplication.focusWidget() is after


def test_typing_is_told(text: CountedText, qtbot: QtBot) -> None:
    with qtbot.waitSignal(text.text_changed):
        qtbot.keyClicks(edit(text), "a")


# FormGrid, bar, dialog


@pytest.fixture
def grid(qtbot: QtBot) -> FormGrid:
    grid = FormGrid(2)
    qtbot.addWidget(grid)
    grid.add_field("제목", TextField("제목"), 0, span=2)
    grid.add_field("고객", ReadOnlyField("고객"), 1, clear=clear_button("고객 지우기"))
    grid.add_field("해결방안", TextField("해결방안"), 1, 1)
    grid.show()
    return grid


def test_labels_are_buddies_and_buttons_are_named(grid: FormGrid) -> None:
    buddies = {label.text(): label.buddy() for label in grid.findChildren(QLabel) if label.buddy()}
    assert {text: buddy.accessibleName() for text, buddy in buddies.items()} == {
        "제목": "제목",
        "고객": "고객",
        "해결방안": "해결방안",
    }
    assert grid.findChild(QToolButton).accessibleName() == "고객 지우기"


def test_a_fault_is_told_beside_its_field_and_goes(grid: FormGrid) -> None:
    assert grid.show_error("제목", "<b>너무</b> 깁니다.")
    assert grid.error("제목") == "<b>너무</b> 깁니다."
    (error,) = (e for e in grid.findChildren(FieldError) if e.accessibleName() == "제목 오류")
    assert error.isVisible()
    grid.clear_errors()
    assert not error.isVisible()
    assert grid.error("제목") == ""


def test_a_field_that_is_not_there_is_not_marked(grid: FormGrid) -> None:
    assert not grid.show_error("없는 것", "…")


def test_a_field_that_does_not_apply_is_hidden_with_its_error(grid: FormGrid) -> None:
    grid.show_error("해결방안", "…")
    grid.set_field_visible("해결방안", False)
    assert grid.error("해결방안") == ""
    assert all(not w.isVisible() for w in grid.findChildren(TextField)[1:])


def test_the_bar_is_quiet_until_there_is_news(qtbot: QtBot) -> None:
    place = QWidget()
    bar = MessageBar("변경 알림", "불러오기", place)
    qtbot.addWidget(place)
    place.show()
    assert not bar.isVisible()
    bar.show_message("이상담 님이 바꾸었습니다.", red=True)
    assert bar.isVisible()
    assert bar.message == "이상담 님이 바꾸었습니다."
    assert bar.accessibleName() == "변경 알림"
    with qtbot.waitSignal(bar.acted):
        bar.action.click()
    (close,) = bar.findChildren(QToolButton)
    assert close.accessibleName() == "닫기"
    close.click()
    assert not bar.isVisible()


def test_a_reason_is_required(qtbot: QtBot) -> None:
    dialog = TextDialog("폐기처리", "폐기사유", maximum=20)
    qtbot.addWidget(dialog)
    dialog.show()
    field = dialog.findChild(TextField)
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    (error,) = (e for e in dialog.findChildren(FieldError) if e.accessibleName() == "폐기사유 오류")
    assert error.isVisible()
    field.setText("  중복 접수 ")
    compose(field, "ㅇ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.result() == TextDialog.DialogCode.Accepted
    assert dialog.text() == "중복 접수"
