"""Locks exclude, also within a process, and are inherited by children that are given them."""

import subprocess
from pathlib import Path

from ets_desktop.filelock import FileLock
from ets_desktop.local.leases import Leases


def test_two_locks_on_one_file_exclude_each_other(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.try_acquire()
    assert first.try_acquire()
    assert not second.try_acquire()
    first.release()
    first.release()
    assert second.try_acquire()
    second.release()


def test_a_child_that_inherited_a_lock_keeps_it(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    lock.acquire()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, pass_fds=lock.inheritable()) as child:
        lock.release()
        assert not lock.try_acquire()
        child.communicate()
    assert lock.try_acquire()
    lock.release()


def test_leases_of_the_dead_are_removed(tmp_path: Path) -> None:
    leases = Leases(tmp_path)
    (tmp_path / "4711-dead.lease").touch()
    mine = leases.take()
    assert leases.any_held()
    assert list(tmp_path.iterdir()) == [mine.path]
    leases.give_back(mine)
    assert not leases.any_held()
    assert list(tmp_path.iterdir()) == []
