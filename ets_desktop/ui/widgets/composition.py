"""Finishing the syllable under way, so that what was typed is in the field when it is read."""

from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QWidget

from ets_desktop.ui.widgets.fields import TextField


def finish_composition() -> None:
    """Commit what is being composed in the focused field (Hangul syllables are while typed).

    The input method is asked first; what it leaves behind is committed here, since a field that
    is filled anew drops its composition.
    """
    QGuiApplication.inputMethod().commit()
    field = _focused()
    left = _composition_of(field)
    if field is None or not left:
        return
    event = QInputMethodEvent()
    event.setCommitString(left)
    QApplication.sendEvent(field, event)
    QGuiApplication.inputMethod().reset()


def is_composing() -> bool:
    """Whether a syllable is under way somewhere: the field it will go to is not empty then."""
    return bool(_composition_of(_focused()))


def text_under_way() -> tuple[QWidget, str] | None:
    """The field in which a syllable is under way, and its text with that syllable in its place."""
    field = _focused()
    left = _composition_of(field)
    if isinstance(field, QPlainTextEdit) and left:
        text, at = field.toPlainText(), field.textCursor().position()
        return field, text[:at] + left + text[at:]
    if isinstance(field, TextField) and left:
        return field, field.text_seen
    return None


def _focused() -> QWidget | None:
    """Where the typing goes: a combo box hands it on to its line."""
    field = QApplication.focusWidget()
    return field.lineEdit() or field if isinstance(field, QComboBox) else field


def _composition_of(field: object) -> str:
    if isinstance(field, QPlainTextEdit):
        return field.textCursor().block().layout().preeditAreaText()
    return field.composition if isinstance(field, TextField) else ""
