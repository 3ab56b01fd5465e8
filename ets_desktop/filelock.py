"""Locks on files that the system lets go when their holder dies, however it dies."""

import os
import sys
import time
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: Windows has no wait without an end for a file lock; so often it is tried there.
_WINDOWS_POLL_S: Final = 0.1


class FileLock:
    """An exclusive lock on a file, which stays behind empty; two in one process exclude each other.

    Raises OSError where files cannot be made or the file system knows no locks.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def try_acquire(self) -> bool:
        """Take the lock unless somebody else has it."""
        return self._acquire(wait=False)

    def acquire(self) -> None:
        """Take the lock, waiting for whoever has it."""
        self._acquire(wait=True)

    def release(self) -> None:
        """Let go; a lock not held is fine."""
        if self._descriptor is not None:
            # Closing, not unlocking: a child that inherited the file shall keep the lock.
            os.close(self._descriptor)
            self._descriptor = None

    def inheritable(self) -> tuple[int, ...]:
        """The descriptors a child must be given to hold the lock on, as for `pass_fds`."""
        return () if self._descriptor is None else (self._descriptor,)

    def _acquire(self, *, wait: bool) -> bool:
        if self._descriptor is not None:
            return True
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            taken = _lock(descriptor, wait=wait)
        except BaseException:
            os.close(descriptor)
            raise
        if taken:
            self._descriptor = descriptor
        else:
            os.close(descriptor)
        return taken


if sys.platform == "win32":

    def _lock(descriptor: int, *, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except PermissionError:
                if not wait:
                    return False
                time.sleep(_WINDOWS_POLL_S)
            else:
                return True

else:

    def _lock(descriptor: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
