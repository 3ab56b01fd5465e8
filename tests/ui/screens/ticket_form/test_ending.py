"""폐기처리 and 재오픈 beside somebody else: the typed reason is asked for once (spec 20)."""

from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.tickets import Action
from ets_desktop.queries.history import ticket_history_rows
from ets_desktop.services.ticket_forms import SaveTicket
from ets_desktop.services.tickets import CompleteTicket, complete_ticket
from ets_desktop.ui.screens.ticket_form.around.history_page import field_word
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_customer, a_ticket, make
from tests.ui.conftest import AnsweredPrompts, Steps, WrittenDesk
from tests.ui.screens.ticket_form.conftest import OpenScreen
from tests.ui.screens.ticket_form.test_saving import press, said
from tests.ui.screens.ticket_form.test_two_people import other_saves, stored


@pytest.fixture
def ticket_id(database: Database, kim: Agent) -> int:
    customer = make(database, a_customer)
    return int(make(database, a_ticket, created_by=kim, customer=customer).id)


@pytest.fixture
def loaded(screen: TicketFormScreen, steps: Steps, ticket_id: int) -> TicketFormScreen:
    screen.load_ticket(ticket_id)
    steps.run()
    return screen


def test_the_reason_of_a_stale_discard_stands_there_again(
    loaded: TicketFormScreen,
    steps: Steps,
    database: Database,
    lee: Agent,
    ticket_id: int,
    prompts: AnsweredPrompts,
    desk: WrittenDesk,
) -> None:
    other_saves(database, lee, ticket_id, title="이담당의 제목")
    prompts.answers = ["잘못 접수"]
    press(loaded, steps, Action.DISCARD)
    assert stored(database, ticket_id).status == "received"
    assert not loaded.freshness.bar.isHidden()
    assert "사유는 그대로" in said(desk)
    loaded.freshness.bar.acted.emit()
    steps.run()
    prompts.answers = ["잘못 접수"]
    press(loaded, steps, Action.DISCARD)
    assert prompts.text == "잘못 접수"
    assert stored(database, ticket_id).discard_reason == "잘못 접수"


def test_a_reason_that_went_through_is_no_proposal_for_the_next(
    loaded: TicketFormScreen,
    steps: Steps,
    database: Database,
    kim: Agent,
    ticket_id: int,
    prompts: AnsweredPrompts,
) -> None:
    prompts.answers = ["잘못 접수"]
    press(loaded, steps, Action.DISCARD)
    database.call(lambda s: s.execute(text("UPDATE ticket SET status = 'received'")))
    loaded.load_ticket(ticket_id)
    steps.run()
    prompts.answers = [None]
    press(loaded, steps, Action.DISCARD)
    assert prompts.text == ""


def test_a_ticket_that_was_closed_meanwhile_keeps_the_reason_too(
    loaded: TicketFormScreen,
    steps: Steps,
    database: Database,
    lee: Agent,
    ticket_id: int,
    prompts: AnsweredPrompts,
    desk: WrittenDesk,
) -> None:
    now = stored(database, ticket_id)
    work = SaveTicket(lee.id, ticket_id, now.version, now.form)
    database.call(complete_ticket, CompleteTicket(work))
    prompts.answers = ["잘못 접수"]
    press(loaded, steps, Action.DISCARD)
    assert "완료되었거나" in said(desk)
    assert not loaded.freshness.bar.isHidden()


def test_the_reason_of_a_stale_reopening_stands_there_again(
    open_screen: OpenScreen,
    steps: Steps,
    database: Database,
    kim: Agent,
    park: Agent,
    prompts: AnsweredPrompts,
) -> None:
    ticket = make(database, a_ticket, created_by=kim, status="completed")
    desk = open_screen(park)
    desk.load_ticket(ticket.id)
    steps.run()
    database.call(lambda s: s.execute(text("UPDATE ticket SET version = version + 1")))
    prompts.answers = ["다시 문의"]
    press(desk, steps, Action.REOPEN)
    assert stored(database, ticket.id).status == "completed"
    desk.freshness.bar.acted.emit()
    steps.run()
    prompts.answers = ["다시 문의"]
    press(desk, steps, Action.REOPEN)
    assert prompts.text == "다시 문의"
    assert stored(database, ticket.id).status == "received"


def test_the_reason_outlives_a_database_that_is_away(
    loaded: TicketFormScreen,
    steps: Steps,
    prompts: AnsweredPrompts,
    desk: WrittenDesk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_args: Any, **_given: Any) -> None:
        raise Unavailable("database_away")

    monkeypatch.setattr(loaded.jobs, "_call", away)
    prompts.answers = ["잘못 접수"]
    press(loaded, steps, Action.DISCARD)
    assert ("tell", "database_away") in desk.asked
    prompts.answers = [None]
    press(loaded, steps, Action.DISCARD)
    assert prompts.text == "잘못 접수"


def test_the_reason_of_a_reopening_stands_in_the_history_under_its_own_word(
    open_screen: OpenScreen,
    steps: Steps,
    database: Database,
    kim: Agent,
    park: Agent,
    prompts: AnsweredPrompts,
) -> None:
    ticket = make(database, a_ticket, created_by=kim, status="completed")
    desk = open_screen(park)
    desk.load_ticket(ticket.id)
    steps.run()
    prompts.answers = ["다시 문의"]
    press(desk, steps, Action.REOPEN)
    page = database.call(ticket_history_rows, ticket.id, None, 20)
    assert [field_word(row.field) for row in page.rows if row.new == "다시 문의"] == ["재오픈사유"]


def test_without_a_ticket_there_is_nothing_to_end(
    screen: TicketFormScreen, prompts: AnsweredPrompts
) -> None:
    screen.ending.discard()
    assert prompts.asked == []
