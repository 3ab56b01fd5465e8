"""What an agent may have meant: every reading of 통합검색 and of the fields."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain.search_terms import (
    Term,
    TermKind,
    like_literal,
    shape_patterns,
    understand,
    understand_contents,
    understand_customer,
    understand_name,
    understand_order_no,
    understand_phone,
    understand_tag,
)

K = TermKind


def readings(typed: str) -> list[tuple[TermKind, str]]:
    return [(term.kind, term.text) for term in understand(typed)]


@pytest.mark.parametrize("typed", ["010-0000-1234", "010 0000 1234", "+82 10-0000-1234"])
def test_a_number_in_any_format_is_that_phone(typed: str) -> None:
    assert readings(typed)[0] == (K.PHONE, "01000001234")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1234", [(K.PHONE_END, "1234")]),
        ("１２３４", [(K.PHONE_END, "1234")]),
        ("12345", [(K.PHONE_END, "12345"), (K.ORDER_NO, "12345")]),
        (
            "123456",
            [(K.PHONE_END, "123456"), (K.ORDER_NO, "123456"), (K.ORDER_NO_END, "123456")],
        ),
        (
            "1588-0000",
            [
                (K.PHONE, "15880000"),
                (K.PHONE_END, "15880000"),
                (K.ORDER_NO, "1588-0000"),
                (K.ORDER_NO_END, "1588-0000"),
            ],
        ),
        (
            "20261012-0000018",
            [
                (K.ORDER_NO, "20261012-0000018"),
                (K.ORDER_NO_END, "20261012-0000018"),
                (K.TRACKING_NO, "20261012-0000018"),
            ],
        ),
        ("101", [(K.ORDER_NO, "101")]),
        ("S000000123", [(K.OUR_ORDER_NO, "123"), (K.ORDER_NO, "S000000123")]),
        ("s12", [(K.OUR_ORDER_NO, "12"), (K.ORDER_NO, "s12")]),
        ("010-****-1234", [(K.PHONE_END, "1234")]),
        ("ㄱㅈㅁ", [(K.INITIALS, "ㄱㅈㅁ")]),
        ("ㄳㅁ", [(K.INITIALS, "ㄱㅅㅁ")]),
        ("홍ㄱㄷ", [(K.SHAPE, "홍ㄱㄷ")]),
        ("김*민", [(K.SHAPE, "김_민")]),
        ("김O민", [(K.SHAPE, "김_민")]),
        ("정민", [(K.NAME, "정민"), (K.PRODUCT, "정민")]),
        ("물빛  텀블러", [(K.NAME, "물빛 텀블러"), (K.PRODUCT, "물빛 텀블러")]),
        (
            "W2026-01",
            [
                (K.ORDER_NO, "W2026-01"),
                (K.ORDER_NO_END, "W2026-01"),
                (K.NAME, "W2026-01"),
                (K.PRODUCT, "W2026-01"),
            ],
        ),
        ("KIM", [(K.NAME, "KIM"), (K.PRODUCT, "KIM")]),
        ("", []),
        (" \u200b ", []),
        ("\x00", []),
    ],
)
def test_every_reading_is_tried(typed: str, found: list[tuple[TermKind, str]]) -> None:
    assert readings(typed) == found


def test_a_spreadsheet_ate_the_zero_of_a_phone() -> None:
    assert (K.PHONE, "01000001234") in readings("1000001234")


def test_an_order_number_is_no_foreign_phone_unless_it_has_a_plus() -> None:
    assert K.PHONE not in [kind for kind, _ in readings("9123456789")]
    assert readings("+1 212 555 0100")[0] == (K.PHONE, "12125550100")


def test_decomposed_text_is_read_like_composed_text() -> None:
    assert readings(unicodedata.normalize("NFD", "김정민")) == readings("김정민")


def test_fields_read_their_own_kind_only() -> None:
    assert understand_name("1234") == (Term(K.NAME, "1234"),)
    assert understand_name(" ") == ()
    assert understand_phone("김정민") == ()
    assert understand_phone("12") == ()
    assert understand_order_no(" ") == ()
    assert understand_order_no("12 34 56") == (
        Term(K.ORDER_NO, "123456"),
        Term(K.ORDER_NO_END, "123456"),
    )


@pytest.mark.parametrize(
    ("shape", "name", "consonants"),
    [("홍ㄱㄷ", "홍__%", "ㅎㄱㄷ%"), ("김_민", "김_민", "ㄱ_ㅁ"), ("김%_", "김\\%_", "ㄱ\\%_")],
)
def test_a_shape_becomes_two_patterns(shape: str, name: str, consonants: str) -> None:
    assert shape_patterns(shape) == (name, consonants)


def test_wildcards_are_letters() -> None:
    assert like_literal("100%_\\") == "100\\%\\_\\\\"


@given(st.text(max_size=30))
def test_anything_can_be_typed(typed: str) -> None:
    for term in understand(typed):
        assert term.text
        assert "\x00" not in term.text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("C000000123", (Term(K.CUSTOMER_NO, "123"),)),
        (" c123 ", (Term(K.CUSTOMER_NO, "123"),)),
        ("010-0000-1234", (Term(K.PHONE, "01000001234"),)),
        ("1234", (Term(K.PHONE_END, "1234"),)),
        ("ㄱㅈㅁ", (Term(K.INITIALS, "ㄱㅈㅁ"),)),
        ("김정민", (Term(K.NAME, "김정민"),)),
        ("  ", ()),
    ],
)
def test_a_customer_is_named_by_number_phone_or_name(typed: str, found: tuple[Term, ...]) -> None:
    assert understand_customer(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("배송  지연\t문의", (Term(K.WORDS, "배송 지연 문의"),)),
        ("배송\x00", (Term(K.WORDS, "배송"),)),
        (" ", ()),
        (
            "261121-00012",
            (
                Term(K.TICKET_NO, "261121-00012"),
                Term(K.WORDS, "261121-00012", is_unlikely=True),
            ),
        ),
    ],
)
def test_contents_are_words_or_the_number_of_a_ticket(typed: str, found: tuple[Term, ...]) -> None:
    assert understand_contents(typed) == found


def test_a_tag_is_one_text() -> None:
    assert understand_tag(" 반품  안내 ") == (Term(K.TAG, "반품 안내"),)
    assert understand_tag("") == ()
