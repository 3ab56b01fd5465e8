"""고객 선택: several customers fit what was typed, or the number that rings."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain import phone
from ets_desktop.domain.paging import Page
from ets_desktop.queries.customers import CustomerRow
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import CALLER_REASONS, GRADES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.tables import Column, Dialled, PagedTableModel
from ets_desktop.ui.widgets.dial_button import dial_action, press_dial
from ets_desktop.ui.widgets.fields import TextField, label_for
from ets_desktop.ui.window_state import WindowState

TITLE = "고객 선택"
TABLE = "고객목록"

# The chooser shows people whole (spec 80): they are told apart by it, and the look is logged.
COLUMNS: tuple[Column[CustomerRow], ...] = (
    Column("고객번호", lambda row: row.customer_no, 12),
    Column("고객명", lambda row: row.name, 10),
    Column(
        "전화번호",
        lambda row: phone.display(row.phone) if row.phone else "",
        15,
        dials=lambda row: Dialled(row.phone),
    ),
    Column("등급", lambda row: grade_text(row), 18),
    Column("주소", lambda row: row.address, 34),
    Column("최근접촉", lambda row: moment_text(row.last_contact_at), 19),
    Column("근거", lambda row: reasons_text(row), 26),
)


def grade_text(row: CustomerRow) -> str:
    """`VIP`, and what somebody warned of."""
    grade = word(GRADES, row.grade) if row.customer_id is not None else ""
    if not row.flagged:
        return grade
    told = translated("{grade} · 주의: {reason}")
    return told.format(grade=grade, reason=row.flagged_reason)


def reasons_text(row: CustomerRow) -> str:
    return ", ".join(word(CALLER_REASONS, str(reason)) for reason in row.reasons)


def _customer_key(row: CustomerRow) -> tuple[int | None, int | None]:
    return row.customer_id, row.order_id


class CustomerChooser(QDialog):
    """The first row is the likeliest; 선택, double click and Enter choose, 신규고객 makes one.

    With `finds` it looks for customers by 고객ID too, and makes none.
    """

    row_chosen = Signal(object)
    new_customer_wanted = Signal()
    #: what was typed into 고객ID, on Enter
    searched = Signal(str)

    def __init__(
        self,
        rows: Sequence[CustomerRow],
        message: str,
        state: WindowState,
        parent: QWidget | None = None,
        *,
        finds: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr(TITLE))
        self._model: PagedTableModel[CustomerRow] = PagedTableModel(
            COLUMNS, _customer_key, parent=self
        )
        self.table = RecordTable(TABLE, self._model, state)
        self._message = QLabel(message)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self.choose = QPushButton(self.tr("선택"))
        self.new = QPushButton(self.tr("신규고객"))
        self.cancel = QPushButton(self.tr("취소"))
        self.search = TextField("고객ID", maximum=100)
        self._lay_out(finds)
        self._model.show_page(Page(tuple(rows)))
        self.table.selectRow(0)
        (self.table if rows else self.search).setFocus()
        self.choose.clicked.connect(self.table.choose_current)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.new.clicked.connect(self._on_new_clicked)
        self.cancel.clicked.connect(self.reject)
        self.search.entered.connect(self._on_search_entered)
        dial = dial_action(self)
        if dial is not None:
            # The window's own key does not reach into a dialog that holds it.
            key = QShortcut(dial.shortcut(), self)
            key.activated.connect(self._on_dial_pressed)

    def _lay_out(self, finds: bool) -> None:
        above = QHBoxLayout()
        for button in (self.choose, self.new, self.cancel):
            button.setAutoDefault(False)
            above.addWidget(button)
        self.choose.setProperty("role", "primary")
        above.addWidget(self._message, 1)
        column = QVBoxLayout(self)
        column.addLayout(above)
        self.new.setVisible(not finds)
        if finds:
            self.search.setPlaceholderText(self.tr("이름·전화번호·고객번호"))
            line = QHBoxLayout()
            line.addWidget(label_for("고객ID", self.search))
            line.addWidget(self.search, 1)
            column.addLayout(line)
        column.addWidget(self.table, 1)
        self.resize(1080, 340)

    @property
    def rows(self) -> tuple[CustomerRow, ...]:
        return self._model.rows

    def show_rows(self, rows: Sequence[CustomerRow], message: str) -> None:
        """Others, whom 고객ID found."""
        self._message.setText(message)
        self._model.show_page(Page(tuple(rows)))
        if rows:
            self.table.selectRow(0)
            self.table.setFocus()

    @Slot()
    def _on_search_entered(self) -> None:
        if self.search.text().strip():
            self.searched.emit(self.search.text().strip())

    @Slot(object)
    def _on_row_chosen(self, row: CustomerRow) -> None:
        self.accept()
        self.row_chosen.emit(row)

    @Slot()
    def _on_dial_pressed(self) -> None:
        press_dial(self.table)

    @Slot()
    def _on_new_clicked(self) -> None:
        self.reject()
        self.new_customer_wanted.emit()
