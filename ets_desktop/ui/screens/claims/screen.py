"""반품처리 and 교환처리: 접수, 보류, 해제, 거부 and 철회 of the claims that are selected."""

from functools import partial

from PySide6.QtCore import Qt, Slot

from ets_desktop.domain.claims import HoldReason, Step
from ets_desktop.domain.topics import CLAIMS, OUTBOX, PICKUPS
from ets_desktop.queries.claims import (
    EXCHANGES,
    RETURNS,
    ClaimRow,
    count_claims,
    search_claims,
)
from ets_desktop.services.approvals import AskToRefund, ask_to_refund
from ets_desktop.services.claims import (
    AcceptClaim,
    EndClaim,
    HoldClaim,
    ReleaseClaim,
    accept_claim,
    hold_claim,
    reject_claim,
    release_claim,
    withdraw_claim,
)
from ets_desktop.services.returns import DecideLines, decide_lines
from ets_desktop.ui.batch_screen import BatchScreen
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.claims.columns import claim_columns, claim_key
from ets_desktop.ui.screens.claims.conditions import Conditions
from ets_desktop.ui.screens.claims.decisions import REFUND, RESHIP, DecidingButton
from ets_desktop.ui.screens.claims.fee_dialog import FeeChanging
from ets_desktop.ui.screens.claims.hold_dialog import HoldDialog
from ets_desktop.ui.screens.claims.pickup_order import PickupOrdering, may_order
from ets_desktop.ui.searched_list import Searching
from ets_desktop.ui.table_panel import CHOOSE, EXPORT, TablePanel
from ets_desktop.ui.ticket_columns import Now
from ets_desktop.ui.topbar import now_in_seoul

#: The buttons by the ids of their actions.
_BUTTONS = {
    "accept_claim": "접수",
    "hold_claim": "보류",
    "release_claim": "해제",
    "reject_claim": "거부",
    "withdraw_claim": "철회",
    "order_pickup": "회수지시",
    "change_claim_fee": "배송비 변경",
}
ASK_REFUND = "환불 승인요청"
ACCEPT, HOLD, RELEASE, REJECT, WITHDRAW, ORDER, FEE = _BUTTONS.values()
_SEARCH = Searching(search_claims, count_claims, "search_claims")
#: Until the goods are on their way a claim may be ended without looking at them.
_BEFORE_GOODS = frozenset({Step.REQUESTED, Step.ACCEPTED, Step.PICKUP_ORDERED, Step.PICKUP_FAILED})


