"""One round with a courier: what is due is taken, told or asked, and noted."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event

from ets_desktop.couriers import Courier
from ets_desktop.couriers.places import Parcel, Scan, Wish
from ets_desktop.db.engine import Database
from ets_desktop.domain.couriers import key_of
from ets_desktop.domain.delivery import Miss
from ets_desktop.domain.errors import NotFound, Unavailable
from ets_desktop.services.courier_news import note_scans, take_parcels
from ets_desktop.services.couriers import (
    DueWish,
    TakeWishes,
    keep_body,
    note_booked,
    note_booking_missed,
    note_called_off,
    take_wishes,
)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """Wishes that got there or scans that were new, and what did not get through."""

    done: int = 0
    missed: int = 0

    def miss(self, pickup_id: int, miss: Miss, *, given_up: bool = False) -> None:
        self.missed += 1
        log.warning("pickup %s: %s%s", pickup_id, miss, ", given up" if given_up else "")

    def miss_database(self, error: Unavailable) -> None:
        """Couriers tell the same again, and book what they are told again once."""
        self.missed += 1
        log.warning("the database is away: %s", error.code)


def push_due(
    database: Database,
    code: str,
    courier: Courier,
    stopping: Event,
    tally: Tally,
    *,
    most: int = 20,
    rounds: int | None = None,
) -> None:
    """Everything that is due, in batches of `most`, at most `rounds` of them."""
    done = 0
    try:
        while not stopping.is_set() and done != rounds:
            batch = database.call(take_wishes, TakeWishes(code, most))
            if not batch:
                break
            _book(database, courier, [one for one in batch if not one.is_called_off], tally)
            _call_off(database, courier, [one for one in batch if one.is_called_off], tally)
            done += 1
    except Unavailable as error:
        tally.miss_database(error)


def track_due(database: Database, code: str, courier: Courier, tally: Tally) -> None:
    """One round of tracking."""
    try:
        parcels = database.call(take_parcels, code)
        for parcel, news in courier.track(parcels):
            if isinstance(news, Miss):
                tally.miss(parcel.pickup_id, news)
            else:
                tally.done += _noted(database, parcel, news)
    except Unavailable as error:
        tally.miss_database(error)


def _noted(database: Database, parcel: Parcel, scans: Sequence[Scan]) -> int:
    try:
        return database.call(note_scans, parcel.pickup_id, scans)
    except NotFound:
        log.warning("scans of %s, which is none of ours", parcel.key)
        return 0


def _book(database: Database, courier: Courier, due: Iterable[DueWish], tally: Tally) -> None:
    known = {one.pickup_id: one for one in due}
    for wish, result in courier.book(list(_kept(database, courier, known.values()))):
        if isinstance(result, Miss):
            given_up = database.call(note_booking_missed, known[wish.pickup_id], result)
            tally.miss(wish.pickup_id, result, given_up=given_up)
        else:
            database.call(note_booked, wish.pickup_id, result)
            tally.done += 1


def _kept(database: Database, courier: Courier, due: Iterable[DueWish]) -> Iterator[Wish]:
    """Their bodies, stored before anything is sent."""
    for one in due:
        body = one.body if one.body is not None else courier.body_of(one.order())
        if database.call(keep_body, one.pickup_id, body):
            yield Wish(one.pickup_id, key_of(one.pickup_id), body)


def _call_off(database: Database, courier: Courier, due: Iterable[DueWish], tally: Tally) -> None:
    known = {one.pickup_id: one for one in due}
    wishes = [Wish(one.pickup_id, key_of(one.pickup_id), one.body or {}) for one in known.values()]
    for wish, miss in courier.cancel(wishes):
        given_up = database.call(note_called_off, known[wish.pickup_id], miss)
        if miss is None:
            tally.done += 1
        else:
            tally.miss(wish.pickup_id, miss, given_up=given_up)
