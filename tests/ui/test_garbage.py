"""Cycles are collected on the GUI thread or not at all."""

import gc
from collections.abc import Iterator
from threading import Thread, current_thread, main_thread
from weakref import ref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ets_desktop.ui.garbage import GarbageCollector


class Cycle:
    """Notes on which thread it was freed."""

    def __init__(self, freed_on: list[Thread]) -> None:
        self.myself = self
        self.freed_on = freed_on

    def __del__(self) -> None:
        self.freed_on.append(current_thread())


@pytest.fixture
def owner(qapp: QObject) -> QObject:
    return QObject()


@pytest.fixture
def collector(owner: QObject) -> Iterator[GarbageCollector]:
    gc.enable()
    collector = GarbageCollector(owner, interval=1)
    yield collector
    collector.stop()
    gc.disable()


def litter() -> None:
    """Enough new objects for Python to collect by itself."""
    kept: list[object] = []
    kept.extend([] for _ in range(5000))


def test_a_worker_frees_no_cycle_and_the_gui_thread_does(
    collector: GarbageCollector, qtbot: QtBot
) -> None:
    freed_on: list[Thread] = []
    Cycle(freed_on)
    worker = Thread(target=litter)
    worker.start()
    worker.join()
    assert freed_on == []
    kept: list[object] = []
    kept.extend([] for _ in range(1000))
    qtbot.waitUntil(lambda: len(freed_on) == 1)
    assert freed_on == [main_thread()]


def test_nothing_is_collected_while_little_was_made(collector: GarbageCollector) -> None:
    gc.collect()
    cycle = Cycle([])
    alive = ref(cycle)
    del cycle
    collector.collect_if_due()
    assert alive() is not None


def test_old_cycles_get_their_turn(collector: GarbageCollector) -> None:
    freed_on: list[Thread] = []
    cycle = Cycle(freed_on)
    gc.collect(0)
    gc.collect(1)
    del cycle
    kept: list[object] = []
    for _ in range(200):
        kept.extend([] for _ in range(1000))
        collector.collect_if_due()
    assert freed_on == [main_thread()]


def test_what_is_spared_is_looked_at_no_more(collector: GarbageCollector) -> None:
    collector.spare_what_is_there()
    try:
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()


def test_what_was_spared_is_collected_once_it_is_gone(collector: GarbageCollector) -> None:
    collector.spare_what_is_there()
    assert gc.get_freeze_count() > 0
    collector.collect_what_was_spared()
    assert gc.get_freeze_count() == 0


def test_at_the_end_python_collects_by_itself_again(collector: GarbageCollector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_where_python_did_not_collect_by_itself_it_does_not_afterwards(owner: QObject) -> None:
    GarbageCollector(owner).stop()
    assert not gc.isenabled()
