"""What stands in the form goes to the journal, also in mid-syllable, and is taken back in time."""

from typing import Any

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.journal import JournalEntry, entry_from_json
from ets_desktop.domain.tickets import Action
from ets_desktop.ui.screens.ticket_form.kept.journalling import GATHER_MS
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_customer, a_ticket, make
from tests.ui.conftest import KeptJournal, Steps


def entries(screen: TicketFormScreen, journal: KeptJournal) -> list[JournalEntry]:
    screen.journalling.look()
    return [entry_from_json(written) for written in journal.forms.values()]


def compose(field: QWidget, syllable: str) -> None:
    field.window().activateWindow()
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent(syllable, []))


def test_a_keystroke_is_journalled_by_itself(
    screen: TicketFormScreen, journal: KeptJournal, qtbot: QtBot
) -> None:
    screen.fields.content.set_text("언제")
    assert screen.journalling._timer.isActive()
    assert GATHER_MS < 1000
    with qtbot.waitSignal(screen.journalling._timer.timeout, timeout=5000):
        screen.fields.content.set_text("언제 오나요")
    [written] = journal.forms.values()
    assert entry_from_json(written).contents.form.content == "언제 오나요"


def test_what_has_not_changed_is_not_written_again(
    screen: TicketFormScreen, journal: KeptJournal
) -> None:
    screen.fields.content.set_text("언제")
    [first] = entries(screen, journal)
    journal.forms.clear()
    assert entries(screen, journal) == []
    screen.fields.title.setText("제목")
    [second] = entries(screen, journal)
    assert (first.contents.form.title, second.contents.form.title) == ("", "제목")


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("title", lambda entry: entry.contents.form.title),
        ("content", lambda entry: entry.contents.form.content),
        ("transfer_reason", lambda entry: entry.contents.transfer_reason),
        ("tags", lambda entry: entry.tag),
        ("receiver", lambda entry: entry.receiver),
        ("callback_at", lambda entry: entry.callback),
    ],
)
def test_a_syllable_under_way_is_typed_text(
    screen: TicketFormScreen, journal: KeptJournal, name: str, read: Any
) -> None:
    part = getattr(screen.fields, name)
    # A combo box hands on what is typed, as the system gives it to what has the focus.
    field = part.focusProxy() or part
    compose(field, "가")
    [entry] = entries(screen, journal)
    assert read(entry) == "가"
    compose(field, "")
    assert entries(screen, journal) == []


def test_a_syllable_stands_where_it_is_typed(
    screen: TicketFormScreen, journal: KeptJournal
) -> None:
    screen.fields.title.setText("배송문의")
    screen.fields.title.setCursorPosition(2)
    compose(screen.fields.title, "의")
    [entry] = entries(screen, journal)
    assert entry.contents.form.title == "배송의문의"
    assert screen.fields.title.text() == "배송문의"


def test_a_syllable_elsewhere_is_none_of_the_forms(
    screen: TicketFormScreen, journal: KeptJournal
) -> None:
    compose(screen.context.desk.top_bar._customer_id, "가")
    assert entries(screen, journal) == []


def test_a_syllable_of_a_newcomers_name_is_typed_text(
    screen: TicketFormScreen, journal: KeptJournal, qtbot: QtBot
) -> None:
    bar = screen.context.desk.top_bar
    qtbot.addWidget(bar)
    with qtbot.waitActive(bar):
        bar.show()
        bar.activateWindow()
    bar._customer_name.setText("하늘")
    compose(bar._customer_name, "별")
    [entry] = entries(screen, journal)
    assert entry.contents.customer_name == "하늘별"


def test_what_is_half_typed_is_kept_as_it_stands(
    screen: TicketFormScreen, journal: KeptJournal
) -> None:
    screen.fields.tags.set_pending_text("파")
    screen.fields.receiver.setEditText("이담당 아닌 누구")
    screen.fields.callback_at.setText("내일쯤")
    [entry] = entries(screen, journal)
    assert (entry.tag, entry.receiver, entry.callback) == ("파", "이담당 아닌 누구", "내일쯤")


def test_a_name_typed_for_a_newcomer_is_kept(
    screen: TicketFormScreen, journal: KeptJournal
) -> None:
    screen.form.set_new_name("하늘별")
    [entry] = entries(screen, journal)
    assert (entry.contents.customer_name, entry.customer) == ("하늘별", "하*별")


@pytest.mark.parametrize("action", [Action.SAVE, Action.PARK])
def test_what_is_saved_or_parked_is_dropped_at_once(
    screen: TicketFormScreen, journal: KeptJournal, steps: Steps, action: Action
) -> None:
    screen.form.set_new_name("하늘별")
    screen.fields.ticket_type.set_code("delivery")
    screen.fields.content.set_text("언제")
    assert len(entries(screen, journal)) == 1
    screen.buttons.button(action).click()
    steps.run()
    assert (journal.forms, journal.sends) == ({}, {})


def test_what_is_given_up_is_dropped_at_once(
    screen: TicketFormScreen, journal: KeptJournal, prompts: Any
) -> None:
    screen.fields.content.set_text("언제")
    assert len(entries(screen, journal)) == 1
    prompts.answers = ["버리기"]
    gone: list[str] = []
    screen.leave(lambda: gone.append("gone"))
    assert (journal.forms, gone) == ({}, ["gone"])
    screen.fields.content.set_text("언제 다시")
    assert len(entries(screen, journal)) == 1
    prompts.answers = ["버리기"]
    screen.buttons.button(Action.NEW_FORM).click()
    assert journal.forms == {}


def test_a_ticket_and_a_new_form_are_two_entries(
    screen: TicketFormScreen,
    journal: KeptJournal,
    steps: Steps,
    database: Database,
    kim: Agent,
    prompts: Any,
) -> None:
    ticket = make(database, a_ticket, created_by=kim, customer=make(database, a_customer))
    screen.fields.content.set_text("새 글")
    assert len(entries(screen, journal)) == 1
    prompts.answers = ["버리기"]
    screen.load_ticket(ticket.id)
    steps.run()
    assert entries(screen, journal) == []
    screen.fields.content.set_text("고친 글")
    [entry] = entries(screen, journal)
    assert (entry.contents.ticket_id, entry.contents.version) == (ticket.id, 1)
    screen.fields.content.set_text(screen.form.before.form.content)
    assert entries(screen, journal) == []
