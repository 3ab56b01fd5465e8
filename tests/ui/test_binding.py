"""What we demand of the Qt binding itself."""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_the_binding_loses_no_reference_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 does on Python < 3.12, one a call (PYSIDE-3474): scrolling ends the program.

    A process has some 6,000 of them; the last one lost is "none_dealloc: deallocating None".
    """
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(200):
        label.update()
    assert abs(sys.getrefcount(None) - before) < 100
