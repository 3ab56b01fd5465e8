"""pg_dump and its like: of the wheel, of a package, on PATH, whichever fits the server.

A server is dumped by programs of its own version or newer ones, never by older ones.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from ets_desktop.domain.errors import EtsError
from ets_desktop.local.server_binaries import programs

#: Where Debian's packages, the PostgreSQL project's and Windows' installer put each version.
_PLACES: Final = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/usr", "pgsql-*/bin"),
    (os.environ.get("PROGRAMFILES", "/usr/local"), "PostgreSQL/*/bin"),
)
_VERSION: Final = re.compile(r"\(PostgreSQL\) (\d+)")
_ENDING: Final = ".exe" if sys.platform == "win32" else ""


def client_programs(names: Sequence[str], version: int) -> tuple[Path, int]:
    """The folder of the programs `names` that suit `version`, and their own major version.

    Its own version is best, for its archives can be read where they were made; else the next
    newer one. Raises EtsError `backup_programs_missing`.
    """
    found: dict[int, Path] = {}
    for folder in _folders():
        own = _version_of(folder / f"{names[0]}{_ENDING}")
        if own and all((folder / f"{name}{_ENDING}").is_file() for name in names):
            found.setdefault(own, folder)
    suited = [own for own in found if own >= version]
    if not suited:
        raise EtsError("backup_programs_missing", program=names[0], version=version)
    return found[min(suited)], min(suited)


def _folders() -> Iterator[Path]:
    """Of two with one version the first is taken."""
    on_path = shutil.which("pg_dump")
    if on_path:
        # Debian's is a script that chooses a version by cluster: its folders are asked themselves.
        yield Path(on_path).resolve().parent
    for root, pattern in _PLACES:
        yield from sorted(Path(root).glob(pattern))
    try:
        yield programs(None)
    except EtsError:
        return


@cache
def _version_of(program: Path) -> int:
    """The major version a program tells; 0 where there is none, or it is no such program."""
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    told = _VERSION.search(done.stdout)
    return int(told[1]) if told else 0
