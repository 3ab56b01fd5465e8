"""변경 이력 of 관리: who changed which list or setting of the house, from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read

#: More than anybody reads of one record.
MOST = 200


@dataclass(frozen=True, slots=True)
class SettingChangeRow:
    """`change` is added, changed or removed; `old` and `new` have the columns that differ, all of
    them of what was added or removed. `who` is a name, or the login of who is no agent."""

    change_id: int
    at: datetime
    who: str
    name: str
    change: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    reason: str


_CHANGES = SQL("""
    SELECT c.id AS change_id, c.at, coalesce(a.name, c.login) AS who, c.name, c.change, c.old,
        c.new, c.reason
    FROM setting_change c LEFT JOIN agent a ON a.login = c.login
    WHERE c.kind = %(kind)s AND (%(subject)s::text IS NULL OR c.subject = %(subject)s)
    ORDER BY c.id DESC LIMIT %(most)s
""")


def setting_changes(
    session: Session, kind: str, subject: str | None = None
) -> tuple[SettingChangeRow, ...]:
    """The newest changes of a table (`kind`), with `subject` of its row with that key."""
    asked = {"kind": kind, "subject": subject, "most": MOST}
    return tuple(read(session, _CHANGES, asked, SettingChangeRow))
