"""팀 of 관리: supervisors make, rename and close teams (spec 60).

The database refuses to close a team with open work or members, and tells each change.
"""

from dataclasses import dataclass

from psycopg.errors import UniqueViolation
from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.logins import NAME_LIMIT
from ets_desktop.domain.tickets import tidy_name
from ets_desktop.domain.topics import PEOPLE, Done
from ets_desktop.services.records import give_reason, require_unchanged

_ADD = SQL("INSERT INTO team (name) VALUES (%s) RETURNING id")
_REVISE = SQL("UPDATE team SET name = %s, active = %s WHERE id = %s")


@dataclass(frozen=True, slots=True)
class AddTeam:
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviseTeam:
    """`was_name` and `was_active` are what the wish was made from."""

    team_id: int
    name: str
    active: bool
    was_name: str
    was_active: bool
    reason: str = ""


def add_new_team(session: Session, command: AddTeam) -> Done[int]:
    """The value is its id. RuleViolation `needs_team_name`, `team_taken`, `not_allowed`."""
    give_reason(session, command.reason)
    try:
        row = driver_of(session).execute(_ADD, (team_name(command.name),)).fetchone()
    except UniqueViolation as taken:
        raise RuleViolation("team_taken", field="name") from taken
    assert row is not None
    return Done(int(str(row[0])), frozenset({PEOPLE}))


def revise_team(session: Session, command: ReviseTeam) -> Done[int]:
    """The value is its id. RuleViolation `needs_team_name`, `team_taken`, `team_has_work`,
    `team_has_members`, `not_allowed`; StaleData `record_changed`; NotFound `record_gone`."""
    name = team_name(command.name)
    seen = {"name": command.was_name, "active": command.was_active}
    require_unchanged(session, "team", "id", command.team_id, seen)
    give_reason(session, command.reason)
    try:
        driver_of(session).execute(_REVISE, (name, command.active, command.team_id))
    except UniqueViolation as taken:
        raise RuleViolation("team_taken", field="name") from taken
    return Done(command.team_id, frozenset({PEOPLE}))


def team_name(typed: str) -> str:
    """RuleViolation `needs_team_name`."""
    tidy = tidy_name(typed)
    if not tidy or len(tidy) > NAME_LIMIT:
        raise RuleViolation("needs_team_name", field="name", limit=NAME_LIMIT)
    return tidy
