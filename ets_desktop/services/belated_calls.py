"""What one gateway heard while another one may have worked: told once, whoever tells it (spec 40).

It comes late: the other one has the telephone, or had it meanwhile.
"""

from dataclasses import dataclass, replace

from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain import phone
from ets_desktop.domain.calls import LegEvent, Phase
from ets_desktop.domain.topics import Done
from ets_desktop.services.calls import record_leg_event

#: By the leg's extension, for which there is an index.
_SAME_LEG = SQL("""
    SELECT c.vendor_call_id, l.phase, (SELECT max(e.happened_at) FROM call_event e
            WHERE e.call_id = c.id AND e.leg_id = l.id) AS told_at
      FROM call c JOIN call_leg l ON l.call_id = c.id
     WHERE l.extension = %(extension)s AND l.rang_at > %(heard_at)s - interval '2 days'
       AND l.leg_key = %(leg)s AND c.link = %(link)s ORDER BY l.id LIMIT 1
""")
#: As a history is laid beside what was heard (facts: LG U+ §1.6).
_SAME_CALL = SQL("""
    SELECT l.id FROM call c JOIN call_leg l ON l.call_id = c.id
     WHERE l.extension = %(extension)s AND l.direction = %(direction)s AND c.link = %(link)s
       AND c.caller_number IS NOT DISTINCT FROM %(number)s
       AND l.rang_at BETWEEN %(heard_at)s - interval '2 minutes'
                         AND %(heard_at)s + interval '1 minute' LIMIT 1
""")


@dataclass(frozen=True, slots=True)
class OtherGateway:
    """What is known of the other one on a link: whether it hears it, and whether legs have the
    telephone system's own keys there."""

    is_up: bool
    names_calls: bool


def record_belated_event(
    session: Session, event: LegEvent, other: OtherGateway, goes_on: bool
) -> Done[bool]:
    """Store `event` unless the other gateway tells its call, or will; the value says whether it
    belongs to a leg that nobody else told. `goes_on`: it was said so of the leg before."""
    found = None if goes_on else _leg(session, event)
    if found is not None:
        if found["phase"] != Phase.ENDED and event.at < found["told_at"]:
            return Done(False)
        # Calls that merge change their name; the leg stays where it was told first.
        event = replace(event, vendor_call_id=found["vendor_call_id"])
    elif not goes_on and _is_the_others(session, event, other):
        return Done(False)
    record_leg_event(session, event)
    return Done(found is None)


def _leg(session: Session, event: LegEvent) -> DictRow | None:
    cursor = driver_of(session).cursor(row_factory=dict_row)
    asked = {
        "link": event.link,
        "leg": event.leg_key,
        "extension": event.extension,
        "heard_at": event.heard_at,
    }
    return cursor.execute(_SAME_LEG, asked).fetchone()


def _is_the_others(session: Session, event: LegEvent, other: OtherGateway) -> bool:
    """What has a key of its own is told once by that; else the other one's history tells it."""
    if other.names_calls or other.is_up:
        return not other.names_calls
    asked = {
        "link": event.link,
        "extension": event.extension,
        "direction": event.direction,
        "number": phone.digits_of(event.number),
        "heard_at": event.heard_at,
    }
    return driver_of(session).execute(_SAME_CALL, asked).fetchone() is not None
