"""Who runs the database server: the caller, or, as PostgreSQL refuses root, a humble account.

The account of a server started by root may not be able to walk to folders below /root or a private
ETS_HOME. No mode is widened for it: on Linux every server inherits open descriptors of its folders
and finds them as /proc/self/fd/N, whatever their parents allow and whatever they are called.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from ets_desktop.domain.errors import EtsError

if sys.platform != "win32":
    import pwd

ACCOUNTS: Final = ("postgres", "ets-postgres")
_OWN_DESCRIPTORS: Final = Path("/proc/self/fd")
_TELLING: Final = re.compile(r"\b(?:FATAL|PANIC|ERROR|error):|could not ")


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """An unprivileged account of this machine."""

    uid: int
    gid: int


def server_account(data: Path) -> ServerAccount | None:
    """The account to run the server of the folder `data` as; None means as the caller.

    Whoever owns the folder stays its server; a new one goes to `postgres`, else to `ets-postgres`,
    which is created. Raises EtsError `embedded_no_account` or `embedded_needs_proc`.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    if not _OWN_DESCRIPTORS.is_dir():
        raise EtsError("embedded_needs_proc")
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return ServerAccount(owner.st_uid, owner.st_gid)
    return _existing_account() or _new_account()


def _existing_account() -> ServerAccount | None:
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return ServerAccount(entry.pw_uid, entry.pw_gid)
    return None


def _new_account() -> ServerAccount:
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", ACCOUNTS[-1]]
    if shutil.which(command[0]):
        subprocess.run(command, check=False, capture_output=True)
    account = _existing_account()
    if account is None:
        raise EtsError("embedded_no_account", command=" ".join(command))
    return account


def give_to(account: ServerAccount | None, *files: Path) -> None:
    """Make `account` the owner of files and folders of ours; None leaves them the caller's."""
    if account and sys.platform != "win32":
        for file in files:
            os.chown(file, account.uid, account.gid, follow_symlinks=False)


def give_tree_to(account: ServerAccount | None, folder: Path) -> None:
    """The same for a folder and all in it, such as one that root copied back."""
    if account:
        for parent, folders, files in os.walk(folder):
            give_to(account, Path(parent), *(Path(parent, name) for name in folders + files))


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended, and the last line it said."""

    code: int
    said: str


def run_as(
    account: ServerAccount | None,
    command: Sequence[str],
    *,
    environ: Mapping[str, str] = os.environ,
    descriptors: Sequence[int] = (),
) -> Finished:
    """Run a program to its end, with no input; `descriptors` are inherited."""
    # Into a file: a pipe would stay open on Windows as long as the server that pg_ctl started.
    with tempfile.TemporaryFile() as output:
        code = _call(account, command, environ, descriptors, output)
        output.seek(0)
        return Finished(code, reason_of(output.read()))


def reason_of(said: bytes) -> str:
    """The line of what a program said that tells why: what comes after it is clearing up."""
    lines = said.decode(errors="replace").strip().splitlines()
    telling = (line for line in lines if _TELLING.search(line))
    return next(telling, lines[-1] if lines else "")


def _call(
    account: ServerAccount | None,
    command: Sequence[str],
    environ: Mapping[str, str],
    descriptors: Sequence[int],
    output: IO[bytes],
) -> int:
    if sys.platform == "win32":
        return subprocess.call(
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )
    return subprocess.call(
        command,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd="/",
        umask=0o077,
        pass_fds=descriptors,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


class Folders:
    """Folders as the server can name them; open while the `with` block runs."""

    def __init__(self) -> None:
        self._opened: list[int] = []

    def name(self, folder: Path) -> str:
        """What the server calls `folder`: a descriptor it inherits; a path where there are none."""
        if not _OWN_DESCRIPTORS.is_dir():
            return str(folder)
        self._opened.append(os.open(folder, os.O_RDONLY))
        return str(_OWN_DESCRIPTORS / str(self._opened[-1]))

    @property
    def descriptors(self) -> tuple[int, ...]:
        return tuple(self._opened)

    def __enter__(self) -> "Folders":
        return self

    def __exit__(self, *_: object) -> None:
        while self._opened:
            os.close(self._opened.pop())
