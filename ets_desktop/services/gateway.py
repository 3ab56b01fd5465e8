"""What a gateway tells of itself: the state of its links, for 전화 ● and `ets doctor`."""

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.topics import Done
from ets_desktop.pbx.protocol import LinkState

_PUT_LINK = SQL("""
    INSERT INTO gateway_link AS g (name, vendor, up_since, last_event_at, reason, seen_at)
    VALUES (%(name)s, %(vendor)s, %(up_since)s, %(last_event_at)s, %(reason)s, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET vendor = excluded.vendor, up_since = excluded.up_since,
        last_event_at = coalesce(excluded.last_event_at, g.last_event_at),
        reason = excluded.reason, seen_at = excluded.seen_at
""")


def report_link(session: Session, name: str, vendor: str, state: LinkState) -> Done[None]:
    """Write the state of one link, and that its gateway is alive."""
    driver_of(session).execute(
        _PUT_LINK,
        {
            "name": name,
            "vendor": vendor,
            "up_since": state.up_since,
            "last_event_at": state.last_event_at,
            "reason": state.reason,
        },
    )
    return Done(None)
