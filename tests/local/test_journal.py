"""What is typed, on this PC's disk: whole after any end, for one login only, without any wait."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from uuid import UUID, uuid4

import pytest

from ets_desktop.filelock import FileLock
from ets_desktop.local import journal_files
from ets_desktop.local.journal import MAXIMUM_BYTES, DeskJournal, LeftOver, owner_of
from ets_desktop.local.journal_files import (
    DAMAGED,
    FORM,
    LEFT,
    MOST_KEPT,
    Damaged,
    ForeignKey,
    SessionFiles,
    sealed,
    unsealed,
)
from ets_desktop.local.key_store import Keys, key_id
from tests.tiny_disk import fill, tiny_disk

OWNER = owner_of("localhost/ets", "agent101")
KEYS = Keys(b"k" * 32, {key_id(b"k" * 32): b"k" * 32}, "test")
OTHER_KEYS = Keys(b"x" * 32, {key_id(b"x" * 32): b"x" * 32}, "test")
TYPED = {"content": "배송이 언제 되는지 010-0000-0001"}


def same_keys(_owner: str, _folder: Path) -> Keys:
    return KEYS


class Told:
    """What the journal tells, to be waited for."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self._waited = "-"
        self._came = Event()

    def __call__(self, code: str) -> None:
        self.codes.append(code)
        if code == self._waited:
            self._came.set()

    def wait_for(self, code: str, act: Callable[[], object]) -> None:
        self._waited, self._came = code, Event()
        act()
        assert self.codes[-1:] == [code] or self._came.wait(10), self.codes


@contextmanager
def journal(
    root: Path, *, owner: str = OWNER, keys: Keys = KEYS, told: Told | None = None
) -> Iterator[DeskJournal]:
    made = DeskJournal(root, owner, told or Told(), lambda _owner, _folder: keys)
    try:
        yield made
    finally:
        made.close()


def settle(made: DeskJournal) -> None:
    """Everything wished so far is done when a later question is answered."""
    made.left_over()
    made.left_over()


def left(root: Path, **given: object) -> LeftOver:
    with journal(root, **given) as made:  # type: ignore[arg-type]
        return made.left_over()


def die(made: DeskJournal) -> None:
    """As a kill would: the lock is gone, nothing is put in order."""
    settle(made)
    assert made._files is not None
    made._files._lock.release()


def files(root: Path, suffix: str) -> list[Path]:
    return sorted(root.rglob(f"*{suffix}"))


def test_what_was_typed_last_is_left_for_the_next_desk(tmp_path: Path) -> None:
    form = uuid4()
    with journal(tmp_path) as made:
        for number in range(50):
            made.keep(form, {"content": f"{number}"})
    assert [written for _, written in left(tmp_path).forms] == [{"content": "49"}]


@pytest.mark.parametrize("store", ["keyring.backends.SecretService", ""])
def test_the_journal_tells_where_its_key_lies(tmp_path: Path, store: str) -> None:
    with journal(tmp_path, keys=replace(KEYS, store=store)) as made:
        settle(made)
        assert made.key_store == store


