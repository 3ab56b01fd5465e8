"""이전 작업 복구: a left text comes back to its own ticket and call, the rest becomes drafts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.domain.journal import JournalEntry, WaitingSave, entry_to_json, save_to_json
from ets_desktop.domain.tickets import Action, TicketForm
from ets_desktop.domain.topics import EVERYTHING
from ets_desktop.queries.drafts import draft_detail, my_drafts
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.ticket_forms import SaveTicket
from ets_desktop.services.tickets import CompleteTicket, complete_ticket, save_ticket
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.screens.ticket_form.kept.recovery_dialog import (
    LeftForm,
    RecoveryDialog,
    heading,
)
from ets_desktop.ui.screens.ticket_form.open_form import contents_of
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_call, a_customer, a_draft, a_form, a_ticket, make
from tests.ui.conftest import AnsweredPrompts, KeptJournal, LeftBehind, Steps, WrittenDesk
from tests.ui.screens.ticket_form.conftest import OpenScreen

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def a_left(contents: FormContents, *, minutes: int = 0, **given: Any) -> tuple[UUID, Any]:
    entry = JournalEntry(contents, NOW + timedelta(minutes=minutes), **given)
    return uuid4(), entry_to_json(entry)


def a_new(content: str = "쓰던 글", **given: Any) -> FormContents:
    form = TicketForm(client_id=uuid4(), ticket_type="delivery", content=content)
    return FormContents(form, customer_name="하늘별", **given)


Recover = Callable[..., TicketFormScreen]
Cut = Callable[[TicketFormScreen], Callable[[], None]]


@pytest.fixture
def recover(
    open_screen: OpenScreen, kim: Agent, lee: Agent, journal: KeptJournal, steps: Steps
) -> Iterator[Recover]:
    """Kim's desk, started over what was left."""
    opened: list[TicketFormScreen] = []

    def start(*forms: tuple[UUID, Any], **given: Any) -> TicketFormScreen:
        journal.left = LeftBehind(forms=forms, **given)
        opened.append(open_screen(kim))
        return opened[-1]

    yield start
    for screen in opened:
        if screen.recovering.dialog is not None:
            screen.recovering.dialog.reject()
    # Before the database goes: what still waits would open it anew.
    steps.run()


def dialog(screen: TicketFormScreen) -> RecoveryDialog:
    assert screen.recovering.dialog is not None
    return screen.recovering.dialog


