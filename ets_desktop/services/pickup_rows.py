"""One locked pickup, how one is written and how it is called off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.sql import SQL
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.claim_requests import PickupWish, Place, tidy_place
from ets_desktop.domain.errors import NotFound
from ets_desktop.domain.phone import digits_of
from ets_desktop.domain.pickups import PickupState, SendState
from ets_desktop.queries.reading import read_mappings

_CLAIM_OF = SQL("SELECT claim_id FROM pickup WHERE id = %(pickup_id)s")
_LOCK = SQL("""
    SELECT p.id AS pickup_id, p.claim_id, p.state, p.courier, p.attempt, p.send_state,
        p.send_tries, p.return_waybill, p.sent_body IS NOT NULL OR p.booking_no <> '' AS was_sent
    FROM pickup p WHERE p.id = %(pickup_id)s FOR NO KEY UPDATE
""")
# What a courier has heard of must hear of this, too.
_CALL_OFF = SQL("""
    UPDATE pickup SET state = 'cancelled', send_error = '', send_tries = 0,
        send_after = clock_timestamp(),
        send_state = CASE WHEN sent_body IS NULL AND booking_no = '' THEN '' ELSE 'waiting' END
    WHERE id = %(pickup_id)s
""")
_LIVE = SQL("""
    SELECT id FROM pickup WHERE claim_id = %(claim_id)s AND state IN ('requested', 'accepted')
    FOR NO KEY UPDATE
""")
_INSERT = SQL("""
    INSERT INTO pickup (claim_id, order_id, courier, original_waybill, wished_on, customer_name,
        name, phone, mobile, zipcode, address, address_detail, note, refined, requested_by)
    VALUES (%(claim_id)s, %(order_id)s, %(courier)s, %(original_waybill)s, %(wished_on)s,
        %(customer_name)s, %(name)s, %(phone)s, %(mobile)s, %(zipcode)s, %(address)s,
        %(address_detail)s, %(note)s, %(refined)s, %(actor_id)s)
    RETURNING id
""")


@dataclass(frozen=True, slots=True)
class LockedPickup:
    """A pickup whose row this transaction holds; `was_sent`: the courier may know of it."""

    pickup_id: int
    claim_id: int
    state: PickupState
    courier: str
    attempt: int
    send_state: SendState
    send_tries: int
    return_waybill: str
    was_sent: bool


def claim_of_pickup(session: Session, pickup_id: int) -> int:
    """The claim, which is locked before its pickup. NotFound `no_such_pickup`."""
    found = read_mappings(session, _CLAIM_OF, {"pickup_id": pickup_id})
    if not found:
        raise NotFound("no_such_pickup")
    return int(found[0]["claim_id"])


def lock_pickup(session: Session, pickup_id: int) -> LockedPickup:
    """The pickup, held until the end; its claim is held already."""
    row = read_mappings(session, _LOCK, {"pickup_id": pickup_id})[0]
    states = {"state": PickupState(row["state"]), "send_state": SendState(row["send_state"])}
    return LockedPickup(**row | states)


def write_pickup(session: Session, wish: PickupWish, about: Mapping[str, Any]) -> int:
    """A pickup as wished; `about` are claim, order, actor, customer's name, note and the waybill
    the goods went out with."""
    row = {
        **about,
        "courier": wish.courier,
        "wished_on": wish.wished_on,
        "refined": None if wish.refined is None else Jsonb(dict(wish.refined)),
        **place_columns(wish.place),
    }
    return int(str(driver_of(session).execute(_INSERT, row).fetchall()[0][0]))


def place_columns(place: Place) -> dict[str, str]:
    """회송지 or 교환 배송지 as it is stored: phones in digits."""
    place = tidy_place(place)
    return {
        "name": place.name,
        "phone": digits_of(place.phone) or "",
        "mobile": digits_of(place.mobile) or "",
        "zipcode": place.zipcode,
        "address": place.address,
        "address_detail": place.address_detail,
    }


def collecting(wish: PickupWish) -> dict[str, Any]:
    """What logistics is told of where goods come from."""
    return {"courier": wish.courier, "collect_from": place_columns(wish.place)}


def call_off(session: Session, pickup_id: int) -> None:
    """Cancel a pickup; a courier that may know of it is told."""
    driver_of(session).execute(_CALL_OFF, {"pickup_id": pickup_id})


def call_off_live(session: Session, claim_id: int) -> int | None:
    """Cancel what the driver may still be called back from: the pickup's id, None without one."""
    found = read_mappings(session, _LIVE, {"claim_id": claim_id})
    if not found:
        return None
    call_off(session, found[0]["id"])
    return int(found[0]["id"])
