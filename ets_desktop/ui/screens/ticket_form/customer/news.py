"""Two people, one customer (spec 20): 변경 알림 on the card, and 변경 충돌 field by field."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.customers import CustomerForm, tidy_customer
from ets_desktop.domain.errors import FieldChange
from ets_desktop.queries.customers import CustomerDetail, customer_detail
from ets_desktop.ui.conflict import ConflictDialog, ConflictRow
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.formats import clock_text, moment_text
from ets_desktop.ui.screens.ticket_form.customer.page import CustomerPage
from ets_desktop.ui.screens.ticket_form.customer.words import (
    FIELDS,
    field_word,
    form_of,
    value_text,
)

#: What follows once it is decided: the customer as stored now, and the form to go on with.
Settled = Callable[[CustomerDetail, CustomerForm], object]


@dataclass(frozen=True)
class Clash:
    """A save that came too late: what it started from, what it wanted, what happens next."""

    customer_id: int
    base: CustomerForm
    mine: CustomerForm
    settled: Settled
    changes: tuple[FieldChange, ...] = ()


class CustomerNews(QObject):
    """Watches the customer on the page while it is edited, and brings both sides together."""

    def __init__(
        self, context: UiContext, jobs: ScreenJobs, page: CustomerPage, window: QWidget
    ) -> None:
        super().__init__(page)
        self._context = context
        self._jobs = jobs
        self._page = page
        self._window = window
        self._news: CustomerDetail | None = None
        self._clash: Clash | None = None
        self._dialog: ConflictDialog | None = None
        page.bar.acted.connect(self._on_load_wanted)

    @property
    def dialog(self) -> ConflictDialog | None:
        """변경 충돌 while it is open."""
        return self._dialog

    # While the card is edited

    def tell(self, detail: CustomerDetail) -> None:
        """The customer being edited, as somebody else has left it just now."""
        known = self._page.detail
        if self._page.is_new or known is None or known.customer_id != detail.customer_id:
            return
        if known.version == detail.version:
            self._page.rebase(detail, self._page.written())
            return
        base, theirs = form_of(known), form_of(detail)
        changed = [name for name in FIELDS if getattr(base, name) != getattr(theirs, name)]
        self._news = detail
        self._page.bar.show_message(
            self.tr("{who} 님이 {when}에 이 고객을 바꾸었습니다: {fields}").format(
                who=detail.updater,
                when=clock_text(detail.updated_at),
                fields=", ".join(field_word(name) for name in changed),
            )
        )

    @Slot()
    def _on_load_wanted(self) -> None:
        known, news = self._page.detail, self._news
        if known is None or news is None or known.customer_id != news.customer_id:
            return
        clash = Clash(known.customer_id, form_of(known), self._page.written(), self.save_on_top)
        rows = _rows(clash, news)
        if any(not row.take_theirs for row in rows):
            self._ask(clash, news, rows)
        else:
            self._page.rebase(news, _with(clash.mine, news, (row.field for row in rows)))

    def save_on_top(self, detail: CustomerDetail, form: CustomerForm) -> None:
        """Go on from what is stored now, and save what was chosen."""
        self._page.rebase(detail, form)
        self._page.ask_to_save()

    # After a save that came too late

    def meet(self, clash: Clash) -> None:
        """Nothing was written: read what stands there, and ask about each field both changed."""

        def on_read(detail: CustomerDetail) -> None:
            rows = _rows(clash, detail)
            if rows:
                self._ask(clash, detail, rows)
            else:
                clash.settled(detail, clash.mine)

        self._jobs.load(customer_detail, clash.customer_id, on_done=on_read, lane="customer_news")

    def _ask(self, clash: Clash, news: CustomerDetail, rows: list[ConflictRow]) -> None:
        if self._dialog is not None:
            self._dialog.reject()
        self._clash, self._news = clash, news
        told = self.tr("다른 담당자가 이 고객을 바꾸었습니다. 항목마다 고르십시오.")
        self._dialog = ConflictDialog(rows, told, self._window)
        self._dialog.finished.connect(self._on_dialog_finished)
        self._dialog.open()

    @Slot(int)
    def _on_dialog_finished(self, result: int) -> None:
        dialog, self._dialog = self._dialog, None
        clash, self._clash = self._clash, None
        if dialog is None or clash is None or self._news is None:
            return
        take = dialog.fields_to_take()
        dialog.deleteLater()
        if result == ConflictDialog.DialogCode.Accepted:
            clash.settled(self._news, _with(clash.mine, self._news, take))


def _rows(clash: Clash, news: CustomerDetail) -> list[ConflictRow]:
    """The fields the other changed in which mine is not what is stored now."""
    theirs, mine = form_of(news), tidy_customer(clash.mine)
    by_field = {change.field: change for change in clash.changes}
    told = FieldChange("", "", news.updater, news.updated_at.isoformat())
    rows = []
    for name in FIELDS:
        base, wanted, stored = (getattr(one, name) for one in (clash.base, mine, theirs))
        if stored in (base, wanted):
            continue
        change = by_field.get(name, told)
        rows.append(
            ConflictRow(
                name,
                field_word(name),
                value_text(name, mine),
                value_text(name, theirs),
                change.changed_by,
                moment_text(datetime.fromisoformat(change.changed_at)),
                take_theirs=wanted == base,
            )
        )
    return rows


def _with(mine: CustomerForm, news: CustomerDetail, take: Iterable[str]) -> CustomerForm:
    """My form with the stored values of the fields in `take`."""
    taken: dict[str, Any] = {name: getattr(news, name) for name in take}
    return replace(mine, **taken)
