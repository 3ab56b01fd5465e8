"""A line of text that gives way: cut with … where there is no room, whole on hover."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ets_desktop.ui.widgets.tips import plain_tip


class ElidingLabel(QLabel):
    """Asks for room for all of its text and makes do with `least` digits of it."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        least: int = 0,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._least = least
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)

    def show_text(self, text: str) -> None:
        self.setText(text)
        self.setToolTip(plain_tip(text))

    def minimumSizeHint(self) -> QSize:
        digits = self._least * self.fontMetrics().horizontalAdvance("0")
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), digits), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        place = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._elide, place.width())
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            place,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )
