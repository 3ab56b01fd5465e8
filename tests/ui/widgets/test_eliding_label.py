"""A line of text that gives way without losing a word."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from ets_desktop.ui.widgets.eliding_label import ElidingLabel

SENTENCE = "데이터베이스에 연결할 수 없습니다. 잠시 뒤 다시 시도하십시오."


def test_it_asks_for_its_text_and_makes_do_with_less(qtbot: QtBot) -> None:
    label = ElidingLabel(least=4)
    qtbot.addWidget(label)
    label.show_text(SENTENCE)
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(SENTENCE)
    assert label.minimumSizeHint().width() == 4 * label.fontMetrics().horizontalAdvance("0")
    assert (label.text(), label.toolTip()) == (SENTENCE, SENTENCE)
    label.show_text("")
    assert label.minimumSizeHint().width() <= 4


def test_what_is_painted_stays_within_it_and_has_its_colour(qtbot: QtBot) -> None:
    label = ElidingLabel(elide=Qt.TextElideMode.ElideLeft)
    qtbot.addWidget(label)
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor("white"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("red"))
    label.setPalette(palette)
    label.setAutoFillBackground(True)
    label.show_text("■" * 40)
    label.resize(100, 20)
    picture = label.grab().toImage()
    middle = [picture.pixelColor(x, 10).name() for x in range(picture.width())]
    assert "#ff0000" in middle
