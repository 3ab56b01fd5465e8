"""What lies beside a backup's archive and tells whether that is whole: sizes, hashes, counts."""

import json
import os
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final

from ets_desktop.db.backup.contents import Contents, TableContents
from ets_desktop.db.backup.roles import Role
from ets_desktop.domain.errors import EtsError

ARCHIVE: Final = "database.dump"
MANIFEST: Final = "manifest.json"
#: Of the manifest's own form: a program reads those up to its own.
FORM: Final = 1


@dataclass(frozen=True, slots=True)
class Outside:
    """Files that belong to the shop and are not in its database: they are copied by other means."""

    kind: str
    place: str
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at` by the database's clock, ISO 8601; versions are major ones, of PostgreSQL."""

    made_at: str
    program: str
    database: str
    server_version: int
    dumped_by: int
    archive_bytes: int
    archive_sha256: str
    contents: Contents
    roles: tuple[Role, ...]
    outside: tuple[Outside, ...] = ()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Written last: a folder without it is no backup. Raises OSError."""
    told = {"form": FORM, **asdict(manifest)}
    sealed = {"sha256": _digest(told), "backup": told}
    file = folder / MANIFEST
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as out:
        json.dump(sealed, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the backup in `folder`, whose archive is as it was written.

    Raises EtsError `backup_none`, `backup_newer`, `backup_damaged`, `backup_unreadable`.
    """
    try:
        manifest = _parsed(folder / MANIFEST)
        archive = folder / ARCHIVE
        if archive.stat().st_size != manifest.archive_bytes:
            raise EtsError("backup_damaged", file=str(archive))
        if digest_of(archive) != manifest.archive_sha256:
            raise EtsError("backup_damaged", file=str(archive))
    except (FileNotFoundError, NotADirectoryError):
        raise EtsError("backup_none", folder=str(folder)) from None
    except OSError as error:
        raise EtsError("backup_unreadable", folder=str(folder), reason=error.strerror) from error
    return manifest


def digest_of(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _parsed(file: Path) -> Manifest:
    damaged = EtsError("backup_damaged", file=str(file))
    try:
        sealed = json.loads(file.read_text(encoding="utf-8"))
        told = sealed["backup"]
        if sealed["sha256"] != _digest(told):
            raise damaged
    except (ValueError, TypeError, KeyError):
        raise damaged from None
    if told.pop("form") > FORM:
        raise EtsError("backup_newer", program=told["program"])
    return _manifest(told)


def _manifest(told: dict[str, Any]) -> Manifest:
    contents = told["contents"]
    tables = {name: TableContents(**table) for name, table in contents["tables"].items()}
    lines = {name: tuple(contents[name]) for name in ("grants", "objects")}
    owners = tuple(tuple(owner) for owner in contents["owners"])
    return Manifest(
        **told
        | {
            "contents": Contents(**contents | lines | {"tables": tables, "owners": owners}),
            "roles": tuple(
                Role(**role | {"member_of": tuple(role["member_of"])}) for role in told["roles"]
            ),
            "outside": tuple(Outside(**outside) for outside in told["outside"]),
        }
    )


def _digest(told: dict[str, Any]) -> str:
    plain = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(plain.encode("ascii")).hexdigest()
