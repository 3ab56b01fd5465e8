"""접수 버튼 바: what each button stores, refuses and leaves in the form."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.tickets import Action
from ets_desktop.queries.drafts import my_drafts
from ets_desktop.queries.tickets import TicketDetail, ticket_detail
from ets_desktop.ui.screens.ticket_form.open_form import ShownCustomer
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.widgets.fields import FieldError
from tests.factories import a_customer, a_ticket, make
from tests.ui.conftest import AnsweredPrompts, Steps, WrittenDesk


def fill(screen: TicketFormScreen, database: Database, content: str = "언제 오나요") -> None:
    """A form that may be saved."""
    customer = make(database, a_customer, numbers=("01000001234",))
    screen.form.set_customer(ShownCustomer(customer.id, customer.name, "", "01000001234"))
    screen.fields.ticket_type.set_code("delivery")
    screen.fields.title.setText("배송 문의")
    screen.fields.content.set_text(content)


def press(screen: TicketFormScreen, steps: Steps, action: Action) -> None:
    button: QPushButton = screen.buttons.button(action)
    assert button.isEnabled()
    button.click()
    steps.run()


def stored(screen: TicketFormScreen, database: Database) -> TicketDetail:
    assert screen.form.ticket_id is not None
    return database.call(ticket_detail, screen.form.ticket_id)


def said(desk: WrittenDesk) -> str:
    return [words[1] for words in desk.asked if words[0] == "say"][-1]


def rows(database: Database, sql: str) -> list[Any]:
    from sqlalchemy import text

    return list(database.call(lambda session: session.execute(text(sql)).all()))


def test_a_form_without_a_call_is_not_by_telephone(screen: TicketFormScreen) -> None:
    assert screen.fields.origin.code() == "direct"
    assert screen.form.is_empty


def test_a_new_form_is_saved_as_my_ticket(
    screen: TicketFormScreen, steps: Steps, database: Database, desk: WrittenDesk, kim: Agent
) -> None:
    fill(screen, database)
    press(screen, steps, Action.SAVE)
    ticket = stored(screen, database)
    assert (ticket.status, ticket.assignee_id, ticket.form.title) == (
        "received",
        kim.id,
        "배송 문의",
    )
    assert screen.fields.ticket_no.text() == ticket.ticket_no
    assert screen.fields.status.text() == "접수"
    assert ticket.ticket_no in said(desk)
    assert not screen.form.has_unsaved


def test_the_buttons_rest_while_a_save_runs_and_answer_at_once(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database)
    screen.buttons.button(Action.SAVE).click()
    assert not screen.buttons.button(Action.SAVE).isEnabled()
    assert not screen.buttons.button(Action.NEW_FORM).isEnabled()
    steps.run()
    assert screen.buttons.button(Action.SAVE).isEnabled()


def test_what_is_typed_while_a_save_runs_stays_and_is_unsaved(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database)
    screen.buttons.button(Action.SAVE).click()
    screen.fields.content.set_text("언제 오나요, 오늘 오나요")
    steps.run()
    assert screen.fields.content.text() == "언제 오나요, 오늘 오나요"
    assert screen.form.has_unsaved
    press(screen, steps, Action.SAVE)
    ticket = stored(screen, database)
    assert (ticket.version, ticket.form.content) == (2, "언제 오나요, 오늘 오나요")


def test_every_missing_field_is_marked_and_nothing_is_sent(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    screen.buttons.button(Action.SAVE).click()
    assert steps.waiting == 0
    for label in ("고객", "접수유형", "접수내용"):
        assert screen.fields.error(label)
    assert screen.fields.error("제목") == ""


def test_what_another_button_sends_stays_typed_after_a_save(
    screen: TicketFormScreen, steps: Steps, database: Database, desk: WrittenDesk, lee: Agent
) -> None:
    fill(screen, database)
    steps.run()
    screen.fields.receiver.set_receiver(lee.id, None)
    screen.fields.transfer_reason.setText("확인 부탁")
    screen.fields.callback_at.setText("내일 10:00")
    screen.fields.callback_number.setText("010-0000-77")
    press(screen, steps, Action.SAVE)
    left = screen.form.contents
    assert (left.to_agent_id, left.transfer_reason) == (lee.id, "확인 부탁")
    assert left.callback_at is not None
    assert left.callback_number == "010-0000-77"
    assert screen.form.has_unsaved
    assert "단추를 눌러야" in said(desk)
    screen.fields.callback_number.setText("010-0000-7777")
    press(screen, steps, Action.CALLBACK)
    assert screen.form.contents.to_agent_id == lee.id
    press(screen, steps, Action.TRANSFER)
    assert stored(screen, database).assignee_id == lee.id
    assert not screen.form.has_unsaved


def test_the_limits_refuse_beside_their_fields(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database, "가" * 2001)
    steps.run()
    screen.fields.title.setText("나" * 201)
    screen.fields.due_on.set_day((datetime.now(UTC) - timedelta(days=3)).date())
    screen.buttons.button(Action.SAVE).click()
    assert steps.waiting == 0
    assert screen.fields.content.text() == "가" * 2001
    for label in ("제목", "완료예정일"):
        assert screen.fields.error(label)
    told = [w for w in screen.findChildren(FieldError) if w.accessibleName() == "접수내용 오류"]
    assert [w.text() for w in told if not w.isHidden()] == ["2,000자까지 저장할 수 있습니다."]


def test_a_type_proposes_its_due_date_until_another_day_is_picked(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    screen.fields.ticket_type.set_code("after_service")
    screen.fields.type_chosen.emit()
    steps.run()
    proposed = screen.fields.due_on.day()
    assert proposed is not None
    screen.fields.ticket_type.set_code("delivery")
    screen.fields.type_chosen.emit()
    steps.run()
    assert screen.fields.due_on.day() != proposed
    picked = (datetime.now(UTC) + timedelta(days=30)).date()
    screen.fields.due_on.set_day(picked)
    screen.fields.ticket_type.set_code("return")
    screen.fields.type_chosen.emit()
    steps.run()
    assert screen.fields.due_on.day() == picked


def test_a_transfer_hands_a_new_form_to_a_colleague(
    screen: TicketFormScreen, steps: Steps, database: Database, lee: Agent, desk: WrittenDesk
) -> None:
    fill(screen, database)
    screen.fields.receiver.setEditText("이담당")
    screen.fields.transfer_reason.setText("물류 확인")
    press(screen, steps, Action.TRANSFER)
    ticket = stored(screen, database)
    assert (ticket.status, ticket.assignee_id) == ("transferred", lee.id)
    assert ticket.last_transfer is not None
    assert ticket.last_transfer.reason == "물류 확인"
    assert "이담당" in said(desk)
    assert screen.fields.receiver.currentText() == ""
    assert not screen.form.has_unsaved


def test_a_transfer_to_nobody_or_to_an_unclear_name_is_refused_in_place(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database)
    steps.run()
    for typed in ("", "없는 사람"):
        screen.fields.receiver.setEditText(typed)
        screen.buttons.button(Action.TRANSFER).click()
        assert steps.waiting == 0
        assert screen.fields.error("이관담당자")


def test_a_transfer_reason_that_is_too_long_is_refused_in_place_and_not_cut(
    screen: TicketFormScreen, steps: Steps, database: Database, lee: Agent
) -> None:
    fill(screen, database)
    steps.run()
    screen.fields.receiver.set_receiver(lee.id, None)
    screen.fields.transfer_reason.setText("가" * 201)
    screen.buttons.button(Action.TRANSFER).click()
    assert steps.waiting == 0
    assert screen.fields.error("이관사유") == "200자까지입니다."
    assert len(screen.fields.transfer_reason.text()) == 201


def test_a_team_is_a_receiver_too(
    screen: TicketFormScreen, steps: Steps, database: Database, lee: Agent
) -> None:
    fill(screen, database)
    screen.fields.receiver.setEditText("물류팀")
    press(screen, steps, Action.TRANSFER)
    ticket = stored(screen, database)
    assert (ticket.assignee_id, ticket.assignee_team_id) == (None, lee.team_id)


def test_a_completed_ticket_is_shown_but_not_changed(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database)
    press(screen, steps, Action.COMPLETE)
    assert stored(screen, database).status == "completed"
    assert screen.fields.status.text() == "완료"
    assert screen.fields.completed_at.text()
    enabled = {a for a in Action if screen.buttons.button(a).isEnabled()}
    assert enabled == {Action.FOLLOW_UP, Action.NEW_FORM, Action.ASK_REOPEN}
    assert screen.fields.title.isReadOnly()


def test_a_callback_is_promised_and_shown_again(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database)
    assert screen.fields.callback_number.text() == "010-0000-1234"
    screen.fields.callback_at.setText("2099-01-02 10:30")
    press(screen, steps, Action.CALLBACK)
    ticket = stored(screen, database)
    assert ticket.callback is not None
    assert ticket.callback.number == "01000001234"
    assert ticket.status == "received"
    assert screen.fields.callback_at.text() == "2099-01-02 10:30"
    assert not screen.form.has_unsaved


@pytest.mark.parametrize("typed", ["", "2001-01-02 10:00", "언젠가"])
def test_a_callback_without_a_time_to_come_is_refused_in_place(
    screen: TicketFormScreen, steps: Steps, database: Database, typed: str
) -> None:
    fill(screen, database)
    steps.run()
    screen.fields.callback_at.setText(typed)
    screen.buttons.button(Action.CALLBACK).click()
    assert steps.waiting == 0
    assert screen.fields.error("콜백일시")


def test_a_draft_keeps_everything_and_empties_the_form(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent
) -> None:
    fill(screen, database)
    screen.fields.tags.set_tags(["급함"])
    press(screen, steps, Action.PARK)
    assert screen.form.is_empty
    assert screen.fields.content.text() == ""
    (draft,) = database.call(my_drafts, kim.id, None, 10).rows
    assert (draft.kind, draft.title, draft.customer) == ("manual", "배송 문의", "김정민")


def test_a_loaded_draft_disappears_once_saved_and_not_before(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent
) -> None:
    fill(screen, database)
    screen.fields.tags.set_tags(["급함"])
    press(screen, steps, Action.PARK)
    (draft,) = database.call(my_drafts, kim.id, None, 10).rows
    screen.load_draft(draft.draft_id)
    steps.run()
    assert screen.fields.tags.tags() == ("급함",)
    assert screen.form.customer_id is not None
    assert len(database.call(my_drafts, kim.id, None, 10).rows) == 1
    press(screen, steps, Action.SAVE)
    assert database.call(my_drafts, kim.id, None, 10).rows == ()


def test_parking_a_loaded_draft_again_replaces_it(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent
) -> None:
    fill(screen, database)
    press(screen, steps, Action.PARK)
    (draft,) = database.call(my_drafts, kim.id, None, 10).rows
    screen.load_draft(draft.draft_id)
    steps.run()
    screen.fields.title.setText("다른 제목")
    press(screen, steps, Action.PARK)
    (again,) = database.call(my_drafts, kim.id, None, 10).rows
    assert (again.draft_id, again.title) == (draft.draft_id, "다른 제목")


def test_discarding_asks_a_reason_and_keeps_the_ticket(
    screen: TicketFormScreen, steps: Steps, database: Database, prompts: AnsweredPrompts
) -> None:
    fill(screen, database)
    press(screen, steps, Action.SAVE)
    prompts.answers = [None]
    press(screen, steps, Action.DISCARD)
    assert stored(screen, database).status == "received"
    prompts.answers = ["잘못 접수"]
    press(screen, steps, Action.DISCARD)
    ticket = stored(screen, database)
    assert (ticket.status, ticket.discard_reason) == ("discarded", "잘못 접수")
    assert screen.fields.status.text() == "폐기"


def test_a_follow_up_keeps_everything_but_content_and_title(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database)
    screen.fields.tags.set_tags(["급함"])
    press(screen, steps, Action.SAVE)
    first = screen.form.ticket_id
    press(screen, steps, Action.FOLLOW_UP)
    assert screen.form.ticket_id is None
    assert (screen.fields.title.text(), screen.fields.content.text()) == ("", "")
    assert screen.fields.content.editor.hasFocus()
    assert screen.fields.tags.tags() == ("급함",)
    assert screen.fields.customer.text().startswith("김정민")
    screen.fields.content.set_text("또 문의")
    press(screen, steps, Action.SAVE)
    second = stored(screen, database)
    assert second.ticket_id != first
    assert second.follow_up_of == first


def test_a_supervisor_reopens_with_a_reason_and_an_agent_has_no_such_button(
    open_screen, steps, database, prompts, kim, park
) -> None:
    ticket = make(database, a_ticket, created_by=kim, status="completed")
    agents = open_screen(kim)
    agents.load_ticket(ticket.id)
    steps.run()
    assert agents.buttons.button(Action.REOPEN).isHidden()
    supervisors = open_screen(park)
    supervisors.load_ticket(ticket.id)
    steps.run()
    prompts.answers = ["다시 문의"]
    press(supervisors, steps, Action.REOPEN)
    again = database.call(ticket_detail, ticket.id)
    assert (again.status, again.assignee_id) == ("received", park.id)
    assert supervisors.buttons.button(Action.SAVE).isEnabled()


def test_a_typed_tag_is_not_lost_by_saving_before_enter(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database)
    screen.fields.tags.focusProxy().setText("파손")
    press(screen, steps, Action.SAVE)
    assert stored(screen, database).form.tags == ("파손",)


def test_the_database_away_and_no_disk_leave_the_form_as_it_is(
    screen: TicketFormScreen, steps: Steps, database: Database, desk: WrittenDesk, monkeypatch
) -> None:
    from ets_desktop.domain.errors import Unavailable

    fill(screen, database)

    def away(*_args: object) -> None:
        raise Unavailable("database_away")

    monkeypatch.setattr("ets_desktop.ui.screens.ticket_form.pressed.sending.save_form", away)
    screen.context.journal.disk_is_full = True
    press(screen, steps, Action.SAVE)
    assert ("tell", "database_away") in desk.asked
    assert screen.fields.content.text() == "언제 오나요"
    assert screen.form.has_unsaved
    assert screen.buttons.button(Action.SAVE).isEnabled()


def test_the_callback_number_stands_there_again_as_soon_as_the_stored_ticket_does(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    fill(screen, database)
    press(screen, steps, Action.SAVE)
    screen.form.refresh(stored(screen, database), screen.form.contents)
    assert screen.fields.callback_number.text() == "010-0000-1234"
    assert not screen.form.has_unsaved
