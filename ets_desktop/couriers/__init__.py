"""Couriers behind one protocol: an address refined, a pickup booked, called off, tracked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from ets_desktop.couriers.options import Options, centre_of
from ets_desktop.couriers.places import Booked, Centre, Order, Parcel, Scan, Wish
from ets_desktop.domain.couriers import Refined
from ets_desktop.domain.delivery import Miss
from ets_desktop.domain.errors import EtsError

#: How a house's settings name the couriers: `[couriers.<code>]`, and `centre` for its own address.
CourierTables = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a courier can be asked. `online`: it answers by itself; else sheets go to and fro."""

    online: bool = False
    refines: bool = False
    cancels: bool = False
    tracks: bool = False


#: What became of one wish.
Booking = tuple[Wish, Booked | Miss]
CallingOff = tuple[Wish, Miss | None]
Tracked = tuple[Parcel, tuple[Scan, ...] | Miss]


class Courier(Protocol):
    """One courier. A wish may be told again when its answer was lost: it is booked once.

    What it cannot do (see `capabilities`) raises EtsError `courier_cannot`.
    """

    @property
    def capabilities(self) -> Capabilities: ...

    def body_of(self, order: Order) -> Mapping[str, Any]:
        """The order in the courier's words, without secrets: stored before it is sent."""

    def refine(self, address: str) -> Refined:
        """주소 정제. RuleViolation with the fault of the address, Unavailable without answer."""

    def book(self, batch: Sequence[Wish]) -> Iterator[Booking]:
        """Each result as soon as it is known."""

    def cancel(self, batch: Sequence[Wish]) -> Iterator[CallingOff]:
        """Call off what was booked with these bodies."""

    def track(self, parcels: Sequence[Parcel]) -> Iterator[Tracked]:
        """What is known of each; those without news are left out."""


def _cj(options: Options, centre: Centre) -> AbstractContextManager[Courier]:
    from ets_desktop.couriers.cj import cj_courier

    return cj_courier(options, centre)


# A courier that answers by itself: a package here with a context manager that reads its options,
# and a line here. One of sheets: a layout in sheets/layouts.py.
ONLINE: Mapping[str, Callable[[Options, Centre], AbstractContextManager[Courier]]] = (
    MappingProxyType({"cj": _cj})
)


def open_courier(code: str, tables: CourierTables) -> AbstractContextManager[Courier]:
    """The courier `code` of the settings.

    Raises EtsError `courier_not_set`, `courier_not_online`, `courier_option`.
    """
    make = ONLINE.get(code)
    if make is None:
        raise EtsError("courier_not_online", courier=code)
    if code not in tables:
        raise EtsError("courier_not_set", courier=code)
    return make(Options(code, tables[code]), centre_of(tables.get("centre", {})))
