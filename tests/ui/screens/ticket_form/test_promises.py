"""콜백일시 and 이관이력 in the form: business hours, what cannot be read, who handed it on."""

from datetime import datetime, time

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.calendar import SEOUL, BusinessCalendar, HouseDay
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import ticket_topic
from ets_desktop.domain.transfers import TransferState
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.transfers import AnswerTransfer, accept_transfer
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.widgets.moment_field import MomentField
from tests.factories import a_ticket, a_transfer, make
from tests.ui.conftest import AnsweredPrompts, Steps

FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=SEOUL)
MONDAY = FRIDAY.replace(day=23).date()


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("2026-11-23 10:00", ""),
        ("2026-11-23 18:00", "업무 시간(09:00–18:00)이 아닙니다."),
        ("2026-11-22 10:00", "영업일이 아닙니다."),
        ("2026-11-24 10:00", "휴일입니다: 창립기념일"),
        ("언젠가", ""),
    ],
)
def test_a_time_outside_business_is_warned_of_and_not_refused(
    qtbot: QtBot, typed: str, note: str
) -> None:
    field = MomentField("콜백일시", now=lambda: FRIDAY)
    qtbot.addWidget(field)
    qtbot.addWidget(field.note)
    tuesday = MONDAY.replace(day=24)
    field.use_calendar(lambda: BusinessCalendar(house_days={tuesday: HouseDay("창립기념일")}))
    field.setText(typed)
    assert field.note.text() == note
    assert field.note.accessibleName() == "콜백일시 안내"


def test_the_times_offered_are_of_business(qtbot: QtBot) -> None:
    field = MomentField("콜백일시", now=lambda: FRIDAY)
    qtbot.addWidget(field)
    field.quick_button("콜백일시 고르기").click()
    menu = field.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [
        "30분 뒤",
        "1시간 뒤",
        "11월 23일 (월) 10:00",
        "11월 23일 (월) 14:00",
    ]
    menu.actions()[2].trigger()
    assert field.moment() == datetime.combine(MONDAY, time(10), SEOUL)
    menu.close()


def test_the_days_near_are_called_by_their_names(qtbot: QtBot) -> None:
    thursday = FRIDAY.replace(day=19, hour=10)
    field = MomentField("콜백일시", now=lambda: thursday)
    qtbot.addWidget(field)
    field.quick_button("콜백일시 고르기").click()
    menu = field.findChild(QMenu)
    assert menu is not None
    offered = [action.text() for action in menu.actions()]
    assert offered[2:] == ["오늘 14:00", "오늘 17:00", "내일 10:00", "내일 14:00"]
    menu.close()


def test_what_cannot_be_read_is_not_told_as_missing(screen: TicketFormScreen, steps: Steps) -> None:
    fields = screen.fields
    fields.callback_number.setText("010-0000-1234")
    fields.callback_at.setText("다음 주쯤")
    screen.saving.write(Action.CALLBACK)
    assert fields.error("콜백일시").startswith("콜백일시를 읽을 수 없습니다. (예: ")
    fields.callback_at.clear()
    screen.saving.write(Action.CALLBACK)
    assert fields.error("콜백일시") == "콜백일시를 입력하십시오."


def test_the_chain_of_a_ticket_stands_in_the_form(
    screen: TicketFormScreen,
    database: Database,
    kim: Agent,
    lee: Agent,
    team: Team,
    steps: Steps,
    prompts: AnsweredPrompts,
) -> None:
    strip = screen.handovers.strip
    assert strip.isHidden()
    ticket = make(database, a_ticket, created_by=lee, assignee=kim, status="transferred")
    make(database, a_transfer, ticket=ticket, from_agent=lee, to_agent=kim, reason="물류 확인")
    screen.load_ticket(ticket.id)
    steps.run()
    assert not strip.isHidden()
    assert strip.field.text() == "1회: 이담당 → 김상담"
    assert database.call(ticket_detail, ticket.id).last_transfer is not None
    strip.button.click()
    [(title, lines)] = prompts.notices
    assert title == "이관이력"
    assert "물류 확인" in lines
    screen.opening.new_form()
    steps.run()
    assert strip.isHidden()


def test_ping_pong_is_red_and_told_as_it_happens(
    screen: TicketFormScreen, database: Database, kim: Agent, lee: Agent, steps: Steps
) -> None:
    ticket = make(database, a_ticket, created_by=kim, assignee=kim)
    screen.load_ticket(ticket.id)
    steps.run()
    hop = make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee, hop=3)
    screen.context.changes.publish(frozenset({ticket_topic(ticket.id)}))
    steps.run()
    assert screen.handovers.strip.field.property("tone") == "red"
    database.call(accept_transfer, AnswerTransfer(lee.id, hop.id))
    last = database.call(ticket_detail, ticket.id).last_transfer
    assert last is not None
    assert last.state == TransferState.ACCEPTED
