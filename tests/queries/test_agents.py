"""Who is behind a login, who may receive, what may be chosen."""

from collections.abc import Callable

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.queries.agents import active_agents, sign_in, teams, ticket_categories
from tests.factories import a_category, an_agent, make

Login = Callable[[Agent], Database]


def test_a_login_is_its_agent(login: Login, kim: Agent, lee: Agent, park: Agent) -> None:
    session = login(lee).call(sign_in)
    assert (session.agent_id, session.login, session.name, session.extension) == (
        lee.id,
        lee.login,
        "이담당",
        "102",
    )
    assert (session.team, session.team_id, session.is_supervisor) == ("물류팀", lee.team_id, False)
    assert login(kim).call(sign_in).team == ""
    assert login(park).call(sign_in).is_supervisor


def test_a_login_without_an_active_agent_is_refused(database: Database, login: Login) -> None:
    gone = make(database, an_agent, active=False, extension=None)
    with pytest.raises(RuleViolation, match="account_disabled"):
        login(gone).call(sign_in)
    with pytest.raises(NotFound, match="no_agent_for_login"):
        database.call(sign_in)


def test_who_may_see_nothing_of_a_desk_is_told_so(database: Database, login: Login) -> None:
    """A technician's work has no screen yet; a refused SELECT would say nothing of that."""
    process = make(database, an_agent, role="technician", extension=None)
    with pytest.raises(RuleViolation, match="no_screens_for_role"):
        login(process).call(sign_in)


def test_only_active_agents_receive(database: Database, kim: Agent, lee: Agent) -> None:
    make(database, an_agent, name="가퇴사", active=False)
    make(database, an_agent, name="하신입", extension=None)
    found = database.call(active_agents)
    assert [(agent.name, agent.extension, agent.team) for agent in found] == [
        ("김상담", "101", ""),
        ("이담당", "102", "물류팀"),
        ("하신입", "", ""),
    ]


def test_a_team_counts_its_active_members(database: Database, lee: Agent, team: Team) -> None:
    make(database, an_agent, team=team, active=False)
    assert [(one.name, one.members) for one in database.call(teams)] == [("물류팀", 1)]


def test_categories_come_in_the_order_an_admin_gave(database: Database) -> None:
    make(database, a_category, ticket_type="return", name="변심", sort=2)
    make(database, a_category, ticket_type="return", name="파손", sort=1)
    make(database, a_category, ticket_type="delivery", name="지연", sort=9)
    make(database, a_category, ticket_type="delivery", name="옛것", active=False)
    found = database.call(ticket_categories)
    assert [(one.ticket_type, one.name) for one in found] == [
        ("delivery", "지연"),
        ("return", "파손"),
        ("return", "변심"),
    ]
