"""What couriers are asked for and what they answer, whichever courier it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ets_desktop.domain.pickups import PickupState


@dataclass(frozen=True, slots=True)
class Centre:
    """Where returned goods go; phones are digits."""

    name: str
    address: str
    address_detail: str = ""
    zipcode: str = ""
    phone: str = ""
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """So many pieces of what is fetched."""

    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Order:
    """Goods to be fetched at a customer. `key` is ours and the same for every try, `today` is the
    day of the first one; phones are digits."""

    key: str
    today: date
    name: str
    address: str
    address_detail: str = ""
    zipcode: str = ""
    phone: str = ""
    mobile: str = ""
    original_waybill: str = ""
    wished_on: date | None = None
    goods: tuple[Goods, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a courier is told: `body` is an order in its own words, kept until it is fetched."""

    pickup_id: int
    key: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Booked:
    """The courier has it. `accepted`: it says so itself (a sheet does not); `repeated`: it had it
    before, the answer to an earlier try got lost."""

    booking_no: str
    accepted: bool = True
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """A pickup under way. Before the driver prints the label there is no waybill."""

    pickup_id: int
    key: str
    waybill: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a courier tells of a parcel; `state` is ours, the other texts are the courier's."""

    key: str
    at: datetime
    state: PickupState | None
    courier_state: str
    words: str = ""
    place: str = ""
    code: str = ""
    failed_at: str = ""
    waybill: str = ""
