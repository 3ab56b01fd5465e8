"""Pickups on their way: ordered, retried, called off, and what couriers tell of them (spec 30)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from psycopg.sql import SQL, Identifier, Placeholder
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.claim_requests import PickupWish, pickup_refusals
from ets_desktop.domain.claims import Instruction, Step, next_steps
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.pickups import (
    CANCELLABLE,
    CLAIM_STEPS,
    GIVEN_UP,
    PickupState,
    SendState,
    next_states,
)
from ets_desktop.domain.storable import storable
from ets_desktop.domain.topics import OUTBOX, PICKUPS, Done
from ets_desktop.queries.reading import read_at, read_mappings
from ets_desktop.services.claim_rows import (
    LockedClaim,
    lock_claim,
    move_lines,
    require_claim_version,
    require_open,
    require_unheld,
)
from ets_desktop.services.instructions import Telling
from ets_desktop.services.pickup_rows import (
    LockedPickup,
    call_off,
    claim_of_pickup,
    collecting,
    lock_pickup,
    write_pickup,
)

_FROM_CLAIM = SQL("""
    SELECT coalesce(u.name, o.orderer_name) AS customer_name, c.note,
        coalesce((SELECT l.tracking_no FROM claim_line x JOIN order_line l
                  ON l.id = x.order_line_id
                  WHERE x.claim_id = c.id AND l.tracking_no <> '' ORDER BY x.id LIMIT 1), '')
            AS original_waybill
    FROM claim c JOIN sales_order o ON o.id = c.order_id JOIN ticket t ON t.id = c.ticket_id
        LEFT JOIN customer u ON u.id = t.customer_id
    WHERE c.id = %(claim_id)s
""")
_AGAIN = SQL("""
    INSERT INTO pickup (claim_id, order_id, retry_of, attempt, courier, original_waybill,
        wished_on, customer_name, name, phone, mobile, zipcode, address, address_detail, note,
        refined, requested_by)
    SELECT claim_id, order_id, id, attempt + 1, courier, original_waybill, %(wished_on)s,
        customer_name, name, phone, mobile, zipcode, address, address_detail, note, refined,
        %(actor_id)s
    FROM pickup WHERE id = %(pickup_id)s
    RETURNING id
""")
_RETRIED = SQL("SELECT id FROM pickup WHERE retry_of = %(pickup_id)s")
_EVENT = SQL("""
    INSERT INTO pickup_event (pickup_id, event_key, kind, state, courier_state, code, place,
        words, at)
    VALUES (%(pickup_id)s, %(event_key)s, 'scan', %(state)s, %(courier_state)s, %(code)s,
        %(place)s, %(words)s, %(at)s)
    ON CONFLICT (pickup_id, event_key) DO NOTHING
""")
_LIVE = SQL("""
    SELECT FROM pickup WHERE claim_id = %(claim_id)s AND id <> %(pickup_id)s
        AND state NOT IN ('failed', 'cancelled')
""")


@dataclass(frozen=True, slots=True)
class OrderPickup:
    """회수지시 for a claim without one under way: of a channel, or after the last was called
    off."""

    actor_id: int
    claim_id: int
    version: int
    wish: PickupWish


@dataclass(frozen=True, slots=True)
class RetryPickup:
    """Ask again for what was not collected; another day if `wished_on` says so."""

    actor_id: int
    pickup_id: int
    wished_on: date | None = None


@dataclass(frozen=True, slots=True)
class CancelPickup:
    """Call a pickup off; the claim goes back to 접수."""

    actor_id: int
    pickup_id: int


@dataclass(frozen=True, slots=True)
class PickupNews:
    """What a courier tells of a pickup, each `event_key` once: `state` is ours, "" where it
    changes none; `courier_state`, `code` and `words` are the courier's own."""

    pickup_id: int
    event_key: str
    at: datetime
    state: PickupState | None = None
    courier_state: str = ""
    code: str = ""
    words: str = ""
    place: str = ""
    failed_at: str = ""
    return_waybill: str = ""


