"""Who may log in, and in which role: what an admin does to agents and services (spec 80).

Everything is a guarded function of the database (migration 0022): an admin's login creates no
roles itself. Passwords leave this PC as SCRAM verifiers only, and each change is in the rights log.
"""

from dataclasses import dataclass, field
from typing import LiteralString

from psycopg.sql import SQL, Literal
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.logins import (
    NAME_LIMIT,
    PERSONS,
    REASON_LIMIT,
    SERVICES,
    is_extension,
    is_login,
    is_strong,
)
from ets_desktop.domain.tickets import tidy_line, tidy_name
from ets_desktop.domain.topics import Done
from ets_desktop.services.teams import team_name

_TEAM = SQL("SELECT id FROM team WHERE name = %s")
_ADD_TEAM = SQL("INSERT INTO team (name) VALUES (%s) ON CONFLICT DO NOTHING")
_OWN_PASSWORD = SQL("ALTER ROLE CURRENT_USER PASSWORD {}")
_REASON = SQL("SELECT set_config('ets.reason', %s, true)")
_MOVE = SQL("UPDATE agent SET team_id = %s WHERE login = %s")


@dataclass(frozen=True, slots=True)
class AddLogin:
    """A person with an agent of their own, or, in the role of a service, a login alone.

    `extension` and `team` are "" for none; neither is a service's.
    """

    login: str
    name: str
    role: str
    password: str = field(repr=False)
    extension: str = ""
    team: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRole:
    login: str
    role: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeExtension:
    """`extension` "" takes it away."""

    login: str
    extension: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeTeam:
    """`team` "" takes somebody out of theirs."""

    login: str
    team: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangePassword:
    login: str
    password: str = field(repr=False)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EnableLogin:
    """Let somebody log in again, or with `enabled` false no more."""

    login: str
    enabled: bool
    reason: str = ""


def add_login(session: Session, command: AddLogin) -> Done[int | None]:
    """Make a login in its group role; the value is the agent's id, None for a service.

    RuleViolation `login_name_refused`, `login_taken`, `login_not_ours`, `role_unknown`,
    `needs_agent_name`, `extension_refused`, `extension_taken`, `team_unknown`, `password_weak`,
    `not_allowed` for whoever is no admin.
    """
    _require_role(command.role, (*PERSONS, *SERVICES))
    name = "" if command.role in SERVICES else agent_name(command.name)
    verifier = _verifier(session, command.login, command.password)
    values = (
        command.login,
        name,
        command.role,
        _extension_of(command.extension),
        _team_id(session, command.team),
        verifier,
        _reason_of(command.reason),
    )
    return Done(_ask(session, "add_agent", values))


def add_first_admin(session: Session, command: AddLogin) -> Done[int | None]:
    """The one admin of a new database, made by its owner; RuleViolation `admin_exists` later."""
    verifier = _verifier(session, command.login, command.password)
    values = (command.login, agent_name(command.name), verifier)
    return Done(_ask(session, "add_first_admin", values))


def change_role(session: Session, command: ChangeRole) -> Done[None]:
    """RuleViolation `agent_unknown`, `role_unknown`, `last_admin`, `not_allowed`.

    Open sessions have the new rights with their next statement.
    """
    _require_role(command.role, PERSONS)
    _ask(session, "set_agent_role", (command.login, command.role, _reason_of(command.reason)))
    return Done(None)


def change_extension(session: Session, command: ChangeExtension) -> Done[None]:
    """RuleViolation `agent_unknown`, `extension_refused`, `extension_taken`, `not_allowed`."""
    extension = _extension_of(command.extension)
    _ask(session, "set_agent_extension", (command.login, extension, _reason_of(command.reason)))
    return Done(None)


def add_team(session: Session, name: str) -> Done[bool]:
    """False where there is one of that name. RuleViolation `needs_team_name`, `not_allowed`."""
    return Done(driver_of(session).execute(_ADD_TEAM, (team_name(name),)).rowcount == 1)


def change_team(session: Session, command: ChangeTeam) -> Done[None]:
    """RuleViolation `agent_unknown`, `team_unknown`, `not_allowed`."""
    team_id = _team_id(session, command.team)
    driver = driver_of(session)
    driver.execute(_REASON, (_reason_of(command.reason),))
    if driver.execute(_MOVE, (team_id, command.login)).rowcount == 0:
        raise RuleViolation("agent_unknown")
    return Done(None)


def change_password(session: Session, command: ChangePassword) -> Done[None]:
    """Also makes a login anew that is gone, as after a restore on another server.

    RuleViolation `agent_unknown`, `password_weak`, `login_disabled`, `not_allowed`.
    """
    verifier = _verifier(session, command.login, command.password)
    _ask(session, "set_login_password", (command.login, verifier, _reason_of(command.reason)))
    return Done(None)


def change_own_password(session: Session, command: ChangePassword) -> Done[None]:
    """Anybody's own; `command.login` is whose session this is. RuleViolation `password_weak`."""
    verifier = _verifier(session, command.login, command.password)
    driver_of(session).execute(_OWN_PASSWORD.format(Literal(verifier)))
    return Done(None)


def enable_login(session: Session, command: EnableLogin) -> Done[None]:
    """RuleViolation `agent_unknown`, `last_admin`, `not_allowed`.

    Whoever is disabled logs in no more and writes nothing more; `end_sessions` shuts what is open.
    """
    values = (command.login, command.enabled, _reason_of(command.reason))
    _ask(session, "set_login_enabled", values)
    return Done(None)


def end_sessions(session: Session, login: str) -> Done[int]:
    """Cut every connection of a disabled login; the value counts them.

    In a transaction after `enable_login`: until that is committed a new session could begin.
    RuleViolation `login_not_disabled`, `not_allowed`.
    """
    return Done(_ask(session, "end_sessions_of", (login,)) or 0)


def _ask(session: Session, function: LiteralString, values: tuple[object, ...]) -> int | None:
    marks = SQL(", ").join(SQL("%s") for _ in values)
    query = SQL("SELECT {}").format(SQL(function) + SQL("(") + marks + SQL(")"))
    row = driver_of(session).execute(query, values).fetchone()
    return None if row is None or not isinstance(row[0], int) else row[0]


def _verifier(session: Session, login: str, password: str) -> str:
    if not is_login(login):
        raise RuleViolation("login_name_refused", field="login")
    if not is_strong(password, login):
        raise RuleViolation("password_weak", field="password")
    connection = driver_of(session).pgconn
    return connection.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()


def _require_role(role: str, roles: tuple[str, ...]) -> None:
    if role not in roles:
        raise RuleViolation("role_unknown", field="role")


def agent_name(typed: str) -> str:
    """RuleViolation `needs_agent_name`."""
    name = tidy_name(typed)
    if not name or len(name) > NAME_LIMIT:
        raise RuleViolation("needs_agent_name", field="name", limit=NAME_LIMIT)
    return name


def _reason_of(typed: str) -> str:
    return tidy_line(typed)[:REASON_LIMIT]


def _extension_of(typed: str) -> str | None:
    if typed and not is_extension(typed):
        raise RuleViolation("extension_refused", field="extension")
    return typed or None


def _team_id(session: Session, name: str) -> int | None:
    if not name:
        return None
    row = driver_of(session).execute(_TEAM, (name,)).fetchone()
    if row is None:
        raise RuleViolation("team_unknown", field="team")
    return int(str(row[0]))
