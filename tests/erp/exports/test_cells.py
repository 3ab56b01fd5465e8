"""Single cells: text, identifiers, numbers, moments, phones, postcodes, header names, statuses."""
# ruff: noqa: DTZ001 - Korean local time throughout

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.erp.exports.cells import (
    FormulaNumber,
    Identifier,
    identifier_of,
    moment_of,
    text_of,
    whole_of,
)
from ets_desktop.erp.exports.columns import located, normalised
from ets_desktop.erp.exports.people import (
    is_masked_address,
    is_masked_name,
    phones_of,
    postcode_of,
)
from ets_desktop.erp.exports.statuses import order_status_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  홍가람\u3000", "홍가람"),
        ("\u1112\u1169\u11bc", "홍"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a_x000D_\nb", "a\nb"),
        ("\ufeff a\x00\x07\u200b", "a"),
        ("\u202e람\u2066가홍\u2069", "람가홍"),
        (12.0, "12"),
        (1.5, "1.5"),
        (float("inf"), "inf"),
        (True, "TRUE"),
        (datetime(2026, 10, 12, 8, 48), "2026-10-12 08:48:00"),
        (date(2026, 10, 12), "2026-10-12"),
        (time(8, 48), "08:48:00"),
        (FormulaNumber(2.0, "=1+1"), "=1+1"),
    ],
)
def test_text_of_a_cell(cell: object, text: str) -> None:
    assert text_of(cell) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("0012345", Identifier("0012345")),
        ('="0012345"', Identifier("0012345")),
        ("'0012345", Identifier("0012345")),
        ("90007554142594.0", Identifier("90007554142594")),
        ("RB123456789KR", Identifier("RB123456789KR")),
        ("-", Identifier("")),
        (" 12-34 ", Identifier("12-34")),
        ("6E11", Identifier("", "6E11", "scientific_notation")),
        ("3E5", Identifier("3E5")),
        ("6E+11", Identifier("", "6E+11", "scientific_notation")),
        ("2.512345678E9", Identifier("2512345678")),
        ("2.5123456781E9", Identifier("", "2.5123456781E9", "scientific_notation")),
        ("1.00012E+17", Identifier("", "1.00012E+17", "scientific_notation")),
        (90007554142594.0, Identifier("90007554142594")),
        (600000000000.0, Identifier("", "600000000000", "digits_lost")),
        (600000.0, Identifier("600000")),
        (2026101274060698.0, Identifier("2026101274060698", "2026101274060698")),
        (20261012740606980.0, Identifier("", "20261012740606980", "digits_lost")),
        (9999999999999998.0, Identifier("", "9999999999999998", "digits_lost")),
        (1.5, Identifier("", "1.5", "not_a_whole_number")),
        (-5.0, Identifier("", "-5.0", "not_a_whole_number")),
        (float("nan"), Identifier("", "nan", "not_a_whole_number")),
        (datetime(2026, 10, 12), Identifier("", "2026-10-12 00:00:00", "became_a_date")),
    ],
)  # fmt: skip
def test_identifiers_are_exact_or_damaged(cell: object, found: Identifier) -> None:
    assert identifier_of(cell) == found  # type: ignore[arg-type]


def test_a_sixteenth_digit_of_zero_is_doubtful() -> None:
    found = identifier_of(2026101617127930.0)
    assert (found.text, found.doubtful) == ("2026101617127930", "last_digit_may_be_lost")


@given(st.integers(0, 10**15 - 1))
def test_up_to_fifteen_digits_survive_a_number_cell(number: int) -> None:
    found = identifier_of(float(number))
    assert found.damaged or found.text == str(number)
    assert identifier_of(str(number)).text == str(number)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234,000원", 1_234_000),
        ("₩ 9,000", 9_000),
        ("９，０００", 9_000),
        ("3개", 3),
        ("(1,000)", -1_000),
        ("9000.00", 9_000),
        ("9000 KRW", 9_000),
        ("-", None),
        ("", None),
        (9000.0, 9_000),
        ("+5", 5),
    ],
)
def test_amounts_as_people_write_them(cell: object, number: int | None) -> None:
    assert whole_of(cell) == number  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("문의", "not_a_number"),
        ("1.5", "not_whole"),
        (1.5, "not_whole"),
        (1e300, "too_large"),
        ("9" * 14, "too_large"),
        ("9" * 40, "too_large"),
        (True, "not_a_number"),
        (float("nan"), "not_a_number"),
        (datetime(2026, 1, 1), "not_a_number"),
        ("=1+1", "not_a_number"),
    ],
)
def test_what_is_no_amount_says_why(cell: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        whole_of(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-10-12 08:48:53", "2026-10-12T08:48:53"),
        ("2019-01-02 03:04:05.123", "2019-01-02T03:04:05"),
        ("2026-10-12T08:48:53+09:00", "2026-10-12T08:48:53"),
        ("2026-10-12T00:00:00Z", "2026-10-12T09:00:00"),
        ("2026-10-12T00:00:00-0500", "2026-10-12T14:00:00"),
        ("2026/10/12 8:48", "2026-10-12T08:48:00"),
        ("2025.07.21 10:11", "2025-07-21T10:11:00"),
        ("2026. 10. 12. 오후 1:02:03", "2026-10-12T13:02:03"),
        ("2026-10-12 오전 12:05:00", "2026-10-12T00:05:00"),
        ("2026-10-12 오후 12:05:00", "2026-10-12T12:05:00"),
        ("2025.7.18  12:42:43 PM", "2025-07-18T12:42:43"),
        ("2025.7.18 12:42:43 am", "2025-07-18T00:42:43"),
        ("2026년 9월 1일 07:54 KST", "2026-09-01T07:54:00"),
        ("2026-10-12(월) 08:00", "2026-10-12T08:00:00"),
        ("26.10.12", "2026-10-12T00:00:00"),
        ("20261012", "2026-10-12T00:00:00"),
        ("20261012084853", "2026-10-12T08:48:53"),
        ("202610120848", "2026-10-12T08:48:00"),
        (20261012.0, "2026-10-12T00:00:00"),
        ("46307.36728009259", "2026-10-12T08:48:53"),
        (46307.36728009259, "2026-10-12T08:48:53"),
        (datetime(2026, 10, 12, 8, 48, 52, 999_000), "2026-10-12T08:48:53"),
        (datetime(2026, 10, 12, 8, 48, 53), "2026-10-12T08:48:53"),
        (date(2026, 10, 12), "2026-10-12T00:00:00"),
    ],
)  # fmt: skip
def test_moments_in_every_spelling(cell: object, moment: str) -> None:
    found = moment_of(cell)  # type: ignore[arg-type]
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    "cell",
    [
        "어제", "2026-13-01", "2026-02-30 10:00:00", "12/10/2026", "1026-10-12", "2926-10-12", 5.0,
        True, time(8), timedelta(1), "2026-10-12 25:00:00", "99999999",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match="not_a_date"):
        moment_of(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["", "-", "0000-00-00 00:00:00"])
