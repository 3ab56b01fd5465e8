"""A customer's fields and their values as people read them: 고객상세, 변경 충돌, 이벤트내역."""

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType

from ets_desktop.domain import phone
from ets_desktop.domain.customers import CustomerForm
from ets_desktop.queries.customers import CustomerDetail
from ets_desktop.ui.formats import money_text
from ets_desktop.ui.labels import ADDRESS_KINDS, GRADES, MAILINGS, word

#: Fields of the rules → labels of spec 15.
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "name": "고객명",
        "grade": "등급",
        "flagged": "주의고객",
        "flagged_reason": "주의고객 사유",
        "login_id": "로그인 ID",
        "zipcode": "우편번호",
        "address": "주소",
        "address_detail": "상세주소",
        "address_kind": "주소지구분",
        "occupation": "직업",
        "coupon": "쿠폰",
        "cashback": "캐쉬백",
        "mailing": "발송여부",
        "introducer": "MGM",
    }
)
_EVENTS: Mapping[str, str] = MappingProxyType(
    {
        **LABELS,
        "created": "고객 등록",
        "phone": "전화번호",
        "other_address": "다른 주소",
        "merged": "병합",
        "merged_into": "병합됨",
        "merge_undone": "병합 취소",
    }
)
_CODES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "grade": GRADES,
        "address_kind": ADDRESS_KINDS,
        "mailing": MAILINGS,
        "flagged": {"true": "지정", "false": "해제"},
    }
)


def field_word(field: str) -> str:
    """The label of a field or event; itself if a newer program added it."""
    return word(_EVENTS, field)


def stored_text(field: str, value: str) -> str:
    """A value as the history stores it, in words."""
    if field in _CODES:
        return word(_CODES[field], value) if value else ""
    if field == "cashback" and value.isdecimal():
        return money_text(int(value))
    return phone.display(value) if field == "phone" and value else value


def value_text(field: str, form: CustomerForm) -> str:
    value = getattr(form, field)
    return stored_text(field, str(value).lower() if isinstance(value, bool) else str(value))


def form_of(detail: CustomerDetail) -> CustomerForm:
    """A customer as the rules edit them."""
    return CustomerForm(**{name: getattr(detail, name) for name in FIELDS})


FIELDS = tuple(field.name for field in fields(CustomerForm))
