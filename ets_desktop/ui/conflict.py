"""변경 충돌: a save was based on an older version; field by field, mine or the other's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.domain.paging import Page
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.tables import Column, PagedTableModel
from ets_desktop.ui.widgets.fields import label_for

TITLE = "변경 충돌"
TABLE = "변경항목"
_WHOLE_LINES, _FRAME = 5, 8


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One field, both values as people read them; `take_theirs` is the choice so far.

    What is `settled` is only told: who works on the ticket is not decided here.
    """

    field: str
    label: str
    mine: str
    theirs: str
    changed_by: str
    changed_at: str
    take_theirs: bool
    settled: bool = False


COLUMNS: tuple[Column[ConflictRow], ...] = (
    Column("항목", lambda row: row.label, 14),
    Column("내 값", lambda row: row.mine, 28),
    Column("상대 값", lambda row: row.theirs, 28),
    Column("변경자", lambda row: row.changed_by, 12),
    Column("변경일시", lambda row: row.changed_at, 20),
)


def _row_key(row: ConflictRow) -> str:
    return row.field


class ConflictDialog(QDialog):
    """불러오기 and 내 값 유지 decide about the current row, 저장 saves on top of the other's.
    Both values of that row are read whole below the table.

    Closing it changes nothing: what was typed stays in the form, unsaved. `told` says what
    happened.
    """

    def __init__(
        self, rows: Sequence[ConflictRow], told: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr(TITLE))
        self._model: PagedTableModel[ConflictRow] = PagedTableModel(COLUMNS, _row_key, parent=self)
        self._table = RecordTable(TABLE, self._model)
        self._whole = {name: _whole_text() for name in ("내 값", "상대 값")}
        self._summary = QLabel()
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setWordWrap(True)
        self._theirs = QPushButton(self.tr("불러오기"))
        self._mine = QPushButton(self.tr("내 값 유지"))
        self._save = QPushButton(self.tr("저장"))
        self._lay_out(told)
        self._table.row_previewed.connect(self._on_row_previewed)
        self._model.show_page(Page(tuple(rows)))
        self._table.selectRow(0)
        self._show_summary()
        self._theirs.clicked.connect(self._on_theirs_clicked)
        self._mine.clicked.connect(self._on_mine_clicked)
        self._save.clicked.connect(self.accept)

    def _lay_out(self, told: str) -> None:
        self._save.setProperty("role", "primary")
        buttons = QHBoxLayout()
        for button in (self._theirs, self._mine):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch()
        self._save.setAutoDefault(False)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        heading = QLabel(told)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(heading)
        column.addWidget(self._table, 1)
        column.addLayout(self._values_beside_each_other())
        column.addWidget(self._summary)
        column.addLayout(buttons)
        self.resize(920, 440)

    def _values_beside_each_other(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for name, field in self._whole.items():
            value = QVBoxLayout()
            value.addWidget(label_for(name, field))
            value.addWidget(field)
            line.addLayout(value)
        return line

    def fields_to_take(self) -> frozenset[str]:
        """The fields for which the other's value was chosen."""
        rows = self._model.rows
        return frozenset(row.field for row in rows if row.take_theirs and not row.settled)

    @Slot(object)
    def _on_row_previewed(self, row: ConflictRow) -> None:
        self._whole["내 값"].setPlainText(row.mine)
        self._whole["상대 값"].setPlainText(row.theirs)
        for button in (self._theirs, self._mine):
            button.setEnabled(not row.settled)

    @Slot()
    def _on_theirs_clicked(self) -> None:
        self._choose(take_theirs=True)

    @Slot()
    def _on_mine_clicked(self) -> None:
        self._choose(take_theirs=False)

    def _choose(self, *, take_theirs: bool) -> None:
        row = self._model.row(self._table.currentIndex().row())
        if row is None or row.settled:
            return
        self._model.replace_row(replace(row, take_theirs=take_theirs))
        self._show_summary()

    def _show_summary(self) -> None:
        rows = [row for row in self._model.rows if not row.settled]
        theirs = ", ".join(row.label for row in rows if row.take_theirs) or "—"
        mine = ", ".join(row.label for row in rows if not row.take_theirs) or "—"
        self._summary.setText(
            self.tr("저장하면: 상대 값 {theirs} / 내 값 {mine}").format(theirs=theirs, mine=mine)
        )


def _whole_text() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * _WHOLE_LINES + 2 * _FRAME)
    return field
