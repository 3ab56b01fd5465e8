"""이전 작업 복구: what an earlier desk of this login could not save, and what to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.journal import JournalEntry
from ets_desktop.domain.journal_cards import CardEntry
from ets_desktop.domain.paging import Page
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.screens.ticket_form.customer.words import FIELDS, field_word
from ets_desktop.ui.tables import Column, PagedTableModel

TITLE = "이전 작업 복구"
TABLE = "이전 작업"
_SHOWN_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class LeftForm:
    """A form as it was left, and the id it is dropped by."""

    left_id: UUID
    entry: JournalEntry


@dataclass(frozen=True, slots=True)
class LeftCard:
    """The same of a customer's card."""

    left_id: UUID
    entry: CardEntry


Left = LeftForm | LeftCard

COLUMNS: tuple[Column[Left], ...] = (
    Column("저장일시", lambda left: moment_text(left.entry.at), 19),
    Column("구분", lambda left: kind_text(left), 10),
    Column("고객", lambda left: left.entry.customer, 32),
    Column("주문번호", lambda left: left.entry.order if isinstance(left, LeftForm) else "", 19),
    Column("제목", lambda left: heading(left), 50),
)


def kind_text(left: Left) -> str:
    if isinstance(left, LeftCard):
        is_new = left.entry.customer_id is None
        return translated("새 고객") if is_new else translated("고객 수정")
    is_new = left.entry.contents.ticket_id is None
    return translated("새 접수") if is_new else translated("수정 중")


def heading(left: Left) -> str:
    """The title, else how the content begins; of a card which fields were written."""
    if isinstance(left, LeftCard):
        before, now = left.entry.before, left.entry.typed.form
        changed = [name for name in FIELDS if getattr(before, name) != getattr(now, name)]
        return ", ".join(field_word(name) for name in changed) or translated("고객상세")
    form = left.entry.contents.form
    words = form.title.strip() or " ".join(form.content[: _SHOWN_CHARACTERS * 2].split())
    return words[:_SHOWN_CHARACTERS]


def _left_key(left: Left) -> UUID:
    return left.left_id


class RecoveryDialog(QDialog):
    """불러오기, double click and Enter load the current row, 버리기 throws it away.

    `finished` comes last; what is still in `rows` then was neither.
    """

    load_wanted = Signal(object)
    discard_wanted = Signal(object)

    def __init__(self, rows: Sequence[Left], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr(TITLE))
        self._model: PagedTableModel[Left] = PagedTableModel(COLUMNS, _left_key, parent=self)
        self.table = RecordTable(TABLE, self._model)
        self._message = QLabel(self._told_of(rows))
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self.load = QPushButton(self.tr("불러오기"))
        self.discard = QPushButton(self.tr("버리기"))
        self._lay_out()
        self._show(rows)
        self.load.clicked.connect(self.table.choose_current)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.discard.clicked.connect(self._on_discard_clicked)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.load, self.discard):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.load.setProperty("role", "primary")
        column = QVBoxLayout(self)
        column.addWidget(self._message)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.resize(960, 300)
        self.table.setFocus()

    def _told_of(self, rows: Sequence[Left]) -> str:
        """What becomes of what is not loaded."""
        parts = [self.tr("저장하지 못한 내용이 있습니다.")]
        if any(isinstance(left, LeftForm) for left in rows):
            parts.append(self.tr("불러오지 않은 것은 임시저장(복구)에 넣습니다."))
        if any(isinstance(left, LeftCard) for left in rows):
            parts.append(self.tr("불러오지 않은 고객 정보는 다음 로그인 때 다시 묻습니다."))
        return " ".join(parts)

    @property
    def message(self) -> str:
        return self._message.text()

    @property
    def rows(self) -> tuple[Left, ...]:
        return self._model.rows

    def _show(self, rows: Sequence[Left]) -> None:
        self._model.show_page(Page(tuple(rows)))
        self.table.selectRow(0)

    @Slot(object)
    def _on_row_chosen(self, left: Left) -> None:
        self._show([row for row in self.rows if row is not left])
        self.load_wanted.emit(left)
        self.accept()

    @Slot()
    def _on_discard_clicked(self) -> None:
        left = self._model.row(self.table.currentIndex().row())
        if left is None:
            return
        self._show([row for row in self.rows if row is not left])
        self.discard_wanted.emit(left)
        if not self.rows:
            self.accept()
