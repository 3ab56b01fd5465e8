"""Couriers that take a sheet and give one back: 우체국, 한진, 롯데, 로젠."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ets_desktop.couriers import Booking, CallingOff, Capabilities, Tracked
from ets_desktop.couriers.places import Booked, Centre, Order, Parcel, Wish
from ets_desktop.couriers.sheets.layouts import LAYOUTS, Layout
from ets_desktop.domain.couriers import Refined, Unsent
from ets_desktop.domain.delivery import Miss
from ets_desktop.domain.errors import EtsError

#: Writes titles and rows whole or not at all; raises OSError.
WriteSheet = Callable[[Sequence[str], Sequence[Sequence[str]]], None]


@dataclass(frozen=True, slots=True)
class SheetCourier:
    """Books by writing a sheet, which somebody uploads; what it numbered comes back as one."""

    code: str
    layout: Layout
    centre: Centre
    write: WriteSheet

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities()

    def body_of(self, order: Order) -> Mapping[str, Any]:
        return self.layout.row(self.centre, order)

    def refine(self, address: str) -> Refined:
        raise EtsError("courier_cannot", courier=self.code)

    def book(self, batch: Sequence[Wish]) -> Iterator[Booking]:
        """All of them in one sheet, but for those that the courier would refuse."""
        good = [wish for wish in batch if not self.layout.is_to_itself(wish.body)]
        refused = Miss(Unsent.SAME_ADDRESS, final=True)
        yield from ((wish, refused) for wish in batch if wish not in good)
        if not good:
            return
        titles = tuple(good[0].body)
        try:
            self.write(
                titles, [[str(wish.body.get(title, "")) for title in titles] for wish in good]
            )
        except OSError as error:
            miss = Miss(Unsent.FILE, type(error).__name__)
            yield from ((wish, miss) for wish in good)
            return
        # A sheet says nothing: it is accepted when its results come.
        yield from ((wish, Booked("", accepted=False)) for wish in good)

    def cancel(self, batch: Sequence[Wish]) -> Iterator[CallingOff]:
        """No sheet calls anything off: somebody has to ring them up."""
        yield from ((wish, Miss(Unsent.CANNOT_CANCEL, final=True)) for wish in batch)

    def track(self, parcels: Sequence[Parcel]) -> Iterator[Tracked]:
        raise EtsError("courier_cannot", courier=self.code)


def sheet_courier(code: str, centre: Centre, write: WriteSheet) -> SheetCourier:
    """Raises EtsError `courier_no_sheet`."""
    layout = LAYOUTS.get(code)
    if layout is None:
        raise EtsError("courier_no_sheet", courier=code)
    return SheetCourier(code, layout, centre, write)
