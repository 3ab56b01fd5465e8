"""A field for typing that has no room for its text says so and loses nothing of it."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.widgets.eliding_field import ElidingField

LONG = "주식회사 하늘별 구매관리부 " * 8


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[ElidingField]:
    window = QWidget()
    row = QHBoxLayout(window)
    made, other = ElidingField("고객명"), QLineEdit()
    for part in (other, made):
        part.setFixedWidth(120)
        row.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    other.setFocus()
    yield made
    window.close()


def test_what_has_no_room_ends_in_dots_and_is_whole_on_hover_and_to_a_reader(
    field: ElidingField,
) -> None:
    field.setText(LONG)
    reader = QAccessible.queryAccessibleInterface(field)
    assert field.shown_text.endswith("…")
    assert field.shown_text[:-1] in LONG
    assert field.toolTip() == LONG
    assert reader is not None
    assert reader.text(QAccessible.Text.Value) == LONG
    field.setText("김정민")
    assert (field.shown_text, field.toolTip()) == ("김정민", "")


def test_it_is_painted_otherwise_while_somebody_types_there(
    field: ElidingField, qtbot: QtBot
) -> None:
    field.setText(LONG)
    field.setCursorPosition(0)
    resting = field.grab().toImage()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert field.grab().toImage() != resting
    assert field.text() == LONG


def test_with_more_room_nothing_is_left_out(field: ElidingField) -> None:
    field.setText(LONG)
    assert field.is_cut
    field.setFixedWidth(4000)
    assert (field.is_cut, field.toolTip()) == (False, "")
