"""상용구: placeholders in braces, filled with what the form knows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

BODY_LIMIT = 2000
#: The names a template may use, in the order the manual tells them (spec 10).
CUSTOMER, ORDER_NO, PRODUCT = "고객명", "주문번호", "상품명"
AGENT, TODAY = "담당자", "오늘"

_PLACE = re.compile(r"\{([^{}\n]{1,30})\}")


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """`unfilled` names the places that stayed as they were, each once, in their order."""

    text: str
    unfilled: tuple[str, ...]


def fill_template(body: str, values: Mapping[str, str]) -> FilledTemplate:
    """`body` with each `{name}` replaced by its value; unknown and empty ones stay visible.

    What a value says is never read again: a customer called "{오늘}" stays one.
    """
    unfilled: dict[str, None] = {}

    def put(place: re.Match[str]) -> str:
        name = place[1].strip()
        value = values.get(name, "").strip()
        if not value:
            unfilled[name] = None
        return value or place[0]

    return FilledTemplate(_PLACE.sub(put, body), tuple(unfilled))
