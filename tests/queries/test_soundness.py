"""What the doctor is told about a database: the guard, the people, the last backup."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.soundness import soundness
from ets_desktop.services.access import LogAccess, log_access
from tests.factories import login_url


@pytest.fixture
def agent(database: Database, kim: Agent) -> Iterator[Agent]:
    """With a login, which is nobody's afterwards."""
    login_url(database, kim)
    yield kim
    database.call(lambda s: s.execute(text(f'DROP ROLE IF EXISTS "{kim.login}"')))


def change(database: Database, sql: str) -> None:
    database.call(lambda session: session.execute(text(sql)))


def test_a_new_database_is_sound(database: Database, agent: Agent) -> None:
    found = database.call(soundness)
    assert found.version >= 150_000
    assert (found.encoding, found.finds_hangul, found.is_encrypted) == ("UTF8", True, False)
    assert found.missing_roles == ()
    assert found.invalid_indexes == ()
    assert found.disabled_triggers == ()
    assert (found.without_login, found.in_wrong_role, found.left_with_login) == ((), (), ())
    assert found.last_backup_at is None


def test_people_whose_login_is_not_as_it_should_be_are_told(
    database: Database, agent: Agent, lee: Agent
) -> None:
    assert database.call(soundness).without_login == (lee.login,)
    change(database, f'REVOKE ets_agent FROM "{agent.login}"')
    assert database.call(soundness).in_wrong_role == (agent.login,)
    change(database, f"UPDATE agent SET active = false WHERE id IN ({agent.id}, {lee.id})")
    found = database.call(soundness)
    assert (found.without_login, found.in_wrong_role) == ((), ())
    assert found.left_with_login == (agent.login,)


def test_people_with_more_than_their_role_are_told(database: Database, agent: Agent) -> None:
    change(database, f'GRANT ets_admin TO "{agent.login}"')
    assert database.call(soundness).in_wrong_role == (agent.login,)


def test_a_trigger_that_somebody_turned_off_is_told(database: Database) -> None:
    change(database, "ALTER TABLE ticket DISABLE TRIGGER ticket_guard")
    try:
        assert database.call(soundness).disabled_triggers == ("ticket.ticket_guard",)
    finally:
        change(database, "ALTER TABLE ticket ENABLE TRIGGER ticket_guard")


def test_the_last_backup_is_told(database: Database) -> None:
    database.call(log_access, LogAccess("backup", "database/ets"))
    assert database.call(soundness).last_backup_at is not None
