"""상담원 of 관리: one press changes what differs, and nothing where somebody was faster."""

from collections.abc import Callable

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.errors import RuleViolation, StaleData
from ets_desktop.domain.topics import PEOPLE
from ets_desktop.queries.staff import rights_changes, staff
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.agents import AddLogin
from ets_desktop.services.staff import Person, RevisePerson, add_person, revise_person
from tests.factories import a_callback, a_ticket, an_agent, make

Login = Callable[[Agent], Database]


@pytest.fixture
def boss(database: Database) -> Agent:
    return make(database, an_agent, name="최관리", role="admin", extension=None)


def revised(agent: Agent, was_in: str = "", **new: str) -> RevisePerson:
    was = Person(agent.name, agent.role, agent.extension or "", was_in)
    values = {"name": was.name, "role": was.role, "extension": was.extension, "team": was_in} | new
    return RevisePerson(agent.login, Person(**values), was, agent.team_id, "승진")


def test_somebody_new_is_called_by_their_login(
    database: Database, boss: Agent, login: Login
) -> None:
    new = AddLogin("staff-newcomer", "정새롬", "agent", "kept-secret-12", "333", "", "입사")
    try:
        done = login(boss).call(add_person, new)
        assert (done.value, done.touched) == ("staff-newcomer", {PEOPLE})
    finally:
        with database.driver_connection() as connection:
            connection.execute('DROP ROLE IF EXISTS "staff-newcomer"')


def test_what_differs_is_changed_and_told(
    database: Database, lee: Agent, team: Team, boss: Agent, login: Login
) -> None:
    new = {"name": " 이팀장 ", "role": "supervisor", "extension": "", "team": ""}
    done = login(boss).call(revise_person, revised(lee, "물류팀", **new))
    assert done.value == lee.login
    row = next(one for one in database.call(staff) if one.login == lee.login)
    assert (row.name, row.role, row.extension, row.team) == ("이팀장", "supervisor", "", "")
    told = database.call(rights_changes, lee.login)
    assert [(one.change, one.old, one.new, one.who) for one in told[:4]] == [
        ("team", "물류팀", None, "최관리"),
        ("extension", "102", None, "최관리"),
        ("role", "agent", "supervisor", "최관리"),
        ("name", "이담당", "이팀장", "최관리"),
    ]
    assert {one.reason for one in told[:4]} == {"승진"}


def test_what_is_the_same_is_no_change(
    database: Database, kim: Agent, boss: Agent, login: Login
) -> None:
    before = database.call(rights_changes)
    login(boss).call(revise_person, revised(kim))
    assert database.call(rights_changes) == before


def test_whoever_was_slower_changes_nothing(
    database: Database, kim: Agent, boss: Agent, login: Login
) -> None:
    desk = login(boss)
    desk.call(revise_person, revised(kim, extension="177"))
    with pytest.raises(StaleData) as stale:
        desk.call(revise_person, revised(kim, name="김하나"))
    (change,) = stale.value.changes
    assert (change.field, change.theirs, change.changed_by) == ("extension", "177", "최관리")


def test_a_role_without_tickets_is_for_who_has_none(
    database: Database, kim: Agent, boss: Agent, login: Login
) -> None:
    ticket = make(database, a_ticket)
    make(database, a_callback, assignee=kim, ticket=ticket)
    with pytest.raises(RuleViolation, match="work_left"):
        login(boss).call(revise_person, revised(kim, role="technician"))
    lee = make(database, an_agent)
    login(boss).call(revise_person, revised(lee, role="warehouse"))


def test_a_supervisor_changes_nobody(
    database: Database, kim: Agent, park: Agent, login: Login
) -> None:
    for new in ({"name": "김하나"}, {"role": "admin"}, {"extension": "188"}):
        with pytest.raises(RuleViolation, match="not_allowed"):
            login(park).call(revise_person, revised(kim, **new))


def test_everybody_is_listed_with_what_is_open_and_the_last_login(
    database: Database, kim: Agent, boss: Agent, login: Login
) -> None:
    make(database, a_ticket, created_by=kim)
    gone = make(database, an_agent, name="가나다", active=False)
    login(kim).call(log_access, LogAccess("login"))
    found = login(boss).call(staff)
    assert [one.login for one in found][-1] == gone.login
    row = next(one for one in found if one.login == kim.login)
    assert (row.tickets, row.callbacks, row.callers, row.open_work) == (1, 0, 0, 1)
    assert row.last_login_at is not None
    assert found[-1].last_login_at is None
