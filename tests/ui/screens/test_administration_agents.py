"""상담원 of 관리: who may log in, as what, and who no more, with what they left handed on."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database, driver_of
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.queries.logins import open_work_of
from ets_desktop.services.agents import ChangeExtension, change_extension
from ets_desktop.ui.screens.administration.password import PasswordDialog
from ets_desktop.ui.screens.administration.retiring import RetireDialog
from ets_desktop.ui.widgets.fields import FieldNote
from tests.factories import a_ticket, make
from tests.ui.conftest import Steps
from tests.ui.screens.searching import button, cells, error, find, wait_for_cells
from tests.ui.screens.test_administration import OpenPage, admin, open_page

__all__ = ["admin", "open_page"]

STRONG = "kept-Secret-12"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def newcomer(database: Database) -> Iterator[str]:
    """A login that is not there, and is not there afterwards."""
    name = "h5newcomer"
    yield name
    database.call(lambda s: driver_of(s).execute(f"DROP ROLE IF EXISTS {name}".encode()))


def choose(page: Any, key: str) -> None:
    page.list.table.selectRow(page.list.model.number_of(key))


def value(page: Any, label: str) -> Any:
    return find(page, QLineEdit, label)


def of_agent(database: Database, login: str, column: str) -> Any:
    asked = text(f"SELECT {column} FROM agent WHERE login = :login")
    return database.call(lambda s: s.execute(asked, {"login": login}).scalar_one())


def test_somebody_is_added_by_keyboard_alone_and_logs_in(
    open_page: OpenPage,
    database: Database,
    admin: Agent,
    newcomer: str,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    page = open_page(admin, "agents")
    qtbot.keyClick(page.list.table, Qt.Key.Key_N, CONTROL)
    for typed in (newcomer, "Kim", "", "777", "", STRONG, STRONG, "joined"):
        field = QApplication.focusWidget()
        assert field is not None
        if typed:
            qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.keyClick(value(page, "이름"), Qt.Key.Key_S, CONTROL)
    steps.run()
    assert page.form.bar.message == ""
    qtbot.waitUntil(lambda: _row_of(page, newcomer, steps) is not None)
    assert (page.row.login, page.row.extension, page.row.role) == (newcomer, "777", "agent")
    assert cells(page.history, "사유") == ["joined"]
    url = psycopg.conninfo.make_conninfo(database.url, user=newcomer, password=STRONG)
    psycopg.connect(url).close()


def _row_of(page: Any, login: str, steps: Steps) -> Any:
    steps.run()
    return next((row for row in page.list.model.rows if row.login == login), None)


def test_what_is_wrong_is_told_at_its_field(
    open_page: OpenPage, admin: Agent, kim: Agent, steps: Steps
) -> None:
    page = open_page(admin, "agents")
    button(page, "신규").click()
    value(page, "아이디").setText(kim.login)
    value(page, "비밀번호").setText("weak")
    note = find(page, FieldNote, "비밀번호 안내")
    assert note.text().startswith("약함")
    page.save()
    assert "10자 이상" in error(page, "비밀번호")
    value(page, "비밀번호").setText(STRONG)
    assert note.text() == "강함"
    value(page, "비밀번호").setText("only-letters")
    assert note.text() == "보통"
    page.save()
    assert "다릅니다" in error(page, "비밀번호 확인")
    value(page, "비밀번호 확인").setText("only-letters")
    page.save()
    steps.run()
    assert "이름이 필요합니다" in error(page, "이름")
    value(page, "이름").setText("정새롬")
    page.save()
    steps.run()
    assert page.form.bar.message == "이미 있는 아이디입니다."


def test_role_extension_team_and_name_are_changed_in_one_press(
    open_page: OpenPage,
    database: Database,
    admin: Agent,
    kim: Agent,
    team: Team,
    login: Callable[[Agent], Database],
    steps: Steps,
    qtbot: QtBot,
) -> None:
    login(kim)
    page = open_page(admin, "agents")
    choose(page, kim.login)
    steps.run()
    assert value(page, "아이디").isReadOnly()
    value(page, "이름").setText("김팀장")
    value(page, "내선번호").setText("")
    find(page, QComboBox, "역할").set_code("supervisor")
    find(page, QComboBox, "팀").set_code("물류팀")
    find(page, QLineEdit, "변경사유").setText("승진")
    page.save()
    steps.run()
    found = [of_agent(database, kim.login, name) for name in ("name", "role", "extension")]
    assert found == ["김팀장", "supervisor", None]
    assert of_agent(database, kim.login, "team_id") == team.id
    told = ["없음 → 물류팀", "101 → 없음", "담당자 → 관리자", "김상담 → 김팀장", "담당자"]
    wait_for_cells(page.history, "내용", told, steps, qtbot)
    assert cells(page.history, "작업") == ["팀", "내선", "역할", "이름", "추가"]
    assert cells(page.history, "사유") == ["승진"] * 4 + [""]


def test_a_role_without_tickets_waits_for_the_work_to_go(
    open_page: OpenPage, database: Database, admin: Agent, kim: Agent, steps: Steps
) -> None:
    make(database, a_ticket, created_by=kim)
    page = open_page(admin, "agents")
    choose(page, kim.login)
    find(page, QComboBox, "역할").set_code("warehouse")
    page.save()
    steps.run()
    assert "먼저 넘기십시오" in error(page, "역할")


def test_a_change_of_another_admin_is_told_by_name(
    open_page: OpenPage, database: Database, admin: Agent, kim: Agent, steps: Steps
) -> None:
    page = open_page(admin, "agents")
    choose(page, kim.login)
    value(page, "내선번호").setText("177")
    database.call(change_extension, ChangeExtension(kim.login, "188"))
    page.save()
    steps.run()
    assert "먼저 바꾼 항목입니다(내선번호)" in page.form.bar.message


def test_a_password_is_set_anew(
    open_page: OpenPage,
    database: Database,
    admin: Agent,
    kim: Agent,
    login: Callable[[Agent], Database],
    steps: Steps,
) -> None:
    login(kim)
    page = open_page(admin, "agents")
    choose(page, kim.login)
    button(page, "비밀번호 재설정").click()
    dialog = page.findChild(PasswordDialog)
    value(dialog, "비밀번호").setText(STRONG)
    button(dialog, "확인").click()
    assert "다릅니다" in error(dialog, "비밀번호 확인")
    value(dialog, "비밀번호 확인").setText(STRONG)
    button(dialog, "확인").click()
    steps.run()
    assert ("say", "비밀번호를 바꿨습니다.") in page.context.desk.asked
    assert cells(page.history, "작업")[0] == "비밀번호"
    url = psycopg.conninfo.make_conninfo(database.url, user=kim.login, password=STRONG)
    psycopg.connect(url).close()


def test_open_work_is_handed_to_one_before_somebody_is_disabled(
    open_page: OpenPage,
    database: Database,
    admin: Agent,
    kim: Agent,
    lee: Agent,
    login: Callable[[Agent], Database],
    steps: Steps,
    qtbot: QtBot,
) -> None:
    login(kim)
    make(database, a_ticket, created_by=kim)
    page = open_page(admin, "agents")
    choose(page, kim.login)
    button(page, "사용중지").click()
    steps.run()
    dialog = page.findChild(RetireDialog)
    assert any("접수 1건, 콜백 0건" in each.text() for each in dialog.findChildren(QLabel))
    button(dialog, "확인").click()
    assert "이관담당자" in error(dialog, "받을 담당자")
    find(dialog, QLineEdit, "받을 담당자").setText("이담당")
    button(dialog, "확인").click()
    steps.run()
    assert database.call(open_work_of, lee.login).tickets == 1
    assert not of_agent(database, kim.login, "active")
    wait_for_cells(page.history, "작업", ["사용중지", "내선", "추가"], steps, qtbot)
    qtbot.waitUntil(lambda: _row_of(page, kim.login, steps).active is False)
    assert not button(page, "다시 사용").isHidden()
    button(page, "다시 사용").click()
    steps.run()
    assert of_agent(database, kim.login, "active")


def test_spreading_needs_somebody_who_is_there(
    open_page: OpenPage, database: Database, admin: Agent, kim: Agent, lee: Agent, steps: Steps
) -> None:
    make(database, a_ticket, created_by=kim)
    page = open_page(admin, "agents")
    choose(page, kim.login)
    button(page, "사용중지").click()
    steps.run()
    dialog = page.findChild(RetireDialog)
    how = find(dialog, QComboBox, "넘기는 방법")
    how.set_code("spread")
    how.code_chosen.emit()
    assert not find(dialog, QComboBox, "받을 담당자").isEnabled()
    button(dialog, "확인").click()
    steps.run()
    assert "자리에 있는 담당자가 없습니다" in page.form.bar.message
    assert of_agent(database, kim.login, "active")


def test_who_has_nothing_open_is_disabled_without_a_receiver(
    open_page: OpenPage, database: Database, admin: Agent, kim: Agent, steps: Steps
) -> None:
    page = open_page(admin, "agents")
    choose(page, kim.login)
    button(page, "사용중지").click()
    steps.run()
    dialog = page.findChild(RetireDialog)
    assert "넘길 일이 없습니다" in " ".join(each.text() for each in dialog.findChildren(QLabel))
    find(dialog, QCheckBox, "내선번호 비우기").click()
    button(dialog, "확인").click()
    steps.run()
    assert not of_agent(database, kim.login, "active")
    assert of_agent(database, kim.login, "extension") == "101"
