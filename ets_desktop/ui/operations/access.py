"""The access log behind the screens: written in the order of the looks, never waited for."""

from PySide6.QtCore import QObject

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import Done
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.ui.context import UiContext


class AccessTrail(QObject):
    """Notes looks that have happened: searches. What is asked for first (보기) is a `save`.

    One write at a time; what comes meanwhile goes along with the next, and so does what could not
    be written.
    """

    def __init__(self, context: UiContext, owner: QObject) -> None:
        super().__init__(owner)
        self._jobs = context.jobs(self)
        self._desk = context.desk
        self._noted: list[LogAccess] = []
        self._underway: list[LogAccess] = []

    def note(self, access: LogAccess) -> None:
        self._noted.append(access)
        self._write()

    def _write(self) -> None:
        if not self._noted or self._jobs.is_writing:
            return
        self._underway, self._noted = self._noted, []
        self._jobs.save(
            log_access, *self._underway, on_done=self._on_written, on_error=self._on_failed
        )

    def _on_written(self, _done: Done[None]) -> None:
        self._underway = []
        self._write()

    def _on_failed(self, error: EtsError) -> None:
        self._noted = [*self._underway, *self._noted]
        self._underway = []
        self._desk.tell(error)
