"""상용구: places are filled, and what cannot be filled stays and is told."""

import pytest

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.templates import (
    FilledTemplate,
    TemplateText,
    fill_template,
    tidy_template,
    unknown_places,
)

VALUES = {"고객명": "김정민", "주문번호": "2026-1", "상품명": " "}


@pytest.mark.parametrize(
    ("body", "text", "unfilled"),
    [
        ("{고객명} 고객님, 주문 {주문번호}", "김정민 고객님, 주문 2026-1", ()),
        ("{상품명} 교환", "{상품명} 교환", ("상품명",)),
        ("{ 고객명 }과 {모름}, {모름}", "김정민과 {모름}, {모름}", ("모름",)),
        ("{} {고객명", "{} {고객명", ()),
        ("{{고객명}}", "{김정민}", ()),
        ("", "", ()),
    ],
)
def test_places_are_filled_with_what_is_known(
    body: str, text: str, unfilled: tuple[str, ...]
) -> None:
    assert fill_template(body, VALUES) == FilledTemplate(text, unfilled)


def test_a_value_that_looks_like_a_place_is_not_filled_again() -> None:
    filled = fill_template("{고객명}", {"고객명": "{오늘}", "오늘": "2026-11-22"})
    assert filled == FilledTemplate("{오늘}", ())


def test_names_that_nothing_fills_are_told_once() -> None:
    assert unknown_places("{고객명} { 고객이름 } {고객이름} {}, {도착일}") == ("고객이름", "도착일")
    assert unknown_places("{고객명}{주문번호}{상품명}{담당자}{오늘}") == ()


def test_a_template_is_stored_tidied() -> None:
    typed = TemplateText(" 배송\n 지연 ", "\n내일\r\n도착합니다. \n", "delivery", active=False)
    stored = TemplateText("배송 지연", "내일\n도착합니다.", "delivery", active=False)
    assert tidy_template(typed) == stored


@pytest.mark.parametrize(
    ("title", "body", "code", "field"),
    [
        (" \n", "내용", "needs_template_title", "title"),
        ("가" * 101, "내용", "text_too_long", "title"),
        ("제목", " \n", "needs_template_body", "body"),
        ("제목", "가" * 2_001, "text_too_long", "body"),
    ],
)
def test_a_template_is_refused_at_its_field(title: str, body: str, code: str, field: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        tidy_template(TemplateText(title, body))
    assert (refused.value.code, refused.value.field) == (code, field)
