"""A quiet bar above a form: 변경 알림, who else is here, what was parked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ets_desktop.ui.language import translated


class MessageBar(QFrame):
    """Hidden until `show_message`; at most one action button (불러오기) and a ✕ named 닫기."""

    acted = Signal()

    def __init__(self, name: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(translated(name))
        self.setProperty("role", "bar")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.action = QPushButton(translated(action))
        self.action.setVisible(bool(action))
        self._close = QToolButton()
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("닫기"))
        self._lay_out()
        self.action.clicked.connect(self.acted)
        self._close.clicked.connect(self.hide)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 4, 3)
        row.addWidget(self._text, 1)
        row.addWidget(self.action)
        row.addWidget(self._close)

    @property
    def message(self) -> str:
        return self._text.text()

    def show_message(self, text: str, *, red: bool = False) -> None:
        self._text.setText(text)
        self.setProperty("tone", "red" if red else "")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
