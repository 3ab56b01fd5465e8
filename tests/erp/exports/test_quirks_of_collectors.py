"""What is odd about collectors' and newer channels' files, as people met it."""

from pathlib import Path

from ets_desktop.erp.exports.parse import Export, open_export
from ets_desktop.erp.exports.parsed import OrderHead, ParsedLine
from tests.erp.exports import headers
from tests.erp.exports.writing import (
    EZADMIN_TOP,
    Rows,
    row,
    write_html,
    write_xls,
    write_xlsx,
)


def read(file: Path) -> tuple[Export, list[OrderHead], list[ParsedLine]]:
    export = open_export(file)
    orders = export.orders()
    lines = sorted((line for order in orders for line in order.lines), key=lambda line: line.row)
    return export, [order.head for order in orders], lines


def rows(header: list[str], *orders: dict[str, object]) -> Rows:
    return [header, *(row(header, values) for values in orders)]


def reasons(export: Export) -> list[tuple[int, str]]:
    return [(ignored.row, ignored.reason) for ignored in export.outcome().ignored_rows]


def damaged(export: Export) -> list[tuple[int, str, str]]:
    return [(found.row, found.column, found.reason) for found in export.outcome().suspect]


# 이지어드민


def ezadmin(number: str, **values: object) -> dict[str, object]:
    return {
        "관리번호": "77", "판매처": "쿠팡", "주문번호": number, "상태": "접수", "CS": "정상",
        "상품명": "감귤", "주문수량": "1", "판매가": "9000", **values,
    }  # fmt: skip


def test_a_total_and_an_empty_row_end_the_page(tmp_path: Path) -> None:
    table = rows(headers.EZADMIN, ezadmin("1"), {"관리번호": "합계", "판매가": "9000"}, {})
    export, heads, _ = read(write_html(tmp_path / "a.xls", table, "\ufeff  \x01?" + EZADMIN_TOP))
    assert len(heads) == 1
    assert reasons(export) == [(3, "total"), (4, "blank")]


def test_leading_zeros_of_nineteen_digits_survive(tmp_path: Path) -> None:
    number = "0012345678901234567"
    export, (head,), _ = read(
        write_html(tmp_path / "a.xls", rows(headers.EZADMIN, ezadmin(number)))
    )
    assert head.order_no == number
    assert export.outcome().suspect == ()


def test_gifts_and_set_parts_are_lines_of_their_order(tmp_path: Path) -> None:
    values = [
        ezadmin("55", 주문상세번호="9", 상품코드="S1"),
        ezadmin("55", 주문상세번호="9", 상품코드="S2", 판매가="0"),
        ezadmin("55_gift", 상품명="사은품", 판매가="0", 상품코드="G1"),
    ]
    _, heads, lines = read(write_html(tmp_path / "a.xls", rows(headers.EZADMIN, *values)))
    assert [head.order_no for head in heads] == ["55"]
    assert [(line.line_no, line.amount) for line in lines] == [("9", 9000), ("9#2", 0), ("G1", 0)]


def test_a_cancel_stands_in_the_cs_column(tmp_path: Path) -> None:
    values = [
        ezadmin("1", 상태="송장", CS="배송전 전체 취소"),
        ezadmin("2", 상태="배송", CS="배송후 맞교환"),
        ezadmin("3", 상태="송장", CS="보류"),
    ]
    _, _, lines = read(write_html(tmp_path / "a.xls", rows(headers.EZADMIN, *values)))
    assert [line.order_status for line in lines] == ["cancelled", "shipping", "ready_to_ship"]
    assert [line.channel_status_detail for line in lines] == [
        "배송전 전체 취소",
        "배송후 맞교환",
        "보류",
    ]


def test_older_names_of_the_page(tmp_path: Path) -> None:
    values: dict[str, object] = {
        "합포번호": "77", "판매처": "쿠팡", "주문번호": "1", "배송상태": "배송", "상품명": "감귤",
        "판매개수": "2", "총판매금액": "18,000", "주문일": "2026-10-12", "수령자": "김○수",
        "수령자전화2": "010-0000-1234", "메모": "첫 줄\n둘째 줄",
    }  # fmt: skip
    _, (head,), (line,) = read(write_html(tmp_path / "a.xls", rows(headers.EZADMIN_OLD, values)))
    assert (head.masked, head.recipient_phones) == ({"recipient": "김○수"}, ("01000001234",))
    assert (head.memo, line.quantity, line.amount) == ("첫 줄\n둘째 줄", 2, 18_000)