def test_an_empty_date_is_none(cell: str) -> None:
    assert moment_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        ("010-0000-1234", ("01000001234",)),
        (" 0505-000-6264 ", ("05050006264",)),
        (1000001234.0, ("01000001234",)),
        ("50200001234", ("050200001234",)),
        (20005660.0, ("020005660",)),
        ("+82 10-0000-1234", ("01000001234",)),
        ("010-0000-1234 / 02-000-5660", ("01000001234", "020005660")),
        ("010-0000-1234(본인)", ("01000001234",)),
        ("'01000001234", ("01000001234",)),
        ("-", ()),
        ("없음", ()),
        ("000-0000-0000", ()),
        ("", ()),
    ],
)
def test_phones_get_their_zero_back(cell: object, digits: tuple[str, ...]) -> None:
    found = phones_of(cell)  # type: ignore[arg-type]
    assert (found.digits, found.masked, found.unreadable) == (digits, "", "")


def test_masked_and_unreadable_phones_are_no_numbers() -> None:
    assert phones_of("010-****-1234").masked == "010-****-1234"
    assert phones_of("1.0E+09").unreadable == "scientific_notation"
    assert phones_of("전화 123").unreadable == "not_a_phone_number"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("04021", "04021"), (4021.0, "04021"), ("4021", "04021"), ("135-080", "135080"),
        ("(04021)", "04021"), ("'04021", "04021"), ("", ""), ("-", ""),
    ],
)  # fmt: skip
def test_postcodes_get_their_zero_back(cell: object, code: str) -> None:
    assert postcode_of(cell) == (code, "")  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["12", "서울", "1234567", "abcde"])
def test_what_is_no_postcode_says_so(cell: str) -> None:
    assert postcode_of(cell) == ("", "not_a_postcode")


def test_names_and_addresses_show_their_masks() -> None:
    assert [is_masked_name(name) for name in ("김*민", "김○수", "홍가람")] == [True, True, False]
    assert is_masked_address("물빛로 221 ***")
    assert not is_masked_address("A*B빌딩 2층")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("주문번호\u3000앞부분", "주문번호 앞부분"),
        ("주문번호*", "주문번호"),
        ("총 결제금액(KRW)", "총 결제금액"),
        ("(수취인연락처1)", "수취인연락처1"),
        ("배송메세지", "배송 메시지"),
        ("수령자명", "수령인명"),
        ("주문자 id", "주문자ID"),
        ("구매수（수량）", "구매수(수량)"),
    ],
)
def test_header_names_that_mean_the_same(left: str, right: str) -> None:
    assert normalised(left) == normalised(right)


def test_a_header_name_matches_whole() -> None:
    names = (normalised("배송지우편번호"), normalised("배송지주소"))
    assert located(names, {"zipcode": ("우편번호",), "address": ("배송지", "배송지주소")}) == {
        "address": (1,)
    }


@pytest.mark.parametrize(
    ("word", "detail", "shipped", "status"),
    [
        ("입금전 취소 - 관리자", "", False, "cancelled"),
        ("배송 완료", "", True, "delivered"),
        ("발송대기", "신규주문", False, "paid"),
        ("발송대기", "발주확인", False, "preparing"),
        ("처음 보는 말", "", False, "paid"),
        ("처음 보는 말", "", True, "shipping"),
        ("반품 접수", "", True, "delivered"),
        ("취소요청", "", False, "on_hold"),
    ],
)
def test_status_words(word: str, detail: str, shipped: bool, status: str) -> None:
    overrides = {"발송대기/신규주문": "paid"}
    assert order_status_of(word, detail, overrides, shipped=shipped) == status
