"""Labels, fields and their errors in dense columns; finds the error of a field by its label."""

from collections.abc import Sequence

from PySide6 import QtCore
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.fields import FieldError, label_for

#: A field of one line, its frame included: a label stands in the middle of it, however tall
#: the field becomes.
_LINE = 25


class FormGrid(QWidget):
    """A grid of label | field pairs; `columns` pairs stand beside each other, whose fields share
    the room as `shares` says, in equal parts without."""

    def __init__(
        self, columns: int = 1, parent: QWidget | None = None, *, shares: Sequence[int] = ()
    ) -> None:
        super().__init__(parent)
        self._errors: dict[str, FieldError] = {}
        self._fields: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        #: What Tab comes to last of a field.
        self._last: dict[str, QWidget] = {}
        self._cells: dict[str, QVBoxLayout] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        for column, share in enumerate(shares or (1,) * columns):
            self._grid.setColumnStretch(column * 2 + 1, share)

    def add_field(
        self,
        label: str,
        field: QWidget,
        row: int,
        column: int = 0,
        *,
        span: int = 1,
        clear: QToolButton | None = None,
    ) -> None:
        """Put `field` in pair column `column`, over `span` pairs; `clear` is its ✕ button."""
        error = FieldError(label)
        self._errors[label] = error
        self._fields[label] = field
        self._labels[label] = label_for(label, field)
        self._last[label] = clear or field
        if isinstance(field, QCheckBox):
            field.setMinimumHeight(_LINE)
        cell = self._cells[label] = QVBoxLayout()
        cell.setSpacing(1)
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(field, 1)
        if clear is not None:
            line.addWidget(clear)
        cell.addLayout(line)
        cell.addWidget(error)
        if field.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Fixed:
            # Beside a field with its error it stays in line with its label.
            cell.addStretch()
        head = QVBoxLayout()
        self._labels[label].setMinimumHeight(_LINE)
        head.addWidget(self._labels[label])
        head.addStretch()
        self._grid.addLayout(head, row, column * 2)
        self._grid.addLayout(cell, row, column * 2 + 1, 1, span * 2 - 1)

    def add_beneath(self, label: str, widget: QWidget) -> None:
        """Something to be read with that field, under its error; Tab comes to it next."""
        self._cells[label].addWidget(widget)
        if widget.focusPolicy() != QtCore.Qt.FocusPolicy.NoFocus:
            QWidget.setTabOrder(self._last[label], widget)

    def stretch_row(self, row: int) -> None:
        """Give the free height to this row (접수내용)."""
        self._grid.setRowStretch(row, 1)

    def set_field_visible(self, label: str, visible: bool) -> None:
        """해결방안 and 고객확인 show for 불만 only."""
        self._fields[label].setVisible(visible)
        self._labels[label].setVisible(visible)
        if not visible:
            self._errors[label].clear_error()

    def show_error(self, label: str, text: str) -> bool:
        """Mark the field and go there; false if the grid has no such field."""
        error = self._errors.get(label)
        if error is None:
            return False
        error.show_error(text)
        field = self._fields[label]
        field.setProperty("wrong", True)
        _repolish(field)
        field.setFocus()
        return True

    def error(self, label: str) -> str:
        error = self._errors[label]
        return error.text() if not error.isHidden() else ""

    def clear_errors(self) -> None:
        for label, error in self._errors.items():
            error.clear_error()
            field = self._fields[label]
            if field.property("wrong"):
                field.setProperty("wrong", False)
                _repolish(field)


def clear_button(name: str) -> QToolButton:
    """The ✕ beside a field ("고객 지우기")."""
    button = QToolButton()
    button.setText("✕")
    button.setAutoRaise(True)
    button.setAccessibleName(translated(name))
    button.setToolTip(translated(name))
    return button


def _repolish(widget: QWidget) -> None:
    widget.style().unpolish(widget)
    widget.style().polish(widget)
