"""전송대기: a save without a database is kept, sent once when it is back, and never lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.journal import WaitingSave, save_from_json
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import EVERYTHING, ticket_topic
from ets_desktop.queries.drafts import my_drafts
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.form_saves import SaveForm, save_form
from ets_desktop.services.ticket_forms import SaveTicket
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_customer, a_ticket, make
from tests.ui.conftest import KeptJournal, LeftBehind, Steps, WrittenDesk
from tests.ui.screens.ticket_form.conftest import session_of


class Line:
    """The line to the database, which can be cut: before the statement, or after the commit."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call
        self.cut = ""

    def __call__(self, function: Callable[..., Any], *args: Any, cancel: Any = None) -> Any:
        if self.cut == "before":
            raise Unavailable("database_away")
        result = self._call(function, *args)
        if self.cut == "after":
            raise Unavailable("database_away", ambiguous=True)
        return result


@pytest.fixture
def line(login: Callable[[Agent], Database], kim: Agent) -> Line:
    return Line(login(kim).call)


@pytest.fixture
def screen(
    qtbot: QtBot, context: UiContext, steps: Steps, line: Line, kim: Agent, lee: Agent
) -> Iterator[TicketFormScreen]:
    made = TicketFormScreen(replace(context, call=line, agent=session_of(kim)))
    qtbot.addWidget(made)
    made.show()
    steps.run()
    yield made
    if made.freshness.dialog is not None:
        made.freshness.dialog.reject()


def fill(screen: TicketFormScreen) -> None:
    screen.form.set_new_name("하늘별")
    screen.fields.ticket_type.set_code("delivery")
    screen.fields.content.set_text("언제 오나요")


def press(screen: TicketFormScreen, steps: Steps, action: Action = Action.SAVE) -> None:
    screen.buttons.button(action).click()
    steps.run()


def come_back(line: Line, changes: ChangeBus, steps: Steps) -> None:
    line.cut = ""
    changes.publish(frozenset({EVERYTHING}))
    steps.run()


