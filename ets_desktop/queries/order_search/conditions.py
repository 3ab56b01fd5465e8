"""The conditions of 통합주문검색 as a frozen value, and the readings of what was typed in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.search_terms import (
    Term,
    TermKind,
    Wish,
    typed_text,
    understand,
    understand_name,
    understand_order_no,
    understand_phone,
)


class DateKind(StrEnum):
    """기간 기준: which of its dates a period is about, and by which the rows are sorted."""

    ORDERED = "ordered"
    PAID = "paid"
    SHIPPED = "shipped"


class Field(StrEnum):
    """The conditions that take a text with more than one reading."""

    ORDER_NO = "order_no"
    TRACKING_NO = "tracking_no"
    PHONE = "phone"
    ORDERER = "orderer"
    RECIPIENT = "recipient"
    ANYTHING = "anything"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class OrderSearch:
    """What the form of 통합주문검색 holds; an empty text is no condition, all others must hold.

    Dates are days in Seoul, both included. `anything` is 통합검색. `order_status` and
    `channel_code` are codes.
    """

    date_kind: str = DateKind.ORDERED
    date_from: date | None = None
    date_to: date | None = None
    channel_code: str = ""
    order_no: str = ""
    orderer: str = ""
    recipient: str = ""
    phone: str = ""
    product: str = ""
    tracking_no: str = ""
    order_status: str = ""
    address: str = ""
    anything: str = ""


def wishes_of(search: OrderSearch, *, limited: bool = False) -> tuple[Wish, ...]:
    """The fields of `search` with several readings, those that find fewest orders first.

    Raises RuleViolation `search_needs_condition` when nothing limits the search (spec 80: a
    period without a beginning does not) unless it is `limited` otherwise, and
    `search_phone_unreadable` for a 전화번호 that is none.
    """
    wishes = tuple(_wishes(search))
    address = typed_text(search.address)
    single = (search.date_from, search.channel_code, search.order_status, address)
    if not (wishes or limited or any(single)):
        raise RuleViolation("search_needs_condition")
    return wishes


def _wishes(search: OrderSearch) -> Iterator[Wish]:
    phone = understand_phone(search.phone)
    if search.phone.strip() and not phone:
        raise RuleViolation("search_phone_unreadable", field="phone")
    anything = understand(search.anything)
    is_text = any(term.kind is TermKind.PRODUCT for term in anything)
    read = (
        (Field.ORDER_NO, understand_order_no(search.order_no)),
        (Field.TRACKING_NO, _plain(TermKind.TRACKING_NO, search.tracking_no)),
        (Field.PHONE, phone),
        (Field.ANYTHING, () if is_text else anything),
        (Field.ORDERER, understand_name(search.orderer)),
        (Field.RECIPIENT, understand_name(search.recipient)),
        (Field.ANYTHING, anything if is_text else ()),
        (Field.PRODUCT, _plain(TermKind.PRODUCT, search.product)),
    )
    return (Wish(terms, field) for field, terms in read if terms)


def _plain(kind: TermKind, typed: str) -> tuple[Term, ...]:
    text = typed_text(typed)
    return (Term(kind, text),) if text else ()
