"""`ets server`: a central PostgreSQL made ready for a shop, and looked over."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import click
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ets_desktop.cli.passwords import typed_password
from ets_desktop.cli.server_words import words_of
from ets_desktop.db import server_facts, server_setup
from ets_desktop.db.address import require_address
from ets_desktop.db.engine import KEEPALIVES, Database
from ets_desktop.db.failures import known_error
from ets_desktop.db.schema_version import schema_status
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.server_rules import (
    OK,
    WARNING,
    WRONG,
    Verdict,
    judge_hba,
    judge_letters,
    judge_memory,
    judge_settings,
    judge_tls,
    judge_version,
)
from ets_desktop.queries.permissions import permission_faults
from ets_desktop.settings import load_settings

Connection = psycopg.Connection[Any]
_MARKS = {OK: "✓", WARNING: "!", WRONG: "✗"}
_MOST_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """The settings' address taken apart: `owner` is to own the schema of `database`."""

    url: str
    owner: str
    password: str
    database: str


@click.group(name="server")
def command() -> None:
    """The central PostgreSQL of a shop."""


@command.command()
@click.option(
    "--superuser", default="postgres", show_default=True, help="Whoever may prepare the server."
)
@click.option("--check", is_flag=True, help="Only look; change nothing.")
@click.option("--memory", type=click.IntRange(1), help="Memory of the server's machine in GB.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def init(superuser: str, check: bool, memory: int | None, as_json: bool) -> None:
    """Prepare the server of ETS_DATABASE_URL: roles, owner, database; may be done again.

    The address names the owner-to-be and the database. The superuser's password is asked for
    unseen or read from a pipe, then that of an owner who is new. Exit code 1 when something is
    wrong.
    """
    place = _place()
    with _superuser(place, superuser, "postgres") as connection:
        verdicts = [*_looked_at(connection, memory)]
        verdicts += _prepared(connection, place, superuser, check=check)
        if server_setup.database_exists(connection, place.database):
            password = connection.info.password
            with closing(_connected(place, superuser, password, place.database)) as inside:
                verdicts += _inside(inside, place, password, check=check)
    _tell(verdicts, as_json)
    raise SystemExit(1 if any(verdict.state == WRONG for verdict in verdicts) else 0)


def _place() -> Place:
    url = load_settings().database.url
    if url is None:
        raise EtsError("server_needs_address")
    require_address(url)
    parts = conninfo_to_dict(url)
    owner, database = str(parts.get("user") or ""), str(parts.get("dbname") or "")
    if not owner or not database:
        raise EtsError("server_needs_owner")
    return Place(url, owner, str(parts.get("password") or ""), database)


@contextmanager
def _superuser(place: Place, name: str, database: str) -> Iterator[Connection]:
    password = (
        place.password
        if name == place.owner and place.password
        else typed_password(f"{name}의 비밀번호", f"password of {name}")
    )
    with closing(_connected(place, name, password, database)) as connection:
        if not server_facts.is_superuser(connection):
            raise EtsError("server_needs_superuser", login=name)
        yield connection


def _connected(place: Place, user: str, password: str, database: str) -> Connection:
    told = make_conninfo(place.url, user=user, password=password or None, dbname=database)
    try:
        return psycopg.connect(
            told,
            autocommit=True,
            application_name="ets server",
            **KEEPALIVES,  # type: ignore[arg-type]
        )
    except psycopg.Error as error:
        said = str(error).strip().splitlines()[-1]
        if "certificate" in said or "SSL" in said:
            raise EtsError("server_tls_failed", reason=said.rpartition(": ")[2]) from None
        known = known_error(error, committing=False)
        if known is None:
            raise
        raise known from None


def _looked_at(connection: Connection, memory: int | None) -> Iterator[Verdict]:
    """What holds for the whole server."""
    yield judge_version(connection.info.server_version)
    yield from judge_tls(server_facts.connected(connection))
    yield from judge_hba(server_facts.hba_rules(connection))
    yield from judge_settings(server_facts.settings(connection))
    capacity = server_facts.capacity(connection)
    whole = memory << 30 if memory else capacity.memory
    if whole is None:
        yield Verdict.of("memory_unknown", WARNING)
    else:
        yield from judge_memory(capacity.sizes, whole, capacity.connections)


def _prepared(
    connection: Connection, place: Place, superuser: str, *, check: bool
) -> Iterator[Verdict]:
    """Roles, owner and database, made unless they stand or `check` forbids it."""
    missing = server_setup.missing_groups(connection)
    if missing and not check:
        server_setup.make_groups(connection, missing)
    yield _made("groups", bool(missing), check, names=", ".join(missing))
    is_new = not server_setup.role_exists(connection, place.owner)
    if is_new and not check:
        password = place.password or typed_password(
            f"{place.owner}의 새 비밀번호", f"new password of {place.owner}", twice=True
        )
        server_setup.make_owner(connection, place.owner, password)
    yield _made("owner", is_new, check, owner=place.owner)
    if place.owner == superuser or server_setup.is_superuser(connection, place.owner):
        yield Verdict.of("owner_is_superuser", WARNING, owner=place.owner)
    elif not check:
        server_setup.fit_owner(connection, place.owner)
    is_new = not server_setup.database_exists(connection, place.database)
    if is_new and not check:
        server_setup.make_database(connection, place.database, place.owner)
    yield _made("database", is_new, check, database=place.database)
    if not check:
        server_setup.close_database(connection, place.database, place.owner)


def _made(what: str, was_missing: bool, check: bool, **details: object) -> Verdict:
    if not was_missing:
        return Verdict.of(what, OK, **details)
    code = f"{what}_missing" if check else f"{what}_made"
    return Verdict.of(code, WRONG if check else OK, **details)


def _inside(
    connection: Connection, place: Place, password: str, *, check: bool
) -> Iterator[Verdict]:
    """What holds for the shop's own database."""
    yield from judge_letters(server_facts.letters(connection))
    if not check:
        server_setup.close_schema(connection, place.owner)
    told = make_conninfo(connection.info.dsn, password=password or None)
    status = schema_status(told)
    if status.current is None:
        yield Verdict.of("schema_empty", WARNING)
    elif status.is_current:
        yield _rights(told)


def _rights(told: str) -> Verdict:
    database = Database(told, application_name="ets server", pool_size=1)
    try:
        faults = database.call(permission_faults)
    finally:
        database.close()
    if not faults:
        return Verdict.of("rights", OK)
    return Verdict.of("rights_differ", WRONG, faults="; ".join(faults[:_MOST_FAULTS]))


def _tell(verdicts: list[Verdict], as_json: bool) -> None:
    lines = [words_of(verdict.code, verdict.details) for verdict in verdicts]
    if as_json:
        told = [
            asdict(verdict) | {"text": line} for verdict, line in zip(verdicts, lines, strict=True)
        ]
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for verdict, line in zip(verdicts, lines, strict=True):
        click.echo(f"{_MARKS[verdict.state]} {line}")
