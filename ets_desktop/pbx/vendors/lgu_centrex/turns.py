"""One question at a time of an account, whoever asks: the gateway, or a person at its side.

Too quick or simultaneous questions get the account blocked (LG U+ §1.1). The turn is a file's lock;
how long ago the last question ended says the age of another one, for Windows lets nobody write
into a file that is locked.
"""

import hashlib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from ets_desktop.domain.errors import EtsError
from ets_desktop.filelock import FileLock
from ets_desktop.paths import make_private, paths

log = logging.getLogger(__name__)

#: Seconds between the end of a question and the next one.
SPACING_S = 5.0


def turn_file(number: str) -> Path:
    """The file of the account of `number`, in a folder of this PC's gateway; it tells no number."""
    name = hashlib.sha256(number.encode()).hexdigest()[:16]
    return paths().state_dir / "gateway" / f"centrex-{name}.turn"


@contextmanager
def turn(number: str, closing: Event | None = None) -> Iterator[bool]:
    """Wait for the turn of the account and hold it; False when `closing` was set meanwhile."""
    file = turn_file(number)
    asked = file.with_suffix(".asked")
    lock = _locked(file)
    try:
        yield not (closing or Event()).wait(_pause(asked))
    finally:
        _leave(asked)
        lock.release()


def _locked(file: Path) -> FileLock:
    """A disk that knows no locks costs the politeness towards others of this PC, no call."""
    lock = FileLock(file)
    try:
        make_private(file.parent)
        lock.acquire()
    except (OSError, EtsError) as error:
        log.warning("no turn can be taken: %s", type(error).__name__)
    return lock


def _pause(file: Path) -> float:
    try:
        seen = file.stat()
    except OSError:
        return 0.0
    passed = time.time() - seen.st_mtime
    # A clock that was set meanwhile must not make it longer than the pause itself.
    return max(0.0, SPACING_S - max(0.0, passed))


def _leave(file: Path) -> None:
    try:
        file.touch(mode=0o600)
    except OSError as error:
        log.warning("no turn can be left: %s", type(error).__name__)
