"""One-line fields, their labels and the error beside them.

On the way to the login window: `from PySide6.QtCore import Qt` would make all of Qt's enums, a
sixth of a bare start (spec 90); `QtCore.Qt` makes them when first used.
"""

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

#: Qt.Key_Return and Qt.Key_Enter; the enum is an IntEnum.
ENTER_KEYS = (0x01000004, 0x01000005)


class TextField(QLineEdit):
    """A line of text whose Enter never acts on a half-composed syllable.

    While an input method composes, Enter only commits; connect `entered`, not `returnPressed`.
    """

    entered = Signal()

    def __init__(self, label: str, parent: QWidget | None = None, *, maximum: int = 0) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self._composition = ""
        if maximum:
            self.setMaxLength(maximum)

    @property
    def is_composing(self) -> bool:
        return bool(self._composition)

    @property
    def composition(self) -> str:
        """The syllable under way, which is not in `text()` yet."""
        return self._composition

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composition = event.preeditString()
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composition = ""
        super().focusOutEvent(event)

    def commit_composition(self) -> bool:
        """Let the input method finish; true if there was something to finish."""
        if not self._composition:
            return False
        QGuiApplication.inputMethod().commit()
        self._composition = ""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS:
            if self.commit_composition():
                event.accept()
                return
            self.entered.emit()
        super().keyPressEvent(event)


class ReadOnlyField(QLineEdit):
    """A value that is only shown: selectable, named by its label, out of the Tab order."""

    def __init__(self, label: str, parent: QWidget | None = None, *, characters: int = 0) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setReadOnly(True)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.ClickFocus)
        self.setProperty("shown", True)
        if characters:
            self.setFixedWidth(text_width(self, characters))

    def show_value(self, value: str, *, tone: str = "") -> None:
        """`tone`: "", "red" (overdue, refused) or "accent"."""
        if self.text() != value:
            self.setText(value)
            self.setCursorPosition(0)
            self.setToolTip(value)
        set_tone(self, tone)


class FieldError(QLabel):
    """The visible reason why a field is refused, named "{label} 오류"; takes no room when empty."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{label} 오류")
        self.setProperty("tone", "red")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_error(self, text: str) -> None:
        self.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        self.setText(text)
        self.setVisible(bool(text))

    def clear_error(self) -> None:
        self.show_error("")


def label_for(text: str, field: QWidget, parent: QWidget | None = None) -> QLabel:
    """The visible label of `field`, its buddy; also names the field if nothing has yet."""
    label = QLabel(text, parent)
    label.setProperty("role", "label")
    label.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(text)
    return label


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour by name; the style sheet knows the tones."""
    if widget.property("tone") == tone or (not tone and widget.property("tone") is None):
        return
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def text_width(widget: QWidget, characters: int) -> int:
    """Pixels for that many digits (a syllable is about two) with the frame around them."""
    return widget.fontMetrics().horizontalAdvance("0") * characters + 16
