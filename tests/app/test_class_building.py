"""Classes of Qt that a worker loads are made where Qt looks at them."""

import builtins
import logging
from collections.abc import Callable, Iterator
from threading import Event, Thread, get_ident
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ets_desktop.app import class_building
from ets_desktop.app.class_building import ClassBuilding


@pytest.fixture
def building(qtbot: QtBot) -> Iterator[ClassBuilding]:
    made = ClassBuilding()
    made.begin()
    yield made
    made.end()


class Worker:
    """Runs something on a thread of its own while the GUI thread goes on."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.outcome: list[Any] = []
        self._work = work
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.outcome.append((get_ident(), self._work()))
        except ValueError as error:
            self.outcome.append((get_ident(), error))


def outcome_of(qtbot: QtBot, work: Callable[[], Any]) -> Any:
    worker = Worker(work)
    qtbot.waitUntil(lambda: bool(worker.outcome), timeout=30_000)
    thread, value = worker.outcome[0]
    assert thread != get_ident()
    return value


def test_a_class_of_qt_is_made_on_the_gui_thread(building: ClassBuilding, qtbot: QtBot) -> None:
    def work() -> type[QObject]:
        class Told(QObject):
            made_on = get_ident()
            told = Signal(int)

            def __init__(self) -> None:
                super().__init__()

        return Told

    told = outcome_of(qtbot, work)
    assert told.made_on == get_ident()
    instance = told()
    with qtbot.waitSignal(instance.told) as heard:
        instance.told.emit(3)
    assert heard.args == [3]


def test_every_other_class_is_made_where_it_stands(building: ClassBuilding, qtbot: QtBot) -> None:
    def work() -> type:
        class Plain:
            made_on = get_ident()

        return Plain

    assert outcome_of(qtbot, work).made_on != get_ident()


def test_what_a_class_raises_is_told_to_who_loads_it(building: ClassBuilding, qtbot: QtBot) -> None:
    def work() -> None:
        class Broken(QLabel):
            raise ValueError("in the body")

    assert str(outcome_of(qtbot, work)) == "in the body"


def test_a_gui_thread_that_does_not_answer_is_asked_no_more(
    building: ClassBuilding,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(class_building, "PATIENCE_S", 0.01)

    def work() -> list[int]:
        class First(QObject):
            made_on = get_ident()

        class Second(QObject):
            made_on = get_ident()

        return [First.made_on, Second.made_on]

    with caplog.at_level(logging.WARNING):
        worker = Worker(work)
        worker.thread.join(30)  # the loop of the GUI thread stands still
    [(thread, made_on)] = worker.outcome
    assert made_on == [thread, thread]
    assert caplog.text.count("makes no classes") == 1
    qtbot.wait(1)  # what was asked for is taken up no more


def test_a_class_that_takes_long_is_waited_for(
    building: ClassBuilding, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_building, "PATIENCE_S", 0.3)

    def work() -> int:
        class Slow(QObject):
            made_on = get_ident()
            _late = Event().wait(0.6)

        return Slow.made_on

    assert outcome_of(qtbot, work) == get_ident()


def test_it_leaves_things_as_they_were(qtbot: QtBot) -> None:
    before = builtins.__build_class__
    building = ClassBuilding()
    building.begin()
    assert builtins.__build_class__ is not before
    building.end()
    building.end()
    assert builtins.__build_class__ is before
