"""이벤트내역: who changed what of a customer, and the way back from a merge."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ets_desktop.queries.customer_history import CustomerEventRow, customer_history_rows
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.screens.ticket_form.customer.words import field_word, stored_text
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Column

TITLE = "이벤트내역"
UNDO = "병합 취소"

COLUMNS: tuple[Column[CustomerEventRow], ...] = (
    Column("변경일시", lambda row: moment_text(row.changed_at), 19),
    Column("변경자", lambda row: row.changed_by, 10),
    Column("항목", lambda row: field_word(row.field), 13),
    Column("이전 값", lambda row: stored_text(row.field, row.old), 28),
    Column("새 값", lambda row: stored_text(row.field, row.new), 28),
)


def _event_key(row: CustomerEventRow) -> int:
    return row.key


class CustomerEvents(QDialog):
    """병합 취소 acts on a row that tells a merge still standing."""

    #: of this merge
    undo_requested = Signal(int)

    def __init__(self, context: UiContext, customer_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr(TITLE))
        self.list: TablePanel[CustomerEventRow] = TablePanel(
            TITLE, COLUMNS, _event_key, buttons=(UNDO,), state=context.state
        )
        self.list.table.can_export = False
        self.rows: PagedList[CustomerEventRow] = PagedList(
            context.jobs(self), self.list, customer_history_rows, "events"
        )
        self._customer_id = customer_id
        self.close_button = QPushButton(self.tr("닫기"))
        self._lay_out()
        self._allow_undo(None)
        self.list.row_previewed.connect(self._allow_undo)
        self.list.button(UNDO).clicked.connect(self._on_undo_clicked)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        self.close_button.setAutoDefault(False)
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        self.resize(920, 420)

    def open_list(self) -> None:
        self.open()
        self.rows.show_key(self._customer_id)
        self.list.table.setFocus()

    def refresh(self) -> None:
        self._allow_undo(None)
        self.rows.refresh()

    @Slot(object)
    def _allow_undo(self, row: CustomerEventRow | None) -> None:
        self.list.button(UNDO).setEnabled(row is not None and row.merge_id is not None)

    @Slot()
    def _on_undo_clicked(self) -> None:
        row = self.list.current_row()
        if row is not None and row.merge_id is not None:
            self.undo_requested.emit(row.merge_id)
