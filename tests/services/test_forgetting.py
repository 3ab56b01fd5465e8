"""What is done for long goes, in bounded steps, and no desk may make it go."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.services.forgetting import MOST, Forgotten, forget_what_is_done

LogIn = Callable[[Agent], Database]


def run(database: Database, *statements: str, **given: object) -> None:
    def work(session: Session) -> None:
        for statement in statements:
            session.execute(text(statement), given)

    database.call(work)


def a_receipt(database: Database, agent: Agent, days: int) -> None:
    run(
        database,
        "INSERT INTO save_receipt (save_id, agent_id) VALUES (:id, :agent)",
        "UPDATE save_receipt SET saved_at = clock_timestamp() - :days * interval '1 day'"
        " WHERE save_id = :id",
        id=uuid4(),
        agent=agent.id,
        days=days,
    )


def a_wish(database: Database, agent: Agent, days: int) -> None:
    run(
        database,
        "INSERT INTO dial_request (client_id, agent_id, extension, number)"
        " VALUES (:id, :agent, '101', '01000000001')",
        "UPDATE dial_request SET asked_at = clock_timestamp() - :days * interval '1 day'"
        " WHERE client_id = :id",
        id=uuid4(),
        agent=agent.id,
        days=days,
    )


def left(database: Database) -> tuple[int, int]:
    counted = "SELECT (SELECT count(*) FROM save_receipt), (SELECT count(*) FROM dial_request)"
    row = database.call(lambda session: session.execute(text(counted)).one())
    return int(row[0]), int(row[1])


def forget(database: Database, most: int = MOST) -> Forgotten:
    return database.call(forget_what_is_done, most).value


def test_what_is_young_stays(database: Database, kim: Agent) -> None:
    for days in (0, 179, 181, 400):
        a_receipt(database, kim, days)
    for days in (0, 29, 31):
        a_wish(database, kim, days)
    gone = forget(database)
    assert (gone, gone.is_all) == (Forgotten(2, 1), True)
    assert left(database) == (2, 2)
    assert forget(database) == Forgotten(0, 0)


def test_it_goes_in_bounded_steps(database: Database, kim: Agent) -> None:
    for days in (200, 300, 400):
        a_receipt(database, kim, days)
    assert forget(database, most=2).receipts == 2
    assert left(database) == (1, 0)
    assert forget(database, most=2).receipts == 1


def test_a_full_step_says_that_there_may_be_more() -> None:
    assert not Forgotten(MOST, 0).is_all
    assert not Forgotten(0, MOST).is_all


def test_no_desk_makes_it_go(database: Database, kim: Agent, login: LogIn) -> None:
    with pytest.raises(RuleViolation) as refused:
        forget(login(kim))
    assert refused.value.code == "not_allowed"


def test_a_gateway_may(database: Database, kim: Agent) -> None:
    a_wish(database, kim, 31)
    run(database, "SET LOCAL ROLE ets_gateway", "SELECT forget_what_is_done(5)")
    assert left(database) == (0, 0)


def test_cells_of_a_file_go_after_a_quarter(database: Database) -> None:
    for days in (91, 89):
        run(
            database,
            "INSERT INTO import_run (file, started_at, result) VALUES ('a.csv',"
            " clock_timestamp() - :days * interval '1 day',"
            """ '{"bad": [[2, "수량", "missing"]], "values": {"bad": ["세*"]}}')""",
            days=days,
        )
    forget(database)
    kept = "SELECT result ? 'values', result -> 'bad' FROM import_run ORDER BY started_at"
    rows = database.call(lambda session: session.execute(text(kept)).all())
    assert [tuple(row) for row in rows] == [
        (False, [[2, "수량", "missing"]]),
        (True, [[2, "수량", "missing"]]),
    ]