class ClaimsScreen(BatchScreen[ClaimRow]):
    """The claims of `types`, what is open first; a subclass binds its `more_buttons`."""

    def __init__(
        self,
        context: UiContext,
        title: str,
        types: tuple[str, ...],
        now: Now,
        more_buttons: tuple[str, ...] = (),
    ) -> None:
        panel: TablePanel[ClaimRow] = TablePanel(
            title,
            claim_columns(now, lambda: context.house.calendar),
            claim_key,
            buttons=(
                CHOOSE,
                *_BUTTONS.values(),
                *more_buttons,
                EXPORT,
            ),
            state=context.state,
        )
        super().__init__(context, panel, Conditions(types), _SEARCH, (CLAIMS, PICKUPS, OUTBOX))
        self.batch.add(ACCEPT, "accept_claim", self._on_accept_clicked, _may_accept)
        self.batch.add(HOLD, "hold_claim", self._on_hold_clicked, _is_open)
        self.batch.add(RELEASE, "release_claim", self._on_release_clicked, _is_held)
        self.batch.add(REJECT, "reject_claim", self._on_reject_clicked, _may_end)
        self.batch.add(WITHDRAW, "withdraw_claim", self._on_withdraw_clicked, _may_end)
        self.batch.add(ORDER, "order_pickup", self._on_order_clicked, may_order)
        self._ordering = PickupOrdering(context, self)
        self.batch.add(FEE, "change_claim_fee", self._on_fee_clicked, _is_open)
        self._fees = FeeChanging(context, self)

    @property
    def _me(self) -> int:
        return self.context.agent.agent_id

    @Slot()
    def _on_accept_clicked(self) -> None:
        rows = self._panel.rows_in_hand()
        commands = {row.claim_id: AcceptClaim(self._me, row.claim_id, row.version) for row in rows}
        if rows:
            self.batch.run(ACCEPT, accept_claim, commands, rows)

    @Slot()
    def _on_hold_clicked(self) -> None:
        rows = self._panel.rows_in_hand()
        if rows:
            dialog = HoldDialog(self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.confirmed.connect(partial(self._hold, rows))
            dialog.open()

    def _hold(self, rows: tuple[ClaimRow, ...], reason: HoldReason, note: str) -> None:
        commands = {
            row.claim_id: HoldClaim(self._me, row.claim_id, row.version, reason, note)
            for row in rows
        }
        self.batch.run(HOLD, hold_claim, commands, rows)

    @Slot()
    def _on_release_clicked(self) -> None:
        rows = self._panel.rows_in_hand()
        commands = {row.claim_id: ReleaseClaim(self._me, row.claim_id, row.version) for row in rows}
        if rows:
            self.batch.run(RELEASE, release_claim, commands, rows)

    @Slot()
    def _on_reject_clicked(self) -> None:
        rows = self._panel.rows_in_hand()
        reason = self._reason_for(rows, self.tr("클레임 거부"), self.tr("거부사유"))
        if reason is not None:
            self.batch.run(REJECT, reject_claim, self._endings(rows, reason), rows)

    @Slot()
    def _on_withdraw_clicked(self) -> None:
        rows = self._panel.rows_in_hand()
        reason = self._reason_for(rows, self.tr("클레임 철회"), self.tr("철회사유"))
        if reason is not None:
            self.batch.run(WITHDRAW, withdraw_claim, self._endings(rows, reason), rows)

    @Slot()
    def _on_order_clicked(self) -> None:
        """Of the current row alone: each has a door of its own."""
        row = self._panel.row_in_hand()
        if row is not None:
            self._ordering.order(row)

    @Slot()
    def _on_fee_clicked(self) -> None:
        """Of the current row alone: what was enclosed is of one parcel."""
        row = self._panel.row_in_hand()
        if row is not None:
            self._fees.change(row)

    def decide(self, button: DecidingButton) -> None:
        rows = self._panel.rows_in_hand()
        commands = {
            row.claim_id: DecideLines(self._me, row.claim_id, button.decision, version=row.version)
            for row in rows
        }
        if rows:
            self.batch.run(button.title, decide_lines, commands, rows)

    def _reason_for(self, rows: tuple[ClaimRow, ...], title: str, label: str) -> str | None:
        return self.context.prompts.ask_text(title, label) if rows else None

    def _endings(self, rows: tuple[ClaimRow, ...], reason: str) -> dict[int, EndClaim]:
        """Each with the version that was on the screen when the reason was asked for."""
        return {row.claim_id: EndClaim(self._me, row.claim_id, row.version, reason) for row in rows}


class ReturnClaimsScreen(ClaimsScreen):
    def __init__(self, context: UiContext, now: Now = now_in_seoul) -> None:
        titles = (REFUND.title, RESHIP.title, ASK_REFUND)
        super().__init__(context, "반품처리", RETURNS, now, titles)
        self.batch.add(REFUND.title, REFUND.action, self._on_refund_clicked, REFUND.fits)
        self.batch.add(RESHIP.title, RESHIP.action, self._on_reship_clicked, RESHIP.fits)
        self.batch.add(ASK_REFUND, "ask_refund", self._on_ask_refund_clicked, _is_open)

    @Slot()
    def _on_refund_clicked(self) -> None:
        self.decide(REFUND)

    @Slot()
    def _on_reship_clicked(self) -> None:
        self.decide(RESHIP)

    @Slot()
    def _on_ask_refund_clicked(self) -> None:
        """What pays back too little for it is refused row by row."""
        rows = self._panel.rows_in_hand()
        reason = self._reason_for(rows, ASK_REFUND, self.tr("요청사유"))
        if reason is not None:
            wishes = {row.claim_id: AskToRefund(self._me, row.claim_id, reason) for row in rows}
            self.batch.run(ASK_REFUND, ask_to_refund, wishes, rows)


class ExchangeClaimsScreen(ClaimsScreen):
    def __init__(self, context: UiContext, now: Now = now_in_seoul) -> None:
        super().__init__(context, "교환처리", EXCHANGES, now)


def _is_open(row: ClaimRow) -> bool:
    return row.closed_at is None


def _may_accept(row: ClaimRow) -> bool:
    return row.step == Step.REQUESTED and not row.held


def _is_held(row: ClaimRow) -> bool:
    return row.held


def _may_end(row: ClaimRow) -> bool:
    return row.step in _BEFORE_GOODS
