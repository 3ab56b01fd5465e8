"""관리: every page opens, is called by its label, and leaves nothing typed behind."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.agents import sign_in
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.administration.pages import PAGES, AdminPage
from ets_desktop.ui.screens.administration.screen import AdministrationScreen
from tests.factories import an_agent, make
from tests.ui.conftest import Steps
from tests.ui.screens.searching import cells, wait_for_cells
from tests.ui.test_accessible_names import Found, shown
from tests.ui.test_registry import away

OpenPage = Callable[..., Any]


@pytest.fixture
def admin(database: Database) -> Agent:
    return make(database, an_agent, name="최관리", extension="199", role="admin")


@pytest.fixture
def open_page(
    context: UiContext, login: Callable[[Agent], Database], steps: Steps, qtbot: QtBot
) -> Iterator[OpenPage]:
    opened: list[AdministrationScreen] = []

    def open_it(agent: Agent, page_id: str) -> Any:
        mine = login(agent)
        own = replace(context, call=mine.call, agent=mine.call(sign_in))
        screen = AdministrationScreen(own)
        opened.append(screen)
        qtbot.addWidget(screen)
        screen.resize(1100, 700)
        screen.activateWindow()
        with qtbot.waitExposed(screen):
            screen.show()
        screen.open_page(page_id)
        screen.come_to_front()
        steps.run()
        return screen.page

    yield open_it
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.id)
def test_every_page_opens_and_bears_a_database_that_is_away(
    entry: AdminPage, context: UiContext, steps: Steps, qtbot: QtBot
) -> None:
    page = entry.build(replace(context, call=away))
    qtbot.addWidget(page)
    with qtbot.assertNotEmitted(steps.hub.bug_found):
        page.show()
        page.shown()
        page.take_focus()
        steps.run()
    left: list[bool] = []
    page.leave(lambda: left.append(True))
    assert left == [True]


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.id)
def test_every_control_of_a_page_can_be_named_and_tells_its_key(
    entry: AdminPage, open_page: OpenPage, admin: Agent
) -> None:
    QAccessible.setActive(True)
    page = open_page(admin, entry.id)
    found = Found(shown(page.window()))
    QAccessible.setActive(False)
    assert (found.unnamed, found.unlabelled, found.headless) == ([], [], [])
    assert found.twice(set()) == {}
    keyless = {
        each.accessibleName() or each.text()
        for each in page.findChildren(QAbstractButton)
        if each.isVisible() and not each.toolTip().endswith(")")
    }
    assert keyless == set()


def test_supervisors_have_teams_templates_and_due_days_alone() -> None:
    theirs = {entry.id for entry in PAGES if not entry.admins_only}
    assert theirs <= {"teams", "templates", "due_days"}


def test_a_team_is_made_and_renamed_by_keyboard_alone(
    open_page: OpenPage, database: Database, park: Agent, steps: Steps, qtbot: QtBot
) -> None:
    page = open_page(park, "teams")
    window = page.window()
    qtbot.keyClick(page.list.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    name = window.focusWidget()
    assert isinstance(name, QLineEdit)
    qtbot.keyClicks(name, "AS")
    qtbot.keyClick(name, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    steps.run()
    wait_for_cells(page.list, "팀 이름", ["AS"], steps, qtbot)
    assert page.row.name == "AS"
    name.setFocus()
    qtbot.keyClicks(name, "1")
    qtbot.keyClick(name, Qt.Key.Key_Tab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    reason = window.focusWidget()
    assert reason.accessibleName() == "변경사유"
    qtbot.keyClicks(reason, "new name")
    qtbot.keyClick(reason, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    steps.run()
    wait_for_cells(page.list, "팀 이름", ["AS1"], steps, qtbot)
    wait_for_cells(page.history, "내용", ["팀 이름: AS → AS1", "AS"], steps, qtbot)
    assert cells(page.history, "담당자") == ["박관리", "박관리"]
    assert cells(page.history, "사유") == ["new name", ""]
