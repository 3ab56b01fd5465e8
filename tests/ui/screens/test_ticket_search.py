"""전체상담이력: every condition, pages as one scrolls, stopping, what others change, choosing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.db.schema.tickets import Ticket
from ets_desktop.queries.agents import sign_in
from ets_desktop.queries.ticket_search.conditions import TicketSearch
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.screens.ticket_search.conditions import Conditions
from ets_desktop.ui.screens.ticket_search.screen import TicketSearchScreen
from ets_desktop.ui.searched_list import PAGE
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.widgets.fields import ReadOnlyField
from ets_desktop.ui.widgets.period import PeriodButtons, period_of, today_in_seoul
from tests.factories import a_customer, a_ticket, a_transfer, an_agent, an_order, make
from tests.ui.screens.searching import (
    access_log,
    ask,
    ask_for,
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
    "접수번호",
    "접수일시",
    "접수유형",
    "고객",
    "연락처",
    "주문번호",
    "상품",
    "제목",
    "상태",
    "담당자",
    "완료예정일",
    "완료일시",
    "경과",
]
FIELDS = [
    "시작일",
    "종료일",
    "담당자",
    "상태",
    "접수유형",
    "고객",
    "전화번호",
    "주문번호",
    "내용",
    "태그",
]
BUTTONS = ["오늘", "어제", "1주", "1개월", "3개월", "전체", "조회", "중지", "초기화", "선택"]


@pytest.fixture
def screen(kims_desk: UiContext, steps: Any, qtbot: QtBot) -> TicketSearchScreen:
    made: TicketSearchScreen = shown(TicketSearchScreen(kims_desk), steps, qtbot)
    return made


@pytest.fixture
def ticket(database: Database, kim: Agent) -> Ticket:
    return make(database, a_ticket, created_by=kim, title="배송 지연")


def tickets(screen: TicketSearchScreen) -> TablePanel[Any]:
    return panel(screen, "전체상담이력")


def holder(screen: TicketSearchScreen) -> QComboBox:
    combo: QComboBox = find(screen, QComboBox, "담당자")
    return combo


# What is on the screen


def test_every_condition_and_button_is_there_by_its_name(screen: TicketSearchScreen) -> None:
    for name in FIELDS:
        assert find(screen, QWidget, name).isVisible()
    for label in BUTTONS:
        assert button(screen, label).isVisible()
    assert [column.title for column in tickets(screen).model.columns] == COLUMNS


def test_it_opens_with_a_month_up_to_today_and_the_customer_in_focus(
    screen: TicketSearchScreen, qtbot: QtBot
) -> None:
    assert screen.findChild(PeriodButtons).period() == period_of("1개월", today_in_seoul())
    screen.activateWindow()
    screen.take_focus()
    assert screen.focusWidget() is find(screen, QLineEdit, "고객")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("고객", "customer"),
        ("전화번호", "phone"),
        ("주문번호", "order_no"),
        ("내용", "content"),
        ("태그", "tag"),
    ],
)
def test_each_text_is_the_condition_of_its_label(
    screen: TicketSearchScreen, label: str, name: str
) -> None:
    find(screen, QLineEdit, label).setText("  찾을 것 ")
    search = screen.findChild(Conditions).search()
    assert getattr(search, name) == "찾을 것"
    assert replace(search, date_from=None, date_to=None, **{name: ""}) == TicketSearch()


def test_holder_status_type_and_dates_are_conditions_too(
    screen: TicketSearchScreen, kim: Agent
) -> None:
    holder(screen).setCurrentText(f"{kim.name} ({kim.extension})")
    find(screen, QComboBox, "상태").setCurrentText("미처리")
    find(screen, QComboBox, "접수유형").setCurrentText("불만")
    screen.findChild(PeriodButtons).choose("어제")
    yesterday = today_in_seoul() - timedelta(days=1)
    assert screen.findChild(Conditions).search() == TicketSearch(
        date_from=yesterday,
        date_to=yesterday,
        assignee_id=kim.id,
        status="open",
        ticket_type="complaint",
    )


def test_teams_and_who_works_here_no_more_are_holders_too(
    database: Database, kims_desk: UiContext, team: Team, steps, qtbot: QtBot
) -> None:
    gone = make(database, an_agent, name="나퇴사", active=False)
    screen = shown(TicketSearchScreen(kims_desk), steps, qtbot)
    holder(screen).setCurrentText("물류팀")
    assert screen.findChild(Conditions).search().assignee_team_id == team.id
    holder(screen).setCurrentText("나퇴사 (퇴사)")
    assert screen.findChild(Conditions).search().assignee_id == gone.id


def test_a_holder_that_fits_nobody_is_refused_at_the_field(
    screen: TicketSearchScreen, ticket: Ticket, steps
) -> None:
    ask(screen, steps)
    holder(screen).setEditText("없는 사람")
    ask(screen, steps)
    assert error(screen, "담당자") == "담당자를 목록에서 고르십시오."
    assert tickets(screen).model.rowCount() == 0
    holder(screen).setEditText("")
    ask(screen, steps)
    assert error(screen, "담당자") == ""
    assert tickets(screen).model.rowCount() == 1


def test_enter_among_completions_chooses_and_the_next_one_asks(
    screen: TicketSearchScreen, ticket: Ticket, kim: Agent, steps, qtbot: QtBot
) -> None:
    edit = holder(screen).lineEdit()
    completer = edit.completer()
    screen.activateWindow()
    edit.setFocus()
    qtbot.keyClicks(edit, kim.extension[:2])
    completer.complete()
    popup = completer.popup()
    assert popup.isVisible()
    popup.setCurrentIndex(popup.model().index(0, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert steps.waiting == 0
    assert holder(screen).currentText() == f"{kim.name} ({kim.extension})"
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    steps.run()
    assert tickets(screen).model.rowCount() == 1


def test_clearing_empties_conditions_list_and_preview(
    screen: TicketSearchScreen, ticket: Ticket, kim: Agent, steps
) -> None:
    find(screen, QLineEdit, "내용").setText("배송")
    holder(screen).setCurrentText(f"{kim.name} ({kim.extension})")
    ask(screen, steps)
    assert tickets(screen).model.rowCount() == 1
    assert find(screen, ReadOnlyField, "접수 제목").text() == "배송 지연"
    button(screen, "초기화").click()
    assert tickets(screen).model.rowCount() == 0
    assert found(screen) == ""
    assert find(screen, ReadOnlyField, "접수 제목").text() == ""
    search = screen.findChild(Conditions).search()
    assert replace(search, date_from=None, date_to=None) == TicketSearch()


# Searching


def test_a_search_shows_the_ticket_masked_with_its_age(
    screen: TicketSearchScreen, database: Database, kim: Agent, steps
) -> None:
    customer = make(database, a_customer, name="홍길동", numbers=("01000001234",))
    order = make(database, an_order, channel_order_no="20261121-0000077")
    make(
        database, a_ticket, created_by=kim, customer=customer, order=order, title="반품 요청",
        tags=["긴급"],
    )  # fmt: skip
    ask_for(screen, steps, "태그", "긴급")
    row = dict(zip(COLUMNS, tickets(screen).model.texts(0), strict=True))
    assert (row["고객"], row["연락처"]) == ("홍*동", "010-****-1234")
    assert (row["주문번호"], row["제목"], row["상태"]) == ("20261121-0000077", "반품 요청", "접수")
    assert found(screen) == "1건"
    assert tickets(screen).age.text().endswith("기준")


@pytest.mark.parametrize("label", [field for field in FIELDS if field != "종료일"])
def test_enter_in_any_field_asks(
    screen: TicketSearchScreen, ticket: Ticket, steps, qtbot: QtBot, label: str
) -> None:
    field = find(screen, QWidget, label)
    if label == "담당자":
        field = field.lineEdit()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    steps.run()
    assert tickets(screen).model.rowCount() == 1


def test_a_half_composed_syllable_is_finished_by_the_first_enter(
    screen: TicketSearchScreen, ticket: Ticket, steps, qtbot: QtBot
) -> None:
    field = find(screen, QLineEdit, "내용")
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("배", []))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert steps.waiting == 0


def test_a_period_button_asks_at_once(screen: TicketSearchScreen, ticket: Ticket, steps) -> None:
    button(screen, "어제").click()
    steps.run()
    assert tickets(screen).model.rowCount() == 0
    assert tickets(screen).message == "찾은 접수가 없습니다. 조건이나 기간을 넓혀 보십시오."
    button(screen, "1주").click()
    steps.run()
    assert tickets(screen).model.rowCount() == 1


def test_without_any_condition_it_is_refused_in_place(
    screen: TicketSearchScreen, ticket: Ticket, steps
) -> None:
    button(screen, "전체").click()
    steps.run()
    assert error(screen, "고객").startswith("조회 조건을 하나 이상 입력하십시오.")
    assert tickets(screen).model.rowCount() == 0
    assert tickets(screen).message == ""
    ask_for(screen, steps, "내용", "배송")
    assert error(screen, "고객") == ""
    assert tickets(screen).model.rowCount() == 1


def test_what_cannot_be_read_is_refused_at_its_field(screen: TicketSearchScreen, steps) -> None:
    ask_for(screen, steps, "전화번호", "12")
    assert error(screen, "전화번호") == "전화번호로 읽을 수 없습니다. 끝 4자리도 됩니다."
    find(screen, QLineEdit, "전화번호").clear()
    ask_for(screen, steps, "내용", "가")
    assert error(screen, "전화번호") == ""
    assert error(screen, "내용") == "2글자 이상인 낱말을 입력하십시오."


def test_an_end_before_the_start_asks_nothing(screen: TicketSearchScreen, steps) -> None:
    find(screen, QWidget, "종료일").set_day(date(2020, 1, 1))
    button(screen, "조회").click()
    assert steps.waiting == 0
    assert error(screen, "종료일") == "종료일이 시작일보다 앞섭니다."


def many_tickets(session: Session, count: int, agent: Agent) -> None:
    """So many tickets, a minute apart."""
    session.execute(
        text(
            "INSERT INTO ticket (ticket_no, client_id, ticket_type, title, content, caller_number,"
            " due_on, assignee_id, created_by, updated_by, created_at)"
            " SELECT 'M' || n, gen_random_uuid(), 'delivery', '배송 ' || n, '언제 오나요',"
            " '01000000001', current_date, :me, :me, :me, now() - n * interval '1 minute'"
            " FROM generate_series(1, :count) n"
        ),
        {"me": agent.id, "count": count},
    )


def test_further_pages_come_as_one_scrolls_and_the_rows_are_capped(
    screen: TicketSearchScreen, database: Database, kim: Agent, steps
) -> None:
    database.call(many_tickets, 1005, kim)
    ask(screen, steps)
    model = tickets(screen).model
    assert found(screen) == "1,000+건"
    assert model.rowCount() < 5 * PAGE
    while model.has_more:
        rows = model.rowCount()
        tickets(screen).table.scrollToBottom()
        steps.run()
        assert model.rowCount() > rows
    assert len(set(cells(tickets(screen), "접수번호"))) == 1000
    dates = cells(tickets(screen), "접수일시")
    assert dates == sorted(dates, reverse=True)


def test_a_newer_search_replaces_the_older_one_whichever_ends_last(
    screen: TicketSearchScreen, database: Database, kim: Agent, steps
) -> None:
    for title in ("환불 요청", "교환 요청"):
        make(database, a_ticket, created_by=kim, title=title)
    for wanted in ("환불", "교환"):
        find(screen, QLineEdit, "내용").setText(wanted)
        button(screen, "조회").click()
    steps.run_next(1)
    steps.run_next(0)
    steps.run()
    assert cells(tickets(screen), "제목") == ["교환 요청"]


def test_a_search_is_logged_with_its_condition_and_rows(
    screen: TicketSearchScreen, database: Database, kim: Agent, ticket: Ticket, steps
) -> None:
    screen.findChild(PeriodButtons).choose("전체")
    holder(screen).setCurrentText(f"{kim.name} ({kim.extension})")
    ask_for(screen, steps, "내용", "배송")
    condition = {"assignee_id": str(kim.id), "content": "배송"}
    assert access_log(database) == [(kim.login, "search_tickets", "", condition, 1)]


def test_a_database_that_refuses_is_told_beside_the_list(
    screen: TicketSearchScreen, ticket: Ticket, database: Database, steps
) -> None:
    ask(screen, steps)
    database.call(lambda session: session.execute(text("REVOKE SELECT ON ticket FROM ets_agent")))
    try:
        ask(screen, steps)
    finally:
        database.call(lambda session: session.execute(text("GRANT SELECT ON ticket TO ets_agent")))
    assert "권한이 없습니다" in error(screen, "고객")


# Stopping, on real threads


@pytest.fixture
def real_screen(
    context: UiContext,
    changes: ChangeBus,
    kim: Agent,
    login: Callable[[Agent], Database],
    qtbot: QtBot,
) -> Iterator[TicketSearchScreen]:
    hub = JobHub(changes)
    kims = login(kim)
    screen = TicketSearchScreen(replace(context, call=kims.call, hub=hub, agent=kims.call(sign_in)))
    qtbot.addWidget(screen)
    screen.show()
    yield screen
    hub.shutdown()


@pytest.fixture
def locked_tickets(database: Database) -> Iterator[None]:
    """A search takes as long as the test wants it to."""
    with database.driver_connection() as driver:
        driver.execute("LOCK TABLE ticket IN ACCESS EXCLUSIVE MODE")
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
    real_screen: TicketSearchScreen, database: Database, kim: Agent, locked_tickets, qtbot: QtBot
) -> None:
    stop = button(real_screen, "중지")
    assert not stop.isEnabled()
    button(real_screen, "조회").click()
    assert stop.isEnabled()
    qtbot.waitUntil(lambda: searching(database, kim) == 1)
    stop.click()
    assert not stop.isEnabled()
    assert tickets(real_screen).message == "조회를 중지했습니다."
    qtbot.waitUntil(lambda: searching(database, kim) == 0)


# What others do


def change(database: Database, ticket: Ticket, title: str) -> None:
    database.call(
        lambda session: session.execute(
            text("UPDATE ticket SET title = :title WHERE id = :id"),
            {"title": title, "id": ticket.id},
        )
    )


def test_a_ticket_on_the_screen_is_shown_as_others_change_it(
    screen: TicketSearchScreen, ticket: Ticket, database: Database, changes: ChangeBus, steps
) -> None:
    ask(screen, steps)
    tickets(screen).table.selectRow(0)
    steps.run()
    logged = len(access_log(database))
    change(database, ticket, "배송 완료 확인")
    changes.publish(frozenset({f"ticket/{ticket.id}"}))
    steps.run()
    assert cells(tickets(screen), "제목") == ["배송 완료 확인"]
    assert tickets(screen).current_row() is not None
    assert find(screen, ReadOnlyField, "접수 제목").text() == "배송 완료 확인"
    assert "배송 완료 확인" in cells(panel(screen, "변경이력"), "새 값")
    assert len(access_log(database)) == logged


def test_other_tickets_and_an_empty_list_are_not_read_again(
    screen: TicketSearchScreen, ticket: Ticket, changes: ChangeBus, steps
) -> None:
    changes.publish(frozenset({f"ticket/{ticket.id}"}))
    assert steps.waiting == 0
    ask(screen, steps)
    changes.publish(frozenset({f"ticket/{ticket.id + 1}"}))
    assert steps.waiting == 0


def test_what_changed_behind_another_tab_is_read_when_this_one_comes_to_the_front(
    screen: TicketSearchScreen, ticket: Ticket, database: Database, changes: ChangeBus, steps
) -> None:
    ask(screen, steps)
    screen.hide()
    change(database, ticket, "배송 완료 확인")
    changes.publish(frozenset({"*"}))
    steps.run()
    assert cells(tickets(screen), "제목") == ["배송 지연"]
    screen.show()
    steps.run()
    assert cells(tickets(screen), "제목") == ["배송 완료 확인"]


def test_a_change_while_further_rows_come_is_read_after_them(
    screen: TicketSearchScreen, database: Database, kim: Agent, changes: ChangeBus, steps
) -> None:
    database.call(many_tickets, 120, kim)
    ask(screen, steps)
    model = tickets(screen).model
    while not steps.waiting:
        tickets(screen).table.scrollToBottom()
    changes.publish(frozenset({f"ticket/{model.rows[0].ticket_id}"}))
    rows = model.rowCount()
    steps.run()
    assert model.rowCount() > rows
    assert len(set(cells(tickets(screen), "접수번호"))) == model.rowCount()


# Previewing and choosing


def test_a_click_shows_the_ticket_with_its_history(
    screen: TicketSearchScreen, database: Database, kim: Agent, lee: Agent, steps, desk
) -> None:
    customer = make(database, a_customer, name="홍길동")
    older = make(
        database,
        a_ticket,
        created_by=kim,
        assignee=lee,
        customer=customer,
        caller_number="01000001234",
        title="반품 요청",
        content="포장을 뜯지 않음",
        tags=["긴급", "VIP"],
        status="transferred",
        created_at=NOW - timedelta(hours=2),
    )
    make(database, a_transfer, ticket=older, from_agent=kim, to_agent=lee, reason="재고 확인")
    make(database, a_ticket, created_by=kim)
    ask(screen, steps)
    assert find(screen, ReadOnlyField, "접수 요약").text() == ""
    tickets(screen).table.selectRow(1)
    steps.run()
    summary = find(screen, ReadOnlyField, "접수 요약").text()
    assert summary == (
        f"{older.ticket_no} · 이관 · 배송문의 · 전화 · 접수자 {kim.name} · #긴급 #VIP"
    )
    transfer = find(screen, ReadOnlyField, "최근 이관").text()
    assert transfer.startswith(f"{kim.name} → {lee.name} (1차, 보냄) · 재고 확인 · ")
    assert find(screen, QPlainTextEdit, "접수내용 보기").toPlainText() == "포장을 뜯지 않음"
    assert panel(screen, "변경이력").model.rowCount() > 0
    assert desk.asked == []


def test_people_in_the_history_of_a_previewed_ticket_are_masked(
    screen: TicketSearchScreen, database: Database, kim: Agent, ticket: Ticket, steps
) -> None:
    customer = make(database, a_customer, name="홍길동")

    def edit(session: Session) -> None:
        session.execute(
            text(
                "UPDATE ticket SET customer_id = :customer, caller_number = '01000001234'"
                " WHERE id = :id"
            ),
            {"customer": customer.id, "id": ticket.id},
        )

    database.call(edit)
    ask(screen, steps)
    told = cells(panel(screen, "변경이력"), "새 값")
    assert {f"{customer.customer_no} 홍*동", "010-****-1234"} <= set(told)
    assert not any("홍길동" in value or "00001234" in value for value in told)


def test_a_ticket_that_cannot_be_read_says_so_in_its_preview(
    screen: TicketSearchScreen, database: Database, ticket: Ticket, steps
) -> None:
    make(database, a_ticket)
    ask(screen, steps)
    database.call(
        lambda session: session.execute(text("REVOKE SELECT ON ticket_category FROM ets_agent"))
    )
    try:
        tickets(screen).table.selectRow(0)
        steps.run()
    finally:
        database.call(
            lambda session: session.execute(text("GRANT SELECT ON ticket_category TO ets_agent"))
        )
    assert "권한이 없습니다" in find(screen, ReadOnlyField, "접수 요약").text()


def test_double_click_enter_and_the_button_load_the_ticket(
    screen: TicketSearchScreen, ticket: Ticket, desk, steps, qtbot: QtBot
) -> None:
    ask(screen, steps)
    table = tickets(screen).table
    table.doubleClicked.emit(tickets(screen).model.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    button(screen, "선택").click()
    assert desk.asked == [("load_ticket", ticket.id)] * 3


def test_the_time_open_moves_with_the_clock(
    kims_desk: UiContext, ticket: Ticket, steps, qtbot: QtBot
) -> None:
    moments = [NOW]
    screen = shown(TicketSearchScreen(kims_desk, now=lambda: moments[-1]), steps, qtbot)
    ask(screen, steps)
    moments.append(NOW + timedelta(hours=5))
    screen.clock.timeout.emit()
    assert cells(tickets(screen), "경과")[0].startswith(("4시간", "5시간"))


def test_the_share_of_list_and_preview_is_remembered(
    screen: TicketSearchScreen, kims_desk: UiContext, steps, qtbot: QtBot
) -> None:
    splitter = tickets(screen).parent()
    splitter.moveSplitter(150, 1)
    kept = splitter.sizes()
    again = shown(TicketSearchScreen(kims_desk), steps, qtbot)
    assert tickets(again).parent().sizes() == kept
