"""팀 of 관리: every team, closed ones too, with who is in it and what waits for it."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.queries.reading import read


@dataclass(frozen=True, slots=True)
class ManagedTeam:
    """`members` counts active agents; `tickets` and `callers` wait for the team as a whole."""

    team_id: int
    name: str
    active: bool
    members: int
    tickets: int
    callers: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An active agent; `team` is "" for who is in none."""

    agent_id: int
    login: str
    name: str
    role: str
    extension: str
    team_id: int | None
    team: str


_TEAMS = SQL("""
    SELECT m.id AS team_id, m.name, m.active,
        (SELECT count(*) FROM agent a WHERE a.team_id = m.id AND a.active) AS members,
        (SELECT count(*) FROM ticket t WHERE t.assignee_team_id = m.id
            AND t.status IN ('received', 'transferred')) AS tickets,
        (SELECT count(*) FROM missed_call c WHERE c.team_id = m.id AND c.done_at IS NULL) AS callers
    FROM team m ORDER BY m.active DESC, m.name
""")
_MEMBERS = SQL("""
    SELECT a.id AS agent_id, a.login, a.name, a.role, coalesce(a.extension, '') AS extension,
        a.team_id, coalesce(m.name, '') AS team
    FROM agent a LEFT JOIN team m ON m.id = a.team_id
    WHERE a.active ORDER BY a.name, a.login
""")


def managed_teams(session: Session) -> tuple[ManagedTeam, ...]:
    """Every team, those in use first, by name."""
    return tuple(read(session, _TEAMS, {}, ManagedTeam))


def all_members(session: Session) -> tuple[MemberRow, ...]:
    """Every active agent by name, with the team they are in."""
    return tuple(read(session, _MEMBERS, {}, MemberRow))
