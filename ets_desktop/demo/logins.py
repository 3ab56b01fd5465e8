"""The demo's logins: real logins of the database with one password."""

import secrets

from psycopg import sql
from sqlalchemy.orm import Session

from ets_desktop.db.engine import driver_of
from ets_desktop.demo.loading import Connection
from ets_desktop.demo.staff import demo_logins

#: Left out: what is mistaken for something else when read from a screen.
_PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
#: Logins belong to the whole server: another database may have brought them.
_CREATE_LOGIN = sql.SQL("""
    DO $$ BEGIN
        CREATE ROLE {} LOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$
""")


def new_password() -> str:
    """Sixteen letters and digits in groups of four."""
    letters = [secrets.choice(_PASSWORD_LETTERS) for _ in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def create_logins(connection: Connection, password: str) -> None:
    """Give everybody a login of the database with `password`; one that exists gets it anew.

    Only its SCRAM verifier is sent, so the server's log never holds it.
    """
    roles = connection.execute(
        "SELECT login, role FROM agent WHERE login = ANY(%s) ORDER BY login", [demo_logins()]
    )
    for login, role in roles.fetchall():
        name = sql.Identifier(str(login))
        verifier = connection.pgconn.encrypt_password(
            password.encode(), str(login).encode(), b"scram-sha-256"
        ).decode()
        connection.execute(_CREATE_LOGIN.format(name))
        connection.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(name, sql.Literal(verifier))
        )
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(f"ets_{role}"), name))


def set_demo_password(session: Session, password: str) -> None:
    """Give the logins of a demo that exists another password."""
    create_logins(driver_of(session), password)
