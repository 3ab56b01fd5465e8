"""What `ets doctor` and the health dots ask the database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

#: The reason of a link that left the settings: only its calls are remembered.
REMOVED = "link_removed"


@dataclass(frozen=True, slots=True)
class ServerHealth:
    """`hangul_trigrams` is 4 for 김정민 where indexes see Hangul; `roles` are our group roles."""

    version: str
    now: datetime
    hangul_trigrams: int
    roles: tuple[str, ...]
    max_connections: int
    connections: int


@dataclass(frozen=True, slots=True)
class LinkHealth:
    """One PBX link as its gateway last told it; `silent_s` seconds since the gateway was heard.

    The gateway has `waiting` events it could not write yet, the oldest for `lag_s` seconds. It is
    `alone` while it hears the telephone without a database and keeps what it hears.
    """

    name: str
    vendor: str
    up_since: datetime | None
    last_event_at: datetime | None
    reason: str
    silent_s: float = 0.0
    waiting: int = 0
    lag_s: float = 0.0
    alone: bool = False


def server_health(session: Session) -> ServerHealth:
    """Facts of the server; needs pg_trgm (the first migration makes it)."""
    row = session.execute(
        text("""
        SELECT current_setting('server_version'), clock_timestamp(),
               coalesce(cardinality(show_trgm('김정민')), 0),
               (SELECT coalesce(array_agg(rolname::text ORDER BY rolname), '{}')
                  FROM pg_roles WHERE rolname LIKE 'ets\\_%' AND NOT rolcanlogin),
               current_setting('max_connections')::int,
               (SELECT count(*) FROM pg_stat_activity)
        """)
    ).one()
    return ServerHealth(row[0], row[1], row[2], tuple(row[3]), row[4], row[5])


def link_health(session: Session) -> tuple[LinkHealth, ...]:
    """The PBX links of the gateway that worked last, by name."""
    rows = session.execute(
        text("""
        SELECT name, vendor, up_since, last_event_at, reason,
               extract(epoch FROM clock_timestamp() - seen_at)::float, waiting, lag_s
          FROM gateway_link WHERE reason <> :removed ORDER BY name
        """),
        {"removed": REMOVED},
    )
    return tuple(LinkHealth(*row) for row in rows)
