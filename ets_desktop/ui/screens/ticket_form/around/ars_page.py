"""ARS이력 in 접촉이력: what the customer did with the answering machine (spec 50)."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ets_desktop.domain.masking import mask_address, mask_name, mask_phone
from ets_desktop.queries.ars import ArsRow, ars_sessions_of
from ets_desktop.queries.journey.rows import Whose
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import clock_text, moment_text, money_text
from ets_desktop.ui.labels import ARS_KINDS, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.paged_list import PagedList
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import CENTER, RIGHT, Column, Dialled

TITLE = "ARS이력"
DETAIL = "ARS 상세"

COLUMNS: tuple[Column[ArsRow], ...] = (
    Column("주문번호", lambda row: row.order_no, 18),
    Column("고객명", lambda row: mask_name(row.caller_name), 9),
    Column("전화번호", lambda row: mask_phone(row.phone), 14, dials=lambda row: Dialled(row.phone)),
    Column("답변일시", lambda row: moment_text(row.answered_at), 19),
    Column("구분", lambda row: word(ARS_KINDS, row.kind), 8, CENTER),
    Column("카테고리", lambda row: row.category, 16),
    Column("금액", lambda row: money_text(row.amount), 10, RIGHT),
)


def ars_key(row: ArsRow) -> int:
    return row.id


class ArsPage(QWidget):
    """선택, double click and Enter open the session's order; one of no known order has none."""

    #: order id
    order_chosen = Signal(int)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.panel: TablePanel[ArsRow] = TablePanel(TITLE, COLUMNS, ars_key, state=context.state)
        self.rows: PagedList[ArsRow] = PagedList(
            context.jobs(self), self.panel, ars_sessions_of, TITLE
        )
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        self.detail.setAccessibleName(translated(DETAIL))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3)
        whole.addWidget(self.panel, 1)
        whole.addWidget(self.detail)
        self.panel.row_chosen.connect(self._on_row_chosen)
        self.panel.row_previewed.connect(self._on_row_previewed)
        self.panel.model.modelReset.connect(self.detail.clear)
        self.rows.shown.connect(self._on_shown)

    def show_whose(self, whose: Whose | None) -> None:
        """Of this customer or number from now on; None empties the list."""
        self.rows.show_key(whose)

    @Slot(object)
    def _on_row_previewed(self, row: ArsRow) -> None:
        self.detail.setText(detail_of(row))

    @Slot()
    def _on_shown(self) -> None:
        """Read anew, the row in hand may say more, or be gone."""
        row = self.panel.current_row()
        if row is not None:
            self.detail.setText(detail_of(row))

    @Slot(object)
    def _on_row_chosen(self, row: ArsRow) -> None:
        if row.order_id is not None:
            self.order_chosen.emit(row.order_id)
        else:
            self._context.desk.say(self.tr("주문을 알 수 없는 ARS 이력입니다."))


def detail_of(row: ArsRow) -> str:
    """What the order says, and which way the caller took to where; people masked."""
    order = (
        ("주문금액", money_text(row.order_amount)),
        ("포장비", money_text(row.packing_fee)),
        ("수취인", mask_name(row.recipient)),
        ("주소", mask_address(row.address)),
    )
    told = [f"{translated(name)} {value}" for name, value in order if value]
    way = (translated("메뉴 {menu}").format(menu=row.menu), _end_of(row))
    return "\n".join(filter(None, ("   ".join(told), "   ".join(way if row.menu else way[1:]))))


def _end_of(row: ArsRow) -> str:
    if row.ended_at is None:
        return translated("통화 중")
    at = clock_text(row.ended_at)
    if row.reached_final:
        return translated("마지막 안내까지 듣고 {at}에 끝남").format(at=at)
    return translated("마지막 안내 전 {at}에 끊음").format(at=at)
