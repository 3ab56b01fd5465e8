"""Changing the settings of the house; every desk goes by them from then on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.sql import SQL
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import FieldChange, StaleData
from ets_desktop.domain.house_entry import typed_of
from ets_desktop.domain.topics import SETTINGS, Done
from ets_desktop.queries.reading import read_mappings
from ets_desktop.services.records import give_reason, last_change

# Two who set what was never set yet wait for each other as well.
_ALONE = SQL("SELECT pg_advisory_xact_lock(hashtextextended('setting', 0))")
_STANDING = SQL("SELECT key, value FROM setting WHERE key = ANY(%(keys)s)")
_SET = SQL("""
    INSERT INTO setting (key, value) VALUES (%(key)s, %(value)s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
""")


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """`values` as `domain/house_entry.py` makes them; `was` is what was stored when the change was
    begun, without the keys that nobody had set."""

    values: Mapping[str, Any]
    was: Mapping[str, Any]
    reason: str = ""


def change_settings(session: Session, command: ChangeSettings) -> Done[None]:
    """Store what differs, all of it or nothing.

    StaleData `record_changed` if somebody was faster with one of them. Supervisors may set the
    default due days only, admins all (spec 60); the database refuses the rest.
    """
    driver = driver_of(session)
    driver.execute(_ALONE)
    found = read_mappings(session, _STANDING, {"keys": list(command.values)})
    standing = {row["key"]: row["value"] for row in found}
    stale = tuple(
        change
        for key in command.values
        for change in _changes(session, key, command.was.get(key), standing.get(key))
    )
    if stale:
        raise StaleData("record_changed", stale)
    give_reason(session, command.reason)
    changed = {key: new for key, new in command.values.items() if standing.get(key) != new}
    for key, value in changed.items():
        driver.execute(_SET, {"key": key, "value": Jsonb(value)})
    return Done(None, frozenset({SETTINGS}) if changed else frozenset())


def _changes(session: Session, key: str, was: object, stands: object) -> list[FieldChange]:
    """The fields of a setting that somebody else has changed meanwhile."""
    seen, now = typed_of(key, was), typed_of(key, stands)
    differing = [field for field in now if now[field] != seen[field]]
    who, at = last_change(session, "setting", key) if differing else ("", "")
    return [FieldChange(field, now[field], who, at) for field in differing]
