"""Every tab of the desk opens, without a database, and binds every key it promises."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ets_desktop.domain.errors import Unavailable
from ets_desktop.ui.context import AgentSession, UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.menus import MENUS, menu_key
from ets_desktop.ui.registry import SCREENS, ScreenEntry
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.administration.pages import PAGES
from ets_desktop.ui.screens.administration.screen import AdministrationScreen
from ets_desktop.ui.shortcuts import ACTIONS
from ets_desktop.ui.window import MainWindow
from ets_desktop.ui.window_desk import WindowDesk
from ets_desktop.ui.window_state import WindowState
from tests.ui.conftest import Steps


def away(function: Callable[..., Any], *args: Any, cancel: Any = None) -> Any:
    raise Unavailable("database_away")


def ids(entry: ScreenEntry) -> str:
    return entry.id


@pytest.mark.parametrize("entry", SCREENS, ids=ids)
def test_every_screen_opens_and_bears_a_database_that_is_away(
    entry: ScreenEntry, context: UiContext, steps: Steps, qtbot: QtBot
) -> None:
    screen = entry.build(replace(context, call=away))
    qtbot.addWidget(screen)
    assert isinstance(screen, Screen)
    with qtbot.assertNotEmitted(steps.hub.bug_found):
        screen.show()
        screen.come_to_front()
        screen.take_focus()
        steps.run()
    left: list[bool] = []
    screen.leave(lambda: left.append(True))
    assert left == [True]


@pytest.mark.parametrize("entry", SCREENS, ids=ids)
def test_every_entry_says_where_it_belongs(entry: ScreenEntry) -> None:
    assert entry.title
    assert set(entry.menus) <= {menu_key(title) for title in MENUS}
    module, _, name = entry.factory.partition(":")
    assert issubclass(getattr(import_module(module), name), Screen)


def test_ids_titles_and_keys_are_unique() -> None:
    for values in (
        [entry.id for entry in SCREENS],
        [entry.title for entry in SCREENS],
        [entry.shortcut for entry in SCREENS],
    ):
        assert len(set(values)) == len(values)
    assert not {entry.shortcut for entry in SCREENS} & {action.key for action in ACTIONS}


def test_every_key_of_the_list_is_bound_once_all_tabs_are_open(
    qapp: QApplication, context: UiContext, state: WindowState, steps: Steps, qtbot: QtBot
) -> None:
    desk = WindowDesk(state)
    admin = AgentSession(1, "admin", "최관리", "199", "admin")
    context = replace(context, call=away, desk=desk, agent=admin)
    window = MainWindow(context, desk, Diagnostics())
    qtbot.addWidget(window)
    window.show()
    for entry in SCREENS:
        window.tabs.open(entry.id)
    administration = window.tabs.open("administration")
    assert isinstance(administration, AdministrationScreen)
    for page in PAGES:
        administration.open_page(page.id)
    steps.run()
    bound = {entry.id for entry, _ in desk.actions.available()}
    assert {entry.id for entry in desk.actions.entries} - bound == set()


def test_the_warehouse_has_its_tabs_and_no_calls(
    context: UiContext, state: WindowState, steps: Steps, qtbot: QtBot
) -> None:
    desk = WindowDesk(state)
    keeper = AgentSession(1, "keeper", "정창고", "", "warehouse")
    window = MainWindow(replace(context, call=away, desk=desk, agent=keeper), desk, Diagnostics())
    qtbot.addWidget(window)
    steps.run()
    titles = [window.tabs.tabText(number) for number in range(window.tabs.count())]
    assert titles == ["반품회송처리"]
    assert desk.call_dock.isHidden()
    assert not desk.top_bar.isEnabled()
    window._keep()
    assert state.blob("window/docks").isEmpty()
