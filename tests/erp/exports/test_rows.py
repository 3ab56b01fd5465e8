"""Rows of all sorts: the bad ones listed by row and column, the good ones read."""
# ruff: noqa: E501 - a row of a sheet reads best as one

import unicodedata
from pathlib import Path

import openpyxl

from ets_desktop.erp.exports.parse import Export, open_export
from tests.erp.exports import headers
from tests.erp.exports.archives import sheet_xml, xlsx_with
from tests.erp.exports.writing import csv_text as as_csv
from tests.erp.exports.writing import row, write_csv, write_xlsx

HEADER = headers.CAFE24_RESAVED


def cafe24(item: int, **values: object) -> list[object]:
    number = f"20261012-{item:07d}"
    known: dict[str, object] = {
        "주문번호": number, "품목별 주문번호": f"{number}-01", "주문상품명": "감귤", "수량": "1",
        "주문일시": "2026-10-12 08:48:53", **values,
    }  # fmt: skip
    return row(HEADER, known)


def bad(export: Export) -> list[tuple[int, str, str]]:
    export.orders()
    return [(fault.row, fault.column, fault.reason) for fault in export.outcome().bad_rows]


def test_bad_rows_are_listed_by_row_and_column_and_the_others_go_in(tmp_path: Path) -> None:
    table = [
        HEADER,
        cafe24(1),
        cafe24(2, 수량="세개"),
        cafe24(3, 수량="-1"),
        cafe24(4, 수량="1.5"),
        cafe24(5, 수량=""),
        cafe24(6, 수량="99999999"),
        cafe24(7, 주문상품명=""),
        cafe24(8, 주문번호=""),
        cafe24(9, 주문일시="어제쯤"),
        cafe24(10, 주문일시="2026-13-45 99:99:99"),
        cafe24(11, 상품구매금액="-9,000"),
        cafe24(12, 배송메시지="가" * 40_000),
        cafe24(13, 주문번호="1" * 200),
        cafe24(14, 수령인="가" * 3_000),
        cafe24(15),
    ]
    export = open_export(write_csv(tmp_path / "a.csv", table, "utf-8"))
    assert bad(export) == [
        (3, "수량", "not_a_number"),
        (4, "수량", "negative"),
        (5, "수량", "not_whole"),
        (6, "수량", "missing"),
        (7, "수량", "too_large"),
        (8, "주문상품명", "missing"),
        (9, "주문번호", "missing"),
        (10, "주문일시", "not_a_date"),
        (11, "주문일시", "not_a_date"),
        (12, "상품구매금액", "negative"),
        (13, "배송메시지", "too_long"),
        (14, "주문번호", "too_long"),
        (15, "수령인", "too_long"),
    ]
    assert export.outcome().lines == 2


def test_values_a_line_can_do_without_are_named_and_left_out(tmp_path: Path) -> None:
    values = cafe24(
        1,
        **{
            "옵션+판매가": "문의", "총 결제금액": "??", "수령인 휴대전화": "전화주세요 010",
            "수령인 우편번호": "12", "운송장번호": "6E+11",
        },
    )  # fmt: skip
    export = open_export(write_csv(tmp_path / "a.csv", [HEADER, values]))
    (order,) = export.orders()
    assert {(found.column, found.reason) for found in export.outcome().suspect} == {
        ("옵션+판매가", "not_a_number"),
        ("총 결제금액", "not_a_number"),
        ("수령인 휴대전화", "not_a_phone_number"),
        ("수령인 우편번호", "not_a_postcode"),
        ("운송장번호", "scientific_notation"),
    }
    assert (order.head.recipient_phones, order.head.zipcode) == ((), "")
    assert order.lines[0].tracking_no == ""


def test_quotes_that_do_not_match_cost_their_own_row_only(tmp_path: Path) -> None:
    text = as_csv([HEADER, cafe24(1), cafe24(2), cafe24(3), cafe24(4)]).split("\r\n")
    text[2] = text[2].replace('"감귤"', '"감귤')
    text[3] = text[3].replace('"감귤"', '"감귤 "왕" 특대"')
    (tmp_path / "a.csv").write_text("\r\n".join(text), encoding="utf-8", newline="")
    export = open_export(tmp_path / "a.csv")
    orders = export.orders()
    assert [order.head.order_no[-1] for order in orders] == ["1", "3", "4"]
    assert [(fault.row, fault.reason) for fault in export.outcome().bad_rows] == [
        (3, "quotes_unbalanced")
    ]


def test_a_quote_that_is_never_closed_does_not_swallow_the_file(tmp_path: Path) -> None:
    text = as_csv([HEADER, *(cafe24(n) for n in range(1, 1000))], quoting=0).split("\r\n")
    for broken in (10, 500, 998):
        text[broken] = text[broken].replace("감귤", '"감귤').replace(',"감귤', ',"감귤')
    (tmp_path / "a.csv").write_text("\r\n".join(text), encoding="utf-8", newline="")
    export = open_export(tmp_path / "a.csv")
    assert len(export.orders()) == 996
    assert [fault.row for fault in export.outcome().bad_rows] == [11, 501, 999]


def test_a_separator_inside_an_unquoted_value_is_noticed(tmp_path: Path) -> None:
    text = as_csv(
        [HEADER, cafe24(1, 주문상품명="@", 운송장번호="1"), cafe24(2)], quoting=0
    ).replace("@", "감귤, 5kg")
    (tmp_path / "a.csv").write_text(text, encoding="utf-8", newline="")
    export = open_export(tmp_path / "a.csv")
    assert bad(export) == [(2, "", "too_many_cells")]
    assert export.outcome().lines == 1


