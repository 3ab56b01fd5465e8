"""Two desks, two processes, one ticket: who is there, what the other changed, nothing is lost."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.demo.shop import fill
from tests.e2e.desks import DeskProcess
from tests.factories import a_ticket, make

PASSWORD = "e2e-password"
#: Within a second on a quiet machine; the tests' machine is not always one.
SOON_S = 5.0


@pytest.fixture
def shop(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="e2e")
    fill(database, orders=30, password=PASSWORD)
    yield database
    database.close()


@pytest.fixture
def ticket_no(shop: Database) -> str:
    """Received by agent102, in the hands of agent101: in 접수 of both."""

    def made(session: Session) -> str:
        one, two = (
            session.scalars(select(Agent).where(Agent.login == login)).one()
            for login in ("agent101", "agent102")
        )
        return a_ticket(session, created_by=two, assignee=one, title="처음 제목").ticket_no

    return make(shop, made)


@pytest.fixture
def desks(
    shop: Database, ticket_no: str, tmp_path: Path
) -> Iterator[tuple[DeskProcess, DeskProcess]]:
    one, two = (DeskProcess(shop.url, tmp_path / name) for name in ("one", "two"))
    one.log_in("agent101", PASSWORD)
    two.log_in("agent102", PASSWORD)
    yield one, two
    assert one.close() == 0


def load(desk: DeskProcess, ticket_no: str) -> None:
    desk.tab("담당자관련이력")
    desk.tab("접수")
    desk.wait_rows("접수", "접수번호", ticket_no)
    desk.load("접수", "접수번호", ticket_no, "선택", "접수번호")


def stored(shop: Database, ticket_no: str) -> tuple[str, str]:
    row = shop.call(
        lambda session: session.execute(
            text("SELECT title, content FROM ticket WHERE ticket_no = :no"), {"no": ticket_no}
        ).one()
    )
    return row[0], row[1]


def test_two_desks_share_a_ticket_and_lose_nothing(
    shop: Database, ticket_no: str, desks: tuple[DeskProcess, DeskProcess]
) -> None:
    one, two = desks
    names = one.text("담당자"), two.text("담당자")
    load(one, ticket_no)
    load(two, ticket_no)
    two.wait_said(f"{names[0]} 님이 이 접수를 열어 두었습니다")
    one.wait_said(f"{names[1]} 님이 이 접수를 열어 두었습니다")

    one.type("접수내용", "하나가 쓴 내용")
    two.type("제목", "둘의 제목")
    two.click("접수정보저장")
    began = time.monotonic()
    one.wait_said("이 접수를 바꾸었습니다: 제목")
    assert time.monotonic() - began < SOON_S
    assert one.text("접수내용") == "하나가 쓴 내용"
    one.click("불러오기")
    one.wait_text("제목", "둘의 제목")
    assert one.text("접수내용") == "하나가 쓴 내용"
    one.click("접수정보저장")
    two.wait_said("이 접수를 바꾸었습니다: 접수내용")
    assert stored(shop, ticket_no) == ("둘의 제목", "하나가 쓴 내용")

    two.type("접수내용", "둘도 고친 내용")
    two.click("접수정보저장")
    rows = two.wait_rows("변경항목", "항목", "접수내용")
    assert [(row["내 값"], row["상대 값"], row["변경자"]) for row in rows] == [
        ("둘도 고친 내용", "하나가 쓴 내용", names[0])
    ]
    two.click("저장")
    one.wait_said("이 접수를 바꾸었습니다: 접수내용")
    assert stored(shop, ticket_no) == ("둘의 제목", "둘도 고친 내용")

    began = time.monotonic()
    assert two.close() == 0
    one.wait_unsaid("이 접수를 열어 두었습니다")
    assert time.monotonic() - began < SOON_S + 5
