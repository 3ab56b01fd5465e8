"""접수내용: plain text with its 글자수; too long is marked, never cut."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import FieldError, ReadOnlyField, label_for

#: Control characters that no ticket needs and that PostgreSQL refuses (NUL).
_UNWANTED = dict.fromkeys(set(range(32)) - {9, 10})


class _PlainText(QPlainTextEdit):
    slash_typed = Signal()

    def sizeHint(self) -> QSize:
        """As low as it may be: it grows where there is room, and makes no form scroll."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.minimumHeight())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(plain(source.text()))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.commitString() == "/":
            self._tell_slash()

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().keyPressEvent(event)
        if event.text() == "/":
            self._tell_slash()

    def _tell_slash(self) -> None:
        """Only at the start of a word: "2/3" is no wish for a template."""
        before = self.toPlainText()[: self.textCursor().position() - 1]
        if not before or before[-1].isspace():
            self.slash_typed.emit()


def plain(text: str) -> str:
    """One kind of line end, no control characters, no object replacements."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n")
    return unified.replace("\u2028", "\n").replace("\ufffc", "").translate(_UNWANTED)


class CountedText(QWidget):
    """`maximum` characters, counted as the database counts; Tab leaves the field."""

    text_changed = Signal()
    #: "/" at the start of a word was typed: the templates (상용구) are wanted
    slash_typed = Signal()

    def __init__(
        self,
        label: str,
        maximum: int = 2000,
        parent: QWidget | None = None,
        *,
        counter: str = "글자수",
        lines: int = 4,
    ) -> None:
        """`counter` names the counter; `lines` are always visible, more if there is room."""
        super().__init__(parent)
        self._maximum = maximum
        self._edit = _PlainText()
        self._edit.setAccessibleName(translated(label))
        self._edit.setTabChangesFocus(True)
        self._edit.setMinimumHeight(lines * self._edit.fontMetrics().lineSpacing() + 12)
        self._counter = ReadOnlyField(counter, characters=11)
        self._counter.setProperty("role", "counter")
        self._counter.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._error = FieldError(label)
        self._lay_out()
        self.setFocusProxy(self._edit)
        self._edit.textChanged.connect(self._on_text_changed)
        self._edit.slash_typed.connect(self.slash_typed)
        self._show_count()

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self._error, 1)
        below.addStretch()
        below.addWidget(label_for(self._counter.accessibleName(), self._counter))
        below.addWidget(self._counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._edit, 1)
        column.addLayout(below)

    def text(self) -> str:
        return self._edit.toPlainText()

    def set_text(self, text: str) -> None:
        if text != self.text():
            self._edit.setPlainText(plain(text))

    def insert_text(self, text: str, *, replacing: int = 0) -> None:
        """At the cursor; `replacing` characters before it go (the "/" of a template)."""
        cursor = self._edit.textCursor()
        for _ in range(replacing):
            cursor.deletePreviousChar()
        cursor.insertText(plain(text))
        self._edit.setTextCursor(cursor)

    def set_read_only(self, read_only: bool) -> None:
        """Shown and selectable, but not changed: a closed ticket."""
        self._edit.setReadOnly(read_only)
        self._edit.setProperty("shown", read_only)
        self._edit.style().unpolish(self._edit)
        self._edit.style().polish(self._edit)

    @property
    def is_too_long(self) -> bool:
        return len(self.text()) > self._maximum

    def _on_text_changed(self) -> None:
        self._show_count()
        self.text_changed.emit()

    def _show_count(self) -> None:
        length = len(self.text())
        red = length > self._maximum
        self._counter.show_value(f"{length:,} / {self._maximum:,}", tone="red" if red else "")
        text = self.tr("{maximum:,}자까지 저장할 수 있습니다.").format(maximum=self._maximum)
        self._error.show_error(text if red else "")
