"""당일 콜 히스토리 at work: missed calls, a second line, dialling, whose call it was."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calls import End, Phase
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import calls_topic, dial_topic
from ets_desktop.queries.calls import any_call, call_by_id
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.dialling import answer_dial_wish, take_dial_wishes
from ets_desktop.services.missed_calls import HandleMissedCall, handle_missed_call
from ets_desktop.ui.call_dock import HANDLED
from ets_desktop.ui.dialling import Dialling
from ets_desktop.ui.tables import TONE_ROLE
from tests.calls import then
from tests.factories import a_call, a_customer, a_leg, make
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.test_call_desk import NUMBER, Seat, link_is_up, new_ring, seat

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "seat", "team"]


def missed(seat: Seat, number: str = NUMBER) -> int:
    rings = new_ring(number)
    return seat.happen(rings, then(rings, Phase.ENDED, 9, End.NO_ANSWER))


def tones(seat: Seat) -> list[str]:
    """The tone of 구분, row by row."""
    model = seat.desk.call_dock._panel.model
    return [model.index(row, 1).data(TONE_ROLE) for row in range(model.rowCount())]


def button(seat: Seat, title: str) -> Any:
    return seat.desk.call_dock._panel.button(title)


def select(seat: Seat, row: int) -> None:
    seat.desk.call_dock._panel.table.selectRow(row)


def tell(seat: Seat, *topics: Any) -> None:
    seat.context.changes.publish(frozenset(topics))
    seat.settle()


# 부재


def test_a_missed_call_is_red_until_it_is_said_to_be_handled(seat: Seat) -> None:
    missed(seat)
    missed(seat, "01000009999")
    assert tones(seat) == ["red", "red"]
    select(seat, 0)
    button(seat, HANDLED).click()
    seat.settle()
    assert tones(seat) == ["", "red"]
    assert seat.dock[0][6] == "응답 없음 · 김상담 처리"
    assert "부재" in seat.desk.status_line.message


def test_only_a_missed_call_can_be_handled(seat: Seat) -> None:
    assert not button(seat, HANDLED).isEnabled()
    talked = new_ring()
    seat.happen(talked, then(talked, Phase.TALKING, 1), then(talked, Phase.ENDED, 5, End.COMPLETED))
    select(seat, 0)
    assert not button(seat, HANDLED).isEnabled()
    missed(seat)
    select(seat, 0)
    assert button(seat, HANDLED).isEnabled()


def test_a_colleague_who_was_faster_is_seen_at_once(
    seat: Seat, database: Database, lee: Agent
) -> None:
    call_id = missed(seat)
    select(seat, 0)
    database.call(handle_missed_call, HandleMissedCall(lee.id, call_id))
    button(seat, HANDLED).click()
    seat.settle()
    assert seat.desk.status_line.message == "이미 처리된 부재 통화입니다."
    tell(seat, calls_topic("101"))
    assert tones(seat) == [""]
    assert not button(seat, HANDLED).isEnabled()


def test_a_ticket_saved_from_the_dock_handles_it(seat: Seat, database: Database) -> None:
    customer = make(database, a_customer, name="김정민", numbers=(NUMBER,))
    call_id = missed(seat)
    select(seat, 0)
    button(seat, "접수").click()
    seat.settle()
    assert seat.form.form.call is not None
    assert seat.form.form.call.call_id == call_id
    assert seat.form.form.customer_id == customer.id
    seat.form.fields.ticket_type.set_code("delivery")
    seat.form.fields.content.set_text("다시 걸겠습니다")
    seat.form.buttons.button(Action.SAVE).click()
    seat.settle()
    tell(seat, calls_topic("101"))
    assert tones(seat) == [""]
    row = database.call(call_by_id, "101", call_id)
    assert row is not None
    assert row.ticket_id == seat.form.form.ticket_id


def test_a_withheld_missed_call_takes_a_ticket_too(seat: Seat) -> None:
    rings = new_ring("anonymous")
    seat.happen(rings, then(rings, Phase.ENDED, 9, End.ABANDONED))
    select(seat, 0)
    button(seat, "접수").click()
    seat.settle()
    assert seat.form.form.call is not None


def test_on_a_small_screen_the_dock_needs_little(seat: Seat) -> None:
    """Time, kind and number; the rest by scrolling. Without the theme its buttons are wider."""
    missed(seat)
    assert seat.desk.call_dock.minimumSizeHint().width() <= 260


# A second line


def test_a_second_call_is_shown_as_waiting_and_rings_on_alone(seat: Seat) -> None:
    first = new_ring()
    seat.happen(first, then(first, Phase.TALKING, 1))
    second = new_ring("01000007777")
    seat.happen(second)
    assert [row[6] for row in seat.dock] == ["대기 중", "통화 중"]
    assert "대기 통화 1" in seat.strip
    seat.happen(then(first, Phase.ENDED, 30, End.COMPLETED))
    assert seat.dock[0][6] == "수신 중"
    assert seat.desk.top_bar.call is not None
    assert seat.desk.top_bar.call.number == "010-0000-7777"


# 통화


@pytest.fixture
def dialling(seat: Seat) -> Dialling:
    made = Dialling(seat.context, patience_milliseconds=60_000)
    seat.desk.dial_requested.connect(made.dial)
    return made


def gateway_answers(seat: Seat, database: Database, outcome: str) -> list[str]:
    """A gateway takes what waits; the numbers it was asked for."""
    wishes = database.call(take_dial_wishes).value
    for wish in wishes:
        database.call(answer_dial_wish, wish.request_id, outcome)
    tell(seat, dial_topic(seat.context.agent.agent_id))
    return [wish.number for wish in wishes]


def test_dialling_says_that_the_own_phone_rings_first(
    seat: Seat, database: Database, dialling: Dialling
) -> None:
    link_is_up(seat, database)
    missed(seat)
    select(seat, 0)
    button(seat, "통화").click()
    seat.settle()
    button(seat, "통화").click()
    assert seat.desk.status_line.message == "전화를 거는 중입니다. 잠시 뒤 다시 하십시오."
    assert gateway_answers(seat, database, "dialled") == [NUMBER]
    said = seat.desk.status_line.message
    assert said.startswith("내선 101 전화기가 먼저 울립니다.")
    assert NUMBER not in said.replace("-", "")
    button(seat, "통화").click()
    seat.settle()
    assert "이미 거는 중" in seat.desk.status_line.message
    assert gateway_answers(seat, database, "dialled") == []


def test_why_it_could_not_be_dialled_is_said(
    seat: Seat, database: Database, dialling: Dialling
) -> None:
    dialling.dial(NUMBER)
    seat.settle()
    gateway_answers(seat, database, "cannot_dial")
    assert "전화를 걸 수 없습니다" in seat.desk.status_line.message
    tell(seat, dial_topic(seat.context.agent.agent_id))
    dialling.dial(NUMBER)
    seat.settle()
    dialling._on_patience_ended()
    assert "응답하지 않아" in seat.desk.status_line.message
    dialling._on_patience_ended()


def test_what_is_no_number_and_a_database_that_is_away_are_said(
    seat: Seat, dialling: Dialling
) -> None:
    dialling.dial("12")
    seat.settle()
    assert seat.desk.status_line.message == "전화번호가 아닙니다."

    def away(*_: Any, **__: Any) -> Any:
        raise Unavailable("database_away")

    dialling._jobs._call = away
    dialling.dial(NUMBER)
    seat.settle()
    assert "데이터베이스" in seat.desk.status_line.message


# Whose call it was


def chosen(seat: Seat, name: str, qtbot: QtBot) -> None:
    chooser = seat.form.retying.chooser
    assert chooser is not None
    rows = [row.name for row in chooser.rows]
    chooser.table.selectRow(rows.index(name))
    qtbot.keyClick(chooser.table, Qt.Key.Key_Return)
    seat.settle()


def test_another_customer_is_chosen_afterwards_and_it_can_be_undone(
    seat: Seat, database: Database, qtbot: QtBot
) -> None:
    one, two = (make(database, a_customer, name=n, numbers=(NUMBER,)) for n in ("서연", "지우"))
    call_id = missed(seat)
    seat.form.take_call(call_id)
    seat.settle()
    assert seat.form.customers.chooser is not None
    seat.form.customers.chooser.row_chosen.emit(
        next(row for row in seat.form.customers.chooser.rows if row.name == "서연")
    )
    seat.form.customers.chooser.reject()
    seat.form.fields.ticket_type.set_code("delivery")
    seat.form.fields.content.set_text("문의")
    seat.form.buttons.button(Action.SAVE).click()
    seat.settle()
    ticket_id = seat.form.form.ticket_id
    assert ticket_id is not None

    seat.desk.retie_call(call_id)
    seat.settle()
    assert [row.name for row in seat.form.retying.chooser.rows] == ["지우"]
    assert not seat.form.retying.chooser.new.isVisible()
    chosen(seat, "지우", qtbot)
    said = seat.desk.status_line.message
    assert said.startswith("통화의 고객을 바꾸었습니다: 서연 → 지우. 접수 ")
    detail = database.call(ticket_detail, ticket_id)
    assert detail.form.customer_id == two.id
    # The ticket is open here: it shows its new customer by itself, without a warning.
    assert seat.form.form.customer_id == two.id
    assert seat.form.freshness.bar.isHidden()
    seat.desk.status_line.undo_button.click()
    seat.settle()
    assert database.call(ticket_detail, ticket_id).form.customer_id == one.id


def test_the_right_customer_is_found_by_name_too(
    seat: Seat, database: Database, qtbot: QtBot
) -> None:
    """Called from a friend's telephone: no number of theirs."""
    make(database, a_customer, name="서연", numbers=(NUMBER,))
    friend = make(database, a_customer, name="최친구")
    call_id = missed(seat)
    seat.desk.retie_call(call_id)
    seat.settle()
    chooser = seat.form.retying.chooser
    assert chooser is not None
    assert chooser.rows == ()
    chooser.search.setText("  ")
    chooser.search.entered.emit()
    chooser.search.setText("최친구")
    chooser.search.entered.emit()
    seat.settle()
    chosen(seat, "최친구", qtbot)
    row = database.call(call_by_id, "101", call_id)
    assert row is not None
    assert row.customer_id == friend.id
    # Nobody had it before: there is nothing to go back to.
    assert seat.desk.status_line.undo_button.isHidden()


