"""Initial consonants and bigrams."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain import hangul

syllables = st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=6)


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("김정민", "ㄱㅈㅁ"),
        ("꽃 쁘띠", "ㄲㅃㄸ"),
        ("김 정 민", "ㄱㅈㅁ"),
        ("홍ㄱㄷ", "ㅎㄱㄷ"),
        ("Kim김1", "Kimㄱ1"),
        ("ㄳ", "ㄱㅅ"),
        ("가힣", "ㄱㅎ"),
        ("", ""),
        (unicodedata.normalize("NFD", "김정민"), "ㄱㅈㅁ"),
    ],
)
def test_each_syllable_gives_its_initial(text: str, initials: str) -> None:
    assert hangul.initials(text) == initials


@pytest.mark.parametrize("text", ["ㄱㅈㅁ", "ㄳㅁ", "ㄱ ㅈ", "ㄲㅆ"])
def test_consonants_alone_are_an_initials_query(text: str) -> None:
    assert hangul.is_initials_query(text)


@pytest.mark.parametrize("text", ["", " ", "김ㅈㅁ", "ㅏ", "ㄱ1", "abc"])
def test_anything_else_is_no_initials_query(text: str) -> None:
    assert not hangul.is_initials_query(text)


def test_bigrams_are_distinct_pairs_without_blanks() -> None:
    assert hangul.bigrams("김정민") == ["김정", "정민"]
    assert hangul.bigrams("가가가") == ["가가"]
    assert hangul.bigrams("A b") == ["ab"]
    assert hangul.bigrams("김") == ["김"]
    assert hangul.bigrams(" ") == []


@given(syllables)
def test_decomposed_text_gives_the_same_initials_and_bigrams(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert hangul.nfc(decomposed) == text
    assert hangul.initials(decomposed) == hangul.initials(text)
    assert hangul.bigrams(decomposed) == hangul.bigrams(text)
    assert hangul.is_initials_query(hangul.initials(text)) is bool(text)


@given(st.text(max_size=12))
def test_initials_of_initials_are_the_same(text: str) -> None:
    once = hangul.initials(text)
    assert hangul.initials(once) == once


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("통합", True),
        ("ㅌㅎㅈ", True),
        ("주문 검색", True),
        ("ㄱㅅ", True),
        ("ㄳ", True),
        ("", True),
        ("이력", False),
        ("ㅇㄹ", False),
    ],
)
def test_parts_and_initial_consonants_match(query: str, found: bool) -> None:
    assert hangul.matches(query, "통합주문검색") is found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("통검", True),
        ("통ㄱㅅ", True),
        ("ㅌㅈㅅ", True),
        ("검통", False),
        ("통통", False),
        ("", True),
    ],
)
def test_letters_with_others_between_them_match_loosely(query: str, found: bool) -> None:
    assert hangul.matches_loosely(query, "통합주문검색") is found


def test_letters_of_either_case_are_found() -> None:
    assert hangul.matches("cs접수", "CS접수정보 등록")
