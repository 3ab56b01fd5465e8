"""☎ beside a phone number: presses the window's 전화 걸기 for that field."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from ets_desktop.ui.language import translated
from ets_desktop.ui.shortcuts import tip_of

#: The window's action by object name; its data is what is dialled, none what has the focus.
DIAL = "dial_number"
#: Property of a field with a phone number: True where it is its text, else the number itself,
#: for what is shown may be masked.
NUMBER = "phone_number"


def dial_action(widget: QWidget) -> QAction | None:
    """The 전화 걸기 of the window around `widget`, or of the one that a dialog belongs to; None
    where nothing is dialled."""
    window: QWidget | None = widget.window()
    while window is not None:
        for action in window.actions():
            if action.objectName() == DIAL:
                return action
        owner = window.parentWidget()
        window = None if owner is None else owner.window()
    return None


def press_dial(widget: QWidget) -> None:
    """Dial what `widget` shows, wherever the focus is."""
    action = dial_action(widget)
    if action is not None:
        action.setData(widget)
        action.trigger()
        action.setData(None)


def offer_dial(menu: QMenu, widget: QWidget) -> QAction | None:
    """전화 걸기 in a menu of `widget`; None where nothing is dialled."""
    dial = dial_action(widget)
    if dial is None:
        return None
    call = menu.addAction(translated("전화 걸기"))
    # Only told here: the key is the window's.
    call.setShortcut(dial.shortcut())
    call.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    call.triggered.connect(partial(press_dial, widget))
    return call


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
        field.installEventFilter(self)

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        """The key in a dialog beside the window: there it would dial what the window shows."""
        if isinstance(event, QKeyEvent) and field is self._field and self._is_key_beside(event):
            event.accept()
            if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
                press_dial(self._field)
            return True
        return super().eventFilter(field, event)

    def _is_key_beside(self, event: QKeyEvent) -> bool:
        dial = dial_action(self._field)
        if dial is None or dial in self._field.window().actions():
            return False
        return QKeySequence(event.keyCombination()) == dial.shortcut()

    @Slot()
    def _on_clicked(self) -> None:
        press_dial(self._field)
