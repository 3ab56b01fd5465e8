"""What every tab of the desk is."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.ui.context import ScreenJobs, UiContext


class Screen(QWidget):
    """A tab. Subclasses build in `__init__`, lay out in one private function, wire last."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.place)
        self.context = context
        self.jobs: ScreenJobs = context.jobs(self)

    def come_to_front(self) -> None:
        """The tab was chosen; the first time right after it was built. Must not wait."""

    def take_focus(self) -> None:
        """Where typing should go when the user opens the tab."""
        self.setFocus()

    def dialled_from(self) -> DialledFrom:
        """What a call from a field of this tab belongs to."""
        return NOTHING

    def leave(self, then: Callable[[], object]) -> None:
        """The window wants to close: call `then` once nothing unsaved is lost (spec 20).

        Ask first if something is unsaved; never calling `then` keeps the window open.
        """
        then()

    def abandon(self, then: Callable[[], object]) -> None:
        """The program must end now: keep what is unsaved without asking, then call `then`."""
        then()
