"""미확인 반품: parcels that came without a claim, and whose they turn out to be (spec 30)."""

from dataclasses import dataclass
from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.claim_requests import NAME_LIMIT, NOTE_LIMIT
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.domain.phone import digits_of
from ets_desktop.domain.tickets import tidy_text
from ets_desktop.domain.topics import UNMATCHED, Done
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.claim_rows import ClaimDone, done_of, lock_claim
from ets_desktop.services.returns import ReceiveReturn, receive_return

_INSERT = SQL("""
    INSERT INTO unmatched_return (client_id, waybill, courier, sender_name, sender_phone,
        order_no, note, photos, received_by)
    VALUES (%(client_id)s, %(waybill)s, %(courier)s, %(sender_name)s, %(sender_phone)s,
        %(order_no)s, %(note)s, %(photos)s, %(actor_id)s)
    ON CONFLICT DO NOTHING RETURNING id
""")
_SAME = SQL("SELECT id FROM unmatched_return WHERE client_id = %(client_id)s")
_LOCK = SQL("""
    SELECT u.waybill, u.claim_id FROM unmatched_return u WHERE u.id = %(return_id)s
    FOR NO KEY UPDATE
""")
_MATCH = SQL("UPDATE unmatched_return SET claim_id = %(claim_id)s WHERE id = %(return_id)s")


@dataclass(frozen=True, slots=True)
class RegisterReturn:
    """A parcel that nobody expected, with what stands on it; `client_id` is made by the desk."""

    actor_id: int
    client_id: UUID
    waybill: str = ""
    courier: str = ""
    sender_name: str = ""
    sender_phone: str = ""
    order_no: str = ""
    note: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchReturn:
    """This parcel belongs to that claim: it is received for it."""

    actor_id: int
    return_id: int
    claim_id: int


def register_return(session: Session, command: RegisterReturn) -> Done[int]:
    """Put a parcel on the list; pressed or scanned twice it stands there once. Its id.

    RuleViolation `needs_return_details`, `return_known` (that number waits already),
    `no_phone_number`, `text_too_long`.
    """
    row = {
        "client_id": command.client_id,
        "waybill": "".join(command.waybill.split()),
        "courier": command.courier,
        "sender_name": tidy_text(command.sender_name).strip(),
        "sender_phone": digits_of(command.sender_phone) or "",
        "order_no": tidy_text(command.order_no).strip(),
        "note": tidy_text(command.note).strip(),
        "photos": list(command.photos),
        "actor_id": command.actor_id,
    }
    _check(command, row)
    made = driver_of(session).execute(_INSERT, row).fetchall()
    if made:
        return Done(int(str(made[0][0])), frozenset({UNMATCHED}))
    same = read_mappings(session, _SAME, {"client_id": command.client_id})
    if not same:
        raise RuleViolation("return_known", field="waybill")
    return Done(int(same[0]["id"]), frozenset({UNMATCHED}))


def match_return(session: Session, command: MatchReturn) -> Done[ClaimDone]:
    """입고확인 of an unmatched parcel for its claim; again it changes nothing.

    NotFound `no_such_return`, `no_such_claim`; RuleViolation `return_matched` (to another claim),
    `claim_closed`, `claim_moved_on`.
    """
    given = {"return_id": command.return_id, "claim_id": command.claim_id}
    found = read_mappings(session, _LOCK, given)
    if not found:
        raise NotFound("no_such_return")
    if found[0]["claim_id"] not in (None, command.claim_id):
        raise RuleViolation("return_matched")
    if found[0]["claim_id"] is not None:
        claim = lock_claim(session, command.claim_id)
        return Done(done_of(session, claim, repeated=True), claim.topics)
    arrived = ReceiveReturn(command.actor_id, command.claim_id, waybill=found[0]["waybill"])
    done = receive_return(session, arrived)
    driver_of(session).execute(_MATCH, given)
    return Done(done.value, done.touched | {UNMATCHED})


def _check(command: RegisterReturn, row: dict[str, object]) -> None:
    if command.sender_phone.strip() and not row["sender_phone"]:
        raise RuleViolation("no_phone_number", field="sender_phone")
    if not any(row[name] for name in ("waybill", "sender_name", "sender_phone", "order_no")):
        raise RuleViolation("needs_return_details", field="waybill")
    if max(map(len, (command.sender_name, command.waybill, command.order_no))) > NAME_LIMIT:
        raise RuleViolation("text_too_long", field="sender_name", limit=NAME_LIMIT)
    if len(command.note) > NOTE_LIMIT:
        raise RuleViolation("text_too_long", field="note", limit=NOTE_LIMIT)
