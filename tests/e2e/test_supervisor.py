"""Supervisors beside agents: moving the same tickets, seeing all live, forcing, logging off."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.demo.shop import fill
from tests.e2e.desks import DeskProcess, ets
from tests.factories import a_transfer

PASSWORD = "e2e-password"
PHONE = "01000000407"
TYPED = "고객이 다시 전화하기로 함"
#: How long a desk may take on a busy machine.
PATIENCE_S = 60.0
#: Moved by two supervisors at once.
MANY = 12


@pytest.fixture
def shop(clean_database: str) -> Iterator[Database]:
    """The demo's people, and nothing handed on yet."""
    database = Database(clean_database, application_name="e2e")
    fill(database, orders=30, password=PASSWORD)
    for table in ("task_offer", "missed_call", "transfer"):
        rows(database, f"DELETE FROM {table} RETURNING true")
    yield database
    database.close()


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    return database.call(lambda session: [tuple(row) for row in session.execute(text(sql))])


def value(database: Database, sql: str) -> Any:
    return rows(database, sql)[0][0]


def seated(shop: Database, home: Path, *logins: str) -> list[DeskProcess]:
    """A desk each, all starting at once."""
    desks = [DeskProcess(shop.url, home / login) for login in logins]
    for desk, login in zip(desks, logins, strict=True):
        desk.log_in(login, PASSWORD)
    return desks


def name_of(shop: Database, login: str) -> str:
    return str(value(shop, f"SELECT name FROM agent WHERE login = '{login}'"))


def test_a_team_takes_what_an_agent_hands_on_and_the_supervisor_sees_and_steps_in(
    shop: Database, tmp_path: Path
) -> None:
    sender, taker, other, boss = desks = seated(
        shop, tmp_path, "agent131", "agent101", "agent102", "supervisor"
    )
    team = value(
        shop,
        "SELECT m.name FROM team m JOIN agent a ON a.team_id = m.id WHERE a.login = 'agent101'",
    )
    name = name_of(shop, "agent101")
    for desk in (taker, other):
        desk.tab("대기열")
    boss.tab("이관 큐")

    ets(shop.url, tmp_path / "cli", "ring", "131", PHONE, "--answer-after", "0")
    sender.wait_text("수신번호", "010-0000-0407")
    sender.select("접수유형", "배송문의")
    sender.type("접수내용", "물류에 확인이 필요합니다")
    sender.click("접수정보저장")
    number = sender.wait_text("접수번호", "-")
    sender.select("이관담당자", team)
    sender.type("이관사유", "재고 확인")
    sender.click("이관처리")
    (row,) = boss.wait_rows("이관 큐", "접수번호", number)
    assert (row["받은 담당자"], row["이관사유"]) == (team, "재고 확인")
    other.wait_rows("대기열", "접수번호", number)

    taker.pick("대기열", "접수번호", number)
    taker.click("수락")
    taker.wait_rows("진행 중", "접수번호", number)
    boss.wait_rows("이관 큐", "이관상태", "수락")
    other.wait_count("대기열", 0)

    boss.tab("현황판")
    boss.pick("상담원 현황", "상담원", name)
    boss.click("상태 변경")
    boss.select("바꿀 상태", "교육")
    boss.type("사유", "신제품 교육")
    boss.click("확인")
    taker.wait_text("상담상태", "교육")
    boss.wait_rows("상담원 현황", "상태", "교육")

    taker.tab("CS접수정보 등록")
    taker.click("새화면")
    taker.type("접수내용", TYPED)
    boss.pick("상담원 현황", "상담원", name)
    boss.click("로그아웃")
    boss.type("사유", "자리를 비움")
    boss.click("확인")
    assert "관리자가 로그아웃" in taker.wait_text("안내", "관리자")
    assert taker.titles() == ["ETS 로그인"]
    assert value(shop, "SELECT state FROM agent WHERE login = 'agent101'") == "logged_out"
    told = "SELECT action, subject, condition ->> 'reason' FROM access_log WHERE login ="
    assert rows(shop, f"{told} 'supervisor' AND subject <> '' ORDER BY id") == [
        ("force_state", "agent/agent101", "신제품 교육"),
        ("log_off", "agent/agent101", "자리를 비움"),
    ]

    taker.type("비밀번호", PASSWORD)
    taker.click("로그인")
    taker.click("불러오기")
    taker.wait_text("접수내용", TYPED)
    taker.click("임시저장")
    taker.wait_empty("접수내용")
    boss.wait_rows("상담원 현황", "상태", "준비되지 않음")
    assert [desk.close() for desk in desks] == [0, 0, 0, 0]


def test_two_supervisors_move_the_same_tickets_and_each_is_moved_once(
    shop: Database, tmp_path: Path
) -> None:
    one, two, *bosses = desks = seated(
        shop, tmp_path, "agent101", "agent102", "supervisor", "admin"
    )
    for desk in (one, two):
        desk.wait_text("상담상태", "준비되지 않음")
        desk.select("상담상태", "준비")
        desk.tab("담당자관련이력")
        desk.tab("받은 이관")
    for login in ("agent101", "agent102"):
        wait_ready(shop, login)
    hand_over(shop, MANY)
    for boss in bosses:
        boss.tab("이관 큐")
        boss.wait_count("이관 큐", MANY)
        boss.select_all("이관 큐")
        boss.click("균등배분")
    for boss in bosses:
        boss.click("확인")
    for boss in bosses:
        boss.wait_without("이관 큐", "받은 담당자", name_of(shop, "agent103"))
        boss.wait_count("이관 큐", MANY)
    hops = "SELECT max(hop), count(*) FILTER (WHERE recalled_at IS NULL) FROM transfer"
    assert rows(shop, f"{hops} GROUP BY ticket_id") == [(2, 1)] * MANY
    moved = (
        "SELECT a.login, t.ticket_no FROM transfer x JOIN agent a ON a.id = x.to_agent_id"
        " JOIN ticket t ON t.id = x.ticket_id WHERE x.hop = 2"
    )
    desk_of = {"agent101": one, "agent102": two}
    for login, number in rows(shop, moved):
        desk_of[login].wait_rows("받은 이관", "접수번호", number)
    assert [desk.close() for desk in desks] == [0, 0, 0, 0]


def hand_over(shop: Database, count: int) -> None:
    """Tickets of another team's agent, each offered to one who is not at a desk."""
    sender, absent = (
        value(shop, f"SELECT id FROM agent WHERE login = '{login}'")
        for login in ("agent131", "agent103")
    )

    def send(session: Any) -> None:
        for _ in range(count):
            people = {
                "from_agent": session.get(Agent, sender),
                "to_agent": session.get(Agent, absent),
            }
            a_transfer(session, **people)

    shop.call(send)


def wait_ready(shop: Database, login: str) -> None:
    """Until the database knows."""
    end = time.monotonic() + PATIENCE_S
    while value(shop, f"SELECT state FROM agent WHERE login = '{login}'") != "ready":
        assert time.monotonic() < end, f"{login} is not ready"
