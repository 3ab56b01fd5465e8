"""A 클콜 extension through the gateway into the database: its calls, and its agent's state."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.gateway.service import Gateway
from ets_desktop.pbx.vendors.lgu_ippbx import vendor
from ets_desktop.services.duty import BeAtDesk, ChooseState, be_at_desk, choose_state
from ets_desktop.settings import GatewayLink
from tests.factories import an_agent, make
from tests.gateway.test_gateway import count, database, started, until
from tests.pbx.ippbx_server import (
    COMPANY,
    EXTENSION,
    SECRET,
    USER,
    IppbxServer,
    call_id,
    hung_up,
    ring,
)

__all__ = ["database", "started"]

CALLER = "01000001234"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendor, "TICK_S", 0.01)
    monkeypatch.setattr(vendor, "RECOVERY_S", 0.05)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "sha512"
    file.touch(mode=0o600)
    file.write_text(SECRET)
    return file


def link_to(server: IppbxServer, secret: Path) -> GatewayLink:
    options: dict[str, object] = {
        "url": server.url,
        "company_id": COMPANY,
        "user": USER,
        "extension": EXTENSION,
        "password_sha512_file": str(secret),
    }
    return GatewayLink("101", "lgu_ippbx", options)


def phases(database: Database) -> str:
    told = text("SELECT string_agg(phase, ' ' ORDER BY phase) FROM call_leg")
    return database.call(lambda session: str(session.scalar(told)))


def test_a_call_goes_on_over_a_restart_of_the_gateway(
    database: Database, started: Callable[..., Gateway], secret: Path
) -> None:
    talks, rings = call_id(), call_id()
    with IppbxServer().running() as server:
        first = started(link_to(server, secret))
        server.was_commanded("GET_LASTEVENT")
        server.say(ring(talks, CALLER), ring(talks, CALLER, "ID"), ring(rings, "01000005678"))
        until(lambda: phases(database) == "ringing talking")
        first.stop()
        server.last = [ring(talks, CALLER, "ID")]
        started(link_to(server, secret))
        # What the PBX does not speak of any more is over.
        until(lambda: phases(database) == "ended talking")
        server.say(hung_up(talks, CALLER))
        until(lambda: phases(database) == "ended ended")
        ends = "SELECT count(*) FROM call_leg WHERE \"end\" = 'completed'"
        assert count(database, ends) == 1
        assert count(database, "SELECT count(*) FROM call") == 2


def test_an_agents_state_is_the_same_on_both_sides(
    database: Database, started: Callable[..., Gateway], secret: Path
) -> None:
    agent = make(database, an_agent, extension=EXTENSION)
    database.call(be_at_desk, BeAtDesk(agent.id, uuid4()))

    def choose(state: AgentState) -> None:
        database.call(choose_state, ChooseState(agent.id, state))

    def state() -> str:
        asked = text("SELECT state || ' ' || state_cause FROM agent WHERE id = :agent_id")
        return database.call(lambda session: str(session.scalar(asked, {"agent_id": agent.id})))

    choose(AgentState.MEAL)
    with IppbxServer().running() as server:
        started(link_to(server, secret))
        until(lambda: server.code == "4")
        choose(AgentState.READY)
        assert server.was_commanded("MEMBERSTATUS|0,101")
        server.say("MEMBERSTATUS|KIND:3")
        until(lambda: state() == "rest pbx")
        choose(AgentState.TRAINING)
        until(lambda: server.code == "5")
        assert state() == "training chosen"
