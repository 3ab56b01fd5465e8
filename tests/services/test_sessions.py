"""Sessions as a desk begins, asks after and ends them."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.queries.agents import sign_in
from ets_desktop.services.sessions import EndSession, begin_session, end_session, session_ended

LogIn = Callable[[Agent], Database]


@pytest.mark.parametrize(
    ("stored", "minutes"),
    [
        (None, 15),
        ('{"idle_minutes": 5}', 5),
        ('{"idle_minutes": 0}', 0),
        ('{"idle_minutes": 61}', 15),
        ('{"idle_minutes": "5"}', 15),
        ('{"idle_minutes": true}', 15),
        ("[]", 15),
    ],
)
def test_the_house_says_after_how_many_minutes_a_session_ends(
    database: Database, kim: Agent, login: LogIn, stored: str | None, minutes: int
) -> None:
    if stored is not None:
        put = text("INSERT INTO setting (key, value) VALUES ('session_rules', (:v)::jsonb)")
        database.call(lambda session: session.execute(put, {"v": stored}))
    assert login(kim).call(begin_session, uuid4()).value == minutes


def test_a_session_is_over_once_it_was_left(database: Database, kim: Agent, login: LogIn) -> None:
    desk, session_id = login(kim), uuid4()
    desk.call(begin_session, session_id)
    assert desk.call(session_ended, session_id) == ""
    desk.call(end_session, EndSession(session_id, "left"))
    assert desk.call(session_ended, session_id) == "left"


def test_nobody_signs_in_with_a_disabled_account(
    database: Database, kim: Agent, login: LogIn
) -> None:
    desk = login(kim)
    disable = text(f"UPDATE agent SET active = false WHERE id = {kim.id}")
    database.call(lambda session: session.execute(disable))
    with pytest.raises(RuleViolation, match="account_disabled"):
        desk.call(sign_in)
    assert desk.call(session_ended, uuid4()) == "disabled"


def test_the_owner_has_no_session(database: Database) -> None:
    database.call(begin_session, uuid4())
    assert database.call(session_ended, uuid4()) == ""