def count(database: Database, table: str) -> int:
    return int(
        database.call(lambda s: s.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
    )


def waiting(desk: WrittenDesk) -> list[int]:
    return [asked[1] for asked in desk.asked if asked[0] == "show_waiting"]


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_save_waits_and_is_sent_once(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    database: Database,
    desk: WrittenDesk,
    journal: KeptJournal,
    cut: str,
) -> None:
    fill(screen)
    line.cut = cut
    press(screen, steps)
    assert screen.fields.status.text() == "전송대기"
    assert not screen.form.has_unsaved
    assert (len(journal.sends), journal.forms, waiting(desk)[-1]) == (1, {}, 1)
    assert screen.form.allowed == {Action.NEW_FORM}
    come_back(line, changes, steps)
    assert (count(database, "ticket"), count(database, "customer")) == (1, 1)
    assert screen.fields.status.text() == "접수"
    assert screen.fields.ticket_no.text()
    assert (journal.sends, waiting(desk)[-1]) == ({}, 0)


def test_the_agent_goes_on_with_another_form(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    database: Database,
    desk: WrittenDesk,
) -> None:
    line.cut = "before"
    for _ in range(2):
        fill(screen)
        press(screen, steps)
        press(screen, steps, Action.NEW_FORM)
    screen.fields.content.set_text("다음 고객")
    come_back(line, changes, steps)
    assert count(database, "ticket") == 2
    assert screen.fields.content.text() == "다음 고객"
    assert screen.form.ticket_id is None
    said = [asked[1] for asked in desk.asked if asked[0] == "say"]
    assert said[-1].startswith("전송대기 접수를 저장했습니다. 접수번호 ")


def test_it_is_tried_again_while_the_database_stays_away(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    desk: WrittenDesk,
    database: Database,
) -> None:
    fill(screen)
    line.cut = "before"
    press(screen, steps)
    screen.saving.sending.send_next()
    steps.run()
    assert waiting(desk)[-1] == 1
    assert screen.saving.sending._timer.isActive()
    come_back(line, changes, steps)
    assert count(database, "ticket") == 1


def test_a_waiting_form_is_not_saved_a_second_time(
    screen: TicketFormScreen, steps: Steps, line: Line, desk: WrittenDesk
) -> None:
    fill(screen)
    line.cut = "before"
    press(screen, steps)
    screen.saving.write(Action.SAVE)
    assert steps.waiting == 0
    assert desk.asked[-1][0] == "say"
    assert "전송대기" in desk.asked[-1][1]


def test_what_is_typed_while_it_waits_stays_unsaved(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    journal: KeptJournal,
    database: Database,
) -> None:
    fill(screen)
    line.cut = "before"
    press(screen, steps)
    screen.fields.content.set_text("언제 오나요, 급합니다")
    screen.journalling.look()
    assert len(journal.forms) == 1
    come_back(line, changes, steps)
    assert screen.fields.content.text() == "언제 오나요, 급합니다"
    assert screen.form.has_unsaved
    press(screen, steps)
    detail = database.call(ticket_detail, screen.form.ticket_id)
    assert (detail.form.content, count(database, "ticket")) == ("언제 오나요, 급합니다", 1)


def test_a_later_question_goes_on_once_it_waits(
    screen: TicketFormScreen, steps: Steps, line: Line, prompts: Any
) -> None:
    fill(screen)
    line.cut = "before"
    gone: list[str] = []
    prompts.answers = ["만들기", "저장"]
    screen.form.set_new_name("")
    screen.form.set_customer(None)
    screen.fields.content.set_text("고객 없이")
    prompts.answers = ["저장"]
    screen.leave(lambda: gone.append("gone"))
    steps.run()
    assert gone == []  # nobody to save it for: the form says so
    screen.form.set_new_name("하늘별")
    screen.saving.write(Action.SAVE, lambda: gone.append("gone"))
    steps.run()
    assert gone == ["gone"]


def loaded(screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent) -> int:
    ticket = make(database, a_ticket, created_by=kim, customer=make(database, a_customer))
    screen.load_ticket(ticket.id)
    steps.run()
    return int(ticket.id)


def change_elsewhere(database: Database, lee: Agent, ticket_id: int) -> None:
    detail = database.call(ticket_detail, ticket_id)
    theirs = replace(detail.form, content="상대 글")
    command = SaveTicket(lee.id, ticket_id, detail.version, theirs)
    database.call(save_form, SaveForm(detail.form.client_id, command))


def test_a_stale_save_opens_the_conflict_in_its_form(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    database: Database,
    kim: Agent,
    lee: Agent,
    journal: KeptJournal,
) -> None:
    ticket_id = loaded(screen, steps, database, kim)
    screen.fields.content.set_text("내 글")
    line.cut = "before"
    press(screen, steps)
    change_elsewhere(database, lee, ticket_id)
    come_back(line, changes, steps)
    assert screen.freshness.dialog is not None
    assert screen.form.has_unsaved
    assert (journal.sends, len(journal.forms)) == ({}, 1)
    assert screen.fields.content.text() == "내 글"


def test_what_waits_is_not_covered_by_what_others_write(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    database: Database,
    kim: Agent,
    lee: Agent,
) -> None:
    ticket_id = loaded(screen, steps, database, kim)
    screen.fields.content.set_text("내 글")
    line.cut = "before"
    press(screen, steps)
    line.cut = ""
    change_elsewhere(database, lee, ticket_id)
    changes.publish(frozenset({ticket_topic(ticket_id)}))
    steps.run()
    screen.freshness.bar.action.click()
    steps.run()
    assert screen.freshness.bar.isHidden()
    assert (screen.fields.content.text(), screen.fields.status.text()) == ("내 글", "전송대기")


def test_a_stale_save_of_another_form_becomes_a_draft(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    database: Database,
    kim: Agent,
    lee: Agent,
    desk: WrittenDesk,
    journal: KeptJournal,
) -> None:
    ticket_id = loaded(screen, steps, database, kim)
    screen.fields.content.set_text("내 글")
    line.cut = "before"
    press(screen, steps)
    press(screen, steps, Action.NEW_FORM)
    change_elsewhere(database, lee, ticket_id)
    come_back(line, changes, steps)
    [draft] = database.call(my_drafts, kim.id, None, 10).rows
    assert draft.kind == "recovered"
    assert (journal.sends, waiting(desk)[-1]) == ({}, 0)
    assert "임시저장(복구)" in desk.asked[-1][1]
    assert database.call(ticket_detail, ticket_id).form.content == "상대 글"


def test_a_draft_that_cannot_be_made_either_waits_on(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    database: Database,
    kim: Agent,
    lee: Agent,
    journal: KeptJournal,
) -> None:
    ticket_id = loaded(screen, steps, database, kim)
    screen.fields.content.set_text("내 글")
    line.cut = "before"
    press(screen, steps)
    press(screen, steps, Action.NEW_FORM)
    change_elsewhere(database, lee, ticket_id)
    line.cut = ""
    changes.publish(frozenset({EVERYTHING}))
    while screen.saving.sending.waiting == () and line.cut == "":
        steps.run_next()
        if database.call(my_drafts, kim.id, None, 10).rows == () and steps.waiting:
            line.cut = "before"
    steps.run()
    assert len(screen.saving.sending.waiting) == len(journal.sends) == 1
    come_back(line, changes, steps)
    assert len(database.call(my_drafts, kim.id, None, 10).rows) == 1


def test_pressed_again_after_it_could_not_be_kept_it_is_the_same_save(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    database: Database,
    journal: KeptJournal,
) -> None:
    fill(screen)
    journal.disk_is_full, line.cut = True, "after"
    press(screen, steps)
    assert screen.form.has_unsaved
    line.cut = ""
    press(screen, steps)
    assert (count(database, "ticket"), count(database, "save_receipt")) == (1, 1)
    assert screen.fields.status.text() == "접수"


def test_what_an_earlier_desk_could_not_send_is_sent_at_login(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    context: UiContext,
    kim: Agent,
    database: Database,
    journal: KeptJournal,
    qtbot: QtBot,
) -> None:
    fill(screen)
    line.cut = "after"
    press(screen, steps)
    journal.left = LeftBehind(sends=tuple(journal.sends.items()))
    line.cut = ""
    again = TicketFormScreen(replace(context, call=line, agent=session_of(kim)))
    qtbot.addWidget(again)
    steps.run()
    assert (count(database, "ticket"), journal.sends) == (1, {})


def test_a_bug_on_the_way_parks_the_text_and_is_told_once(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    database: Database,
    kim: Agent,
    journal: KeptJournal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(screen)
    line.cut = "before"
    press(screen, steps)
    bugs: list[object] = []
    steps.hub.bug_found.connect(bugs.append)

    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ets_desktop.ui.screens.ticket_form.pressed.sending.save_form", broken)
    come_back(line, changes, steps)
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]
    assert (journal.sends, screen.saving.sending.waiting) == ({}, ())
    assert len(database.call(my_drafts, kim.id, None, 10).rows) == 1


def test_a_refused_save_leaves_nothing_waiting(
    screen: TicketFormScreen, steps: Steps, journal: KeptJournal, database: Database
) -> None:
    fill(screen)
    screen.form.set_new_name("가" * 300)
    press(screen, steps)
    assert journal.sends == {}
    assert screen.form.has_unsaved
    assert count(database, "ticket") == 0


def test_what_waits_can_be_read_back(
    screen: TicketFormScreen, steps: Steps, line: Line, journal: KeptJournal
) -> None:
    fill(screen)
    line.cut = "before"
    press(screen, steps)
    [save] = [save_from_json(written) for written in journal.sends.values()]
    assert isinstance(save, WaitingSave)
    assert screen.saving.sending.waiting == (save,)


def test_undoing_the_clear_of_a_waiting_form_brings_its_mark_back(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    database: Database,
    desk: WrittenDesk,
) -> None:
    fill(screen)
    line.cut = "before"
    press(screen, steps)
    press(screen, steps, Action.NEW_FORM)
    undo_of(desk)()
    steps.run()
    assert screen.fields.status.text() == "전송대기"
    assert (screen.form.allowed, screen.form.has_unsaved) == ({Action.NEW_FORM}, False)
    come_back(line, changes, steps)
    assert (screen.fields.status.text(), count(database, "ticket")) == ("접수", 1)


def test_undoing_after_it_was_sent_opens_the_ticket(
    screen: TicketFormScreen, steps: Steps, line: Line, changes: ChangeBus, desk: WrittenDesk
) -> None:
    fill(screen)
    line.cut = "before"
    press(screen, steps)
    press(screen, steps, Action.NEW_FORM)
    undo = undo_of(desk)
    come_back(line, changes, steps)
    undo()
    assert desk.asked[-1][0] == "load_ticket"


def test_undoing_after_it_was_refused_opens_its_draft(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    database: Database,
    kim: Agent,
    lee: Agent,
    desk: WrittenDesk,
) -> None:
    ticket_id = loaded(screen, steps, database, kim)
    screen.fields.content.set_text("내 글")
    line.cut = "before"
    press(screen, steps)
    press(screen, steps, Action.NEW_FORM)
    undo = undo_of(desk)
    change_elsewhere(database, lee, ticket_id)
    come_back(line, changes, steps)
    undo()
    [draft] = database.call(my_drafts, kim.id, None, 10).rows
    assert desk.asked[-1] == ("load_draft", draft.draft_id)


def test_undoing_after_a_bug_on_the_way_brings_the_text_back_unsaved(
    screen: TicketFormScreen,
    steps: Steps,
    line: Line,
    changes: ChangeBus,
    desk: WrittenDesk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(screen)
    line.cut = "before"
    press(screen, steps)
    press(screen, steps, Action.NEW_FORM)
    undo = undo_of(desk)
    steps.hub.bug_found.connect(lambda _error: None)

    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ets_desktop.ui.screens.ticket_form.pressed.sending.save_form", broken)
    come_back(line, changes, steps)
    undo()
    assert (screen.form.waiting_id, screen.form.has_unsaved) == (None, True)
    assert screen.fields.content.text() == "언제 오나요"


def undo_of(desk: WrittenDesk) -> Callable[[], object]:
    """What came with the last message that can be undone."""
    assert desk.undo is not None
    return desk.undo
