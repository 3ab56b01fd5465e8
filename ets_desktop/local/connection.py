"""How to reach the embedded database, and whether it answers."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

import psycopg

HOST: Final = "127.0.0.1"
OWNER: Final = "ets_owner"
DATABASE: Final = "ets"


@dataclass(frozen=True, slots=True)
class ConnectionTarget:
    """One database of one server, and the login that owns it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    database: str

    def url(self, login: str | None = None, password: str | None = None) -> str:
        """The libpq URL of the owner, or of `login` (without `password`: as libpq finds it)."""
        if login is None:
            login, password = self.user, self.password
        secret = "" if password is None else f":{quote(password, safe='')}"
        database = quote(self.database, safe="")
        return f"postgresql://{quote(login, safe='')}{secret}@{self.host}:{self.port}/{database}"


def connect(target: ConnectionTarget, database: str | None = None) -> psycopg.Connection:
    """A connection of the owner, each statement its own transaction; raises the driver's errors.

    Whoever else listens on the port learns nothing: only SCRAM is spoken, and there each side
    proves that it knows the password.
    """
    return psycopg.connect(
        host=target.host,
        port=target.port,
        user=target.user,
        password=target.password,
        dbname=database or target.database,
        application_name="ets set-up",
        connect_timeout=5,
        require_auth="scram-sha-256",
        autocommit=True,
    )


def refusal(target: ConnectionTarget) -> str | None:
    """What the server says against a connection of the owner; None when it answers."""
    try:
        with connect(target, "postgres") as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError as error:
        return str(error)
    return None
