"""CS접수정보 등록: puts the form, its buttons and its pages together."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from ets_desktop.domain.ageing import is_overdue
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.tickets import Action
from ets_desktop.queries.order_guard import GuardNotice
from ets_desktop.queries.tickets import TicketDetail
from ets_desktop.ui.cards import OfferedCall, OrderChoice
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.formats import elapsed_text, moment_text
from ets_desktop.ui.labels import TICKET_STATUSES, word
from ets_desktop.ui.screen import Screen
from ets_desktop.ui.screens.ticket_form.around.handovers import Handovers
from ets_desktop.ui.screens.ticket_form.around.relations import Relations
from ets_desktop.ui.screens.ticket_form.calls.calling import Calling
from ets_desktop.ui.screens.ticket_form.calls.retying import Retying
from ets_desktop.ui.screens.ticket_form.customer.choosing import FORM, Customers
from ets_desktop.ui.screens.ticket_form.customer.page import TITLE as CUSTOMER
from ets_desktop.ui.screens.ticket_form.customer.registering import Registering
from ets_desktop.ui.screens.ticket_form.fields import TicketFields
from ets_desktop.ui.screens.ticket_form.kept.card_recovering import CardRecovering
from ets_desktop.ui.screens.ticket_form.kept.journalling import Journalling
from ets_desktop.ui.screens.ticket_form.kept.recent_trail import RecentTrail
from ets_desktop.ui.screens.ticket_form.kept.recovering import Recovering
from ets_desktop.ui.screens.ticket_form.kept.undoing import Undoing
from ets_desktop.ui.screens.ticket_form.open_form import OpenForm
from ets_desktop.ui.screens.ticket_form.opening import Opening
from ets_desktop.ui.screens.ticket_form.orders.guard import OrderGuard
from ets_desktop.ui.screens.ticket_form.orders.linking import OrderLinking
from ets_desktop.ui.screens.ticket_form.orders.words import customer_words, line_words, order_words
from ets_desktop.ui.screens.ticket_form.others.approvals import TicketApprovalsShown
from ets_desktop.ui.screens.ticket_form.others.freshness import Freshness
from ets_desktop.ui.screens.ticket_form.others.presence import Presence
from ets_desktop.ui.screens.ticket_form.pages import FormPages
from ets_desktop.ui.screens.ticket_form.pressed.button_bar import ButtonBar
from ets_desktop.ui.screens.ticket_form.pressed.due_date import DueDate
from ets_desktop.ui.screens.ticket_form.pressed.ending import Ending
from ets_desktop.ui.screens.ticket_form.pressed.saving import Now, Saving
from ets_desktop.ui.screens.ticket_form.templates import Templates
from ets_desktop.ui.topbar import now_in_seoul
from ets_desktop.ui.widgets.field_column import FieldColumn

_MINUTE = 60_000
_SPLIT = "ticket_form/split"


class TicketFormScreen(Screen):
    """The tab in which a case is written; `TicketForm` of ui/desk.py for the other screens."""

    def __init__(self, context: UiContext, now: Now = now_in_seoul) -> None:
        super().__init__(context)
        self._now = now
        self.fields = TicketFields()
        self.form = OpenForm(self.fields, context.agent.role)
        self.buttons = ButtonBar()
        self.pages = FormPages(context, self.form, now)
        self.relations = Relations(context, self.form, self.pages)
        self.saving = Saving(context, self.jobs, self.form, self.fields, now)
        self.freshness = Freshness(context, self.jobs, self.form, self.saving, self)
        self.undoing = Undoing(context, self.jobs, self.form, self.fields, self.saving)
        self.opening = Opening(
            context, self.jobs, self.form, self.fields, self.saving, self.undoing
        )
        self.templates = Templates(
            context, self.jobs, self.form, self.fields.content, self.fields.template, now
        )
        self.customers = Customers(context, self.jobs, self.form, self.pages.customer, self)
        self.registering = Registering(
            context, self.jobs, self.form, self.pages.customer, self.customers
        )
        self.linking = OrderLinking(context, self.jobs, self.form, self.customers)
        self.calling = Calling(
            context, self.jobs, self.form, self.fields, self.saving, self.customers, self
        )
        self.presence = Presence(context, self.form)
        self.guard = OrderGuard(context, self.jobs, self.form)
        self.retying = Retying(context, self.jobs, self.form, self)
        self._accompany(now)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._lay_out()
        self._wire()
        self._bind_keys()
        self._show_status()
        context.desk.attach_form(self)
        self.opening.load_choices()
        self.recovering.begin()
        self._clock.start()

    def _accompany(self, now: Now) -> None:
        """What follows the form without being asked: dates, hand-overs, the journal."""
        context = self.context
        self.ending = Ending(context, self.jobs, self.form, self.saving)
        self.approvals = TicketApprovalsShown(context, self.form)
        self.saving.settle_customer = self.registering.settle
        self.handovers = Handovers(context, self.form, self.fields)
        self.fields.keep_business_hours(context.house)
        self._due = DueDate(context.house, self.jobs, self.form, self.fields, now)
        self._recent = RecentTrail(context, self.form)
        self.journalling = Journalling(context, self.form, self.fields)
        self.cards = CardRecovering(
            context, self.form, self.saving, self.pages.customer, self.customers, self.registering
        )
        self.cards.bring_forward = self.pages.bring_forward
        self.recovering = Recovering(
            context,
            self.form,
            self.fields,
            self.saving,
            self.journalling,
            self.freshness,
            self.cards,
            self,
        )

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(6)
        column.addWidget(self.presence.bar)
        column.addWidget(self.freshness.bar)
        column.addWidget(self.approvals.strip)
        column.addWidget(self.relations)
        self.fields.show_beneath("고객", self.retying.button)
        self.fields.show_beneath("상품번호", self.guard.strip)
        column.addWidget(FieldColumn(self.fields), 1)
        column.addWidget(self.buttons)
        self._split.addWidget(left)
        self._split.addWidget(self.pages)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 0)
        self._split.setStretchFactor(1, 1)
        if not self._split.restoreState(self.context.state.blob(_SPLIT)):
            self._split.setSizes([450, 640])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)

    def _bind_keys(self) -> None:
        actions = self.context.desk.actions
        self.buttons.bind_keys(actions, self)
        keyed = self.fields.clear_buttons() | self.relations.keyed_buttons()
        keyed |= self.approvals.buttons()
        for action_id, button in keyed.items():
            actions.bind_button(action_id, button, self)
        actions.bind_button("retie_form_call", self.retying.button, self)
        actions.bind_button("retie_contact", self.pages.contacts.retie, self)
        actions.bind_button("request_form_pickup", self.pages.order.pickup, self)
        actions.bind("templates", self, self.templates.open)
        self.pages.bind_keys(actions, self)

    def _wire(self) -> None:
        self.buttons.action_requested.connect(self._on_action_requested)
        self.jobs.writing_changed.connect(self.buttons.set_busy)
        self.form.status_changed.connect(self._show_status)
        self.form.replaced.connect(self._show_links)
        self.form.customer_changed.connect(self._show_links)
        self.form.order_changed.connect(self._show_links)
        self.form.words_changed.connect(self._show_links)
        self.pages.ticket_chosen.connect(self._on_ticket_chosen)
        self.relations.ticket_chosen.connect(self._on_ticket_chosen)
        self.pages.order.other_chosen.connect(self.linking.take_order)
        self.guard.strip.chosen.connect(self._on_notice_chosen)
        self.pages.orders.order_chosen.connect(self.linking.take_own_order)
        self.pages.order.line_chosen.connect(self.linking.take_line)
        self.fields.type_chosen.connect(self.form.touch_call)
        self.fields.type_changed.connect(self.templates.show_for)
        self.customers.taken.connect(self._on_customer_taken)
        self.fields.customer_cleared.connect(self.undoing.clear_customer)
        self.fields.order_cleared.connect(self.undoing.clear_order)
        self.fields.line_cleared.connect(self.undoing.clear_line)
        self.context.desk.top_bar.customer_detail_requested.connect(self._on_detail_requested)
        self._split.splitterMoved.connect(self._on_split_moved)
        self._clock.timeout.connect(self._on_minute_passed)

    # TicketForm: what other screens ask for

    def load_ticket(self, ticket_id: int) -> None:
        self.opening.load_ticket(ticket_id)

    def load_draft(self, draft_id: UUID) -> None:
        self.opening.load_draft(draft_id)

    def load_customer(self, customer_id: int) -> None:
        self.saving.clear_way(partial(self._begin_with, customer_id))

    def take_order(self, order: OrderChoice) -> None:
        self.linking.take_order(order)

    def take_call(self, call_id: int) -> None:
        self.calling.take_call(call_id)

    def retie_call(self, call_id: int) -> None:
        self.retying.ask(call_id)

    def offer_call(self, call: OfferedCall) -> None:
        self.calling.offer_call(call)

    # Screen

    def dialled_from(self) -> DialledFrom:
        return DialledFrom(ticket_id=self.form.ticket_id)

    def take_focus(self) -> None:
        self.fields.take_focus()

    def leave(self, then: Callable[[], object]) -> None:
        self.saving.clear_way(partial(self.journalling.let_go, then))

    def abandon(self, then: Callable[[], object]) -> None:
        self.saving.abandon(partial(self.journalling.let_go, then))

    # What is shown

    @Slot()
    def _show_status(self) -> None:
        self._show_head(self.form.detail)
        self._show_elapsed()
        self.buttons.allow(self.form.allowed)
        self.fields.allow_changes(not self.form.is_closed)
        self._show_links()

    def _show_head(self, detail: TicketDetail | None) -> None:
        values = ("", "", "", "")
        if detail is not None:
            values = (
                detail.ticket_no,
                word(TICKET_STATUSES, detail.status),
                moment_text(detail.created_at),
                moment_text(detail.completed_at),
            )
        fields = self.fields
        shown = (fields.ticket_no, fields.status, fields.created_at, fields.completed_at)
        for field, value in zip(shown, values, strict=True):
            field.show_value(value)
        if self.form.waiting_id is not None:
            fields.status.show_value(self.tr("전송대기"), tone="accent")

    def _show_elapsed(self) -> None:
        detail = self.form.detail
        if detail is None or (detail.completed_at is None and not detail.is_open):
            self.fields.elapsed.show_value("")
            return
        span = (detail.completed_at or self._now()) - detail.created_at
        late = detail.is_open and is_overdue(
            due_on=detail.form.due_on, created_at=detail.created_at, now=self._now()
        )
        self.fields.elapsed.show_value(elapsed_text(span), tone="red" if late else "")

    @Slot()
    def _show_links(self) -> None:
        form = self.form
        nobody = form.customer_id is None and not form.new_customer_name
        words = (customer_words(form), order_words(form), line_words(form))
        self.fields.show_links(*words, nobody=nobody)
        self.fields.hint_order(form.order.order_no if form.order is not None else "")

    # Slots

    @Slot(object)
    def _on_action_requested(self, action: Action) -> None:
        self.form.touch_call()
        if action in (Action.SAVE, Action.TRANSFER, Action.COMPLETE, Action.CALLBACK):
            self.saving.write(action)
            return
        asks: dict[Action, Callable[[], object]] = {
            Action.NEW_FORM: self.opening.new_form,
            Action.PARK: partial(self.saving.park, "manual", self._on_parked),
            Action.DISCARD: partial(self.saving.clear_way, self.ending.discard),
            Action.FOLLOW_UP: partial(self.saving.clear_way, self.saving.follow_up),
            Action.REOPEN: self.ending.reopen,
            Action.ASK_REOPEN: self.ending.ask_to_reopen,
        }
        asks[action]()

    def _begin_with(self, customer_id: int) -> None:
        undo = self.undoing.undo()
        if not self.form.is_empty:
            self.form.clear()
        if undo is not None:
            self.context.desk.say(self.tr("새화면에 고객을 불러왔습니다."), undo)
        self.customers.take_id(customer_id)

    def _on_parked(self) -> None:
        self.form.clear()
        self.fields.take_focus()
        self.context.desk.say(self.tr("임시저장했습니다."))

    @Slot()
    def _on_customer_taken(self) -> None:
        """The typing goes on in the form in front, unless it has begun elsewhere in the window."""
        if not self.isVisible():
            return
        focus = QApplication.focusWidget()
        typing = focus is not None and focus.window() is self.window()
        if not typing or self.context.desk.top_bar.isAncestorOf(focus or self):
            self.take_focus()

    @Slot()
    def _on_detail_requested(self) -> None:
        self.context.desk.open_tab(FORM)
        self.pages.bring_forward(CUSTOMER)

    @Slot(int, bool)
    def _on_ticket_chosen(self, ticket_id: int, own: bool) -> None:
        """A ticket of the customer in the form takes the call along (spec 20, activities)."""
        self.opening.load_ticket(ticket_id, self.form.call if own else None)

    @Slot(object)
    def _on_notice_chosen(self, notice: GuardNotice) -> None:
        self._on_ticket_chosen(notice.ticket_id, notice.customer_id == self.form.customer_id)

    @Slot()
    def _on_split_moved(self) -> None:
        self.context.state.set_blob(_SPLIT, self._split.saveState())

    @Slot()
    def _on_minute_passed(self) -> None:
        self._show_elapsed()
        self.pages.refresh_clock()
