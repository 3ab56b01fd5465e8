"""Follow-ups and open tickets above the form; contacts and the journey beside it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.customers import Customer
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.ars import ArsEvent, ArsKind
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import ARS, calls_topic, ticket_topic
from ets_desktop.queries.calls import call_by_id
from ets_desktop.services.ars import record_ars_events
from ets_desktop.ui.cards import OfferedCall, OrderChoice
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.labels import JOURNEY_EVENTS
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import (
    a_call,
    a_customer,
    a_leg,
    a_ticket,
    a_transfer,
    an_activity,
    an_order,
    an_order_line,
    make,
)
from tests.ui.conftest import AnsweredPrompts, Steps, WrittenDesk

NUMBER = "01000001234"


@pytest.fixture
def caller(database: Database) -> Customer:
    return make(database, a_customer, name="최구매", numbers=(NUMBER,))


def ring(screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent, to: str) -> int:
    call = make(database, a_call, caller_number=to)
    make(database, a_leg, call=call, agent=kim)
    screen.take_call(call.id)
    steps.run()
    return call.id


def open_page(screen: TicketFormScreen, steps: Steps, title: str) -> None:
    screen.pages.open_page(title)
    steps.run()


def test_the_newest_open_ticket_of_a_caller_is_proposed_beside_a_new_one(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent, caller: Customer
) -> None:
    ago = datetime.now(UTC) - timedelta(days=1)
    older = {"customer": caller, "created_by": kim, "created_at": ago}
    make(database, a_ticket, **older)
    newest = make(database, a_ticket, customer=caller, created_by=kim, title="파손 문의")
    make(database, a_ticket, customer=caller, created_by=kim, status="completed")
    call_id = ring(screen, steps, database, kim, NUMBER)
    choice = screen.relations.choice
    assert choice.isVisible()
    assert (
        choice.message
        == f"처리 중인 접수 2건, 최근 {newest.ticket_no}: 배송문의 · 파손 문의 · 김상담"
    )
    assert screen.pages.open_title == "고객접수내역"
    row = screen.pages.of_customer.current_row()
    assert row is not None
    assert row.ticket_id == newest.id
    choice.add.click()
    steps.run()
    assert screen.form.ticket_id == newest.id
    assert not choice.isVisible()
    screen.fields.content.set_text("다시 전화하심")
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    stored = database.call(call_by_id, "101", call_id)
    assert stored is not None
    assert stored.ticket_id == newest.id


def test_a_new_ticket_for_the_call_is_chosen_once(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent, caller: Customer
) -> None:
    make(database, a_ticket, customer=caller, created_by=kim)
    call = make(database, a_call, caller_number=NUMBER)
    make(database, a_leg, call=call, agent=kim)
    screen.offer_call(OfferedCall(call.id, NUMBER))
    screen.customers.take_id(caller.id)
    steps.run()
    choice = screen.relations.choice
    assert choice.begin.isEnabled()
    choice.begin.click()
    steps.run()
    assert not choice.isVisible()
    assert not choice.add.isEnabled()
    assert screen.form.call is not None
    assert not screen.form.call.by_itself
    # Another form of the same caller asks again.
    screen.form.clear()
    ring(screen, steps, database, kim, NUMBER)
    assert choice.isVisible()


def test_nothing_is_proposed_without_a_call_or_without_an_open_ticket(
    screen: TicketFormScreen,
    steps: Steps,
    database: Database,
    kim: Agent,
    caller: Customer,
    changes: ChangeBus,
) -> None:
    screen.load_customer(caller.id)
    steps.run()
    assert not screen.relations.choice.isVisible()
    ring(screen, steps, database, kim, NUMBER)
    assert not screen.relations.choice.isVisible()
    screen.relations.choice.add.click()
    # Somebody makes one meanwhile.
    make(database, a_ticket, customer=caller, created_by=kim)
    changes.publish(frozenset({"customer/" + str(caller.id)}))  # type: ignore[arg-type]
    steps.run()
    assert screen.relations.choice.isVisible()


def test_follow_ups_lead_to_each_other(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent, caller: Customer
) -> None:
    first = make(database, a_ticket, customer=caller, created_by=kim)
    screen.load_ticket(first.id)
    steps.run()
    strip = screen.relations.follow_ups
    assert not strip.isVisible()
    screen.buttons.button(Action.FOLLOW_UP).click()
    steps.run()
    assert texts(strip.buttons) == [f"이전 접수 {first.ticket_no} (접수)"]
    screen.fields.content.set_text("하나 더")
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    second = screen.form.detail
    assert second is not None
    strip.buttons[0].click()
    steps.run()
    assert screen.form.ticket_id == first.id
    assert texts(strip.buttons) == [f"후속 접수 {second.ticket_no} (접수)"]
    screen.buttons.button(Action.NEW_FORM).click()
    steps.run()
    assert not strip.isVisible()


def texts(buttons: list[QPushButton]) -> list[str]:
    return [button.text() for button in buttons]


def test_a_contact_appended_meanwhile_refuses_no_save_and_is_seen(
    screen: TicketFormScreen,
    steps: Steps,
    database: Database,
    kim: Agent,
    caller: Customer,
    changes: ChangeBus,
) -> None:
    ticket = make(database, a_ticket, customer=caller, created_by=kim)
    screen.load_ticket(ticket.id)
    steps.run()
    screen.fields.content.set_text("고쳐 쓴 내용")
    open_page(screen, steps, "변경이력")
    make(database, an_activity, ticket=ticket, kind="note", note="녹취 1건이 붙었습니다")
    changes.publish(frozenset({ticket_topic(ticket.id)}))
    steps.run()
    assert "녹취 1건이 붙었습니다" in [row.new for row in screen.pages.history.model.rows]
    assert not screen.freshness.bar.isVisible()
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    assert screen.freshness.dialog is None
    assert not screen.form.has_unsaved
    assert screen.form.version == 2


def test_contacts_of_an_unknown_number_are_listed_and_only_tickets_load(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent, desk: WrittenDesk
) -> None:
    stranger = "01000007777"
    ticket = make(database, a_ticket, created_by=kim, caller_number=stranger)
    make(database, an_activity, ticket=ticket, kind="sms", note="배송 안내")
    ring(screen, steps, database, kim, stranger)
    open_page(screen, steps, "접촉이력")
    page = screen.pages.contacts
    told = [page.contacts.model.texts(number) for number in range(3)]
    kinds = {cells[1]: cells for cells in told}
    assert set(kinds) == {"수신 통화", "접수", "SMS"}
    assert kinds["SMS"][2:4] == (ticket.ticket_no, "배송 안내")
    number = next(n for n, cells in enumerate(told) if cells[1] == "수신 통화")
    page.contacts.table.selectRow(number)
    page.contacts.button("선택").click()
    assert desk.asked[-1] == ("say", "접수가 없는 통화입니다.")
    page.retie.click()
    assert desk.asked[-1][0] == "retie_call"
    page.contacts.table.selectRow(next(n for n, cells in enumerate(told) if cells[1] == "접수"))
    page.retie.click()
    assert desk.asked[-1] == ("say", "통화가 아닌 줄입니다. 통화를 고르십시오.")
    page.contacts.table.setCurrentIndex(page.contacts.model.index(-1, 0))
    page.retie.click()
    assert page.contacts.message == "목록에서 한 건을 먼저 고르십시오."
    page.tabs.open_page("SMS")
    steps.run()
    page.messages.table.selectRow(0)
    page.messages.button("선택").click()
    steps.run()
    assert screen.form.ticket_id == ticket.id
    assert screen.form.call is not None


def test_the_journey_opens_tickets_and_looks_at_orders(
    screen: TicketFormScreen,
    steps: Steps,
    database: Database,
    kim: Agent,
    caller: Customer,
    qtbot: QtBot,
    prompts: AnsweredPrompts,
) -> None:
    order = make(database, an_order, customer=caller)
    line = make(database, an_order_line, order=order)
    ticket = make(database, a_ticket, customer=caller, created_by=kim)
    screen.load_customer(caller.id)
    steps.run()
    open_page(screen, steps, "고객여정")
    page = screen.pages.journey
    timeline = page.panel.timeline
    assert [entry.mark for entry in timeline.entries.entries] == ["ticket", "order"]
    timeline.setCurrentIndex(timeline.entries.index(1, 0))
    qtbot.keyClick(timeline, Qt.Key.Key_Return)
    steps.run()
    assert screen.pages.open_title == "주문 상세"
    assert screen.form.order_id is None
    view = screen.pages.order.view
    view.lines.table.selectRow(0)
    prompts.answers = ["Yes"]
    view.lines.button("선택").click()
    steps.run()
    assert (screen.form.order_id, screen.form.line_id) == (order.id, line.id)
    screen.form.clear()
    screen.load_customer(caller.id)
    steps.run()
    open_page(screen, steps, "고객여정")
    timeline.setCurrentIndex(timeline.entries.index(0, 0))
    qtbot.keyClick(timeline, Qt.Key.Key_Return)
    steps.run()
    assert screen.form.ticket_id == ticket.id


def test_the_journey_shows_the_kinds_that_are_ticked(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent, caller: Customer
) -> None:
    make(database, an_order, customer=caller)
    make(database, a_ticket, customer=caller, created_by=kim)
    screen.load_customer(caller.id)
    open_page(screen, steps, "고객여정")
    page = screen.pages.journey
    assert [box.text() for box in page.kinds.values()] == list(JOURNEY_EVENTS.values())
    page.kinds["ticket"].click()
    steps.run()
    assert [entry.mark for entry in page.panel.timeline.entries.entries] == ["order"]
    page.kinds["order"].click()
    steps.run()
    assert page.panel.message == "내역이 없습니다."
    page.kinds["ticket"].click()
    steps.run()
    assert [entry.mark for entry in page.panel.timeline.entries.entries] == ["ticket"]


def test_a_looked_at_order_gives_way_to_the_forms_own(
    screen: TicketFormScreen, steps: Steps, database: Database, caller: Customer
) -> None:
    own, other = (make(database, an_order, customer=caller) for _ in range(2))
    screen.take_order(OrderChoice(own.id))
    steps.run()
    page = screen.pages.order
    page.look_at(own.id)
    assert page._own
    page.look_at(other.id)
    steps.run()
    assert not page._own
    screen.form.set_order(None)
    steps.run()
    assert page._own


def test_the_journey_reads_again_when_one_of_its_tickets_is_told_of(
    screen: TicketFormScreen,
    steps: Steps,
    database: Database,
    kim: Agent,
    lee: Agent,
    caller: Customer,
    changes: ChangeBus,
) -> None:
    ticket = make(database, a_ticket, customer=caller, created_by=kim)
    screen.load_customer(caller.id)
    steps.run()
    open_page(screen, steps, "접촉이력")
    open_page(screen, steps, "고객여정")
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee)
    changes.publish(frozenset({ticket_topic(ticket.id)}))
    steps.run()
    marks = [entry.mark for entry in screen.pages.journey.panel.timeline.entries.entries]
    assert marks == ["transfer", "ticket"]
    make(database, a_call, caller_number=NUMBER)
    changes.publish(frozenset({calls_topic("101")}))
    steps.run()
    marks = [entry.mark for entry in screen.pages.journey.panel.timeline.entries.entries]
    assert marks == ["call", "transfer", "ticket"]


def test_ars_sessions_are_listed_masked_and_open_their_order(
    screen: TicketFormScreen,
    steps: Steps,
    database: Database,
    kim: Agent,
    desk: WrittenDesk,
    changes: ChangeBus,
) -> None:
    hong = make(database, a_customer, name="홍길동", numbers=("01000004321",))
    order = make(
        database,
        an_order,
        customer=hong,
        recipient_name="김정민",
        address="서울 강남구 역삼동 12-3",
        order_total=32_000,
    )
    answered = datetime(2026, 11, 20, 1, tzinfo=UTC)
    ended = ArsEvent(
        "s-1",
        answered,
        order_no=order.channel_order_no,
        name="홍길동",
        phone="010-0000-4321",
        kind=ArsKind.RETURN,
        category="단순변심",
        amount=32_000,
        packing_fee=2_500,
        menu=("주문조회", "반품"),
        reached_final=True,
        ended_at=answered + timedelta(minutes=3),
    )
    database.call(record_ars_events, [ended])
    ring(screen, steps, database, kim, "01000004321")
    open_page(screen, steps, "접촉이력")
    page = screen.pages.contacts
    page.tabs.open_page("ARS이력")
    steps.run()
    assert page.ars.panel.model.texts(0) == (
        order.channel_order_no,
        "홍*동",
        "010-****-4321",
        "2026-11-20 10:00:00",
        "반품",
        "단순변심",
        "32,000",
    )
    page.ars.panel.table.selectRow(0)
    assert page.ars.detail.text() == (
        "주문금액 32,000   포장비 2,500   수취인 김*민   주소 서울 강남구 역삼동 ***\n"
        "메뉴 주문조회 > 반품   마지막 안내까지 듣고 10:03:00에 끝남"
    )
    page.ars.panel.button("선택").click()
    steps.run()
    assert screen.pages.currentWidget() is screen.pages.order
    open_page(screen, steps, "접촉이력")
    hung_up = replace(ended, session_id="s-2", order_no="", menu=(), reached_final=False)
    on_the_line = replace(hung_up, session_id="s-3", ended_at=None)
    database.call(record_ars_events, [hung_up, on_the_line])
    changes.publish(frozenset({ARS}))
    steps.run()
    assert page.ars.detail.text().endswith("마지막 안내까지 듣고 10:03:00에 끝남")
    said = []
    for number in range(2):
        page.ars.panel.table.selectRow(number)
        said.append(page.ars.detail.text().splitlines()[-1])
    assert said == ["통화 중", "마지막 안내 전 10:03:00에 끊음"]
    page.ars.panel.button("선택").click()
    assert desk.asked[-1] == ("say", "주문을 알 수 없는 ARS 이력입니다.")
