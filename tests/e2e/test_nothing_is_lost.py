"""Real desks killed in mid-work, and a real server that goes away: nothing lost, nothing twice."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.migrate import upgrade
from ets_desktop.demo.shop import fill
from tests.e2e.desks import DeskProcess
from tests.local.clusters import Site

PASSWORD = "e2e-password"
CONTENT = "배송이 언제 되는지 문의, 급합니다"
#: A busy machine; alone it takes a quarter of a second.
JOURNALLED_WITHIN_S = 5.0


@pytest.fixture
def shop(clean_database: str) -> Iterator[Database]:
    database = Database(clean_database, application_name="e2e")
    fill(database, orders=30, password=PASSWORD)
    yield database
    database.close()


@contextmanager
def desk(database: Database, home: Path, login: str = "agent101") -> Iterator[DeskProcess]:
    made = DeskProcess(database.url, home)
    try:
        made.log_in(login, PASSWORD)
        yield made
    finally:
        made.kill()


def journals(home: Path) -> dict[Path, int]:
    return {file: file.stat().st_mtime_ns for file in (home / "state").rglob("*.form")}


def wait_until(look: object, within_s: float) -> float:
    """Seconds until `look` was true."""
    begun = time.monotonic()
    while not look():  # type: ignore[operator]
        assert time.monotonic() - begun < within_s
    return time.monotonic() - begun


def type_into(made: DeskProcess, home: Path, field: str, typed: str) -> None:
    """Type, and see it reach the disk in time."""
    before = journals(home)
    made.type(field, typed)
    wait_until(lambda: journals(home) != before, JOURNALLED_WITHIN_S)


def count(database: Database, sql: str) -> int:
    database.close()  # what connections there were may be to a server that is gone
    return int(database.call(lambda session: session.execute(text(sql)).scalar_one()))


def write_form(made: DeskProcess, name: str = "하늘별", content: str = CONTENT) -> None:
    made.click("신규고객")
    made.type("고객명", name)
    made.select("접수유형", "배송문의")
    made.type("접수내용", content)


def test_a_killed_desk_gets_its_text_back_and_only_its_own(shop: Database, tmp_path: Path) -> None:
    home = tmp_path / "pc"
    with desk(shop, home) as one:
        write_form(one)
        type_into(one, home, "제목", "배송 문의 건")
    with desk(shop, home, "agent102") as other:
        assert other.text("접수내용") == ""
        assert "이전 작업 복구" not in other.titles()
    tickets = count(shop, "SELECT count(*) FROM ticket")
    with desk(shop, home) as again:
        [row] = again.rows("이전 작업")
        assert (row["제목"], row["구분"]) == ("배송 문의 건", "새 접수")
        again.click("불러오기")
        assert again.wait_text("접수내용", CONTENT) == CONTENT
        assert again.text("고객명") == "하늘별"
        again.click("접수정보저장")
        again.wait_text("접수번호", "-")
    with desk(shop, home) as last:
        assert last.text("접수내용") == ""
        assert count(shop, "SELECT count(*) FROM ticket") == tickets + 1


def test_a_desk_without_a_disk_for_its_journal_says_so_and_works_on(
    shop: Database, tmp_path: Path
) -> None:
    home = tmp_path / "pc"
    (home / "state").mkdir(parents=True)
    (home / "state" / "journal").write_text("no folder")
    with desk(shop, home) as one:
        one.wait_said("이 PC에 보관하지 못합니다")
        write_form(one)
        one.click("접수정보저장")
        one.wait_text("접수번호", "-")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "server")


def test_a_save_without_its_server_is_sent_once_when_that_is_back(
    site: Site, tmp_path: Path
) -> None:
    postgres = site.postgres()
    url = postgres.start().url()
    try:
        upgrade(url)
        database = Database(url, application_name="e2e")
        fill(database, orders=30, password=PASSWORD)
        tickets = count(database, "SELECT count(*) FROM ticket")
        database.close()
        with desk(database, tmp_path / "pc") as one:
            write_form(one)
            site.kill_postmaster()
            one.click("접수정보저장")
            assert one.wait_text("상태", "전송대기") == "전송대기"
            assert one.text("전송대기") == "1"
            one.click("새화면")
            one.wait_said("새화면")
            one.type("접수내용", "다음 고객")
            assert site.postgres().start().url() == url
            one.wait_gone("전송대기")
            assert one.text("접수내용") == "다음 고객"
            assert count(database, "SELECT count(*) FROM ticket") == tickets + 1
            site.kill_postmaster()
            one.click("새화면")
            one.answer("저장하지 않은 내용", "버리기")
            write_form(one, "바다별", "두 번째")
            one.click("접수정보저장")
            one.wait_text("상태", "전송대기")
        # The desk was killed with a save that waits, too.
        site.postgres().start()
        with desk(database, tmp_path / "pc") as again:
            wait_until(lambda: count(database, "SELECT count(*) FROM ticket") == tickets + 2, 20)
            assert again.text("접수내용") == ""
        database.close()
    finally:
        postgres.stop(end_lingering=True)
