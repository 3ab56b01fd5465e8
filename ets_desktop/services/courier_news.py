"""What couriers tell of pickups: their scans, and the waybills of a result sheet (spec 30)."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.couriers.places import Parcel, Scan
from ets_desktop.domain.couriers import TRACK_EVERY, TRACK_FOR, key_of
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.pickups import CANCELLABLE, PickupState
from ets_desktop.domain.waybills import waybill_digits
from ets_desktop.queries.reading import read_at, read_mappings
from ets_desktop.services.pickups import PickupNews, PickupSending, note_sending, take_pickup_news

# One round for all of a courier: some of its answers are about all of them.
_TAKE = SQL("""
    UPDATE pickup SET tracked_at = clock_timestamp()
    WHERE id IN (
        SELECT p.id FROM pickup p
        WHERE p.courier = %(courier)s AND p.state IN ('accepted', 'collected', 'in_transit')
            AND p.accepted_at > clock_timestamp() - %(within)s
        ORDER BY p.id FOR NO KEY UPDATE SKIP LOCKED
    ) AND NOT EXISTS (
        SELECT FROM pickup r
        WHERE r.courier = %(courier)s AND r.state IN ('accepted', 'collected', 'in_transit')
            AND r.tracked_at > clock_timestamp() - %(apart)s
    )
    RETURNING id AS pickup_id, return_waybill
""")
_KNOWN = SQL("""
    SELECT courier, state, return_waybill FROM pickup WHERE id = %(pickup_id)s
""")


@dataclass(frozen=True, slots=True)
class TakeResult:
    """A row of a result sheet: the courier numbered our pickup."""

    courier: str
    pickup_id: int
    waybill: str


def take_parcels(session: Session, courier: str) -> tuple[Parcel, ...]:
    """What is to be tracked now: none before TRACK_EVERY after the last time, none that was
    booked more than TRACK_FOR ago."""
    given = {"courier": courier, "within": TRACK_FOR, "apart": TRACK_EVERY}
    return tuple(
        Parcel(row["pickup_id"], key_of(row["pickup_id"]), row["return_waybill"])
        for row in read_mappings(session, _TAKE, given)
    )


def note_scans(session: Session, pickup_id: int, scans: Sequence[Scan]) -> int:
    """Each scan once, in their order in time; how many were new. NotFound `no_such_pickup`."""
    fresh = 0
    for scan in sorted(scans, key=lambda one: one.at):
        news = PickupNews(
            pickup_id,
            f"{scan.courier_state}/{scan.at:%Y%m%d%H%M%S}",
            scan.at,
            scan.state,
            courier_state=scan.courier_state,
            code=scan.code,
            words=scan.words,
            place=scan.place,
            failed_at=scan.failed_at,
            return_waybill=waybill_digits(scan.waybill),
        )
        fresh += not take_pickup_news(session, news).value.repeated
    return fresh


def take_result(session: Session, command: TakeResult) -> bool:
    """The waybill of a pickup, which its courier has accepted by it; false if it stood so.

    RuleViolation `no_such_pickup`, `pickup_of_other_courier`, `pickup_called_off`,
    `pickup_has_waybill`.
    """
    found = read_mappings(session, _KNOWN, {"pickup_id": command.pickup_id})
    if not found:
        raise RuleViolation("no_such_pickup")
    known = found[0]
    if known["courier"] != command.courier:
        raise RuleViolation("pickup_of_other_courier")
    waybill = waybill_digits(command.waybill)
    if known["return_waybill"] == waybill:
        return False
    if known["state"] == PickupState.CANCELLED:
        raise RuleViolation("pickup_called_off")
    if known["return_waybill"] and known["state"] not in CANCELLABLE:
        raise RuleViolation("pickup_has_waybill")
    key = f"result/{waybill}"
    news = PickupNews(
        command.pickup_id, key, read_at(session), PickupState.ACCEPTED, return_waybill=waybill
    )
    take_pickup_news(session, news)
    note_sending(session, PickupSending(command.pickup_id, booking_no=waybill))
    return True
