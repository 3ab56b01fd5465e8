"""Python's cycle collector, kept to the GUI thread.

It runs on whatever thread happens to allocate, and a widget that is freed on a worker crashes Qt.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MILLISECONDS = 1_000


class GarbageCollector(QObject):
    """While it lives, cycles are collected by a timer of its thread and by nothing else."""

    def __init__(self, parent: QObject, interval: int = INTERVAL_MILLISECONDS) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(interval)
        self._timer.timeout.connect(self.collect_if_due)
        self._ran_by_itself = gc.isenabled()
        gc.disable()
        self._timer.start()

    def spare_what_is_there(self) -> None:
        """Look no more at what a started program keeps anyway.

        A full collection takes 100 ms with all of it (117,000 objects), a stall, and none without:
        therefore there is none here either. The little that building left over stays with it.
        """
        gc.freeze()

    @Slot()
    def collect_what_was_spared(self) -> None:
        """A window that was to stay is gone: a stall behind the login window, where none shows."""
        gc.unfreeze()
        gc.collect()

    @Slot()
    def collect_if_due(self) -> None:
        """What Python would have done by itself: the oldest generation whose turn it is."""
        turns = [made > most for made, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if not turns[0]:
            return
        generation = 0
        while generation < 2 and turns[generation + 1]:
            generation += 1
        gc.collect(generation)

    def stop(self) -> None:
        """Back to what was before, with nothing left over that another thread could free."""
        if self._timer.isActive():
            self._timer.stop()
            gc.collect()
            if self._ran_by_itself:
                gc.enable()
