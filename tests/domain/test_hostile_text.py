"""Texts that people type, paste or send: searched, stored and filled in without harm or fault."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ets_desktop.domain import search_terms
from ets_desktop.domain.masking import mask_name, mask_phone
from ets_desktop.domain.search_terms import like_literal, shape_patterns
from ets_desktop.domain.templates import fill_template
from ets_desktop.domain.tickets import check_tags, says_something, tidy_name, tidy_tag, tidy_text

READINGS = (
    search_terms.understand,
    search_terms.understand_name,
    search_terms.understand_phone,
    search_terms.understand_order_no,
    search_terms.understand_customer,
    search_terms.understand_contents,
    search_terms.understand_tag,
)
#: A half of a pair comes by pasting; the rest are letters with a meaning somewhere below.
PIECES = [
    *("\ud800", "\udfff", "\x00", "%", "_", "\\", "'", '"', "{", "}", "{고객명}", "ㄱ", "김", "*"),
    *("０", "-", "+82", "010", "\u202e", "\u200b", "\n", "/", "[", "(", "💣", "é", "e\u0301"),
]
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)


def storable(text: str) -> bool:
    """What PostgreSQL takes."""
    return "\x00" not in text and text.encode("utf-8", "replace").decode() == text


@given(hostile)
@settings(max_examples=300)
def test_any_text_of_a_search_is_readings_the_database_takes(typed: str) -> None:
    for read in READINGS:
        for term in read(typed):
            assert term.text
            assert storable(term.text)
            if term.kind is search_terms.TermKind.SHAPE:
                assert all(map(storable, shape_patterns(term.text)))


@given(hostile)
@settings(max_examples=200)
def test_any_tag_is_stored_or_refused_with_a_code(typed: str) -> None:
    tidy = tidy_tag(typed)
    assert storable(tidy)
    assert tidy_tag(tidy) == tidy
    assert "\n" not in tidy
    fault = check_tags((typed,))
    assert fault is None or fault.code in ("tag_empty", "tag_too_long")
    assert storable(tidy_text(typed))


@pytest.mark.parametrize(
    "typed", ["", " \t\n", "\x00\x07", "\u200b\u202e", "\u3000", "\u3164\uffa0"]
)
def test_what_nobody_can_read_says_nothing(typed: str) -> None:
    assert not says_something(typed)
    assert says_something(f"{typed}자")


@given(hostile, st.dictionaries(st.sampled_from(["고객명", "상품명", "오늘"]), hostile))
@settings(max_examples=200)
def test_any_template_is_filled_once_and_no_value_is_read(
    body: str, values: dict[str, str]
) -> None:
    filled = fill_template(body, values)
    if not values:
        assert filled.text == body
    marked = fill_template("{고객명}", {"고객명": "{오늘}{상품명}"} | {"오늘": "X", "상품명": "Y"})
    assert marked.text == "{오늘}{상품명}"


@given(hostile)
@settings(max_examples=200)
def test_wildcards_of_any_text_are_letters(typed: str) -> None:
    pattern = like_literal(typed)
    unescaped = pattern.replace("\\\\", "").replace("\\%", "").replace("\\_", "")
    assert not set(unescaped) & set("\\%_")


@given(hostile)
def test_any_text_is_masked(typed: str) -> None:
    mask_name(typed)
    mask_phone(typed)


@pytest.mark.parametrize(
    "piece", ["1", "1-", "김", "ㄱ", "*", "김*", "O", "{", "{a", "{}", " ", "+", "٣", "０-"]
)
def test_a_text_without_end_is_read_at_once(piece: str) -> None:
    """No pattern of ours goes back and forth over it."""
    typed = piece * 20_000
    began = time.perf_counter()
    for read in READINGS:
        read(typed)
    tidy_tag(typed)
    fill_template(typed, {"a": "b"})
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "typed", ["물류  팀", "물류\u00a0팀", " 물류\n팀\u200b", "\u202e물류\t팀", "물류\u3000\x00팀"]
)
def test_names_that_look_alike_are_one_name(typed: str) -> None:
    assert tidy_name(typed) == "물류 팀"


@pytest.mark.parametrize("typed", ["", "\u200b", "\u3164", "\u3000 \x07", "\u202e"])
def test_a_name_that_nobody_can_read_is_none(typed: str) -> None:
    assert tidy_name(typed) == ""
