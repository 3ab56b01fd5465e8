"""☎ beside a phone number: presses the window's 전화 걸기 for that field."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from ets_desktop.ui.language import translated
from ets_desktop.ui.shortcuts import tip_of

#: The window's action by object name; its data is what is dialled, none what has the focus.
DIAL = "dial_number"
#: Property of a field with a phone number: True where it is its text, else the number itself,
#: for what is shown may be masked.
NUMBER = "phone_number"


def dial_action(widget: QWidget) -> QAction | None:
    """The 전화 걸기 of the window around `widget`; None where nothing is dialled."""
    actions = widget.window().actions()
    return next((action for action in actions if action.objectName() == DIAL), None)


def press_dial(widget: QWidget) -> None:
    """Dial what `widget` shows, wherever the focus is."""
    action = dial_action(widget)
    if action is not None:
        action.setData(widget)
        action.trigger()
        action.setData(None)


class DialButton(QToolButton):
    """Named "{label} 통화"; the field beside it is marked as one with a phone number."""

    def __init__(self, label: str, field: QLineEdit) -> None:
        super().__init__()
        self._field = field
        field.setProperty(NUMBER, True)
        self.setText("☎")
        self.setAutoRaise(True)
        # The key does the same in the field itself, and Tab goes on to the next one.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(translated("{label} 통화").format(label=translated(label)))
        self.setToolTip(tip_of(DIAL))
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        press_dial(self._field)
