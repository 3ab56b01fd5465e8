"""A shown text without room ends in …, and is told whole."""

from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from ets_desktop.ui.formats import SEOUL
from ets_desktop.ui.widgets.cut_line import is_cut, seen_text
from ets_desktop.ui.widgets.fields import FieldError, ReadOnlyField, TextField

NUMBER = "010-0000-1234, 010-0000-5678"


@pytest.fixture
def field(qtbot: QtBot) -> ReadOnlyField:
    field = ReadOnlyField("연락처")
    qtbot.addWidget(field)
    field.resize(400, 25)
    field.show_value(NUMBER)
    with qtbot.waitExposed(field):
        field.show()
    return field


def test_a_number_with_room_is_whole(field: ReadOnlyField) -> None:
    assert (is_cut(field), seen_text(field), field.toolTip()) == (False, NUMBER, "")


def test_a_number_that_is_cut_says_so(field: ReadOnlyField) -> None:
    field.resize(100, 25)
    assert seen_text(field).endswith("…")
    assert NUMBER.startswith(seen_text(field)[:-1])
    assert (field.text(), field.toolTip()) == (NUMBER, NUMBER)


def test_a_moment_gives_its_year_and_seconds_first(field: ReadOnlyField) -> None:
    field.show_value(f"{datetime.now(SEOUL).year}-11-21 14:03:11")
    field.setFixedWidth(field.fontMetrics().horizontalAdvance("11-21 14:03") + 30)
    assert seen_text(field) == "11-21 14:03"


def test_whoever_works_in_it_has_the_whole_text(field: ReadOnlyField, qtbot: QtBot) -> None:
    field.resize(100, 25)
    field.clearFocus()
    cut = field.grab().toImage()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert field.grab().toImage() != cut
    field.clearFocus()
    assert field.grab().toImage() == cut


def test_a_long_reason_ends_in_the_mark_too(qtbot: QtBot) -> None:
    error = FieldError("전화")
    qtbot.addWidget(error)
    error.resize(80, 20)
    error.show_error("전화번호가 아닙니다. 숫자를 확인하십시오.")
    assert is_cut(error)
    assert error.toolTip() == error.text()


def test_of_a_password_only_dots_are_drawn(qtbot: QtBot) -> None:
    field = TextField("비밀번호")
    qtbot.addWidget(field)
    field.setEchoMode(TextField.EchoMode.Password)
    field.resize(80, 25)
    field.setText("correct horse battery staple")
    assert is_cut(field)
    assert not set(seen_text(field)) & set(field.text())
