"""Reading again at a pace: at once when quiet, one load for many wishes, none stopped midway."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ets_desktop.ui.jobs import JobRunner
from ets_desktop.ui.pace import Pace


class Reader:
    """Loads a number each time the pace says so."""

    def __init__(self, hub, owner: QObject, gap_milliseconds: int) -> None:
        self.told: list[int] = []
        self.started = 0
        self.jobs = JobRunner(hub, owner)
        self.pace = Pace(self.jobs, "work", self.load, gap_milliseconds)

    def load(self) -> None:
        self.started += 1
        self.jobs.read(int, self.started, on_done=self.told.append, lane="work")


@pytest.fixture
def owner(qapp: QObject) -> QObject:
    return QObject()


def test_the_first_wish_is_served_at_once(steps, owner) -> None:
    reader = Reader(steps.hub, owner, 60_000)
    reader.pace.ask()
    assert reader.started == 1


def test_wishes_while_a_read_runs_make_one_more_read_and_stop_none(
    steps, owner, qtbot: QtBot
) -> None:
    reader = Reader(steps.hub, owner, 0)
    for _ in range(5):
        reader.pace.ask()
    assert reader.started == 1
    steps.run()
    qtbot.waitUntil(lambda: reader.started == 2)
    steps.run()
    assert reader.told == [1, 2]


def test_wishes_within_the_gap_wait_for_its_end(steps, owner, qtbot: QtBot) -> None:
    reader = Reader(steps.hub, owner, 30)
    reader.pace.ask()
    steps.run()
    reader.pace.ask()
    reader.pace.ask()
    assert reader.started == 1
    qtbot.waitUntil(lambda: reader.started == 2)


def test_a_failed_read_does_not_end_the_reading(steps, owner, qtbot: QtBot) -> None:
    reader = Reader(steps.hub, owner, 0)
    reader.pace.ask()
    reader.pace.ask()
    reader.jobs.stop("work")
    qtbot.waitUntil(lambda: reader.started == 2)
