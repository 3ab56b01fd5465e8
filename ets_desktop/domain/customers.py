"""Rules of customers: what 고객저장 needs, where it refuses, what may be merged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID, uuid5

from ets_desktop.domain.hangul import nfc
from ets_desktop.domain.tickets import FieldFault, tidy_text

NAME_LIMIT = 100
#: What the fields of 고객상세 hold; longer text is refused, never cut.
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "flagged_reason": 200,
        "login_id": 100,
        "zipcode": 10,
        "address": 300,
        "address_detail": 300,
        "occupation": 50,
        "coupon": 100,
        "introducer": 100,
    }
)
#: 안심번호 change hands. Their life differs by service (3 h, 72 h, 30 days: facts/lgu.md §5.4); the
#: longest, for a live number taken for dead costs more than a doubt. `setting` may say otherwise.
SAFE_NUMBER_DAYS = 30
SAFE_NUMBER_DAYS_KEY = "safe_number_days"

_AMOUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})\s*원?")


class AddressKind(StrEnum):
    """주소지구분; "" while nobody asked."""

    UNKNOWN = ""
    HOME = "home"
    WORK = "work"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CustomerForm:
    """What 고객상세 edits of a customer; numbers and further addresses are apart.

    `flagged` (주의고객) asks a reason. `cashback` in KRW, `mailing` is 발송여부, `introducer` MGM.
    """

    name: str
    grade: str = "normal"
    flagged: bool = False
    flagged_reason: str = ""
    login_id: str = ""
    zipcode: str = ""
    address: str = ""
    address_detail: str = ""
    address_kind: str = AddressKind.UNKNOWN
    occupation: str = ""
    coupon: str = ""
    cashback: int = 0
    mailing: bool = False
    introducer: str = ""


@dataclass(frozen=True, slots=True)
class AddressForm:
    """An address beside the main one."""

    address: str
    kind: str = AddressKind.UNKNOWN
    zipcode: str = ""
    address_detail: str = ""


def check_customer(form: CustomerForm) -> tuple[FieldFault, ...]:
    """Every reason why 고객저장 refuses a tidied `form`."""
    faults = []
    if not form.name:
        faults.append(FieldFault("name", "needs_name"))
    elif len(form.name) > NAME_LIMIT:
        faults.append(FieldFault("name", "name_too_long", NAME_LIMIT))
    if form.flagged and not form.flagged_reason:
        faults.append(FieldFault("flagged_reason", "needs_flagged_reason"))
    faults += [
        FieldFault(name, "text_too_long", limit)
        for name, limit in LIMITS.items()
        if len(getattr(form, name)) > limit
    ]
    if form.cashback < 0:
        faults.append(FieldFault("cashback", "no_amount"))
    return tuple(faults)


def check_address(form: AddressForm) -> tuple[FieldFault, ...]:
    """Why a further address is refused: as the main one's fields are, when they are too long."""
    return tuple(
        FieldFault(name, "text_too_long", LIMITS[name])
        for name in ("zipcode", "address", "address_detail")
        if len(getattr(form, name)) > LIMITS[name]
    )


def tidy_customer(form: CustomerForm) -> CustomerForm:
    """`form` as it is stored: composed Hangul (or nobody finds the name), blanks folded; a reason
    without the warning it was for goes with it."""
    return replace(
        form,
        name=_line(form.name),
        flagged_reason=tidy_text(form.flagged_reason).strip() if form.flagged else "",
        login_id=_line(form.login_id),
        zipcode=_line(form.zipcode),
        address=_line(form.address),
        address_detail=_line(form.address_detail),
        occupation=_line(form.occupation),
        coupon=_line(form.coupon),
        introducer=_line(form.introducer),
    )


def tidy_address(form: AddressForm) -> AddressForm:
    return replace(
        form,
        zipcode=_line(form.zipcode),
        address=_line(form.address),
        address_detail=_line(form.address_detail),
    )


def amount_of(typed: str) -> int | None:
    """Whole KRW as people type them ("1,500원", "" is 0); None for what is no amount."""
    text = nfc(typed).strip()
    if not text:
        return 0
    amount = _AMOUNT.fullmatch(text)
    return int(amount[1].replace(",", "")) if amount else None


def newcomer_id(client_id: UUID, name: str) -> UUID:
    """The client-made id of who is named in the form `client_id`: the same name in the same form
    is the same customer, however often and by whichever button it is saved."""
    return uuid5(client_id, _line(name))


def refusal_to_merge(kept_id: int, merged_id: int) -> str | None:
    """The code of why these two cannot be merged, as far as it can be said without looking."""
    return "merge_with_itself" if kept_id == merged_id else None


def _line(text: str) -> str:
    return " ".join(nfc(tidy_text(text)).split())
