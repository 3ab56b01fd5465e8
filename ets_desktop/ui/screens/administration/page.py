"""What every page of 관리 is."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.language import translated


class AdministrationPage(QWidget):
    """Subclasses build in `__init__`; nothing is read before the page is shown."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.place)
        self.context = context
        self.jobs: ScreenJobs = context.jobs(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not when the window alone was away.
        if not event.spontaneous():
            self.shown()

    def shown(self) -> None:
        """The page came to the front, however it was chosen; must not wait."""
        self.refresh()

    def refresh(self) -> None:
        """Read again what the page shows; what is being typed stays."""

    def take_focus(self) -> None:
        """Where typing should go."""
        self.setFocus()

    def leave(self, then: Callable[[], object]) -> None:
        """The window wants to close: `then` once nothing unsaved is lost, as with Screen.leave."""
        then()


def heading(title: str) -> QLabel:
    """The title of one list among several."""
    label = QLabel(translated(title))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "title")
    return label
