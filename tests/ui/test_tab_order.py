"""By keyboard alone: Tab goes as the eye does, and every button tells its key."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.ui.context import UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.registry import SCREENS, ScreenEntry
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.window import MainWindow
from ets_desktop.ui.window_desk import WindowDesk
from ets_desktop.ui.window_state import WindowState
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps
from tests.ui.screens.conftest import kims_desk

__all__ = ["database", "desk_database", "kim", "kims_desk", "lee", "login", "park", "team"]


def stops(window: QWidget) -> Iterator[QWidget]:
    """What Tab comes to, in its order."""
    widget = first = window.nextInFocusChain()
    while True:
        tab = Qt.FocusPolicy.TabFocus
        if (
            widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & tab
            and not isinstance(widget, QScrollBar)
        ):
            yield widget
        widget = widget.nextInFocusChain()
        if widget is first:
            return


@pytest.fixture
def window(kims_desk: UiContext, state: WindowState, steps: Steps, qtbot: QtBot) -> MainWindow:
    desk = WindowDesk(state)
    session = replace(kims_desk.agent, role="admin")
    window = MainWindow(replace(kims_desk, desk=desk, agent=session), desk, Diagnostics())
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    steps.run()
    return window


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.id)
def test_the_top_bar_comes_first_then_the_screen_then_the_dock(
    entry: ScreenEntry, window: MainWindow, steps: Steps
) -> None:
    screen = window.tabs.open(entry.id)
    steps.run()
    desk = window._desk
    parts = (desk.top_bar, window.tabs, screen, desk.call_dock, desk.status_line)
    found = [
        max(number for number, part in enumerate(parts) if is_in(widget, part))
        for widget in stops(window)
    ]
    order = list(dict.fromkeys(found))
    assert order == sorted(order)
    assert {0, 2, 3} <= set(order)


def is_in(widget: QWidget, part: QWidget) -> bool:
    return widget is part or part.isAncestorOf(widget)


def test_the_form_is_filled_in_from_top_to_bottom(window: MainWindow, steps: Steps) -> None:
    screen = window.tabs.open("ticket_form")
    assert isinstance(screen, TicketFormScreen)
    screen.fields.ticket_type.set_code("complaint")
    names = [widget.accessibleName() for widget in stops(window) if is_in(widget, screen.fields)]
    assert list(dict.fromkeys(names)) == [
        "접수경로",
        "접수유형",
        "제목",
        "접수내용",
        "상용구",
        "해결방안",
        "고객확인",
        "태그",
        "완료예정일",
        "",  # the line inside of it
        "이관담당자",
        "이관사유",
        "콜백일시",
        "콜백일시 고르기",
        "콜백번호",
    ]


def test_what_stands_beneath_a_field_comes_after_it(window: MainWindow, steps: Steps) -> None:
    screen = window.tabs.open("ticket_form")
    assert isinstance(screen, TicketFormScreen)
    chain = [screen]
    while (following := chain[-1].nextInFocusChain()) is not screen:
        chain.append(following)
    clear = next(widget for widget in chain if widget.accessibleName() == "고객 지우기")
    order = [chain.index(w) for w in (clear, screen.retying.button, screen.fields.ticket_type)]
    assert order == sorted(order)


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.id)
def test_the_tool_tip_of_every_button_tells_its_key(
    entry: ScreenEntry, window: MainWindow, steps: Steps
) -> None:
    window.tabs.open(entry.id)
    steps.run()
    keyless = {
        button.accessibleName() or button.text()
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and not button.toolTip().endswith(")")
    }
    # Menus beside a field, which Tab reaches.
    assert keyless <= {"콜백일시 고르기", "이관이력 보기"}
