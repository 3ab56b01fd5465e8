"""How the rows of one order become one order: gaps filled, real before masked."""

from pathlib import Path

from ets_desktop.erp.exports.parse import open_export
from ets_desktop.erp.exports.parsed import OrderHead
from tests.erp.exports import headers
from tests.erp.exports.writing import row, write_csv

HEADER = [*headers.CAFE24_RESAVED, "주문자 일반전화"]


def head(tmp_path: Path, *rows: dict[str, object]) -> OrderHead:
    """The order that `rows` (two items of one order) make."""
    table: list[list[object]] = [list(HEADER)]
    for item, values in enumerate(rows, 1):
        known: dict[str, object] = {
            "주문번호": "20261012-0000018", "품목별 주문번호": f"20261012-0000018-0{item}",
            "주문상품명": "감귤", "수량": "1", **values,
        }  # fmt: skip
        table.append(row(HEADER, known))
    (order,) = open_export(write_csv(tmp_path / "a.csv", table)).orders()
    return order.head


def test_a_gap_in_the_first_row_is_filled_by_the_next(tmp_path: Path) -> None:
    found = head(
        tmp_path, {}, {"수령인": "홍가람", "수령인 휴대전화": "010-0000-1234", "배송메시지": "앞"}
    )
    assert (found.recipient, found.recipient_phones, found.memo) == (
        "홍가람",
        ("01000001234",),
        "앞",
    )


def test_the_first_of_two_answers_wins(tmp_path: Path) -> None:
    found = head(
        tmp_path, {"수령인": "홍가람", "배송메시지": "앞"}, {"수령인": "홍나래", "배송메시지": "뒤"}
    )
    assert (found.recipient, found.memo) == ("홍가람", "앞")


def test_a_real_person_beats_a_masked_one_in_either_order(tmp_path: Path) -> None:
    masked: dict[str, object] = {
        "수령인": "홍*람", "수령인 휴대전화": "010-****-1234", "수령인 주소": "물빛로 ***",
    }  # fmt: skip
    real: dict[str, object] = {
        "수령인": "홍가람", "수령인 휴대전화": "010-0000-1234", "수령인 주소": "물빛로 1",
    }  # fmt: skip
    for rows in ((masked, real), (real, masked)):
        found = head(tmp_path, *rows)
        assert (found.recipient, found.recipient_phones) == ("홍가람", ("01000001234",))
        assert (found.address, found.masked) == ("물빛로 1", {})


def test_what_is_masked_in_all_rows_is_told_as_written(tmp_path: Path) -> None:
    found = head(
        tmp_path,
        {"주문자명": "-"},
        {"주문자명": "홍**", "주문자 휴대전화": "010-****-1234"},
        {"주문자명": "김**"},
    )
    assert found.orderer == "홍**"
    assert found.masked == {"orderer": "홍**", "orderer_phone": "010-****-1234"}


def test_one_masked_number_beside_a_real_one_keeps_both_facts(tmp_path: Path) -> None:
    found = head(tmp_path, {"주문자 휴대전화": "010-****-1234", "주문자 일반전화": "02-000-5660"})
    assert found.orderer_phones == ("020005660",)
    assert found.masked == {"orderer_phone": "010-****-1234"}


def test_the_earliest_time_is_the_orders(tmp_path: Path) -> None:
    found = head(
        tmp_path, {"주문일시": "2026-10-12 08:48:53"}, {"주문일시": "2026-10-12 08:40:00"}, {}
    )
    assert found.ordered_at is not None
    assert found.ordered_at.isoformat() == "2026-10-12T08:40:00"


def test_a_number_that_only_looks_like_a_day_is_none(tmp_path: Path) -> None:
    table = [HEADER, row(HEADER, {"주문번호": "20260231-1", "주문상품명": "감귤", "수량": "1"})]
    (order,) = open_export(write_csv(tmp_path / "a.csv", table)).orders()
    assert order.head.ordered_at is None


def test_goods_with_an_endless_name_get_a_short_key(tmp_path: Path) -> None:
    header = headers.CAFE24_SMALL
    values = {"주문번호": "A-1", "주문상품명": "감귤 " * 40, "옵션": "가" * 90, "수량": "1"}
    file = write_csv(tmp_path / "a.csv", [header, row(header, {**values})])
    first = open_export(file).orders()[0].lines[0].line_no
    assert len(first) < 100
    assert first == open_export(file).orders()[0].lines[0].line_no


def test_a_total_and_a_note_without_numbers_are_ignored(tmp_path: Path) -> None:
    header = headers.CAFE24_SMALL
    table: list[list[object]] = [
        list(header),
        row(header, {"주문번호": "A-1", "주문상품명": "감귤", "수량": "1"}),
        row(header, {"주문번호": "합 계", "수량": "1"}),
        row(header, {"주문자": "소계", "수량": "1"}),
        ["※ 개인정보는 6개월 뒤 삭제됩니다"],
        ["", "", "※ 문의: 고객센터"],
    ]
    export = open_export(write_csv(tmp_path / "a.csv", table))
    assert len(export.orders()) == 1
    assert [(found.row, found.reason) for found in export.outcome().ignored_rows] == [
        (3, "total"), (4, "total"), (5, "notice"), (6, "notice"),
    ]  # fmt: skip
    assert export.outcome().bad_rows == ()
