"""Notices when nobody works at this desk: no key, no mouse, no focus that moves (spec 80)."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_LOOK_MILLISECONDS = 5_000
#: Said so long before the end.
WARNED_S = 60.0
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """From `begin` on; looks at what reaches the windows, not at every event of the program.

    `is_busy` says that somebody works without touching anything: talks on the telephone.
    """

    soon = Signal()
    #: somebody came back after `soon`
    back = Signal()
    over = Signal()

    def __init__(
        self,
        is_busy: Callable[[], bool],
        parent: QObject,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._is_busy = is_busy
        self._clock = clock
        self._limit_s = 0.0
        self._touched_at = clock()
        self._is_warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusWindowChanged.connect(self._on_focus_window_changed)
        # A screen reader moves the focus without a key.
        application.focusChanged.connect(self._on_focus_changed)

    def begin(self, minutes: int) -> None:
        """0 never ends."""
        self._limit_s = minutes * 60.0
        self.touch()
        self._on_focus_window_changed(QGuiApplication.focusWindow())
        if minutes:
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def touch(self) -> None:
        """Somebody is here."""
        self._touched_at = self._clock()
        if self._is_warned:
            self._is_warned = False
            self.back.emit()

    @Slot()
    def look(self) -> None:
        if self._is_busy():
            self.touch()
            return
        left = self._touched_at + self._limit_s - self._clock()
        if left <= 0:
            self.stop()
            self.over.emit()
        elif left <= WARNED_S and not self._is_warned:
            self._is_warned = True
            self.soon.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self.touch()
        return False

    @Slot(QWindow)
    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None:
            self.touch()
