"""What 택배회수요청 asks for, and every reason to refuse it (spec 30)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ets_desktop.domain.claim_fees import FeeMethod
from ets_desktop.domain.claims import (
    EXCHANGES,
    REASONS,
    WITHOUT_GOODS,
    ClaimType,
    Fault,
    is_shipped,
)
from ets_desktop.domain.pickups import COURIERS, REFINING_COURIER
from ets_desktop.domain.refund_accounts import RefundAccount, account_fault
from ets_desktop.domain.tickets import check_phone, tidy_line

NOTE_LIMIT = 1_000
NAME_LIMIT = 100
ADDRESS_LIMIT = 300
ZIPCODE_LIMIT = 10
#: Beyond what any shop sells; a slip of the keyboard.
MONEY_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class LineWish:
    """So many pieces of one order line."""

    order_line_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class GoodsWish:
    """Goods that go out in exchange; `unit_price` as agreed, in whole KRW."""

    product_id: int
    unit_price: int
    quantity: int
    option: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """회송지 or 교환 배송지: never the customer's record, always this claim's own."""

    name: str
    address: str
    address_detail: str = ""
    zipcode: str = ""
    phone: str = ""
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class PickupWish:
    """Where and when a courier is to fetch the goods; `refined` is what 주소 정제 answered."""

    courier: str
    place: Place
    wished_on: date | None = None
    address_edited: bool = False
    refined: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """What the dialog holds. Without `pickup` the customer sends the goods (or nothing comes
    back). `goods` are for 다른상품교환 (and 맞교환 where they are others); `ship_to` is
    교환 배송지, None where the pickup is. `channel_status…` are the channel's code and words."""

    claim_type: ClaimType
    order_id: int
    lines: tuple[LineWish, ...]
    reason: str
    pickup: PickupWish | None = None
    goods: tuple[GoodsWish, ...] = ()
    ship_to: Place | None = None
    note: str = ""
    reason_note: str = ""
    discovered_on: date | None = None
    fee_payer: Fault = Fault.CUSTOMER
    fee: int = 0
    fee_method: FeeMethod | None = None
    refund_account: RefundAccount | None = None
    source: str = "desk"
    channel_status: str = ""
    channel_status_detail: str = ""


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What the database knows of an order line, its row being held; `amount` is what was paid for
    all of it, `taken` how many pieces claims have, `open_claim` the number of one under way."""

    order_line_id: int
    order_id: int
    product_id: int
    option: str
    order_status: str
    cancelled: bool
    bought: int
    amount: int
    taken: int
    open_claim: str
    tracking_no: str

    @property
    def left(self) -> int:
        return max(self.bought - self.taken, 0)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is refused; `code` is an error code of labels.py, `details` fill its words."""

    code: str
    field: str = ""
    details: Mapping[str, object] | None = None


def refusals(
    request: ClaimRequest, facts: Mapping[int, LineFacts], today: date
) -> Iterator[Refusal]:
    """Every reason why `request` is refused, the lines first, then field by field."""
    yield from _line_refusals(request, facts)
    if request.reason not in REASONS:
        yield Refusal("needs_claim_reason", "reason")
    if request.pickup is not None and request.claim_type in WITHOUT_GOODS:
        yield Refusal("nothing_to_collect", "pickup")
    elif request.pickup is not None:
        yield from pickup_refusals(request.pickup, today)
    yield from _goods_refusals(request)
    yield from _fee_refusals(request)
    for name, text in (("note", request.note), ("reason_note", request.reason_note)):
        if len(text) > NOTE_LIMIT:
            yield Refusal("text_too_long", name, {"limit": NOTE_LIMIT})
    if request.discovered_on is not None and request.discovered_on > today:
        yield Refusal("discovered_in_future", "discovered_on")


def _line_refusals(request: ClaimRequest, facts: Mapping[int, LineFacts]) -> Iterator[Refusal]:
    if not request.lines:
        yield Refusal("needs_claim_lines", "lines")
    if len({line.order_line_id for line in request.lines}) < len(request.lines):
        yield Refusal("line_twice", "lines")
    for wish in request.lines:
        known = facts.get(wish.order_line_id)
        if known is None or known.order_id != request.order_id:
            yield Refusal("line_of_other_order", "lines")
        else:
            yield from _refused_line(request.claim_type, wish, known)


