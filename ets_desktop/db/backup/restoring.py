"""`ets restore`: a backup into an empty database, all of it or nothing, compared afterwards."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from ets_desktop.db.backup.contents import contents_of, differences, is_empty
from ets_desktop.db.backup.dumping import address_of, connection_to, environ_for
from ets_desktop.db.backup.manifest import ARCHIVE, Manifest
from ets_desktop.db.backup.roles import missing_roles, owner_statements, role_statements
from ets_desktop.db.migrate import MIGRATION_LOCK
from ets_desktop.domain.errors import RuleViolation, Unavailable
from ets_desktop.local.client_programs import client_programs
from ets_desktop.local.server_account import reason_of

#: What pg_restore of 17 and later sets, and servers before 17 do not know.
_UNKNOWN_TO_OLD: Final = b"SET transaction_timeout = 0;\n"
_LETTERS: Final = """
    SELECT pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider::text,
        coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')
    FROM pg_database d WHERE datname = current_database()
"""
#: Whose letters they are.
_PROVIDERS: Final = {
    "c": " LOCALE_PROVIDER libc",
    "b": " LOCALE_PROVIDER builtin BUILTIN_LOCALE {}",
    "i": " LOCALE_PROVIDER icu ICU_LOCALE {}",
}


def restore(folder: Path, manifest: Manifest, url: str) -> tuple[str, ...]:
    """Restore the backup in `folder` into the empty database at `url`; what differs, a line each.

    `manifest` was read from `folder` just now, which checked the archive. Whatever goes wrong,
    the database stays empty. Raises RuleViolation `backup_target_not_empty`, EtsError `backup_…`.
    """
    programs, _ = client_programs(("pg_restore", "psql"), manifest.dumped_by)
    with connection_to(url) as connection:
        # No desk that starts meanwhile makes its schema in here.
        connection.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        if not is_empty(connection):
            raise RuleViolation("backup_target_not_empty", database=connection.info.dbname)
        roles = role_statements(connection, manifest.roles, manifest.contents.grants)
        owners = owner_statements(manifest.contents.owners, manifest.contents.grants)
        around = f"BEGIN;\n{roles}".encode(), f"\n{owners}COMMIT;\n".encode()
        with TemporaryDirectory() as place:
            listed = Path(place, "list")
            listed.write_bytes(_list(programs, folder / ARCHIVE, manifest.contents.owners))
            _pour(programs, folder / ARCHIVE, listed, url, around)
        connection.execute("ANALYZE")
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        found = contents_of(connection)
        return differences(manifest.contents, found) + missing_roles(connection, manifest.roles)


def _list(programs: Path, archive: Path, owners: Sequence[tuple[str, str, str]]) -> bytes:
    """What is to be read of the archive: not who may call the functions that are given away.

    The archive grants that to the owner of the schema by a name that this server may not know,
    and before the function goes to its owner and takes it along; `owner_statements` does it.
    """
    reading = [str(programs / "pg_restore"), "--list", str(archive)]
    given = tuple(f" {role}".encode() for _, _, role in owners)
    with TemporaryFile() as said, TemporaryFile() as lines:
        process = subprocess.Popen(reading, stdout=lines, stderr=said)
        process.wait()
        _require_done("pg_restore", process, said)
        lines.seek(0)
        return b"".join(line for line in lines if not _is_given_away(line.strip(), given))


def _is_given_away(line: bytes, given: tuple[bytes, ...]) -> bool:
    return b" ACL public FUNCTION " in line and line.endswith(given)


def _pour(
    programs: Path, archive: Path, listed: Path, url: str, around: tuple[bytes, bytes]
) -> None:
    """What is `listed` of the archive as SQL into psql, in one transaction that is committed only
    by the last word."""
    reading = [str(programs / "pg_restore"), "--no-owner", "--file=-"]
    reading += [f"--use-list={listed}", str(archive)]
    writing = [str(programs / "psql"), "--no-psqlrc", "--quiet", "--no-password", "--file=-"]
    writing += ["--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse", "--set=SHOW_CONTEXT=never"]
    writing.append(f"--dbname={address_of(url)}")
    with TemporaryFile() as read_said, TemporaryFile() as write_said:
        source = subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=read_said)
        sink = subprocess.Popen(
            writing,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=write_said,
            env=environ_for(url),
        )
        with source, sink:
            assert source.stdout is not None
            assert sink.stdin is not None
            try:
                sink.stdin.write(around[0])
                _copy_without(_UNKNOWN_TO_OLD, source.stdout, sink.stdin)
                if source.wait() == 0:
                    sink.stdin.write(around[1])
                sink.stdin.close()
            except OSError:
                # psql said why and ended: nothing is to be read any more.
                source.kill()
                with suppress(OSError):
                    sink.stdin.close()
        _require_done("psql", sink, write_said)
        _require_done("pg_restore", source, read_said)


def _copy_without(line: bytes, source: IO[bytes], sink: IO[bytes]) -> None:
    """Copy all but the first `line`, which stands before any data."""
    for read in source:
        if read == line:
            break
        sink.write(read)
        if read.startswith(b"COPY "):
            break
    shutil.copyfileobj(source, sink, 1 << 20)


def _require_done(program: str, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    if process.returncode != 0:
        said.seek(0)
        raise Unavailable("backup_failed", program=program, reason=reason_of(said.read()))


@contextmanager
def new_database(url: str, name: str) -> Iterator[str]:
    """An empty database `name` on the server of `url`, its address; dropped if the block fails.

    Its letters are of the kind that the database at `url` knows, whatever the server's own are.

    RuleViolation `backup_target_exists` when there is one of that name.
    """
    created = sql.Identifier(name)
    with connection_to(url) as connection:
        query = "SELECT FROM pg_database WHERE datname = %s"
        if connection.execute(query, (name,)).fetchone() is not None:
            raise RuleViolation("backup_target_exists", database=name)
        connection.execute(sql.SQL("CREATE DATABASE {} {}").format(created, _kind(connection)))
        try:
            yield make_conninfo(url, dbname=name)
        except BaseException:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(created))
            raise


def _kind(connection: psycopg.Connection[Any]) -> sql.Composable:
    """How a database like that of `connection` is made."""
    (row,) = connection.execute(_LETTERS).fetchall()
    encoding, collate, ctype, provider, locale = row
    said = sql.SQL("TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}").format(
        *map(sql.Literal, (encoding, collate, ctype))
    )
    return said + sql.SQL(_PROVIDERS[provider]).format(sql.Literal(locale))
