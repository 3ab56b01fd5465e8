"""Fields one under the other: a scroll bar stands beside them, never over their ends."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.widgets.field_column import FieldColumn


def test_a_scroll_bar_takes_no_room_from_the_fields(qtbot: QtBot) -> None:
    fields, inner = QWidget(), QWidget()
    rows = QVBoxLayout(fields)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(inner)
    inner.setMinimumSize(300, 200)
    column = FieldColumn(fields)
    qtbot.addWidget(column)
    column.resize(300, 400)
    with qtbot.waitExposed(column):
        column.show()
    assert column.minimumWidth() == 300
    inner.setMinimumHeight(900)
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
    assert column.viewport().width() >= 300
    assert column.minimumWidth() == 300 + column.verticalScrollBar().sizeHint().width()
    inner.setMinimumHeight(200)
    qtbot.waitUntil(lambda: column.minimumWidth() == 300)
