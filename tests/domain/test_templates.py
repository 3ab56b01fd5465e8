"""상용구: places are filled, and what cannot be filled stays and is told."""

import pytest

from ets_desktop.domain.templates import FilledTemplate, fill_template

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
