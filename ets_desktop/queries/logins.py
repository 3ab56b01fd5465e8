"""Who may log in: agents and services beside what PostgreSQL itself knows of their logins."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.queries.reading import read, read_mappings


@dataclass(frozen=True, slots=True)
class LoginRow:
    """One login; `name`, `extension` and `team` are "" where there is none, as with services.

    `group` is the role that PostgreSQL gives it, "" where it has no login there at all; `sessions`
    counts its connections to this database.
    """

    login: str
    name: str
    role: str
    extension: str
    team: str
    active: bool
    group: str
    can_log_in: bool
    sessions: int

    @property
    def is_as_it_should_be(self) -> bool:
        """Whether PostgreSQL lets this login do what our table says, no more and no less."""
        return self.group == self.role and self.can_log_in == self.active


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What somebody leaves behind: open tickets assigned to them, callbacks they promised, callers
    who tried them in vain."""

    tickets: int
    callbacks: int
    callers: int


_LOGINS = SQL("""
    WITH known AS (
        SELECT r.rolname AS login, r.rolcanlogin,
            string_agg(substr(g.rolname, 5), '+' ORDER BY g.rolname) AS groups
        FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid
        JOIN pg_roles g ON g.oid = m.roleid
        WHERE g.rolname IN ('ets_agent', 'ets_supervisor', 'ets_admin', 'ets_technician',
                            'ets_warehouse', 'ets_gateway', 'ets_erp')
          AND r.rolname !~ '^ets_'
        GROUP BY r.rolname, r.rolcanlogin
    )
    SELECT a.login, a.name, a.role, coalesce(a.extension, '') AS extension,
        coalesce(t.name, '') AS team, a.active, coalesce(k.groups, '') AS "group",
        coalesce(k.rolcanlogin, false) AS can_log_in,
        (SELECT count(*) FROM pg_stat_activity s
         WHERE s.usename = a.login AND s.datname = current_database()) AS sessions
    FROM agent a LEFT JOIN team t ON t.id = a.team_id LEFT JOIN known k ON k.login = a.login
    UNION ALL
    SELECT k.login, '', k.groups, '', '', k.rolcanlogin, k.groups, k.rolcanlogin,
        (SELECT count(*) FROM pg_stat_activity s
         WHERE s.usename = k.login AND s.datname = current_database())
    FROM known k WHERE k.groups IN ('gateway', 'erp')
      AND NOT EXISTS (SELECT FROM agent a WHERE a.login = k.login)
    ORDER BY active DESC, login
""")
_OPEN_WORK = SQL("""
    SELECT
        (SELECT count(*) FROM ticket k
         WHERE k.assignee_id = a.id AND k.status IN ('received', 'transferred')) AS tickets,
        (SELECT count(*) FROM callback b
         WHERE b.assignee_id = a.id AND b.outcome IS NULL) AS callbacks,
        (SELECT count(*) FROM missed_call m
         WHERE m.agent_id = a.id AND m.done_at IS NULL) AS callers
    FROM agent a WHERE a.login = %(login)s
""")
_AGENT = SQL("SELECT id FROM agent WHERE login = %(login)s")


def logins(session: Session) -> tuple[LoginRow, ...]:
    """Every agent and service, those who may log in first."""
    return tuple(read(session, _LOGINS, {}, LoginRow))


def open_work_of(session: Session, login: str) -> OpenWork:
    """What waits for an agent; nothing for a service."""
    found = read(session, _OPEN_WORK, {"login": login}, OpenWork)
    return found[0] if found else OpenWork(0, 0, 0)


def agent_id_of(session: Session, login: str) -> int:
    """RuleViolation `agent_unknown`."""
    found = read_mappings(session, _AGENT, {"login": login})
    if not found:
        raise RuleViolation("agent_unknown")
    return int(found[0]["id"])
