"""The access log: written by agents, in order, read by supervisors only."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.services.access import LogAccess, log_access


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="test")
    yield database
    database.close()


def log_as_agent(session: Session, *accesses: LogAccess) -> None:
    session.execute(text("SET LOCAL ROLE ets_agent"))
    log_access(session, *accesses)


def logged(session: Session) -> list[tuple[object, ...]]:
    rows = session.execute(
        text("SELECT action, subject, condition, row_count, login FROM access_log ORDER BY id")
    )
    return [tuple(row) for row in rows]


def test_an_agent_may_append_and_the_database_says_who_it_was(database: Database) -> None:
    looked = LogAccess("reveal_order", subject="order/12")
    searched = LogAccess("search_orders", condition={"phone": "0000"}, row_count=3)
    database.call(log_as_agent, looked, searched)
    me = database.call(lambda session: session.scalar(text("SELECT session_user")))
    assert database.call(logged) == [
        ("reveal_order", "order/12", {}, None, me),
        ("search_orders", "", {"phone": "0000"}, 3, me),
    ]


def test_an_agent_may_not_read_it(database: Database) -> None:
    def read_as_agent(session: Session) -> None:
        session.execute(text("SET LOCAL ROLE ets_agent"))
        logged(session)

    with pytest.raises(RuleViolation, match="not_allowed"):
        database.call(read_as_agent)


def test_an_agent_may_neither_change_nor_delete_it(database: Database) -> None:
    database.call(log_access, LogAccess("reveal_order", subject="order/12"))
    for statement in ("UPDATE access_log SET action = ''", "DELETE FROM access_log"):

        def tamper(session: Session, statement: str = statement) -> None:
            session.execute(text("SET LOCAL ROLE ets_agent"))
            session.execute(text(statement))

        with pytest.raises(RuleViolation, match="not_allowed"):
            database.call(tamper)


@pytest.mark.parametrize("forged", ["login, 'agent102'", "at, '2020-01-01'", "address, '10.0.0.1'"])
def test_an_agent_may_not_say_who_when_and_from_where(database: Database, forged: str) -> None:
    column, value = forged.split(", ")

    def forge(session: Session) -> None:
        session.execute(text("SET LOCAL ROLE ets_agent"))
        session.execute(text(f"INSERT INTO access_log (action, {column}) VALUES ('x', {value})"))

    with pytest.raises(RuleViolation, match="not_allowed"):
        database.call(forge)


def test_no_text_keeps_a_search_out_of_the_log(database: Database) -> None:
    """What the database cannot hold goes; that somebody searched stays."""
    typed = {"anything": "김\x00정\ud800민", "na\x00me": ["\udfff", 1], "deep": {"a": "b\x00"}}
    database.call(log_access, LogAccess("search_orders", condition=typed))
    rows = database.call(logged)
    assert rows[0][2] == {"anything": "김정민", "name": ["", 1], "deep": {"a": "b"}}
