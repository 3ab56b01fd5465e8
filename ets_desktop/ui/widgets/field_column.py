"""Fields one under the other, which scroll where the screen is low."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class FieldColumn(QScrollArea):
    """On a low screen the fields scroll up and down; they never push what is below them away."""

    def __init__(self, fields: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = fields
        self.setWidget(fields)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """How wide the fields are at least is known once they are dressed."""
        self._take_width()
        super().showEvent(event)

    def _take_width(self) -> None:
        """A scroll bar stands beside the fields, not over their ends."""
        bar = self.verticalScrollBar()
        beside = bar.sizeHint().width() if bar.maximum() else 0
        self.setMinimumWidth(self._fields.minimumSizeHint().width() + beside)

    @Slot()
    def _on_range_changed(self) -> None:
        if self.isVisible():
            self._take_width()
