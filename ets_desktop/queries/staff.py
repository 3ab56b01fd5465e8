"""상담원 of 관리: everybody with an agent of their own, and who changed what of their rights.

Logins of services (gateway, erp) are nobody's and not among them; `ets agents` lists those.
"""

from dataclasses import dataclass
from datetime import datetime

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read

#: More than anybody reads of one person.
MOST = 200


@dataclass(frozen=True, slots=True)
class StaffRow:
    """`extension` and `team` are "" where there is none; `last_login_at` is None before the
    first. `tickets`, `callbacks` and `callers` are what is open, as `logins.OpenWork` has it."""

    agent_id: int
    login: str
    name: str
    role: str
    extension: str
    team: str
    team_id: int | None
    active: bool
    state: str
    last_login_at: datetime | None
    tickets: int
    callbacks: int
    callers: int

    @property
    def open_work(self) -> int:
        return self.tickets + self.callbacks + self.callers


@dataclass(frozen=True, slots=True)
class RightsChangeRow:
    """`who` is a name, or the login of who is no agent; `change` as in `rights_change`."""

    change_id: int
    at: datetime
    who: str
    subject: str
    change: str
    old: str | None
    new: str | None
    reason: str


_STAFF = SQL("""
    SELECT a.id AS agent_id, a.login, a.name, a.role, coalesce(a.extension, '') AS extension,
        coalesce(m.name, '') AS team, a.team_id, a.active, a.state,
        (SELECT l.at FROM access_log l WHERE l.login = a.login AND l.action = 'login'
         ORDER BY l.at DESC LIMIT 1) AS last_login_at,
        (SELECT count(*) FROM ticket t WHERE t.assignee_id = a.id
            AND t.status IN ('received', 'transferred')) AS tickets,
        (SELECT count(*) FROM callback b
         WHERE b.assignee_id = a.id AND b.outcome IS NULL) AS callbacks,
        (SELECT count(*) FROM missed_call c
         WHERE c.agent_id = a.id AND c.done_at IS NULL) AS callers
    FROM agent a LEFT JOIN team m ON m.id = a.team_id
    ORDER BY a.active DESC, a.name, a.login
""")
_RIGHTS = SQL("""
    SELECT r.id AS change_id, r.at, coalesce(a.name, r.login) AS who, r.subject, r.change, r.old,
        r.new, r.reason
    FROM rights_change r LEFT JOIN agent a ON a.login = r.login
    WHERE %(subject)s::text IS NULL OR r.subject = %(subject)s
    ORDER BY r.id DESC LIMIT %(most)s
""")


def staff(session: Session) -> tuple[StaffRow, ...]:
    """Everybody, who works here first, by name."""
    return tuple(read(session, _STAFF, {}, StaffRow))


def rights_changes(session: Session, subject: str | None = None) -> tuple[RightsChangeRow, ...]:
    """The newest changes of rights, with `subject` those of that login."""
    asked = {"subject": subject, "most": MOST}
    return tuple(read(session, _RIGHTS, asked, RightsChangeRow))
