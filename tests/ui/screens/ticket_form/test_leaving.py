"""저장하지 않은 내용: asked before typed text would go, whoever wants the form (spec 20)."""

import pytest
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.tickets import Action
from ets_desktop.queries.customers import customer_detail, find_customers
from ets_desktop.queries.drafts import my_drafts
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import (
    a_call,
    a_customer,
    a_leg,
    a_phone,
    a_ticket,
    a_transfer,
    make,
)
from tests.ui.conftest import AnsweredPrompts, Steps
from tests.ui.screens.ticket_form.test_saving import fill, press

ASKED = ("저장하지 않은 내용", ("저장", "임시저장", "버리기", "취소"))


def asked(prompts: AnsweredPrompts) -> list[tuple[str, tuple[str, ...]]]:
    return [(title, buttons) for title, _, buttons in prompts.asked]


class Left:
    """What stands for the window that wants to close."""

    def __init__(self) -> None:
        self.count = 0

    def go(self) -> None:
        self.count += 1


@pytest.mark.parametrize("answer", ["저장", "임시저장", "버리기", "취소"])
def test_a_new_screen_asks_about_typed_text(
    screen: TicketFormScreen,
    steps: Steps,
    database: Database,
    prompts: AnsweredPrompts,
    kim: Agent,
    answer: str,
) -> None:
    fill(screen, database)
    prompts.answers = [answer]
    press(screen, steps, Action.NEW_FORM)
    assert asked(prompts) == [ASKED]
    drafts = database.call(my_drafts, kim.id, None, 10).rows
    assert len(drafts) == (answer == "임시저장")
    assert (screen.fields.content.text() == "") == (answer != "취소")
    assert screen.form.is_empty == (answer != "취소")


def test_an_empty_form_and_an_unchanged_ticket_ask_nothing(
    screen: TicketFormScreen, steps: Steps, database: Database, prompts: AnsweredPrompts, kim: Agent
) -> None:
    press(screen, steps, Action.NEW_FORM)
    ticket = make(database, a_ticket, created_by=kim)
    screen.load_ticket(ticket.id)
    steps.run()
    assert screen.fields.ticket_no.text() == ticket.ticket_no
    left = Left()
    screen.leave(left.go)
    assert left.count == 1
    assert prompts.asked == []


def test_loading_a_ticket_over_text_asks_and_cancel_keeps_the_text(
    screen: TicketFormScreen, steps: Steps, database: Database, prompts: AnsweredPrompts, kim: Agent
) -> None:
    fill(screen, database)
    ticket = make(database, a_ticket, created_by=kim)
    prompts.answers = ["취소"]
    screen.load_ticket(ticket.id)
    steps.run()
    assert screen.fields.content.text() == "언제 오나요"
    prompts.answers = ["저장"]
    screen.load_ticket(ticket.id)
    steps.run()
    assert screen.form.ticket_id == ticket.id
    assert screen.fields.content.text() == ticket.content


def test_the_window_stays_open_if_the_save_is_refused(
    screen: TicketFormScreen, steps: Steps, database: Database, prompts: AnsweredPrompts
) -> None:
    screen.fields.content.set_text("누구의 문의인지 모름")
    left = Left()
    prompts.answers = ["저장"]
    screen.leave(left.go)
    steps.run()
    assert left.count == 0
    assert screen.fields.error("고객")
    assert screen.fields.content.text() == "누구의 문의인지 모름"
    prompts.answers = ["임시저장"]
    screen.leave(left.go)
    steps.run()
    assert left.count == 1


def test_told_to_end_the_form_keeps_its_text_as_a_recovered_draft_unasked(
    screen: TicketFormScreen, steps: Steps, database: Database, prompts: AnsweredPrompts, kim: Agent
) -> None:
    left = Left()
    screen.abandon(left.go)
    assert left.count == 1
    fill(screen, database)
    screen.abandon(left.go)
    steps.run()
    assert (left.count, prompts.asked) == (2, [])
    draft = database.call(my_drafts, kim.id, None, 10).rows[0]
    assert draft.kind == "recovered"


def test_told_to_end_in_the_middle_of_a_save_the_form_waits_for_it(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent, qtbot: QtBot
) -> None:
    fill(screen, database)
    screen.buttons.button(Action.SAVE).click()
    left = Left()
    screen.abandon(left.go)
    assert left.count == 0
    steps.run()
    qtbot.waitUntil(lambda: left.count == 1)
    assert database.call(my_drafts, kim.id, None, 10).rows == ()


