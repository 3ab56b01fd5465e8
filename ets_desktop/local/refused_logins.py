"""Wrong passwords typed at this PC, over restarts: the desk's part of the lock (spec 80).

It covers this PC's desk. What a plain client or another PC tries is the server's to slow down,
see docs/security.ko.md.
"""

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.lockout import (
    LOCKED_S,
    MOST_FAILURES,
    Attempts,
    after_failure,
    locked_for,
)

FILE = "refused-logins.json"


class RefusedLogins:
    """One file below `folder`; any thread. A file that cannot be read or written locks nobody: who
    may change it may as well run another program."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._file = folder / FILE
        self._clock = clock
        self._lock = Lock()

    def check(self, place: str, login: str) -> None:
        """Raises RuleViolation `login_locked` while no password is taken."""
        with self._lock:
            left = locked_for(self._attempts().get(_key(place, login), Attempts()), self._clock())
        if left:
            raise locked(left)

    def note_refusal(self, place: str, login: str) -> None:
        """A wrong password; raises `login_locked` when it was the last one for now."""
        with self._lock:
            now, every = self._clock(), self._attempts()
            key = _key(place, login)
            every[key] = after_failure(every.get(key, Attempts()), now)
            self._write(every, now)
        left = locked_for(every[key], now)
        if left:
            raise locked(left)

    def forget(self, place: str, login: str) -> None:
        """The right one: what came before counts no more."""
        with self._lock:
            every = self._attempts()
            if every.pop(_key(place, login), None) is not None:
                self._write(every, self._clock())

    def _attempts(self) -> dict[str, Attempts]:
        try:
            read = json.loads(self._file.read_text(encoding="utf-8"))
            return {str(key): _read(value) for key, value in read.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, every: dict[str, Attempts], now: float) -> None:
        kept = {
            key: [one.failures, one.last_at]
            for key, one in every.items()
            if abs(now - one.last_at) < 24 * LOCKED_S
        }
        fresh = self._file.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(kept), encoding="utf-8")
            fresh.replace(self._file)
        except OSError:
            return


def locked(left_s: float) -> RuleViolation:
    minutes = max(1, -(-int(left_s) // 60))
    return RuleViolation("login_locked", times=MOST_FAILURES, minutes=minutes)


def _key(place: str, login: str) -> str:
    """Tells neither the server nor the login."""
    return hashlib.sha256(f"{place}\0{login.strip().lower()}".encode()).hexdigest()[:32]


def _read(value: Any) -> Attempts:
    failures, last_at = value
    return Attempts(int(failures), float(last_at))
