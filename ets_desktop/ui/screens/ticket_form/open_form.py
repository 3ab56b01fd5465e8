"""The form in hand: what is in it, what it was filled with, and whose call it holds."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal

from ets_desktop.domain import phone
from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.tickets import OPEN_STATUSES, Action, TicketForm, allowed_actions
from ets_desktop.queries.tickets import TicketDetail
from ets_desktop.services.ticket_forms import Saved
from ets_desktop.ui.screens.ticket_form.contents import (
    emptied,
    empty_contents,
    has_unsaved,
    is_touched,
    rebased,
)
from ets_desktop.ui.screens.ticket_form.fields import TicketFields, Unfinished
from ets_desktop.ui.screens.ticket_form.shown import (
    ShownCustomer,
    ShownOrder,
    TakenCall,
    customer_of,
    order_of,
)
from ets_desktop.ui.widgets.composition import finish_composition

__all__ = [
    "LANE",
    "KeptForm",
    "OpenForm",
    "ShownCustomer",
    "ShownOrder",
    "TakenCall",
    "contents_of",
]

#: Whatever fills the form is read in this lane: the newest wish wins.
LANE = "open"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A whole form put aside: what `bring_back` needs to show it again to the letter."""

    contents: FormContents
    before: FormContents
    status: str | None
    detail: TicketDetail | None
    draft_id: UUID | None
    customer: ShownCustomer | None
    order: ShownOrder | None
    call: TakenCall | None
    unfinished: Unfinished
    #: its save that waited for the database then, and what it held before that was pressed
    waiting_id: UUID | None
    before_waiting: FormContents

    @property
    def ties(self) -> dict[str, Any]:
        """What the form hangs on, beside its contents."""
        names = ("detail", "call", "draft_id", "customer", "order")
        return {name: getattr(self, name) for name in names}


