"""What is odd about single channels' files, as people met it."""
# ruff: noqa: E501 - a row of a sheet reads best as one

from collections.abc import Sequence
from pathlib import Path

import pytest

from ets_desktop.erp.exports.parse import Export, open_export
from ets_desktop.erp.exports.parsed import OrderHead, ParsedLine
from tests.erp.exports import headers
from tests.erp.exports.writing import (
    Rows,
    row,
    write_csv,
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


# 스마트스토어


def smartstore(line: str, order: str = "2026101200000010", **values: object) -> dict[str, object]:
    return {"상품주문번호": line, "주문번호": order, "상품명": "감귤", "수량": 1, **values}


def test_the_layout_without_money_has_no_amount(tmp_path: Path) -> None:
    header = headers.SMARTSTORE_27
    file = write_xlsx(tmp_path / "a.xlsx", rows(header, smartstore("2026101200000011")))
    export, (head,), (line,) = read(file)
    assert (export.channel, export.header_row) == ("smartstore", 1)
    assert (line.amount, line.unit_price, head.zipcode) == (None, None, "")


def test_the_order_query_has_neither_phones_nor_addresses(tmp_path: Path) -> None:
    values = smartstore("2026101200000011", 주문일시="2025.07.21 10:11", 클레임상태="취소요청")
    file = write_xlsx(tmp_path / "a.xlsx", rows(headers.SMARTSTORE_QUERY, values))
    _, (head,), (line,) = read(file)
    assert (head.recipient_phones, head.address) == ((), "")
    assert line.tracking_no is None
    assert head.ordered_at is not None
    assert head.ordered_at.isoformat() == "2025-07-21T10:11:00"


def test_the_day_of_an_order_stands_in_its_number(tmp_path: Path) -> None:
    header = ["상품주문번호", "주문번호", "상품명", "수량"]
    file = write_csv(tmp_path / "a.csv", rows(header, smartstore("2026101200000011")))
    _, (head,), _ = read(file)
    assert head.ordered_at is not None
    assert head.ordered_at.isoformat() == "2026-10-12T00:00:00"


def test_copies_in_parentheses_fill_empty_columns(tmp_path: Path) -> None:
    values = smartstore(
        "2026101200000011",
        **{"(수취인연락처1)": "010-0000-1234", "(기본주소)": "물빛로 1", "(상세주소)": "2층"},
    )
    file = write_xlsx(tmp_path / "a.xlsx", rows(headers.SMARTSTORE_OLD, values))
    _, (head,), _ = read(file)
    assert (head.recipient_phones, head.address) == (("01000001234",), "물빛로 1 2층")


def test_a_later_row_of_a_line_replaces_the_earlier(tmp_path: Path) -> None:
    header = ["상품주문번호", "주문번호", "상품명", "수량", "주문상태"]
    file = write_csv(
        tmp_path / "a.csv",
        rows(
            header,
            smartstore("11", 주문상태="결제완료"),
            smartstore("12"),
            smartstore("11", 주문상태="배송중"),
            smartstore("12"),
        ),
    )
    export, _, lines = read(file)
    assert [(line.line_no, line.channel_status) for line in lines] == [
        ("12", None),
        ("11", "배송중"),
    ]
    assert reasons(export) == [(2, "superseded"), (5, "duplicate")]


# 쿠팡


def coupang(option: object, order: object = 90007554142594, **values: object) -> dict[str, object]:
    return {
        "묶음배송번호": 700956594406, "주문번호": order, "옵션ID": option, "등록상품명": "감귤",
        "구매수(수량)": 1, **values,
    }  # fmt: skip


def test_an_option_in_two_parcels_is_two_lines(tmp_path: Path) -> None:
    values = [coupang(8001, 번호=1), coupang(8001, 번호=2, 묶음배송번호=700956594407)]
    file = write_xlsx(tmp_path / "a.xlsx", rows(headers.COUPANG_OLDEST, *values))
    export, heads, lines = read(file)
    assert len(heads) == 1
    assert [line.line_no for line in lines] == ["8001", "8001#2"]
    assert export.outcome().ignored_rows == ()


def test_a_running_number_does_not_make_a_row_another_one(tmp_path: Path) -> None:
    file = write_xlsx(
        tmp_path / "a.xlsx",
        rows(headers.COUPANG_OLDEST, coupang(8001, 번호=1), coupang(8001, 번호=2)),
    )
    export, _, lines = read(file)
    assert len(lines) == 1
    assert reasons(export) == [(3, "duplicate")]


def test_numbers_are_the_same_as_numbers_as_text_and_with_a_point(tmp_path: Path) -> None:
    values = [
        coupang(8001, 90007554142594),
        coupang("8002", "90007554142594"),
        coupang("8003.0", "90007554142594.0"),
    ]
    file = write_xlsx(tmp_path / "a.xlsx", rows(headers.COUPANG_OLDEST, *values))
    _, (head,), lines = read(file)
    assert head.order_no == "90007554142594"
    assert [line.line_no for line in lines] == ["8001", "8002", "8003"]


def test_dates_and_parcels_tell_the_status_where_no_column_does(tmp_path: Path) -> None:
    values = [
        coupang(1),
        coupang(2, 운송장번호="600000001234"),
        coupang(3, 배송완료일="2026-10-14 10:00:00"),
        coupang(4, 구매확정일자="2026-10-20"),
        coupang(5, **{"구매수(수량)": 0}),
    ]
    _, _, lines = read(write_xlsx(tmp_path / "a.xlsx", rows(headers.COUPANG_OLDEST, *values)))
    assert [line.order_status for line in lines] == [
        "preparing", "shipping", "delivered", "confirmed", "cancelled",
    ]  # fmt: skip
    assert {line.channel_status for line in lines} == {None}


# 카페24


def cafe24(item: str, **values: object) -> dict[str, object]:
    number = item[:-3]
    return {
        "주문번호": number,
        "품목별 주문번호": item,
        "주문상품명": "감귤",
        "수량": "1",
        **values,
    }


FEE = "총 배송비 (첫 품목에만 표시)"


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_in_any_encoding_it_comes_in(tmp_path: Path, encoding: str) -> None:
    values = cafe24("20261012-0000018-01", 배송메시지='문 앞 "왼쪽" 택배함,\n펲 햏 똠')
    file = write_csv(tmp_path / "a.csv", rows(headers.CAFE24_RESAVED, values), encoding)
    _, (head,), _ = read(file)
    assert head.memo == '문 앞 "왼쪽" 택배함,\n펲 햏 똠'


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_csv_is_read_with_any_separator(tmp_path: Path, separator: str) -> None:
    values = cafe24("20261012-0000018-01", 수령인="홍가람")
    file = write_csv(tmp_path / "a.csv", rows(headers.CAFE24_RESAVED, values), "cp949", separator)
    _, (head,), _ = read(file)
    assert head.recipient == "홍가람"


def test_a_fee_on_the_first_item_counts_once(tmp_path: Path) -> None:
    totals: dict[str, object] = {"총 주문금액": "30,000", "총 결제금액": "33,000"}
    values = [
        cafe24("20261012-0000018-01", **{FEE: "3,000"}, **totals),
        cafe24("20261012-0000018-02", **{FEE: "0"}, **totals),
    ]
    file = write_csv(tmp_path / "a.csv", rows(headers.CAFE24_RESAVED, *values))
    (order,) = open_export(file).orders()
    assert (order.head.shipping_fee, order.head.order_total) == (3_000, 30_000)
    assert order.totals_repeat is True


def test_totals_on_the_first_item_only_are_told_apart(tmp_path: Path) -> None:
    values = [
        cafe24("20261012-0000018-01", **{"총 주문금액": "30,000"}),
        cafe24("20261012-0000018-02"),
    ]
    file = write_csv(tmp_path / "a.csv", rows(headers.CAFE24_RESAVED, *values))
    (order,) = open_export(file).orders()
    assert (order.head.order_total, order.totals_repeat) == (30_000, False)


def test_lines_without_numbers_are_told_apart_by_their_goods(tmp_path: Path) -> None:
    header = headers.CAFE24_SMALL
    one = {"주문번호": "20260905-0000123", "주문상품명": "감귤", "옵션": "5kg", "수량": "1"}
    values = [one, {**one, "옵션": "10kg"}, one]
    export, _, lines = read(write_csv(tmp_path / "a.csv", rows(header, *values)))
    assert [line.line_no for line in lines] == ["감귤 / 5kg", "감귤 / 10kg"]
    assert reasons(export) == [(4, "duplicate")]


def test_a_damaged_order_number_keeps_the_row_and_says_so(tmp_path: Path) -> None:
    header = ["주문번호", "주문상품명", "수량", "수령인", "배송번호"]
    values: list[dict[str, object]] = [
        {"주문번호": "2.3424544E+17", "주문상품명": "감귤", "수량": "1", "배송번호": "D-1"},
        {"주문번호": "2.3424544E+17", "주문상품명": "사과", "수량": "1", "배송번호": "D-2"},
    ]
    export, heads, lines = read(write_csv(tmp_path / "a.csv", rows(header, *values)))
    assert [head.order_no for head in heads] == ["2.3424544E+17~D-1", "2.3424544E+17~D-2"]
    assert all(head.damaged for head in heads)
    assert len(lines) == 2
    assert damaged(export) == [(row, "주문번호", "scientific_notation") for row in (2, 3)]


# 11번가


def st11(sequence: str, **values: object) -> dict[str, object]:
    return {
        "번호": sequence, "주문번호": "20261012123456789", "주문순번": sequence, "상품명": "감귤",
        "수량": "1", "주문금액": "1,234,000", "결제일시": "2026/10/12 08:48:53", **values,
    }  # fmt: skip


def test_header_in_row_six_and_totals_below(tmp_path: Path) -> None:
    above: Sequence[Sequence[object]] = [["판매완료"], [], ["기간", "2026-10"], [], []]
    table = rows(headers.ST11, st11("1"), st11("2"))
    total = [["", "합계", "", "", "", "", "", "", "", "", "2", "2,468,000"]]
    file = write_xls(tmp_path / "a.xls", [*above, *table, *total])
    export, heads, lines = read(file)
    assert (export.channel, export.header_row) == ("st11", 6)
    assert [(head.order_no, len(lines)) for head in heads] == [("20261012123456789", 2)]
    assert [line.amount for line in lines] == [1_234_000, 1_234_000]
    assert reasons(export) == [
        (1, "notice"), (2, "blank"), (3, "notice"), (4, "blank"), (5, "blank"), (9, "total"),
    ]  # fmt: skip


def test_seventeen_digits_in_a_number_cell_are_lost(tmp_path: Path) -> None:
    values = st11("1", 주문번호=20261012123456789.0)
    export, (head,), _ = read(write_xls(tmp_path / "a.xls", rows(headers.ST11, values)))
    assert head.damaged
    assert damaged(export)[0][1:] == ("주문번호", "digits_lost")


def test_a_phone_of_the_recipient_is_not_the_buyers(tmp_path: Path) -> None:
    values = st11("1", 휴대폰번호="010-0000-1234", 전화번호="02-000-5660", 구매자="홍가람")
    _, (head,), _ = read(write_xls(tmp_path / "a.xls", rows(headers.ST11, values)))
    assert head.recipient_phones == ("01000001234", "020005660")
    assert (head.orderer, head.orderer_phones) == ("홍가람", ())


# G마켓·옥션


def esm(number: object, **values: object) -> dict[str, object]:
    return {"주문번호": number, "상품명": "감귤", "수량": 1.0, "판매금액": 9000, **values}


@pytest.mark.parametrize(
    ("seller", "mall"),
    [("옥션(garam)", "옥션"), ("지마켓(garam)", "G마켓"), ("A(garam)", "옥션"), ("G(garam)", "G마켓"),
     ("garam", "garam")],
)  # fmt: skip
def test_the_seller_id_tells_the_mall(tmp_path: Path, seller: str, mall: str) -> None:
    values = esm(2512345678.0, 판매아이디=seller)
    _, (head,), _ = read(write_xlsx(tmp_path / "a.xlsx", rows(headers.ESM, values), "Sheet 1"))
    assert head.mall == mall


def test_a_basket_is_several_orders(tmp_path: Path) -> None:
    basket = {"장바구니번호(결제번호)": 3812345678.0}
    values = [esm(2512345678.0, **basket), esm(2512345679.0, **basket)]
    _, heads, lines = read(write_xlsx(tmp_path / "a.xlsx", rows(headers.ESM, *values)))
    assert [head.order_no for head in heads] == ["2512345678", "2512345679"]
    assert {line.bundle_no for line in lines} == {"3812345678"}


def test_starred_names_under_a_memo_row_in_an_old_xls(tmp_path: Path) -> None:
    values: dict[str, object] = {
        "아이디*": "옥션(garam)", "주문번호*": "2512345678", "상품명": "감귤", "수량": 1,
        "주문일자(결제확인전)": "2026-10-12 08:48:53", "송장번호*": "-",
    }  # fmt: skip
    table = rows(headers.ESM_OLD, values)
    file = write_xls(tmp_path / "a.xls", [["메모: 별표는 필수"], *table])
    export, (head,), (line,) = read(file)
    assert (export.channel, export.header_row, head.mall) == ("esm", 2, "옥션")
    assert line.tracking_no == ""


def test_all_digits_of_a_mantissa_are_read(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", rows(headers.ESM, esm("2.512345678E9")), "cp949")
    export, (head,), _ = read(file)
    assert head.order_no == "2512345678"
    assert export.outcome().suspect == ()
