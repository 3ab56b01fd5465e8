"""Reading a list again whenever something changed, but never in a rush and never twice at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from ets_desktop.ui.jobs import JobRunner

#: Four reads a second at most, however fast the changes come.
GAP_MILLISECONDS = 250


class Pace(QObject):
    """Calls `start`, which loads in `lane`; wishes that come meanwhile make one more load.

    Unlike a plain newest-wins load, a stream of changes cannot keep stopping the read before it
    ends. The first wish after a quiet moment is served at once.
    """

    def __init__(
        self,
        jobs: JobRunner,
        lane: str,
        start: Callable[[], object],
        gap_milliseconds: int = GAP_MILLISECONDS,
    ) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self._lane = lane
        self._start = start
        self._wished = False
        self._gap = QTimer(self)
        self._gap.setSingleShot(True)
        self._gap.setInterval(gap_milliseconds)
        self._gap.timeout.connect(self._go_on)
        jobs.reading_changed.connect(self._on_reading_changed)

    def ask(self) -> None:
        """Something changed: read as soon as the pace allows."""
        self._wished = True
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._wished and not self._gap.isActive() and not self._jobs.is_reading(self._lane):
            self._wished = False
            self._gap.start()
            self._start()

    @Slot(str, bool)
    def _on_reading_changed(self, lane: str, reading: bool) -> None:
        if lane == self._lane and not reading:
            self._go_on()