def test_the_form_that_holds_the_call_follows(seat: Seat, database: Database, qtbot: QtBot) -> None:
    make(database, a_customer, name="서연", numbers=(NUMBER,))
    other = make(database, a_customer, name="최친구")
    call_id = seat.happen(new_ring())
    assert seat.form.form.customer is not None
    seat.desk.retie_call(call_id)
    seat.settle()
    chooser = seat.form.retying.chooser
    assert chooser is not None
    chooser.searched.emit("최친구")
    seat.settle()
    chosen(seat, "최친구", qtbot)
    assert seat.form.form.customer_id == other.id


def test_the_call_in_the_form_is_given_to_another_there(
    seat: Seat, database: Database, qtbot: QtBot
) -> None:
    make(database, a_customer, name="서연", numbers=(NUMBER,))
    other = make(database, a_customer, name="최친구")
    button = seat.form.retying.button
    assert button.isHidden()
    seat.form.retying.ask_about_this()
    assert not seat.form.jobs.is_reading("retie")
    call_id = seat.happen(new_ring())
    assert not button.isHidden()
    button.click()
    seat.settle()
    chooser = seat.form.retying.chooser
    assert chooser is not None
    chooser.searched.emit("최친구")
    seat.settle()
    chosen(seat, "최친구", qtbot)
    assert seat.form.form.customer_id == other.id
    row = database.call(call_by_id, "101", call_id)
    assert row is not None
    assert row.customer_id == other.id