def test_text_typed_while_a_ticket_was_being_read_is_asked_about(
    screen: TicketFormScreen, steps: Steps, database: Database, prompts: AnsweredPrompts, kim: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    screen.load_ticket(ticket.id)
    screen.fields.content.set_text("그사이 쓴 글")
    prompts.answers = ["취소"]
    steps.run()
    assert screen.fields.content.text() == "그사이 쓴 글"


def test_a_changed_field_of_a_stored_ticket_is_unsaved_until_saved(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim, caller_number="01000001111")
    screen.load_ticket(ticket.id)
    steps.run()
    screen.fields.ticket_type.set_code("complaint")
    screen.fields.resolution.set_text("교환")
    screen.fields.confirmed.setChecked(True)
    assert screen.form.has_unsaved
    press(screen, steps, Action.SAVE)
    form = database.call(ticket_detail, ticket.id).form
    assert (form.ticket_type, form.resolution, form.customer_confirmed) == (
        "complaint",
        "교환",
        True,
    )
    assert not screen.form.has_unsaved


def test_opening_an_offered_ticket_accepts_it(open_screen, steps, database, kim, lee) -> None:
    transfer = make(database, a_transfer, from_agent=kim, to_agent=lee)
    screen = open_screen(lee)
    screen.load_ticket(transfer.ticket_id)
    steps.run()
    detail = database.call(ticket_detail, transfer.ticket_id)
    assert detail.last_transfer is not None
    assert detail.last_transfer.state == "accepted"


CREATE = ("저장하지 않은 내용", ("만들기", "버리기", "취소"))
CHANGE = ("저장하지 않은 내용", ("저장", "버리기", "취소"))


def type_name(screen: TicketFormScreen, name: str) -> None:
    bar = screen.context.desk.top_bar
    bar.set_customer_name(name)
    bar.customer_name_edited.emit(name)


@pytest.mark.parametrize("answer", ["만들기", "버리기", "취소"])
def test_an_unsaved_new_customer_is_asked_about(
    screen: TicketFormScreen,
    steps: Steps,
    database: Database,
    prompts: AnsweredPrompts,
    answer: str,
) -> None:
    type_name(screen, "박새롬")
    left = Left()
    prompts.answers = [answer]
    screen.leave(left.go)
    steps.run()
    assert asked(prompts) == [CREATE]
    assert left.count == (answer != "취소")
    assert len(database.call(find_customers, "박새롬")) == (answer == "만들기")
    assert (screen.context.desk.top_bar.customer_name == "") == (answer == "버리기")


@pytest.mark.parametrize("answer", ["저장", "버리기", "취소"])
def test_a_changed_customer_is_asked_about(
    screen: TicketFormScreen,
    steps: Steps,
    database: Database,
    prompts: AnsweredPrompts,
    answer: str,
) -> None:
    customer = make(database, a_customer, name="김정민")
    screen.load_customer(customer.id)
    steps.run()
    screen.pages.customer.button("편집").click()
    screen.pages.customer.address.setText("새 주소")
    left = Left()
    prompts.answers = [answer]
    screen.leave(left.go)
    steps.run()
    assert asked(prompts) == [CHANGE]
    assert left.count == (answer != "취소")
    stored = database.call(customer_detail, customer.id).address
    assert stored == ("새 주소" if answer == "저장" else "")
    assert screen.pages.customer.is_editing == (answer == "취소")


def test_a_card_under_edit_survives_another_form_and_saves_its_own_customer(
    screen: TicketFormScreen, steps: Steps, database: Database, prompts: AnsweredPrompts, kim: Agent
) -> None:
    first = make(database, a_customer, name="김정민")
    other = make(database, a_customer, name="이영희", address="남의 주소")
    screen.load_customer(first.id)
    steps.run()
    screen.pages.customer.button("편집").click()
    screen.pages.customer.address.setText("새 주소")
    call = make(database, a_call, customer=other, caller_number="01000001111")
    make(database, a_phone, customer=other, digits="01000001111")
    make(database, a_leg, call=call, agent=kim)
    screen.take_call(call.id)
    steps.run()
    assert screen.form.customer_id == other.id
    assert screen.pages.customer.address.text() == "새 주소"
    screen.pages.customer.button("저장").click()
    steps.run()
    assert database.call(customer_detail, first.id).address == "새 주소"
    assert database.call(customer_detail, other.id).address == "남의 주소"
    assert screen.pages.customer.address.text() == "남의 주소"
    assert prompts.asked == []
