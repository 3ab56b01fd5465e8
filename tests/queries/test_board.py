"""현황판: every number of one moment, as the lists behind it have it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.board import AgeBucket
from ets_desktop.queries.board import board
from ets_desktop.services.duty import BeAtDesk, ChooseState, be_at_desk, choose_state
from tests.factories import a_call, a_leg, a_ticket, a_transfer, an_agent, make

#: Noon in Seoul.
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


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
    of_today = {"created_by": kim, "created_at": NOW}
    make(database, a_ticket, **of_today)
    make(database, a_ticket, **of_today, status="completed", completed_at=NOW)
    ticket = make(database, a_ticket, **of_today, assignee=lee, status="transferred")
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee, sent_at=NOW)
    ticket = make(database, a_ticket, **of_today, assignee_team=team, status="transferred")
    later = NOW + timedelta(seconds=1)
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_team=team, sent_at=later)
    found = database.call(board, NOW)
    agents = {agent.agent_id: agent for agent in found.agents}
    mine, hers = agents[kim.id], agents[lee.id]
    assert (mine.received, mine.completed, mine.open, mine.waiting) == (4, 1, 1, 0)
    assert (hers.received, hers.completed, hers.open, hers.waiting) == (0, 0, 1, 1)
    assert [(bar.agent_id, bar.team_id, bar.waiting) for bar in found.receivers] == [
        (lee.id, None, 1),
        (None, team.id, 1),
    ]
    assert (found.totals.open, found.totals.received, found.totals.waiting) == (3, 4, 2)


def test_a_caller_is_answered_given_up_or_still_waiting(
    database: Database, kim: Agent, lee: Agent
) -> None:
    rang_at = NOW - timedelta(seconds=60)
    for after_s in (4, 8, 30):
        talked_at = rang_at + timedelta(seconds=after_s)
        call = make(database, a_call, rang_at=rang_at)
        make(database, a_leg, call=call, agent=lee, end="answered_elsewhere")
        make(database, a_leg, call=call, agent=kim, talked_at=talked_at, end="completed")
    given_up, waits = (make(database, a_call, rang_at=rang_at) for _ in "12")
    make(database, a_leg, call=given_up, agent=kim, end="abandoned")
    make(database, a_leg, call=waits, agent=lee)
    found = database.call(board, NOW)
    totals = found.totals
    assert (totals.calls, totals.answered, totals.abandoned, totals.ringing) == (5, 3, 1, 1)
    assert totals.answer_rate == 0.75
    assert totals.longest_ringing_since == rang_at
    agents = {agent.name: (agent.talked, agent.missed) for agent in found.agents}
    assert agents == {"김상담": (3, 1), "이담당": (0, 0)}
    (hour,) = [hour for hour in found.half_hours if hour.answered == 3]
    assert (hour.median_s, hour.p90_s) == (8, 30)


def test_a_telephone_whose_clock_is_ahead_loses_no_call(database: Database, kim: Agent) -> None:
    now = datetime(2026, 11, 24, 3, 29, 59, tzinfo=UTC)
    call = make(database, a_call, rang_at=now + timedelta(seconds=2))
    make(database, a_leg, call=call, agent=kim)
    found = database.call(board, now)
    assert found.totals.calls == 1
    assert found.half_hours[-1].received == 1


def test_who_is_at_a_desk_is_shown_whatever_the_role(
    database: Database, kim: Agent, park: Agent, login: Callable[[Agent], Database]
) -> None:
    make(database, an_agent, name="퇴사자", active=False)
    login(park).call(be_at_desk, BeAtDesk(park.id, uuid4()))
    found = database.call(board)
    assert [(agent.name, agent.state, agent.cause) for agent in found.agents] == [
        ("김상담", AgentState.LOGGED_OUT, "signed_out"),
        ("박관리", AgentState.NOT_READY, "signed_in"),
    ]
    assert found.totals.states[AgentState.NOT_READY] == 1


def test_a_task_that_lies_before_an_agent_is_told(
    database: Database, kim: Agent, lee: Agent, team: Team, login: Callable[[Agent], Database]
) -> None:
    make(database, a_transfer, from_agent=kim, to_team=team)
    desk = login(lee)
    desk.call(be_at_desk, BeAtDesk(lee.id, uuid4()))
    desk.call(choose_state, ChooseState(lee.id, AgentState.READY))
    agents = {agent.name: agent.offered for agent in database.call(board).agents}
    assert agents == {"김상담": False, "이담당": True}


def test_the_board_of_a_team_is_of_its_people_and_what_was_handed_to_it(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    make(database, a_ticket, created_by=kim, created_at=NOW)
    make(database, a_ticket, created_by=lee, created_at=NOW)
    make(database, a_transfer, from_agent=kim, to_team=team)
    make(database, a_transfer, from_agent=lee, to_agent=kim)
    make(database, a_leg, agent=kim)
    found = database.call(board, NOW, team.id)
    assert [agent.name for agent in found.agents] == ["이담당"]
    totals = found.totals
    assert (totals.open, totals.received, totals.waiting, totals.ringing) == (2, 1, 1, 0)


def test_a_supervisors_login_may_read_all_of_it(
    database: Database, kim: Agent, park: Agent, login: Callable[[Agent], Database]
) -> None:
    make(database, a_leg, agent=kim)
    assert login(park).call(board).totals.ringing == 1
