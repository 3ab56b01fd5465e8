"""CS접수정보 등록 on a real database, as a real agent's login."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.agents import AgentSession
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]

OpenScreen = Callable[[Agent], TicketFormScreen]


def session_of(agent: Agent) -> AgentSession:
    return AgentSession(
        agent.id, agent.login, agent.name, agent.extension or "", agent.role, agent.team_id
    )


@pytest.fixture
def open_screen(
    qtbot: QtBot, context: UiContext, steps: Steps, login: Callable[[Agent], Database]
) -> Iterator[OpenScreen]:
    """The screen of one agent, its drop-downs read."""
    opened: list[TicketFormScreen] = []

    def build(agent: Agent) -> TicketFormScreen:
        seat = replace(context, call=login(agent).call, agent=session_of(agent))
        made = TicketFormScreen(seat)
        qtbot.addWidget(made)
        made.resize(1100, 700)
        made.show()
        steps.run()
        opened.append(made)
        return made

    yield build
    for screen in opened:
        # A modal dialog left open would stand before the next test's screen.
        for dialog in (screen.customers.chooser, screen.freshness.dialog):
            if dialog is not None:
                dialog.reject()
    # Before the database goes: what still waits would open it anew.
    steps.hub.shutdown()


@pytest.fixture
def screen(open_screen: OpenScreen, kim: Agent, lee: Agent) -> TicketFormScreen:
    """Kim's desk; Lee is there to hand things to."""
    return open_screen(kim)