def test_a_call_of_another_desk_is_moved_too(seat: Seat, database: Database, qtbot: QtBot) -> None:
    """접촉이력 shows the calls of all."""
    other = make(database, a_customer, name="최친구")
    call = make(database, a_call, caller_number=NUMBER)
    make(database, a_leg, call=call, extension="199")
    seat.desk.retie_call(call.id)
    seat.settle()
    chooser = seat.form.retying.chooser
    assert chooser is not None
    chooser.searched.emit("최친구")
    seat.settle()
    chosen(seat, "최친구", qtbot)
    row = database.call(any_call, call.id)
    assert row is not None
    assert row.customer_id == other.id


def test_a_call_that_is_none_is_not_moved(seat: Seat, database: Database) -> None:
    seat.desk.retie_call(12345)
    seat.settle()
    assert seat.form.retying.chooser is None
    assert "없는 통화입니다." in seat.desk.status_line.message


def test_a_closed_tickets_call_is_refused_in_words(
    seat: Seat, database: Database, qtbot: QtBot
) -> None:
    make(database, a_customer, name="서연", numbers=(NUMBER,))
    make(database, a_customer, name="지우", numbers=(NUMBER,))
    call_id = missed(seat)
    seat.form.take_call(call_id)
    seat.settle()
    chooser = seat.form.customers.chooser
    assert chooser is not None
    qtbot.keyClick(chooser.table, Qt.Key.Key_Return)
    seat.settle()
    seat.form.fields.ticket_type.set_code("delivery")
    seat.form.fields.content.set_text("문의")
    seat.form.buttons.button(Action.COMPLETE).click()
    seat.settle()
    seat.desk.retie_call(call_id)
    seat.settle()
    other = seat.form.retying.chooser
    assert other is not None
    chosen(seat, other.rows[0].name, qtbot)
    assert "관리자만" in seat.desk.status_line.message


# What the status line says of the form


def test_that_nobody_was_found_is_not_said_of_the_next_form(seat: Seat, database: Database) -> None:
    seat.desk.top_bar.customer_searched.emit("없는사람")
    seat.settle()
    assert "없는사람" in seat.desk.status_line.message
    make(database, a_customer, name="김정민", numbers=(NUMBER,))
    seat.happen(new_ring())
    assert "없는사람" not in seat.desk.status_line.message


def test_how_many_it_may_be_is_said_until_somebody_is_chosen(
    seat: Seat, database: Database, qtbot: QtBot
) -> None:
    for name in ("서연", "지우"):
        make(database, a_customer, name=name, numbers=(NUMBER,))
    seat.happen(new_ring())
    assert "고객 2명" in seat.desk.status_line.message
    seat.desk.take_shown_call()
    seat.settle()
    chooser = seat.form.customers.chooser
    assert chooser is not None
    qtbot.keyClick(chooser.table, Qt.Key.Key_Down)
    qtbot.keyClick(chooser.table, Qt.Key.Key_Return)
    seat.settle()
    assert seat.form.form.customer is not None
    assert "고객 2명" not in seat.desk.status_line.message


def test_what_was_done_stays_said(seat: Seat, database: Database) -> None:
    seat.desk.say("접수정보를 저장했습니다.")
    seat.form.form.clear()
    assert seat.desk.status_line.message == "접수정보를 저장했습니다."
