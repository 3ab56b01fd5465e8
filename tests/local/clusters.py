"""Clusters to break: copies of one that was made once, used from here and from other processes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ets_desktop.local.connection import connect
from ets_desktop.local.embedded import ConnectionTarget, EmbeddedPostgres
from ets_desktop.paths import Paths
from tests.postgres import QUICK_INITDB, UNSAFE_SETTINGS

#: Another desk: prints its URL when it is in, leaves when its input ends.
_DESK = """
import json, sys
from pathlib import Path
from ets_desktop.local.embedded import EmbeddedPostgres
from ets_desktop.paths import Paths
settings = {"fsync": "off", **json.loads(sys.argv[2])}
embedded = EmbeddedPostgres(Paths.under(Path(sys.argv[1])), settings=settings)
print(embedded.start().port, flush=True)
sys.stdin.read()
embedded.stop()
"""


@dataclass(frozen=True)
class Site:
    """A folder with a cluster of its own."""

    home: Path

    @property
    def paths(self) -> Paths:
        return Paths.under(self.home)

    @property
    def folder(self) -> Path:
        return self.paths.data_dir / "postgresql"

    @property
    def pid_file(self) -> Path:
        return self.folder / "data" / "postmaster.pid"

    def postgres(self, **settings: str) -> EmbeddedPostgres:
        return EmbeddedPostgres(
            self.paths, settings={**UNSAFE_SETTINGS, **settings}, initdb_options=QUICK_INITDB
        )

    @contextmanager
    def running(self) -> Iterator[ConnectionTarget]:
        """A share of this process's for as long as the block runs."""
        postgres = self.postgres()
        target = postgres.start()
        try:
            yield target
        finally:
            postgres.stop()

    def postmaster(self) -> int:
        return int(self.pid_file.read_text().splitlines()[0])

    def kill_postmaster(self) -> None:
        os.kill(self.postmaster(), signal.SIGKILL)

    def is_running(self) -> bool:
        """Asked of the system, not of the code under test: does a server work in our folder?"""
        return bool(self.processes())

    def processes(self) -> list[int]:
        """Every process of the server, by number."""
        data = str((self.folder / "data").resolve())
        found = Path("/proc").glob("[0-9]*")
        return [int(process.name) for process in found if _works_in(process) == data]

    @contextmanager
    def starting_desk(self, **settings: str) -> Iterator[subprocess.Popen[str]]:
        """Another process on its way to start or join the cluster; leaves at the end."""
        with subprocess.Popen(
            [sys.executable, "-c", _DESK, str(self.home), json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            yield process
            process.communicate()

    @contextmanager
    def other_desk(self) -> Iterator[subprocess.Popen[str]]:
        """The same when it is there."""
        with self.starting_desk() as process:
            assert process.stdout is not None
            assert process.stdout.readline().strip().isdigit()
            yield process


def _works_in(process: Path) -> str | None:
    try:
        return os.readlink(process / "cwd")
    except OSError:
        # Gone meanwhile, or somebody else's.
        return None


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()


def value(target: ConnectionTarget, query: str) -> object:
    with connect(target) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]
