"""현황판: every number of one moment, as the lists behind it have it."""

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.board import AgeBucket
from ets_desktop.queries.board import board
from tests.factories import a_ticket, a_transfer, make


def test_a_house_without_work_has_its_agents_and_noughts(
    database: Database, kim: Agent, lee: Agent
) -> None:
    found = database.call(board)
    assert [agent.name for agent in found.agents] == ["김상담", "이담당"]
    assert (found.totals.states[AgentState.LOGGED_OUT], found.totals.answer_rate) == (2, None)
    assert [bar.bucket for bar in found.ages] == list(AgeBucket)
    assert sum(hour.received for hour in found.half_hours) == 0


def test_work_is_told_of_whoever_has_it(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    make(database, a_ticket, created_by=kim)
    make(database, a_ticket, created_by=kim, status="completed")
    make(database, a_transfer, from_agent=kim, to_agent=lee)
    make(database, a_transfer, from_agent=kim, to_team=team)
    found = database.call(board)
    agents = {agent.agent_id: agent for agent in found.agents}
    mine, hers = agents[kim.id], agents[lee.id]
    assert (mine.received, mine.completed, mine.open, mine.waiting) == (4, 1, 1, 0)
    assert (hers.received, hers.completed, hers.open, hers.waiting) == (0, 0, 1, 1)
    assert [(bar.agent_id, bar.team_id, bar.waiting) for bar in found.receivers] == [
        (lee.id, None, 1),
        (None, team.id, 1),
    ]
    assert (found.totals.open, found.totals.received, found.totals.waiting) == (3, 4, 2)
