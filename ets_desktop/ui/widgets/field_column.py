"""Fields one under the other, which scroll where the screen is low."""

from PySide6.QtCore import Qt
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

    def showEvent(self, event: QShowEvent) -> None:
        """How wide the fields are at least is known once they are dressed."""
        self.setMinimumWidth(self._fields.minimumSizeHint().width())
        super().showEvent(event)
