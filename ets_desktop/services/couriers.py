"""Pickups on their way to the couriers: taken, sent at least once, tried again, given up.

Taking is a lease as with the outbox. A booking may be called off while it is on its way: whoever
brought it there then leaves the calling off to be sent, after the booking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from psycopg.sql import SQL
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.couriers.places import Booked, Goods, Order
from ets_desktop.db.engine import driver_of
from ets_desktop.domain.couriers import Unsent, key_of
from ets_desktop.domain.delivery import Miss, next_wait
from ets_desktop.domain.pickups import PickupState, SendState
from ets_desktop.queries.reading import read, read_at
from ets_desktop.services.claim_rows import lock_claim
from ets_desktop.services.pickup_rows import claim_of_pickup, lock_pickup
from ets_desktop.services.pickups import PickupNews, PickupSending, note_sending, take_pickup_news

# Fetched, arrived or failed meanwhile: there is nothing left to tell.
_SETTLE = SQL("""
    UPDATE pickup SET send_state = '' WHERE courier = %(courier)s AND send_state = 'waiting'
        AND send_after <= clock_timestamp() AND state NOT IN ('requested', 'cancelled')
""")
# The lock is looked at again once it is held: two pushers that saw the same row take it once.
_TAKE = SQL("""
    UPDATE pickup SET send_tries = send_tries + 1, send_after = clock_timestamp() + %(lease)s
    WHERE id IN (
        SELECT p.id FROM pickup p
        WHERE p.courier = %(courier)s AND p.send_state = 'waiting'
            AND p.send_after <= clock_timestamp() AND p.state IN ('requested', 'cancelled')
        ORDER BY p.send_after, p.id LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED
    )
    RETURNING id AS pickup_id, state = 'cancelled' AS is_called_off, send_tries AS tries,
        sent_body AS body,
        (clock_timestamp() AT TIME ZONE 'Asia/Seoul')::date AS today,
        name, address, address_detail, zipcode, phone, mobile, original_waybill, wished_on, note,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('name', g.name, 'quantity', l.quantity)
                ORDER BY l.id), '[]')
         FROM claim_line l JOIN order_line b ON b.id = l.order_line_id
            JOIN product g ON g.id = b.product_id
         WHERE l.claim_id = pickup.claim_id) AS goods
""")
_KEEP = SQL("""
    UPDATE pickup SET sent_body = %(body)s
    WHERE id = %(pickup_id)s AND state = 'requested' AND send_state = 'waiting'
""")
_ANEW = SQL("""
    UPDATE pickup SET send_state = 'waiting', send_tries = 0, send_after = clock_timestamp()
    WHERE send_state = 'failed' AND state IN ('requested', 'cancelled')
        AND (%(ids)s::bigint[] IS NULL OR id = ANY(%(ids)s))
""")
_MISSED = SQL("""
    UPDATE pickup SET send_error = %(error)s,
        send_state = CASE WHEN %(wait)s::interval IS NULL THEN 'failed' ELSE send_state END,
        sent_body = CASE WHEN %(is_unsent)s THEN NULL ELSE sent_body END,
        send_after = clock_timestamp() + coalesce(%(wait)s, interval '0')
    WHERE id = %(pickup_id)s AND send_state = 'waiting'
""")
_NOTHING_TO_SEND = SQL("""
    UPDATE pickup SET send_state = '', send_error = '', sent_body = NULL WHERE id = %(pickup_id)s
