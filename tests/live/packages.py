"""Where the Asterisk of the tests comes from: Debian's packages, unpacked and not installed.

They are kept in the user's cache, so only the first run of a machine needs the network.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path

from ets_desktop.bench.asterisk import CACHE, Installation

#: The newest one, and the oldest that is still met; the suites of Debian that have them.
SUITES = {"16": "bullseye", "22": "sid"}
#: Seconds that all downloads of a run may take together.
BUDGET_S = 60.0
_STALLED_S = 8

_SOURCES = Path("/etc/apt")
_KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
#: Perl, documentation and such come along as dependencies; Asterisk here runs without.
_NEEDED = ("lib", "lib64", "usr/lib", "usr/lib64", "usr/sbin", "usr/share/asterisk")

_spent = 0.0


class NotToBeHad(Exception):
    """Why there is no Asterisk here."""


@cache
def asterisk(version: str) -> Installation | NotToBeHad:
    """The Asterisk of that version; tried once a run."""
    place = user_cache_path(CACHE, appauthor=False) / f"asterisk-{version}"
    try:
        if os.name == "nt":
            raise NotToBeHad("there is none for Windows")
        with _one_at_a_time(place):
            if not place.is_dir():
                _unpack(SUITES[version], place)
        return Installation(version, place)
    except (NotToBeHad, OSError, subprocess.SubprocessError) as error:
        return NotToBeHad(f"Asterisk {version}: {_told(error)}")


@contextmanager
def _one_at_a_time(place: Path) -> Iterator[None]:
    """Two runs at once fetch it once."""
    import fcntl

    place.parent.mkdir(parents=True, exist_ok=True)
    with open(place.with_suffix(".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _told(error: BaseException) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return "the download takes too long"
    if isinstance(error, subprocess.CalledProcessError):
        lines = str(error.stderr or error.stdout).strip().splitlines()
        return f"{Path(error.cmd[0]).name}: {lines[-1] if lines else error.returncode}"
    return str(error)


def _unpack(suite: str, place: Path) -> None:
    """Whole or not at all: what is half there is never found under the name of `place`."""
    if not _KEYS.exists() or not all(map(shutil.which, ("apt-get", "dpkg-deb"))):
        raise NotToBeHad("only Debian's packages are known here")
    making = place.with_suffix(".new")
    shutil.rmtree(making, ignore_errors=True)
    apt = _apt_below(making / "apt", suite)
    apt("update")
    apt("install", "--yes", "--download-only", "asterisk")
    for package in (making / "apt").glob("archives/*.deb"):
        _run(["dpkg-deb", "--extract", str(package), str(making / "all")])
    _keep_needed(making / "all", making / "root")
    (making / "root").rename(place)
    shutil.rmtree(making)


def _apt_below(folder: Path, suite: str) -> Callable[..., None]:
    """apt with a world of its own, in which nothing is installed yet; needs no rights."""
    for name in ("lists/partial", "archives/partial"):
        (folder / name).mkdir(parents=True)
    (folder / "status").touch()
    sources = folder / "sources.list"
    sources.write_text(f"deb [signed-by={_KEYS}] {_mirror()} {suite} main\n", "utf-8")
    settings = {
        "Dir::State": folder,
        "Dir::State::lists": folder / "lists",
        "Dir::State::status": folder / "status",
        "Dir::Cache": folder,
        "Dir::Cache::archives": folder / "archives",
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "",
        "APT::Update::Error-Mode": "any",
        "Acquire::Languages": "none",
        "Acquire::Retries": 0,
        "Acquire::http::Timeout": _STALLED_S,
        "Acquire::https::Timeout": _STALLED_S,
        "Debug::NoLocking": "true",
    }
    options = [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]
    return lambda *words: _run(["apt-get", "-qq", *options, *words])


def _mirror() -> str:
    """This machine's own, whose suite does not matter."""
    for file in sorted(_SOURCES.rglob("*.sources")) + sorted(_SOURCES.rglob("*.list")):
        for line in file.read_text("utf-8").splitlines():
            words = line.split()
            if words and words[0] in ("URIs:", "deb"):
                address = next((word for word in words if "://" in word), "")
                if address and "security" not in address:
                    return address
    raise NotToBeHad("no package source of Debian is set up")


def _run(command: list[str]) -> None:
    global _spent
    if _spent >= BUDGET_S:
        raise NotToBeHad("the downloads of this run have taken long enough")
    began = time.monotonic()
    environ = {**os.environ, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            env=environ,
            timeout=BUDGET_S - _spent,
            stdin=subprocess.DEVNULL,
        )
    finally:
        _spent += time.monotonic() - began


def _keep_needed(everything: Path, root: Path) -> None:
    for name in _NEEDED:
        source = everything / name
        if source.is_symlink() or source.exists():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            source.rename(root / name)
