"""Quiet notices in the status line: what came up while the work went on elsewhere.

They take no focus, cover no text and move nothing: their place is the last line of the window.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from ets_desktop.ui.widgets.fields import ReadOnlyField

NAME = "알림"
_CHARACTERS = 62


@dataclass(frozen=True)
class Notice:
    """`key` is what it is about: a newer notice of the same key takes the older one's place.

    `open` shows it, `dial` calls back; each closes the notice.
    """

    key: str
    text: str
    open: Callable[[], object]
    dial: Callable[[], object] | None = None
    red: bool = False


class NoticeBar(QFrame):
    """One notice at a time, red ones and then the oldest first, and how many wait behind it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: list[Notice] = []
        self._text = ReadOnlyField(NAME, characters=_CHARACTERS)
        self._more = QLabel()
        self._more.setTextFormat(Qt.TextFormat.PlainText)
        self.dial_button = self._button(self.tr("통화"))
        self.open_button = self._button(self.tr("열기"))
        self.close_button = self._button("✕")
        self.close_button.setAccessibleName(self.tr("알림 닫기"))
        self._lay_out()
        self.dial_button.clicked.connect(self._on_dial_clicked)
        self.open_button.clicked.connect(self._on_open_clicked)
        self.close_button.clicked.connect(self._on_close_clicked)
        self.hide()

    @staticmethod
    def _button(text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(3)
        for widget in (
            self._text,
            self._more,
            self.dial_button,
            self.open_button,
            self.close_button,
        ):
            line.addWidget(widget)

    def buttons(self) -> dict[str, QToolButton]:
        """By the ids of their actions."""
        return {
            "open_notice": self.open_button,
            "dial_notice": self.dial_button,
            "close_notice": self.close_button,
        }

    @property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(self._notices)

    @property
    def message(self) -> str:
        return self._text.text()

    def post(self, notice: Notice) -> None:
        """Tell it, now or after those that came before."""
        keys = [each.key for each in self._notices]
        if notice.key in keys:
            self._notices[keys.index(notice.key)] = notice
        else:
            self._notices.append(notice)
        self._notices.sort(key=lambda each: not each.red)  # stable: else in their order
        self._show_first()

    def withdraw(self, key: str) -> None:
        """What it was about is settled."""
        self._notices = [each for each in self._notices if each.key != key]
        self._show_first()

    def _show_first(self) -> None:
        self.setVisible(bool(self._notices))
        if not self._notices:
            self._text.show_value("")
            return
        first, waiting = self._notices[0], len(self._notices) - 1
        self._text.show_value(first.text, tone="red" if first.red else "accent", hint=first.text)
        self._more.setText(self.tr("외 {count}건").format(count=waiting) if waiting else "")
        self.dial_button.setVisible(first.dial is not None)

    def _take_first(self) -> Notice:
        first = self._notices.pop(0)
        self._show_first()
        return first

    @Slot()
    def _on_open_clicked(self) -> None:
        if self._notices:
            self._take_first().open()

    @Slot()
    def _on_dial_clicked(self) -> None:
        if self._notices and self._notices[0].dial is not None:
            first = self._take_first()
            assert first.dial is not None
            first.dial()

    @Slot()
    def _on_close_clicked(self) -> None:
        if self._notices:
            self._take_first()
