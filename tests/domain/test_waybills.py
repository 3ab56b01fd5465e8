"""Waybill numbers: a doubt is told, and no number is refused."""

import pytest

from ets_desktop.domain.waybills import Doubt, doubt_of, waybill_digits


@pytest.mark.parametrize(
    ("of_cj", "of_others"),
    [
        ("600000000125", "600000000121"),
        ("699123456786", "699123456780"),
        ("100000000070", "100000000074"),
    ],
)
def test_the_check_digit_is_the_couriers_own(of_cj: str, of_others: str) -> None:
    assert doubt_of("cj", of_cj) is None
    assert doubt_of("lotte", of_others) is None
    assert doubt_of("hanjin", of_others) is None
    assert doubt_of("cj", of_others) is Doubt.CHECK_DIGIT
    assert doubt_of("lotte", of_cj) is Doubt.CHECK_DIGIT


@pytest.mark.parametrize(
    ("courier", "waybill", "doubt"),
    [
        ("cj", "6000-0000-0125", None),
        ("cj", "6000000001", None),
        ("cj", "60000000012", Doubt.LENGTH),
        ("cj", "301100112233", Doubt.CHECK_DIGIT),
        ("lotte", "6000000001", Doubt.LENGTH),
        ("logen", "100-0000-0003", Doubt.CHECK_DIGIT),
        ("logen", "100-0000-0006", None),
        ("epost", "60000-0000-0001", None),
        ("epost", "600000000001", Doubt.LENGTH),
        ("hanjin", "직접수령", Doubt.NOT_DIGITS),
        ("other", "차량배차", None),
    ],
)
def test_what_is_odd_is_said(courier: str, waybill: str, doubt: Doubt | None) -> None:
    assert doubt_of(courier, waybill) is doubt


def test_blanks_and_hyphens_are_no_part_of_a_number_and_words_stay() -> None:
    assert waybill_digits(" 6000 0000-0125 ") == "600000000125"
    assert waybill_digits(" 직접 수령 ") == "직접 수령"
