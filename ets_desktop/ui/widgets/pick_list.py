"""A list at the cursor that fills in what is chosen, while the typing stays in the text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.composition import finish_composition, is_composing
from ets_desktop.ui.widgets.fields import ENTER_KEYS
from ets_desktop.ui.widgets.tips import plain_tip

_VALUE_ROLE = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ROWS = 8
_WIDTH = 420
#: Longer than any title: what is typed on is no filter any more.
_LONGEST_FILTER = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """`label` is what is filtered and read out, `detail` stands beside it."""

    label: str
    value: object
    detail: str = ""


class PickList(QListWidget):
    """Lies over its window without taking the focus; a click picks too."""

    picked = Signal(object)

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAccessibleName(translated(name))
        self.setProperty("role", "picks")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(self._on_item_clicked)
        self.hide()

    def offer(self, choices: Sequence[Choice]) -> None:
        """The first one is marked."""
        self.clear()
        for choice in choices:
            beside = " ".join(choice.detail.split())
            item = QListWidgetItem(f"{choice.label}   {beside}" if beside else choice.label)
            item.setData(_VALUE_ROLE, choice.value)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, choice.label)
            item.setToolTip(plain_tip(choice.detail))
            self.addItem(item)
        self.setCurrentRow(0)

    def show_at(self, top: QPoint, bottom: QPoint) -> None:
        """Below `bottom`, or above `top` where there is no room (both in the window)."""
        window = self._window
        rows = min(self.count(), _ROWS)
        height = max(self.sizeHintForRow(0), 1) * rows + 2 * self.frameWidth()
        width = min(_WIDTH, window.width())
        left = max(0, min(bottom.x(), window.width() - width))
        above = bottom.y() + height > window.height() and top.y() >= height
        self.setGeometry(left, top.y() - height if above else bottom.y(), width, height)
        self.show()
        self.raise_()

    def pick(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.picked.emit(item.data(_VALUE_ROLE))

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, _item: QListWidgetItem) -> None:
        self.pick()


class TextPicker(QObject):
    """Watches `edit` from `begin` on: what is typed filters, arrows move, Enter and Tab pick.

    `offer` gives the choices for a filter. Esc leaves what was typed. Enter while a syllable is
    under way only finishes it.
    """

    #: the value, and how many places before the cursor it stands for
    picked = Signal(object, int)

    def __init__(
        self, name: str, edit: QPlainTextEdit, offer: Callable[[str], Sequence[Choice]]
    ) -> None:
        super().__init__(edit)
        self._name = name
        self._edit = edit
        self._offer = offer
        self._list: PickList | None = None
        self._start: QTextCursor | None = None
        self._lead = 0
        edit.installEventFilter(self)
        edit.cursorPositionChanged.connect(self._on_changed)
        edit.textChanged.connect(self._on_changed)

    @property
    def is_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def begin(self, lead: int = 0) -> None:
        """Open at the cursor; the `lead` characters before it (a slash) belong to the wish."""
        start = self._edit.textCursor()
        start.setPosition(start.position() - lead)
        # Typing behind it leaves it where it is.
        start.setKeepPositionOnInsert(True)
        self._start, self._lead = start, lead
        self._show()

    def end(self) -> None:
        self._start = None
        if self._list is not None:
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._start is None:
            return False
        if kind == QEvent.Type.FocusOut:
            self.end()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # A key of the list is no shortcut of the window meanwhile.
            if self.is_open and _is_ours(event):
                event.accept()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.is_open and self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        if not _is_ours(event) or self._list is None:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif is_composing():
            finish_composition()
        elif event.key() in _MOVES:
            self._list.keyPressEvent(event)
        else:
            self._list.pick()
        return True

    def refilter(self) -> None:
        """The syllable under way has changed, which the text does not tell."""
        self._on_changed()

    def _typed(self) -> str | None:
        """What stands between the start and the cursor; None once the cursor has left."""
        start, cursor = self._start, self._edit.textCursor()
        if start is None or cursor.block() != start.block() or cursor.hasSelection():
            return None
        begin = start.position() + self._lead
        if cursor.position() < begin:
            return None
        between = self._edit.textCursor()
        between.setPosition(begin, QTextCursor.MoveMode.KeepAnchor)
        typed = between.selectedText() + cursor.block().layout().preeditAreaText()
        return None if typed[:1].isspace() or len(typed) > _LONGEST_FILTER else typed

    @Slot()
    def _on_changed(self) -> None:
        if self._start is not None:
            self._show()

    def _show(self) -> None:
        typed = self._typed()
        if typed is None:
            self.end()
            return
        choices = self._offer(typed)
        if self._list is None:
            self._list = PickList(self._name, self._edit.window())
            self._list.picked.connect(self._on_picked)
        self._list.offer(choices)
        if not choices:
            self._list.hide()
            return
        edge = self._edit.cursorRect()
        place = self._edit.viewport()
        window = self._edit.window()
        self._list.show_at(
            place.mapTo(window, edge.topLeft()), place.mapTo(window, edge.bottomLeft())
        )

    @Slot(object)
    def _on_picked(self, value: object) -> None:
        if self._start is None:
            return
        finish_composition()
        replaced = self._edit.textCursor().position() - self._start.position()
        self.end()
        self.picked.emit(value, replaced)


def _is_ours(event: QKeyEvent) -> bool:
    keys = (*_MOVES, *ENTER_KEYS, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
    bare = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in keys and bare == Qt.KeyboardModifier.NoModifier
