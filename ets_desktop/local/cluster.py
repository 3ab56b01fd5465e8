"""The files of the embedded cluster, and its server brought up and down by PostgreSQL's programs.

A server is alive as long as any of its processes holds the lock file they inherited at the start:
no pid is ever trusted, neither in our files nor in postmaster.pid. Windows passes no locks on, and
there pg_ctl, which asks the server's own signal pipe, is right about it.
"""

import logging
import os
import secrets
import shutil
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.filelock import FileLock
from ets_desktop.local.connection import DATABASE, HOST, OWNER, ConnectionTarget
from ets_desktop.local.server_account import (
    Finished,
    Folders,
    give_to,
    give_tree_to,
    run_as,
    server_account,
)
from ets_desktop.local.server_binaries import major_version, programs
from ets_desktop.local.server_settings import configuration, server_settings
from ets_desktop.paths import make_private

#: pg_ctl waits for a recovery as long as the server lives; an hour is its end of the world.
START_LIMIT_S: Final = 3600
STOP_LIMIT_S: Final = 60
_CONFIGURATION: Final = "ets.conf"
_STARTUP_LOG: Final = "startup.log"
#: Hangul is visible to pg_trgm only with such a character type (facts: LC_CTYPE=C finds none).
_CHARACTER_TYPE: Final = "ko-KR" if sys.platform == "win32" else "C.UTF-8"

_log = logging.getLogger(__name__)


