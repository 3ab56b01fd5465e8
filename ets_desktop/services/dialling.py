"""Dialling from any desk: a wish with a key of its own, taken once by the gateway that works.

Nothing outside is called in a transaction: the gateway takes a wish, dials, then says what came.
"""

from dataclasses import dataclass
from uuid import UUID

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain import phone
from ets_desktop.domain.dialling import (
    ALREADY_DIALLING,
    DIAL_EXPIRES_AFTER,
    DIAL_UNANSWERED,
    NOTHING,
    DialledFrom,
)
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.topics import Done
from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class AskToDial:
    """통화: the phone at `extension` rings first, then `number` is called.

    The same `client_id` again dials nothing twice. For a person's login the database knows the
    extension itself. What it was pressed on (`about`) has the call as a contact.
    """

    client_id: UUID
    actor_id: int
    extension: str
    number: str
    about: DialledFrom = NOTHING


@dataclass(frozen=True, slots=True)
class DialWish:
    """What the gateway is to dial now."""

    request_id: int
    client_id: UUID
    extension: str
    number: str


_ASK = SQL("""
    INSERT INTO dial_request (client_id, agent_id, extension, number, ticket_id, callback_id)
    VALUES (%(client_id)s, %(actor_id)s, %(extension)s, %(number)s, %(ticket_id)s, %(callback_id)s)
    ON CONFLICT (client_id) DO NOTHING
""")
#: Two desks of one agent queue up.
_ONE_AT_A_TIME = SQL("SELECT pg_advisory_xact_lock(4010103, hashtext(%s))")
#: A wish under way; one that was dialled just now and did not end; a phone that rings for it.
_BUSY = SQL("""
    SELECT FROM dial_request d
    WHERE d.extension = %(extension)s AND d.client_id <> %(client_id)s
      AND d.asked_at > clock_timestamp() - %(expires_after)s
      AND (d.outcome IS NULL OR (d.outcome = 'dialled' AND d.call_id IS NULL
           AND d.answered_at > clock_timestamp() - interval '5 seconds'))
    UNION ALL
    SELECT FROM call_leg l JOIN call c ON c.id = l.call_id
    WHERE l.extension = %(extension)s AND l.phase <> 'ended'
      AND CASE WHEN l.direction = 'out' AND l.phase IN ('dialling', 'ringing')
               THEN l.rang_at > clock_timestamp() - interval '2 minutes'
               ELSE c.caller_number = %(number)s
                    AND l.rang_at > clock_timestamp() - interval '4 hours' END
      AND NOT EXISTS (SELECT FROM dial_request own
                      WHERE own.client_id = %(client_id)s AND own.call_id = l.call_id)
    LIMIT 1
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
    """The gateway hears of it by trigger; the call ties itself to what it was dialled from.

    RuleViolation `no_phone_number`, `no_extension`, `already_dialling`.
    """
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
        "ticket_id": command.about.ticket_id,
        "callback_id": command.about.callback_id,
        "expires_after": DIAL_EXPIRES_AFTER,
    }
    driver = driver_of(session)
    driver.execute(_ONE_AT_A_TIME, (command.extension,))
    if driver.execute(_BUSY, asked).fetchone() is not None:
        raise RuleViolation(ALREADY_DIALLING)
    driver.execute(_ASK, asked)
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
