"""The watchdog of the GUI thread: what holds it up is told with its place, and nothing else."""

import logging
import time
from collections.abc import Iterator
from threading import Event, Thread

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from ets_desktop.ui import watchdog as module
from ets_desktop.ui.watchdog import Stall, Watchdog, places_of


@pytest.fixture
def watchdog(qtbot: QtBot) -> Iterator[Watchdog]:
    watching = Watchdog()
    yield watching
    watching.stop()


def hold_up_the_window(seconds: float, customer: str = "홍가람 01000001234") -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        Event().wait(0.001)
    assert customer


def stalls_of(watchdog: Watchdog, qtbot: QtBot) -> list[Stall]:
    found: list[Stall] = []

    def is_there() -> bool:
        found.extend(watchdog.take_stalls())
        return bool(found)

    qtbot.waitUntil(is_there)
    return found


def test_a_stall_is_told_with_the_place_where_it_was(
    watchdog: Watchdog, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    QTimer.singleShot(20, lambda: hold_up_the_window(0.2))
    stall = max(stalls_of(watchdog, qtbot), key=lambda one: one.milliseconds)
    assert 190 <= stall.milliseconds <= 2_000
    assert any("test_watchdog.py" in place for place in stall.places)
    assert any(place.endswith(" hold_up_the_window") for place in stall.places)
    assert 0 <= stall.own <= stall.milliseconds
    assert "hold_up_the_window" in caplog.text
    # Places, never values.
    assert "홍가람" not in caplog.text
    assert "0000" not in caplog.text


def test_a_window_that_answers_is_not_told_about(qtbot: QtBot) -> None:
    # A busy machine stalls everybody.
    watching = Watchdog(limit_ms=2_000)
    qtbot.waitUntil(lambda: len(watching._late) > 20)
    assert len(watching.take_beats()) > 20
    assert watching.take_stalls() == []
    watching.stop()


def test_one_that_never_goes_on_is_told_while_it_stands(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "_FOR_EVER_MS", 60.0)
    with caplog.at_level(logging.ERROR):
        watching = Watchdog()
        # The event loop does not run at all.
        end = time.perf_counter() + 10
        while "has stood still" not in caplog.text and time.perf_counter() < end:
            Event().wait(0.01)
        watching.stop()
    assert caplog.text.count("has stood still for 5 s at") == 1


def test_a_system_that_does_not_tell_of_its_cores_blames_the_program(
    watchdog: Watchdog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "_schedule", watchdog._schedule / "none")
    monkeypatch.setattr(watchdog, "_spent", (0, 0))
    QTimer.singleShot(0, lambda: hold_up_the_window(0.1))
    stall = stalls_of(watchdog, qtbot)[-1]
    assert stall.own == stall.milliseconds


def test_a_thread_without_a_frame_is_nowhere() -> None:
    assert places_of(None) == ()
    told = "60 ms (starved for 10, at work for 30) at nowhere in Python"
    assert str(Stall(60.0, 10.0, 30.0, ())) == told


def test_a_place_names_no_folder_of_a_person() -> None:
    ready, over = Event(), Event()
    found: list[tuple[str, ...]] = []

    def look() -> None:
        import sys

        found.append(places_of(sys._getframe()))
        ready.set()
        over.wait(5)

    thread = Thread(target=look)
    thread.start()
    assert ready.wait(5)
    over.set()
    thread.join()
    assert found[0][0].startswith("ui/test_watchdog.py:")
    assert not any(place.startswith("/") for place in found[0])
