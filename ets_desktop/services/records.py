"""What every change of 관리 does: say why, and refuse what somebody else changed meanwhile."""

from collections.abc import Mapping

from psycopg.sql import SQL, Identifier
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import FieldChange, NotFound, StaleData
from ets_desktop.domain.tickets import tidy_line
from ets_desktop.queries.reading import read_mappings

REASON_LIMIT = 200
_REASON = SQL("SELECT set_config('ets.reason', %s, true)")
_LOCKED = SQL("SELECT {columns} FROM {table} WHERE {key} = %(key)s FOR NO KEY UPDATE")
_LAST = SQL("""
    SELECT coalesce(a.name, c.login) AS who, c.at FROM (
        (SELECT login, at FROM setting_change
         WHERE kind = %(kind)s AND subject = %(key)s ORDER BY id DESC LIMIT 1)
        UNION ALL
        (SELECT login, at FROM rights_change
         WHERE %(kind)s = 'agent' AND subject = %(key)s ORDER BY id DESC LIMIT 1)
    ) c LEFT JOIN agent a ON a.login = c.login
""")


def give_reason(session: Session, reason: str) -> None:
    """What the trails of this transaction say of its why."""
    driver_of(session).execute(_REASON, (tidy_line(reason)[:REASON_LIMIT],))


def require_unchanged(
    session: Session, table: str, column: str, key: object, seen: Mapping[str, object]
) -> None:
    """Lock the row of `table` whose `column` is `key`; its columns still are as they were `seen`.

    NotFound `record_gone`; StaleData `record_changed` with what differs, and who did it last.
    """
    columns = SQL(", ").join(Identifier(name) for name in seen)
    query = _LOCKED.format(columns=columns, table=Identifier(table), key=Identifier(column))
    found = read_mappings(session, query, {"key": key})
    if not found:
        raise NotFound("record_gone")
    theirs = {name: value for name, value in found[0].items() if value != seen[name]}
    if theirs:
        who, at = last_change(session, table, str(key))
        changes = (FieldChange(name, str(value), who, at) for name, value in theirs.items())
        raise StaleData("record_changed", tuple(changes))


def last_change(session: Session, kind: str, subject: str) -> tuple[str, str]:
    """Who changed it last, and when in ISO 8601; empty where the trail does not tell."""
    last = read_mappings(session, _LAST, {"kind": kind, "key": subject})
    return (last[0]["who"], last[0]["at"].isoformat()) if last else ("", "")
