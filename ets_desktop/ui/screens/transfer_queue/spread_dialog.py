"""균등배분 before it happens: who gets how many, and how many are then open."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.spreading import Share
from ets_desktop.ui.labels import AGENT_STATES, word
from ets_desktop.ui.language import translated
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import CENTER, RIGHT, Column

TITLE, TABLE = "균등배분", "배분 결과"
_COLUMNS: tuple[Column[Share], ...] = (
    Column("담당자", lambda share: share.candidate.name, 12, least=7),
    Column("상담상태", lambda share: word(AGENT_STATES, share.candidate.state), 10, CENTER),
    Column("미완료", lambda share: str(share.candidate.open_load), 7, RIGHT),
    Column("배분", lambda share: str(len(share.ticket_ids) or ""), 6, RIGHT),
    Column("배분 후", lambda share: str(share.load_after), 8, RIGHT),
)


class SpreadDialog(QDialog):
    """확인 does just what is shown."""

    #: the shares
    confirmed = Signal(object)

    def __init__(self, shares: Sequence[Share], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares = tuple(shares)
        count = sum(len(share.ticket_ids) for share in shares)
        self.setWindowTitle(translated(TITLE))
        told = QLabel(
            self.tr("{count}건을 자리에 있는 담당자 {agents}명에게 나눕니다.").format(
                count=count, agents=len(self._shares)
            )
        )
        told.setTextFormat(Qt.TextFormat.PlainText)
        table: TablePanel[Share] = TablePanel(
            TABLE, _COLUMNS, lambda share: share.candidate.agent_id, buttons=()
        )
        table.show_rows(self._shares)
        self._ok = QPushButton(translated("확인"))
        self._cancel = QPushButton(translated("취소"))
        self._ok.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._ok)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addWidget(table, 1)
        column.addLayout(buttons)
        self.resize(460, 360)
        self._ok.clicked.connect(self._on_ok)
        self._cancel.clicked.connect(self.reject)
        # The table in front of it would keep Enter to itself.
        self._ok.setFocus()

    @Slot()
    def _on_ok(self) -> None:
        self.accept()
        self.confirmed.emit(self._shares)
