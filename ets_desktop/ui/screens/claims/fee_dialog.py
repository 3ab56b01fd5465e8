"""배송비 변경: who pays the postage of a claim, how much and how; as when money was enclosed."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.claim_fees import FeeMethod
from ets_desktop.domain.claims import Fault
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.topics import Done
from ets_desktop.queries.claims import ClaimRow
from ets_desktop.services.claim_rows import ClaimDone
from ets_desktop.services.claims import ChangeFee, change_fee
from ets_desktop.ui.claim_labels import FEE_METHODS, FEE_PAYERS
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import money_text
from ets_desktop.ui.language import translated
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import TextField
from ets_desktop.ui.widgets.form_dialog import FormDialog

TITLE, PAYER, FEE, METHOD = "배송비 변경", "비용부담", "배송비", "결제방법"
_LABELS = {"fee": FEE, "fee_method": METHOD}
_LIMIT = 13


class FeeDialog(FormDialog):
    """As the claim has it; 확인 says what it is to be. What is typed stays until it is taken."""

    #: Fault, won, FeeMethod or None
    asked = Signal(object, int, object)

    def __init__(self, row: ClaimRow, parent: QWidget | None = None) -> None:
        super().__init__(translated(TITLE), parent, labels=_LABELS, width=340)
        self._payer = CodeChoice(PAYER, FEE_PAYERS)
        self._fee = TextField(FEE, maximum=_LIMIT)
        self._method = CodeChoice(METHOD, FEE_METHODS)
        self._payer.set_code(row.fee_payer)
        self._fee.setText(money_text(row.fee))
        self._method.set_code(row.fee_method)
        self.add_fields((PAYER, self._payer), (FEE, self._fee), (METHOD, self._method))

    def confirm(self) -> None:
        typed = self._fee.text().replace(",", "").strip() or "0"
        if not (typed.isascii() and typed.isdecimal()):
            raise RuleViolation("no_amount", field="fee")
        method = self._method.code()
        payer = Fault(self._payer.code())
        self.asked.emit(payer, int(typed), FeeMethod(method) if method else None)


class FeeChanging(QObject):
    """From 배송비 변경 on a row to its new postage."""

    def __init__(self, context: UiContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._jobs = context.jobs(self)

    def change(self, row: ClaimRow) -> None:
        dialog = FeeDialog(row, self._owner)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(partial(self._on_asked, row, dialog))
        self._jobs.writing_changed.connect(dialog.show_busy)
        dialog.open()

    def _on_asked(
        self, row: ClaimRow, dialog: FeeDialog, payer: Fault, fee: int, method: FeeMethod | None
    ) -> None:
        me = self._context.agent.agent_id
        command = ChangeFee(me, row.claim_id, row.version, payer, fee, method)
        self._jobs.save(
            change_fee,
            command,
            on_done=partial(self._on_changed, row, dialog),
            on_error=dialog.show_refusal,
        )

    def _on_changed(self, row: ClaimRow, dialog: FeeDialog, _done: Done[ClaimDone]) -> None:
        dialog.accept()
        told = self.tr("{number} 배송비를 바꾸었습니다.")
        self._context.desk.say(told.format(number=row.ticket_no))
