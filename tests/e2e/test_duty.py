"""States and offers between two real desks: offered, killed, signed out, offered to the other."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.demo.shop import fill
from tests.e2e.desks import DeskProcess, ets
from tests.factories import a_transfer

PASSWORD = "e2e-password"
#: Spec 40: a desk that vanishes is signed out by then.
SIGNED_OUT_S = 30.0


@pytest.fixture
def shop(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="e2e")
    fill(database, orders=30, password=PASSWORD)
    for table in ("task_offer", "missed_call", "transfer"):
        run(database, f"DELETE FROM {table}")
    yield database
    database.close()


def run(database: Database, sql: str) -> Any:
    return database.call(lambda session: session.execute(text(sql)))


def value(database: Database, sql: str) -> Any:
    return database.call(lambda session: session.execute(text(sql)).scalar())


def state_of(database: Database, login: str) -> str:
    return str(value(database, f"SELECT state FROM agent WHERE login = '{login}'"))


def to_team_of_101(database: Database) -> str:
    """A ticket of another team's agent handed to the team of both desks; its number."""
    sender = value(database, "SELECT id FROM agent WHERE login = 'agent131'")
    team = value(database, "SELECT team_id FROM agent WHERE login = 'agent101'")

    def send(session: Any) -> str:
        made = a_transfer(
            session, from_agent=session.get(Agent, sender), to_team=session.get(Team, team)
        )
        number = session.execute(
            text("SELECT ticket_no FROM ticket WHERE id = :id"), {"id": made.ticket_id}
        )
        return str(number.scalar())

    return database.call(send)


def test_a_killed_desk_is_signed_out_and_its_task_goes_to_the_other(
    shop: Database, tmp_path: Path
) -> None:
    one, two = (DeskProcess(shop.url, tmp_path / name) for name in ("one", "two"))
    one.log_in("agent101", PASSWORD)
    two.log_in("agent102", PASSWORD)
    one.wait_text("상담상태", "준비되지 않음")
    one.select("상담상태", "준비")
    one.wait_text("상담상태", "준비")
    number = to_team_of_101(shop)
    one.tab("대기열")
    one.wait_rows("대기열", "배정", "나")
    two.select("상담상태", "준비")
    two.tab("대기열")
    two.wait_rows("대기열", "배정", one_name(shop))

    one.kill()
    killed = time.monotonic()
    two.wait_rows("대기열", "배정", "나")
    assert time.monotonic() - killed < SIGNED_OUT_S
    assert state_of(shop, "agent101") == "logged_out"
    cause = "SELECT cause FROM agent_state_change ORDER BY id DESC LIMIT 1"
    assert value(shop, cause) == "desk_gone"

    two.pick("대기열", "접수번호", number)
    two.click("수락")
    two.wait_rows("진행 중", "접수번호", number)
    assert value(shop, "SELECT outcome FROM task_offer ORDER BY id DESC LIMIT 1") == "taken"

    ets(shop.url, tmp_path / "cli", "ring", "102", "01000000407", "--answer-after", "0")
    two.wait_text("상담상태", "통화중")
    assert two.close() == 0
    assert state_of(shop, "agent102") == "logged_out"


def one_name(database: Database) -> str:
    return str(value(database, "SELECT name FROM agent WHERE login = 'agent101'"))
