"""A day's work end to end: a file comes in, a call rings, one desk registers, another completes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.demo.shop import fill
from tests.e2e.desks import DeskProcess, ets

PASSWORD = "e2e-password"
EXPORT = Path(__file__).resolve().parents[1] / "recordings" / "exports" / "smartstore.xlsx"
ORDER_NO = "2026101274060698"
ORDERER = "서서연"
PHONE = "01000000407"


@pytest.fixture
def shop(clean_database: str, tmp_path: Path) -> Iterator[Database]:
    """The demo's people, and one order file of a channel."""
    database = Database(clean_database, application_name="e2e")
    fill(database, orders=30, password=PASSWORD)
    said = json.loads(
        ets(clean_database, tmp_path / "cli", "orders", "import", "--json", str(EXPORT))
    )
    assert (said["orders"], said["lines"], said["created"]) == (217, 300, 300)
    yield database
    database.close()


@pytest.fixture
def desks(shop: Database, tmp_path: Path) -> Iterator[tuple[DeskProcess, DeskProcess]]:
    one, two = (DeskProcess(shop.url, tmp_path / name) for name in ("one", "two"))
    one.log_in("agent101", PASSWORD)
    two.log_in("agent102", PASSWORD)
    yield one, two
    assert [one.close(), two.close()] == [0, 0]


def test_a_call_becomes_a_ticket_that_another_desk_completes(
    shop: Database, desks: tuple[DeskProcess, DeskProcess], tmp_path: Path
) -> None:
    one, two = desks
    receiver = two.text("담당자")

    ets(shop.url, tmp_path / "cli", "ring", "101", PHONE, "--answer-after", "0")
    one.wait_text("수신번호", "010-0000-0407")
    one.type("고객명", ORDERER)
    one.click("고객저장")
    one.wait_text("누적접수", "0")

    one.tab("통합주문검색")
    one.click("전체")
    one.type("주문번호", ORDER_NO)
    one.click("조회")
    one.wait_rows("주문목록", "주문번호", ORDER_NO)
    one.pick("주문목록", "주문번호", ORDER_NO)
    one.click("주문 선택")
    assert one.answer("주문 연결", "Yes") == f"해당 주문을 {ORDERER}에 연결하시겠습니까?"
    one.wait_text("주문번호", ORDER_NO)

    one.select("접수유형", "배송문의")
    one.type("접수내용", "배송이 언제 되는지 문의")
    one.click("접수정보저장")
    ticket_no = one.wait_text("접수번호", "-")

    one.select("이관담당자", receiver)
    one.type("이관사유", "물류 확인 필요")
    one.click("이관처리")

    two.tab("담당자관련이력")
    two.tab("받은 이관")
    two.wait_rows("받은 이관", "접수번호", ticket_no)
    two.load("받은 이관", "접수번호", ticket_no, "선택", "접수번호")
    two.click("완료처리")
    two.wait_text("상태", "완료")

    row = shop.call(_ticket, ticket_no)
    assert row == ("completed", "agent102", "agent101", ORDERER, ORDER_NO, "01000000407", 1, 1)


def _ticket(session: object, ticket_no: str) -> tuple[object, ...]:
    found = session.execute(  # type: ignore[attr-defined]
        text("""
        SELECT t.status, done.login, made.login, c.name, o.channel_order_no,
               (SELECT string_agg(k.caller_number, ',') FROM activity a
                  JOIN call k ON k.id = a.call_id WHERE a.ticket_id = t.id),
               (SELECT count(*) FROM transfer x WHERE x.ticket_id = t.id
                   AND x.accepted_at IS NOT NULL),
               (SELECT count(*) FROM ticket WHERE order_id = o.id)
          FROM ticket t JOIN agent done ON done.id = t.completed_by
          JOIN agent made ON made.id = t.created_by
          JOIN customer c ON c.id = t.customer_id
          JOIN sales_order o ON o.id = t.order_id
         WHERE t.ticket_no = :no
        """),
        {"no": ticket_no},
    ).one()
    return tuple(found)