class OpenForm(QObject):
    """One form after the other goes through here; the fields hold the text, this the rest."""

    #: another form: a ticket, a draft, a call, an empty one
    replaced = Signal()
    customer_changed = Signal()
    order_changed = Signal()
    #: the words for customer, order or caller are known better
    words_changed = Signal()
    #: what may be done has changed: saved, closed, reopened
    status_changed = Signal()

    def __init__(self, fields: TicketFields, role: str) -> None:
        super().__init__(fields)
        self._fields = fields
        self._role = role
        self._held = empty_contents(uuid4())
        self._before = self.before_waiting = self._held
        self._status: str | None = None
        self._new_name = ""
        self.detail: TicketDetail | None = None
        self.draft_id: UUID | None = None
        #: the save of this form that waits for the database (전송대기)
        self.waiting_id: UUID | None = None
        self.customer: ShownCustomer | None = None
        self.order: ShownOrder | None = None
        self.call: TakenCall | None = None
        fields.show_contents(self._held)
        self._before = self.contents

    # What it holds

    @property
    def contents(self) -> FormContents:
        """Everything in the form, as a draft would keep it."""
        return replace(self._fields.read_into(self._held), customer_name=self._new_name)

    @property
    def before(self) -> FormContents:
        """As the program filled it."""
        return self._before

    @property
    def client_id(self) -> UUID:
        """Which form it is, stored or not."""
        return self._held.form.client_id

    @property
    def ticket_id(self) -> int | None:
        return self._held.ticket_id

    @property
    def version(self) -> int | None:
        return self._held.version

    @property
    def customer_id(self) -> int | None:
        return self._held.form.customer_id

    @property
    def order_id(self) -> int | None:
        return self._held.form.order_id

    @property
    def line_id(self) -> int | None:
        return self._held.form.order_line_id

    @property
    def category_name(self) -> str:
        return self._fields.category.currentText()

    @property
    def base(self) -> TicketForm | None:
        """The stored ticket that this form started from; None if that version is not known."""
        if self.detail is None or self.detail.version != self.version:
            return None
        return self.detail.form

    @property
    def allowed(self) -> frozenset[Action]:
        if self.waiting_id is not None:
            return frozenset({Action.NEW_FORM})
        return allowed_actions(self._status, self._role)

    @property
    def is_closed(self) -> bool:
        return self._status is not None and self._status not in OPEN_STATUSES

    @property
    def has_unsaved(self) -> bool:
        if self.is_closed:
            return False
        return self._fields.has_unfinished_text or has_unsaved(self.contents, self._before)

    @property
    def has_only_a_name(self) -> bool:
        """True when nothing is unsaved but the name of a customer who is not registered yet."""
        if not self._new_name or self._fields.has_unfinished_text:
            return False
        return not has_unsaved(replace(self.contents, customer_name=""), self._before)

    @property
    def is_empty(self) -> bool:
        """True when filling it would cover nothing."""
        held = self._held
        if held.ticket_id or held.follow_up_of or held.call_id or self.draft_id or self.waiting_id:
            return False
        return not (self._fields.has_unfinished_text or is_touched(self.contents, self._before))

    @property
    def new_customer_name(self) -> str:
        """What was typed for a customer not yet saved."""
        return self._new_name

    @property
    def number(self) -> str:
        """The digits by which the person in hand is reached, "" if unknown."""
        own = self.customer.number if self.customer is not None else ""
        return self._held.form.caller_number or own

    def finish_typing(self) -> bool:
        """Take in what is half typed; false if a tag was refused (it says so itself)."""
        finish_composition()
        return self._fields.add_pending_tag()

    # Another form

    def clear(self) -> None:
        self._replace(empty_contents(uuid4()))

    def begin_call(self, call: TakenCall) -> None:
        """An empty form for the caller."""
        contents = empty_contents(uuid4(), call_id=call.call_id, caller_number=call.number)
        self._replace(contents, call=call)

    def show_ticket(self, detail: TicketDetail, call: TakenCall | None = None) -> None:
        """A stored ticket; `call` goes along if the contact belongs to it."""
        call_id = None if call is None else call.call_id
        self._replace(replace(contents_of(detail), call_id=call_id), detail=detail, call=call)

    def show_draft(
        self, draft_id: UUID | None, contents: FormContents, detail: TicketDetail | None
    ) -> None:
        """A draft; `detail` is the stored ticket if it is one's. The draft stays until saved."""
        call = None
        if contents.call_id is not None:
            call = TakenCall(contents.call_id, contents.form.caller_number)
        self._replace(contents, detail=detail, call=call, draft_id=draft_id)

    def show_recovered(
        self, draft_id: UUID | None, contents: FormContents, detail: TicketDetail | None
    ) -> None:
        """What was typed before a desk ended: as a draft, but all of it is unsaved."""
        self.show_draft(draft_id, contents, detail)
        self._before = emptied(contents) if detail is None else contents_of(detail)
        self.status_changed.emit()

    def show_follow_up(self, contents: FormContents) -> None:
        """추가 접수 새화면: customer, order and call stay."""
        self._replace(contents, call=self.call, customer=self.customer, order=self.order)

    def _replace(
        self,
        contents: FormContents,
        *,
        detail: TicketDetail | None = None,
        call: TakenCall | None = None,
        draft_id: UUID | None = None,
        customer: ShownCustomer | None = None,
        order: ShownOrder | None = None,
    ) -> None:
        self._held = contents
        self._new_name = contents.customer_name
        self._status = None if detail is None else detail.status
        self.detail = detail
        self.call = call
        self.draft_id = draft_id
        self.waiting_id = None
        self.customer = customer or customer_of(detail)
        self.order = order or order_of(detail)
        self._fields.show_contents(contents, "" if detail is None else detail.category)
        self._before = self.contents
        self.replaced.emit()
        self.status_changed.emit()

    def keep(self) -> KeptForm:
        """What is in the form now, also what is half typed."""
        ties = (self.detail, self.draft_id, self.customer, self.order, self.call)
        unsent = (self._fields.unfinished(), self.waiting_id, self.before_waiting)
        return KeptForm(self.contents, self._before, self._status, *ties, *unsent)

    def bring_back(self, kept: KeptForm) -> None:
        """The form as it was kept, its ties to call, draft and ticket too."""
        self._replace(kept.contents, **kept.ties)
        self.customer, self.order = kept.customer, kept.order  # not the stored ticket's
        self._fields.put_unfinished(kept.unfinished)
        self._before, self._status = kept.before, kept.status
        self.waiting_id, self.before_waiting = kept.waiting_id, kept.before_waiting
        self.status_changed.emit()

    # Parts of the form

    def set_customer(self, customer: ShownCustomer | None) -> None:
        """Another customer; the caller's number stays with the form."""
        self._new_name = ""
        self._hold(customer_id=None if customer is None else customer.customer_id)
        self._know_customer(customer)
        self.customer_changed.emit()

    def name_customer(self, customer: ShownCustomer) -> None:
        """The words for the customer in the form, read meanwhile."""
        if customer.customer_id == self.customer_id:
            self._know_customer(customer)
            self.words_changed.emit()

    def set_new_name(self, name: str) -> None:
        """신규고객: typed, not yet saved."""
        self._new_name = name
        self.words_changed.emit()

    def set_order(self, order: ShownOrder | None) -> None:
        self.order = order
        self._hold(
            order_id=None if order is None else order.order_id,
            order_line_id=None if order is None else order.line_id,
        )
        self.order_changed.emit()

    def name_order(self, order: ShownOrder) -> None:
        """The words for the order in the form, read meanwhile."""
        if (order.order_id, order.line_id) == (self.order_id, self.line_id):
            self.order = order
            self.words_changed.emit()

    def touch_call(self) -> None:
        """Somebody works with the call in the form: it gives way to no other by itself."""
        if self.call is not None and self.call.by_itself:
            self.call = replace(self.call, by_itself=False)

    def _know_customer(self, customer: ShownCustomer | None) -> None:
        was = _shown(self.number)
        self.customer = customer
        self._propose_number(instead_of=was)

    def _propose_number(self, instead_of: str) -> None:
        number = _shown(self.number)
        if self._fields.propose_callback_number(number, instead_of=instead_of):
            self._before = replace(self._before, callback_number=number)

    def _hold(self, **values: Any) -> None:
        self._held = replace(self._held, form=replace(self._held.form, **values))

    # After a save, here or elsewhere

    def mark_saved(self, sent: FormContents, saved: Saved) -> None:
        """`sent` is stored now; what was typed since stays, unsaved."""
        stored = {"ticket_id": saved.ticket_id, "version": saved.version}
        self._held = replace(self._held, **stored)  # type: ignore[arg-type]
        self._before = replace(sent, **stored)  # type: ignore[arg-type]
        if self.detail is not None:
            self.detail = replace(self.detail, version=saved.version, form=sent.form)
        self._status = saved.status
        self.draft_id = self.waiting_id = None
        self.status_changed.emit()

    def mark_waiting(self, save_id: UUID, sent: FormContents) -> None:
        """`sent` goes to the database once that is back; what is typed since is unsaved."""
        self.waiting_id = save_id
        self.before_waiting, self._before = self._before, sent
        self.status_changed.emit()

    def end_waiting(self) -> None:
        """It was refused: all of it is unsaved again."""
        self.waiting_id, self._before = None, self.before_waiting
        self.status_changed.emit()

    def refresh(self, detail: TicketDetail, sent: FormContents) -> None:
        """After a save: show what is stored, but keep what was typed meanwhile."""
        self.rebase(detail, rebased(self.contents, sent, contents_of(detail)))

    def rebase(self, detail: TicketDetail, mine: FormContents) -> None:
        """Go on from the stored `detail`, with `mine` in the form."""
        old = self._held.form
        if mine.form.customer_id is not None:
            self._new_name = ""
        self._held = replace(mine, ticket_id=detail.ticket_id, version=detail.version)
        self._status = detail.status
        self.detail = detail
        if mine.form.customer_id == detail.form.customer_id and self.customer is None:
            self.customer = customer_of(detail)
        self._fields.renew_contents(self._held, detail.category)
        self._before = replace(contents_of(detail), call_id=mine.call_id)
        self._propose_number(instead_of=_shown(self.number))
        if old.customer_id != self.customer_id:
            self.customer = customer_of(detail)
            self.customer_changed.emit()
        if (old.order_id, old.order_line_id) != (self.order_id, self.line_id):
            self.order = order_of(detail)
            self.order_changed.emit()
        self.status_changed.emit()


def contents_of(detail: TicketDetail) -> FormContents:
    """A stored ticket as the form shows it."""
    callback = detail.callback
    return FormContents(
        form=detail.form,
        ticket_id=detail.ticket_id,
        version=detail.version,
        follow_up_of=detail.follow_up_of,
        callback_at=callback.due_at if callback is not None else None,
        callback_number=_shown(callback.number) if callback is not None else "",
    )


def _shown(digits: str | None) -> str:
    return phone.display(digits) if digits else ""