""")
#: The courier knows nothing of it, whatever was tried before.
_KNOWS_NOTHING: Final = (Unsent.REFUSED, Unsent.SAME_ADDRESS)
#: This try did not get there.
_NOT_HEARD: Final = (Unsent.UNREACHABLE, Unsent.LOGIN, Unsent.FILE)


@dataclass(frozen=True, slots=True)
class TakeWishes:
    """`lease`: for how long nobody else takes them."""

    courier: str
    most: int = 20
    lease: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class DueWish:
    """A pickup of which its courier is to hear; `body` is what it may have heard already."""

    pickup_id: int
    is_called_off: bool
    tries: int
    body: Mapping[str, Any] | None
    today: date
    name: str
    address: str
    address_detail: str
    zipcode: str
    phone: str
    mobile: str
    original_waybill: str
    wished_on: date | None
    note: str
    goods: Sequence[Mapping[str, Any]]

    def order(self) -> Order:
        """As couriers are asked; one wished for a day gone by is wished for soon."""
        wished = self.wished_on if self.wished_on and self.wished_on >= self.today else None
        return Order(
            key=key_of(self.pickup_id),
            today=self.today,
            name=self.name,
            address=self.address,
            address_detail=self.address_detail,
            zipcode=self.zipcode,
            phone=self.phone,
            mobile=self.mobile,
            original_waybill=self.original_waybill,
            wished_on=wished,
            goods=tuple(Goods(one["name"], one["quantity"]) for one in self.goods),
            note=self.note,
        )


def take_wishes(session: Session, command: TakeWishes) -> tuple[DueWish, ...]:
    """Those of a courier that are due, the oldest first; each counts as a try."""
    given = {"courier": command.courier, "most": command.most, "lease": command.lease}
    driver_of(session).execute(_SETTLE, given)
    return tuple(sorted(read(session, _TAKE, given, DueWish), key=lambda one: one.pickup_id))


def keep_body(session: Session, pickup_id: int, body: Mapping[str, Any]) -> bool:
    """Before it is sent; false if it was called off meanwhile and is not to be sent."""
    given = {"pickup_id": pickup_id, "body": Jsonb(dict(body))}
    return driver_of(session).execute(_KEEP, given).rowcount == 1


def note_booked(session: Session, pickup_id: int, booked: Booked) -> None:
    """The courier has it. NotFound `no_such_pickup`."""
    now = read_at(session)
    if _is_called_off(session, pickup_id):
        _call_off_next(session, pickup_id, booking_no=booked.booking_no)
        return
    note_sending(
        session,
        PickupSending(
            pickup_id, SendState.SENT, send_error="", booking_no=booked.booking_no, sent_at=now
        ),
    )
    if booked.accepted:
        take_pickup_news(session, PickupNews(pickup_id, "booked", now, PickupState.ACCEPTED))


def note_booking_missed(session: Session, wish: DueWish, miss: Miss) -> bool:
    """A booking that failed, or whose answer was lost; true if it was given up.

    What the courier cannot know of is made anew for the next try, and never called off there.
    """
    is_unsent = miss.why in _KNOWS_NOTHING or (wish.body is None and miss.why in _NOT_HEARD)
    if not _is_called_off(session, wish.pickup_id):
        return _note_missed(session, wish, miss, is_unsent=is_unsent)
    if is_unsent:
        driver_of(session).execute(_NOTHING_TO_SEND, {"pickup_id": wish.pickup_id})
    else:
        _call_off_next(session, wish.pickup_id)
    return False


def note_called_off(session: Session, wish: DueWish, miss: Miss | None) -> bool:
    """What became of a calling off; true if it was given up."""
    if miss is not None:
        return _note_missed(session, wish, miss)
    note_sending(session, PickupSending(wish.pickup_id, SendState.SENT, send_error=""))
    return False


def send_wishes_anew(session: Session, ids: Sequence[int] | None = None) -> int:
    """실패 goes back to 전송대기: those of `ids`, all of them without; how many there were."""
    given = {"ids": None if ids is None else list(ids)}
    return driver_of(session).execute(_ANEW, given).rowcount


def _is_called_off(session: Session, pickup_id: int) -> bool:
    """Its row is held from here on, and its claim's before it."""
    lock_claim(session, claim_of_pickup(session, pickup_id))
    return lock_pickup(session, pickup_id).state is PickupState.CANCELLED


def _call_off_next(session: Session, pickup_id: int, booking_no: str | None = None) -> None:
    """Even if another pusher tried before the booking was there."""
    note_sending(
        session,
        PickupSending(
            pickup_id,
            SendState.WAITING,
            send_error="",
            send_tries=0,
            send_after=read_at(session),
            booking_no=booking_no,
        ),
    )


def _note_missed(session: Session, wish: DueWish, miss: Miss, *, is_unsent: bool = False) -> bool:
    wait = next_wait(miss, wish.tries)
    given = {"pickup_id": wish.pickup_id, "error": str(miss), "wait": wait}
    driver_of(session).execute(_MISSED, given | {"is_unsent": is_unsent})
    return wait is None
