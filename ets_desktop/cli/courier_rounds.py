"""One round with a courier: what is due is taken, told or asked, and noted."""

import logging
from collections.abc import Iterable, Iterator, Sequence
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


def push_due(
    database: Database,
    code: str,
    courier: Courier,
    stopping: Event,
    *,
    most: int = 20,
    rounds: int | None = None,
) -> int:
    """Everything that is due, in batches of `most`; how many did not arrive."""
    missed = done = 0
    try:
        while not stopping.is_set() and done != rounds:
            batch = database.call(take_wishes, TakeWishes(code, most))
            if not batch:
                break
            missed += _book(database, courier, [one for one in batch if not one.is_called_off])
            missed += _call_off(database, courier, [one for one in batch if one.is_called_off])
            done += 1
    except Unavailable as error:
        # What was booked without being noted is told again, and booked once.
        log.warning("the database is away: %s", error.code)
        missed += 1
    return missed


def track_due(database: Database, code: str, courier: Courier) -> int:
    """One round of tracking; how many parcels could not be asked about."""
    missed = fresh = 0
    try:
        parcels = database.call(take_parcels, code)
        for parcel, news in courier.track(parcels):
            if isinstance(news, Miss):
                missed += 1
                log.warning("pickup %s not tracked: %s", parcel.pickup_id, news)
            else:
                fresh += _noted(database, parcel, news)
    except Unavailable as error:
        # A courier tells the same again: each scan is kept once.
        log.warning("the database is away: %s", error.code)
        missed += 1
    if fresh or missed:
        log.info("%d scans, %d parcels missed", fresh, missed)
    return missed


def _noted(database: Database, parcel: Parcel, scans: Sequence[Scan]) -> int:
    try:
        return database.call(note_scans, parcel.pickup_id, scans)
    except NotFound:
        log.warning("scans of %s, which is none of ours", parcel.key)
        return 0


def _book(database: Database, courier: Courier, due: Iterable[DueWish]) -> int:
    known = {one.pickup_id: one for one in due}
    missed = 0
    for wish, result in courier.book(list(_kept(database, courier, known.values()))):
        if isinstance(result, Miss):
            given_up = database.call(note_booking_missed, known[wish.pickup_id], result)
            missed += _told(wish.pickup_id, result, given_up)
        else:
            database.call(note_booked, wish.pickup_id, result)
    return missed


def _kept(database: Database, courier: Courier, due: Iterable[DueWish]) -> Iterator[Wish]:
    """Their bodies, stored before anything is sent."""
    for one in due:
        body = one.body if one.body is not None else courier.body_of(one.order())
        if database.call(keep_body, one.pickup_id, body):
            yield Wish(one.pickup_id, key_of(one.pickup_id), body)


def _call_off(database: Database, courier: Courier, due: Iterable[DueWish]) -> int:
    known = {one.pickup_id: one for one in due}
    wishes = [Wish(one.pickup_id, key_of(one.pickup_id), one.body or {}) for one in known.values()]
    missed = 0
    for wish, miss in courier.cancel(wishes):
        given_up = database.call(note_called_off, known[wish.pickup_id], miss)
        if miss is not None:
            missed += _told(wish.pickup_id, miss, given_up)
    return missed


def _told(pickup_id: int, miss: Miss, given_up: bool) -> int:
    log.warning("pickup %s: %s%s", pickup_id, miss, ", given up" if given_up else "")
    return 1