def count(database: Database, table: str) -> int:
    return int(
        database.call(lambda s: s.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
    )


def kinds(database: Database, kim: Agent) -> list[str]:
    return [row.kind for row in database.call(my_drafts, kim.id, None, 10).rows]


def test_without_anything_left_nothing_is_asked(recover: Recover) -> None:
    assert recover().recovering.dialog is None


def test_a_new_form_comes_back_as_the_new_form_it_was(
    recover: Recover, journal: KeptJournal, steps: Steps, database: Database
) -> None:
    contents = a_new()
    left = a_left(contents, tag="파", receiver="이담", callback="내일쯤", customer="하늘별")
    screen = recover(left)
    dialog(screen).load.click()
    steps.run()
    assert screen.recovering.dialog is None
    assert screen.form.client_id == contents.form.client_id
    assert screen.form.has_unsaved
    assert screen.fields.unfinished().tag == "파"
    assert screen.fields.unfinished().receiver == "이담"
    assert screen.fields.unfinished().callback_at == "내일쯤"
    # Written down anew before the old one goes.
    assert (list(journal.forms), journal.dropped) == ([contents.form.client_id], [left[0]])
    assert screen.context.desk.top_bar.customer_name == "하늘별"
    screen.fields.receiver.setEditText("")
    screen.fields.callback_at.setText("")
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert (count(database, "ticket"), journal.forms) == (1, {})


def test_a_save_that_had_arrived_is_not_doubled(
    recover: Recover, steps: Steps, database: Database, kim: Agent
) -> None:
    from ets_desktop.services.ticket_forms import ReceiveTicket
    from ets_desktop.services.tickets import receive_ticket

    form = a_form(caller_number="01000000001")
    arrived = database.call(receive_ticket, ReceiveTicket(kim.id, form)).value
    screen = recover(a_left(FormContents(form)))
    dialog(screen).load.click()
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert count(database, "ticket") == 1
    assert screen.form.ticket_id == arrived.ticket_id


def test_a_text_comes_back_to_its_own_call(
    recover: Recover, steps: Steps, database: Database
) -> None:
    call = make(database, a_call)
    contents = a_new(call_id=call.id)
    screen = recover(a_left(contents))
    dialog(screen).load.click()
    steps.run()
    assert screen.form.call is not None
    assert screen.form.call.call_id == call.id
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert count(database, "activity WHERE call_id IS NOT NULL") == 1


@pytest.fixture
def mine(database: Database, kim: Agent) -> FormContents:
    """A stored ticket, with another content typed."""
    ticket = make(database, a_ticket, created_by=kim, customer=make(database, a_customer))
    stored = contents_of(database.call(ticket_detail, ticket.id))
    return replace(stored, form=replace(stored.form, content="고치던 글"))


def test_a_text_comes_back_to_its_own_ticket(
    recover: Recover, steps: Steps, database: Database, mine: FormContents
) -> None:
    screen = recover(a_left(mine))
    dialog(screen).load.click()
    steps.run()
    assert (screen.form.ticket_id, screen.fields.content.text()) == (mine.ticket_id, "고치던 글")
    assert screen.form.has_unsaved
    assert screen.freshness.bar.isHidden()
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert database.call(ticket_detail, mine.ticket_id or 0).form.content == "고치던 글"


def test_a_ticket_changed_meanwhile_is_told_and_not_overwritten(
    recover: Recover, steps: Steps, database: Database, mine: FormContents, lee: Agent
) -> None:
    theirs = replace(mine.form, content="상대 글")
    ticket_id, version = mine.ticket_id or 0, mine.version or 0
    database.call(save_ticket, SaveTicket(lee.id, ticket_id, version, theirs))
    screen = recover(a_left(mine))
    dialog(screen).load.click()
    steps.run()
    assert not screen.freshness.bar.isHidden()
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert screen.freshness.dialog is not None
    assert database.call(ticket_detail, ticket_id).form.content == "상대 글"
    assert screen.fields.content.text() == "고치던 글"


@pytest.mark.parametrize("gone", [False, True])
def test_a_ticket_that_ended_meanwhile_makes_the_text_a_draft(
    recover: Recover, steps: Steps, database: Database, mine: FormContents, kim: Agent, gone: bool
) -> None:
    work = SaveTicket(kim.id, mine.ticket_id or 0, mine.version or 0, mine.form)
    database.call(complete_ticket, CompleteTicket(work))
    contents = replace(mine, ticket_id=987654321) if gone else mine
    screen = recover(a_left(contents))
    dialog(screen).load.click()
    steps.run()
    assert screen.form.is_empty
    assert kinds(database, kim) == ["recovered"]


def test_what_is_not_loaded_becomes_drafts(
    recover: Recover,
    steps: Steps,
    database: Database,
    kim: Agent,
    journal: KeptJournal,
    desk: WrittenDesk,
) -> None:
    lefts = [a_left(a_new(f"글 {number}"), minutes=number) for number in range(3)]
    screen = recover(*lefts)
    shown = dialog(screen)
    assert [row.entry.contents.form.content for row in shown.rows] == ["글 2", "글 1", "글 0"]
    shown.load.click()
    steps.run()
    assert screen.fields.content.text() == "글 2"
    assert kinds(database, kim) == ["recovered", "recovered"]
    assert sorted(journal.dropped) == sorted(left_id for left_id, _ in lefts)
    assert "복구" in desk.asked[-1][1]


def test_closing_it_makes_drafts_of_all(
    recover: Recover, steps: Steps, database: Database, kim: Agent
) -> None:
    screen = recover(a_left(a_new(), tag="파손"))
    dialog(screen).reject()
    steps.run()
    [row] = database.call(my_drafts, kim.id, None, 10).rows
    parked = database.call(draft_detail, kim.id, row.draft_id)
    assert parked.contents.form.tags == ("파손",)


def test_what_came_from_a_draft_goes_back_to_it(
    recover: Recover, steps: Steps, database: Database, kim: Agent
) -> None:
    draft = make(database, a_draft, agent=kim)
    screen = recover(a_left(a_new("이어서 쓴 글"), draft_id=draft.id))
    dialog(screen).reject()
    steps.run()
    kept = database.call(draft_detail, kim.id, draft.id)
    assert kept.contents.form.content == "이어서 쓴 글"
    assert count(database, "draft") == 1


def test_discarding_throws_away_one_and_can_be_undone(
    recover: Recover,
    steps: Steps,
    database: Database,
    kim: Agent,
    journal: KeptJournal,
    desk: WrittenDesk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    undos: list[Any] = []
    monkeypatch.setattr(desk, "say", lambda _text, undo=None: undos.append(undo))
    lefts = [a_left(a_new()), a_left(a_new("두 번째"), minutes=1)]
    screen = recover(*lefts)
    shown = dialog(screen)
    shown.discard.click()
    assert (journal.dropped, len(shown.rows)) == ([lefts[1][0]], 1)
    assert screen.recovering.dialog is shown
    shown.discard.click()
    assert screen.recovering.dialog is None
    steps.run()
    assert count(database, "draft") == 0
    undos[-1]()
    steps.run()
    assert kinds(database, kim) == ["recovered"]
    shown._on_discard_clicked()  # nothing is left to throw away
    assert len(journal.dropped) == 3


def test_a_form_on_its_way_whole_is_not_offered(
    recover: Recover, steps: Steps, database: Database, journal: KeptJournal
) -> None:
    contents = a_new()
    save = WaitingSave(uuid4(), Action.SAVE, JournalEntry(contents, NOW), "01000000009")
    left = a_left(contents)
    more = a_left(replace(contents, customer_name="하늘별님"))
    screen = recover(left, more, sends=((save.save_id, save_to_json(save)),))
    assert journal.dropped == [left[0]]
    assert [row.left_id for row in dialog(screen).rows] == [more[0]]
    assert count(database, "ticket") == 1


def test_what_cannot_be_read_is_told(recover: Recover, desk: WrittenDesk) -> None:
    strange = (uuid4(), {"format": 99})
    recover(strange, sends=(strange,), unreadable=1)
    assert ("tell", "journal_unreadable") in desk.asked


def test_text_typed_before_the_answer_is_asked_about(
    recover: Recover, steps: Steps, prompts: AnsweredPrompts, journal: KeptJournal
) -> None:
    left = a_left(a_new())
    screen = recover(left)
    screen.fields.content.set_text("그 사이에 쓴 글")
    prompts.answers = ["취소"]
    dialog(screen).load.click()
    steps.run()
    assert screen.fields.content.text() == "그 사이에 쓴 글"
    assert journal.dropped == []


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch, changes: ChangeBus, steps: Steps) -> Cut:
    """Takes the database away from the recovering of a screen, and gives it back."""

    def away(*_args: Any, **_given: Any) -> None:
        raise Unavailable("database_away")

    def take_away(screen: TicketFormScreen) -> Callable[[], None]:
        call = screen.recovering._jobs._call
        monkeypatch.setattr(screen.recovering._jobs, "_call", away)

        def come_back() -> None:
            monkeypatch.setattr(screen.recovering._jobs, "_call", call)
            changes.publish(frozenset({EVERYTHING}))
            steps.run()

        return come_back

    return take_away


def test_a_text_comes_back_to_its_ticket_without_the_database(
    recover: Recover,
    steps: Steps,
    mine: FormContents,
    journal: KeptJournal,
    desk: WrittenDesk,
    database: Database,
    kim: Agent,
    cut: Cut,
) -> None:
    screen = recover(a_left(a_new(), minutes=-1), a_left(mine))
    come_back = cut(screen)
    dialog(screen).load.click()
    steps.run()
    assert screen.recovering.dialog is None
    assert (screen.form.ticket_id, screen.fields.content.text()) == (mine.ticket_id, "고치던 글")
    assert screen.form.has_unsaved
    assert len(journal.forms) == 1
    assert ("tell", "database_away") in desk.asked
    assert (screen.fields.ticket_no.text(), kinds(database, kim)) == ("", [])
    come_back()
    assert screen.fields.ticket_no.text()
    assert screen.fields.content.text() == "고치던 글"
    assert screen.form.has_unsaved
    assert kinds(database, kim) == ["recovered"]
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert database.call(ticket_detail, mine.ticket_id or 0).form.content == "고치던 글"


def test_a_ticket_that_changed_while_the_database_was_away_is_told(
    recover: Recover,
    steps: Steps,
    mine: FormContents,
    database: Database,
    lee: Agent,
    cut: Cut,
) -> None:
    screen = recover(a_left(mine))
    come_back = cut(screen)
    dialog(screen).load.click()
    steps.run()
    theirs = replace(mine.form, content="상대 글")
    ticket_id, version = mine.ticket_id or 0, mine.version or 0
    database.call(save_ticket, SaveTicket(lee.id, ticket_id, version, theirs))
    come_back()
    assert not screen.freshness.bar.isHidden()
    assert screen.fields.content.text() == "고치던 글"


def test_a_form_that_went_on_to_another_ticket_is_left_alone(
    recover: Recover, steps: Steps, mine: FormContents, changes: ChangeBus, cut: Cut
) -> None:
    screen = recover(a_left(mine))
    come_back = cut(screen)
    dialog(screen).load.click()
    steps.run()
    come_back()
    shown = screen.form.detail
    assert shown is not None
    screen.recovering._on_ticket_known(replace(shown, version=99))
    screen.form.clear()
    screen.recovering._on_ticket_known(shown)
    assert screen.form.ticket_id is None


def test_what_the_database_refuses_for_another_reason_is_offered_again(
    recover: Recover,
    steps: Steps,
    mine: FormContents,
    desk: WrittenDesk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_args: Any, **_given: Any) -> None:
        raise EtsError("database_busy")

    screen = recover(a_left(mine))
    first = dialog(screen)
    monkeypatch.setattr(screen.recovering._jobs, "_call", refused)
    first.load.click()
    steps.run()
    assert dialog(screen) is not first
    assert ("tell", "database_busy") in desk.asked
    dialog(screen).reject()
    steps.run()
    assert desk.asked[-1] == ("tell", "database_busy")


def test_a_text_without_a_title_is_known_by_its_beginning() -> None:
    contents = a_new("첫 줄\n둘째   줄 " + "가" * 200)
    left = LeftForm(uuid4(), JournalEntry(contents, NOW))
    assert heading(left).startswith("첫 줄 둘째 줄 가")
    assert len(heading(left)) == 80
