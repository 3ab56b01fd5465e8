"""Which processes use the embedded database: one locked file each, free as soon as it dies."""

import os
import secrets
from pathlib import Path

from ets_desktop.filelock import FileLock


class Leases:
    """The leases in one folder; all calls are made by the holder of the cluster's gate."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self) -> FileLock:
        """A lease of the caller's own, to be given back with `give_back`."""
        lease = FileLock(self._folder / f"{os.getpid()}-{secrets.token_hex(4)}.lease")
        lease.acquire()
        return lease

    def give_back(self, lease: FileLock) -> None:
        """Let go of a lease and remove its file."""
        lease.release()
        lease.path.unlink(missing_ok=True)

    def any_held(self) -> bool:
        """Does anybody alive hold one? The leases of the dead are removed on the way."""
        held = False
        for path in self._folder.glob("*.lease"):
            lease = FileLock(path)
            if lease.try_acquire():
                self.give_back(lease)
            else:
                held = True
        return held
