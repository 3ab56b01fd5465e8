"""A login that is over: at a second one, with a disabled account, after five wrong passwords."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.demo.shop import fill
from tests.e2e.desks import DeskProcess, ets

PASSWORD = "e2e-password"
CONTENT = "배송이 언제 되는지 묻는 중"


@pytest.fixture
def shop(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="e2e")
    fill(database, orders=30, password=PASSWORD)
    yield database
    # Logins belong to the whole server.
    database.call(lambda session: session.execute(text("ALTER ROLE agent101 LOGIN")))
    database.close()


def test_what_was_typed_outlives_a_second_login_and_a_disabled_account(
    shop: Database, tmp_path: Path
) -> None:
    one, two = (DeskProcess(shop.url, tmp_path / name) for name in ("one", "two"))
    one.log_in("agent101", PASSWORD)
    one.select("접수유형", "배송문의")
    one.type("접수내용", CONTENT)

    two.log_in("agent101", PASSWORD)
    assert "다른 곳에서 로그인" in one.wait_text("안내", "같은 아이디")
    assert one.titles() == ["ETS 로그인"]

    one.type("비밀번호", PASSWORD)
    one.click("로그인")
    one.click("불러오기")
    one.wait_text("접수내용", CONTENT)
    two.wait_text("안내", "같은 아이디")

    ets(
        shop.url,
        tmp_path / "cli",
        "agents",
        "disable",
        "agent101",
        "--hand-over-to",
        "agent102",
        "--reason",
        "퇴사",
    )
    assert "중지" in one.wait_text("안내", "계정이 중지되었습니다")
    one.type("비밀번호", PASSWORD)
    one.click("로그인")
    one.wait_text("비밀번호 오류", "관리자에게 문의")

    two.type("아이디", "agent102")
    for _ in range(5):
        two.type("비밀번호", "wrong")
        two.click("로그인")
    assert "5번" in two.wait_text("비밀번호 오류", "10분 뒤")
    two.type("비밀번호", PASSWORD)
    two.click("로그인")
    two.wait_text("비밀번호 오류", "분 뒤")
    assert [one.close(), two.close()] == [0, 0]
