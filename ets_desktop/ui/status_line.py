"""The last line of the window: what was done, how to take it back, what others changed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from ets_desktop.ui.shortcuts import tip_of
from ets_desktop.ui.widgets.fields import ReadOnlyField, label_for, set_tone
from ets_desktop.ui.widgets.tips import plain_tip


class StatusLine(QStatusBar):
    """Keeps its last message until the next one; nothing here times out unread."""

    dock_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo_action: Callable[[], object] | None = None
        self._message = QLabel()
        self._message.setContentsMargins(6, 0, 0, 0)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self.undo_button = QToolButton()
        self.undo_button.setText(self.tr("실행 취소"))
        self.undo_button.hide()
        self._dock = QToolButton()
        self._dock.setText(self.tr("콜 히스토리"))
        self._dock.setCheckable(True)
        self._dock.setToolTip(tip_of("call_history"))
        self._waiting = ReadOnlyField("전송대기", characters=3)
        self._waiting_label = label_for("전송대기", self._waiting)
        self.setSizeGripEnabled(False)
        self.addWidget(self._message, 1)
        self.addPermanentWidget(self._waiting_label)
        self.addPermanentWidget(self._waiting)
        self.show_waiting(0)
        self.addPermanentWidget(self.undo_button)
        self.addPermanentWidget(self._dock)
        self.undo_button.clicked.connect(self._on_undo_clicked)
        self._dock.toggled.connect(self.dock_toggled)

    @property
    def message(self) -> str:
        return self._message.text()

    def say(
        self, message: str, undo: Callable[[], object] | None = None, *, red: bool = False
    ) -> None:
        self._message.setText(message)
        self._message.setToolTip(plain_tip(message))
        set_tone(self._message, "red" if red else "")
        # What is said in between hides the button; its key still takes back the last clear.
        self._undo_action = undo or self._undo_action
        self.undo_button.setVisible(undo is not None)

    def show_waiting(self, count: int) -> None:
        """So many saves wait for the database; none shows nothing."""
        self._waiting.show_value(f"{count}", tone="red")
        self._waiting_label.setVisible(count > 0)
        self._waiting.setVisible(count > 0)

    def withdraw(self, message: str) -> None:
        """Take `message` back, unless something else was said since."""
        if self.message == message:
            self.say("")

    def mark_dock(self, shown: bool) -> None:
        self._dock.setChecked(shown)

    @Slot()
    def _on_undo_clicked(self) -> None:
        undo, self._undo_action = self._undo_action, None
        self.undo_button.hide()
        if undo is None:
            self.say(self.tr("되돌릴 것이 없습니다."))
        else:
            undo()
