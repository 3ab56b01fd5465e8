"""One locked pickup, and how it is called off."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import NotFound
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
    WHERE claim_id = %(claim_id)s AND state IN ('requested', 'accepted')
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


def call_off(session: Session, claim_id: int) -> bool:
    """Cancel the live pickup of a claim, if the driver may still be called back; true if so."""
    return driver_of(session).execute(_CALL_OFF, {"claim_id": claim_id}).rowcount > 0
