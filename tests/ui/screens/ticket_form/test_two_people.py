"""Two people, one ticket: the bar, the conflict, and nothing typed is lost (spec 20)."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import EVERYTHING, Topic, ticket_topic
from ets_desktop.queries.tickets import TicketDetail, ticket_detail
from ets_desktop.services.ticket_forms import SaveTicket
from ets_desktop.services.tickets import CompleteTicket, complete_ticket, save_ticket
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.conflict import ConflictDialog, ConflictRow
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import a_customer, a_ticket, make
from tests.ui.conftest import AnsweredPrompts, Steps


@pytest.fixture
def ticket_id(database: Database, kim: Agent) -> int:
    customer = make(database, a_customer)
    return make(database, a_ticket, created_by=kim, customer=customer, title="처음 제목").id


@pytest.fixture
def loaded(screen: TicketFormScreen, steps: Steps, ticket_id: int) -> TicketFormScreen:
    screen.load_ticket(ticket_id)
    steps.run()
    return screen


def other_saves(database: Database, agent: Agent, ticket_id: int, **changed: Any) -> None:
    """Lee saves at another desk."""
    now = database.call(ticket_detail, ticket_id)
    form = replace(now.form, **changed)
    database.call(save_ticket, SaveTicket(agent.id, ticket_id, now.version, form))


def tell(changes: ChangeBus, steps: Steps, *topics: Topic) -> None:
    changes.publish(frozenset(topics))
    steps.run()


def stored(database: Database, ticket_id: int) -> TicketDetail:
    return database.call(ticket_detail, ticket_id)


def dialog_of(screen: TicketFormScreen) -> ConflictDialog:
    dialog = screen.freshness.dialog
    assert dialog is not None
    return dialog


def test_a_change_by_another_shows_the_bar_and_its_button_loads_it(
    loaded, database, lee, changes, steps, ticket_id
) -> None:
    bar = loaded.freshness.bar
    assert bar.isHidden()
    other_saves(database, lee, ticket_id, title="이담당의 제목")
    tell(changes, steps, ticket_topic(ticket_id))
    assert not bar.isHidden()
    assert "이담당" in bar.message
    assert "제목" in bar.message
    assert loaded.fields.title.text() == "처음 제목"
    bar.acted.emit()
    steps.run()
    assert bar.isHidden()
    assert loaded.fields.title.text() == "이담당의 제목"
    assert not loaded.form.has_unsaved


def test_both_values_of_the_marked_field_are_read_whole(qtbot: QtBot) -> None:
    told = ("이담당", "2026-11-22 14:51:40", False)
    long = "금요일 전에 받아야 한다고 함.\n" * 9
    rows = (
        ConflictRow("title", "제목", "내 제목", "이담당의 제목", *told),
        ConflictRow("content", "접수내용", long, "다른 글", *told),
        ConflictRow("assignee", "담당자", "김상담", "이담당", *told, settled=True),
    )
    dialog = ConflictDialog(rows, "이담당 님이 먼저 저장했습니다.")
    qtbot.addWidget(dialog)
    texts = {field.accessibleName(): field for field in dialog.findChildren(QPlainTextEdit)}
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    [table] = dialog.findChildren(RecordTable)

    def shown() -> list[str]:
        return [texts[name].toPlainText() for name in ("내 값", "상대 값")]

    assert shown() == ["내 제목", "이담당의 제목"]
    table.selectRow(1)
    assert shown() == [long, "다른 글"]
    assert buttons["불러오기"].isEnabled()
    table.selectRow(2)
    assert shown() == ["김상담", "이담당"]
    assert not buttons["불러오기"].isEnabled()
    assert not buttons["내 값 유지"].isEnabled()


def test_my_own_save_and_other_tickets_show_no_bar(
    loaded, database, changes, steps, kim, ticket_id
) -> None:
    loaded.fields.title.setText("내 제목")
    loaded.buttons.button(Action.SAVE).click()
    steps.run()
    tell(changes, steps, ticket_topic(ticket_id))
    tell(changes, steps, ticket_topic(ticket_id + 1))
    tell(changes, steps, EVERYTHING)
    assert loaded.freshness.bar.isHidden()


def test_what_i_did_to_it_in_a_list_is_taken_in_without_a_bar(
    loaded, database, kim, changes, steps, ticket_id
) -> None:
    """As 회수 in 보낸 이관 does, while the ticket stands in the form."""
    loaded.fields.content.set_text("내가 쓰는 중")
    other_saves(database, kim, ticket_id, title="목록에서")
    tell(changes, steps, ticket_topic(ticket_id))
    assert loaded.freshness.bar.isHidden()
    assert loaded.fields.title.text() == "목록에서"
    assert loaded.fields.content.text() == "내가 쓰는 중"
    loaded.buttons.button(Action.COMPLETE).click()
    steps.run()
    assert loaded.freshness.dialog is None
    assert stored(database, ticket_id).status == "completed"


def test_loading_theirs_keeps_what_i_typed_elsewhere(
    loaded, database, lee, changes, steps, ticket_id
) -> None:
    loaded.fields.content.set_text("내가 쓰는 중")
    other_saves(database, lee, ticket_id, title="이담당의 제목")
    tell(changes, steps, ticket_topic(ticket_id))
    loaded.freshness.bar.acted.emit()
    steps.run()
    assert loaded.fields.title.text() == "이담당의 제목"
    assert loaded.fields.content.text() == "내가 쓰는 중"
    assert loaded.form.has_unsaved
    loaded.buttons.button(Action.SAVE).click()
    steps.run()
    now = stored(database, ticket_id)
    assert (now.form.title, now.form.content) == ("이담당의 제목", "내가 쓰는 중")


def test_a_stale_save_changes_nothing_and_shows_both_values(
    loaded, database, lee, steps, ticket_id
) -> None:
    loaded.fields.title.setText("내 제목")
    other_saves(database, lee, ticket_id, title="이담당의 제목", content="이담당의 내용")
    loaded.buttons.button(Action.SAVE).click()
    steps.run()
    assert stored(database, ticket_id).form.title == "이담당의 제목"
    rows = {row.label: row for row in dialog_of(loaded)._model.rows}
    assert (rows["제목"].mine, rows["제목"].theirs) == ("내 제목", "이담당의 제목")
    assert rows["제목"].changed_by == "이담당"
    assert not rows["제목"].take_theirs
    assert rows["접수내용"].take_theirs
    assert loaded.fields.title.text() == "내 제목"


def test_a_stale_save_with_nothing_to_choose_goes_through_unasked(
    loaded, database, kim, steps, ticket_id
) -> None:
    """As after 병합, which moves the customer of the ticket and that of the form."""
    loaded.fields.title.setText("같은 제목")
    loaded.fields.content.set_text("내가 쓴 내용")
    other_saves(database, kim, ticket_id, title="같은 제목")
    loaded.buttons.button(Action.COMPLETE).click()
    steps.run()
    assert loaded.freshness.dialog is None
    now = stored(database, ticket_id)
    assert (now.form.title, now.form.content) == ("같은 제목", "내가 쓴 내용")
    assert now.status == "completed"


def test_mine_is_kept_field_by_field_and_saved_on_top(
    loaded, database, lee, steps, ticket_id
) -> None:
    loaded.fields.title.setText("내 제목")
    other_saves(database, lee, ticket_id, title="이담당의 제목", content="이담당의 내용")
    loaded.buttons.button(Action.SAVE).click()
    steps.run()
    dialog_of(loaded)._save.click()
    steps.run()
    now = stored(database, ticket_id)
    assert (now.form.title, now.form.content) == ("내 제목", "이담당의 내용")
    assert loaded.freshness.dialog is None
    assert loaded.fields.content.text() == "이담당의 내용"
    assert not loaded.form.has_unsaved


def test_theirs_may_be_taken_for_a_clash(loaded, database, lee, steps, ticket_id) -> None:
    loaded.fields.title.setText("내 제목")
    loaded.fields.tags.set_tags(["급함"])
    other_saves(database, lee, ticket_id, title="이담당의 제목")
    loaded.buttons.button(Action.SAVE).click()
    steps.run()
    dialog_of(loaded)._theirs.click()
    dialog_of(loaded)._save.click()
    steps.run()
    now = stored(database, ticket_id)
    assert (now.form.title, now.form.tags) == ("이담당의 제목", ("급함",))


def test_closing_the_conflict_keeps_the_form_as_typed(
    loaded, database, lee, steps, ticket_id
) -> None:
    loaded.fields.title.setText("내 제목")
    other_saves(database, lee, ticket_id, title="이담당의 제목")
    loaded.buttons.button(Action.COMPLETE).click()
    steps.run()
    dialog_of(loaded).reject()
    assert loaded.fields.title.text() == "내 제목"
    assert stored(database, ticket_id).status == "received"
    loaded.buttons.button(Action.COMPLETE).click()
    steps.run()
    dialog_of(loaded)._save.click()
    steps.run()
    assert stored(database, ticket_id).status == "completed"


def test_text_for_a_ticket_that_was_closed_meanwhile_can_be_parked(
    loaded, database, lee, steps, prompts: AnsweredPrompts, ticket_id
) -> None:
    loaded.fields.content.set_text("내가 쓰는 중")
    now = stored(database, ticket_id)
    work = SaveTicket(lee.id, ticket_id, now.version, now.form)
    database.call(complete_ticket, CompleteTicket(work))
    loaded.buttons.button(Action.SAVE).click()
    steps.run()
    assert not loaded.freshness.bar.isHidden()
    assert loaded.fields.content.text() == "내가 쓰는 중"
    assert loaded.buttons.button(Action.PARK).isEnabled()
    prompts.answers = ["임시저장"]
    loaded.freshness.bar.acted.emit()
    steps.run()
    assert loaded.fields.status.text() == "완료"


def test_a_draft_of_an_older_version_meets_the_conflict_too(
    loaded, database, lee, steps, kim, ticket_id
) -> None:
    from ets_desktop.queries.drafts import my_drafts

    loaded.fields.title.setText("내 제목")
    loaded.buttons.button(Action.PARK).click()
    steps.run()
    other_saves(database, lee, ticket_id, title="이담당의 제목")
    (draft,) = database.call(my_drafts, kim.id, None, 10).rows
    loaded.load_draft(draft.draft_id)
    steps.run()
    assert loaded.fields.title.text() == "내 제목"
    loaded.buttons.button(Action.SAVE).click()
    steps.run()
    rows = {row.label: row for row in dialog_of(loaded)._model.rows}
    assert (rows["제목"].mine, rows["제목"].theirs) == ("내 제목", "이담당의 제목")
    assert (rows["담당자"].mine, rows["담당자"].theirs) == ("이담당", "이담당")
