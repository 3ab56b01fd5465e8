"""Questions to the person at the desk, behind a protocol so that tests can answer them."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.text_dialog import TextDialog

YES, NO = "Yes", "No"
OK, CANCEL, CLOSE = "확인", "취소", "닫기"
SAVE, DRAFT, DISCARD = "저장", "임시저장", "버리기"
CREATE = "만들기"
YES_NO = (YES, NO)

#: Title of the question asked before typed text would go (spec 20, leaving).
UNSAVED = "저장하지 않은 내용"
SAVE_DRAFT_DISCARD = (SAVE, DRAFT, DISCARD, CANCEL)


class Prompts(Protocol):
    """Modal questions; only as answers to what the user did, never because a call arrived."""

    def ask(self, title: str, text: str, buttons: tuple[str, ...] = YES_NO) -> str:
        """The label pressed; Esc and the window's ✕ are the last button."""
        ...

    def ask_text(self, title: str, label: str, text: str = "", *, maximum: int = 200) -> str | None:
        """A required line of text (폐기사유 …), stripped; None if cancelled."""
        ...

    def notify(self, title: str, text: str) -> None:
        """A notice with the button 닫기."""
        ...


class WindowPrompts:
    """Asks in dialogs of Qt's own drawing, whose buttons read as spec 15 says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent

    def set_parent(self, parent: QWidget) -> None:
        self._parent = parent

    def ask(self, title: str, text: str, buttons: tuple[str, ...] = YES_NO) -> str:
        box = message_box(self._parent, title, text, buttons)
        box.exec()
        pressed = box.clickedButton()
        label = pressed.objectName() if pressed is not None else buttons[-1]
        box.deleteLater()
        return label

    def ask_text(self, title: str, label: str, text: str = "", *, maximum: int = 200) -> str | None:
        dialog = TextDialog(title, label, text, maximum=maximum, parent=self._parent)
        accepted = dialog.exec() == TextDialog.DialogCode.Accepted
        answer = dialog.text() if accepted else None
        dialog.deleteLater()
        return answer

    def notify(self, title: str, text: str) -> None:
        self.ask(title, text, (CLOSE,))


def message_box(
    parent: QWidget | None, title: str, text: str, buttons: tuple[str, ...]
) -> QMessageBox:
    """A question whose first button is the default and whose last one is Esc's."""
    box = QMessageBox(parent)
    box.setOption(QMessageBox.Option.DontUseNativeDialog)
    box.setWindowTitle(translated(title))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setIcon(QMessageBox.Icon.NoIcon)
    made = [_add_button(box, label) for label in buttons]
    box.setDefaultButton(made[0])
    box.setEscapeButton(made[-1])
    return box


def _add_button(box: QMessageBox, label: str) -> QPushButton:
    # One role for all: the order is ours, not the platform's.
    button = box.addButton(translated(label), QMessageBox.ButtonRole.ActionRole)
    button.setAccessibleName(translated(label))
    # Tells `ask` which one it is, in any language.
    button.setObjectName(label)
    return button
