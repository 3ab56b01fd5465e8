"""관리: every page opens, is called by its label, and leaves nothing typed behind."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.topics import PEOPLE
from ets_desktop.queries.agents import sign_in
from ets_desktop.services.agents import ChangeTeam, change_team
from ets_desktop.services.teams import ReviseTeam, revise_team
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.administration.house import DueDaysPage
from ets_desktop.ui.screens.administration.members import MemberDialog
from ets_desktop.ui.screens.administration.pages import PAGES, AdminPage
from ets_desktop.ui.screens.administration.screen import AdministrationScreen
from tests.factories import a_team, an_agent, make
from tests.ui.conftest import AnsweredPrompts, Steps
from tests.ui.screens.searching import button, cells, error, find, panel, wait_for_cells
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


def test_a_page_that_is_chosen_while_its_tab_opens_is_read(
    context: UiContext, steps: Steps, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    monkeypatch.setattr(DueDaysPage, "refresh", lambda page: read.append(page))
    boss = replace(context.agent, role="admin")
    screen = AdministrationScreen(replace(context, call=away, agent=boss))
    qtbot.addWidget(screen)
    screen.come_to_front()
    screen.open_page("due_days")
    with qtbot.waitExposed(screen):
        screen.show()
    assert read == [screen.page]


def test_the_keys_of_the_page_in_front_work_in_the_list_of_pages(
    open_page: OpenPage, admin: Agent, steps: Steps, qtbot: QtBot
) -> None:
    page = open_page(admin, "teams")
    window = page.window()
    window.open_page("agents")
    window.open_page("teams")
    pages = window.findChild(QListWidget)
    pages.setFocus()
    qtbot.keyClick(pages, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    steps.run()
    assert page.row is None
    assert window.focusWidget() is page.form.field("name")


def test_enter_leads_from_the_list_of_pages_into_the_page(
    open_page: OpenPage, admin: Agent, qtbot: QtBot
) -> None:
    page = open_page(admin, "due_days")
    pages = page.window().findChild(QListWidget)
    pages.setFocus()
    qtbot.keyClick(pages, Qt.Key.Key_Return)
    assert page.isAncestorOf(page.window().focusWidget())


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


def test_members_come_and_go_and_a_team_in_use_stays(
    open_page: OpenPage,
    database: Database,
    park: Agent,
    kim: Agent,
    lee: Agent,
    team: Team,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    page = open_page(park, "teams")
    members = panel(page, "팀원")
    assert cells(members, "이름") == ["이담당"]
    button(page, "팀원 추가").click()
    dialog = page.findChild(MemberDialog)
    button(dialog, "확인").click()
    assert "이관담당자" in error(dialog, "담당자")
    find(dialog, QLineEdit, "담당자").setText("김상담")
    button(dialog, "확인").click()
    steps.run()
    wait_for_cells(members, "이름", ["김상담", "이담당"], steps, qtbot)
    find(page, QCheckBox, "사용여부").click()
    page.save()
    steps.run()
    assert "팀원" in page.form.bar.message
    for _ in range(2):
        members.table.selectRow(0)
        button(page, "팀원 빼기").click()
        steps.run()
        qtbot.waitUntil(lambda: not steps.waiting)
    wait_for_cells(members, "이름", [], steps, qtbot)
    page.save()
    steps.run()
    wait_for_cells(page.list, "사용여부", ["중지"], steps, qtbot)
    assert not button(page, "팀원 추가").isEnabled()


def test_what_is_typed_is_asked_for_before_it_goes(
    open_page: OpenPage,
    database: Database,
    context: UiContext,
    park: Agent,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    for name in ("AS팀", "물류팀"):
        make(database, a_team, name=name)
    page = open_page(park, "teams")
    name = find(page, QLineEdit, "팀 이름")
    assert name.text() == "AS팀"
    name.setText("AS1팀")
    prompts = context.prompts
    assert isinstance(prompts, AnsweredPrompts)
    prompts.answers = ["취소"]
    page.list.table.selectRow(1)
    assert (name.text(), page.row.name) == ("AS1팀", "AS팀")
    qtbot.waitUntil(lambda: page.list.current_row().name == "AS팀")
    prompts.answers = ["저장"]
    page.list.table.selectRow(1)
    steps.run()
    assert page.row.name == "물류팀"
    wait_for_cells(page.list, "팀 이름", ["AS1팀", "물류팀"], steps, qtbot)
    name.setText("물류1팀")
    left: list[bool] = []
    prompts.answers = ["버리기"]
    page.leave(lambda: left.append(True))
    assert (left, name.text()) == ([True], "물류팀")
    name.setText("물류1팀")
    button(page, "취소").click()
    assert name.text() == "물류팀"


def test_whoever_was_slower_is_told_by_whom(
    open_page: OpenPage, database: Database, park: Agent, team: Team, steps: Steps, qtbot: QtBot
) -> None:
    page = open_page(park, "teams")
    name = find(page, QLineEdit, "팀 이름")
    name.setText("물류2팀")
    database.call(revise_team, ReviseTeam(team.id, "물류1팀", True, "물류팀", True))
    page.save()
    steps.run()
    assert "먼저 바꾼 항목입니다(팀 이름)" in page.form.bar.message
    assert name.text() == "물류2팀"
    page.refresh()
    steps.run()
    page.form.bar.action.click()
    wait_for_cells(page.list, "팀 이름", ["물류1팀"], steps, qtbot)
    assert name.text() == "물류1팀"


def test_a_name_that_there_is_and_no_name_are_refused_at_the_field(
    open_page: OpenPage, database: Database, park: Agent, team: Team, steps: Steps
) -> None:
    page = open_page(park, "teams")
    button(page, "신규").click()
    name = find(page, QLineEdit, "팀 이름")
    for typed, told in (("물류팀", "이미 있는 팀"), ("  ", "팀의 이름이 필요합니다")):
        name.setText(typed)
        page.save()
        steps.run()
        assert told in error(page, "팀 이름")
    name.setText("")
    page.save()
    assert ("say", "바뀐 내용이 없습니다.") in page.context.desk.asked


def test_the_access_log_is_one_press_away(open_page: OpenPage, park: Agent) -> None:
    page = open_page(park, "teams")
    button(page.window(), "접속기록").click()
    assert ("open_tab", "access_review") in page.context.desk.asked


def test_what_is_typed_stays_while_members_come_and_others_change_the_record(
    open_page: OpenPage,
    database: Database,
    park: Agent,
    kim: Agent,
    team: Team,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    page = open_page(park, "teams")
    reason = find(page, QLineEdit, "변경사유")
    reason.setText("이름이 길어서")
    find(page, QLineEdit, "팀 이름").setText("물류")
    database.call(change_team, ChangeTeam(kim.login, team.name))
    page.refresh()
    wait_for_cells(page.list, "팀원", ["1"], steps, qtbot)
    assert (reason.text(), page.form.bar.message) == ("이름이 길어서", "")
    database.call(revise_team, ReviseTeam(team.id, "물류1팀", True, "물류팀", True))
    page.refresh()
    wait_for_cells(page.list, "팀 이름", ["물류1팀"], steps, qtbot)
    assert "다른 사람이 바꾼" in page.form.bar.message
    assert find(page, QLineEdit, "팀 이름").text() == "물류"


def test_what_another_has_changed_comes_by_itself_where_nobody_types(
    open_page: OpenPage, database: Database, park: Agent, team: Team, steps: Steps, qtbot: QtBot
) -> None:
    page = open_page(park, "teams")
    database.call(revise_team, ReviseTeam(team.id, "물류1팀", True, "물류팀", True))
    page.context.changes.publish(frozenset({PEOPLE}))
    wait_for_cells(page.list, "팀 이름", ["물류1팀"], steps, qtbot)
    assert find(page, QLineEdit, "팀 이름").text() == "물류1팀"
    page.context.changes.publish(frozenset({PEOPLE}))
    database.call(lambda s: s.execute(text("DELETE FROM team")))
    wait_for_cells(page.list, "팀 이름", [], steps, qtbot)
    assert "지운 항목" in page.form.bar.message


@pytest.mark.parametrize("page_id", ["due_days", "agents"])
def test_save_stands_right_under_the_fields(
    page_id: str, open_page: OpenPage, admin: Agent, qtbot: QtBot
) -> None:
    page = open_page(admin, page_id)
    page.window().resize(1280, 1000)
    reason = find(page, QLineEdit, "변경사유")

    def gap() -> int:
        top = page.form.save.mapTo(page, page.form.save.rect().topLeft()).y()
        return int(top - reason.mapTo(page, reason.rect().bottomLeft()).y())

    qtbot.waitUntil(lambda: 0 < gap() < 40, timeout=10_000)
    page.form.show_refusal(RuleViolation("text_too_long", field=next(iter(page.form.labels))))
    qtbot.waitUntil(lambda: 0 < gap() < 40, timeout=10_000)