@dataclass(frozen=True, slots=True)
class PickupSending:
    """How a wish (or its calling off) stands with its courier; None leaves a field as it is.

    `sent_body` is stored before it is sent: whoever repeats or cancels needs it.
    """

    pickup_id: int
    send_state: SendState | None = None
    send_error: str | None = None
    send_tries: int | None = None
    send_after: datetime | None = None
    booking_no: str | None = None
    sent_body: Mapping[str, Any] | None = None
    sent_at: datetime | None = None
    tracked_at: datetime | None = None
    return_waybill: str | None = None
    refined: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PickupDone:
    """A pickup after an action; `repeated`: it stood so already."""

    pickup_id: int
    state: PickupState
    repeated: bool = False


def order_pickup(session: Session, command: OrderPickup) -> Done[PickupDone]:
    """A pickup for the claim; its lines stand at 회수지시.

    RuleViolation with the first fault of the wish, `claim_closed`, `claim_held`,
    `claim_moved_on`, `pickup_under_way`; StaleData `stale_claim`.
    """
    for refusal in pickup_refusals(command.wish, seoul_date(read_at(session))):
        raise RuleViolation(refusal.code, field=refusal.field, **(refusal.details or {}))
    claim = lock_claim(session, command.claim_id)
    require_open(claim)
    require_claim_version(session, claim, command.version)
    require_unheld(claim)
    about = read_mappings(session, _FROM_CLAIM, {"claim_id": claim.claim_id})[0]
    row = about | {"claim_id": claim.claim_id, "order_id": claim.order_id}
    pickup_id = write_pickup(session, command.wish, row | {"actor_id": command.actor_id})
    move_lines(session, claim, claim.open_lines, Step.PICKUP_ORDERED)
    _tell(
        session, claim, command.actor_id, Instruction.COLLECT, pickup_id, **collecting(command.wish)
    )
    touched = claim.topics | {PICKUPS, OUTBOX}
    return Done(PickupDone(pickup_id, PickupState.REQUESTED), touched)


def retry_pickup(session: Session, command: RetryPickup) -> Done[PickupDone]:
    """A new pickup like the failed one; pressed twice or at two desks there is one.

    NotFound `no_such_pickup`; RuleViolation `pickup_not_failed`, `wished_on_in_past`,
    `claim_closed`, `claim_held`.
    """
    claim = lock_claim(session, claim_of_pickup(session, command.pickup_id))
    pickup = lock_pickup(session, command.pickup_id)
    asked = {"pickup_id": pickup.pickup_id}
    again = read_mappings(session, _RETRIED, asked)
    if again:
        state = lock_pickup(session, again[0]["id"]).state
        return Done(PickupDone(again[0]["id"], state, repeated=True), claim.topics | {PICKUPS})
    if pickup.state is not PickupState.FAILED:
        raise RuleViolation("pickup_not_failed")
    require_open(claim)
    require_unheld(claim)
    if command.wished_on is not None and command.wished_on < seoul_date(claim.now):
        raise RuleViolation("wished_on_in_past", field="wished_on")
    row = asked | {"wished_on": command.wished_on, "actor_id": command.actor_id}
    pickup_id = int(str(driver_of(session).execute(_AGAIN, row).fetchall()[0][0]))
    _follow(session, claim, Step.PICKUP_ORDERED)
    return Done(PickupDone(pickup_id, PickupState.REQUESTED), claim.topics | {PICKUPS})


def cancel_pickup(session: Session, command: CancelPickup) -> Done[PickupDone]:
    """취소 while the driver may still be called back; a courier that knows of it is told.

    NotFound `no_such_pickup`; RuleViolation `pickup_moved_on`.
    """
    claim = lock_claim(session, claim_of_pickup(session, command.pickup_id))
    pickup = lock_pickup(session, command.pickup_id)
    touched = claim.topics | {PICKUPS, OUTBOX}
    if pickup.state is PickupState.CANCELLED:
        return Done(PickupDone(pickup.pickup_id, pickup.state, repeated=True), touched)
    if pickup.state not in CANCELLABLE:
        raise RuleViolation("pickup_moved_on")
    call_off(session, pickup.pickup_id)
    if not _has_another(session, claim, pickup):
        _tell(session, claim, command.actor_id, Instruction.CANCEL_COLLECT, pickup.pickup_id)
        _follow(session, claim, CLAIM_STEPS[PickupState.CANCELLED])
    return Done(PickupDone(pickup.pickup_id, PickupState.CANCELLED), touched)


