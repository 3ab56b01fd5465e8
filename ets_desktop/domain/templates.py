"""상용구: placeholders in braces, filled with what the form knows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.tickets import says_something, tidy_name, tidy_text

TITLE_LIMIT = 100
BODY_LIMIT = 2000
#: The names a template may use, in the order the manual tells them (spec 10).
CUSTOMER, ORDER_NO, PRODUCT = "고객명", "주문번호", "상품명"
AGENT, TODAY = "담당자", "오늘"
PLACES = (CUSTOMER, ORDER_NO, PRODUCT, AGENT, TODAY)

_PLACE = re.compile(r"\{([^{}\n]{1,30})\}")


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """`unfilled` names the places that stayed as they were, each once, in their order."""

    text: str
    unfilled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateText:
    """What an admin writes of one; `ticket_type` "" fits every ticket."""

    title: str
    body: str
    ticket_type: str = ""
    active: bool = True


def tidy_template(typed: TemplateText) -> TemplateText:
    """`typed` as it is stored; RuleViolation naming the field where it cannot be."""
    title, body = tidy_name(typed.title), tidy_text(typed.body).strip()
    if not title:
        raise RuleViolation("needs_template_title", field="title")
    if len(title) > TITLE_LIMIT:
        raise RuleViolation("text_too_long", field="title", limit=TITLE_LIMIT)
    if not says_something(body):
        raise RuleViolation("needs_template_body", field="body")
    if len(body) > BODY_LIMIT:
        raise RuleViolation("text_too_long", field="body", limit=BODY_LIMIT)
    return TemplateText(title, body, typed.ticket_type, typed.active)


def unknown_places(body: str) -> tuple[str, ...]:
    """The names in braces that nothing will ever fill, each once, in their order."""
    named = dict.fromkeys(place[1].strip() for place in _PLACE.finditer(body))
    return tuple(name for name in named if name not in PLACES)


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
