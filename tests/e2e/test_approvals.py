"""승인 at real desks: asked in the ticket, seen by the supervisor, answered in the ticket."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.demo.shop import fill
from tests.e2e.desks import DeskProcess, ets

PASSWORD = "e2e-password"
PHONE = "01000000407"
WHY = "고객이 다시 전화함"


@pytest.fixture
def shop(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="e2e")
    fill(database, orders=30, password=PASSWORD)
    yield database
    database.close()


def test_a_reopening_is_asked_for_and_approved_without_leaving_the_ticket(
    shop: Database, tmp_path: Path
) -> None:
    desks = agent, boss = [DeskProcess(shop.url, tmp_path / name) for name in ("agent", "boss")]
    agent.log_in("agent131", PASSWORD)
    boss.log_in("supervisor", PASSWORD)

    ets(shop.url, tmp_path / "cli", "ring", "131", PHONE, "--answer-after", "0")
    agent.wait_text("수신번호", "010-0000-0407")
    agent.select("접수유형", "배송문의")
    agent.type("접수내용", "배송 문의")
    agent.click("완료처리")
    agent.wait_text("상태", "완료")
    number = agent.text("접수번호")
    agent.click("재오픈 요청")
    agent.type("요청사유", WHY)
    agent.click("확인")
    agent.wait_said("관리자에게 재오픈을 요청했습니다.")

    boss.wait_tab("승인 (1)")
    boss.tab("승인")
    (row,) = boss.wait_rows("승인", "대상", f"접수 {number}")
    assert (row["종류"], row["사유"], row["상태"]) == ("재오픈", WHY, "대기")
    boss.pick("승인", "대상", f"접수 {number}")
    boss.click("접수 열기")
    boss.wait_text("접수번호", number)
    boss.click("승인")
    boss.wait_said("승인했습니다")
    boss.wait_tab("승인")

    agent.wait_text("상태", "접수")
    assert agent.text("접수번호") == number
    told = "SELECT g.login FROM ticket t JOIN agent g ON g.id = t.assignee_id WHERE ticket_no = :n"
    holder = shop.call(lambda session: session.execute(text(told), {"n": number}).scalar_one())
    assert holder == "agent131"
    assert [desk.close() for desk in desks] == [0, 0]
