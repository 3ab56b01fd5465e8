"""The journal of what is typed at this PC: a thread of its own encrypts it and puts it on disk.

Nobody waits for the disk but who asks to (`store_send`, `left_over`, from worker threads).
"""

import errno
import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Condition, Thread
from typing import Any, Final, TypeVar
from uuid import UUID

from ets_desktop.domain.errors import EtsError
from ets_desktop.local.journal_files import (
    FORM,
    LEFT,
    SEND,
    Damaged,
    ForeignKey,
    SessionFiles,
    sealed,
    unsealed,
)
from ets_desktop.local.key_store import Keys, keys_of

#: What is larger is no form a person typed; its last smaller state is kept.
MAXIMUM_BYTES: Final = 1_000_000
#: So long after a failure the disk is tried again, if nothing is typed before.
RETRY_S: Final = 3.0
#: Whoever asks from a worker waits no longer for a disk that hangs.
PATIENCE_S: Final = 15.0
FOLDER: Final = "journal"

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_log = logging.getLogger(__name__)

Written = Mapping[str, Any]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What earlier desks of this login left: forms and saves by the id they are dropped by, oldest
    first; `unreadable` were set aside, or wait for a key that is not at hand."""

    forms: tuple[tuple[UUID, Written], ...] = ()
    sends: tuple[tuple[UUID, Written], ...] = ()
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a file shall hold (None: nothing), and which files go once it does."""

    written: Written | None
    instead_of: frozenset[str] = frozenset()


def owner_of(place: str, login: str) -> str:
    """The folder name of one login on one server; tells neither."""
    return hashlib.sha256(f"{place}\0{login}".encode()).hexdigest()[:32]


