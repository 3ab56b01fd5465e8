"""A real desk on a lead: logs in, then does what its stdin says and tells how long it took.

One JSON list a line, `[command, argument, …]`; one JSON value a line in answer.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from operator import attrgetter
from threading import Thread
from time import perf_counter, time
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ets_desktop.app.arguments import Arguments
from ets_desktop.app.desktop import Desktop, settings_with
from ets_desktop.app.seat import Seat
from ets_desktop.bench.probes.first_paint import FirstPaint
from ets_desktop.bench.probes.telling import resident_mb, tell
from ets_desktop.paths import paths
from ets_desktop.ui.watchdog import Watchdog

_LONGEST_MS = 30_000
_ROWS, _COLUMNS = 50, 13


class Lead(QObject):
    """Reads commands on a thread of its own and runs them on this one."""

    commanded = Signal(list)
    ended = Signal()

    def __init__(self, desktop: Desktop, watchdog: Watchdog) -> None:
        super().__init__()
        self._desktop = desktop
        self._watchdog = watchdog
        self._painted: list[tuple[str, float]] = []
        self._seat.desk.top_bar.caller_painted.connect(self._on_caller_painted)
        self.commanded.connect(self._on_commanded)

    def listen(self) -> None:
        Thread(target=self._read, name="lead", daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.commanded.emit(json.loads(line))
        self.ended.emit()

    @Slot(list)
    def _on_commanded(self, words: list[Any]) -> None:
        commands: dict[str, Callable[..., object]] = {
            "rings": self._rings,
            "painted": lambda: self._painted,
            "search": self._search,
            "scroll": self._scroll,
            "frames": _frames,
            "stalls": self._stalls,
            "memory": resident_mb,
        }
        tell(commands[words[0]](*words[1:]))

    @Slot(int)
    def _on_caller_painted(self, _call_id: int) -> None:
        """Whose call is on the screen now, by a clock that other processes read too."""
        at, call = time(), self._seat.desk.top_bar.call
        self._painted.append(("" if call is None else call.number.replace("-", ""), at))

    @property
    def _seat(self) -> Seat:
        seat = self._desktop.seat
        if seat is None:
            raise RuntimeError("nobody is logged in")
        return seat

    def _stalls(self) -> tuple[list[float], str]:
        """How late each beat since the last asking was (ms), and the worst stall with its place."""
        worst = max(self._watchdog.take_stalls(), key=attrgetter("milliseconds"), default="")
        return self._watchdog.take_beats(), str(worst)

    def _rings(self, count: int) -> list[float]:
        """ms from the ring to the painted caller, once there are `count` of them."""
        wait_until(lambda: len(self._seat.diagnostics.ring_to_painted) >= count)
        return [seconds * 1000 for seconds in self._seat.diagnostics.ring_to_painted]

    def _search(self, text: str) -> float:
        """ms from 조회 to the first rows on the screen."""
        self._seat.desk.open_tab("order_search")
        window = self._seat.window
        wait_until(lambda: not self._desktop.hub.is_busy)
        _named(window, QLineEdit, "통합검색").setText(text)
        table = _named(window, QTableView, "주문목록")
        model = table.model()
        model.removeRows(0, model.rowCount())
        button = _named(window, QPushButton, "조회")
        arrived: list[float] = []
        began = perf_counter()
        model.modelReset.connect(lambda: arrived.append(perf_counter()))
        button.click()
        wait_until(lambda: bool(arrived) and model.rowCount() > 0)
        table.viewport().repaint()
        return (perf_counter() - began) * 1000

    def _scroll(self, steps: int) -> list[float]:
        """ms of each step of three rows, painted."""
        table = _named(self._seat.window, QTableView, "주문목록")
        bar = table.verticalScrollBar()
        times = []
        for step in range(steps):
            began = perf_counter()
            bar.setValue((step * 3) % max(1, bar.maximum()))
            table.viewport().repaint()
            times.append((perf_counter() - began) * 1000)
        return times


def _frames(count: int) -> list[float]:
    """ms of each frame of a bare QTableView with a page of text in it."""
    table = QTableWidget(_ROWS, _COLUMNS)
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            table.setItem(row, column, QTableWidgetItem(f"{row}-{column} 물빛 텀블러"))
    table.resize(1_600, 800)
    table.show()
    painted: list[float] = []
    FirstPaint(table.viewport(), lambda: painted.append(perf_counter()))
    wait_until(lambda: bool(painted))
    times = []
    for _ in range(count):
        began = perf_counter()
        table.viewport().repaint()
        times.append((perf_counter() - began) * 1000)
    table.close()
    return times


def _named(window: QWidget, kind: type[Any], name: str) -> Any:
    """The visible widget of that kind and accessible name; a button's name is its text."""
    for widget in window.findChildren(kind):
        names = (widget.accessibleName(), widget.text() if kind is QPushButton else "")
        if name in names and widget.isVisible():
            return widget
    raise LookupError(name)


def _end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A probe that fails falls silent, instead of showing a crash dialog to nobody."""
    traceback.print_exception(kind, error, trace)
    os._exit(1)


def wait_until(holds: Callable[[], bool]) -> None:
    """Let events run until `holds` did for a moment; TimeoutError after half a minute."""
    loop = QEventLoop()
    look = QTimer()
    held: list[bool] = []

    def look_once() -> None:
        if holds():
            held.append(True)
            loop.quit()

    look.setInterval(1)
    look.timeout.connect(look_once)
    look.start()
    QTimer.singleShot(_LONGEST_MS, loop.quit)
    loop.exec()
    look.stop()
    if not held:
        raise TimeoutError


def main(login: str, password: str) -> None:
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    desktop = Desktop(application, settings_with(Arguments()), paths())
    desktop.start()
    wait_until(desktop.login.isVisible)
    began = perf_counter()
    desktop.enter(login, password)
    wait_until(lambda: desktop.seat is not None and not desktop.hub.is_busy)
    tell({"ms": (perf_counter() - began) * 1000, "mb": resident_mb()})
    sys.excepthook = _end
    lead = Lead(desktop, Watchdog())
    lead.ended.connect(application.quit)
    lead.listen()
    application.exec()
    desktop.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
