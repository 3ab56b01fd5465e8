"""Tabs are laid out and painted anew for their bar and corners, not for a text on a page."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.widgets.steady_tabs import SteadyTabs


class Paintings(QObject):
    """How often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class Shown:
    """A window of one page with a short text far from a field."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.tabs = SteadyTabs()
        self.text, self.field = QLabel("1"), QLineEdit()
        self.page = QWidget()
        column = QVBoxLayout(self.page)
        column.addWidget(self.text)
        column.addStretch()
        column.addWidget(self.field)
        self.tabs.addTab(self.page, "주문 상세")
        QVBoxLayout(self.window).addWidget(self.tabs)
        qtbot.addWidget(self.window)
        self.window.resize(400, 300)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.settle()
        self.paintings = Paintings(self.field)

    def settle(self) -> None:
        """Each request for another layout goes up by one parent a turn."""
        for _ in range(12):
            QApplication.processEvents()


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_a_longer_text_paints_nothing_else(shown: Shown) -> None:
    shown.text.setText("565건")
    shown.settle()
    shown.paintings.count = 0
    shown.text.setText("1,000건 이상")
    shown.settle()
    assert shown.paintings.count == 0
    assert shown.text.width() >= shown.text.sizeHint().width()


def test_what_a_page_needs_is_still_told_to_the_window(shown: Shown) -> None:
    before = shown.window.minimumSizeHint().width()
    shown.text.setText("아주 긴 글 " * 20)
    shown.settle()
    assert shown.window.minimumSizeHint().width() > before
    assert shown.window.width() >= shown.window.minimumSizeHint().width()


def test_a_corner_that_comes_gets_its_room(shown: Shown) -> None:
    button = QPushButton("보기")
    shown.tabs.setCornerWidget(button)
    shown.settle()
    assert button.geometry().right() >= shown.tabs.width() - 5
    button.hide()
    shown.settle()
    button.setText("주문자와 수취인 보기")
    button.show()
    shown.settle()
    assert button.width() >= button.sizeHint().width()


def test_a_title_that_grows_is_shown_whole(shown: Shown) -> None:
    shown.tabs.setTabText(0, "주문관련접수내역 (1,234)")
    shown.settle()
    bar = shown.tabs.tabBar()
    assert bar.width() >= bar.sizeHint().width()