def test_without_a_folder_no_key_lies_anywhere(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with journal(blocked) as made:
        settle(made)
        assert made.key_store is None


def test_what_was_dropped_is_not_offered_again(tmp_path: Path) -> None:
    form, save = uuid4(), uuid4()
    with journal(tmp_path) as made:
        made.keep(form, TYPED)
        assert made.store_send(save, TYPED)
        settle(made)
        made.drop(form)
        made.drop_send(save)
    assert left(tmp_path) == LeftOver()
    assert files(tmp_path, "session-*") == []


def test_a_left_form_goes_once_another_holds_its_text(tmp_path: Path) -> None:
    with journal(tmp_path) as made:
        made.keep(uuid4(), TYPED)
    with journal(tmp_path) as made:
        [(left_id, written)] = made.left_over().forms
        made.keep(uuid4(), written, instead_of=left_id)
        settle(made)
        assert made.left_over().forms == ()
    with journal(tmp_path) as made:
        [(left_id, written)] = made.left_over().forms
        assert written == TYPED
        made.drop_left(left_id)
    assert left(tmp_path) == LeftOver()


def test_a_left_form_goes_with_the_form_that_took_it_up(tmp_path: Path) -> None:
    """Dropped before its first writing: what it stood for goes all the same."""
    with journal(tmp_path) as made:
        made.keep(uuid4(), TYPED)
    with journal(tmp_path) as made:
        [(left_id, written)] = made.left_over().forms
        form = uuid4()
        made.keep(form, written, instead_of=left_id)
        made.drop(form)
    assert left(tmp_path) == LeftOver()


def test_a_save_on_its_way_keeps_its_id(tmp_path: Path) -> None:
    save = uuid4()
    with journal(tmp_path) as made:
        assert made.store_send(save, TYPED)
    assert left(tmp_path).sends == left(tmp_path).sends == ((save, TYPED),)


def test_two_people_on_one_pc_never_see_each_others(tmp_path: Path) -> None:
    lee = owner_of("localhost/ets", "agent102")
    with journal(tmp_path) as made:
        made.keep(uuid4(), TYPED)
    assert left(tmp_path, owner=lee, keys=OTHER_KEYS) == LeftOver()
    [file] = files(tmp_path, FORM)
    theirs = SessionFiles(tmp_path / lee)
    os.replace(file, theirs.folder / file.name)
    theirs.close()
    # Not even with the key: what is sealed is bound to its owner.
    assert left(tmp_path, owner=lee, keys=KEYS) == LeftOver(unreadable=1)


def test_the_same_login_of_another_server_is_another_owner() -> None:
    assert owner_of("a/ets", "agent101") != owner_of("b/ets", "agent101")
    assert "agent" not in OWNER


def test_a_running_desk_keeps_its_own(tmp_path: Path) -> None:
    with journal(tmp_path) as one:
        one.keep(uuid4(), TYPED)
        settle(one)
        assert left(tmp_path) == LeftOver()
    assert len(left(tmp_path).forms) == 1


def test_nothing_can_be_read_on_the_disk(tmp_path: Path) -> None:
    with journal(tmp_path) as made:
        made.keep(uuid4(), TYPED)
    [file] = files(tmp_path, FORM)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    blob = file.read_bytes()
    assert "배송".encode() not in blob
    assert b"0000" not in blob


def test_a_file_torn_anywhere_is_known_as_torn() -> None:
    blob = sealed(KEYS, OWNER, b"typed")
    assert unsealed(KEYS, OWNER, blob) == b"typed"
    for length in range(len(blob)):
        with pytest.raises(Damaged):
            unsealed(KEYS, OWNER, blob[:length])
    for place in range(len(blob)):
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises((Damaged, ForeignKey)):
            unsealed(KEYS, OWNER, changed)


def test_what_is_torn_is_set_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    with journal(tmp_path) as made:
        made.keep(uuid4(), TYPED)
        made.keep(uuid4(), {"content": "whole"})
    torn = max(files(tmp_path, FORM), key=lambda file: file.stat().st_size)
    torn.write_bytes(torn.read_bytes()[:-3])
    found = left(tmp_path)
    assert ([written for _, written in found.forms], found.unreadable) == (
        [{"content": "whole"}],
        1,
    )
    assert len(files(tmp_path, DAMAGED)) == 1
    assert left(tmp_path).unreadable == 0


def test_sealed_text_that_is_no_entry_is_set_aside(tmp_path: Path) -> None:
    session = SessionFiles(tmp_path / OWNER)
    session.write(f"{uuid4()}{FORM}", sealed(KEYS, OWNER, b"\xff not json"))
    session.close()
    assert left(tmp_path).unreadable == 1


def test_what_another_key_sealed_waits_for_that_key(tmp_path: Path) -> None:
    with journal(tmp_path) as made:
        made.keep(uuid4(), TYPED)
    assert left(tmp_path, keys=OTHER_KEYS) == LeftOver(unreadable=1)
    assert [written for _, written in left(tmp_path).forms] == [TYPED]


@pytest.mark.parametrize("suffix", [DAMAGED, LEFT])
def test_only_so_many_files_are_kept(tmp_path: Path, suffix: str) -> None:
    session = SessionFiles(tmp_path / OWNER)
    names = [f"{uuid4()}{suffix}" for _ in range(MOST_KEPT[suffix] + 5)]
    for age, name in enumerate(reversed(names)):
        (session.folder / name).write_bytes(b"?")
        os.utime(session.folder / name, (1000 - age, 1000 - age))
    session.close()
    SessionFiles(tmp_path / OWNER).close()
    assert {file.name for file in files(tmp_path, suffix)} == set(names[5:])


def test_a_folder_that_cannot_be_taken_stays_and_the_desk_has_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with journal(tmp_path) as made:
        made.keep(uuid4(), TYPED)

    def refuse(_file: Path) -> str:
        raise PermissionError(13, "denied")

    with monkeypatch.context() as patched:
        patched.setattr(journal_files, "_adopted_name", refuse)
        assert left(tmp_path) == LeftOver()
    assert len(left(tmp_path).forms) == 1


KILLED = """
import sys
from pathlib import Path
from uuid import UUID
from ets_desktop.local.journal import DeskJournal
from tests.local.test_journal import OWNER, same_keys
journal = DeskJournal(Path(sys.argv[1]), OWNER, lambda code: None, same_keys)
number = 0
print("ready", flush=True)
while True:
    number += 1
    journal.keep(UUID(int=1), {"number": number, "text": "가나다" * (number % 400)})
    if journal.store_send(UUID(int=2), {"number": number}):
        print(number, flush=True)
"""


@pytest.mark.parametrize("kill_after", [1, 2, 5, 17, 60])
def test_a_killed_desk_loses_nothing_that_was_on_the_disk(tmp_path: Path, kill_after: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as desk:
        assert desk.stdout is not None
        last = 0
        while last < kill_after:
            line = desk.stdout.readline()
            assert line
            last = int(line) if line.strip().isdigit() else 0
        desk.kill()
        told = [int(line) for line in desk.stdout if line.strip().isdigit()]
        last = max([last, *told])
    found = left(tmp_path)
    assert found.unreadable == 0
    [(save, written)] = found.sends
    assert (save, written["number"] >= last) == (UUID(int=2), True)
    # Of the forms, which nobody waits for, at most the last one was still on its way.
    numbers = [form["number"] for _, form in found.forms]
    assert max([0, *numbers]) >= last - 1


def test_a_full_disk_is_told_and_keeps_the_last_whole_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, form = Told(), uuid4()
    monkeypatch.setattr("ets_desktop.local.journal.RETRY_S", 0.05)
    with tiny_disk(tmp_path / "disk") as disk, journal(disk, told=told) as made:
        made.keep(form, {"content": "whole"})
        settle(made)
        if os.path.ismount(disk):
            filler = fill(disk)
            free = filler.unlink
        else:
            limited = monkeypatch.context()
            full = limited.__enter__()

            def no_room(_file: Path, _blob: bytes) -> None:
                raise OSError(28, "No space left on device")

            full.setattr(journal_files, "write_durably", no_room)

            def free() -> None:
                limited.__exit__(None, None, None)

        told.wait_for("journal_full", lambda: made.keep(form, {"content": "long" * 5000}))
        assert not made.store_send(uuid4(), TYPED)
        [file] = files(disk, FORM)
        assert json.loads(unsealed(KEYS, OWNER, file.read_bytes())) == {"content": "whole"}
        assert files(disk, ".new") == []
        # Tried again by itself once there is room.
        told.wait_for("", free)
        written = json.loads(unsealed(KEYS, OWNER, file.read_bytes()))
        assert written == {"content": "long" * 5000}


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = Told()
    with journal(tmp_path / "file", told=told) as made:
        told.wait_for("journal_unwritable", lambda: made.keep(uuid4(), TYPED))
        assert made.left_over() == LeftOver()


def test_a_disk_that_takes_no_lock_is_not_littered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = FileLock.acquire

    def full(self: FileLock) -> None:
        if self.path.parent.name.startswith("session"):
            raise OSError(28, "No space left on device")
        real(self)

    monkeypatch.setattr(FileLock, "acquire", full)
    with pytest.raises(OSError):
        SessionFiles(tmp_path / OWNER)
    assert files(tmp_path, "session-*") == []


def test_what_no_person_types_is_refused_and_the_state_before_stays(tmp_path: Path) -> None:
    told, form = Told(), uuid4()
    with journal(tmp_path, told=told) as made:
        made.keep(form, TYPED)
        settle(made)
        told.wait_for("journal_too_long", lambda: made.keep(form, {"content": "x" * MAXIMUM_BYTES}))
        told.wait_for("", lambda: made.keep(form, TYPED))
    assert [written for _, written in left(tmp_path).forms] == [TYPED]


def test_a_disk_that_hangs_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ets_desktop.local.journal.PATIENCE_S", 0.05)
    hangs = Event()

    def hang(_owner: str, _folder: Path) -> Keys:
        hangs.wait(10)
        return KEYS

    made = DeskJournal(tmp_path, OWNER, Told(), hang)
    made.keep(uuid4(), TYPED)
    assert not made.store_send(uuid4(), TYPED)
    assert made.left_over() == LeftOver()
    made.close()
    assert not made.store_send(uuid4(), TYPED)
    hangs.set()
    made._thread.join(10)
    assert len(left(tmp_path).forms) == 1


def test_a_bug_comes_out_where_it_was_asked(tmp_path: Path) -> None:
    with journal(tmp_path) as made, pytest.raises(TypeError):
        made.store_send(uuid4(), {"content": object()})


def test_left_forms_keep_names_of_their_own(tmp_path: Path) -> None:
    form = uuid4()
    with journal(tmp_path) as made:
        made.keep(form, TYPED)
    with journal(tmp_path) as made:
        made.left_over()
        made.keep(form, {"content": "another"})
    found = [written for _, written in left(tmp_path).forms]
    assert found == [TYPED, {"content": "another"}]
    assert files(tmp_path, LEFT) != []
