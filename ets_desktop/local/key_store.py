"""The key of the local journal: in the operating system's key store, else in a file beside it.

A key store may hang (a locked collection that asks somebody), refuse or be none at all; nothing
waits for it longer than `LIMIT_S`.
"""

import binascii
import hashlib
import logging
import os
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Final, Protocol, TypeVar

SERVICE: Final = "ets-desktop journal"
LIMIT_S: Final = 3.0
KEY_BYTES: Final = 32
KEY_FILE: Final = "key"

_STORES: Final = {
    "win32": "keyring.backends.Windows.WinVaultKeyring",
    "darwin": "keyring.backends.macOS.Keyring",
    "linux": "keyring.backends.SecretService.Keyring",
}

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class Backend(Protocol):
    """What is used of `keyring`."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


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


def system_backend() -> Backend:
    """The key store of this platform, or the one that keyring's own variable names.

    Not `keyring.get_keyring`, which loads the stores of all platforms to choose among them: a
    quarter of a second of the login.
    """
    chosen = os.environ.get("PYTHON_KEYRING_BACKEND") or _STORES.get(sys.platform, _STORES["linux"])
    module, _, name = chosen.rpartition(".")
    store = getattr(import_module(module), name)
    if store.priority < 1:
        raise LookupError("not usable here")
    backend: Backend = store()
    return backend


def usable_store(limit_s: float = LIMIT_S) -> str | None:
    """The name of the key store when it answers, for `ets doctor`; else None."""

    def look() -> str:
        store = system_backend()
        store.get_password(SERVICE, "doctor")
        return type(store).__module__

    return _answered(look, limit_s)


def _stored_key(
    owner: str, backend: Callable[[], Backend], limit_s: float
) -> tuple[str, bytes | None]:
    def look() -> tuple[str, bytes]:
        store = backend()
        return type(store).__module__, _kept_key(store, owner)

    return _answered(look, limit_s) or ("", None)


def _answered(look: Callable[[], Answer], limit_s: float) -> Answer | None:
    """What the key store says, None if it refuses; a thread that hangs is left behind."""
    found: list[Answer] = []

    def ask() -> None:
        try:
            found.append(look())
        except Exception as error:  # noqa: BLE001 - backends raise whatever their system does
            _log.info("the key store refused: %s", type(error).__name__)

    thread = Thread(target=ask, name="key store", daemon=True)
    thread.start()
    thread.join(limit_s)
    return found[0] if found else None


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
