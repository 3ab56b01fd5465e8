"""The last line of the window: how many saves wait for the database."""

import pytest
from pytestqt.qtbot import QtBot

from ets_desktop.ui.status_line import StatusLine
from ets_desktop.ui.widgets.fields import ReadOnlyField


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    made.show()
    return made


def test_saves_that_wait_are_counted_and_none_takes_no_room(line: StatusLine) -> None:
    [field] = [f for f in line.findChildren(ReadOnlyField) if f.accessibleName() == "전송대기"]
    assert not field.isVisible()
    line.show_waiting(2)
    assert (field.isVisible(), field.text()) == (True, "2")
    line.show_waiting(0)
    assert not field.isVisible()
