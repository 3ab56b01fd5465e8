"""When the rows of a list were true, how long ago that is, and whether they still follow."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ets_desktop.ui.formats import clock_text, elapsed_text
from ets_desktop.ui.widgets.eliding_label import ElidingLabel
from ets_desktop.ui.widgets.fields import set_tone

#: Property of a window whose lists cannot hear what changes: the database is away.
AWAY = "database_away"
#: From here on the age is told too.
OLD = timedelta(minutes=1)
_TICK_MILLISECONDS = 10_000
#: Digits of room for "14:03:11 기준".
_LEAST = 13


class ListAge(ElidingLabel):
    """ "14:03:11 기준 · 3분 전": spec 20, lists tell their age.

    The age is measured on this PC from when the rows were shown, so that a wrong clock tells no
    wrong age.
    """

    def __init__(
        self, parent: QWidget | None = None, *, passed: Callable[[], float] = monotonic
    ) -> None:
        # Where there is no room, that nothing new is heard matters more than since when.
        super().__init__(parent, least=_LEAST, elide=Qt.TextElideMode.ElideLeft)
        self.moment: datetime | None = None
        self._passed = passed
        self._shown_at = passed()
        self.clock = QTimer(self)
        self.clock.setInterval(_TICK_MILLISECONDS)
        self.clock.timeout.connect(self.tell)

    def show_moment(self, moment: datetime | None) -> None:
        """The rows shown from now on were true at `moment`; the same one goes on ageing."""
        if moment is None or moment != self.moment:
            self._shown_at = self._passed()
        self.moment = moment
        self.tell()

    def tell(self) -> None:
        """Say it as it is now."""
        is_away = bool(self.window().property(AWAY))
        if self.moment is None:
            parts = []
        else:
            parts = [self.tr("{time} 기준").format(time=clock_text(self.moment))]
            age = timedelta(seconds=self._passed() - self._shown_at)
            if age >= OLD:
                parts.append(self.tr("{age} 전").format(age=elapsed_text(age)))
            if is_away:
                parts.append(self.tr("연결 끊김"))
        self.show_text(" · ".join(parts))
        set_tone(self, "red" if is_away and parts else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tell()
        self.clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.clock.stop()
