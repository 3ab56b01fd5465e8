"""`ets backup`: one snapshot of the database as an archive, with what tells that it is whole."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ets_desktop import __version__
from ets_desktop.db.backup.contents import contents_of
from ets_desktop.db.backup.manifest import (
    ARCHIVE,
    Manifest,
    Outside,
    digest_of,
    write_manifest,
)
from ets_desktop.db.backup.roles import roles_of
from ets_desktop.db.failures import known_error
from ets_desktop.domain.errors import EtsError, RuleViolation, Unavailable
from ets_desktop.local.client_programs import client_programs
from ets_desktop.local.server_account import run_as
from ets_desktop.paths import make_private

#: A migration under way holds a table for so long at most (db/migrate.py gives way sooner).
_LOCK_WAIT_MS: Final = 60_000
_SECRETS: Final = ("password", "sslpassword")


def back_up(
    url: str, folder: Path, *, outside: Sequence[Outside] = (), before: Callable[[], None]
) -> Manifest:
    """Write a backup of the database at `url` into `folder`, which must not exist yet.

    Whole or not at all: the folder gets its name last, after `before` (the access log). Desks go
    on meanwhile. Raises EtsError `backup_…`, and what the database's calls raise.
    """
    if folder.exists():
        raise EtsError("backup_folder_exists", folder=str(folder))
    part = folder.with_name(f"{folder.name}.{uuid4().hex[:8]}.part")
    make_private(part)
    try:
        manifest = _dump(url, part, outside)
        write_manifest(part, manifest)
        before()
        part.rename(folder)
        _names_to_the_disk(folder, folder.absolute().parent)
    except OSError as error:
        reason = error.strerror
        raise Unavailable("backup_unwritable", folder=str(folder), reason=reason) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def _dump(url: str, part: Path, outside: Sequence[Outside]) -> Manifest:
    with connection_to(url) as connection:
        # One snapshot for the counts and for pg_dump; whatever desks do meanwhile is in neither.
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot, made_at, version = connection.execute(
            "SELECT pg_export_snapshot(), to_char(clock_timestamp() AT TIME ZONE 'UTC',"
            " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), current_setting('server_version_num')::int / 10000"
        ).fetchone() or ("", "", 0)
        contents = contents_of(connection)
        if contents.schema is None:
            raise RuleViolation("backup_nothing")
        folder, dumped_by = client_programs(("pg_dump",), version)
        archive = part / ARCHIVE
        options = ["--format=custom", "--no-password", f"--lock-wait-timeout={_LOCK_WAIT_MS}"]
        run_program(
            [str(folder / "pg_dump"), *options, f"--snapshot={snapshot}", f"--file={archive}"], url
        )
        archive.chmod(0o600)
        _to_the_disk(archive)
        return Manifest(
            made_at=str(made_at),
            program=__version__,
            database=connection.info.dbname,
            server_version=int(version),
            dumped_by=dumped_by,
            archive_bytes=archive.stat().st_size,
            archive_sha256=digest_of(archive),
            contents=contents,
            roles=roles_of(connection),
            outside=tuple(outside),
        )


@contextmanager
def connection_to(url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection in autocommit; raises as Database.call does."""
    try:
        with psycopg.connect(
            url, autocommit=True, application_name="ets backup", connect_timeout=10
        ) as connection:
            yield connection
    except psycopg.Error as error:
        known = known_error(error, committing=False)
        if known is None:
            raise
        raise known from None


def run_program(command: Sequence[str], url: str) -> None:
    """Run a program of PostgreSQL on the database at `url`. EtsError `backup_failed` says why."""
    done = run_as(None, [*command, f"--dbname={address_of(url)}"], environ=environ_for(url))
    if done.code != 0:
        raise Unavailable("backup_failed", program=Path(command[0]).stem, reason=done.said)


def address_of(url: str) -> str:
    """`url` for a command line, which others of this PC can read: without its secrets."""
    parts = conninfo_to_dict(url)
    public = {name: str(value) for name, value in parts.items() if name not in _SECRETS}
    return make_conninfo("", **public)


def environ_for(url: str) -> dict[str, str]:
    """The environment of a program that connects to `url`: its secrets, and English words."""
    password = conninfo_to_dict(url).get("password")
    secret = {} if password is None else {"PGPASSWORD": str(password)}
    return {**os.environ, "LC_MESSAGES": "C", "PGAPPNAME": "ets backup", **secret}


def _names_to_the_disk(*folders: Path) -> None:
    """So that a power cut right after leaves the backup where it was said to be."""
    if sys.platform == "win32":
        return  # it keeps names by itself, and opens no folder
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _to_the_disk(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
