"""Calls in the form: taken by itself into an empty one, or with F2, 접수 and the caller strip."""

from collections.abc import Callable, Container
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ets_desktop.domain import phone
from ets_desktop.queries.callers import CallerCard
from ets_desktop.queries.calls import CallHistoryRow
from ets_desktop.ui.cards import OfferedCall
from ets_desktop.ui.context import ScreenJobs, UiContext
from ets_desktop.ui.screens.ticket_form.contents import is_touched
from ets_desktop.ui.screens.ticket_form.customer.choosing import Customers
from ets_desktop.ui.screens.ticket_form.fields import TicketFields
from ets_desktop.ui.screens.ticket_form.looking import Caller, look_at_caller
from ets_desktop.ui.screens.ticket_form.open_form import (
    LANE,
    OpenForm,
    ShownCustomer,
    TakenCall,
)
from ets_desktop.ui.screens.ticket_form.pressed.saving import Saving
from ets_desktop.ui.widgets.composition import finish_composition, is_composing


def is_busy_typing(screen: QWidget) -> bool:
    """Whether the person at the desk is in the middle of something on `screen`: a syllable, a
    text in any of its fields, a question, an open list."""
    if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
        return True
    if is_composing():
        return True
    focus = QApplication.focusWidget()
    if not isinstance(focus, QLineEdit) or not screen.isAncestorOf(focus):
        return False
    return not focus.isReadOnly() and bool(focus.text())


class Calling(QObject):
    """What is typed is never lost: F2 parks it as a draft before the caller's form opens."""

    def __init__(
        self,
        context: UiContext,
        jobs: ScreenJobs,
        form: OpenForm,
        fields: TicketFields,
        saving: Saving,
        customers: Customers,
        screen: QWidget,
    ) -> None:
        super().__init__(form)
        self._context = context
        self._jobs = jobs
        self._form = form
        self._fields = fields
        self._saving = saving
        self._customers = customers
        self._screen = screen

    # By itself

    def offer_call(self, call: OfferedCall) -> None:
        """A ring: asks nothing, moves no focus, and fills the form only if that covers nothing."""
        if self._jobs.is_writing or self._customers.is_typing or is_busy_typing(self._screen):
            return
        if self._form.is_empty or self._is_left_by(call.missed):
            number, count = call.number, call.candidates
            self._form.begin_call(TakenCall(call.call_id, number, count, by_itself=True))
            if call.customer is not None:
                card = call.customer
                self._form.set_customer(
                    ShownCustomer(card.customer_id, card.name, card.customer_no, number or "")
                )
            elif count:
                told = self.tr("고객 {count}명: F2를 누르거나 수신고객을 눌러 고르십시오.")
                self._customers.remarks.say(told.format(count=count))

    def _is_left_by(self, missed: Container[int]) -> bool:
        """True if a call that nobody answered filled the form by itself, and nobody used it."""
        form, call = self._form, self._form.call
        if call is None or not call.by_itself or call.call_id not in missed:
            return False
        # The customer came with the call.
        now = replace(form.contents.form, customer_id=form.before.form.customer_id)
        return not is_touched(replace(form.contents, form=now), form.before)

    # By the user

    def take_call(self, call_id: int) -> None:
        """This call belongs to the form from now on (spec 10: F2, 접수, the caller strip)."""
        mine = self._form.call
        if mine is not None and mine.call_id == call_id and self._form.ticket_id is None:
            self._form.touch_call()
            self._look(call_id, self._on_looked_again)
        elif self._jobs.is_writing:
            self._context.desk.say(self.tr("저장하는 중입니다. 잠시 뒤 다시 하십시오."))
        else:
            self._make_room(lambda: self._look(call_id, self._on_looked))

    def _make_room(self, then: Callable[[], object]) -> None:
        """What was typed goes to 접수정보 임시저장 first."""
        finish_composition()
        if not self._form.has_unsaved:
            then()
            return

        def on_parked() -> None:
            self._form.clear()
            self._context.desk.say(
                self.tr("통화를 불러오며 쓰던 내용을 접수정보 임시저장에 넣었습니다.")
            )
            then()

        self._saving.park("call", on_parked)

    def _look(self, call_id: int, on_done: Callable[[Caller], object]) -> None:
        extension = self._context.agent.extension
        self._jobs.load(look_at_caller, extension, call_id, on_done=on_done, lane=LANE)

    def _on_looked(self, caller: Caller) -> None:
        call, card = caller
        if call is None:
            self._context.desk.say(self.tr("이 내선의 통화가 아닙니다."))
        else:
            # Once more, for something may have been typed while this was read.
            self._make_room(partial(self._begin, call, card))

    def _begin(self, call: CallHistoryRow, card: CallerCard) -> None:
        self._form.begin_call(TakenCall(call.call_id, call.number, len(card.candidates)))
        if card.customer is not None:
            self._customers.take(card.customer)
            self._fields.take_focus()
        else:
            self._ask_who(card)

    def _on_looked_again(self, caller: Caller) -> None:
        """F2 on the call that is in the form already: who is it, or who else might it be?"""
        _, card = caller
        if self._form.customer_id is not None and len(card.candidates) < 2:
            self._fields.take_focus()
        else:
            self._ask_who(card)

    def _ask_who(self, card: CallerCard) -> None:
        if not card.candidates:
            self._customers.begin_new()
            return
        number = phone.display(card.number) if card.number is not None else ""
        told = self.tr("{number} · {count}명").format(number=number, count=len(card.candidates))
        self._customers.choose_from(card.candidates, told)
