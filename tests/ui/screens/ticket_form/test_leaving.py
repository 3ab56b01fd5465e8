"""저장하지 않은 내용: asked before typed text would go, whoever wants the form (spec 20)."""

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.tickets import Action
from ets_desktop.queries.drafts import my_drafts
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_ticket, make
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
    from tests.factories import a_transfer

    transfer = make(database, a_transfer, from_agent=kim, to_agent=lee)
    screen = open_screen(lee)
    screen.load_ticket(transfer.ticket_id)
    steps.run()
    detail = database.call(ticket_detail, transfer.ticket_id)
    assert detail.last_transfer is not None
    assert detail.last_transfer.state == "accepted"
