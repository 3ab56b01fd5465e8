"""The agent's first two flows on a whole desk: a call becomes a ticket; work without a call."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.demo.shop import fill
from tests.e2e.desks import DeskProcess, ets
from tests.factories import a_customer, a_product, an_order, an_order_line, make

PASSWORD = "e2e-password"
UNKNOWN, KNOWN = "01000000407", "01000000409"


@dataclass(frozen=True)
class Shop:
    """The demo's people, and orders whose owners are known to the test."""

    database: Database
    home: Path
    #: channel order numbers: tied to nobody, to 나고객, to 다고객
    free_order: str
    own_order: str
    others_order: str
    customer_no: str


@pytest.fixture
def shop(clean_database: str, tmp_path: Path) -> Iterator[Shop]:
    database = Database(clean_database, application_name="e2e")
    fill(database, orders=30, password=PASSWORD)
    mine = make(database, a_customer, name="나고객", numbers=(KNOWN,))
    make(database, a_customer, name="나고운", numbers=("01000000411",))
    other = make(database, a_customer, name="다고객", numbers=("01000000410",))
    product = make(database, a_product, name="무선 주전자")
    for number, owner in (("F-1001", None), ("M-2001", mine), ("O-3001", other)):
        order = make(
            database,
            an_order,
            channel_order_no=number,
            orderer_name="주문자" if owner is None else owner.name,
            orderer_phone="01000000450",
            customer_id=None if owner is None else owner.id,
        )
        make(database, an_order_line, order=order, product=product)
    yield Shop(database, tmp_path, "F-1001", "M-2001", "O-3001", mine.customer_no)
    database.close()


@pytest.fixture
def desk(shop: Shop) -> Iterator[DeskProcess]:
    process = DeskProcess(shop.database.url, shop.home / "desk")
    process.log_in("agent101", PASSWORD)
    yield process
    assert process.close() == 0


def ring(shop: Shop, number: str) -> None:
    ets(shop.database.url, shop.home / "cli", "ring", "101", number, "--answer-after", "0")


def ticket(shop: Shop, ticket_no: str) -> dict[str, object]:
    def read(session: object) -> dict[str, object]:
        found = session.execute(  # type: ignore[attr-defined]
            text("""
            SELECT t.*, c.name AS customer, o.channel_order_no,
                (SELECT count(*) FROM activity a WHERE a.ticket_id = t.id
                   AND a.call_id IS NOT NULL) AS calls,
                (SELECT ticket_no FROM ticket f WHERE f.id = t.follow_up_of) AS followed
            FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id
            LEFT JOIN sales_order o ON o.id = t.order_id WHERE t.ticket_no = :no
            """),
            {"no": ticket_no},
        )
        return dict(found.mappings().one())

    return shop.database.call(read)


def test_a_call_of_somebody_new_becomes_a_ticket_by_keyboard_alone(
    shop: Shop, desk: DeskProcess
) -> None:
    ring(shop, UNKNOWN)
    desk.wait_text("수신번호", "010-0000-0407")
    assert desk.text("수신일시")
    desk.key("F2")
    desk.wait_focus("고객명")
    desk.write("강고객")
    desk.key("Ctrl+Shift+S")
    desk.wait_text("고객", "강고객")
    desk.wait_text("누적접수", "0")

    desk.key("Alt+2")
    desk.wait_focus("통합검색")
    desk.write(shop.free_order)
    desk.key("Return")
    desk.wait_rows("주문목록", "주문번호", shop.free_order)
    desk.key("Ctrl+Return")
    assert desk.answer("주문 연결", "Yes") == "해당 주문을 강고객에 연결하시겠습니까?"
    desk.wait_text("주문번호", shop.free_order)
    desk.key("Ctrl+2")
    desk.wait_rows("주문상품", "상품명", "무선 주전자")
    desk.wait_focus("선택")
    desk.key("Tab")
    desk.wait_focus("주문상품")
    desk.key("Down")
    desk.key("Return")
    desk.wait_text("상품번호", "무선 주전자")

    desk.select("접수유형", "배송문의")
    desk.type("접수내용", "")
    desk.press("접수내용", "End")
    desk.wait_focus("접수내용")
    desk.write("언제 오는지 문의")
    desk.key("Ctrl+S")
    ticket_no = desk.wait_text("접수번호", "-")
    row = ticket(shop, ticket_no)
    assert (row["customer"], row["channel_order_no"]) == ("강고객", shop.free_order)
    assert (row["content"], row["calls"]) == ("언제 오는지 문의", 1)
    assert row["order_line_id"] is not None


