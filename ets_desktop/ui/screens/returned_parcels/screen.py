"""반품회송처리: scan a parcel, receive it, look at its goods, decide (spec 30)."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ets_desktop.domain.errors import EtsError, RuleViolation
from ets_desktop.queries.claims import ClaimRow
from ets_desktop.queries.returns import claims_by_waybill
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.returned_parcels.bench import TITLE, ClaimBench
from ets_desktop.ui.screens.returned_parcels.unmatched import TITLE as UNMATCHED
from ets_desktop.ui.screens.returned_parcels.unmatched import UnmatchedReturns
from ets_desktop.ui.widgets.counted_tabs import CountedTabs
from ets_desktop.ui.widgets.fields import FieldError, TextField, label_for, text_width

NAME, WAYBILL = "반품회송처리", "송장번호"
#: What a label of any courier holds, and some blanks and hyphens.
_MOST = 40
_SCAN = "scan"


class ReturnedParcelsScreen(Screen):
    """The field takes what a scanner types and its Enter; after each action it waits for more."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._waybill = TextField(WAYBILL, maximum=_MOST)
        self._error = FieldError(WAYBILL)
        self._tabs = CountedTabs(NAME)
        self._bench = ClaimBench(context)
        self._unmatched = UnmatchedReturns(context)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        self._waybill.setFixedWidth(text_width(self._waybill, 24))
        line = QHBoxLayout()
        line.setContentsMargins(6, 4, 6, 0)
        line.addWidget(label_for(WAYBILL, self._waybill))
        line.addWidget(self._waybill)
        line.addWidget(self._error, 1)
        line.addStretch()
        self._tabs.add_page(TITLE, self._bench)
        self._tabs.add_page(UNMATCHED, self._unmatched)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self._tabs, 1)

    def _wire(self) -> None:
        self._waybill.entered.connect(self._on_entered)
        self._bench.acted.connect(self._on_acted)
        self._unmatched.acted.connect(self._on_acted)
        self._unmatched.counted.connect(self._on_counted)
        self._unmatched.matched.connect(self._on_matched)
        for part in (self._bench, self._unmatched):
            for action, button in part.buttons().items():
                self.context.desk.actions.bind_button(action, button, self)

    def come_to_front(self) -> None:
        self.take_focus()

    def take_focus(self) -> None:
        """What stands there is replaced by the next scan."""
        self._waybill.setFocus()
        self._waybill.selectAll()

    @Slot()
    def _on_acted(self) -> None:
        # What a scanner is just typing there stays.
        if self.isVisible() and not self._waybill.hasFocus():
            self.take_focus()

    @Slot()
    def _on_entered(self) -> None:
        number = "".join(self._waybill.text().split())
        self._error.clear_error()
        self._waybill.selectAll()
        if number:
            self.jobs.load(
                claims_by_waybill,
                number,
                on_done=partial(self._on_found, number),
                on_error=self._on_failed,
                lane=_SCAN,
            )

    def _on_found(self, number: str, claims: tuple[ClaimRow, ...]) -> None:
        if claims:
            self._tabs.open_page(TITLE)
            self._bench.show_claims(claims)
            return
        self._bench.clear()
        self._error.show_error(error_text(RuleViolation("no_claim_for_waybill")))
        self._unmatched.show_waybill(number)
        self._tabs.open_page(UNMATCHED)

    def _on_failed(self, error: EtsError) -> None:
        self._error.show_error(error_text(error))

    @Slot(object)
    def _on_counted(self, count: int | None) -> None:
        self._tabs.set_count(UNMATCHED, count)

    @Slot(int)
    def _on_matched(self, claim_id: int) -> None:
        """The goods are here: they are looked at next."""
        self._error.clear_error()
        self._bench.clear()
        self._bench.show_claim(claim_id)
        self._tabs.open_page(TITLE)
