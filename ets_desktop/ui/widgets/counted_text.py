"""접수내용: plain text with its 글자수; too long is marked, never cut."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import FieldError, ReadOnlyField, label_for

#: Control characters that no ticket needs and that PostgreSQL refuses (NUL).
_UNWANTED = dict.fromkeys(set(range(32)) - {9, 10})
#: Between a label and its field, as in a FormGrid.
_SPACE = 4


class _PlainText(QPlainTextEdit):
    slash_typed = Signal()
    #: the syllable under way is another one
    composition_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._typed_at: int | None = None
        self.document().contentsChange.connect(self._on_contents_changed)
        self.textChanged.connect(self._on_text_changed)

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
        self.composition_changed.emit()

    @Slot(int, int, int)
    def _on_contents_changed(self, at: int, gone: int, come: int) -> None:
        """Heard from the document: keys, input methods and screen readers type in their own ways.

        After a composition the whole paragraph is told as replaced.
        """
        end = self.textCursor().position()
        typed = (come == 1 or come - gone == 1) and at < end <= at + come and self.hasFocus()
        self._typed_at = end - 1 if typed else None

    @Slot()
    def _on_text_changed(self) -> None:
        """A slash is told only at the start of a word: "2/3" is no wish for a template."""
        at, self._typed_at = self._typed_at, None
        if at is None:
            return
        letter = self.document().characterAt
        if letter(at) == "/" and (at == 0 or letter(at - 1).isspace()):
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
        self._below = QHBoxLayout()
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
        below = self._below
        below.addWidget(self._error, 1)
        below.addStretch()
        below.addWidget(label_for(self._counter.accessibleName(), self._counter))
        below.addWidget(self._counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._edit, 1)
        column.addLayout(below)

    @property
    def editor(self) -> QPlainTextEdit:
        """Where the typing goes."""
        return self._edit

    @property
    def composition_changed(self) -> SignalInstance:
        """The syllable under way is another one; the text does not tell."""
        return self._edit.composition_changed

    def add_tool(self, label: str, tool: QWidget) -> None:
        """A labelled control of this text, left of its counter."""
        self._below.insertWidget(0, label_for(label, tool))
        self._below.insertSpacing(1, _SPACE)
        self._below.insertWidget(2, tool)

    def text(self) -> str:
        return self._edit.toPlainText()

    def set_text(self, text: str) -> None:
        if text != self.text():
            self._edit.setPlainText(plain(text))

    def insert_text(self, text: str, *, replacing: int = 0) -> None:
        """At the cursor; `replacing` places before it go (the "/" of a template)."""
        cursor = self._edit.textCursor()
        if replacing:
            begin = cursor.position() - replacing
            cursor.setPosition(begin, QTextCursor.MoveMode.KeepAnchor)
        # Over the selection, in one step that one undo takes back.
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