def test_a_known_caller_loads_by_itself_and_every_button_does_its_work(
    shop: Shop, desk: DeskProcess
) -> None:
    ring(shop, KNOWN)
    desk.wait_text("고객", "나고객")
    desk.wait_rows("고객주문내역", "주문번호", shop.own_order)
    desk.select("접수유형", "일반문의")
    desk.type("접수내용", "첫 문의")
    desk.click("접수정보저장")
    first = desk.wait_text("접수번호", "-")

    desk.click("추가 접수 새화면")
    desk.wait_empty("접수번호")
    desk.type("접수내용", "이어지는 문의")
    desk.click("접수정보저장")
    second = desk.wait_text("접수번호", "-")
    assert ticket(shop, second)["followed"] == first

    desk.type("콜백일시", "내일 10:00")
    desk.click("콜백")
    desk.wait_message("콜백을 예약했습니다")
    desk.click("폐기처리")
    desk.type("폐기사유", "중복 접수")
    desk.click("확인")
    desk.wait_text("상태", "폐기")
    assert ticket(shop, second)["discard_reason"] == "중복 접수"
    assert not desk.is_enabled("접수정보저장")

    desk.click("새화면")
    desk.wait_empty("접수번호")
    desk.type("접수내용", "나중에 쓸 내용")
    desk.click("임시저장")
    desk.wait_message("임시저장했습니다")
    desk.wait_tab("접수정보 임시저장 (")

    desk.key("Ctrl+K")
    desk.wait_focus("명령")
    desk.write("ㅊㄱㄱㄱ")
    desk.key("Return")
    desk.wait_popup("최근 고객")
    desk.key("Return")
    desk.wait_text("고객", "나고객")
    desk.select("접수유형", "일반문의")
    desk.type("접수내용", "바로 끝남")
    desk.click("완료처리")
    third = desk.wait_text("접수번호", "-")
    desk.wait_text("상태", "완료")
    assert ticket(shop, third)["status"] == "completed"


def test_the_customer_is_found_by_whatever_is_known(shop: Shop, desk: DeskProcess) -> None:
    for typed in (
        "나고객",
        "010-0000-0409",
        "01000000409",
        "010 0000 0409",
        "0409",
        shop.customer_no,
        "ㄴㄱㄱ",
    ):
        desk.key("Ctrl+N")
        desk.wait_empty("고객")
        desk.key("F3")
        desk.wait_focus("고객ID")
        desk.write(typed)
        desk.key("Return")
        desk.wait_text("고객", "나고객")


def test_work_without_a_call_from_the_chooser_to_the_product(shop: Shop, desk: DeskProcess) -> None:
    desk.key("Ctrl+N")
    desk.key("F3")
    desk.wait_focus("고객ID")
    desk.write("나고")
    desk.key("Return")
    desk.double_click("고객목록", "고객명", "나고객")
    desk.wait_text("고객", "나고객")
    desk.tab("고객주문내역")
    desk.click("조회")
    desk.wait_rows("고객주문내역", "주문번호", shop.own_order)
    desk.pick("고객주문내역", "주문번호", shop.own_order)
    desk.click("선택")
    desk.wait_text("주문번호", shop.own_order)
    desk.tab("주문 상세")
    desk.wait_rows("주문상품", "상품명", "무선 주전자")
    desk.pick("주문상품", "상품명", "무선 주전자")
    desk.click("선택")
    desk.wait_text("상품번호", "무선 주전자")
    assert desk.text("접수경로") == "직접"


def search(desk: DeskProcess, order: str) -> None:
    desk.tab("통합주문검색")
    desk.click("초기화")
    desk.type("주문번호", order)
    desk.click("전체")
    desk.wait_rows("주문목록", "주문번호", order)
    desk.pick("주문목록", "주문번호", order)


def test_an_order_brings_its_customer_or_asks(shop: Shop, desk: DeskProcess) -> None:
    desk.click("새화면")
    search(desk, shop.own_order)
    desk.click("상품 선택")
    desk.wait_text("고객", "나고객")
    desk.wait_text("상품번호", "무선 주전자")

    search(desk, shop.others_order)
    desk.click("주문 선택")
    assert desk.answer("고객 변경", "No") == "이 주문은 다고객의 주문입니다. 고객을 바꾸시겠습니까?"
    desk.tab("CS접수정보 등록")
    assert shop.own_order in desk.text("주문번호")
    search(desk, shop.others_order)
    desk.click("주문 선택")
    desk.answer("고객 변경", "Yes")
    desk.wait_text("고객", "다고객")
    desk.wait_text("주문번호", shop.others_order)

    desk.click("새화면")
    search(desk, shop.free_order)
    desk.click("주문 선택")
    assert desk.answer("고객 등록", "Yes") == (
        "연결된 고객이 없습니다. 주문자 주문자를 신규 고객으로 등록하시겠습니까?"
    )
    desk.wait_text("고객", "주문자")
    desk.wait_text("고객명", "주문자")


def test_a_call_in_mid_syllable_loses_nothing(shop: Shop, desk: DeskProcess) -> None:
    desk.select("접수유형", "일반문의")
    desk.type("접수내용", "배송 문")
    desk.wait_focus("접수내용")
    desk.key("End")
    desk.compose("의")
    ring(shop, KNOWN)
    desk.wait_text("수신번호", "010-0000-0409")
    desk.wait_text("수신고객", "나고객")
    assert desk.focused() == "접수내용"
    assert desk.text("고객") == ""
    desk.key("F2")
    desk.wait_text("고객", "나고객")
    desk.tab("접수정보 임시저장")
    desk.wait_rows("접수정보 임시저장", "구분", "통화")
    desk.pick("접수정보 임시저장", "구분", "통화")
    desk.click("불러오기")
    desk.wait_text("접수내용", "배송 문의")


def test_a_discarded_form_comes_back_by_key(shop: Shop, desk: DeskProcess) -> None:
    desk.select("접수유형", "일반문의")
    desk.type("접수내용", "버릴 뻔한 내용")
    desk.click("새화면")
    desk.answer("저장하지 않은 내용", "버리기")
    desk.wait_message("새화면을 열었습니다")
    desk.key("Ctrl+Alt+Z")
    desk.wait_text("접수내용", "버릴 뻔한 내용")
    assert desk.text("접수유형") == "일반문의"
    desk.click("새화면")
    desk.answer("저장하지 않은 내용", "버리기")
    desk.wait_empty("접수내용")
