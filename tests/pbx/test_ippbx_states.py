"""Whose word an agent's state is, where the PBX keeps one too."""

import pytest

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.pbx.vendors.lgu_ippbx.states import ECHO_S, READY, TALKING, AgentCode


@pytest.fixture
def agent() -> AgentCode:
    return AgentCode()


def choose(agent: AgentCode, state: AgentState, now: float = 0.0) -> str | None:
    """What is said to the PBX for it."""
    agent.want(state)
    code = agent.unsaid()
    if code is not None:
        agent.set(code, now)
    return code


def test_what_we_set_comes_back_and_is_no_news(agent: AgentCode) -> None:
    assert choose(agent, AgentState.TRAINING) == "5"
    assert choose(agent, AgentState.NOT_READY) is None
    assert choose(agent, AgentState.READY) == READY
    assert [agent.told(code, 1.0) for code in ("5", READY)] == [None, None]
    assert agent.told("5", 1.0) is AgentState.NOT_READY


def test_what_never_came_back_is_waited_for_no_longer(agent: AgentCode) -> None:
    choose(agent, AgentState.REST)
    assert agent.told("4", 1.0) is AgentState.MEAL
    assert agent.told("3", ECHO_S) is AgentState.REST


def test_the_end_of_a_call_is_not_taken_for_a_choice(agent: AgentCode) -> None:
    assert agent.told(TALKING, 0.0) is None
    assert choose(agent, AgentState.ON_CALL) is None
    assert agent.told(READY, 9.0) is None
    assert choose(agent, AgentState.WRAP_UP, 9.0) == "2"
    assert agent.told("2", 9.1) is None
    # 후처리 is over, by the PBX's agent or by our timer.
    assert agent.told(READY, 30.0) is AgentState.READY


def test_wrap_up_is_said_again_when_the_pbx_goes_back_to_ready_after_it(agent: AgentCode) -> None:
    agent.told(TALKING, 0.0)
    assert choose(agent, AgentState.WRAP_UP, 9.0) is None
    assert agent.told(READY, 9.0) is None
    assert agent.unsaid() == "2"


def test_what_the_pbx_goes_to_after_a_call_is_followed_when_it_is_not_ready(
    agent: AgentCode,
) -> None:
    agent.told(TALKING, 0.0)
    assert agent.told("6", 9.0) is AgentState.WRAP_UP
    assert agent.told("7", 9.0) is AgentState.NOT_READY
    assert agent.told("99", 9.0) is None


def test_a_choice_made_while_the_line_was_down_goes_before_the_pbxs_own(agent: AgentCode) -> None:
    agent.want(AgentState.REST)
    assert agent.at_login == "3"
    assert agent.logged_in("4", 0.0) is None
    assert (agent.unsaid(), agent.code) == ("3", "4")


def test_without_a_choice_the_pbxs_own_is_followed_at_a_login(agent: AgentCode) -> None:
    assert agent.at_login == READY
    assert agent.logged_in("4", 0.0) is AgentState.MEAL
    assert agent.at_login == "4"
    agent.want(AgentState.REST)
    assert agent.logged_in(TALKING, 0.0) is None
    assert agent.unsaid() is None
