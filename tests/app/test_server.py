"""Which server is used, and what becomes of a schema that is not this program's."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import NullPool, text

from ets_desktop.app.seat import enter
from ets_desktop.db.address import engine_of
from ets_desktop.db.migrate import downgrade
from ets_desktop.db.schema_version import schema_status
from ets_desktop.db.server import Server, located_server, require_current_schema
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.settings import DatabaseSettings, Settings


def stamp(url: str, revision: str) -> None:
    engine = engine_of(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": revision})
    engine.dispose()


def test_a_central_server_is_taken_from_the_settings(clean_database: str) -> None:
    settings = Settings(database=DatabaseSettings(clean_database))
    with located_server(settings, is_desk=True) as server:
        assert server.owner_url == clean_database
        assert not server.is_embedded


def test_a_person_logs_in_to_the_same_database_with_odd_letters() -> None:
    server = Server("postgresql://owner:pw@one:5432,two:5433/ets?sslmode=disable", False)
    assert (
        server.url_as("agent 101", "p@ss/워드")
        == "postgresql://agent%20101:p%40ss%2F%EC%9B%8C%EB%93%9C@one:5432,two:5433/ets?sslmode=disable"
    )
    assert server.place == "one:5432,two:5433/ets"


def test_an_older_central_schema_is_left_to_its_keeper(clean_database: str) -> None:
    downgrade(clean_database, "0001")
    with pytest.raises(RuleViolation, match="schema_older"):
        require_current_schema(Server(clean_database, is_embedded=False))
    assert schema_status(clean_database).current == "0001"


def test_an_older_embedded_schema_is_brought_up(clean_database: str) -> None:
    downgrade(clean_database, "0001")
    require_current_schema(Server(clean_database, is_embedded=True))
    assert schema_status(clean_database).is_current


def test_a_newer_schema_is_refused_everywhere(clean_database: str) -> None:
    stamp(clean_database, "9999")
    for is_embedded in (True, False):
        with pytest.raises(RuleViolation, match="schema_newer"):
            require_current_schema(Server(clean_database, is_embedded))


def test_nobody_logs_in_to_a_central_schema_that_is_not_ours(clean_database: str) -> None:
    owner = urlsplit(clean_database)
    downgrade(clean_database, "0001")
    with pytest.raises(RuleViolation, match="schema_older"):
        enter(Server(clean_database, False), owner.username or "", owner.password or "")
