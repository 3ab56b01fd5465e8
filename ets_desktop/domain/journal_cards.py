"""What the journal of a desk holds of a customer's card that is being written (spec 20, 85)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from ets_desktop.domain.customers import AddressForm, CustomerForm
from ets_desktop.domain.errors import RuleViolation

#: What tells a card from a form in the journal.
_CARD = "card"
Form = TypeVar("Form", CustomerForm, AddressForm)


@dataclass(frozen=True, slots=True)
class TypedCard:
    """고객상세 as it stands; nothing in it need be valid yet.

    `phone`, `mobile`, `cashback` and `pending` (추가할 번호) are what is typed there; `numbers` and
    `addresses` were added, those of the ids taken out.
    """

    form: CustomerForm
    phone: str = ""
    mobile: str = ""
    cashback: str = ""
    pending: str = ""
    numbers: tuple[str, ...] = ()
    removed_phones: tuple[int, ...] = ()
    addresses: tuple[AddressForm, ...] = ()
    removed_addresses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CardEntry:
    """`customer_id` and `version` are those of who is changed, None for a new one; `before` what
    stood there when the writing began. `client_id` is a new card's own, `form_id` the form in which
    it was begun. `customer` (masked as in lists) is the word for it."""

    at: datetime
    client_id: UUID
    form_id: UUID
    typed: TypedCard
    before: CustomerForm
    customer_id: int | None = None
    version: int | None = None
    customer: str = ""


def card_to_json(entry: CardEntry) -> dict[str, Any]:
    """Plain JSON values that `card_from_json` reads back to an equal value."""
    ids = {"client_id": str(entry.client_id), "form_id": str(entry.form_id)}
    return {_CARD: asdict(entry) | ids | {"at": entry.at.isoformat()}}


def is_card(written: Mapping[str, Any]) -> bool:
    return _CARD in written


def card_from_json(written: Mapping[str, Any]) -> CardEntry:
    """Raises RuleViolation `draft_unreadable` for anything else than a card."""
    try:
        card = written[_CARD]
        at = datetime.fromisoformat(card["at"])
        if at.tzinfo is None:
            raise ValueError("time zone")
        return CardEntry(
            at=at,
            client_id=UUID(card["client_id"]),
            form_id=UUID(card["form_id"]),
            typed=_typed(card["typed"]),
            before=_form(CustomerForm, card["before"]),
            customer_id=card["customer_id"],
            version=card["version"],
            customer=str(card["customer"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise RuleViolation("draft_unreadable") from None


def _typed(written: Mapping[str, Any]) -> TypedCard:
    return TypedCard(
        form=_form(CustomerForm, written["form"]),
        **{name: str(written[name]) for name in ("phone", "mobile", "cashback", "pending")},
        numbers=tuple(str(number) for number in written["numbers"]),
        removed_phones=tuple(int(number) for number in written["removed_phones"]),
        addresses=tuple(_form(AddressForm, address) for address in written["addresses"]),
        removed_addresses=tuple(int(number) for number in written["removed_addresses"]),
    )


def _form(kind: type[Form], written: Mapping[str, Any]) -> Form:
    """By an older program some fields are missing, by a newer one there may be more."""
    return kind(**{one.name: written[one.name] for one in fields(kind) if one.name in written})
