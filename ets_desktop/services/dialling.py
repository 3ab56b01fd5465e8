"""Dialling from any desk: a wish with a key of its own, taken once by the gateway that works.

Nothing outside is called in a transaction: the gateway takes a wish, dials, then says what came.
"""

from dataclasses import dataclass
from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain import phone
from ets_desktop.domain.dialling import DIAL_EXPIRES_AFTER, DIAL_UNANSWERED
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.topics import Done
from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class AskToDial:
    """통화: the phone at `extension` rings first, then `number` is called.

    The same `client_id` again dials nothing twice. For a person's login the database knows the
    extension itself.
    """

    client_id: UUID
    actor_id: int
    extension: str
    number: str


@dataclass(frozen=True, slots=True)
class DialWish:
    """What the gateway is to dial now."""

    request_id: int
    client_id: UUID
    extension: str
    number: str


_ASK = SQL("""
    INSERT INTO dial_request (client_id, agent_id, extension, number)
    VALUES (%(client_id)s, %(actor_id)s, %(extension)s, %(number)s)
    ON CONFLICT (client_id) DO NOTHING
""")
_EXPIRE = SQL("""
    UPDATE dial_request SET taken_at = clock_timestamp(), answered_at = clock_timestamp(),
        outcome = %(outcome)s
    WHERE taken_at IS NULL AND asked_at <= clock_timestamp() - %(expires_after)s
""")
_TAKE = SQL("""
    UPDATE dial_request SET taken_at = clock_timestamp() WHERE id IN (
        SELECT id FROM dial_request WHERE taken_at IS NULL ORDER BY id FOR UPDATE SKIP LOCKED)
    RETURNING id AS request_id, client_id, extension, number
""")
_ANSWER = SQL("""
    UPDATE dial_request SET answered_at = clock_timestamp(), outcome = %(outcome)s
    WHERE id = %(request_id)s AND outcome IS NULL
""")


def ask_to_dial(session: Session, command: AskToDial) -> Done[UUID]:
    """The gateway hears of it by trigger. RuleViolation `no_phone_number`, `no_extension`."""
    if not command.extension:
        raise RuleViolation("no_extension")
    digits = phone.digits_of(command.number)
    if digits is None:
        raise RuleViolation("no_phone_number")
    asked = {
        "client_id": command.client_id,
        "actor_id": command.actor_id,
        "extension": command.extension,
        "number": digits,
    }
    driver_of(session).execute(_ASK, asked)
    return Done(command.client_id)


def take_dial_wishes(session: Session) -> Done[tuple[DialWish, ...]]:
    """What waits, oldest first, each to be dialled once; what waited too long is refused."""
    expired = {"outcome": DIAL_UNANSWERED, "expires_after": DIAL_EXPIRES_AFTER}
    driver_of(session).execute(_EXPIRE, expired)
    wishes = read(session, _TAKE, {}, DialWish)
    return Done(tuple(sorted(wishes, key=lambda wish: wish.request_id)))


def answer_dial_wish(session: Session, request_id: int, outcome: str) -> Done[None]:
    """What the telephone system said; the desk that asked hears of it."""
    driver_of(session).execute(_ANSWER, {"request_id": request_id, "outcome": outcome})
    return Done(None)
