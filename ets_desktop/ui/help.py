"""F1: all keys, and what the desk measured of itself."""

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.domain.paging import Page
from ets_desktop.ui.diagnostics import Diagnostics, percentile
from ets_desktop.ui.language import translated
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.shortcuts import ActionEntry, Actions, key_text
from ets_desktop.ui.tables import Column, PagedTableModel
from ets_desktop.ui.widgets.fields import ReadOnlyField
from ets_desktop.ui.widgets.form_grid import FormGrid

COLUMNS: tuple[Column[ActionEntry], ...] = (
    Column("기능", lambda entry: entry.label, 34),
    Column("단축키", lambda entry: key_text(entry.key), 15),
    Column("위치", lambda entry: entry.where, 20),
)


def _entry_key(entry: ActionEntry) -> str:
    return entry.id


def milliseconds_text(seconds: float | None) -> str:
    return "—" if seconds is None else f"{seconds * 1000:,.0f} ms"


class HelpDialog(QDialog):
    """Tabs 단축키 and 진단; `measurements` opens on the latter."""

    def __init__(
        self,
        actions: Actions,
        diagnostics: Diagnostics,
        parent: QWidget | None = None,
        *,
        measurements: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("도움말"))
        model: PagedTableModel[ActionEntry] = PagedTableModel(COLUMNS, _entry_key, parent=self)
        model.show_page(Page(actions.entries))
        tabs = QTabWidget()
        tabs.addTab(RecordTable(self.tr("단축키"), model), self.tr("단축키"))
        tabs.addTab(_measurements(diagnostics), self.tr("진단"))
        tabs.setCurrentIndex(1 if measurements else 0)
        close = QPushButton(self.tr("닫기"))
        buttons = QDialogButtonBox()
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(tabs)
        column.addWidget(buttons)
        self.resize(620, 460)


def key_place_text(store: str | None) -> str:
    """Where the journal's key lies (spec 80): a person is told when it is no key store."""
    if store is None:
        return "—"
    if store:
        return translated("운영체제의 키 저장소")
    return translated("파일 (키 저장소를 쓸 수 없습니다)")


def _measurements(diagnostics: Diagnostics) -> QWidget:
    seconds = diagnostics.ring_to_painted
    page = QWidget()
    grid = FormGrid()
    for row, (label, value) in enumerate(
        (
            ("울림→표시 p50", milliseconds_text(percentile(seconds, 0.5))),
            ("울림→표시 p95", milliseconds_text(percentile(seconds, 0.95))),
            ("잰 통화", f"{len(seconds):,}"),
            ("저널의 열쇠", key_place_text(diagnostics.journal_key())),
        )
    ):
        field = ReadOnlyField(label)
        field.show_value(value)
        grid.add_field(label, field, row)
    column = QVBoxLayout(page)
    column.addWidget(grid)
    column.addStretch()
    return page
