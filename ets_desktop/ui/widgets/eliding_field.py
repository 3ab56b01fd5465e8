"""A field for typing whose text is told whole where it has no room."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ets_desktop.ui.widgets import cut_line
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.tips import plain_tip


class ElidingField(TextField):
    """Nothing is cut off what it holds: a screen reader and the tool tip tell all of it."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self.textChanged.connect(self._tell_whole)

    @property
    def is_cut(self) -> bool:
        """Whether there is no room for all of the text."""
        return cut_line.is_cut(self)

    @property
    def shown_text(self) -> str:
        """What can be read on the screen while nobody types here."""
        return cut_line.seen_text(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        self.setToolTip(plain_tip(self.text()) if self.is_cut else "")
