"""Changing the settings of the house; every desk goes by them from then on."""

from dataclasses import dataclass
from typing import Any, Final

from psycopg.sql import SQL
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import StaleData
from ets_desktop.domain.topics import SETTINGS, Done
from ets_desktop.queries.reading import read_mappings

# Two who set what was never set yet wait for each other as well.
_ALONE = SQL("SELECT pg_advisory_xact_lock(hashtextextended('setting ' || %(key)s, 0))")
_STANDING = SQL("SELECT value FROM setting WHERE key = %(key)s")
_SET = SQL("""
    INSERT INTO setting (key, value) VALUES (%(key)s, %(value)s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
""")

#: What a setting is before anybody set it; JSON's null is a value.
UNSET: Final = object()


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """`was` is the stored value that the change was based on, UNSET for none."""

    key: str
    was: Any
    value: Any


def change_setting(session: Session, command: ChangeSetting) -> Done[bool]:
    """Store a value of `domain/house_entry.py`; false if it stands there already.

    StaleData `stale_setting` if somebody was faster. Supervisors may set the default due days
    only, admins all (spec 60); the database refuses the rest.
    """
    driver = driver_of(session)
    driver.execute(_ALONE, {"key": command.key})
    found = read_mappings(session, _STANDING, {"key": command.key})
    standing = found[0]["value"] if found else UNSET
    if standing is not UNSET and standing == command.value:
        return Done(False)
    if standing != command.was:
        raise StaleData("stale_setting")
    driver.execute(_SET, {"key": command.key, "value": Jsonb(command.value)})
    return Done(True, frozenset({SETTINGS}))
