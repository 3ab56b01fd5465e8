"""태그: short words as chips, added with Tab or Enter."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ets_desktop.ui.widgets.fields import ENTER_KEYS, FieldError, TextField
from ets_desktop.ui.widgets.flow_layout import FlowLayout
from ets_desktop.ui.widgets.tips import plain_tip

#: Spec 10: a tag has at most this many characters.
MAXIMUM = 50


class _Chip(QFrame):
    removed = Signal(str)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("role", "chip")
        self.text = text
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._remove = QToolButton()
        self._remove.setText("✕")
        self._remove.setAutoRaise(True)
        name = self.tr("{tag} 삭제").format(tag=text)
        self._remove.setAccessibleName(name)
        self._remove.setToolTip(plain_tip(name))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(label)
        row.addWidget(self._remove)
        self._remove.clicked.connect(self._on_remove_clicked)

    def _on_remove_clicked(self) -> None:
        self.removed.emit(self.text)


class _ChipField(TextField):
    """Tab adds while there is text, and moves on when there is none."""

    add_wanted = Signal()
    remove_last_wanted = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
            if key == Qt.Key.Key_Tab and plain and self._takes_tab():
                event.accept()
                return True
            if key == Qt.Key.Key_Backspace and not self.text() and not self.is_composing:
                self.remove_last_wanted.emit()
        return super().event(event)

    def _takes_tab(self) -> bool:
        if self.commit_composition():
            return True
        if not self.text().strip():
            return False
        self.add_wanted.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in ENTER_KEYS:
            event.accept()  # a dialog's default button is not meant


class Chips(QWidget):
    """A field and its chips; unique ignoring case, at most MAXIMUM characters each.

    What is refused stays in the field, with the reason under it ("태그 오류").
    """

    tags_changed = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[_Chip] = []
        self._field = _ChipField(label)
        self._field.setPlaceholderText(self.tr("입력 후 Tab 또는 Enter"))
        self._error = FieldError(label)
        self._flow_box = QWidget()
        self._flow = FlowLayout(self._flow_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._field)
        column.addWidget(self._error)
        column.addWidget(self._flow_box)
        self._flow_box.hide()
        self.setFocusProxy(self._field)
        self._field.entered.connect(self._on_entered)
        self._field.add_wanted.connect(self._on_entered)
        self._field.remove_last_wanted.connect(self._on_remove_last_wanted)
        self._field.textChanged.connect(self._error.clear_error)

    def tags(self) -> tuple[str, ...]:
        return tuple(chip.text for chip in self._chips)

    def pending_text(self) -> str:
        """Typed but not added yet; a save should `add_pending` first."""
        return self._field.text().strip()

    def set_pending_text(self, text: str) -> None:
        self._field.setText(text)

    def set_tags(self, tags: Iterable[str]) -> None:
        """Replace all; says nothing, for nobody typed it."""
        for chip in self._chips:
            self._drop(chip)
        self._chips.clear()
        self._field.clear()
        self._error.clear_error()
        for tag in tags:
            self._append(tag)
        self._show_flow()

    def add_pending(self) -> bool:
        """Add what stands in the field; false if it was refused."""
        tag = " ".join(self._field.text().split())
        if not tag:
            self._field.clear()
            return True
        refusal = self._refusal(tag)
        self._error.show_error(refusal)
        if refusal:
            return False
        self._append(tag)
        self._field.clear()
        self._show_flow()
        self.tags_changed.emit()
        return True

    def show_error(self, text: str) -> None:
        self._error.show_error(text)

    def error(self) -> str:
        return "" if self._error.isHidden() else self._error.text()

    def _refusal(self, tag: str) -> str:
        if len(tag) > MAXIMUM:
            return self.tr("태그는 {maximum}자까지입니다.").format(maximum=MAXIMUM)
        if tag.casefold() in (chip.text.casefold() for chip in self._chips):
            return self.tr("이미 있는 태그입니다.")
        return ""

    def _append(self, tag: str) -> None:
        chip = _Chip(tag)
        chip.removed.connect(self._on_chip_removed)
        self._chips.append(chip)
        self._flow.addWidget(chip)

    def _drop(self, chip: _Chip) -> None:
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _show_flow(self) -> None:
        self._flow_box.setVisible(bool(self._chips))
        self._flow_box.updateGeometry()

    def _on_entered(self) -> None:
        self.add_pending()

    def _on_remove_last_wanted(self) -> None:
        if self._chips:
            self._on_chip_removed(self._chips[-1].text)

    def _on_chip_removed(self, tag: str) -> None:
        chip = next(chip for chip in self._chips if chip.text == tag)
        self._chips.remove(chip)
        self._drop(chip)
        self._show_flow()
        self._field.setFocus()
        self.tags_changed.emit()