# The others


def test_a_wholly_masked_orderer_has_no_phone(tmp_path: Path) -> None:
    values: dict[str, object] = {
        "주문번호(쇼핑몰)": "1", "주문번호(사방넷)": "2", "상품명(확정)": "감귤", "수량": "1",
        "주문자명": "********", "주문자전화번호1": "********", "주문상태": "배송보류",
    }  # fmt: skip
    file = write_xlsx(tmp_path / "a.xlsx", [["주문서"], *rows(headers.SABANGNET, values)])
    _, (head,), (line,) = read(file)
    assert head.masked == {"orderer": "********", "orderer_phone": "********"}
    assert (head.orderer_phones, line.order_status) == ((), "on_hold")


def test_a_full_width_blank_in_a_header_name(tmp_path: Path) -> None:
    header = [
        "주문번호\u3000앞부분",
        "판매사이트명",
        "상품명",
        "주문수량",
        "배송지우편번호",
        "배송지주소",
    ]
    values: dict[str, object] = {
        header[0]: "123", "상품명": "감귤", "주문수량": "1", "배송지우편번호": "4021",
        "배송지주소": "물빛로 1",
    }  # fmt: skip
    file = write_xls(tmp_path / "a.xls", rows(header, values), "2026-10-12")
    export, (head,), _ = read(file)
    assert (export.channel, head.zipcode, head.address) == ("playauto", "04021", "물빛로 1")


def test_playauto_two_reads_its_own_names(tmp_path: Path) -> None:
    values: dict[str, object] = {
        "쇼핑몰": "11번가", "쇼핑몰주문번호": "9", "묶음번호": "5", "온라인상품명": "감귤",
        "주문수량": "3", "금액": "27,000원", "수령자휴대폰번호": "+82 10-0000-1234",
        "주문일": "2026년 9월 1일 07:54 KST",
    }  # fmt: skip
    _, (head,), (line,) = read(write_xlsx(tmp_path / "a.xlsx", rows(headers.PLAYAUTO_2, values)))
    assert (head.mall, head.recipient_phones, line.amount) == ("11번가", ("01000001234",), 27_000)
    assert head.ordered_at is not None
    assert head.ordered_at.isoformat() == "2026-09-01T07:54:00"


def test_the_helper_row_under_the_header_is_no_order(tmp_path: Path) -> None:
    values: dict[str, object] = {
        "주문번호": "1", "상품명": "감귤", "수량": "1", "거래금액": "9,000", "수령인": "홍가람",
        "주문일자": "2026-10-12", "수령인전화번호": "1000001234",
    }  # fmt: skip
    header = headers.TOSS_OLD
    table = [["안내"], header, ["수정 불가"] * len(header), row(header, values)]
    export, (head,), (line,) = read(write_xlsx(tmp_path / "a.xlsx", table))
    assert (head.recipient_phones, line.amount) == (("01000001234",), 9_000)
    assert reasons(export) == [(1, "notice"), (3, "helper")]


def test_both_spellings_of_a_phone_are_one_number(tmp_path: Path) -> None:
    values: dict[str, object] = {
        "결제번호": "1", "주문번호": "2", "상품명": "감귤", "수량": 1, "수령인연락처1": 1000001234,
        "하이픈포함 수령인연락처1": "010-0000-1234", "수령인연락처2": "-",
    }  # fmt: skip
    _, (head,), _ = read(write_xlsx(tmp_path / "a.xlsx", rows(headers.KAKAO, values)))
    assert head.recipient_phones == ("01000001234",)
    assert (head.orderer, head.orderer_phones) == ("", ())


def test_a_date_in_english_halves_of_the_day(tmp_path: Path) -> None:
    values: dict[str, object] = {
        "주문번호": "1", "주문옵션번호": "3", "상품명": "책장", "수량": "2", "판매가": "10,000",
        "판매가 * 수량": "20,000", "주문결제완료일": "2025.7.18  12:42:43 PM",
    }  # fmt: skip
    _, (head,), (line,) = read(write_xlsx(tmp_path / "a.xlsx", rows(headers.OHOUSE, values)))
    assert head.ordered_at is not None
    assert head.ordered_at.isoformat() == "2025-07-18T12:42:43"
    assert (line.unit_price, line.amount) == (10_000, 20_000)