def _refused_line(claim_type: ClaimType, wish: LineWish, known: LineFacts) -> Iterator[Refusal]:
    if known.cancelled or known.order_status == "cancelled":
        yield Refusal("order_cancelled", "lines")
    elif known.open_claim:
        yield Refusal("line_under_claim", "lines", {"claim": known.open_claim})
    elif claim_type is ClaimType.CANCEL and is_shipped(known.order_status):
        yield Refusal("already_shipped", "lines")
    elif claim_type is not ClaimType.CANCEL and not is_shipped(known.order_status):
        yield Refusal("not_shipped_yet", "lines")
    if wish.quantity < 1:
        yield Refusal("needs_quantity", "lines")
    elif wish.quantity > known.left:
        yield Refusal("quantity_over_left", "lines", {"left": known.left})


def pickup_refusals(wish: PickupWish, today: date) -> Iterator[Refusal]:
    """Every reason why a courier cannot be sent so."""
    if wish.courier not in COURIERS:
        yield Refusal("needs_courier", "courier")
    yield from _place_refusals(wish.place, "pickup")
    if wish.wished_on is not None and wish.wished_on < today:
        yield Refusal("wished_on_in_past", "wished_on")
    if wish.courier == REFINING_COURIER and wish.address_edited and wish.refined is None:
        yield Refusal("needs_refined_address", "address")


def tidy_place(place: Place) -> Place:
    """`place` as it is stored; numbers stay as they were typed."""
    return replace(
        place,
        name=tidy_line(place.name),
        address=tidy_line(place.address),
        address_detail=tidy_line(place.address_detail),
        zipcode=tidy_line(place.zipcode),
    )


def _place_refusals(typed_place: Place, where: str) -> Iterator[Refusal]:
    place = tidy_place(typed_place)
    if not place.name:
        yield Refusal("needs_place_name", f"{where}_name")
    if not place.address:
        yield Refusal("needs_address", f"{where}_address")
    if not (place.phone.strip() or place.mobile.strip()):
        yield Refusal("needs_place_phone", f"{where}_phone")
    for name, typed in (("phone", place.phone), ("mobile", place.mobile)):
        if typed.strip() and check_phone(name, typed) is not None:
            yield Refusal("no_phone_number", f"{where}_{name}")
    if len(place.name) > NAME_LIMIT:
        yield Refusal("text_too_long", f"{where}_name", {"limit": NAME_LIMIT})
    if max(len(place.address), len(place.address_detail)) > ADDRESS_LIMIT:
        yield Refusal("text_too_long", f"{where}_address", {"limit": ADDRESS_LIMIT})
    if len(place.zipcode) > ZIPCODE_LIMIT:
        yield Refusal("text_too_long", f"{where}_zipcode", {"limit": ZIPCODE_LIMIT})


def _goods_refusals(request: ClaimRequest) -> Iterator[Refusal]:
    if request.claim_type is ClaimType.EXCHANGE_OTHER and not request.goods:
        yield Refusal("needs_exchange_goods", "goods")
    if request.goods and request.claim_type not in (ClaimType.EXCHANGE_OTHER, ClaimType.SWAP):
        yield Refusal("no_exchange_goods", "goods")
    for wish in request.goods:
        if wish.quantity < 1:
            yield Refusal("needs_quantity", "goods")
        # Presents cost nothing, and still nobody sends a thousand million of them.
        if wish.unit_price < 0 or max(wish.unit_price, 1) * wish.quantity > MONEY_LIMIT:
            yield Refusal("no_amount", "goods")
    if request.claim_type not in EXCHANGES:
        return
    if request.ship_to is not None:
        yield from _place_refusals(request.ship_to, "ship")
    elif request.pickup is None:
        yield Refusal("needs_address", "ship_address")


def _fee_refusals(request: ClaimRequest) -> Iterator[Refusal]:
    if not 0 <= request.fee <= MONEY_LIMIT:
        yield Refusal("no_amount", "fee")
    elif request.fee and request.fee_payer is Fault.CUSTOMER and request.fee_method is None:
        yield Refusal("needs_fee_method", "fee_method")
    if request.refund_account is not None:
        fault = account_fault(request.refund_account)
        if fault:
            yield Refusal(fault, "refund_account")