def take_pickup_news(session: Session, news: PickupNews) -> Done[PickupDone]:
    """What a courier tells, written once; the pickup and its claim go on where that is possible.

    News that come late, twice, or for a pickup that another has replaced are kept as scans and
    move nothing back. NotFound `no_such_pickup`.
    """
    claim = lock_claim(session, claim_of_pickup(session, news.pickup_id))
    pickup = lock_pickup(session, news.pickup_id)
    # A courier's words are its own: what cannot be stored of them keeps no news away.
    event = {field.name: storable(getattr(news, field.name)) for field in fields(PickupNews)}
    news = PickupNews(**event)
    written = driver_of(session).execute(_EVENT, event | {"state": news.state or ""})
    touched = claim.topics | {PICKUPS}
    if written.rowcount == 0:
        return Done(PickupDone(pickup.pickup_id, pickup.state, repeated=True), touched)
    if news.return_waybill:
        _update(session, pickup.pickup_id, {"return_waybill": news.return_waybill})
    if news.state is None or not _may_become(session, claim, pickup, news.state):
        return Done(PickupDone(pickup.pickup_id, pickup.state), touched)
    failure = {
        "failure_state": news.failed_at,
        "failure_code": news.code,
        "failure_text": news.words,
    }
    more = failure if news.state is PickupState.FAILED else {}
    _update(session, pickup.pickup_id, {"state": news.state, **more})
    step = CLAIM_STEPS.get(news.state)
    if step is not None and not _has_another(session, claim, pickup):
        _follow(session, claim, step)
    return Done(PickupDone(pickup.pickup_id, news.state), touched)


def note_sending(session: Session, sending: PickupSending) -> Done[PickupDone]:
    """How the wish stands with its courier. NotFound `no_such_pickup`."""
    claim = lock_claim(session, claim_of_pickup(session, sending.pickup_id))
    pickup = lock_pickup(session, sending.pickup_id)
    given = {one.name: getattr(sending, one.name) for one in fields(PickupSending)}
    del given["pickup_id"]
    changes = {
        name: Jsonb(dict(value)) if isinstance(value, Mapping) else value
        for name, value in given.items()
        if value is not None
    }
    if changes:
        _update(session, pickup.pickup_id, changes)
    return Done(PickupDone(pickup.pickup_id, pickup.state), claim.topics | {PICKUPS})


def _tell(
    session: Session,
    claim: LockedClaim,
    actor_id: int,
    kind: Instruction,
    pickup_id: int,
    **more: Any,
) -> None:
    ids = [line.claim_line_id for line in claim.open_lines]
    Telling(session, claim, actor_id).of_claim(kind, ids, f"/{pickup_id}", **more)


def _may_become(
    session: Session, claim: LockedClaim, pickup: LockedPickup, state: PickupState
) -> bool:
    if state not in next_states(pickup.state):
        return False
    revived = pickup.state in GIVEN_UP and state not in GIVEN_UP
    return not (revived and _has_another(session, claim, pickup))


def _has_another(session: Session, claim: LockedClaim, pickup: LockedPickup) -> bool:
    """Whether the goods are awaited by another pickup that is under way."""
    asked = {"claim_id": claim.claim_id, "pickup_id": pickup.pickup_id}
    return bool(read_mappings(session, _LIVE, asked))


def _follow(session: Session, claim: LockedClaim, step: Step) -> None:
    """The lines that may go there go; those that are further, or decided, stay."""
    lines = tuple(
        line for line in claim.open_lines if step in next_steps(claim.claim_type, line.step)
    )
    if lines:
        move_lines(session, claim, lines, step)


def _update(session: Session, pickup_id: int, changes: Mapping[str, Any]) -> None:
    assignments = SQL(", ").join(
        SQL("{} = {}").format(Identifier(name), Placeholder(name)) for name in changes
    )
    statement = SQL("UPDATE pickup SET {} WHERE id = %(pickup_id)s").format(assignments)
    driver_of(session).execute(statement, {**changes, "pickup_id": pickup_id})
