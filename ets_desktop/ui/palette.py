"""Ctrl+K: every action and tab, found by part of its name or by initial consonants."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from ets_desktop.domain.hangul import matches, matches_loosely
from ets_desktop.ui.language import translated
from ets_desktop.ui.recent import RecentThing
from ets_desktop.ui.shortcuts import Actions, key_text
from ets_desktop.ui.widgets.fields import TextField, label_for

_ACTION_ROLE = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QDialog):
    """Enter or a click chooses; whoever listens triggers, once the dialog has gone."""

    action_chosen = Signal(QAction)
    #: a RecentThing
    recent_chosen = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("명령 찾기"))
        self._found = actions.available()
        self._recent: Sequence[RecentThing] = ()
        self.field = TextField(self.tr("명령"))
        self.field.setPlaceholderText(self.tr("기능이나 탭 이름, 초성 (예: ㅌㅎㅈ)"))
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("명령목록"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.addWidget(label_for("명령", self.field))
        column.addWidget(self.field)
        column.addWidget(self._list)
        self.resize(460, 340)
        self.field.textChanged.connect(self._on_text_changed)
        self.field.composed.connect(self._on_text_changed)
        self.field.entered.connect(self._on_entered)
        self.field.installEventFilter(self)
        self._list.itemClicked.connect(self._on_entered)
        self._on_text_changed()

    def chosen(self) -> QAction | RecentThing | None:
        item = self._list.currentItem()
        chosen = None if item is None else item.data(_ACTION_ROLE)
        return chosen if isinstance(chosen, QAction | RecentThing) else None

    def show_recent(self, things: Sequence[RecentThing]) -> None:
        """Below the actions, as soon as they are read; what is marked stays marked."""
        if isValid(self):
            self._recent = things
            marked = self._list.currentRow()
            self._look()
            self._mark(max(marked, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move the mark while the typing stays in the field."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in _MOVES and not self.field.is_composing:
            self._list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_text_changed(self) -> None:
        self._look()
        self._mark(0)

    def _look(self) -> None:
        """For what is seen in the field; a syllable on its way to another one (과 to 관) finds
        nothing yet and leaves what was found before it."""
        self._fill(self.field.text_seen)
        if not self._list.count():
            self._fill(self.field.text())
        if not self._list.count():
            self._add_head(self.tr("맞는 기능이 없습니다."))

    def _fill(self, text: str) -> None:
        self._list.clear()
        found = [(entry, action) for entry, action in self._found if action.isEnabled()]
        # What holds the words as they were typed comes first; the sort keeps the order otherwise.
        found.sort(key=lambda pair: not matches(text, pair[0].label))
        for entry, action in found:
            if matches_loosely(text, entry.label) or matches(text, key_text(entry.key)):
                item = QListWidgetItem(f"{entry.label}    {key_text(entry.key)}")
                item.setData(_ACTION_ROLE, action)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.label)
                self._list.addItem(item)
        headed = ""
        for thing in self._recent:
            head = translated(thing.kind)
            if not matches(text, thing.search) and not matches(text, head):
                continue
            if head != headed:
                self._add_head(head)
                headed = head
            item = QListWidgetItem(thing.words)
            item.setData(_ACTION_ROLE, thing)
            self._list.addItem(item)

    def _mark(self, row: int) -> None:
        """The row, or the one below it where a section begins."""
        item = self._list.item(row)
        head = item is not None and item.data(_ACTION_ROLE) is None
        self._list.setCurrentRow(row + 1 if head else row)

    def _add_head(self, words: str) -> None:
        """Words that are no choice, where a section begins or nothing is found; the arrows pass
        them by."""
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.addItem(item)

    @Slot()
    def _on_entered(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        self.accept()
        if isinstance(chosen, QAction):
            self.action_chosen.emit(chosen)
        else:
            self.recent_chosen.emit(chosen)
