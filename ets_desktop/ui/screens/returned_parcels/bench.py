"""반품상품: the claim of the parcel on the table is received, looked at and decided."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ets_desktop.domain.claims import (
    ClaimType,
    Decision,
    Inspection,
    Step,
    decisions_for,
    next_steps,
)
from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.topics import EVERYTHING, Done, Topic, claim_topic
from ets_desktop.queries.claim_detail import ClaimDetail, ClaimLineRow, claim_detail
from ets_desktop.queries.claims import ClaimRow
from ets_desktop.services.approvals import Asked, AskToRefund, ask_to_refund
from ets_desktop.services.claim_rows import ClaimDone
from ets_desktop.services.returns import (
    Decided,
    DecideLines,
    InspectLine,
    ReceiveReturn,
    decide_lines,
    inspect_line,
    receive_return,
)
from ets_desktop.ui.claim_labels import DECISIONS, INSPECTIONS
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import money_text
from ets_desktop.ui.labels import error_text, word
from ets_desktop.ui.screens.returned_parcels.columns import (
    claim_columns,
    claim_key,
    line_columns,
    line_key,
)
from ets_desktop.ui.screens.returned_parcels.head import ClaimHead
from ets_desktop.ui.screens.returned_parcels.inspection import InspectionStrip
from ets_desktop.ui.table_panel import CHOOSE, TablePanel

TITLE, CLAIMS = "반품상품", "클레임"
RECEIVE, REFUND, EXCHANGE, SEND_BACK = "입고확인", "환불", "교환출고", "고객회송"
REASON = "회송사유"
ASK_REFUND = "환불 승인요청"
DECIDES = {
    REFUND: Decision.REFUND,
    EXCHANGE: Decision.EXCHANGE,
    SEND_BACK: Decision.SEND_BACK,
}

_CLAIM = "claim"


class ClaimBench(QWidget):
    """The buttons act on the lines selected in the table, 입고확인 on all of them."""

    #: Something was pressed: the next parcel may come, before the answer does.
    acted = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._detail: ClaimDetail | None = None
        #: As of what was last read or written: an inspection makes a newer one.
        self._version = 0
        self._claims: TablePanel[ClaimRow] = TablePanel(
            CLAIMS, claim_columns(), claim_key, buttons=(CHOOSE,), state=context.state
        )
        self._head = ClaimHead()
        self._lines: TablePanel[ClaimLineRow] = TablePanel(
            TITLE,
            line_columns(),
            line_key,
            buttons=(RECEIVE, *DECIDES),
            state=context.state,
            empty=self.tr("송장번호를 스캔하거나 입력하십시오."),
        )
        self._strip = InspectionStrip(context)
        self.jobs = context.jobs(self)
        self._lay_out()
        self._wire()
        self.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self._claims, 1)
        column.addWidget(self._head)
        column.addWidget(self._lines, 2)
        column.addWidget(self._strip)

    def _wire(self) -> None:
        self._claims.row_previewed.connect(self._on_claim_looked_at)
        self._claims.row_chosen.connect(self._on_claim_looked_at)
        self._lines.table.selectionModel().selectionChanged.connect(self._show_what_is_possible)
        self._lines.model.modelReset.connect(self._show_what_is_possible)
        self._lines.button(RECEIVE).clicked.connect(self._on_receive_clicked)
        self._lines.button(REFUND).clicked.connect(self._on_refund_clicked)
        self._lines.button(EXCHANGE).clicked.connect(self._on_exchange_clicked)
        self._lines.button(SEND_BACK).clicked.connect(self._on_send_back_clicked)
        self._strip.inspected.connect(self._on_inspected)
        self._strip.photographed.connect(self._on_photographed)
        self.jobs.writing_changed.connect(self._show_what_is_possible)
        self._context.changes.subscribe(self, ("claim/",), self._on_claims_touched)

    def buttons(self) -> dict[str, QPushButton]:
        """By the ids of their actions."""
        ids = ("receive_return", "refund_return", "exchange_return", "send_back_return")
        titles = (RECEIVE, REFUND, EXCHANGE, SEND_BACK)
        own = {name: self._lines.button(title) for name, title in zip(ids, titles, strict=True)}
        return own | self._strip.buttons()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_what_is_possible()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._show_what_is_possible()

    # Whose parcel it is

    def clear(self) -> None:
        self.jobs.stop(_CLAIM)
        self._detail = None
        self._claims.hide()
        self._head.show_claim(None)
        self._lines.show_rows(())

    def show_claims(self, claims: Sequence[ClaimRow]) -> None:
        """The claims of a waybill; of several the first until another is chosen."""
        self.clear()
        self._claims.show_rows(claims)
        self._claims.setVisible(len(claims) > 1)
        self._claims.table.select_key(claims[0].claim_id)
        self.show_claim(claims[0].claim_id)

    def show_claim(self, claim_id: int) -> None:
        self._lines.show_busy()
        self._read(claim_id)

    def _read(self, claim_id: int) -> None:
        self.jobs.load(
            claim_detail, claim_id, on_done=self._on_read, on_error=self._on_unread, lane=_CLAIM
        )

    @Slot(object)
    def _on_claim_looked_at(self, row: ClaimRow) -> None:
        if self._detail is None or self._detail.row.claim_id != row.claim_id:
            self.show_claim(row.claim_id)

    def _on_read(self, detail: ClaimDetail) -> None:
        is_other = self._detail is None or self._detail.row.claim_id != detail.row.claim_id
        self._detail = detail
        self._version = detail.row.version
        self._head.show_claim(detail)
        self._lines.reload_rows(detail.lines)
        if is_other or self._is_through():
            self._go_to_next()

    def _on_unread(self, error: EtsError) -> None:
        self._lines.show_error(error_text(error))

    def _on_claims_touched(self, topics: frozenset[Topic]) -> None:
        if self._detail is not None:
            claim_id = self._detail.row.claim_id
            if EVERYTHING in topics or claim_topic(claim_id) in topics:
                self._read(claim_id)

    # Which lines

    @property
    def _kind(self) -> ClaimType:
        assert self._detail is not None
        return ClaimType(self._detail.row.claim_type)

    def _chosen(self) -> tuple[ClaimLineRow, ...]:
        numbers = sorted(i.row() for i in self._lines.table.selectionModel().selectedRows())
        return tuple(self._lines.model.rows[number] for number in numbers)

    def _is_through(self) -> bool:
        """Whether nothing is left to be done with the lines in hand at their step."""
        seen = any(not line.inspection for line in self._lines.model.rows)
        return all(line.decision or (seen and line.inspection) for line in self._chosen())

    def _go_to_next(self) -> None:
        """The first line that nobody has looked at, else the first that nobody has decided."""
        lines = [line for line in self._lines.model.rows if not line.decision]
        waiting = [line for line in lines if not line.inspection] or lines
        if waiting:
            self._lines.table.clearSelection()
            self._lines.table.select_key(waiting[0].claim_line_id)

    @Slot()
    def _show_what_is_possible(self) -> None:
        """A button that could only be refused is grey."""
        if self._detail is None:
            self._allow(receive=False, inspect=False, decide=frozenset())
            return
        kind, chosen = self._kind, self._chosen()
        coming = any(_may(kind, line, Step.ARRIVED) for line in self._lines.model.rows)
        here = (Step.ARRIVED, Step.INSPECTED)
        free = bool(chosen) and not self._detail.row.held
        done = free and all(_may(kind, line, Step.DONE) for line in chosen)
        self._allow(
            receive=coming,
            inspect=bool(chosen) and all(line.step in here for line in chosen),
            decide=decisions_for(kind) if done else frozenset(),
        )

    def _allow(self, *, receive: bool, inspect: bool, decide: frozenset[Decision]) -> None:
        # A key of the screen must not act on what is behind the other tab.
        free = not self.jobs.is_writing and not self.isHidden()
        self._lines.button(RECEIVE).setEnabled(free and receive)
        self._strip.take_lines(self._chosen(), possible=free and inspect)
        for title, decision in DECIDES.items():
            self._lines.button(title).setEnabled(free and decision in decide)

    # What is done with them

    @property
    def _me(self) -> int:
        return self._context.agent.agent_id

    @Slot()
    def _on_receive_clicked(self) -> None:
        if self._detail is not None:
            wish = ReceiveReturn(self._me, self._detail.row.claim_id)
            done = partial(self._on_moved, self.tr("{number} 입고를 확인했습니다."))
            self.jobs.save(receive_return, wish, on_done=done, on_error=self._on_refused)
            self.acted.emit()

    @Slot(object)
    def _on_inspected(self, inspection: Inspection) -> None:
        if self._detail is None:
            return
        self._inspect(self._chosen(), inspection)
        self.acted.emit()

    @Slot(int)
    def _on_photographed(self, line_id: int) -> None:
        """What was looked at already gets its photo at once, the others with their 검수."""
        lines = self._lines.model.rows
        line = next((line for line in lines if line.claim_line_id == line_id), None)
        if line is not None and line.step == Step.INSPECTED:
            self._inspect((line,), Inspection(line.inspection))
        else:
            self._show_what_is_possible()

    def _inspect(self, lines: tuple[ClaimLineRow, ...], inspection: Inspection) -> None:
        assert self._detail is not None
        claim_id = self._detail.row.claim_id
        wishes = tuple(
            InspectLine(
                self._me,
                claim_id,
                line.order_line_id,
                inspection,
                self._strip.note_of(line),
                self._strip.photos_of(line),
            )
            for line in lines
        )
        told = self.tr("{number} 검수: {found}").replace("{found}", word(INSPECTIONS, inspection))
        done = partial(self._on_lines_inspected, lines, told)
        self.jobs.save(_inspect_lines, wishes, on_done=done, on_error=self._on_refused)

    def _on_lines_inspected(
        self, lines: tuple[ClaimLineRow, ...], told: str, done: Done[ClaimDone]
    ) -> None:
        self._strip.forget(lines)
        self._on_moved(told, done)

    def _on_moved(self, told: str, done: Done[ClaimDone]) -> None:
        self._take_version(done.value)
        self._context.desk.say(told.format(number=done.value.claim_no))

    def _take_version(self, done: ClaimDone) -> None:
        """Another parcel may be on the table by now."""
        if self._detail is not None and self._detail.row.claim_id == done.claim_id:
            self._version = max(self._version, done.version)

    @Slot()
    def _on_refund_clicked(self) -> None:
        self._decide(Decision.REFUND)

    @Slot()
    def _on_exchange_clicked(self) -> None:
        self._decide(Decision.EXCHANGE)

    @Slot()
    def _on_send_back_clicked(self) -> None:
        reason = self._context.prompts.ask_text(SEND_BACK, REASON)
        if reason is not None:
            self._decide(Decision.SEND_BACK, reason)

    def _decide(self, decision: Decision, reason: str = "") -> None:
        lines = self._chosen()
        if self._detail is None or not lines:
            return
        claim = self._detail.row
        told = word(DECISIONS, decision)
        words = " · ".join(part for part in (f"{claim.claim_no} {told}", reason) if part)
        wish = DecideLines(
            self._me,
            claim.claim_id,
            decision,
            tuple(line.order_line_id for line in lines),
            reason,
            words,
            self._version,
        )
        self.jobs.save(
            decide_lines,
            wish,
            on_done=partial(self._on_decided, told),
            on_error=partial(self._on_undecided, wish),
        )
        self.acted.emit()

    def _on_decided(self, told: str, done: Done[Decided]) -> None:
        self._take_version(done.value.claim)
        refund = done.value.refund
        if refund:
            told = self.tr("{told} {won}원").format(told=told, won=money_text(refund))
        number = done.value.claim.claim_no
        self._context.desk.say(self.tr("{number} 처분: {told}").format(number=number, told=told))

    def _on_undecided(self, wish: DecideLines, error: EtsError) -> None:
        """A refund that a supervisor has to approve is asked for at once."""
        if error.code != "refund_needs_approval":
            self._on_refused(error)
            return
        reason = self._context.prompts.ask_text(ASK_REFUND, "요청사유")
        if reason is None:
            self._context.desk.tell(error)
            return
        asked = AskToRefund(self._me, wish.claim_id, reason, wish.decision, wish.order_line_ids)
        self.jobs.save(
            ask_to_refund, asked, on_done=self._on_approval_asked, on_error=self._on_refused
        )

    def _on_approval_asked(self, done: Done[Asked]) -> None:
        told = self.tr("환불 승인을 요청했습니다: {won}원. 승인되면 다시 처분하십시오.")
        self._context.desk.say(told.format(won=money_text(done.value.amount)))

    def _on_refused(self, error: EtsError) -> None:
        """Somebody may have been faster: what stands there is read again."""
        self._context.desk.tell(error)
        if self._detail is not None:
            self._read(self._detail.row.claim_id)


def _may(kind: ClaimType, line: ClaimLineRow, step: Step) -> bool:
    return step in next_steps(kind, Step(line.step))


def _inspect_lines(session: Any, wishes: tuple[InspectLine, ...]) -> Done[ClaimDone]:
    """All of them or none."""
    done = [inspect_line(session, wish) for wish in wishes]
    return Done(done[-1].value, frozenset().union(*(each.touched for each in done)))
