"""What a gateway tells of itself: the state of its links, for 전화 ● and `ets doctor`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.topics import Done
from ets_desktop.pbx.protocol import LinkState
from ets_desktop.queries.health import REMOVED
from ets_desktop.services.calls import lose_legs_under_way

_PUT_LINK = SQL("""
    INSERT INTO gateway_link AS g
        (name, vendor, up_since, last_event_at, reason, waiting, lag_s, seen_at)
    VALUES (%(name)s, %(vendor)s, %(up_since)s, %(last_event_at)s, %(reason)s, %(waiting)s,
        %(lag_s)s, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET vendor = excluded.vendor, up_since = excluded.up_since,
        last_event_at = coalesce(excluded.last_event_at, g.last_event_at),
        reason = excluded.reason, waiting = excluded.waiting, lag_s = excluded.lag_s,
        seen_at = excluded.seen_at
    RETURNING seen_at
""")
_REMOVE = SQL("""
    UPDATE gateway_link SET reason = %(removed)s, up_since = NULL, waiting = 0, lag_s = 0
     WHERE name <> ALL(%(links)s) AND reason <> %(removed)s RETURNING name
""")


@dataclass(frozen=True, slots=True)
class Backlog:
    """Events that a gateway could not write yet, the oldest for `lag_s` seconds."""

    waiting: int = 0
    lag_s: float = 0.0


NOTHING_WAITS = Backlog()


def report_link(
    session: Session, name: str, vendor: str, state: LinkState, backlog: Backlog = NOTHING_WAITS
) -> Done[datetime]:
    """Write the state of one link, and that its gateway is alive; the value is when it was."""
    told = {
        "name": name,
        "vendor": vendor,
        "up_since": state.up_since,
        "last_event_at": state.last_event_at,
        "reason": state.reason,
        "waiting": backlog.waiting,
        "lag_s": backlog.lag_s,
    }
    row = driver_of(session).execute(_PUT_LINK, told).fetchone()
    assert row is not None
    return Done(cast(datetime, row[0]))


def remove_links_but(session: Session, links: Sequence[str], at: datetime) -> Done[tuple[str, ...]]:
    """What is not among `links` is in the settings no more: nobody will tell how its calls ended.

    The value names what was removed; one that comes back into the settings reports itself again.
    """
    asked = {"links": list(links), "removed": REMOVED}
    gone = tuple(str(row[0]) for row in driver_of(session).execute(_REMOVE, asked).fetchall())
    for link in gone:
        lose_legs_under_way(session, link, at)
    return Done(gone)
