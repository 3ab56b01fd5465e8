"""What is written on 고객상세 is journalled, and comes back to its own customer only."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.journal_cards import CardEntry, card_from_json
from ets_desktop.domain.topics import EVERYTHING
from ets_desktop.services.customer_merges import MergeCustomers, merge_customers
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.screens.ticket_form.kept.journalling import GATHER_MS
from ets_desktop.ui.screens.ticket_form.kept.recovery_dialog import RecoveryDialog
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_customer, make
from tests.ui.conftest import KeptJournal, LeftBehind, Steps, WrittenDesk
from tests.ui.screens.ticket_form.conftest import OpenScreen
from tests.ui.screens.ticket_form.test_customer_card import other_saves, press, stored
from tests.ui.screens.ticket_form.test_recovering import a_left, a_new

Restart = Callable[..., TicketFormScreen]


@pytest.fixture
def customer(database: Database) -> Any:
    return make(database, a_customer, name="김정민", numbers=("01000001234",), address="물빛로 1")


@pytest.fixture
def page(screen: TicketFormScreen, steps: Steps, customer: Any) -> Any:
    """Kim's card, open for writing."""
    screen.load_customer(customer.id)
    screen.pages.open_page("고객상세")
    steps.run()
    screen.pages.customer.button("편집").click()
    return screen.pages.customer


@pytest.fixture
def restart(open_screen: OpenScreen, kim: Agent, journal: KeptJournal) -> Iterator[Restart]:
    """Another desk of the same login, over what the first one left when it was killed."""
    opened: list[TicketFormScreen] = []

    def start(*more: Any) -> TicketFormScreen:
        journal.left = LeftBehind(forms=(*journal.forms.items(), *more))
        journal.forms = {}
        opened.append(open_screen(kim))
        return opened[-1]

    yield start
    for screen in opened:
        if screen.recovering.dialog is not None:
            screen.recovering.dialog.reject()


def entries(screen: TicketFormScreen, journal: KeptJournal) -> list[CardEntry]:
    screen.cards.journalling.look()
    return [card_from_json(written) for written in journal.forms.values()]


def write_much(page: Any) -> None:
    page.name.setText("김정민이")
    page.cashback.setText("만원쯤")
    page.mobile.setText("010-0000-9999")
    page.phones.field.setText("010-0000-7777")
    page.phones.add_pending()
    page.phones.field.setText("010-00")
    page.grade.set_code("gold")
    page.addresses.button("새 주소").click()
    page.address.setText("숲길 2")


def dialog(screen: TicketFormScreen) -> RecoveryDialog:
    assert screen.recovering.dialog is not None
    return screen.recovering.dialog


def load(screen: TicketFormScreen, steps: Steps) -> Any:
    dialog(screen).load.click()
    steps.run()
    return screen.pages.customer


def test_a_keystroke_is_journalled_by_itself(
    screen: TicketFormScreen, page: Any, journal: KeptJournal, qtbot: QtBot
) -> None:
    journalling = screen.cards.journalling
    page.name.setText("김")
    assert journalling._timer.isActive()
    assert GATHER_MS < 1000
    with qtbot.waitSignal(journalling._timer.timeout, timeout=5000):
        page.name.setText("김정민이")
    [written] = journal.forms.values()
    entry = card_from_json(written)
    assert (entry.typed.form.name, entry.before.name) == ("김정민이", "김정민")
    assert entry.customer.startswith("김*민 · ")


def test_a_syllable_under_way_is_typed_text(
    screen: TicketFormScreen, page: Any, journal: KeptJournal
) -> None:
    for field, read in (
        (page.occupation, lambda typed: typed.form.occupation),
        (page.phones.field, lambda typed: typed.pending),
        (page.mobile, lambda typed: typed.mobile),
    ):
        field.clear()
        field.window().activateWindow()
        field.setFocus()
        QApplication.sendEvent(field, QInputMethodEvent("교", []))
        [entry] = entries(screen, journal)
        assert read(entry.typed) == "교"
        QApplication.sendEvent(field, QInputMethodEvent("", []))


def test_what_is_saved_given_up_or_unchanged_is_not_kept(
    screen: TicketFormScreen, page: Any, journal: KeptJournal, steps: Steps
) -> None:
    assert entries(screen, journal) == []
    page.name.setText("김정민이")
    assert len(entries(screen, journal)) == 1
    page.name.setText("김정민")
    assert entries(screen, journal) == []
    page.name.setText("김정민이")
    assert len(entries(screen, journal)) == 1
    press(page, steps, "저장")
    assert journal.forms == {}
    press(page, steps, "편집")
    page.name.setText("다른 이름")
    assert len(entries(screen, journal)) == 1
    press(page, steps, "취소")
    assert journal.forms == {}


def test_what_has_not_changed_is_not_written_again(
    screen: TicketFormScreen, page: Any, journal: KeptJournal
) -> None:
    page.name.setText("김정민이")
    assert len(entries(screen, journal)) == 1
    journal.forms.clear()
    assert entries(screen, journal) == []


