"""Makes a central server ready for a shop: group roles, the schema's owner, its database.

Everything may be done again: what stands is left, or put right. By a superuser's connection.
"""

from typing import Any, Final

import psycopg
from psycopg import sql

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.permissions import ROLES, group_of

Connection = psycopg.Connection[Any]
#: Nobody's; it owns what forgets old trails (migration 0021).
RETENTION: Final = "ets_retention"
#: From here on CREATEROLE alone gives nobody a group.
_ADMIN_IS_ASKED: Final = 160_000
#: Character types that know Hangul, the first that the server's machine has.
_CTYPES: Final = ("C.UTF-8", "C.utf8", "ko_KR.UTF-8", "ko_KR.utf8", "en_US.UTF-8", "ko-KR")


def missing_groups(connection: Connection) -> list[str]:
    """The group roles that are not there."""
    wanted = [*map(group_of, ROLES), RETENTION]
    return [name for name in wanted if not role_exists(connection, name)]


def make_groups(connection: Connection, names: list[str]) -> None:
    for name in names:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))


def role_exists(connection: Connection, name: str) -> bool:
    found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (name,))
    return found.fetchone() is not None


def is_superuser(connection: Connection, name: str) -> bool:
    found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s AND rolsuper", (name,))
    return found.fetchone() is not None


def make_owner(connection: Connection, owner: str, password: str) -> None:
    """The login that owns the schema and gives logins to others; only its verifier is sent."""
    verifier = connection.pgconn.encrypt_password(
        password.encode(), owner.encode(), b"scram-sha-256"
    ).decode()
    connection.execute(
        sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
            sql.Identifier(owner), sql.Literal(verifier)
        )
    )


def fit_owner(connection: Connection, owner: str) -> None:
    """Let it make logins, put them in groups, end their sessions, and restore a backup beside the
    shop; it is no superuser."""
    name = sql.Identifier(owner)
    connection.execute(sql.SQL("ALTER ROLE {} CREATEROLE CREATEDB").format(name))
    connection.execute(sql.SQL("GRANT pg_signal_backend TO {}").format(name))
    if connection.info.server_version < _ADMIN_IS_ASKED:
        return
    # It gives the groups to others, and has none of their rights itself.
    for group in (*map(group_of, ROLES), RETENTION):
        connection.execute(
            sql.SQL("GRANT {} TO {} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE").format(
                sql.Identifier(group), name
            )
        )


def database_exists(connection: Connection, database: str) -> bool:
    found = connection.execute("SELECT FROM pg_database WHERE datname = %s", (database,))
    return found.fetchone() is not None


def make_database(connection: Connection, database: str, owner: str) -> None:
    """The shop's database, with letters that know Hangul. Raises EtsError `server_no_hangul`."""
    for ctype in _CTYPES:
        try:
            connection.execute(_create(connection, database, owner, ctype))
        except (psycopg.errors.WrongObjectType, psycopg.errors.InvalidParameterValue):
            continue  # the machine knows no such character type
        return
    raise EtsError("server_no_hangul")


def _create(connection: Connection, database: str, owner: str, ctype: str) -> sql.Composed:
    builtin = connection.info.server_version >= 170_000
    provider = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'" if builtin else ""
    return sql.SQL(
        "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'"
        " LC_CTYPE {} {}"
    ).format(sql.Identifier(database), sql.Identifier(owner), sql.Literal(ctype), sql.SQL(provider))


def close_database(connection: Connection, database: str, owner: str) -> None:
    """Only ours connect, and nobody makes objects in it but its owner."""
    groups = sql.SQL(", ").join(sql.Identifier(group_of(role)) for role in ROLES)
    name = sql.Identifier(database)
    connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, sql.Identifier(owner)))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, groups))
    connection.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO ets_erp, ets_admin").format(name))


def close_schema(connection: Connection, owner: str) -> None:
    """In the shop's database: servers upgraded from 14 let everybody make tables."""
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    connection.execute(
        sql.SQL("GRANT CREATE, USAGE ON SCHEMA public TO {}").format(sql.Identifier(owner))
    )
