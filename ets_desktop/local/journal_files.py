"""The journal's files: sealed, replaced whole or not at all, and found again after a crash.

`<owner>/<session>/` belongs to one running desk, which holds its lock. What a desk left behind is
adopted by the next one of the same login. Suffixes: `.form` what stands in a form now, `.left`
what an earlier desk left, `.send` a save on its way, `.damaged` what nobody can read.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from ets_desktop.filelock import FileLock
from ets_desktop.local.key_store import Keys, key_id
from ets_desktop.paths import make_private

FORM, LEFT, SEND, DAMAGED = ".form", ".left", ".send", ".damaged"
_NEW: Final = ".new"
_LOCK: Final = "lock"
_MAGIC: Final = b"ETSJ1"
_ID_BYTES: Final = 8
_NONCE_BYTES: Final = 12
#: So many are kept, the newest ones: files that nobody can read, and texts that wait for a key.
MOST_KEPT: Final = {DAMAGED: 20, LEFT: 200}

_log = logging.getLogger(__name__)


class ForeignKey(Exception):
    """Sealed with a key that is not at hand; it may be another time."""


class Damaged(Exception):
    """Not what was sealed: torn, changed, or no journal at all."""


def sealed(keys: Keys, owner: str, plain: bytes) -> bytes:
    """`plain`, readable with the current key and for `owner` only."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    cipher = AESGCM(keys.current).encrypt(nonce, plain, _bound_to(owner))
    return _MAGIC + key_id(keys.current) + nonce + cipher


def unsealed(keys: Keys, owner: str, blob: bytes) -> bytes:
    """What was sealed. Raises ForeignKey or Damaged."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(_MAGIC)
    if len(blob) < start + _ID_BYTES + _NONCE_BYTES or not blob.startswith(_MAGIC):
        raise Damaged
    key = keys.known.get(blob[start : start + _ID_BYTES])
    if key is None:
        raise ForeignKey
    start += _ID_BYTES
    nonce, cipher = blob[start : start + _NONCE_BYTES], blob[start + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, cipher, _bound_to(owner))
    except InvalidTag:
        raise Damaged from None


def _bound_to(owner: str) -> bytes:
    return _MAGIC + owner.encode()


class SessionFiles:
    """The files of one running desk. Raises OSError, and EtsError `folder_unusable` when opened."""

    def __init__(self, folder: Path) -> None:
        """Make the session's folder below the owner's `folder`, and adopt what was left there."""
        self.folder = make_private(folder) / f"session-{uuid4().hex}"
        with _held(FileLock(folder / _LOCK)):
            self.folder.mkdir(mode=0o700)
            self._lock = FileLock(self.folder / _LOCK)
            try:
                self._lock.acquire()
            except OSError:
                # It is tried again and again: no folder stays for each time.
                shutil.rmtree(self.folder, ignore_errors=True)
                raise
            for other in folder.glob("session-*"):
                if other != self.folder:
                    self._try_to_adopt(other)
        self._prune()

    def write(self, name: str, blob: bytes) -> None:
        """Replace the file whole; whatever ends the program or the power, one of the two stands."""
        new = self.folder / (name + _NEW)
        try:
            write_durably(new, blob)
            os.replace(new, self.folder / name)
            _sync_folder(self.folder)
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def remove(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def set_aside(self, name: str) -> None:
        os.replace(self.folder / name, self.folder / f"{uuid4()}{DAMAGED}")

    def names(self, suffix: str) -> list[str]:
        """Oldest first."""
        found = [file for file in self.folder.iterdir() if file.suffix == suffix]
        return [file.name for file in sorted(found, key=lambda file: file.stat().st_mtime_ns)]

    def close(self) -> None:
        """Leave; what is still there is the next desk's."""
        if self._are_empty():
            with suppress(OSError):
                (self.folder / _LOCK).unlink()
                self._lock.release()
                self.folder.rmdir()
        self._lock.release()

    def _are_empty(self) -> bool:
        return [file.name for file in self.folder.iterdir()] == [_LOCK]

    def _try_to_adopt(self, other: Path) -> None:
        """One folder that cannot be read must not keep this desk from its own."""
        try:
            self._adopt(other)
        except OSError as error:
            _log.warning("a left journal stays where it is: %s", error.strerror)

    def _adopt(self, other: Path) -> None:
        """Take what a desk that is gone left, if it is gone."""
        lock = FileLock(other / _LOCK)
        if not lock.try_acquire():
            return
        try:
            for file in [file for file in other.iterdir() if file.name != _LOCK]:
                if file.suffix == _NEW:
                    file.unlink()
                else:
                    os.replace(file, self.folder / _adopted_name(file))
            # Windows removes no file that is open.
            lock.release()
            (other / _LOCK).unlink()
            other.rmdir()
        finally:
            lock.release()

    def _prune(self) -> None:
        for suffix, most in MOST_KEPT.items():
            for name in self.names(suffix)[:-most]:
                self.remove(name)


def _adopted_name(file: Path) -> str:
    # Under a name of its own: the same form may be open in this desk, too.
    return f"{uuid4()}{LEFT}" if file.suffix == FORM else file.name


def write_durably(file: Path, blob: bytes) -> None:
    """On the disk, not only in the system's memory, when it returns. Raises OSError."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        rest = memoryview(blob)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk, too; Windows does that by itself and opens no folder."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _held(lock: FileLock) -> Iterator[None]:
    lock.acquire()
    try:
        yield
    finally:
        lock.release()
