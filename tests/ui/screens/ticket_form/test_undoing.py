"""실행 취소: what the last clear took comes back whole, unless it would cover something."""

from dataclasses import replace
from datetime import date

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.tickets import Action
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.ui.screens.ticket_form.open_form import ShownCustomer, ShownOrder, TakenCall
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_call, a_customer, a_draft, a_leg, a_ticket, an_order, make
from tests.ui.conftest import AnsweredPrompts, Steps, WrittenDesk
from tests.ui.screens.ticket_form.test_saving import fill, press, said


@pytest.fixture
def full(screen: TicketFormScreen, database: Database, steps: Steps) -> TicketFormScreen:
    """Everything typed, picked and tied that a form can hold; a tag and a moment half typed."""
    call = make(database, a_call)
    make(database, a_leg, call=call, extension="101")
    screen.form.begin_call(TakenCall(call.id, "01000001234"))
    fill(screen, database)
    order = make(database, an_order)
    screen.form.set_order(ShownOrder(order.id, "2026-1", order.order_no))
    fields = screen.fields
    fields.tags.set_tags(["급함", "재문의"])
    fields.due_on.set_day(date(2099, 1, 2))
    fields.transfer_reason.setText("확인 부탁")
    fields.callback_at.setText("언젠가")
    steps.run()
    return screen


def undo(desk: WrittenDesk) -> None:
    assert desk.undo is not None
    desk.undo()


def test_a_discarded_form_comes_back_to_the_letter(
    full: TicketFormScreen, steps: Steps, prompts: AnsweredPrompts, desk: WrittenDesk
) -> None:
    before, call = full.form.keep(), full.form.call
    prompts.answers = ["버리기"]
    press(full, steps, Action.NEW_FORM)
    assert full.form.is_empty
    undo(desk)
    steps.run()
    after = full.form.keep()
    # Who the customer is was read again meanwhile.
    assert replace(after, customer=before.customer) == before
    assert full.form.customer_id == before.contents.form.customer_id
    assert full.form.call == call
    assert desk.top_bar.customer_name == "김정민"
    assert not full.customers.is_renaming
    assert full.form.has_unsaved
    assert full.fields.callback_at.text() == "언젠가"


def test_what_came_back_is_saved_once_with_its_call(
    full: TicketFormScreen,
    steps: Steps,
    prompts: AnsweredPrompts,
    desk: WrittenDesk,
    database: Database,
) -> None:
    prompts.answers = ["버리기"]
    press(full, steps, Action.NEW_FORM)
    undo(desk)
    full.fields.callback_at.clear()
    press(full, steps, Action.SAVE)
    assert full.form.ticket_id is not None
    detail = database.call(ticket_detail, full.form.ticket_id)
    assert detail.form.tags == ("급함", "재문의")
    assert detail.form.order_id == full.form.order_id


def test_newer_text_is_not_covered_and_the_undo_waits(
    full: TicketFormScreen, steps: Steps, prompts: AnsweredPrompts, desk: WrittenDesk
) -> None:
    prompts.answers = ["버리기"]
    press(full, steps, Action.NEW_FORM)
    full.fields.content.set_text("새로 쓰는 중")
    undo(desk)
    assert full.fields.content.text() == "새로 쓰는 중"
    assert "되돌리지 않았습니다" in said(desk)
    full.fields.content.set_text("")
    undo(desk)
    assert full.fields.content.text() == "언제 오나요"


def test_a_draft_comes_back_as_that_draft(
    screen: TicketFormScreen,
    steps: Steps,
    prompts: AnsweredPrompts,
    desk: WrittenDesk,
    database: Database,
    kim: Agent,
) -> None:
    draft = make(database, a_draft, agent=kim)
    screen.load_draft(draft.id)
    steps.run()
    screen.fields.content.set_text("더 씀")
    prompts.answers = ["버리기"]
    press(screen, steps, Action.NEW_FORM)
    undo(desk)
    assert (screen.form.draft_id, screen.fields.content.text()) == (draft.id, "더 씀")


def test_text_let_go_for_a_ticket_is_asked_about_once_and_comes_back(
    full: TicketFormScreen,
    steps: Steps,
    prompts: AnsweredPrompts,
    desk: WrittenDesk,
    database: Database,
    kim: Agent,
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    prompts.answers = ["버리기"]
    full.load_ticket(ticket.id)
    steps.run()
    assert (full.form.ticket_id, len(prompts.asked)) == (ticket.id, 1)
    undo(desk)
    assert full.form.ticket_id is None
    assert full.fields.content.text() == "언제 오나요"


@pytest.mark.parametrize("answer", ["저장", "임시저장"])
def test_what_was_kept_elsewhere_needs_no_undo(
    screen: TicketFormScreen,
    steps: Steps,
    prompts: AnsweredPrompts,
    desk: WrittenDesk,
    database: Database,
    answer: str,
) -> None:
    fill(screen, database)
    prompts.answers = [answer]
    press(screen, steps, Action.NEW_FORM)
    assert screen.form.is_empty
    assert desk.undo is None


def test_each_cross_is_taken_back(full: TicketFormScreen, desk: WrittenDesk, steps: Steps) -> None:
    form, clear = full.form, full.fields.clear_buttons()
    customer, order = form.customer_id, form.order
    assert order is not None
    line = replace(order, line_id=7, line_no="1", product="무선 청소기")
    form.set_order(line)
    clear["clear_line"].click()
    assert (form.order_id, form.line_id) == (order.order_id, None)
    undo(desk)
    assert form.order == line
    clear["clear_order"].click()
    assert form.order_id is None
    undo(desk)
    assert form.order == line
    clear["clear_customer"].click()
    assert form.customer_id is None
    undo(desk)
    assert form.customer_id == customer


def test_a_cleared_name_that_was_only_typed_comes_back(
    screen: TicketFormScreen, desk: WrittenDesk
) -> None:
    screen.form.set_new_name("홍길동")
    screen.fields.clear_buttons()["clear_customer"].click()
    assert screen.form.new_customer_name == ""
    undo(desk)
    assert screen.form.new_customer_name == "홍길동"
    assert desk.top_bar.customer_name == "홍길동"


def test_a_cross_is_not_taken_back_over_something_newer(
    full: TicketFormScreen, desk: WrittenDesk, database: Database
) -> None:
    clear = full.fields.clear_buttons()
    clear["clear_customer"].click()
    back = desk.undo
    assert back is not None
    other = make(database, a_customer, name="이다른")
    full.form.set_customer(ShownCustomer(other.id, "이다른"))
    back()
    assert full.form.customer_id == other.id
    clear["clear_order"].click()
    back = desk.undo
    assert back is not None
    full.form.clear()
    back()
    assert full.form.order_id is None
    assert "되돌리지 않았습니다" in said(desk)
