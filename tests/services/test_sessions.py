"""Sessions as a desk begins, asks after and ends them."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.queries.agents import sign_in
from ets_desktop.services.duty import BeAtDesk, be_at_desk, leave_desk, take_turn
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


class Desk:
    """A desk with its login, as the program has it."""

    def __init__(self, database: Database, agent: Agent) -> None:
        self._database, self._agent = database, agent
        self._desk_id, self._session_id = uuid4(), uuid4()
        database.call(begin_session, self._session_id)
        self.beat()

    def beat(self) -> None:
        self._database.call(be_at_desk, BeAtDesk(self._agent.id, self._desk_id))

    def ended(self) -> str:
        return self._database.call(session_ended, self._session_id)

    def leave(self) -> None:
        self._database.call(leave_desk, BeAtDesk(self._agent.id, self._desk_id))
        self._database.call(end_session, EndSession(self._session_id, "left"))


def sessions(database: Database) -> list[tuple[str | None, bool]]:
    """Why each login ended, oldest first, and whether it did."""
    asked = text("SELECT why, ended_at IS NOT NULL FROM desk_session ORDER BY began_at")
    return [(row[0], row[1]) for row in database.call(lambda session: session.execute(asked).all())]


def change(database: Database, sql: str) -> None:
    database.call(lambda session: session.execute(text(sql)))


def vanish(database: Database) -> None:
    """No desk that is there now has beaten for a while; the gateway looks."""
    change(database, "UPDATE desk_session SET began_at = began_at - interval '30 seconds'")
    change(database, "UPDATE desk SET seen_at = seen_at - interval '21 seconds'")
    database.call(take_turn)


def test_a_login_ends_with_the_desk_that_vanished_and_goes_on_when_it_is_back(
    database: Database, kim: Agent, login: LogIn
) -> None:
    desk = Desk(login(kim), kim)
    vanish(database)
    assert sessions(database) == [("vanished", True)]
    assert desk.ended() == ""  # the desk that was asleep closes nothing
    desk.beat()
    assert sessions(database) == [(None, False)]
    desk.leave()
    assert sessions(database) == [("left", True)]


def test_a_desk_that_comes_back_after_a_later_login_closes(
    database: Database, kim: Agent, login: LogIn
) -> None:
    desk = Desk(login(kim), kim)
    vanish(database)
    later = Desk(login(kim), kim)
    desk.beat()
    assert sessions(database) == [("vanished", True), (None, False)]
    assert (desk.ended(), later.ended()) == ("second_login", "")
    later.leave()
    desk.beat()
    assert sessions(database) == [("vanished", True), ("left", True)]


def test_an_older_desk_that_vanishes_takes_no_later_login_along(
    database: Database, kim: Agent, login: LogIn
) -> None:
    first = Desk(login(kim), kim)
    change(database, "UPDATE desk SET seen_at = seen_at - interval '21 seconds'")
    second = Desk(login(kim), kim)
    database.call(take_turn)
    assert (first.ended(), second.ended()) == ("second_login", "")
