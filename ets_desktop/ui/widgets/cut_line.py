"""A line whose text has no room ends in …, and is whole where somebody works in it.

On the way to the login window, as fields.py is: Qt's enums are asked for only when one is drawn.
"""

from datetime import datetime

from PySide6 import QtCore
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

#: What Qt leaves free at both ends of a line of text.
_MARGIN = 2


def is_cut(field: QLineEdit) -> bool:
    """Whether there is no room for all of its text (the dots of a password)."""
    return field.fontMetrics().horizontalAdvance(field.displayText()) > _room(field).width()


def seen_text(field: QLineEdit) -> str:
    """What can be read on the screen while nobody is in it; a moment is first written shorter."""
    # Not needed for a start.
    from ets_desktop.ui.formats import SEOUL, briefer

    text = field.displayText()
    if is_cut(field):
        text = briefer(text, datetime.now(SEOUL).year) or text
    mode = QtCore.Qt.TextElideMode.ElideRight
    return field.fontMetrics().elidedText(text, mode, _room(field).width())


def draw_if_cut(field: QLineEdit) -> bool:
    """In its paintEvent, instead of Qt's drawing, which cuts through a letter; False where that
    will do."""
    if field.hasFocus() or not is_cut(field):
        return False
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    painter = QPainter(field)
    frame = QStyle.PrimitiveElement.PE_PanelLineEdit
    field.style().drawPrimitive(frame, option, painter, field)
    painter.setPen(field.palette().color(QPalette.ColorRole.Text))
    painter.drawText(_room(field), QtCore.Qt.AlignmentFlag.AlignVCenter, seen_text(field))
    return True


def _room(field: QLineEdit) -> QRect:
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    contents = QStyle.SubElement.SE_LineEditContents
    room = field.style().subElementRect(contents, option, field)
    return room.marginsRemoved(field.textMargins()).adjusted(_MARGIN, 0, -_MARGIN, 0)
