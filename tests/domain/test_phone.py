"""Folding, kinds and display of Korean numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain import phone
from ets_desktop.domain.phone import NumberKind

NUMBERS = {
    "010-0000-1234": "01000001234",
    "010 0000 1234": "01000001234",
    "010.0000.1234": "01000001234",
    "(010)0000-1234": "01000001234",
    "０１０−００００−１２３４": "01000001234",
    "010–0000—1234": "01000001234",
    "\ufeff010\u200b00001234\u00a0": "01000001234",
    "'01000001234": "01000001234",
    '="01000001234"': "01000001234",
    "+821000001234": "01000001234",
    "+82 (0)10-0000-1234": "01000001234",
    "821000001234": "01000001234",
    "00821000001234": "01000001234",
    "0082 010 0000 1234": "01000001234",
    "82 2 000 0123": "020000123",
    "+82 1588-0000": "15880000",
    "8215880000": "15880000",
    "1588-0000": "15880000",
    "+82 504 0000 1234": "050400001234",
    "0504-0000-1234": "050400001234",
    "0504-000-1234": "05040001234",
    "101": "101",
    "82-101": "82101",
    "8201": "8201",
    "1000001234": "1000001234",
    "1000001234.0": "1000001234",
    "+1 212 555 0100": "12125550100",
    "001 1 212 555 0100": "00112125550100",
    "00700 81 3 0000 0000": "0070081300000000",
}

NOT_NUMBERS = [
    None,
    "",
    "  ",
    "null",
    "NIL",
    "anonymous",
    "<unknown>",
    "Restricted",
    "발신번호표시제한",
    "***",
    "0",
    "00000000",
    "99999999",
    "11",
    "010-****-1234",
    "0504-****-4523",
    "010-XXXX-1234",
    "+82",
    "+82 000",
    "+82 00 1000001234",
    "01000001234/01000005678",
    "01000001234 01000005678",
    "02-000-0000~9",
    "010-0000-1234 본인",
    "+1" + "2" * 15,
    "001" + "1" * 18,
    "2" * 16,
    "82" + "1" * 14,
    "٠١٠١٢٣٤٥٦٧",
]


@pytest.mark.parametrize(("raw", "digits"), NUMBERS.items())
def test_a_number_folds_to_national_digits(raw: str, digits: str) -> None:
    assert phone.digits_of(raw) == digits


@pytest.mark.parametrize("raw", NOT_NUMBERS)
def test_what_is_not_a_number_never_becomes_digits(raw: str | None) -> None:
    assert phone.digits_of(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "null",
        "UNKNOWN",
        "<unknown>",
        "anonymous",
        "***",
        "0",
        "99999999",
        "발신자 표시제한",
    ],
)
def test_words_zeros_and_nothing_are_withheld(raw: str | None) -> None:
    assert phone.is_withheld(raw)


@pytest.mark.parametrize(
    "raw", ["010-0000-1234", "101", "010-****-1234", "010-XXXX-1234", "+1 212 555 0100"]
)
def test_a_number_or_a_masked_one_is_not_withheld(raw: str) -> None:
    assert not phone.is_withheld(raw)


def test_hidden_digits_are_recognised_as_a_mask() -> None:
    assert phone.is_masked("010-****-1234")
    assert phone.is_masked("***-****-****")
    assert phone.is_masked("010●●●●1234")
    assert not phone.is_masked("010-0000-1234")
    assert not phone.is_masked(None)


KINDS = {
    "01000001234": NumberKind.MOBILE,
    "0110001234": NumberKind.MOBILE,
    "0100001234": NumberKind.OTHER,
    "020001234": NumberKind.LANDLINE,
    "0200001234": NumberKind.LANDLINE,
    "03100001234": NumberKind.LANDLINE,
    "0651234567": NumberKind.OTHER,
    "07000001234": NumberKind.VOIP,
    "05020001234": NumberKind.SAFE,
    "050200001234": NumberKind.SAFE,
    "15880000": NumberKind.REPRESENTATIVE,
    "18110000": NumberKind.REPRESENTATIVE,
    "10010001": NumberKind.INTERNAL,
    "101": NumberKind.INTERNAL,
    "00112125550100": NumberKind.FOREIGN,
    "12125550100": NumberKind.FOREIGN,
    "0800001234": NumberKind.OTHER,
    "9": NumberKind.OTHER,
}


@pytest.mark.parametrize(("digits", "kind"), KINDS.items())
def test_the_range_tells_the_kind(digits: str, kind: NumberKind) -> None:
    assert phone.kind(digits) is kind
    assert phone.is_safe_number(digits) is (kind is NumberKind.SAFE)


def test_no_number_is_no_safe_number() -> None:
    assert not phone.is_safe_number(None)


DISPLAYS = {
    "01000001234": "010-0000-1234",
    "0110001234": "011-000-1234",
    "020001234": "02-000-1234",
    "0200001234": "02-0000-1234",
    "03100001234": "031-0000-1234",
    "0310001234": "031-000-1234",
    "07000001234": "070-0000-1234",
    "05040001234": "0504-000-1234",
    "050400001234": "0504-0000-1234",
    "0800001234": "080-000-1234",
    "03030001234": "0303-000-1234",
    "15880000": "1588-0000",
    "101": "101",
    "10010001": "10010001",
    "02120": "02120",
    "12125550100": "+12125550100",
    "00112125550100": "00112125550100",
    "013123456789": "013123456789",
    "02123456789": "02123456789",
}


@pytest.mark.parametrize(("digits", "shown"), DISPLAYS.items())
def test_a_number_is_shown_the_korean_way(digits: str, shown: str) -> None:
    assert phone.display(digits) == shown


def test_the_last_four_need_four_digits() -> None:
    assert phone.last4("01000001234") == "1234"
    assert phone.last4("1234") == "1234"
    assert phone.last4("101") is None
    assert phone.last4(None) is None


RESTORED = {
    "1000001234": "01000001234",
    "111234567": "0111234567",
    "50200001234": "050200001234",
    "5020001234": "05020001234",
    "200001234": "0200001234",
    "20001234": "020001234",
    "3100001234": "03100001234",
    "7000001234": "07000001234",
    "800001234": "0800001234",
    "3030001234": "03030001234",
    "15880000": "15880000",
    "01000001234": "01000001234",
    "101": "101",
    "12125550100": "12125550100",
}


@pytest.mark.parametrize(("cell", "digits"), RESTORED.items())
def test_a_zero_lost_in_a_spreadsheet_is_restored_only_for_known_ranges(
    cell: str, digits: str
) -> None:
    assert phone.restore_lost_zero(cell) == digits


@pytest.mark.parametrize(
    "typed", ["010-0000-1234", "1234", "1588-0000", "+82 10 0000 1234", "0800001234"]
)
def test_whole_numbers_and_last_fours_look_like_phones(typed: str) -> None:
    assert phone.looks_like_phone(typed)


@pytest.mark.parametrize(
    "typed", ["김정민", "", "123", "261121-00012", "20261121123456", "610123456789"]
)
def test_names_and_order_numbers_do_not_look_like_phones(typed: str) -> None:
    assert not phone.looks_like_phone(typed)


messy = st.text(alphabet="0123456789+-. ()82*Xx#/가a\u200b０", max_size=24) | st.text(max_size=24)


@given(messy)
def test_folding_twice_changes_nothing(raw: str) -> None:
    digits = phone.digits_of(raw)
    if digits is None:
        return
    assert digits.isascii()
    assert digits.isdecimal()
    assert phone.digits_of(digits) == digits
    assert phone.digits_of(phone.display(digits)) == digits


@given(messy)
def test_digits_are_never_withheld_nor_masked(raw: str) -> None:
    if phone.digits_of(raw) is not None:
        assert not phone.is_withheld(raw)
        assert not phone.is_masked(raw)
    phone.looks_like_phone(raw)


@given(
    st.from_regex(r"010[0-9]{8}", fullmatch=True),
    st.sampled_from(["{}", "+82{}", "0082{}", "82{}"]),
)
def test_every_country_prefix_folds_to_the_same_number(digits: str, form: str) -> None:
    assert phone.digits_of(form.format(digits)) == digits
    assert phone.restore_lost_zero(digits[1:]) == digits
