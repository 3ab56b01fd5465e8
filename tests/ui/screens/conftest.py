"""Screens on a real database: Kim sits at the desk, as an agent's login and nothing more."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.agents import sign_in
from ets_desktop.ui.context import UiContext
from tests.people import database, desk_database, kim, lee, login, park, team

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]


@pytest.fixture
def kims_desk(
    context: UiContext, kim: Agent, login: Callable[[Agent], Database]
) -> Iterator[UiContext]:
    """The context of Kim, logged in to the test's database."""
    logged_in = login(kim)
    yield replace(context, call=logged_in.call, agent=logged_in.call(sign_in))
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()