class Cluster:
    """One data folder and its server; every call is made by the holder of the gate."""

    def __init__(self, folder: Path, log: Path, extra: Mapping[str, str]) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._log = log
        self._extra = extra
        self._password = folder / "password"
        self._port = folder / "port"
        self._life = FileLock(folder / "server.lock")
        self._lingering = folder / "lingering"
        self._account = server_account(self._data)
        self._programs = programs(self._account)

    def prepare(self, initdb_options: Sequence[str] = ()) -> None:
        """Make the cluster unless it is there. Raises EtsError when it is not one of ours."""
        make_private(self._log)
        give_to(self._account, self._log)
        if not self._data.exists():
            self._create(initdb_options)
        if self._account and self._data.stat().st_uid == 0:
            give_tree_to(self._account, self._data)
        found = (self._data / "PG_VERSION").read_text().strip()
        if found != major_version():
            raise EtsError("embedded_other_version", found=found, expected=major_version())
        if not self._password.exists():
            raise EtsError("embedded_password_lost", file=str(self._password))

    def target(self) -> ConnectionTarget:
        """How to reach the server that was launched last."""
        password = self._password.read_text(encoding="ascii")
        return ConnectionTarget(HOST, self._remembered_port(), OWNER, password, DATABASE)

    def is_running(self) -> bool:
        """Does any process of the server live, ready or not?"""
        if sys.platform == "win32":
            return self._pg_ctl("status").code == 0
        free = self._life.try_acquire()
        self._life.release()
        return not free

    def launch(self, *, on_a_new_port: bool) -> None:
        """Start the server that is not running, and wait while it recovers.

        Whether it came up is to be asked of itself; what it said is in the start-up log.
        """
        port = self._choose_port(on_a_new_port=on_a_new_port)
        _write(self._port, str(port))
        self._lingering.unlink(missing_ok=True)
        # Nobody lives here (else the lock were taken), so whatever the pid file says is of old:
        # the pid may be anybody's after a reboot, and half a file would stop pg_ctl.
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        self.startup_log.unlink(missing_ok=True)
        with Folders() as folders:
            log = folders.name(self._log)
            self._configure(server_settings(port, log, self._extra))
            self._life.acquire()
            try:
                self._pg_ctl(
                    *("start", "-w", "-s", "-t", str(START_LIMIT_S), "-l", f"{log}/{_STARTUP_LOG}"),
                    descriptors=(*folders.descriptors, *self._life.inheritable()),
                )
            finally:
                self._life.release()

    def stop(self) -> None:
        """Bring the server down, cutting whoever is still connected."""
        for mode in ("fast", "immediate"):
            if not self.is_running():
                return
            self._pg_ctl("stop", "-w", "-s", "-m", mode, "-t", str(STOP_LIMIT_S))

    def linger(self) -> None:
        """Remember that somebody outside wants this server to go on without users of ours."""
        self._lingering.touch(mode=0o600)

    @property
    def is_lingering(self) -> bool:
        """Was the server that runs now asked to go on?"""
        return self._lingering.exists()

    @property
    def startup_log(self) -> Path:
        """What the server said before it opened its own log."""
        return self._log / _STARTUP_LOG

    def _create(self, options: Sequence[str]) -> None:
        """Make the cluster aside and rename it last, so that a kill leaves none half made."""
        unfinished = self._folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        password = self._folder / "password.new"
        _write(password, secrets.token_urlsafe(24))
        give_to(self._account, unfinished, password)
        with Folders() as folders:
            target, secret = folders.name(unfinished), folders.name(password)
            done = self._run(
                *("initdb", "-D", target, "-U", OWNER, "-E", "UTF8"),
                *("--locale=C", "--lc-collate=C", f"--lc-ctype={_CHARACTER_TYPE}"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *("-A", "scram-sha-256", f"--pwfile={secret}", *options),
                descriptors=folders.descriptors,
            )
        if done.code != 0:
            raise Unavailable("embedded_initdb_failed", said=done.said)
        with (unfinished / "postgresql.conf").open("a", encoding="ascii") as file:
            file.write(f"\ninclude_if_exists = '{_CONFIGURATION}'\n")
        if self._account:
            os.chown(password, os.geteuid(), os.getegid())
        password.replace(self._password)
        unfinished.rename(self._data)

    def _configure(self, settings: Mapping[str, str]) -> None:
        file = self._folder / _CONFIGURATION
        _write(file, configuration(settings))
        give_to(self._account, file)
        # Renamed into the folder of the account: nothing that lies there is written through.
        file.replace(self._data / _CONFIGURATION)

    def _choose_port(self, *, on_a_new_port: bool) -> int:
        """The port of last time where it is free, else one that the system gives."""
        remembered = self._remembered_port()
        if remembered and not on_a_new_port and _bindable(remembered):
            return remembered
        with socket.socket() as anybody:
            anybody.bind((HOST, 0))
            return int(anybody.getsockname()[1])

    def _remembered_port(self) -> int:
        """The port of the last launch; 0 before the first one."""
        try:
            return int(self._port.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return 0

    def _pg_ctl(self, *arguments: str, descriptors: Sequence[int] = ()) -> Finished:
        with Folders() as folders:
            # In PGDATA, not as -D, which pg_ctl would hand to a shell.
            data = folders.name(self._data)
            inherited = (*folders.descriptors, *descriptors)
            done = self._run("pg_ctl", *arguments, descriptors=inherited, PGDATA=data)
        if done.code != 0:
            _log.warning("pg_ctl %s: %s", arguments[0], done.said)
        return done

    def _run(
        self, program: str, *arguments: str, descriptors: Sequence[int], **environ: str
    ) -> Finished:
        return run_as(
            self._account,
            [str(self._programs / program), *arguments],
            environ={**_server_environ(), **environ},
            descriptors=descriptors,
        )


def _server_environ() -> dict[str, str]:
    """Ours less what would change the server's ways or is none of its business."""
    foreign = ("PG", "LC_", "LANG", "ETS_")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(foreign)},
        "LC_ALL": "C",
    }


def _write(file: Path, text: str) -> None:
    """Write a file of the owner's only, whole or not at all."""
    unfinished = file.with_name(f"{file.name}.part")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    # The server reads paths in the code page of the system.
    with open(descriptor, "w", encoding="mbcs" if sys.platform == "win32" else "utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(descriptor)
    unfinished.replace(file)


def _bindable(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":
            # As the server does: connections of last time that linger are no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
