"""The roles a backup needs beside the database: groups, the people in them, what the groups may.

Roles belong to the whole server, so pg_dump leaves them out. Those that exist where a backup is
restored are left as they are but for what they are members of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from ets_desktop.db.backup.contents import SCHEMA_OWNER, database_rights, function_rights

_ROLES = """
    WITH RECURSIVE ours (oid) AS (
        SELECT oid FROM pg_roles WHERE rolname LIKE 'ets\\_%%' AND NOT rolcanlogin
        UNION
        SELECT m.member FROM pg_auth_members m JOIN ours ON ours.oid = m.roleid
    )
    SELECT r.rolname, r.rolcanlogin, r.rolconnlimit, r.rolvaliduntil::text, {},
        coalesce((SELECT array_agg(g.rolname::text ORDER BY g.rolname) FROM pg_auth_members m
            JOIN pg_roles g ON g.oid = m.roleid JOIN ours ON ours.oid = g.oid
            WHERE m.member = r.oid), '{{}}')
    FROM pg_roles r JOIN ours ON ours.oid = r.oid
    WHERE NOT (r.rolsuper OR r.rolcreaterole) ORDER BY r.rolcanlogin, r.rolname
"""
#: Only a superuser reads what passwords are checked against.
_VERIFIER = "(SELECT a.rolpassword FROM pg_authid a WHERE a.oid = r.oid)"
_PRIVILEGES = {word: sql.SQL(word) for word in ("CONNECT", "CREATE", "TEMPORARY")}


@dataclass(frozen=True, slots=True)
class Role:
    """`verifier` is what SCRAM checks a password against, None where it could not be read."""

    name: str
    can_login: bool
    connection_limit: int
    valid_until: str | None
    verifier: str | None
    member_of: tuple[str, ...]


def roles_of(connection: psycopg.Connection[Any]) -> tuple[Role, ...]:
    """Our group roles and whoever is a member of one, groups first; not those who own the schema
    and give the groups to others, for a new server has its own (`ets server init`)."""
    (may_read,) = connection.execute(
        "SELECT has_table_privilege('pg_catalog.pg_authid', 'SELECT')"
    ).fetchone() or (False,)
    query = _ROLES.format(_VERIFIER if may_read else "NULL")
    found = connection.execute(query.encode(), [])
    return tuple(
        Role(name, can_login, limit, until, verifier, tuple(groups))
        for name, can_login, limit, until, verifier, groups in found
    )


def role_statements(
    connection: psycopg.Connection[Any], roles: Sequence[Role], grants: Sequence[str]
) -> str:
    """SQL that makes the `roles` which this server lacks, and gives the database its grants."""
    existing = {str(row[0]) for row in connection.execute("SELECT rolname FROM pg_roles")}
    groups = {role.name: set(role.member_of) for role in roles_of(connection)}
    statements = [_creation(role) for role in roles if role.name not in existing]
    statements += [
        sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(role.name))
        for role in roles
        for group in role.member_of
        if group not in groups.get(role.name, ())
    ]
    statements += _database_grants(connection, grants)
    return "".join(f"{statement.as_string(connection)};\n" for statement in statements)


def owner_statements(owners: Sequence[tuple[str, str, str]], grants: Sequence[str]) -> str:
    """SQL that gives what was restored to whom it belonged; names are quoted already.

    As the migrations do: who is no superuser must be a member for a moment, and who may call a
    function is said after it was given away, for the rights of the one before go along with it.
    """
    told = []
    for owner in sorted({role for _, _, role in owners}):
        role = sql.Identifier(owner).as_string()
        told += [f"GRANT {role} TO CURRENT_USER", f"GRANT CREATE ON SCHEMA public TO {role}"]
        for kind, name, _ in (one for one in owners if one[2] == owner):
            told.append(f"ALTER {kind} {name} OWNER TO {role}")
            if kind == "FUNCTION":
                told.append(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
                callers = map(_grantee, function_rights(grants, name))
                told += [f"GRANT EXECUTE ON FUNCTION {name} TO {caller}" for caller in callers]
        told += [f"REVOKE CREATE ON SCHEMA public FROM {role}", f"REVOKE {role} FROM CURRENT_USER"]
    return "".join(f"{statement};\n" for statement in told)


def _grantee(name: str) -> str:
    known = {"PUBLIC": "PUBLIC", SCHEMA_OWNER: "CURRENT_USER"}
    return known.get(name) or sql.Identifier(name).as_string()


def missing_roles(connection: psycopg.Connection[Any], roles: Sequence[Role]) -> tuple[str, ...]:
    """What of `roles` this server does not have, or has outside a group it belongs to."""
    groups = {role.name: set(role.member_of) for role in roles_of(connection)}
    return tuple(
        f"- role {role.name}"
        for role in roles
        if role.name not in groups or not set(role.member_of) <= groups[role.name]
    )


def _creation(role: Role) -> sql.Composable:
    parts: list[sql.Composable] = [sql.SQL("CREATE ROLE {}").format(sql.Identifier(role.name))]
    parts.append(sql.SQL("LOGIN" if role.can_login else "NOLOGIN"))
    parts.append(sql.SQL("CONNECTION LIMIT {}").format(sql.Literal(role.connection_limit)))
    if role.valid_until is not None:
        parts.append(sql.SQL("VALID UNTIL {}").format(sql.Literal(role.valid_until)))
    if role.verifier is not None:
        parts.append(sql.SQL("PASSWORD {}").format(sql.Literal(role.verifier)))
    return sql.SQL(" ").join(parts)


def _database_grants(
    connection: psycopg.Connection[Any], grants: Sequence[str]
) -> list[sql.Composable]:
    """What is granted on the database itself; pg_dump says it only for one it creates."""
    name = sql.Identifier(connection.info.dbname)
    statements: list[sql.Composable] = [
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name)
    ]
    for grantee, privilege in database_rights(grants):
        to = sql.SQL("PUBLIC") if grantee == "PUBLIC" else sql.Identifier(grantee)
        statements.append(
            sql.SQL("GRANT {} ON DATABASE {} TO {}").format(_PRIVILEGES[privilege], name, to)
        )
    return statements
