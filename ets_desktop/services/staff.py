"""상담원 of 관리: what an admin changes of somebody in one press of 저장."""

from dataclasses import dataclass

from psycopg.sql import SQL
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.topics import PEOPLE, Done
from ets_desktop.queries.logins import open_work_of
from ets_desktop.services.agents import (
    AddLogin,
    ChangeExtension,
    ChangeRole,
    ChangeTeam,
    add_login,
    agent_name,
    change_extension,
    change_role,
    change_team,
)
from ets_desktop.services.records import give_reason, require_unchanged

_RENAME = SQL("UPDATE agent SET name = %s WHERE login = %s")
#: Roles that see no tickets.
_WITHOUT_TICKETS = ("technician", "warehouse")


@dataclass(frozen=True, slots=True)
class Person:
    """`extension` and `team` (its name) are "" for none."""

    name: str
    role: str
    extension: str
    team: str


@dataclass(frozen=True, slots=True)
class RevisePerson:
    """`was` is what the wish was made from, with the id of the team then."""

    login: str
    person: Person
    was: Person
    was_team_id: int | None
    reason: str = ""


def add_person(session: Session, command: AddLogin) -> Done[str]:
    """As add_login; the value is the login."""
    return Done(command.login, add_login(session, command).touched | {PEOPLE})


def revise_person(session: Session, command: RevisePerson) -> Done[str]:
    """The value is the login. As the functions of services/agents refuse, and RuleViolation
    `work_left` for a role without tickets; StaleData `record_changed`; NotFound `record_gone`."""
    login, new, was = command.login, command.person, command.was
    seen = {
        "name": was.name,
        "role": was.role,
        "extension": was.extension or None,
        "team_id": command.was_team_id,
    }
    require_unchanged(session, "agent", "login", login, seen)
    give_reason(session, command.reason)
    name = agent_name(new.name)
    if name != was.name:
        driver_of(session).execute(_RENAME, (name, login))
    if new.role != was.role:
        _require_no_work(session, command)
        change_role(session, ChangeRole(login, new.role, command.reason))
    if new.extension != was.extension:
        change_extension(session, ChangeExtension(login, new.extension, command.reason))
    if new.team != was.team:
        change_team(session, ChangeTeam(login, new.team, command.reason))
    return Done(login, frozenset({PEOPLE}))


def _require_no_work(session: Session, command: RevisePerson) -> None:
    if command.person.role in _WITHOUT_TICKETS:
        left = open_work_of(session, command.login)
        if left.tickets or left.callbacks or left.callers:
            raise RuleViolation("work_left", field="role")
