"""A field for typing whose text, where it is too long, ends in … until it is typed in."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionFrame, QWidget

from ets_desktop.ui.widgets.fields import TextField

#: What Qt leaves free at both ends of a line of text.
_MARGIN = 2


class ElidingField(TextField):
    """Nothing is cut off what it holds: a screen reader and the tool tip tell all of it."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self.textChanged.connect(self._tell_whole)

    @property
    def is_cut(self) -> bool:
        """Whether there is no room for all of the text."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self._room().width()

    @property
    def shown_text(self) -> str:
        """What can be read on the screen while nobody types here."""
        mode = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.text(), mode, self._room().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus() or not self.is_cut:
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(self._room(), Qt.AlignmentFlag.AlignVCenter, self.shown_text)

    def _room(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        contents = QStyle.SubElement.SE_LineEditContents
        room = self.style().subElementRect(contents, option, self)
        return room.marginsRemoved(self.textMargins()).adjusted(_MARGIN, 0, -_MARGIN, 0)

    def _tell_whole(self) -> None:
        self.setToolTip(self.text() if self.is_cut else "")
