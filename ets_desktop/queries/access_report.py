"""A month of the access log for its reviewer: per person, each export, what was out of hours."""

from dataclasses import dataclass
from datetime import date, datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.access_review import PersonMonth
from ets_desktop.domain.calendar import start_of_day
from ets_desktop.queries.access_log import ACCESS_COLUMNS, MANY_PERSONS, AccessRow
from ets_desktop.queries.reading import read, read_mappings


@dataclass(frozen=True, slots=True)
class ActionCount:
    """How often something was done, how many rows came of it, how often out of hours."""

    action: str
    times: int
    rows: int
    outside: int


@dataclass(frozen=True, slots=True)
class RightsRow:
    """A change of somebody's rights: `login` changed what `subject` may."""

    at: datetime
    login: str
    subject: str
    change: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class AccessMonth:
    """A whole month in Seoul that begins with `first`; `exports` are all of it, `outside` the
    looks out of hours (the newest MOST_LISTED), `rights` what was changed of anybody's."""

    first: date
    actions: tuple[ActionCount, ...]
    people: tuple[PersonMonth, ...]
    exports: tuple[AccessRow, ...]
    outside: tuple[AccessRow, ...]
    rights: tuple[RightsRow, ...]
    many_persons: int = MANY_PERSONS


MOST_LISTED = 1_000

_ACTIONS = SQL("""
    SELECT action, count(*) AS times, coalesce(sum(row_count), 0)::bigint AS rows,
        count(*) FILTER (WHERE outside_hours) AS outside
    FROM access_log WHERE at >= %(since)s AND at < %(until)s
    GROUP BY action ORDER BY times DESC, action
""")
_PEOPLE = SQL("""
    WITH month AS (
        SELECT l.*, l.action NOT IN ('login', 'logout') AS is_look,
            l.action IN ('export', 'export_customer') AS is_export,
            (l.at AT TIME ZONE 'Asia/Seoul')::date AS day
        FROM access_log l WHERE l.at >= %(since)s AND l.at < %(until)s
    ), hourly AS (
        SELECT login, max(times) AS most FROM (
            SELECT login, count(*) AS times FROM month WHERE is_export
            GROUP BY login, date_trunc('hour', at)) h
        GROUP BY login
    )
    SELECT m.login, coalesce(min(a.name), '') AS name, count(*) FILTER (WHERE is_look) AS looks,
        count(*) FILTER (WHERE m.action LIKE 'search%%' OR m.action LIKE 'find%%') AS searches,
        count(*) FILTER (WHERE m.action LIKE 'reveal%%') AS reveals,
        count(*) FILTER (WHERE is_look AND m.outside_hours) AS outside,
        count(*) FILTER (WHERE is_export) AS exports,
        coalesce(sum(m.persons) FILTER (WHERE is_export), 0)::bigint AS exported,
        coalesce(max(m.persons) FILTER (WHERE is_export), 0) AS most_exported,
        coalesce(min(h.most), 0) AS hourly_exports, count(DISTINCT m.address) AS addresses,
        count(DISTINCT m.day) AS days
    FROM month m LEFT JOIN agent a ON a.login = m.login LEFT JOIN hourly h ON h.login = m.login
    GROUP BY m.login ORDER BY looks DESC, m.login
""")
_COLUMNS = SQL(ACCESS_COLUMNS)
_ROWS = SQL("""
    SELECT {columns} FROM access_log l LEFT JOIN agent a ON a.login = l.login
    WHERE l.at >= %(since)s AND l.at < %(until)s AND {which}
    ORDER BY l.at DESC, l.id DESC LIMIT %(most)s
""")
_EXPORTS = SQL("l.action IN ('export', 'export_customer')")
_OUTSIDE = SQL("l.outside_hours AND l.action NOT IN ('login', 'logout')")
_RIGHTS = SQL("""
    SELECT at, login, subject, change, coalesce(old, '') AS old, coalesce(new, '') AS new, reason
    FROM rights_change WHERE at >= %(since)s AND at < %(until)s ORDER BY at, id
""")
_MANY = SQL("SELECT value -> 'many_persons' AS many FROM setting WHERE key = 'access_review'")


def access_month(session: Session, first: date) -> AccessMonth:
    """The month of `first`, in a handful of statements; whole months stay below some seconds."""
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    asked: dict[str, object] = {
        "since": start_of_day(date(first.year, first.month, 1)),
        "until": start_of_day(following),
        "most": MOST_LISTED,
    }
    return AccessMonth(
        date(first.year, first.month, 1),
        tuple(read(session, _ACTIONS, asked, ActionCount)),
        tuple(read(session, _PEOPLE, asked, PersonMonth)),
        tuple(
            read(
                session,
                _ROWS.format(columns=_COLUMNS, which=_EXPORTS),
                asked | {"most": None},
                AccessRow,
            )
        ),
        tuple(read(session, _ROWS.format(columns=_COLUMNS, which=_OUTSIDE), asked, AccessRow)),
        tuple(read(session, _RIGHTS, asked, RightsRow)),
        many_persons(session),
    )


def many_persons(session: Session) -> int:
    """From how many people on an export is one of many (setting `access_review`)."""
    stored = read_mappings(session, _MANY, {})
    many = stored[0]["many"] if stored else None
    return many if type(many) is int and 0 <= many <= 1_000_000 else MANY_PERSONS
