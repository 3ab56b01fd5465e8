"""최근 고객, 최근 주문: by login, ids only on the disk, words from the database when shown."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.recent import RecentCustomer, RecentOrder, RecentRows, recent_rows
from ets_desktop.ui.cards import OrderChoice
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.palette import Palette
from ets_desktop.ui.recent import CUSTOMERS, LIMIT, ORDERS, RecentIds, RecentThings
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from ets_desktop.ui.shortcuts import Actions
from ets_desktop.ui.window_state import WindowState
from tests.factories import a_customer, a_product, an_order, an_order_line, make
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps, WrittenDesk
from tests.ui.screens.conftest import kims_desk
from tests.ui.screens.ticket_form.conftest import open_screen, screen
from tests.ui.screens.ticket_form.test_saving import fill, said

__all__ = [
    "database",
    "desk_database",
    "kim",
    "kims_desk",
    "lee",
    "login",
    "open_screen",
    "park",
    "screen",
    "team",
]


def test_the_newest_come_first_each_once_and_no_more_than_the_limit(state: WindowState) -> None:
    ids = RecentIds(state, "agent101")
    for number in (*range(1, LIMIT + 3), 5):
        ids.note(CUSTOMERS, number)
    assert ids.of(CUSTOMERS)[:3] == (5, LIMIT + 2, LIMIT + 1)
    assert len(ids.of(CUSTOMERS)) == LIMIT
    assert ids.of(ORDERS) == ()
    assert RecentIds(state, "agent102").of(CUSTOMERS) == ()


def test_a_damaged_note_is_as_good_as_none(state: WindowState) -> None:
    state.set_text("recent/agent101/customers", "3 x -4 5")
    assert RecentIds(state, "agent101").of(CUSTOMERS) == (3, 5)


def test_those_that_exist_are_read_in_the_order_of_the_ids(
    database: Database, kim: Agent, login: Callable[[Agent], Database]
) -> None:
    gone, kept = (make(database, a_customer, name=name) for name in ("합쳐진", "김정민"))
    other = make(database, a_customer, name="이영희")
    product = make(database, a_product, name="무선 청소기")
    order = make(database, an_order, orderer_name="박주문")
    make(database, an_order_line, order=order, product=product)
    with database.driver_connection() as connection:
        connection.execute(
            "UPDATE customer SET merged_into_id = %s WHERE id = %s", (kept.id, gone.id)
        )
    rows = login(kim).call(recent_rows, (other.id, 999_999, gone.id, kept.id), (order.id,))
    assert rows == RecentRows(
        (
            RecentCustomer(other.id, other.customer_no, "이영희"),
            RecentCustomer(kept.id, kept.customer_no, "김정민"),
        ),
        (RecentOrder(order.id, order.channel_order_no, "박주문", "무선 청소기"),),
    )


def test_whom_the_form_was_about_is_remembered_without_a_name_on_the_disk(
    screen: TicketFormScreen, database: Database, state: WindowState, tmp_path: Path
) -> None:
    fill(screen, database)
    order = make(database, an_order)
    screen.take_order(OrderChoice(order.id))
    ids = RecentIds(state, screen.context.agent.login)
    assert ids.of(CUSTOMERS) == (screen.form.customer_id,)
    state.save()
    written = (tmp_path / "window.ini").read_text(encoding="utf-8")
    assert "김정민" not in written
    assert "1234" not in written


@pytest.fixture
def things(
    kims_desk: UiContext, database: Database, qtbot: QtBot
) -> tuple[RecentThings, list[int]]:
    customer = make(database, a_customer, name="김정민")
    order = make(database, an_order, orderer_name="박주문", channel_order_no="2026-77")
    ids = RecentIds(kims_desk.state, kims_desk.agent.login)
    ids.note(CUSTOMERS, customer.id)
    ids.note(ORDERS, order.id)
    owner = QWidget()
    qtbot.addWidget(owner)
    return RecentThings(kims_desk, owner), [customer.id, order.id]


def test_the_palette_offers_them_masked_and_finds_them_by_name(
    things: tuple[RecentThings, list[int]], steps: Steps, desk: WrittenDesk, qtbot: QtBot
) -> None:
    recent, (customer_id, order_id) = things
    place = QWidget()
    qtbot.addWidget(place)
    actions = Actions()
    actions.bind("help", place, place.update)
    palette = Palette(actions)
    qtbot.addWidget(palette)
    recent.read(palette.show_recent)
    steps.run()
    shown = [palette._list.item(row).text() for row in range(palette._list.count())]
    assert shown[1] == "최근 고객"
    assert shown[2].startswith("김*민")
    assert shown[3] == "최근 주문"
    assert shown[4].startswith("2026-77   박*문")
    palette.field.setText("ㄱㅈㅁ")
    with qtbot.waitSignal(palette.recent_chosen) as chosen:
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    chosen.args[0].open()
    assert desk.asked[-1] == ("load_customer", customer_id)
    palette.field.setText("최근 주문")
    with qtbot.waitSignal(palette.recent_chosen) as chosen:
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    chosen.args[0].open()
    assert desk.asked[-1] == ("take_order", OrderChoice(order_id))


def test_the_drop_down_of_the_customer_field_loads_one(
    things: tuple[RecentThings, list[int]], steps: Steps, desk: WrittenDesk, qtbot: QtBot
) -> None:
    recent, (customer_id, _) = things
    bar = desk.top_bar
    qtbot.addWidget(bar)
    bar.show()
    bar.buttons()["recent_customers"].clicked.connect(recent.show_customers)
    bar.activateWindow()
    bar.focus_customer_search()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Down)
    steps.run()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert desk.asked[-1] == ("load_customer", customer_id)


def test_without_any_the_drop_down_says_so(
    context: UiContext, steps: Steps, desk: WrittenDesk, qtbot: QtBot
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    RecentThings(replace(context), owner).show_customers()
    steps.run()
    assert said(desk) == "최근에 다룬 고객이 없습니다."
