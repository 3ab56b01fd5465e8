"""Postage of a claim: who pays it and how, what is refunded, what is still owed (spec 30).

Money is whole KRW. The share of a line's price is reckoned so that the shares of all its pieces
add up to the whole, however they are claimed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ets_desktop.domain.claims import EXCHANGES, REASONS, WITHOUT_GOODS, ClaimType, Fault


class FeeMethod(StrEnum):
    """결제방법: paid on the channel's page, put into the parcel, by bank transfer, not yet paid."""

    ON_SITE = "on_site"
    ENCLOSED = "enclosed"
    TRANSFER = "transfer"
    UNPAID = "unpaid"


#: One way, and both ways.
RETURN_FEE = 3_000
EXCHANGE_FEE = 6_000
RATES: Mapping[str, int] = MappingProxyType({"return": RETURN_FEE, "exchange": EXCHANGE_FEE})


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a claim comes to.

    `goods` is what was paid for the claimed pieces, `exchange` the price of what goes out for
    them; `difference` (차액) is what the customer pays more, negative what they get back. `fee` is
    the postage the customer bears, `deducted` what of it the refund is less; `refund` is paid out,
    `due` is still to come from the customer.
    """

    goods: int
    exchange: int
    difference: int
    fee: int
    deducted: int
    refund: int
    due: int


def payer_of(reason: str, chosen: Fault | None = None) -> Fault:
    """비용부담 proposed for a reason: whose fault it is (제18조), unless the desk chose."""
    return chosen or REASONS.get(reason) or Fault.CUSTOMER


def default_fee(claim_type: ClaimType, payer: Fault, rates: Mapping[str, int] = RATES) -> int:
    """배송비 proposed: nothing for the customer unless it is theirs to pay and goods travel."""
    if claim_type in WITHOUT_GOODS or payer is not Fault.CUSTOMER:
        return 0
    return rates["exchange"] if claim_type in EXCHANGES else rates["return"]


def share_of(whole: int, bought: int, taken: int, quantity: int) -> int:
    """The share of `quantity` pieces in the price `whole` of `bought` pieces, `taken` of which
    are claimed already; the shares of all pieces add up to `whole`."""
    return whole * (taken + quantity) // bought - whole * taken // bought


def open_fee(fee: int, payer: Fault, method: FeeMethod | None) -> int:
    """What of the postage the customer still owes: all of it while it is 미수."""
    return fee if payer is Fault.CUSTOMER and method is FeeMethod.UNPAID else 0


def settle(
    claim_type: ClaimType,
    goods: int,
    exchange: int,
    fee: int,
    payer: Fault,
    method: FeeMethod | None,
) -> Settlement:
    """What a claim comes to when it is done as asked.

    A postage that is not paid yet (미수) is taken from the refund as far as that goes, and the rest
    is due; one that is paid on the page, enclosed or transferred changes no refund. 회수 refunds
    nothing; an exchange for the same costs no difference.
    """
    borne = fee if payer is Fault.CUSTOMER else 0
    swapped = claim_type in EXCHANGES
    difference = exchange - goods if claim_type is ClaimType.EXCHANGE_OTHER else 0
    paid_back = 0 if claim_type is ClaimType.COLLECT_ONLY else goods
    back = max(-difference, 0) if swapped else paid_back
    owed = open_fee(fee, payer, method)
    deducted = min(owed, back)
    due = owed - deducted + max(difference, 0)
    return Settlement(goods, exchange, difference, borne, deducted, back - deducted, due)
