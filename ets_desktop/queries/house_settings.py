"""Settings and calendar of the house in one typed place; no rule keeps its limits elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.calendar import HouseDay
from ets_desktop.domain.house import (
    ABUSE_WARNINGS,
    ACCEPT_WITHIN,
    AGENT_TIMES,
    APPROVAL_LIMITS,
    BUSINESS_HOURS,
    CLAIM_FEES,
    DEFAULT_DUE_DAYS,
    HouseSettings,
    house_settings_of,
)
from ets_desktop.domain.public_holidays import public_holidays_of
from ets_desktop.queries.reading import read, read_mappings


@dataclass(frozen=True, slots=True)
class HouseDayRow:
    """A day of the table `holiday`; `changed_by` is a name, "" for the owner of the database."""

    day: date
    name: str
    works: bool
    changed_by: str


_SETTINGS = SQL("""
    SELECT (SELECT jsonb_object_agg(key, value) FROM setting WHERE key = ANY(%(keys)s)) AS stored,
        (SELECT jsonb_agg(jsonb_build_array(day, name, works)) FROM holiday) AS days,
        (SELECT jsonb_object_agg(day, name) FROM public_holiday) AS public_days
""")
_DAYS = SQL("""
    SELECT h.day, h.name, h.works, coalesce(a.name, '') AS changed_by
    FROM holiday h LEFT JOIN agent a ON a.id = h.changed_by
    WHERE h.day >= %(first)s AND h.day <= %(last)s ORDER BY h.day
""")
_STORED = SQL("SELECT key, value FROM setting WHERE key = ANY(%(keys)s)")
_KEYS = [
    *(ACCEPT_WITHIN, DEFAULT_DUE_DAYS, BUSINESS_HOURS, AGENT_TIMES, ABUSE_WARNINGS, CLAIM_FEES),
    APPROVAL_LIMITS,
]


def house_settings(session: Session) -> HouseSettings:
    """The settings in force, the defaults where nothing is stored; one statement."""
    found = read_mappings(session, _SETTINGS, {"keys": _KEYS})[0]
    days = {
        date.fromisoformat(day): HouseDay(name, works) for day, name, works in found["days"] or ()
    }
    public = {date.fromisoformat(day): name for day, name in (found["public_days"] or {}).items()}
    return house_settings_of(found["stored"] or {}, days, public_holidays_of(public))


def stored_settings(session: Session) -> Mapping[str, Any]:
    """The settings that somebody has set, as they are stored."""
    rows = read_mappings(session, _STORED, {"keys": _KEYS})
    return {row["key"]: row["value"] for row in rows}


def house_days(session: Session, first: date, last: date) -> tuple[HouseDayRow, ...]:
    """The house's own days from `first` to `last`, in order."""
    return tuple(read(session, _DAYS, {"first": first, "last": last}, HouseDayRow))
