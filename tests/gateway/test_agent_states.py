"""A telephone system with agent states of its own: what is set on one side holds on the other."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.gateway.agent_states import StateFollower
from ets_desktop.gateway.service import Gateway
from ets_desktop.pbx.protocol import OnState
from ets_desktop.pbx.vendors.simulator import Simulator
from ets_desktop.queries.duty import state_at
from ets_desktop.services.duty import BeAtDesk, ChooseState, be_at_desk, choose_state
from tests.factories import an_agent, make
from tests.gateway.test_gateway import PATIENCE_S, SIMULATOR, cut, database, started, until

__all__ = ["database", "started"]


class StatefulTelephone:
    """A telephone system that writes down what it is told and tells what is pressed at it."""

    def __init__(self) -> None:
        self.told: list[tuple[str, AgentState]] = []
        self.press: OnState = lambda _extension, _state: None

    def follow_states(self, on_state: OnState) -> None:
        self.press = on_state

    def set_state(self, extension: str, state: AgentState) -> None:
        self.told.append((extension, state))


@pytest.fixture
def kim(database: Database) -> Agent:
    return make(database, an_agent, extension="101")


@pytest.fixture
def telephone() -> StatefulTelephone:
    return StatefulTelephone()


@pytest.fixture
def follower(database: Database, kim: Agent, telephone: StatefulTelephone) -> Iterator[object]:
    follower = StateFollower(database, [telephone])
    follower.start()
    until(lambda: ("101", AgentState.LOGGED_OUT) in telephone.told)
    yield follower
    follower.stop()


def sit(database: Database, agent: Agent) -> None:
    database.call(be_at_desk, BeAtDesk(agent.id, uuid4()))


def choose(database: Database, agent: Agent, state: AgentState) -> None:
    database.call(choose_state, ChooseState(agent.id, state))


def test_both_sides_follow_each_other_without_an_echo(
    database: Database, kim: Agent, telephone: StatefulTelephone, follower: object
) -> None:
    sit(database, kim)
    choose(database, kim, AgentState.READY)
    until(lambda: telephone.told[-1] == ("101", AgentState.READY))
    telephone.press("101", AgentState.MEAL)
    until(lambda: database.call(state_at, "101") is AgentState.MEAL)
    choose(database, kim, AgentState.REST)
    until(lambda: telephone.told[-1] == ("101", AgentState.REST))
    assert ("101", AgentState.MEAL) not in telephone.told


def test_what_is_nobodys_is_passed_over_and_the_rest_followed(
    database: Database, kim: Agent, telephone: StatefulTelephone, follower: object
) -> None:
    sit(database, kim)
    telephone.press("999", AgentState.REST)
    telephone.press("101", AgentState.REST)
    until(lambda: database.call(state_at, "101") is AgentState.REST)
    assert database.call(state_at, "999") is None


def test_after_the_database_was_away_the_telephone_is_told_anew(
    database: Database, kim: Agent, telephone: StatefulTelephone, follower: object
) -> None:
    telephone.told.clear()
    cut(database)
    until(lambda: ("101", AgentState.LOGGED_OUT) in telephone.told)


def test_without_such_a_telephone_nothing_runs(database: Database) -> None:
    follower = StateFollower(database, ())
    follower.start()
    follower.stop()
    assert not follower._thread.is_alive()


class StatefulSimulator(Simulator, StatefulTelephone):
    """A link of the gateway that keeps states."""

    def follow_states(self, on_state: OnState) -> None:
        self.told = []
        super().follow_states(on_state)


def test_a_link_that_keeps_states_is_followed_by_its_gateway(
    database: Database,
    kim: Agent,
    started: Callable[..., Gateway],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ets_desktop.gateway.links.vendor_of", StatefulSimulator.of_link)
    gateway = started(SIMULATOR)
    assert gateway.wait_until_active(PATIENCE_S)
    vendor = next(iter(gateway._telephone)).vendor
    assert isinstance(vendor, StatefulSimulator)
    until(lambda: ("101", AgentState.LOGGED_OUT) in vendor.told)


def test_its_beat_signs_out_whoever_vanished(
    database: Database, kim: Agent, started: Callable[..., Gateway]
) -> None:
    sit(database, kim)
    database.call(
        lambda session: session.execute(
            text("UPDATE desk SET seen_at = seen_at - interval '21 seconds'")
        )
    )
    started(SIMULATOR)
    until(lambda: database.call(state_at, "101") is AgentState.LOGGED_OUT)
