"""The pages beside the form: they read what belongs to it, page by page, and stay true."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claim_requests import LineWish
from ets_desktop.domain.tickets import Action
from ets_desktop.domain.topics import EVERYTHING
from ets_desktop.queries.calls import call_by_id
from ets_desktop.ui import paged_list
from ets_desktop.ui.cards import OfferedCall
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.screens.pickup_request.dialog import PickupRequestDialog
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.factories import (
    a_call,
    a_channel,
    a_customer,
    a_leg,
    a_product,
    a_ticket,
    an_order,
    an_order_line,
    make,
)
from tests.ui.conftest import Steps


def load_customer(screen: TicketFormScreen, steps: Steps, customer_id: int) -> None:
    screen.load_customer(customer_id)
    steps.run()


def test_the_conditions_refine_and_go_with_their_customer(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    customer, other = make(database, a_customer), make(database, a_customer)
    shop = make(database, a_channel, name="가게몰")
    for days, name in ((1, "청소기"), (60, "필터"), (200, "먼지통")):
        order = make(
            database,
            an_order,
            customer=customer,
            channel=shop,
            ordered_at=datetime.now(UTC) - timedelta(days=days),
        )
        make(database, an_order_line, order=order, product=make(database, a_product, name=name))
    load_customer(screen, steps, customer.id)
    page = screen.pages.orders
    shown = page.list.model
    assert shown.rowCount() == 3
    page._period.set_code("92")
    page._ask.click()
    steps.run()
    assert [row.product for row in shown.rows] == ["청소기", "필터"]
    page._product.setText("필터")
    page._channel.set_code(shop.code)
    page._product.entered.emit()
    steps.run()
    assert [row.product for row in shown.rows] == ["필터"]
    load_customer(screen, steps, other.id)
    assert (page._period.code(), page._product.text()) == ("", "")
    assert shown.rowCount() == 0


def test_an_order_that_is_being_read_is_not_said_to_be_none(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    order = make(database, an_order, channel=make(database, a_channel, name="가게몰"))
    view = screen.pages.order.view
    assert view.title == "선택한 주문이 없습니다."
    screen.pages.order.look_at(order.id)
    assert (view.title, view.lines.message) == ("조회 중…", "조회 중…")
    steps.run()
    assert view.title.startswith("가게몰")
    screen.pages.order.look_at(987654321)
    steps.run()
    assert view.title == "주문을 조회하지 못했습니다."
    screen.pages.order.show_order(None)
    assert (view.title, view.lines.message) == ("선택한 주문이 없습니다.", "")


def test_what_the_import_doubted_stands_beside_the_order(
    screen: TicketFormScreen, steps: Steps, database: Database
) -> None:
    order = make(database, an_order, marks=["no_address", "sum_differs"])
    screen.pages.order.look_at(order.id)
    steps.run()
    assert screen.pages.order.view.title.endswith(" · 주소 없음 · 금액 불일치")


def test_a_long_list_comes_in_pages_and_keeps_its_place_when_renewed(
    screen: TicketFormScreen,
    steps: Steps,
    database: Database,
    kim: Agent,
    changes: ChangeBus,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paged_list, "PAGE", 3)
    customer = make(database, a_customer)
    tickets = [make(database, a_ticket, customer=customer, created_by=kim) for _ in range(5)]
    load_customer(screen, steps, customer.id)
    screen.pages.open_page("고객접수내역")
    steps.run()
    page = screen.pages.of_customer
    assert page.model.rowCount() == 3
    page.more_wanted.emit(page.model._next_key)
    steps.run()
    assert page.model.rowCount() == 5
    page.table.select_key(tickets[4].id)
    make(database, a_ticket, customer=customer, created_by=kim)
    changes.publish(frozenset({EVERYTHING}))
    steps.run()
    row = page.current_row()
    assert row is not None
    assert row.ticket_id == tickets[4].id


def test_the_key_of_a_page_leads_into_its_list(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent
) -> None:
    customer = make(database, a_customer)
    make(database, a_ticket, customer=customer, created_by=kim)
    load_customer(screen, steps, customer.id)
    screen.pages.bring_forward("고객접수내역")
    steps.run()
    assert screen.pages.of_customer.table.hasFocus()
    screen.pages.bring_forward("고객주문내역")
    assert screen.pages.orders.list.table.hasFocus()
    screen.pages.bring_forward("고객접수내역")
    assert screen.pages.of_customer.table.currentIndex().row() == 0
    screen.pages.bring_forward("고객여정")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert screen.pages.journey.isAncestorOf(focus)


def test_a_page_behind_reads_only_when_it_comes_to_the_front(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent
) -> None:
    line = make(database, an_order_line)
    ticket = make(database, a_ticket, order_line=line, created_by=kim)
    screen.load_ticket(ticket.id)
    steps.run()
    assert screen.pages.of_line.model.rowCount() == 0
    for title, page in (
        ("주문관련접수내역", screen.pages.of_order),
        ("상품관련접수내역", screen.pages.of_line),
    ):
        screen.pages.open_page(title)
        steps.run()
        assert [row.ticket_id for row in page.model.rows] == [ticket.id]


def test_an_open_ticket_of_the_caller_takes_the_call_along(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent
) -> None:
    customer = make(database, a_customer, numbers=("01000001234",))
    ticket = make(database, a_ticket, customer=customer, created_by=kim)
    call = make(database, a_call, caller_number="01000001234")
    make(database, a_leg, call=call, agent=kim)
    screen.offer_call(OfferedCall(call.id, "01000001234"))
    screen.customers.take_id(customer.id)
    steps.run()
    screen.pages.open_page("고객접수내역")
    steps.run()
    screen.pages.of_customer.table.selectRow(0)
    screen.pages.of_customer.button("선택").click()
    steps.run()
    assert screen.form.ticket_id == ticket.id
    screen.fields.content.set_text("다시 전화하심")
    screen.buttons.button(Action.SAVE).click()
    steps.run()
    stored = database.call(call_by_id, "101", call.id)
    assert stored is not None
    assert stored.ticket_id == ticket.id


def test_the_clock_moves_what_is_open_on(
    screen: TicketFormScreen, steps: Steps, database: Database, kim: Agent
) -> None:
    ticket = make(
        database,
        a_ticket,
        created_by=kim,
        created_at=datetime.now(UTC) - timedelta(days=4, hours=2),
    )
    screen.load_ticket(ticket.id)
    steps.run()
    screen._on_minute_passed()
    assert screen.fields.elapsed.text() == "4일 2시간"
    assert screen.fields.elapsed.property("tone") == "red"


def test_a_pickup_is_requested_for_the_order_in_the_form(
    screen: TicketFormScreen, database: Database, steps: Steps
) -> None:
    line = make(database, an_order_line)
    assert not screen.pages.order.pickup.isEnabled()
    screen.pages.order.look_at(line.order_id)
    steps.run()
    screen.pages.order.view.lines.table.selectRow(0)
    screen.pages.order.pickup.click()
    steps.run()
    (dialog,) = screen.findChildren(PickupRequestDialog)
    assert dialog.lines.wishes() == (LineWish(line.id, 1),)