class DeskJournal:
    """One desk's journal below `root`; every method may be called from any thread.

    `tell` hears, on the journal's thread, "" when what was typed is safe again and else a code:
    `journal_full`, `journal_unwritable`, `journal_too_long`. Nothing here raises: the desk works
    on without its journal.
    """

    def __init__(
        self,
        root: Path,
        owner: str,
        tell: Callable[[str], None],
        find_keys: Callable[[str, Path], Keys] = keys_of,
    ) -> None:
        self._folder = root / owner
        self._owner = owner
        self._tell = tell
        self._find_keys = find_keys
        self._files: SessionFiles | None = None
        self._keys: Keys | None = None
        self._changed = Condition()
        self._wishes: dict[str, _Wish] = {}
        self._asked: list[Callable[[], None]] = []
        self._closing = False
        self._told = ""
        self._thread = Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    @property
    def key_store(self) -> str | None:
        """The key store that has the key, "" for a file; None while no key is found."""
        keys = self._keys
        return None if keys is None else keys.store

    # Wishes: at once

    def keep(self, form_id: UUID, written: Written, instead_of: UUID | None = None) -> None:
        """On disk soon; then the left form `instead_of`, which it goes on from, goes."""
        goes = frozenset() if instead_of is None else frozenset({f"{instead_of}{LEFT}"})
        self._wish(f"{form_id}{FORM}", written, goes)

    def drop(self, form_id: UUID) -> None:
        """The form is saved, parked or given up."""
        self._wish(f"{form_id}{FORM}", None)

    def drop_left(self, left_id: UUID) -> None:
        self._wish(f"{left_id}{LEFT}", None)

    def drop_send(self, save_id: UUID) -> None:
        """The save was answered."""
        self._wish(f"{save_id}{SEND}", None)

    # Questions: from a worker

    def store_send(self, save_id: UUID, written: Written) -> bool:
        """Whether the save is on disk now and would survive this desk."""
        name = f"{save_id}{SEND}"
        return bool(self._ask(partial(self._try_to_store, name, written), False))

    def left_over(self) -> LeftOver:
        """What is to be offered and to be sent again."""
        return self._ask(self._read_left, LeftOver())

    def close(self) -> None:
        """Put on disk what still waits, and leave; a disk that hangs is not waited for."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(PATIENCE_S)

    def _wish(
        self, name: str, written: Written | None, instead_of: frozenset[str] = frozenset()
    ) -> None:
        with self._changed:
            # The newest state of a file is the one to write, at the end of the line.
            older = self._wishes.pop(name, None)
            goes = instead_of | (older.instead_of if older is not None else frozenset())
            self._wishes[name] = _Wish(written, goes)
            self._changed.notify()

    def _ask(self, question: Callable[[], Value], without: Value) -> Value:
        answer: Future[Value] = Future()

        def run() -> None:
            try:
                answer.set_result(question())
            except Exception as error:  # noqa: BLE001 - raised again where it was asked
                answer.set_exception(error)

        with self._changed:
            if self._closing:
                return without
            self._asked.append(run)
            self._changed.notify()
        try:
            return answer.result(PATIENCE_S)
        except FutureTimeout:
            _log.warning("the journal's disk does not answer")
            return without

    # On the journal's thread

    def _run(self) -> None:
        self._work(self._open)
        while True:
            with self._changed:
                while not (self._wishes or self._asked or self._closing):
                    self._changed.wait()
                asked, self._asked = self._asked, []
                wishes, self._wishes = self._wishes, {}
                closing = self._closing
            for answer in asked:
                answer()
            failed = {name: wish for name, wish in wishes.items() if not self._fulfil(name, wish)}
            if closing:
                break
            if failed:
                self._wait_after(failed)
        if self._files is not None:
            self._work(self._files.close)

    def _wait_after(self, failed: dict[str, _Wish]) -> None:
        """Try again what nobody wished otherwise meanwhile."""
        with self._changed:
            self._wishes = failed | self._wishes
            if not self._closing and not self._asked:
                self._changed.wait(RETRY_S)

    def _work(self, step: Callable[[], object]) -> bool:
        """Whether it went well; what did not is told once, until it does."""
        try:
            step()
        except (OSError, EtsError) as error:
            number = error.errno if isinstance(error, OSError) else None
            self._say("journal_full" if number in _FULL else "journal_unwritable")
            return False
        self._say("")
        return True

    def _say(self, code: str) -> None:
        if code != self._told:
            self._told = code
            if code:
                _log.warning("the journal fails: %s", code)
            self._tell(code)

    def _open(self) -> tuple[SessionFiles, Keys]:
        if self._files is None:
            self._files = SessionFiles(self._folder)
        if self._keys is None:
            self._keys = self._find_keys(self._owner, self._folder)
        return self._files, self._keys

    def _fulfil(self, name: str, wish: _Wish) -> bool:
        if wish.written is None:
            return self._work(partial(self._remove, frozenset({name}) | wish.instead_of))
        blob = _blob(wish.written)
        if len(blob) > MAXIMUM_BYTES:
            self._say("journal_too_long")
            return True
        return self._work(partial(self._write, name, blob, wish.instead_of))

    def _write(self, name: str, blob: bytes, instead_of: frozenset[str]) -> None:
        files, keys = self._open()
        files.write(name, sealed(keys, self._owner, blob))
        self._remove(instead_of)

    def _remove(self, names: frozenset[str]) -> None:
        files, _ = self._open()
        for name in names:
            files.remove(name)

    def _try_to_store(self, name: str, written: Written) -> bool:
        return self._work(partial(self._write, name, _blob(written), frozenset()))

    def _read_left(self) -> LeftOver:
        found: dict[str, list[tuple[UUID, Written]]] = {LEFT: [], SEND: []}
        unreadable: list[str] = []

        def read() -> None:
            files, keys = self._open()
            for suffix, read_so_far in found.items():
                for name in files.names(suffix):
                    try:
                        written = json.loads(unsealed(keys, self._owner, files.read(name)))
                        read_so_far.append((UUID(name.removesuffix(suffix)), written))
                    except ForeignKey:
                        unreadable.append(name)
                    except (Damaged, ValueError):
                        unreadable.append(name)
                        files.set_aside(name)

        self._work(read)
        return LeftOver(tuple(found[LEFT]), tuple(found[SEND]), len(unreadable))


def _blob(written: Written) -> bytes:
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
