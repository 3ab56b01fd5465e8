"""Two people, one ticket (spec 20): the bar 변경 알림, and 변경 충돌 after a stale save."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.errors import EtsError, FieldChange
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import EVERYTHING, Topic, ticket_topic
from ets_desktop.queries.history import changes_since
from ets_desktop.queries.tickets import TicketDetail, ticket_detail
from ets_desktop.ui.conflict import ConflictDialog, ConflictRow
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.formats import clock_text, moment_text
from ets_desktop.ui.labels import TICKET_STATUSES, word
from ets_desktop.ui.screens.ticket_form.around.history_page import field_word, stored_text
from ets_desktop.ui.screens.ticket_form.contents import differences, merged, value_text
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm, contents_of
from ets_desktop.ui.screens.ticket_form.pressed.saving import Saving, Sent
from ets_desktop.ui.widgets.message_bar import MessageBar

BAR = "변경 알림"
#: What others change of a ticket beside its form; told, but not to be chosen.
_TOLD = ("status", "assignee_id", "assignee_team_id")

News = tuple[TicketDetail, tuple[FieldChange, ...]]


def news_since(session: Any, ticket_id: int, version: int) -> News:
    """The ticket as it is stored now, and what was changed after `version`."""
    return ticket_detail(session, ticket_id), changes_since(session, ticket_id, version)


class Freshness(QObject):
    """Watches the ticket in the form, and brings both sides together."""

    def __init__(
        self, context: UiContext, jobs: ScreenJobs, form: OpenForm, saving: Saving, window: QWidget
    ) -> None:
        super().__init__(form)
        self._context = context
        self._jobs = jobs
        self._form = form
        self._saving = saving
        self._window = window
        self._sent: Sent | None = None
        self._dialog: ConflictDialog | None = None
        self._news: News | None = None
        #: News came while something was written, and was not looked at.
        self._is_due = False
        self.bar = MessageBar(BAR, "불러오기")
        self.bar.acted.connect(self._on_load_wanted)
        form.replaced.connect(self._on_replaced)
        jobs.writing_changed.connect(self._on_writing_changed)
        saving.saved.connect(self._on_saved)
        saving.overtaken.connect(self.look)
        saving.conflict_met.connect(self._on_conflict_met)
        context.changes.subscribe(self, ("ticket/",), self._on_touched)

    @property
    def dialog(self) -> ConflictDialog | None:
        """변경 충돌 while it is open."""
        return self._dialog

    # The bar

    def look(self) -> None:
        """An older text was put into the form: was the ticket changed since?"""
        if self._form.ticket_id is not None:
            self._read_news(self._on_news)

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        ticket_id, version = self._form.ticket_id, self._form.version
        if ticket_id is None or version is None:
            return
        if EVERYTHING in topics or ticket_topic(ticket_id) in topics:
            self._read_news(self._on_news)

    def _read_news(self, on_done: Callable[[News], object]) -> None:
        self._jobs.load(
            news_since,
            self._form.ticket_id or 0,
            self._form.version or 0,
            on_done=on_done,
            on_error=self._on_news_failed,
            lane="news",
        )

    def _on_news(self, news: News) -> None:
        detail, changes = news
        version = self._form.version
        if detail.ticket_id != self._form.ticket_id or version is None:
            return
        if self._form.waiting_id is not None:
            return  # what is on its way must not be covered; its own answer tells more
        if self._jobs.is_writing:
            self._is_due = True
            return
        if detail.version <= version:
            self._take_promise(detail)
            return  # our own save, told once more by the database
        if detail.updated_by == self._context.agent.agent_id and self._fits(news):
            self._go_on(detail, self._merged(detail, self._rows(*news)))
            return
        if self._is_mine_again(detail):
            self._bring_together(news)
            return
        words = ", ".join(dict.fromkeys(field_word(change.field) for change in changes))
        self.bar.show_message(
            self.tr("{who} 님이 {when}에 이 접수를 바꾸었습니다: {fields}").format(
                who=detail.updater, when=clock_text(detail.updated_at), fields=words
            )
        )

    def _take_promise(self, detail: TicketDetail) -> None:
        """A call back is promised or kept without a new version: shown, unless I type one."""
        if detail.version != self._form.version:
            return
        before = self._form.before
        if contents_of(detail).callback_at != before.callback_at:
            self._form.refresh(detail, before)

    def _fits(self, news: News) -> bool:
        """Whether it clashes with nothing typed: what I did in a list (회수, 반려) needs no bar."""
        detail, changes = news
        mine = {change.changed_by for change in changes} <= {detail.updater}
        return mine and detail.is_open and all(row.take_theirs for row in self._rows(*news))

    def _is_mine_again(self, detail: TicketDetail) -> bool:
        """Reopened as I asked (재오픈 요청): nothing could be typed meanwhile, now it can."""
        shown = self._form.detail
        closed = shown is not None and not shown.is_open and not self._form.has_unsaved
        return closed and detail.is_open and detail.assignee_id == self._context.agent.agent_id

    def _on_news_failed(self, error: EtsError) -> None:
        """The next change, or the next save, tells it again."""
        if error.code != "no_such_ticket":
            self._context.desk.tell(error)

    def _on_load_wanted(self) -> None:
        if self._form.waiting_id is not None:
            self._context.desk.say(self.tr("전송대기 중인 접수입니다. 전송된 뒤에 불러오십시오."))
            return
        self._sent = None
        self._read_news(self._bring_together)

    def _on_replaced(self) -> None:
        self.bar.hide()
        self._close_dialog()

    def _on_saved(self, _ticket_id: int) -> None:
        self.bar.hide()

    @Slot(bool)
    def _on_writing_changed(self, writing: bool) -> None:
        if not writing and self._is_due:
            self._is_due = False
            # After what came of it, which the signal comes before.
            QTimer.singleShot(0, self, self.look)

    # The conflict

    def _on_conflict_met(self, sent: Sent) -> None:
        self._sent = sent
        self._read_news(self._bring_together)

    def _bring_together(self, news: News) -> None:
        detail, changes = news
        if detail.ticket_id != self._form.ticket_id:
            return
        if not self._form.has_unsaved and self._sent is None:
            stored = replace(contents_of(detail), call_id=self._form.contents.call_id)
            self._go_on(detail, stored)
            return
        if not detail.is_open:
            self._tell_closed(detail)
            return
        rows = self._rows(detail, changes)
        if self._sent is None and all(row.take_theirs for row in rows):
            self._go_on(detail, self._merged(detail, rows))
            return
        if self._sent is not None and not rows:
            # They wrote what I have too, or moved the customer that was moved here as well.
            self._save_again(detail, self._form.contents, self._sent)
            return
        self._news = news
        self._show_dialog(rows)

    def _save_again(self, detail: TicketDetail, mine: FormContents, sent: Sent | None) -> None:
        self._sent = None
        self._go_on(detail, mine)
        if sent is None:
            self._saving.write(Action.SAVE)
        else:
            self._saving.write(sent.action, sent.then)

    def _go_on(self, detail: TicketDetail, mine: FormContents) -> None:
        self._form.rebase(detail, mine)
        self.bar.hide()

    def _merged(self, detail: TicketDetail, rows: Iterable[ConflictRow]) -> FormContents:
        take = [row.field for row in rows if row.take_theirs and not row.settled]
        return merged(self._form.contents, detail.form, take)

    def _tell_closed(self, detail: TicketDetail) -> None:
        """What was typed cannot be saved there, but it stays, and may be kept as a draft."""
        if self._sent is None:
            self._saving.clear_way(partial(self._form.show_ticket, detail))
            return
        self._sent = None
        status = word(TICKET_STATUSES, detail.status)
        self.bar.show_message(
            self.tr("{who} 님이 이 접수를 {status}처리했습니다. 임시저장할 수 있습니다.").format(
                who=detail.updater, status=status
            ),
            red=True,
        )

    def _rows(self, detail: TicketDetail, changes: tuple[FieldChange, ...]) -> list[ConflictRow]:
        by_field = {change.field: change for change in changes}
        mine = self._form.contents.form
        rows = []
        for difference in differences(by_field, self._form.base, mine, detail.form):
            name = difference.field
            rows.append(
                _row(
                    by_field[name],
                    mine=value_text(name, mine, self._my_words()),
                    theirs=value_text(name, detail.form, _their_words(detail)),
                    take_theirs=not difference.clash,
                )
            )
        told = [by_field[name] for name in _TOLD if name in by_field]
        return rows + [
            _row(
                change,
                mine=self._my_state(change.field),
                theirs=stored_text(change.field, change.theirs),
                take_theirs=True,
                settled=True,
            )
            for change in told
        ]

    def _my_words(self) -> dict[str, str]:
        customer, order = self._form.customer, self._form.order
        name = self._form.new_customer_name
        newcomer = self.tr("신규고객 {name}").format(name=name) if name else ""
        return {
            "customer_id": customer.name if customer is not None else newcomer,
            "order_id": order.channel_order_no if order is not None else "",
            "order_line_id": order.line_no if order is not None else "",
            "category_id": self._form.category_name,
        }

    def _my_state(self, field: str) -> str:
        detail = self._form.detail
        if detail is None:
            return ""
        return word(TICKET_STATUSES, detail.status) if field == "status" else detail.assignee

    def _show_dialog(self, rows: list[ConflictRow]) -> None:
        self._close_dialog()
        told = self.tr("저장하는 사이 다른 담당자가 이 접수를 바꾸었습니다. 항목마다 고르십시오.")
        self._dialog = ConflictDialog(rows, told, self._window)
        self._dialog.finished.connect(self._on_dialog_finished)
        self._dialog.open()

    @Slot(int)
    def _on_dialog_finished(self, result: int) -> None:
        dialog, self._dialog = self._dialog, None
        sent, self._sent = self._sent, None
        news, self._news = self._news, None
        if dialog is None or news is None:
            return
        take = dialog.fields_to_take()
        dialog.deleteLater()
        if result != ConflictDialog.DialogCode.Accepted:
            return
        detail, _ = news
        self._save_again(detail, merged(self._form.contents, detail.form, take), sent)

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()


def _row(
    change: FieldChange, *, mine: str, theirs: str, take_theirs: bool, settled: bool = False
) -> ConflictRow:
    at = moment_text(datetime.fromisoformat(change.changed_at))
    label = field_word(change.field)
    who = change.changed_by
    return ConflictRow(change.field, label, mine, theirs, who, at, take_theirs, settled)


def _their_words(detail: TicketDetail) -> dict[str, str]:
    return {
        "customer_id": detail.customer,
        "order_id": detail.channel_order_no,
        "order_line_id": detail.line_no,
        "category_id": detail.category,
    }
