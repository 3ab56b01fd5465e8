"""고객 병합: what moves to whom, before anything does."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain import phone
from ets_desktop.domain.paging import Page
from ets_desktop.queries.customer_merges import MergeSide
from ets_desktop.ui.formats import moment_text
from ets_desktop.ui.labels import GRADES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.tables import Column, PagedTableModel
from ets_desktop.ui.widgets.choice_box import ChoiceBox
from ets_desktop.ui.widgets.form_grid import FormGrid

TITLE = "고객 병합"
TABLE = "병합 내용"


@dataclass(frozen=True, slots=True)
class SideRow:
    """One thing of both customers."""

    label: str
    kept: str
    merged: str


COLUMNS: tuple[Column[SideRow], ...] = (
    Column("항목", lambda row: row.label, 12),
    Column("남는 고객", lambda row: row.kept, 44),
    Column("합쳐지는 고객", lambda row: row.merged, 44),
)


def _row_key(row: SideRow) -> str:
    return row.label


class MergeDialog(QDialog):
    """Shows both customers; 남길 고객 says who stays. 확인 merges, 취소 changes nothing."""

    def __init__(self, sides: tuple[MergeSide, MergeSide], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr(TITLE))
        self._sides = sides
        self.stays = ChoiceBox()
        for side in sides:
            self.stays.addItem(f"{side.customer_no} {side.name}", side.customer_id)
        self._model: PagedTableModel[SideRow] = PagedTableModel(COLUMNS, _row_key, parent=self)
        self.table = RecordTable(TABLE, self._model)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.ok = QPushButton(self.tr("확인"))
        self.cancel = QPushButton(self.tr("취소"))
        self._lay_out()
        self._show()
        self.stays.currentIndexChanged.connect(self._show)
        self.ok.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        grid = FormGrid()
        grid.add_field("남길 고객", self.stays, 0)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.ok, self.cancel):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.ok.setProperty("role", "primary")
        column = QVBoxLayout(self)
        column.addWidget(grid)
        column.addWidget(self.table, 1)
        column.addWidget(self.summary)
        column.addLayout(buttons)
        self.resize(860, 440)
        self.stays.setFocus()

    @property
    def kept(self) -> MergeSide:
        return self._sides[self.stays.currentIndex()]

    @property
    def merged(self) -> MergeSide:
        return self._sides[1 - self.stays.currentIndex()]

    @property
    def rows(self) -> tuple[SideRow, ...]:
        return self._model.rows

    @Slot()
    def _show(self) -> None:
        kept, merged = self.kept, self.merged
        self._model.show_page(Page(_rows(kept, merged)))
        moved = merged.phones[merged.shared_phones :]
        told = self.tr(
            "접수 {tickets}건, 통화 {calls}건, 주문 {orders}건, 전화번호 {phones}개, 주소"
            " {addresses}개가 {kept} 고객에게 옮겨지고 {merged} 고객은 더 이상 검색되지 않습니다."
            " 이벤트내역에서 병합을 취소할 수 있습니다."
        )
        if merged.flagged and not kept.flagged:
            told += " " + self.tr("주의고객 표시와 사유도 옮겨집니다.")
        self.summary.setText(
            told.format(
                tickets=merged.tickets,
                calls=merged.calls,
                orders=merged.orders,
                phones=len(moved),
                addresses=merged.addresses,
                kept=f"{kept.customer_no} {kept.name}",
                merged=f"{merged.customer_no} {merged.name}",
            )
        )


def _rows(kept: MergeSide, merged: MergeSide) -> tuple[SideRow, ...]:
    return tuple(
        SideRow(translated(label), one, other)
        for (label, one), (_, other) in zip(_values(kept), _values(merged), strict=True)
    )


def _values(side: MergeSide) -> tuple[tuple[str, str], ...]:
    tickets = translated("{count}건 (미완료 {open}건)")
    return (
        ("고객번호", side.customer_no),
        ("고객명", side.name),
        ("등급", word(GRADES, side.grade)),
        ("주의고객", side.flagged_reason if side.flagged else "—"),
        ("로그인 ID", side.login_id),
        ("전화번호", ", ".join(phone.display(digits) for digits in side.phones)),
        ("주소", side.address),
        ("최근접촉", moment_text(side.last_contact_at)),
        ("접수", tickets.format(count=side.tickets, open=side.open_tickets)),
        ("통화", _count(side.calls)),
        ("주문", _count(side.orders)),
    )


def _count(number: int) -> str:
    return translated("{count}건").format(count=f"{number:,}")
