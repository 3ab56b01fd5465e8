"""통합주문검색: every condition, pages as one scrolls, stopping, masking, choosing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSplitter, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.orders import OrderLine, PersonName
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.hangul import bigrams, initials
from ets_desktop.queries.agents import sign_in
from ets_desktop.queries.deliveries import DeliveryRow
from ets_desktop.queries.orders import OrderSearch
from ets_desktop.ui.cards import OrderChoice
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.operations.exporting import ListExport
from ets_desktop.ui.screens.order_search.conditions import Conditions
from ets_desktop.ui.screens.order_search.delivery import state_of
from ets_desktop.ui.screens.order_search.screen import OrderSearchScreen
from ets_desktop.ui.searched_list import PAGE
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.widgets.counted_tabs import CountedTabs
from ets_desktop.ui.widgets.export_dialog import ExportDialog
from ets_desktop.ui.widgets.fields import ReadOnlyField
from ets_desktop.ui.widgets.period import DateField, PeriodButtons, period_of, today_in_seoul
from tests.factories import a_channel, a_ticket, an_order, an_order_line, make
from tests.ui.screens.searching import (
    access_log,
    ask,
    button,
    cells,
    error,
    find,
    found,
    panel,
    shown,
)

NOW = datetime.now(UTC)
COLUMNS = [
    "주문일시",
    "판매처",
    "주문번호",
    "주문자",
    "수취인",
    "연락처",
    "상품",
    "수량",
    "금액",
    "주문상태",
    "택배사",
    "송장번호",
    "접수",
]
FIELDS = [
    "통합검색",
    "기간 기준",
    "시작일",
    "종료일",
    "판매처",
    "주문번호",
    "주문자",
    "수취인",
    "전화번호",
    "상품",
    "송장번호",
    "주문상태",
    "주소",
]
BUTTONS = ["오늘", "어제", "1주", "1개월", "3개월", "전체", "조회", "중지", "초기화"]


@pytest.fixture
def screen(kims_desk: UiContext, steps: Any, qtbot: QtBot) -> OrderSearchScreen:
    return shown(OrderSearchScreen(kims_desk), steps, qtbot)


@pytest.fixture
def line(database: Database) -> OrderLine:
    """The line of one order of yesterday."""
    return a_line(database)


def a_line(database: Database, **order: Any) -> OrderLine:
    """Its orderer stands in the dictionary of names, as an import would have it."""
    line = make(database, an_order_line, order=(made := make(database, an_order, **order)))
    database.call(add_name, made.orderer_name)
    return line


def add_name(session: Session, name: str) -> None:
    session.merge(PersonName(name=name, initials=initials(name), bigrams=list(bigrams(name))))


def orders(screen: OrderSearchScreen) -> TablePanel[Any]:
    return panel(screen, "주문목록")


# What is on the screen


def test_every_condition_and_button_is_there_by_its_name(screen: OrderSearchScreen) -> None:
    for name in FIELDS:
        assert find(screen, QWidget, name).isVisible()
    for label in [*BUTTONS, "주문 선택", "상품 선택", "보기"]:
        assert button(screen, label).isVisible()
    assert [column.title for column in orders(screen).model.columns] == COLUMNS


@pytest.mark.parametrize(("width", "beside"), [(1000, 370), (1262, 372), (1640, 590)])
def test_what_stands_beside_the_list_gives_way_to_it(
    width: int, beside: int, screen: OrderSearchScreen
) -> None:
    screen.resize(width, 600)
    splitter = screen.findChild(QSplitter)
    QApplication.sendPostedEvents()
    assert abs(splitter.sizes()[1] - beside) <= splitter.handleWidth()


def test_a_width_that_somebody_chose_beside_the_list_stays(screen: OrderSearchScreen) -> None:
    splitter = screen.findChild(QSplitter)
    screen.resize(1640, 600)
    splitter.setSizes([800, 836])
    splitter.splitterMoved.emit(800, 1)
    screen.resize(1700, 600)
    QApplication.sendPostedEvents()
    assert splitter.sizes()[1] >= 830


def test_it_opens_with_a_month_up_to_today(screen: OrderSearchScreen) -> None:
    period = screen.findChild(PeriodButtons).period()
    assert period == period_of("1개월", today_in_seoul())


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("통합검색", "anything"),
        ("주문번호", "order_no"),
        ("주문자", "orderer"),
        ("수취인", "recipient"),
        ("전화번호", "phone"),
        ("상품", "product"),
        ("송장번호", "tracking_no"),
        ("주소", "address"),
    ],
)
def test_each_text_is_the_condition_of_its_label(
    screen: OrderSearchScreen, label: str, name: str
) -> None:
    find(screen, QLineEdit, label).setText("  찾을 것 ")
    search = screen.findChild(Conditions).search()
    assert getattr(search, name) == "찾을 것"
    empty = replace(search, date_from=None, date_to=None, **{name: ""})
    assert empty == OrderSearch()


def test_channel_status_and_dates_are_conditions_too(
    database: Database, kims_desk: UiContext, steps, qtbot: QtBot
) -> None:
    make(database, a_channel, code="mall1", name="가게몰")
    screen = shown(OrderSearchScreen(kims_desk), steps, qtbot)
    find(screen, QComboBox, "판매처").setCurrentText("가게몰")
    find(screen, QComboBox, "주문상태").setCurrentText("배송중")
    find(screen, QComboBox, "기간 기준").setCurrentText("발송일")
    period = screen.findChild(PeriodButtons)
    period.choose("어제")
    yesterday = today_in_seoul() - timedelta(days=1)
    assert screen.findChild(Conditions).search() == OrderSearch(
        date_kind="shipped",
        date_from=yesterday,
        date_to=yesterday,
        channel_code="mall1",
        order_status="shipping",
    )


def test_clearing_empties_conditions_and_list(
    screen: OrderSearchScreen, line: OrderLine, steps
) -> None:
    find(screen, QLineEdit, "주문자").setText("김정민")
    screen.findChild(PeriodButtons).choose("전체")
    ask(screen, steps)
    assert orders(screen).model.rowCount() == 1
    button(screen, "초기화").click()
    assert orders(screen).model.rowCount() == 0
    assert found(screen) == ""
    assert find(screen, QLineEdit, "주문자").text() == ""
    assert screen.findChild(PeriodButtons).period() == period_of("1개월", today_in_seoul())


# Searching


def test_cleared_conditions_come_back_with_what_they_found(
    screen: OrderSearchScreen, line: OrderLine, steps: Any, desk: Any
) -> None:
    orderer, status = find(screen, QLineEdit, "주문자"), find(screen, QComboBox, "주문상태")
    orderer.setText("김정민")
    status.setCurrentIndex(status.findData("shipping"))
    screen.findChild(PeriodButtons).choose("1주")
    ask(screen, steps)
    button(screen, "초기화").click()
    assert (orderer.text(), status.currentData(), orders(screen).model.rowCount()) == ("", "", 0)
    desk.undo()
    steps.run()
    assert (orderer.text(), status.currentData()) == ("김정민", "shipping")
    assert screen.findChild(PeriodButtons).period() == period_of("1주", today_in_seoul())
    assert orders(screen).model.rowCount() == 1


def test_cleared_conditions_do_not_come_back_over_newer_ones(
    screen: OrderSearchScreen, steps: Any, desk: Any
) -> None:
    button(screen, "초기화").click()
    assert desk.undo is None
    orderer = find(screen, QLineEdit, "주문자")
    orderer.setText("김정민")
    button(screen, "초기화").click()
    back = desk.undo
    orderer.setText("새 조건")
    back()
    assert orderer.text() == "새 조건"
    assert "되돌리지 않았습니다" in desk.asked[-1][1]


def test_a_period_alone_is_a_condition(screen: OrderSearchScreen, line: OrderLine, steps) -> None:
    ask(screen, steps)
    assert orders(screen).model.rowCount() == 1
    assert found(screen) == "1건"
    assert orders(screen).age.text().endswith("기준")


@pytest.mark.parametrize("label", [field for field in FIELDS if field != "종료일"])
def test_enter_in_any_field_asks(
    screen: OrderSearchScreen, line: OrderLine, steps, qtbot: QtBot, label: str
) -> None:
    qtbot.keyClick(find(screen, QWidget, label), Qt.Key.Key_Return)
    steps.run()
    assert orders(screen).model.rowCount() == 1


def test_a_half_composed_syllable_is_finished_by_the_first_enter(
    screen: OrderSearchScreen, line: OrderLine, steps, qtbot: QtBot
) -> None:
    field = find(screen, QLineEdit, "주문자")
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("김", []))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert steps.waiting == 0


def test_a_period_button_asks_at_once(screen: OrderSearchScreen, line: OrderLine, steps) -> None:
    button(screen, "오늘").click()
    steps.run()
    assert orders(screen).model.rowCount() == 0
    button(screen, "1주").click()
    steps.run()
    assert orders(screen).model.rowCount() == 1


def test_without_any_condition_it_is_refused_in_place(
    screen: OrderSearchScreen, line: OrderLine, steps
) -> None:
    ask(screen, steps)
    button(screen, "전체").click()
    steps.run()
    assert error(screen, "통합검색").startswith("조회 조건을 하나 이상 입력하십시오.")
    assert (orders(screen).model.rowCount(), found(screen)) == (0, "")
    assert orders(screen).message == ""
    ask_for(screen, steps, "주문자", "김정민")
    assert error(screen, "통합검색") == ""
    assert orders(screen).model.rowCount() == 1


def test_a_period_that_ends_before_it_begins_leaves_no_rows_beside_it(
    screen: OrderSearchScreen, line: OrderLine, steps
) -> None:
    ask(screen, steps)
    assert orders(screen).model.rowCount() == 1
    find(screen, DateField, "종료일").set_day(date(2020, 1, 1))
    ask(screen, steps)
    assert error(screen, "종료일") == "종료일이 시작일보다 앞섭니다."
    assert (orders(screen).model.rowCount(), orders(screen).age.text()) == (0, "")


def test_a_stopped_search_leaves_no_rows_of_another_one(
    screen: OrderSearchScreen, line: OrderLine, steps
) -> None:
    ask(screen, steps)
    find(screen, QLineEdit, "주문자").setText("김정민")
    button(screen, "조회").click()
    button(screen, "중지").click()
    steps.run()
    assert orders(screen).message == "조회를 중지했습니다."
    assert orders(screen).model.rowCount() == 0


def test_a_stopped_search_for_the_same_leaves_its_rows(
    screen: OrderSearchScreen, line: OrderLine, steps
) -> None:
    ask(screen, steps)
    button(screen, "조회").click()
    button(screen, "중지").click()
    steps.run()
    assert orders(screen).model.rowCount() == 1


def ask_for(screen: OrderSearchScreen, steps: Any, label: str, wanted: str) -> None:
    find(screen, QLineEdit, label).setText(wanted)
    ask(screen, steps)


def test_a_phone_that_is_none_is_refused_at_its_field(screen: OrderSearchScreen, steps) -> None:
    ask_for(screen, steps, "전화번호", "12")
    assert error(screen, "전화번호") == "전화번호로 읽을 수 없습니다. 끝 4자리도 됩니다."
    assert QApplication.focusWidget() in (None, find(screen, QLineEdit, "전화번호"))


def test_an_end_before_the_start_asks_nothing(screen: OrderSearchScreen, steps) -> None:
    find(screen, QWidget, "종료일").set_day(date(2020, 1, 1))
    button(screen, "조회").click()
    assert steps.waiting == 0
    assert error(screen, "종료일") == "종료일이 시작일보다 앞섭니다."


def test_nothing_found_says_so(screen: OrderSearchScreen, steps) -> None:
    ask_for(screen, steps, "주문자", "없는사람")
    assert orders(screen).message == "찾은 주문이 없습니다. 조건이나 기간을 넓혀 보십시오."
    assert found(screen) == "0건"


def many_lines(session: Session, count: int) -> None:
    """So many lines of one person, a minute apart."""
    line = an_order_line(session, order=an_order(session, orderer_name="김정민"))
    session.execute(
        text(
            "INSERT INTO sales_order (channel_id, channel_order_no, ordered_at, orderer_name,"
            " orderer_initials, recipient_name, recipient_initials)"
            " SELECT channel_id, 'M' || n, ordered_at - n * interval '1 minute', orderer_name,"
            " orderer_initials, recipient_name, recipient_initials"
            " FROM sales_order, generate_series(1, :more) n"
        ),
        {"more": count - 1},
    )
    session.execute(
        text(
            "INSERT INTO order_line (order_id, line_no, product_id, quantity, order_status,"
            " ordered_at) SELECT id, '1', :product, 1, 'paid', ordered_at FROM sales_order"
            " WHERE channel_order_no LIKE 'M%'"
        ),
        {"product": line.product_id},
    )


def test_further_pages_come_as_one_scrolls_and_the_rows_are_capped(
    screen: OrderSearchScreen, database: Database, steps
) -> None:
    database.call(many_lines, 1005)
    ask(screen, steps)
    model = orders(screen).model
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, screen
    )
    assert tester.model() is model
    assert found(screen) == "1,000+건"
    assert model.rowCount() < 5 * PAGE
    while model.has_more:
        rows = model.rowCount()
        orders(screen).table.scrollToBottom()
        steps.run()
        assert model.rowCount() > rows
    assert len(set(cells(orders(screen), "주문번호"))) == 1000
    dates = cells(orders(screen), "주문일시")
    assert dates == sorted(dates, reverse=True)


def test_everything_found_is_exported_masked_as_on_the_screen_and_logged(
    screen: OrderSearchScreen,
    kims_desk: UiContext,
    database: Database,
    kim: Agent,
    tmp_path: Path,
    steps,
) -> None:
    ListExport(kims_desk, screen)
    database.call(many_lines, 1005)
    ask(screen, steps)
    seen = orders(screen).model.texts(0)
    button(screen, "엑셀 저장").click()
    [dialog] = screen.findChildren(ExportDialog)
    find(dialog, QLineEdit, "사유").setText("고객 요청 확인")
    find(dialog, QLineEdit, "파일이름").setText(str(tmp_path / "주문.xlsx"))
    button(dialog, "확인").click()
    steps.run()
    header, *rows = (
        CalamineWorkbook.from_path(tmp_path / "주문.xlsx").get_sheet_by_index(0).to_python()
    )
    assert header == COLUMNS
    assert len(rows) == 1_000
    assert rows[0][COLUMNS.index("주문자")] == seen[COLUMNS.index("주문자")]
    assert "*" in str(rows[0][COLUMNS.index("주문자")])
    assert len({row[COLUMNS.index("주문번호")] for row in rows}) == 1_000
    login, action, subject, condition, count = access_log(database)[-1]
    assert (login, action, subject, count) == (kim.login, "export", "list/주문목록", 1_000)
    assert condition["reason"] == "고객 요청 확인"
    assert set(condition["conditions"]) >= {"date_kind", "date_from", "date_to"}


def test_a_newer_search_replaces_the_older_one_whichever_ends_last(
    screen: OrderSearchScreen, database: Database, steps
) -> None:
    a_line(database, orderer_name="김정민")
    a_line(database, orderer_name="박서준")
    find(screen, QLineEdit, "주문자").setText("김정민")
    button(screen, "조회").click()
    find(screen, QLineEdit, "주문자").setText("박서준")
    button(screen, "조회").click()
    steps.run_next(1)
    steps.run_next(0)
    steps.run()
    assert cells(orders(screen), "주문자") == ["박*준"]


def test_a_database_that_is_away_is_told_beside_the_list(
    screen: OrderSearchScreen, line: OrderLine, database: Database, steps
) -> None:
    ask(screen, steps)
    database.call(lambda session: session.execute(text("REVOKE SELECT ON product FROM ets_agent")))
    try:
        ask(screen, steps)
    finally:
        database.call(lambda session: session.execute(text("GRANT SELECT ON product TO ets_agent")))
    assert error(screen, "통합검색") == "이 작업을 할 권한이 없습니다."
    assert orders(screen).model.rowCount() == 0


# Stopping, on real threads


@pytest.fixture
def real_screen(
    context: UiContext,
    changes: ChangeBus,
    kim: Agent,
    login: Callable[[Agent], Database],
    qtbot: QtBot,
) -> Iterator[OrderSearchScreen]:
    hub = JobHub(changes)
    kims = login(kim)
    here = replace(context, call=kims.call, hub=hub, agent=kims.call(sign_in))
    screen = OrderSearchScreen(here)
    qtbot.addWidget(screen)
    screen.show()
    yield screen
    hub.shutdown()


@pytest.fixture
def locked_orders(database: Database) -> Iterator[None]:
    """A search takes as long as the test wants it to."""
    with database.driver_connection() as driver:
        driver.execute("LOCK TABLE sales_order IN ACCESS EXCLUSIVE MODE")
        yield


def searching(database: Database, kim: Agent) -> int:
    """Statements of Kim that work on the server right now."""

    def count(session: Session) -> Any:
        return session.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = :login AND state = 'active'"
            ),
            {"login": kim.login},
        )

    return int(database.call(count))


def test_stopping_ends_the_search_in_the_database(
    real_screen: OrderSearchScreen, database: Database, kim: Agent, locked_orders, qtbot: QtBot
) -> None:
    stop = button(real_screen, "중지")
    assert not stop.isEnabled()
    button(real_screen, "조회").click()
    assert stop.isEnabled()
    qtbot.waitUntil(lambda: searching(database, kim) == 1)
    stop.click()
    assert not stop.isEnabled()
    assert orders(real_screen).message == "조회를 중지했습니다."
    qtbot.waitUntil(lambda: searching(database, kim) == 0)


def test_a_newer_search_ends_the_older_one_in_the_database(
    real_screen: OrderSearchScreen, database: Database, kim: Agent, locked_orders, qtbot: QtBot
) -> None:
    for _ in range(5):
        button(real_screen, "조회").click()
        qtbot.waitUntil(lambda: searching(database, kim) >= 1)
    qtbot.waitUntil(lambda: searching(database, kim) == 1)


# The right side


def test_a_click_fills_the_right_side_masked(
    screen: OrderSearchScreen, database: Database, steps
) -> None:
    a_line(
        database,
        orderer_name="홍길동",
        orderer_phone="01000001234",
        recipient_name="김수취",
        address="서울특별시 강남구 역삼동 12-3 101호",
        memo="문 앞에 놓아 주세요",
    )
    a_line(database, ordered_at=NOW - timedelta(days=2))
    ask(screen, steps)
    orders(screen).table.selectRow(0)
    steps.run()
    shows = {field.accessibleName(): field.text() for field in screen.findChildren(ReadOnlyField)}
    assert cells(orders(screen), "주문자")[0] == "홍*동"
    assert cells(orders(screen), "연락처")[0] == "010-****-1234"
    assert shows["주문자명"] == "홍*동"
    assert shows["주문자 연락처"] == "010-****-1234"
    assert shows["배송지"] == "서울특별시 강남구 역삼동 ***"
    everything = " ".join(shows.values()) + " ".join(orders(screen).model.texts(0))
    for secret in ("홍길동", "김수취", "00001234", "12-3", "문 앞"):
        assert secret not in everything
    assert panel(screen, "주문상품").model.rowCount() == 1


def test_revealing_is_logged_and_holds_for_one_order(
    screen: OrderSearchScreen, database: Database, kim: Agent, steps
) -> None:
    line = a_line(database, orderer_name="홍길동")
    a_line(database, orderer_name="박서준", ordered_at=NOW - timedelta(days=2))
    ask(screen, steps)
    name = find(screen, ReadOnlyField, "주문자명")
    reveal = button(screen, "보기")
    assert not reveal.isEnabled()
    orders(screen).table.selectRow(0)
    steps.run()
    reveal.click()
    assert name.text() == "홍*동"
    steps.run()
    assert name.text() == "홍길동"
    assert not reveal.isEnabled()
    assert (kim.login, "reveal_order", f"order/{line.order_id}", {}, None) in access_log(database)
    orders(screen).table.selectRow(1)
    steps.run()
    assert name.text() == "박*준"


def test_what_the_log_does_not_hold_is_not_shown(
    screen: OrderSearchScreen, database: Database, line: OrderLine, steps
) -> None:
    ask(screen, steps)
    database.call(
        lambda session: session.execute(text("REVOKE INSERT (action) ON access_log FROM ets_agent"))
    )
    try:
        button(screen, "보기").click()
        steps.run()
    finally:
        database.call(
            lambda session: session.execute(
                text("GRANT INSERT (action) ON access_log TO ets_agent")
            )
        )
    assert find(screen, ReadOnlyField, "주문자명").text() == "김*민"


def test_a_search_is_logged_with_its_condition_and_rows(
    screen: OrderSearchScreen, database: Database, kim: Agent, line: OrderLine, steps
) -> None:
    screen.findChild(PeriodButtons).choose("전체")
    ask_for(screen, steps, "주문자", "ㄱㅈㅁ")
    condition = {"date_kind": "ordered", "orderer": "ㄱㅈㅁ"}
    assert access_log(database) == [(kim.login, "search_orders", "", condition, 1)]


def test_the_only_hit_is_shown_on_the_right_at_once(
    screen: OrderSearchScreen, line: OrderLine, steps
) -> None:
    ask(screen, steps)
    assert panel(screen, "주문상품").model.rowCount() == 1


def test_the_down_key_leads_from_a_condition_into_the_rows(
    screen: OrderSearchScreen, database: Database, steps: Any, qtbot: QtBot
) -> None:
    field = find(screen, QLineEdit, "통합검색")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert not orders(screen).table.hasFocus()
    for _ in range(2):
        a_line(database)
    ask(screen, steps)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    table = orders(screen).table
    assert (table.hasFocus(), table.currentIndex().row()) == (True, 0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert (table.hasFocus(), table.currentIndex().row()) == (True, 1)


def test_where_the_parcel_of_a_line_is_stands_beside_it(
    screen: OrderSearchScreen, database: Database, steps: Any
) -> None:
    order = make(database, an_order)
    at = datetime(2026, 11, 20, 3, tzinfo=UTC)
    sent = make(
        database, an_order_line, order=order, carrier="CJ대한통운", tracking_no="123", shipped_at=at
    )
    waiting = make(database, an_order_line, order=order, tracking_no="", shipped_at=None)
    side = screen.findChild(CountedTabs)
    side.open_page("배송조회")
    ask(screen, steps)
    parcels = panel(screen, "배송조회")
    lines = [row.line_id for row in orders(screen).model.rows]
    orders(screen).table.selectRow(lines.index(sent.id))
    steps.run()
    assert [column.title for column in parcels.model.columns] == ["일시", "위치", "상태"]
    assert parcels.model.texts(0) == ("2026-11-20 12:00:00", "CJ대한통운 123", "발송")
    orders(screen).table.selectRow(lines.index(waiting.id))
    steps.run()
    assert (parcels.model.rowCount(), parcels.message) == (0, "아직 발송하지 않았습니다.")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (DeliveryRow("delivered", 0, None, "", "", ""), "배송완료"),
        (DeliveryRow("shipped", 0, None, "CJ 1", "", ""), "송장 등록"),
        (DeliveryRow("pickup", 3, None, "", "collected", ""), "회수 · 수거완료"),
        (DeliveryRow("pickup", 4, None, "", "", "미집화"), "회수 · 미집화"),
    ],
)
def test_how_a_parcel_stands_is_told_in_words(row: DeliveryRow, told: str) -> None:
    assert state_of(row) == told


def test_a_new_search_empties_the_right_side(
    screen: OrderSearchScreen, line: OrderLine, steps
) -> None:
    ask(screen, steps)
    ask_for(screen, steps, "주문자", "없는사람")
    assert find(screen, ReadOnlyField, "주문자명").text() == ""
    assert panel(screen, "주문상품").model.rowCount() == 0
    assert not button(screen, "보기").isEnabled()


def test_tickets_of_the_order_load_from_their_list(
    screen: OrderSearchScreen, database: Database, line: OrderLine, desk, steps
) -> None:
    ticket = make(database, a_ticket, order_line=line, title="배송 지연")
    ask(screen, steps)
    assert cells(orders(screen), "접수") == ["1"]
    side = screen.findChild(CountedTabs)
    side.open_page("주문관련접수내역")
    steps.run()
    assert side.tabText(1) == "주문관련접수내역 (1)"
    tickets = panel(screen, "주문관련접수내역")
    assert cells(tickets, "제목") == ["배송 지연"]
    tickets.table.selectRow(0)
    tickets.button("선택").click()
    assert desk.asked[-1] == ("load_ticket", ticket.id)


def test_the_right_side_hears_what_others_do_to_its_order(
    screen: OrderSearchScreen, database: Database, line: OrderLine, steps, changes: ChangeBus
) -> None:
    ask(screen, steps)
    changes.publish(frozenset({f"order/{line.order_id + 1}"}))
    assert steps.waiting == 0
    changes.publish(frozenset({f"order/{line.order_id}"}))
    assert steps.waiting > 0


# Choosing


@pytest.fixture
def chosen(screen: OrderSearchScreen, line: OrderLine, steps, desk) -> TablePanel[Any]:
    ask(screen, steps)
    return orders(screen)


def test_double_click_enter_and_the_button_choose_the_whole_order(
    chosen: TablePanel[Any], line: OrderLine, desk, qtbot: QtBot
) -> None:
    chosen.table.doubleClicked.emit(chosen.model.index(0, 0))
    qtbot.keyClick(chosen.table, Qt.Key.Key_Return)
    chosen.button("주문 선택").click()
    assert desk.asked == [("take_order", OrderChoice(line.order_id))] * 3


def test_a_line_is_chosen_by_its_button_or_among_the_orders_lines(
    screen: OrderSearchScreen, chosen: TablePanel[Any], line: OrderLine, desk
) -> None:
    chosen.button("상품 선택").click()
    lines = panel(screen, "주문상품")
    lines.table.selectRow(0)
    lines.button("선택").click()
    assert desk.asked == [("take_order", OrderChoice(line.order_id, line.id))] * 2


def test_choosing_without_a_row_says_what_is_missing(screen: OrderSearchScreen, desk) -> None:
    for label in ("주문 선택", "상품 선택"):
        button(screen, label).click()
    assert desk.asked == [("say", "주문목록에서 한 건을 먼저 고르십시오.")] * 2
