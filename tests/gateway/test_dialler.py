"""Desks dial through the database: whichever gateway has the telephone does it."""

from collections.abc import Callable
from uuid import UUID, uuid4

from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.gateway.service import Gateway
from ets_desktop.queries.dialling import dial_outcome
from ets_desktop.services.dialling import AskToDial, ask_to_dial
from tests.factories import an_agent, make
from tests.gateway.test_gateway import (
    PATIENCE_S,
    REPLAY,
    SIMULATOR,
    count,
    cut,
    database,
    started,
    until,
)

__all__ = ["database", "started"]

OUTGOING = "SELECT count(*) FROM call WHERE direction = 'out'"


def ask(database: Database) -> UUID:
    agent = make(database, an_agent, extension="101")
    return database.call(ask_to_dial, AskToDial(uuid4(), agent.id, "101", "01000001234")).value


def test_a_desk_dials_also_when_its_own_gateway_stands_by(
    database: Database, started: Callable[..., Gateway]
) -> None:
    working = started(SIMULATOR)
    assert working.wait_until_active(PATIENCE_S)
    standing_by = started(SIMULATOR)
    wish = ask(database)
    until(lambda: database.call(dial_outcome, wish) == "dialled")
    until(lambda: count(database, OUTGOING) == 1)
    assert not standing_by.is_active


def test_a_telephone_that_cannot_dial_says_so(
    database: Database, started: Callable[..., Gateway]
) -> None:
    started(REPLAY)
    wish = ask(database)
    until(lambda: database.call(dial_outcome, wish) is not None)
    assert database.call(dial_outcome, wish) == "cannot_dial"


def test_it_dials_again_after_the_database_was_away(
    database: Database, started: Callable[..., Gateway]
) -> None:
    started(SIMULATOR).wait_until_active(PATIENCE_S)
    cut(database)
    wish = ask(database)
    until(lambda: database.call(dial_outcome, wish) == "dialled")


def test_nobody_dials_while_no_gateway_works(database: Database) -> None:
    wish = ask(database)
    assert database.call(dial_outcome, wish) is None
    taken = text("SELECT taken_at FROM dial_request")
    assert database.call(lambda session: session.execute(taken).scalar()) is None
