"""One-line fields, their labels and the error beside them.

On the way to the login window: `from PySide6.QtCore import Qt` would make all of Qt's enums, a
sixth of a bare start (spec 90); `QtCore.Qt` makes them when first used.
"""

from time import monotonic

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QSizePolicy, QWidget

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.cut_line import draw_if_cut, is_cut
from ets_desktop.ui.widgets.tips import plain_tip

#: Qt.Key_Return and Qt.Key_Enter; the enum is an IntEnum.
ENTER_KEYS = (0x01000004, 0x01000005)
#: Qt.Key_Down, of the same enum.
_DOWN = 0x01000015
#: Nobody presses two keys within it.
_SAME_STROKE_S = 0.06


class TextField(QLineEdit):
    """A line of text whose Enter never acts on a half-composed syllable.

    While an input method composes, Enter only commits; connect `entered`, not `returnPressed`.
    Where nobody types, a text without room ends in ….
    """

    entered = Signal()
    #: ↓ in it: on to the list that its text is about
    stepped_down = Signal()
    #: the syllable under way is another one; `text()` may be as it was
    composed = Signal()

    def __init__(self, label: str, parent: QWidget | None = None, *, maximum: int = 0) -> None:
        super().__init__(parent)
        self.setAccessibleName(translated(label))
        self._composition = ""
        #: by the clock of this PC: when the last syllable was done
        self._settled_at = -_SAME_STROKE_S
        if maximum:
            self.setMaxLength(maximum)

    @property
    def is_composing(self) -> bool:
        return bool(self._composition)

    @property
    def composition(self) -> str:
        """The syllable under way, which is not in `text()` yet."""
        return self._composition

    @property
    def text_seen(self) -> str:
        """As it stands on the screen: `text()` with the syllable under way in its place."""
        text, at = self.text(), self.cursorPosition()
        return text[:at] + self._composition + text[at:]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self._composition and not event.preeditString():
            self._settled_at = monotonic()
        self._composition = event.preeditString()
        super().inputMethodEvent(event)
        self.composed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composition = ""
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not draw_if_cut(self):
            super().paintEvent(event)

    def commit_composition(self) -> bool:
        """Let the input method finish; true if there was something to finish."""
        if not self._composition:
            return False
        QGuiApplication.inputMethod().commit()
        self._composition = ""
        return True

    def _ends_syllable(self) -> bool:
        """Whether an Enter is for the input method: some (IBus) end the syllable and hand it on."""
        return self.commit_composition() or monotonic() - self._settled_at < _SAME_STROKE_S

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS:
            if self._ends_syllable():
                event.accept()
                return
            self.entered.emit()
        elif event.key() == _DOWN and not self._composition:
            self.stepped_down.emit()
        super().keyPressEvent(event)


class _ShownText(QLineEdit):
    """Text to read and copy, out of the Tab order; where it is cut it ends in …, whole on hover.

    A line edit and not a label, for screen readers read a named label's name and not its text.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self.setAccessibleName(translated(name))
        self.setReadOnly(True)

    def show_text(self, text: str, hint: str = "") -> None:
        """`hint` is the tool tip in any case; without one, text that is cut is told."""
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.ClickFocus)
        self._hint = hint
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not draw_if_cut(self):
            super().paintEvent(event)

    def _tell_whole(self) -> None:
        self.setToolTip(self._hint or (plain_tip(self.text()) if is_cut(self) else ""))


class ReadOnlyField(_ShownText):
    """A value that is only shown: selectable, named by its label (spec 15)."""

    def __init__(self, label: str, parent: QWidget | None = None, *, characters: int = 0) -> None:
        super().__init__(label, parent)
        self.setProperty("shown", True)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.ClickFocus)
        if characters:
            self.setFixedWidth(text_width(self, characters))

    def show_value(self, value: str, *, tone: str = "", hint: str = "") -> None:
        """`tone`: "", "red" (overdue, refused) or "accent"."""
        self.show_text(value, hint)
        set_tone(self, tone)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """With 전화 걸기 where a phone number is shown."""
        # Not needed for a start.
        from ets_desktop.ui.widgets.dial_button import NUMBER, offer_dial

        menu = self.createStandardContextMenu()
        menu.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.property(NUMBER):
            menu.addSeparator()
            call = offer_dial(menu, self)
            if call is not None:
                call.setEnabled(bool(self.text()))
        menu.popup(event.globalPos())


class FieldError(_ShownText):
    """The visible reason why a field is refused, named "{label} 오류"; takes no room when empty."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(translated("{label} 오류").format(label=translated(label)), parent)
        self.setProperty("role", "error")
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_error(self, text: str) -> None:
        self.show_text(text)
        self.setVisible(bool(text))

    def clear_error(self) -> None:
        if self.text():
            self.show_error("")


class FieldNote(_ShownText):
    """What is worth knowing of a value that is not refused, named "{label} 안내"."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(translated("{label} 안내").format(label=translated(label)), parent)
        self.setProperty("role", "note")
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_note(self, text: str) -> None:
        self.show_text(text)
        self.setVisible(bool(text))


def label_for(text: str, field: QWidget, parent: QWidget | None = None) -> QLabel:
    """The visible label of `field`, its buddy; also names the field if nothing has yet.

    Of several widgets in one the buddy is where the typing goes: there a reader asks for the label.
    """
    label = QLabel(translated(text), parent)
    label.setProperty("role", "label")
    label.setBuddy(field.focusProxy() or field)
    if not field.accessibleName():
        field.setAccessibleName(translated(text))
    return label


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour by name; the style sheet knows the tones."""
    if widget.property("tone") == tone or (not tone and widget.property("tone") is None):
        return
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def set_chosen(button: QAbstractButton, chosen: bool) -> None:
    """Whether a plain button is shown, and told, as the one that holds now."""
    if bool(button.property("chosen")) != chosen:
        button.setProperty("chosen", chosen)
        button.setAccessibleDescription(translated("선택됨") if chosen else "")
        button.style().unpolish(button)
        button.style().polish(button)


def show_only(field: QLineEdit, shown: bool) -> None:
    """Let a field for typing only show its value for now, or be typed in again."""
    field.setReadOnly(shown)
    if bool(field.property("shown")) != shown:
        field.setProperty("shown", shown)
        field.style().unpolish(field)
        field.style().polish(field)


def text_width(widget: QWidget, characters: int) -> int:
    """Pixels for that many digits (a syllable is about two) with the frame around them."""
    return widget.fontMetrics().horizontalAdvance("0") * characters + 16
