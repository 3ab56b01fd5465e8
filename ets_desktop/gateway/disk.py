"""A SQLite file of one gateway alone: it knows how to survive a power cut."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ets_desktop.domain.errors import EtsError
from ets_desktop.paths import make_private

_ALONE = """
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    {make}
    BEGIN EXCLUSIVE;
    COMMIT;
"""


class DiskFile:
    """One thread at a time. Every method raises EtsError `spool_unusable` when the disk refuses."""

    def __init__(self, file: Path, make: str) -> None:
        """`make` are statements that make the tables where they are missing. Raises
        `spool_unusable` also when another gateway has the file, or it is something else."""
        self._file = file
        make_private(file.parent)
        with self._refusals():
            self._store = sqlite3.connect(file, timeout=1.0, check_same_thread=False)
        try:
            with self._refusals():
                file.chmod(0o600)
                self._store.isolation_level = None
                self._store.executescript(_ALONE.format(make=make))
        except EtsError:
            self._store.close()
            raise

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._refusals():
            return self._store.execute(statement, values).fetchall()

    def close(self) -> None:
        """Let go of the file; what is in it is there at the next start."""
        self._store.close()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = type(error).__name__
            raise EtsError("spool_unusable", file=str(self._file), reason=reason) from error
