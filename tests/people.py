"""Fixtures of the rooms below the screens: an empty database and three invented people.

A room's conftest imports what it uses. The database is one for the whole session, emptied before
each test: 5 ms where a clone takes 400.
"""

from collections.abc import Callable, Iterator

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.local.connection import ConnectionTarget
from tests.factories import a_team, an_agent, login_url, make
from tests.postgres import clone

EMPTY = """
    DO $$
    DECLARE
        name text;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT relname FROM pg_class WHERE relkind = 'r'
            AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
        LOOP
            EXECUTE format('DELETE FROM %I', name);
        END LOOP;
    END $$
"""


@pytest.fixture(scope="session")
def desk_database(postgres_server: ConnectionTarget, template_database: str) -> Iterator[Database]:
    """The session's database of the tests with `database`, as the owner of the schema."""
    with clone(postgres_server, template_database) as target:
        database = Database(target.url(), application_name="test")
        yield database
        database.close()


@pytest.fixture
def database(desk_database: Database) -> Database:
    """Empty, as the owner of the schema, whom no row rule holds back."""
    with desk_database.driver_connection() as connection:
        connection.execute(EMPTY)
    return desk_database


@pytest.fixture
def team(database: Database) -> Team:
    return make(database, a_team, name="물류팀")


@pytest.fixture
def kim(database: Database) -> Agent:
    return make(database, an_agent, name="김상담", extension="101")


@pytest.fixture
def lee(database: Database, team: Team) -> Agent:
    """A member of the team."""
    return make(database, an_agent, name="이담당", extension="102", team=team)


@pytest.fixture
def park(database: Database) -> Agent:
    return make(database, an_agent, name="박관리", extension="103", role="supervisor")


@pytest.fixture
def login(database: Database) -> Iterator[Callable[[Agent], Database]]:
    """Opens the database as a real person, in the role of the agent."""
    opened: list[Database] = []

    def log_in(agent: Agent) -> Database:
        opened.append(Database(login_url(database, agent), application_name="test"))
        return opened[-1]

    yield log_in
    for one in opened:
        one.close()
