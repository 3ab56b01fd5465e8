"""Who works here: the person behind a login, the receivers of a transfer, the ticket categories."""

from collections.abc import Mapping
from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.domain.agents import AgentSession
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.queries.reading import read, read_mappings


@dataclass(frozen=True, slots=True)
class AgentRow:
    """An active agent, as 이관담당자 offers it."""

    agent_id: int
    name: str
    extension: str
    role: str
    team_id: int | None
    team: str


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, as 이관담당자 offers it; `members` counts its active agents."""

    team_id: int
    name: str
    members: int


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """세부유형: the second level below a ticket type."""

    category_id: int
    ticket_type: str
    name: str


@dataclass(frozen=True, slots=True)
class CategoryRecord:
    """A 세부유형 as those see it who write them, an inactive one too; `tickets` have it."""

    category_id: int
    ticket_type: str
    name: str
    active: bool
    tickets: int


_SIGN_IN = SQL("""
    SELECT a.id AS agent_id, a.login, a.name, coalesce(a.extension, '') AS extension, a.role,
        a.team_id, coalesce(m.name, '') AS team
    FROM agent a LEFT JOIN team m ON m.id = a.team_id
    WHERE a.login = session_user AND a.active
""")
#: A technician's and the ERP's logins may not: their screens are still to come.
_SEES_AGENTS = SQL("SELECT has_table_privilege('agent', 'SELECT') AS sees")
_DISABLED = SQL("SELECT 1 AS one FROM agent WHERE login = session_user")
_AGENTS = SQL("""
    SELECT a.id AS agent_id, a.name, coalesce(a.extension, '') AS extension, a.role, a.team_id,
        coalesce(m.name, '') AS team
    FROM agent a LEFT JOIN team m ON m.id = a.team_id
    WHERE a.active ORDER BY a.name, a.extension, a.id
""")
_TEAMS = SQL("""
    SELECT m.id AS team_id, m.name, count(a.id) AS members
    FROM team m LEFT JOIN agent a ON a.team_id = m.id AND a.active
    WHERE m.active GROUP BY m.id ORDER BY m.name
""")
_CATEGORIES = SQL("""
    SELECT id AS category_id, ticket_type, name FROM ticket_category
    WHERE active ORDER BY ticket_type, sort, name
""")
_CATEGORY_COUNTS = SQL("""
    SELECT ticket_type, count(*) AS names FROM ticket_category GROUP BY ticket_type
""")
_CATEGORY_RECORDS = SQL("""
    SELECT k.id AS category_id, k.ticket_type, k.name, k.active, coalesce(t.tickets, 0) AS tickets
    FROM ticket_category k LEFT JOIN (
        SELECT category_id, count(*) AS tickets FROM ticket
        WHERE ticket_type = %(ticket_type)s AND category_id IS NOT NULL
        GROUP BY category_id) t ON t.category_id = k.id
    WHERE k.ticket_type = %(ticket_type)s ORDER BY k.sort, k.name, k.id
""")


def sign_in(session: Session) -> AgentSession:
    """The active agent of this database login; NotFound `no_agent_for_login`, RuleViolation
    `account_disabled`, `no_screens_for_role` of one that reads nothing a desk shows (spec 80)."""
    if not read_mappings(session, _SEES_AGENTS, {})[0]["sees"]:
        raise RuleViolation("no_screens_for_role", field="login")
    found = read(session, _SIGN_IN, {}, AgentSession)
    if not found and read_mappings(session, _DISABLED, {}):
        raise RuleViolation("account_disabled")
    if not found:
        raise NotFound("no_agent_for_login")
    return found[0]


def active_agents(session: Session) -> tuple[AgentRow, ...]:
    """Every active agent by name; the form leaves the asking one out."""
    return tuple(read(session, _AGENTS, {}, AgentRow))


def teams(session: Session) -> tuple[TeamRow, ...]:
    """Every team in use by name."""
    return tuple(read(session, _TEAMS, {}, TeamRow))


def ticket_categories(session: Session) -> tuple[CategoryRow, ...]:
    """The active 세부유형 of all ticket types, in the order an admin gave them."""
    return tuple(read(session, _CATEGORIES, {}, CategoryRow))


def category_counts(session: Session) -> Mapping[str, int]:
    """How many 세부유형 each ticket type has, those out of use too."""
    rows = read_mappings(session, _CATEGORY_COUNTS, {})
    return {row["ticket_type"]: row["names"] for row in rows}


def category_records(session: Session, ticket_type: str) -> tuple[CategoryRecord, ...]:
    """The 세부유형 of a ticket type with how many tickets have them, as they are offered."""
    given = {"ticket_type": ticket_type}
    return tuple(read(session, _CATEGORY_RECORDS, given, CategoryRecord))
