"""The form beside a list of 관리: fields, why, what is wrong, 저장 and 취소."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.domain.errors import EtsError, RuleViolation, StaleData
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.composition import finish_composition
from ets_desktop.ui.widgets.field_column import FieldColumn
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_grid import FormGrid
from ets_desktop.ui.widgets.message_bar import MessageBar

NEW, SAVE, CANCEL = "신규", "저장", "취소"
REASON = "변경사유"
REASON_LIMIT = 200
MESSAGE = "안내"


class RecordForm(QWidget):
    """Fields by the code that services and tables call them by.

    `values()` is what stands in them, as `fill` takes it: text, the code of a CodeChoice, the
    number of a QSpinBox, whether a QCheckBox is ticked.
    """

    #: 불러오기 after somebody else was faster
    reload_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, QWidget] = {}
        self._labels: dict[str, str] = {}
        self._filled: dict[str, object] = {}
        self._title = QLabel()
        self.bar = MessageBar(MESSAGE, "불러오기")
        self._grid = FormGrid()
        self._reason = TextField(REASON, maximum=REASON_LIMIT)
        self.save = QPushButton(translated(SAVE))
        self.cancel = QPushButton(translated(CANCEL))
        self._extra: list[QPushButton] = []
        self._below: list[QWidget] = []
        self.bar.acted.connect(self.reload_wanted)

    def lay_out(self) -> None:
        """Once all that is in it has been added: Tab goes through it in the order of laying out."""
        self._title.setProperty("role", "title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self.bar.action.setToolTip(self.tr("다른 사람이 바꾼 내용으로 다시 채웁니다. (Space)"))
        self._reason.setPlaceholderText(self.tr("왜 바꾸는지. 변경 이력에 남습니다."))
        self._grid.add_field(REASON, self._reason, len(self._labels))
        inner = QWidget()
        fields = QVBoxLayout(inner)
        fields.setContentsMargins(0, 0, 4, 0)
        # What is below takes the free height, the fields stay together.
        self._grid.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        fields.addWidget(self._grid)
        for part in self._below:
            fields.addWidget(part, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self.bar)
        column.addWidget(FieldColumn(inner) if self._below else _FieldsAlone(inner))
        buttons = QHBoxLayout()
        column.addLayout(buttons)
        if not self._below:
            # 저장 and 취소 stand right under the fields.
            column.addStretch()
        for button in self._extra:
            buttons.addWidget(button)
        buttons.addStretch()
        for button in (self.save, self.cancel):
            buttons.addWidget(button)
        for button in (*self._extra, self.save, self.cancel):
            button.setAutoDefault(False)

    # Building

    def add_field(self, code: str, label: str, field: QWidget) -> None:
        """One under the other; `code` is what a refusal names it by."""
        self._fields[code] = field
        self._labels[code] = label
        self._grid.add_field(label, field, len(self._labels) - 1)

    def add_beneath(self, code: str, widget: QWidget) -> None:
        """Something to be read with that field."""
        self._grid.add_beneath(self._labels[code], widget)

    def add_below(self, widget: QWidget) -> None:
        """Under the fields and 변경사유."""
        self._below.append(widget)

    def add_button(self, title: str) -> QPushButton:
        """Another one in the row of 저장, at its left end."""
        self._extra.append(QPushButton(translated(title)))
        return self._extra[-1]

    # What stands in it

    @property
    def labels(self) -> Mapping[str, str]:
        return self._labels

    def field(self, code: str) -> QWidget:
        return self._fields[code]

    def set_field_visible(self, code: str, visible: bool) -> None:
        self._grid.set_field_visible(self._labels[code], visible)

    def show_title(self, text: str) -> None:
        self._title.setText(text)

    def fill(self, values: Mapping[str, object]) -> None:
        """Another record: what was typed and said of the one before is gone."""
        for code, field in self._fields.items():
            _put(field, values[code])
        self._reason.clear()
        self.clear_errors()
        self.bar.hide()
        self._filled = self.values()

    def values(self) -> dict[str, object]:
        return {code: _value(field) for code, field in self._fields.items()}

    @property
    def is_changed(self) -> bool:
        """Also by a syllable that is still under way."""
        texts = (field for field in self._fields.values() if isinstance(field, TextField))
        return self.values() != self._filled or any(field.is_composing for field in texts)

    @property
    def reason(self) -> str:
        return self._reason.text().strip()

    def settle(self) -> None:
        """What stands here is what the database has."""
        self._reason.clear()
        self.clear_errors()
        self.bar.hide()
        self._filled = self.values()

    def set_writable(self, writable: bool) -> None:
        for field in (*self._fields.values(), self._reason):
            field.setEnabled(writable)
        for button in (self.save, self.cancel):
            button.setEnabled(writable)

    def take_focus(self) -> None:
        """In the first field that can be typed in."""
        first = next(field for field in self._fields.values() if _takes_typing(field))
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()

    def finish_typing(self) -> None:
        """A syllable under way is part of what is saved."""
        finish_composition()

    # What is wrong

    def clear_errors(self) -> None:
        self._grid.clear_errors()

    def show_refusal(self, error: EtsError) -> None:
        """Beside its field; else above the form."""
        field = (error.field or "") if isinstance(error, RuleViolation) else ""
        if not self._grid.show_error(self._labels.get(field, ""), error_text(error)):
            self.tell(self._words(error), reload=isinstance(error, StaleData))

    def tell(self, text: str, *, reload: bool = False) -> None:
        self.bar.action.setVisible(reload)
        self.bar.show_message(text, red=True)

    def _words(self, error: EtsError) -> str:
        if not isinstance(error, StaleData) or not error.changes[0].changed_by:
            return error_text(error)
        last = error.changes[0]
        fields = ", ".join(
            translated(self._labels.get(change.field, change.field)) for change in error.changes
        )
        told = self.tr("{who}님이 {at}에 먼저 바꾼 항목입니다({fields}).")
        at = moment_text(datetime.fromisoformat(last.changed_at))
        return told.format(who=last.changed_by, at=at, fields=fields)


class _FieldsAlone(FieldColumn):
    """As high as the fields are, where there is room for them."""

    def __init__(self, fields: QWidget) -> None:
        super().__init__(fields)
        self._alone = fields
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        fields.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._alone.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self._alone:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _takes_typing(field: QWidget) -> bool:
    is_shown_only = isinstance(field, QLineEdit) and field.isReadOnly()
    return field.isEnabled() and not is_shown_only


def _value(field: QWidget) -> object:
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, CodeChoice):
        return field.code()
    if isinstance(field, QSpinBox):
        return field.value()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    assert isinstance(field, QLineEdit)
    return field.text()


def _put(field: QWidget, value: object) -> None:
    if isinstance(field, QCheckBox):
        field.setChecked(value is True)
    elif isinstance(field, CodeChoice):
        field.set_code(str(value))
    elif isinstance(field, QSpinBox):
        field.setValue(int(str(value)))
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(str(value))
    else:
        assert isinstance(field, QLineEdit)
        field.setText(str(value))
