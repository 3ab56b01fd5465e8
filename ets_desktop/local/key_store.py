"""The key of the local journal: in the operating system's key store, else in a file beside it."""

import binascii
import hashlib
import logging
import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ets_desktop.key_stores import LIMIT_S, Backend, answered, system_backend

SERVICE: Final = "ets-desktop journal"
KEY_BYTES: Final = 32
KEY_FILE: Final = "key"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keys:
    """`current` writes; whatever is `known` (by its id) may read. `store` names the key store in
    use, "" when the key lies in a file."""

    current: bytes
    known: dict[bytes, bytes]
    store: str


def key_id(key: bytes) -> bytes:
    """Names a key without telling it."""
    return hashlib.sha256(b"ets journal key" + key).digest()[:8]


def keys_of(
    owner: str,
    folder: Path,
    *,
    backend: Callable[[], Backend] | None = None,
    limit_s: float = LIMIT_S,
) -> Keys:
    """The keys of one login; `folder` exists and holds the key file if there has to be one.

    Never longer than `limit_s` and the writing of a file. Raises OSError.
    """
    store, stored = _stored_key(owner, backend or system_backend, limit_s)
    file = folder / KEY_FILE
    filed = _read_key(file)
    if stored is None:
        _log.info("no key store is usable: the journal's key is kept in a file")
        filed = filed or _new_key_file(file)
    keys = [key for key in (stored, filed) if key is not None]
    return Keys(keys[0], {key_id(key): key for key in keys}, store)


def usable_store(limit_s: float = LIMIT_S) -> str | None:
    """The name of the key store when it answers, for `ets doctor`; else None."""

    def look() -> str:
        store = system_backend()
        store.get_password(SERVICE, "doctor")
        return type(store).__module__

    return answered(look, limit_s)


def _stored_key(
    owner: str, backend: Callable[[], Backend], limit_s: float
) -> tuple[str, bytes | None]:
    def look() -> tuple[str, bytes]:
        store = backend()
        return type(store).__module__, _kept_key(store, owner)

    return answered(look, limit_s) or ("", None)


def _kept_key(store: Backend, owner: str) -> bytes:
    kept = store.get_password(SERVICE, owner)
    if kept is None:
        store.set_password(SERVICE, owner, _text(os.urandom(KEY_BYTES)))
        # Some forget at once what they were given.
        kept = store.get_password(SERVICE, owner)
    key = _key(kept or "")
    if key is None:
        raise ValueError("no key")
    return key


def _text(key: bytes) -> str:
    return b64encode(key).decode("ascii")


def _key(text: str) -> bytes | None:
    try:
        key = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _read_key(file: Path) -> bytes | None:
    """None when there is none, or only part of one (a power cut while it was made)."""
    try:
        return _key(file.read_text(encoding="ascii"))
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def _new_key_file(file: Path) -> bytes:
    key = os.urandom(KEY_BYTES)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as written:
        written.write(_text(key))
        written.flush()
        os.fsync(written.fileno())
    return key