def test_a_card_comes_back_to_its_customer_to_the_letter(
    screen: TicketFormScreen,
    page: Any,
    journal: KeptJournal,
    steps: Steps,
    restart: Restart,
    database: Database,
    customer: Any,
) -> None:
    write_much(page)
    [before] = entries(screen, journal)
    again = restart()
    shown = dialog(again)
    [row] = shown.rows
    assert "임시저장(복구)" not in shown.message
    assert shown.table.model().index(0, 1).data() == "고객 수정"
    assert "고객명" in shown.table.model().index(0, 4).data()
    after = load(again, steps)
    assert again.form.customer_id == customer.id
    assert again.pages.open_title == "고객상세"
    [entry] = entries(again, journal)
    assert replace(entry, at=before.at, client_id=before.client_id) == before
    assert journal.dropped == [row.left_id]
    assert after.has_changes
    assert after.bar.isHidden()
    after.cashback.setText("500")
    after.phones.field.clear()
    press(after, steps, "저장")
    now = stored(database, customer)
    assert (now.name, now.grade, now.address, now.cashback) == ("김정민이", "gold", "숲길 2", 500)
    assert {row.digits for row in now.phones} == {"01000001234", "01000009999", "01000007777"}
    assert [row.address for row in now.addresses] == ["물빛로 1"]
    assert journal.forms == {}


def test_what_was_taken_out_stays_out(
    screen: TicketFormScreen, page: Any, journal: KeptJournal, steps: Steps, restart: Restart
) -> None:
    page.phones.list.table.selectRow(0)
    page.phones.remove.click()
    assert len(entries(screen, journal)) == 1
    assert load(restart(), steps).phones.rows == ()


def test_what_others_changed_meanwhile_is_told_and_brought_together(
    screen: TicketFormScreen,
    page: Any,
    journal: KeptJournal,
    steps: Steps,
    restart: Restart,
    database: Database,
    lee: Agent,
    customer: Any,
) -> None:
    page.name.setText("김정민이")
    assert len(entries(screen, journal)) == 1
    other_saves(database, lee, customer, occupation="교사")
    again = restart()
    after = load(again, steps)
    assert "직업" in after.bar.message
    assert after.occupation.text() == ""
    after.bar.acted.emit()
    steps.run()
    assert (after.name.text(), after.occupation.text()) == ("김정민이", "교사")
    press(after, steps, "저장")
    now = stored(database, customer)
    assert (now.name, now.occupation) == ("김정민이", "교사")


def test_a_new_card_comes_back_as_the_new_one_it_was(
    screen: TicketFormScreen, journal: KeptJournal, steps: Steps, restart: Restart
) -> None:
    screen.pages.customer.button("만들기").click()
    screen.pages.customer.name.setText("하늘별")
    [before] = entries(screen, journal)
    again = restart()
    assert dialog(again).table.model().index(0, 1).data() == "새 고객"
    after = load(again, steps)
    assert (after.is_new, after.name.text()) == (True, "하늘별")
    assert after.client_id == before.client_id
    press(after, steps, "저장")
    assert journal.forms == {}


def test_the_form_that_was_written_too_is_offered_beside_it(
    screen: TicketFormScreen,
    page: Any,
    journal: KeptJournal,
    steps: Steps,
    restart: Restart,
    qtbot: QtBot,
) -> None:
    page.name.setText("김정민이")
    assert len(entries(screen, journal)) == 1
    again = restart(a_left(a_new()))
    assert len(dialog(again).rows) == 2
    assert "임시저장(복구)" in dialog(again).message
    assert "다음 로그인" in dialog(again).message
    load(again, steps)
    assert again.fields.content.text() == "쓰던 글"
    qtbot.waitUntil(lambda: again.recovering.dialog is not None)
    assert len(dialog(again).rows) == 1


def test_a_card_that_is_not_loaded_waits_for_the_next_login(
    screen: TicketFormScreen,
    page: Any,
    journal: KeptJournal,
    steps: Steps,
    restart: Restart,
    desk: WrittenDesk,
) -> None:
    page.name.setText("김정민이")
    assert len(entries(screen, journal)) == 1
    again = restart()
    dialog(again).reject()
    steps.run()
    assert journal.dropped == []
    assert "다음 로그인" in desk.asked[-1][1]


def test_a_card_that_is_thrown_away_can_be_brought_back(
    screen: TicketFormScreen,
    page: Any,
    journal: KeptJournal,
    steps: Steps,
    restart: Restart,
    desk: WrittenDesk,
) -> None:
    page.name.setText("김정민이")
    assert len(entries(screen, journal)) == 1
    again = restart()
    dialog(again).discard.click()
    assert len(journal.dropped) == 1
    assert desk.undo is not None
    desk.undo()
    steps.run()
    assert again.pages.customer.name.text() == "김정민이"


def test_the_card_of_a_merged_customer_goes_to_nobody_else(
    screen: TicketFormScreen,
    page: Any,
    journal: KeptJournal,
    steps: Steps,
    restart: Restart,
    database: Database,
    kim: Agent,
    customer: Any,
    desk: WrittenDesk,
) -> None:
    page.name.setText("김정민이")
    assert len(entries(screen, journal)) == 1
    kept = make(database, a_customer, name="김정민")
    database.call(merge_customers, MergeCustomers(kim.id, kept.id, customer.id))
    again = restart()
    after = load(again, steps)
    assert not after.is_editing
    assert journal.dropped == []
    assert any("병합되었습니다" in asked[1] for asked in desk.asked if asked[0] == "say")


def test_without_the_database_it_is_offered_again_once_that_is_back(
    screen: TicketFormScreen,
    page: Any,
    journal: KeptJournal,
    steps: Steps,
    restart: Restart,
    changes: ChangeBus,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_args: Any, **_given: Any) -> None:
        raise Unavailable("database_away")

    page.name.setText("김정민이")
    assert len(entries(screen, journal)) == 1
    again = restart()
    monkeypatch.setattr(again.cards._jobs, "_call", away)
    load(again, steps)
    assert again.recovering.dialog is None
    assert journal.dropped == []
    changes.publish(frozenset({EVERYTHING}))
    assert len(dialog(again).rows) == 1