def test_rows_cut_short_at_the_end_are_read(tmp_path: Path) -> None:
    text = as_csv([HEADER, cafe24(1)], quoting=0).rstrip("\r\n,")
    (tmp_path / "a.csv").write_text(text, encoding="utf-8", newline="")
    assert len(open_export(tmp_path / "a.csv").orders()) == 1


def test_null_bytes_and_control_codes_are_dropped_from_text(tmp_path: Path) -> None:
    content = as_csv([HEADER, cafe24(1, 배송메시지="문\x00 앞\x07\u200b")]).encode()
    (tmp_path / "a.csv").write_bytes(content)
    (order,) = open_export(tmp_path / "a.csv").orders()
    assert order.head.memo == "문 앞"


def test_a_few_bytes_that_cannot_be_read_make_a_bad_row(tmp_path: Path) -> None:
    content = as_csv([HEADER, *(cafe24(n, 배송메시지="@" if n == 2 else "") for n in (1, 2, 3))])
    (tmp_path / "a.csv").write_bytes(content.encode("cp949").replace(b"@", b"\x81\x20"))
    export = open_export(tmp_path / "a.csv")
    assert bad(export) == [(3, "배송메시지", "undecodable")]
    assert export.outcome().lines == 2


def test_formulas_stay_text_and_are_never_calculated(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.append(HEADER)
    page.append(cafe24(1, 배송메시지="=1+1", 수령인='=HYPERLINK("http://x.invalid","누르세요")'))
    page.append(cafe24(2, 배송메시지="=cmd|'/c calc'!A1"))
    workbook.save(tmp_path / "a.xlsx")
    first, second = open_export(tmp_path / "a.xlsx").orders()
    assert first.head.memo == "=1+1"
    assert first.head.recipient == '=HYPERLINK("http://x.invalid","누르세요")'
    assert second.head.memo == "=cmd|'/c calc'!A1"


def test_a_formula_with_a_result_keeps_both(tmp_path: Path) -> None:
    cells = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for column, name in zip(
            "ABCDE", ["상품주문번호", "주문번호", "상품명", "수량", "배송메세지"], strict=True
        )
    )
    line = (
        '<c r="A2" t="inlineStr"><is><t>11</t></is></c><c r="B2" t="inlineStr"><is><t>1</t></is></c>'
        '<c r="C2" t="str"><f>CONCAT("감","귤")</f><v>감귤</v></c>'
        '<c r="D2"><f>1+1</f><v>2</v></c><c r="E2"><f>1+1 &amp; 2</f><v>2</v></c>'
    )
    xml = sheet_xml(f'<row r="1">{cells}</row><row r="2">{line}</row>')
    (tmp_path / "a.xlsx").write_bytes(xlsx_with(sheet1=xml))
    (order,) = open_export(tmp_path / "a.xlsx").orders()
    assert (order.lines[0].product, order.lines[0].quantity) == ("감귤", 2)
    assert order.head.memo == "=1+1 & 2"


def test_merged_cells_are_shared_but_amounts_are_not(tmp_path: Path) -> None:
    table = [
        HEADER,
        cafe24(1, **{"품목별 주문번호": "a", "상품구매금액": "9000", "수령인": "홍가람"}),
        cafe24(1, **{"품목별 주문번호": "b", "주문번호": None, "주문일시": None}),
    ]
    merged = [
        "A2:A3",
        "C2:C3",
        f"{chr(65 + HEADER.index('상품구매금액'))}2:{chr(65 + HEADER.index('상품구매금액'))}3",
    ]
    file = write_xlsx(tmp_path / "a.xlsx", table, merged=merged)
    (order,) = open_export(file).orders()
    assert [(line.line_no, line.amount) for line in order.lines] == [("a", 9000), ("b", None)]


def test_a_header_name_that_stands_twice_is_read_left_to_right(tmp_path: Path) -> None:
    header = [*HEADER, "수령인"]
    file = write_csv(
        tmp_path / "a.csv",
        [header, [*cafe24(1, 수령인="홍가람"), "홍나래"], [*cafe24(2, 수령인=""), "홍다솜"]],
    )
    assert [order.head.recipient for order in open_export(file).orders()] == ["홍가람", "홍다솜"]


def test_files_put_one_under_the_other_are_read_through(tmp_path: Path) -> None:
    export = open_export(write_csv(tmp_path / "a.csv", [HEADER, cafe24(1), HEADER, cafe24(2)]))
    assert len(export.orders()) == 2
    assert [(row.row, row.reason) for row in export.outcome().ignored_rows] == [(3, "header_again")]


def test_decomposed_hangul_of_a_mac_is_composed(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", as_csv([HEADER, cafe24(1, 수령인="홍가람")]))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8", newline="")
    (order,) = open_export(tmp_path / "a.csv").orders()
    assert order.head.recipient == "홍가람"


def test_old_mac_line_ends_are_line_ends(tmp_path: Path) -> None:
    text = as_csv([HEADER, cafe24(1), cafe24(2)]).replace("\r\n", "\r")
    (tmp_path / "a.csv").write_bytes(text.encode("cp949"))
    assert len(open_export(tmp_path / "a.csv").orders()) == 2
