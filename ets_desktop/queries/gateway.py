"""What a gateway that begins anew must know of its links' calls."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.calls import Direction, End, Phase
from ets_desktop.pbx.protocol import KnownLeg, Past

#: Since the link is known to have worked, but no longer ago than the vendor looks back.
_SINCE = SQL("""
    SELECT greatest(clock_timestamp() - %(looks_back)s, least(g.seen_at, (
        SELECT c.rang_at FROM call c WHERE c.link = g.name
          AND c.rang_at >= clock_timestamp() - %(looks_back)s ORDER BY c.rang_at LIMIT 1)))
      FROM gateway_link g WHERE g.name = %(link)s
""")
_LEGS = SQL("""
    SELECT l.leg_key, c.vendor_call_id AS call_key, l.extension, l.direction, l.phase, l."end",
           c.caller_typed AS number, c.dialled, l.rang_at,
           (SELECT array_agg(e.event_key ORDER BY e.id) FROM call_event e
             WHERE e.call_id = c.id AND e.leg_id = l.id) AS event_keys
      FROM call c JOIN call_leg l ON l.call_id = c.id
     WHERE c.link = %(link)s AND (l.phase <> 'ended' OR c.rang_at >= %(since)s) ORDER BY l.id
""")
_TOLD_OF = SQL("SELECT name, up_since FROM gateway_link WHERE seen_at > %s")
_SEEN = SQL("SELECT max(seen_at) FROM gateway_link")


def links_last_seen(session: Session) -> datetime | None:
    """When a gateway last told of any link."""
    row = driver_of(session).execute(_SEEN).fetchone()
    assert row is not None
    return cast(datetime | None, row[0])


def links_told_of(session: Session, after: datetime) -> Mapping[str, datetime | None]:
    """The links that a gateway has spoken of `after` then, and since when each is up."""
    found = driver_of(session).execute(_TOLD_OF, (after,)).fetchall()
    return {str(name): cast(datetime | None, up_since) for name, up_since in found}


def past_of(session: Session, link: str, looks_back: timedelta) -> Past:
    """The past of `link` for a vendor that looks back so far."""
    cursor = driver_of(session).cursor(row_factory=dict_row)
    asked = {"link": link, "looks_back": looks_back}
    row = cursor.execute(_SINCE, asked).fetchone()
    since = None if row is None else row["greatest"]
    found = cursor.execute(_LEGS, {"link": link, "since": since}).fetchall()
    return Past(since, tuple(_known(leg) for leg in found))


def _known(leg: DictRow) -> KnownLeg:
    return KnownLeg(
        leg_key=leg["leg_key"],
        call_key=leg["call_key"],
        extension=leg["extension"],
        direction=Direction(leg["direction"]),
        phase=Phase(leg["phase"]),
        end=None if leg["end"] is None else End(leg["end"]),
        number=leg["number"] or None,
        dialled=leg["dialled"] or None,
        rang_at=leg["rang_at"],
        event_keys=tuple(leg["event_keys"] or ()),
    )
