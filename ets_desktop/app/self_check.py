"""`--self-check`: opens every screen of a demo desk offscreen, in a folder of its own."""

import logging
import os
import sys
import tempfile

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from ets_desktop.app.desktop import Desktop
from ets_desktop.paths import paths
from ets_desktop.settings import Settings
from ets_desktop.ui.registry import SCREENS

DEMO_ORDERS = 200
_PASSWORD = "self-check"
_LONGEST_MS = 60_000
#: What the offscreen platform says of every window.
_OFFSCREEN = "This plugin does not support"


def run_self_check() -> int:
    """0 when the database came up, a login worked and every screen opened without a complaint."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    complaints = _Complaints()
    logging.getLogger().addHandler(complaints)
    with tempfile.TemporaryDirectory(prefix="ets-self-check-") as folder:
        os.environ["ETS_HOME"] = folder
        application = QApplication(sys.argv[:1])
        application.setQuitOnLastWindowClosed(False)
        desktop = _desktop(application)
        try:
            opened = _open_every_screen(desktop)
        finally:
            desktop.close()
    logging.getLogger().removeHandler(complaints)
    for line in complaints.lines:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(f"ETS self-check: {opened} screens, {len(complaints.lines)} complaints\n")
    return 1 if complaints.lines else 0


class _Complaints(logging.Handler):
    """Gathers what is logged as a warning or worse; bugs are logged as errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if _OFFSCREEN in record.getMessage():
            return
        self.lines.append(self.format(record))


def _desktop(application: QApplication) -> Desktop:
    settings = Settings(demo_password=_PASSWORD)
    return Desktop(application, settings, paths(), DEMO_ORDERS)


def _open_every_screen(desktop: Desktop) -> int:
    desktop.start()
    desktop.prepare()
    desktop.enter("agent101", _PASSWORD)
    _settle(desktop)
    seat = desktop.seat
    if seat is None:
        raise RuntimeError("nobody is logged in")
    for entry in SCREENS:
        if not entry.supervisors_only:
            seat.desk.open_tab(entry.id)
            _settle(desktop)
            seat.window.grab()
    return len(SCREENS)


def _settle(desktop: Desktop) -> None:
    """Let events and jobs run until no job is left."""
    loop = QEventLoop()
    look = QTimer()
    look.timeout.connect(lambda: None if desktop.hub.is_busy else loop.quit())
    look.start(20)
    QTimer.singleShot(_LONGEST_MS, loop.quit)
    loop.exec()
    look.stop()
