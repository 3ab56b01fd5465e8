"""Names, numbers and addresses as lists show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain.masking import (
    mask_address,
    mask_cell,
    mask_name,
    mask_phone,
    mask_typed,
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("홍길동", "홍*동"),
        ("김민", "김*"),
        ("남궁민수", "남**수"),
        ("김", "*"),
        ("", ""),
        ("  홍길동 ", "홍*동"),
        ("김*민", "김*민"),
        ("John Park", "J*** ***k"),
    ],
)
def test_a_name_keeps_its_ends(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("01000001234", "010-****-1234"),
        ("+82 10-0000-1234", "010-****-1234"),
        ("02-000-1234", "02-***-1234"),
        ("0200001234", "02-****-1234"),
        ("050200001234", "0502-****-1234"),
        ("05020001234", "0502-***-1234"),
        ("15880000", "****-0000"),
        ("101", "101"),
        ("", ""),
        ("010-****-1234", "010-****-1234"),
        ("010-0000-****", "010-0000-****"),
        ("010-0000-123*", "***-***0-123*"),
        ("0504-XXXX-1234", "****-****-1234"),
        ("anonymous", "*********"),
        ("010-0000-1234 본인", "***-****-1234 **"),
        ("01000001234/01000004321", "***********/*******4321"),
        ("+1 212 555 0100", "+*******0100"),
    ],
)
def test_a_phone_keeps_its_beginning_and_its_last_four(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("서울특별시 강남구 역삼동 123-4 우성아파트 101동 202호", "서울특별시 강남구 역삼동 ***"),
        ("서울특별시 강남구 역삼동", "서울특별시 강남구 역삼동"),
        ("서울특별시 강남구 테헤란로 152, 10층 (역삼동)", "서울특별시 강남구 테헤란로 ***"),
        ("서울시 강남구 테헤란로152 3층", "서울시 강남구 테헤란로 ***"),
        ("성남시 분당구 판교역로166번길 10", "성남시 분당구 판교역로166번길 ***"),
        ("경기도 양평군 서종면 문호리 123", "경기도 양평군 서종면 ***"),
        ("경기 이천시 부발읍, 1-2", "경기 이천시 부발읍 ***"),
        ("서울 종로구 종로3가 12", "서울 종로구 종로3가 ***"),
        ("부산광역시 해운대구 우성아파트1동 3호", "부산광역시 해운대구 ***"),
        ("123 Main St", "***"),
        ("서울", "서울"),
        ("", ""),
        ("서울 *** ***", "서울 ***"),
    ],
)
def test_an_address_ends_with_its_town_or_road(address: str, shown: str) -> None:
    assert mask_address(address) == shown


@given(st.text(max_size=40))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    for mask in (mask_name, mask_phone, mask_address):
        assert mask(mask(text)) == mask(text)


@given(st.from_regex(r"0[1-9][0-9]{7,10}", fullmatch=True))
def test_no_number_shows_more_than_eight_digits(number: str) -> None:
    assert sum(character.isdigit() for character in mask_phone(number)) <= 8


@given(st.text(alphabet="가나다라마 동로구시0123456789-,()", max_size=60))
def test_no_address_shows_a_house_number(address: str) -> None:
    shown = mask_address(address)
    assert not any(word.strip("-,()").isdecimal() for word in shown.split())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("홍길동", "홍*동"),
        ("ㅎㄱㄷ", "ㅎ*ㄷ"),
        ("010-0000-1234", "010-****-1234"),
        ("1234", "1234"),
    ],
)
def test_what_was_typed_to_find_somebody_is_a_number_or_a_name(typed: str, shown: str) -> None:
    assert mask_typed(typed) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-13-45", "2026-13-45"),
        ("-3", "-3"),
        ("1,234.5", "1,234.5"),
        (" \n", ""),
        ("010-0000-1234", "***-****-1234"),
        ("홍길동", "홍*동"),
        ("세 개", "세 개"),
        ("hong@example.com", "h**************m"),
        ("101동 1203호", "**** 1203*"),
        ("가" * 500, "가" + "*" * 38 + "가"),
    ],
)
def test_a_cell_keeps_what_is_nobodys(text: str, shown: str) -> None:
    assert mask_cell(text) == shown
