"""Whoever works by keyboard sees where they are: every kind of control, in both themes."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ets_desktop.ui.theme import Theme, colours

#: Of a button in the bar of a message, the smallest: its left and right edge.
SEEN = 30


def a_button(role: str = "", *, chosen: bool = False) -> QPushButton:
    button = QPushButton("접수")
    button.setProperty("role", role)
    button.setProperty("chosen", chosen)
    return button


def a_tool(*, raised: bool = True, checked: bool = False) -> QToolButton:
    tool = QToolButton()
    tool.setText("고정")
    tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    tool.setAutoRaise(not raised)
    tool.setCheckable(True)
    tool.setChecked(checked)
    return tool


def a_tool_in(role: str, tool_role: str = "") -> QWidget:
    frame = QFrame()
    frame.setProperty("role", role)
    column = QVBoxLayout(frame)
    tool = a_tool()
    tool.setProperty("role", tool_role)
    column.addWidget(tool)
    frame.setFocusProxy(tool)
    return frame


def a_check(*, checked: bool) -> QCheckBox:
    box = QCheckBox("개인정보")
    box.setChecked(checked)
    return box


def a_chart() -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "chart")
    frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    frame.setMinimumSize(80, 40)
    return frame


def some_tabs() -> QTabBar:
    bar = QTabBar()
    bar.addTab("고객주문내역")
    bar.addTab("주문 상세")
    return bar


KINDS: dict[str, Callable[[], QWidget]] = {
    "button": a_button,
    "small button": lambda: a_button("small"),
    "primary button": lambda: a_button("primary"),
    "number of the board": lambda: a_button("tile"),
    "chart": a_chart,
    "chosen button": lambda: a_button(chosen=True),
    "tool": a_tool,
    "flat tool": lambda: a_tool(raised=False),
    "checked tool": lambda: a_tool(checked=True),
    "chip": lambda: a_tool_in("chip"),
    "link of a message": lambda: a_tool_in("bar", "link"),
    "check box": lambda: a_check(checked=False),
    "checked box": lambda: a_check(checked=True),
    "tabs": some_tabs,
    "table": lambda: QTableWidget(2, 2),
    "list": QListWidget,
    "field": QLineEdit,
    "text": QPlainTextEdit,
    "choice": QComboBox,
}


@pytest.fixture(params=["light", "dark"])
def theme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Theme]:
    theme = Theme(qapp, request.param)
    yield theme
    qapp.setStyleSheet("")
    theme.deleteLater()


def accents(image: QImage, accent: str) -> int:
    """How many pixels have that colour."""
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixelColor(x, y).name() == accent for x, y in places)


@pytest.mark.parametrize("kind", KINDS)
def test_the_focus_is_seen(kind: str, theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    other, control = QLineEdit(), KINDS[kind]()
    column.addWidget(other)
    column.addWidget(control)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    other.setFocus()
    size = control.size()
    without = control.grab().toImage()
    control.setFocus()
    focused = control.focusProxy() or control
    assert focused.hasFocus()
    within = control.grab().toImage()
    named = colours(theme.name)
    edge = named["text"] if kind == "primary button" else named["accent"]
    assert accents(within, edge) - accents(without, edge) >= SEEN
    column.activate()
    assert control.size() == size
