"""The secret of a link: in a file that only its owner can read, else in the system's key store."""

import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from ets_desktop.domain.errors import EtsError
from ets_desktop.key_stores import LIMIT_S, answered, system_backend
from ets_desktop.pbx.scene import option
from ets_desktop.settings import GatewayLink

#: Under this service the key store has one entry a link.
SERVICE = "ets-desktop gateway"


@dataclass(frozen=True, slots=True)
class SecretKind:
    """`option` names the file; `hashed`: of the password only its SHA-512 is kept."""

    option: str
    hashed: bool


SECRETS: Mapping[str, SecretKind] = MappingProxyType(
    {
        "asterisk": SecretKind("secret_file", hashed=False),
        "lgu_centrex": SecretKind("password_sha512_file", hashed=True),
        "lgu_ippbx": SecretKind("password_sha512_file", hashed=True),
    }
)


def read_secret(link: GatewayLink, name: str) -> str:
    """What stands in the file of the link's option `name`; without one, in the key store.

    Raises EtsError `secret_file`, `secret_file_mode`, `secret_missing`.
    """
    file = option(link, name, str, "")
    if file:
        return _read_file(link, Path(file))
    kept = _kept(link)
    if kept is None:
        raise EtsError("secret_missing", link=link.name, option=name)
    return kept[1]


def secret_changed_at(link: GatewayLink, name: str) -> datetime | None:
    """When the secret was put where it is; None when that is not to be had."""
    file = option(link, name, str, "")
    if not file:
        kept = _kept(link)
        return None if kept is None else kept[0]
    try:
        return datetime.fromtimestamp(Path(file).stat().st_mtime, UTC)
    except OSError:
        return None


def write_secret(link: GatewayLink, typed: str) -> str:
    """Keep what was typed where `read_secret` finds it; the file, or "" for the key store.

    Raises EtsError `secret_not_wanted`, `secret_file`, `key_store_refused`.
    """
    kind = SECRETS.get(link.vendor)
    if kind is None:
        raise EtsError("secret_not_wanted", link=link.name, vendor=link.vendor)
    secret = hashlib.sha512(typed.encode()).hexdigest() if kind.hashed else typed
    file = option(link, kind.option, str, "")
    if file:
        _write_file(link, Path(file), secret)
        return file
    text = f"{datetime.now(UTC).isoformat()} {secret}"

    def keep() -> bool:
        system_backend().set_password(SERVICE, link.name, text)
        return True

    # Some forget at once what they were given.
    if answered(keep, LIMIT_S) is None or _kept(link) is None:
        raise EtsError("key_store_refused", link=link.name, option=kind.option)
    return ""


def _kept(link: GatewayLink) -> tuple[datetime, str] | None:
    """When and what the key store was given for `link`."""
    text = answered(lambda: system_backend().get_password(SERVICE, link.name), LIMIT_S)
    moment, _, secret = (text or "").partition(" ")
    try:
        return datetime.fromisoformat(moment), secret
    except ValueError:
        return None


def _read_file(link: GatewayLink, file: Path) -> str:
    try:
        mode = file.stat().st_mode
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise EtsError("secret_file", link=link.name, reason=type(error).__name__) from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        shown = f"{stat.S_IMODE(mode):04o}"
        raise EtsError("secret_file_mode", link=link.name, file=str(file), mode=shown)
    return secret


def _write_file(link: GatewayLink, file: Path, secret: str) -> None:
    """Whole or not at all, and never for a moment readable by others."""
    fresh = file.with_name(f".{file.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as written:
            written.write(f"{secret}\n")
        fresh.replace(file)
    except OSError as error:
        raise EtsError("secret_file", link=link.name, reason=type(error).__name__) from error
