"""Sheets for couriers: whose address stands where, and results that are read row by row."""

from collections.abc import Sequence
from datetime import date

import pytest

from ets_desktop.couriers import Courier, open_courier
from ets_desktop.couriers.options import centre_of
from ets_desktop.couriers.places import Booked, Centre, Goods, Order, Wish
from ets_desktop.couriers.sheets import SheetCourier, sheet_courier
from ets_desktop.couriers.sheets.layouts import LAYOUTS
from ets_desktop.couriers.sheets.results import ResultRow, results_of
from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.domain.waybills import Doubt

CENTRE = Centre("반품센터", "경기 광주시 1", "2동", "12345", "15880000")
ORDER = Order(
    "ETS1", date(2026, 11, 22), "이수취", "서울 강남구 1", phone="0200000000",
    wished_on=date(2026, 11, 24), goods=(Goods("티셔츠", 2), Goods("바지", 1)),
)  # fmt: skip
HEAD = (1, ["고객주문번호", "운송장번호", "택배사"])


def courier(code: str, written: list[Sequence[str]]) -> SheetCourier:
    return sheet_courier(code, CENTRE, lambda titles, rows: written.extend((titles, *rows)))


def results(*rows: tuple[str, ...], of: str = "lotte") -> list[ResultRow]:
    return list(results_of(of, [HEAD, *enumerate(map(list, rows), 2)]))


@pytest.mark.parametrize("code", sorted(LAYOUTS))
def test_a_return_comes_from_the_customer(code: str) -> None:
    row = LAYOUTS[code].row(CENTRE, ORDER)
    ours, theirs = ("주문인(ord)", "수취인(rec)") if code == "epost" else ("받는분", "보내는분")
    assert (row[f"{ours} 주소"], row[f"{theirs} 주소"]) == ("경기 광주시 1 2동", "서울 강남구 1")
    assert row[f"{theirs} 휴대전화"] == "02-0000-0000"
    assert row["고객주문번호"] == "ETS1"
    assert "티셔츠 2개, 바지 1개" in row.values()


def test_the_post_is_not_asked_to_carry_goods_to_where_they_are() -> None:
    written: list[Sequence[str]] = []
    epost = courier("epost", written)
    same = Order("ETS2", date(2026, 11, 22), "나", "경기 광주시1", "2동")
    batch = [Wish(2, "ETS2", epost.body_of(same)), Wish(1, "ETS1", epost.body_of(ORDER))]
    told = {wish.key: result for wish, result in epost.book(batch)}
    assert str(told["ETS2"]) == "courier_same_address"
    assert told["ETS1"] == Booked("", accepted=False)
    assert len(written) == 2
    assert [str(result) for _, result in epost.book(batch[:1])] == ["courier_same_address"]


def test_what_only_a_wire_can_do_is_refused() -> None:
    lotte: Courier = courier("lotte", [])
    assert not lotte.capabilities.online
    for asked in (lambda: lotte.refine("서울"), lambda: lotte.track([])):
        with pytest.raises(EtsError, match="courier_cannot"):
            asked()
    with pytest.raises(EtsError, match="courier_not_online"):
        open_courier("lotte", {})


def test_good_rows_are_read_below_whatever_stands_above() -> None:
    rows = [(1, ["접수 결과"]), (2, []), (3, ["순번", "송장번호", "주문번호"]), (4, ["", " ", ""])]
    rows.append((5, ["1", "6000-0000-0121", "ETS1"]))
    assert list(results_of("lotte", rows)) == [ResultRow(5, "ETS1", "600000000121")]


def test_bad_rows_say_why_and_doubts_are_only_told() -> None:
    told = results(
        ("", "600000000121"),
        ("ETS1",),
        ("ETS2", "6" * 41),
        ("ETS3", "600000000121", "CJ대한통운"),
        ("ETS4", "600000000125", "HYUNDAI"),
        ("ETS5", "600000000125"),
        ("ETS4", "600000000125"),
    )
    assert [(row.number, row.fault) for row in told if row.fault] == [
        (2, "result_without_key"),
        (3, "result_without_waybill"),
        (4, "result_no_waybill"),
        (5, "pickup_of_other_courier"),
        (7, "result_waybill_twice"),
    ]
    assert [row.doubt for row in told if not row.fault] == [Doubt.CHECK_DIGIT] * 2


@pytest.mark.parametrize("rows", [[], [(1, ["이름", "주소"])], [(n, ["x"]) for n in range(1, 20)]])
def test_a_sheet_of_something_else_is_refused(rows: list[tuple[int, list[str]]]) -> None:
    with pytest.raises(RuleViolation, match="results_without_columns"):
        list(results_of("lotte", rows))


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"phone": "없음"}, {"address": 1}, {"fax": "02-0000-0000"}]
)
def test_a_centre_that_nobody_could_send_to_is_refused(wrong: dict[str, object]) -> None:
    values = {"name": "반품센터", "phone": "1588-0000", "address": "경기 광주시 1"}
    assert centre_of(values).phone == "15880000"
    with pytest.raises(EtsError, match="courier_option"):
        centre_of(values | wrong)
