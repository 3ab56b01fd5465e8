"""담당자관련이력: five lists, live counts, the red rule, answering offers."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.feed import Feed
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.topics import calls_topic
from ets_desktop.queries.agents import sign_in
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.transfers import AnswerTransfer, accept_transfer, recall_transfer
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.feed_bridge import FeedBridge
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.screens.agent_work.screen import PAGE, AgentWorkScreen
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.widgets.counted_tabs import CountedTabs
from tests.factories import (
    a_call,
    a_callback,
    a_customer,
    a_leg,
    a_ticket,
    a_transfer,
    an_activity,
    make,
)

LONG_AGO = timedelta(days=10)


@pytest.fixture
def open_screen(kims_desk: UiContext, steps: Any, qtbot: QtBot) -> Callable[..., AgentWorkScreen]:
    """Builds the screen, shows the inner tab of that title and reads what it asks for."""

    def open_at(title: str = "당일통화내역", **values: Any) -> AgentWorkScreen:
        screen = AgentWorkScreen(kims_desk, **values)
        qtbot.addWidget(screen)
        tabs_of(screen).open_page(title)
        screen.show()
        steps.run()
        return screen

    return open_at


def tabs_of(screen: AgentWorkScreen) -> CountedTabs:
    tabs = screen.findChild(CountedTabs)
    assert tabs is not None
    return tabs


def panel_of(screen: AgentWorkScreen) -> TablePanel[Any]:
    page = tabs_of(screen).currentWidget()
    return page if isinstance(page, TablePanel) else page.findChild(TablePanel)


def titles(screen: AgentWorkScreen) -> list[str]:
    tabs = tabs_of(screen)
    return [tabs.tabText(number) for number in range(tabs.count())]


def cells(screen: AgentWorkScreen, title: str) -> list[str]:
    model = panel_of(screen).model
    column = [each.title for each in model.columns].index(title)
    return [model.texts(number)[column] for number in range(model.rowCount())]


def headers(screen: AgentWorkScreen) -> list[str]:
    return [column.title for column in panel_of(screen).model.columns]


TICKET_HEADERS = [
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


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("당일통화내역", ["시각", "구분", "전화번호", "고객", "접수번호", "통화시간", "상태"]),
        ("받은 이관", [*TICKET_HEADERS, "보낸 담당자"]),
        ("보낸 이관", [*TICKET_HEADERS, "받은 담당자"]),
        ("접수", TICKET_HEADERS),
        ("콜백", [*TICKET_HEADERS, "콜백일시", "콜백번호", "시도", "결과"]),
    ],
)
def test_each_list_has_its_columns(open_screen, title: str, wanted: list[str]) -> None:
    assert headers(open_screen(title)) == wanted


@pytest.mark.parametrize("title", ["당일통화내역", "받은 이관", "콜백"])
def test_rows_that_are_still_coming_are_told_the_first_time(
    kims_desk: UiContext, steps: Any, qtbot: QtBot, title: str
) -> None:
    screen = AgentWorkScreen(kims_desk)
    qtbot.addWidget(screen)
    tabs_of(screen).open_page(title)
    screen.show()
    assert panel_of(screen).message == "조회 중…"
    steps.run()
    assert panel_of(screen).message == "내역이 없습니다."
    screen._load()
    assert panel_of(screen).message == "내역이 없습니다."


def test_the_numbers_stand_behind_the_titles_and_not_in_their_names(
    open_screen, database: Database, kim: Agent, lee: Agent, desk
) -> None:
    make(database, a_ticket, created_by=kim)
    make(database, a_transfer, from_agent=lee, to_agent=kim)
    make(database, a_transfer, from_agent=kim, to_agent=lee)
    make(database, a_callback, assignee=kim)
    screen = open_screen()
    bar = tabs_of(screen).tabBar()
    assert titles(screen) == [
        "당일통화내역",
        "받은 이관 (1)",
        "보낸 이관 (1)",
        "접수 (2)",
        "콜백 (1)",
    ]
    assert [bar.accessibleTabName(n) for n in range(5)] == [
        "당일통화내역",
        "받은 이관",
        "보낸 이관",
        "접수",
        "콜백",
    ]
    assert desk.asked[-1] == ("set_count", "agent_work", 4, False)


def test_a_number_is_red_when_a_row_behind_it_is(
    open_screen, database: Database, kim: Agent, desk
) -> None:
    make(database, a_ticket, created_by=kim, due_on=(datetime.now(UTC) - LONG_AGO).date())
    make(database, a_callback, assignee=kim)
    screen = open_screen("접수")
    assert tabs_of(screen).is_red("접수")
    assert not tabs_of(screen).is_red("콜백")
    assert panel_of(screen).model.is_red(0, 0)
    assert desk.asked[-1] == ("set_count", "agent_work", 2, True)


def test_an_offer_nobody_accepted_in_time_is_red_in_row_and_number(
    open_screen, database: Database, kim: Agent, lee: Agent
) -> None:
    late = datetime.now(UTC) - timedelta(minutes=31)
    make(database, a_transfer, from_agent=lee, to_agent=kim, sent_at=late)
    screen = open_screen("받은 이관")
    assert tabs_of(screen).is_red("받은 이관")
    assert panel_of(screen).model.is_red(0, 0)


def test_a_hidden_screen_reads_the_numbers_only(
    kims_desk: UiContext, steps, qtbot: QtBot, database: Database, kim: Agent, desk
) -> None:
    make(database, a_ticket, created_by=kim)
    screen = AgentWorkScreen(kims_desk)
    qtbot.addWidget(screen)
    steps.run()
    assert desk.asked == [("set_count", "agent_work", 1, False)]
    assert panel_of(screen).model.rowCount() == 0


def test_names_and_numbers_are_masked(open_screen, database: Database, kim: Agent) -> None:
    customer = make(database, a_customer, name="홍길동", numbers=("01000001234",))
    make(database, a_ticket, created_by=kim, customer=customer)
    screen = open_screen("접수")
    assert cells(screen, "고객") == ["홍*동"]
    assert cells(screen, "연락처") == ["010-****-1234"]


@pytest.mark.parametrize("title", ["받은 이관", "보낸 이관", "접수", "콜백"])
def test_every_list_of_tickets_loads_the_same_way(
    open_screen, database: Database, kim: Agent, lee: Agent, desk, qtbot: QtBot, title: str
) -> None:
    ticket = {
        "받은 이관": lambda: make(database, a_transfer, from_agent=lee, to_agent=kim).ticket_id,
        "보낸 이관": lambda: make(database, a_transfer, from_agent=kim, to_agent=lee).ticket_id,
        "접수": lambda: make(database, a_ticket, created_by=kim).id,
        "콜백": lambda: make(database, a_callback, assignee=kim).ticket_id,
    }[title]()
    panel = panel_of(open_screen(title))
    panel.table.selectRow(0)
    panel.button("선택").click()
    panel.table.doubleClicked.emit(panel.model.index(0, 0))
    qtbot.keyClick(panel.table, "\r")
    assert desk.asked[-3:] == [("load_ticket", ticket)] * 3


def test_only_a_call_with_a_ticket_loads_and_the_others_can_be_taken(
    open_screen, database: Database, kim: Agent, desk
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    noted = make(database, a_call, rang_at=datetime.now(UTC) - timedelta(seconds=9))
    make(database, a_leg, call=noted, agent=kim, end="completed", talked_at=noted.rang_at)
    make(database, an_activity, ticket=ticket, call=noted)
    missed = make(database, a_call, caller_number="01000004321")
    make(database, a_leg, call=missed, agent=kim, end="no_answer")
    panel = panel_of(open_screen())
    for row in (0, 1):
        panel.table.selectRow(row)
        panel.button("선택").click()
        panel.button("접수").click()
        panel.button("통화").click()
    told = [asked for asked in desk.asked if asked[0] != "set_count"]
    assert [verb for verb, *_ in told] == ["say", "take_call", "dial", "load_ticket", "say", "dial"]
    assert told[1] == ("take_call", missed.id)
    assert told[2] == ("dial", "01000004321")
    assert told[3] == ("load_ticket", ticket.id)


def test_a_withheld_number_is_named_and_not_starred(
    open_screen, database: Database, kim: Agent
) -> None:
    call = make(database, a_call, caller_typed="anonymous")
    make(database, a_leg, call=call, agent=kim, end="no_answer")
    database.call(lambda session: session.execute(text("UPDATE call SET caller_number = NULL")))
    assert cells(open_screen(), "전화번호") == ["발신번호표시제한"]


def test_the_calls_and_their_number_agree(open_screen, database: Database, kim: Agent) -> None:
    twice = make(database, a_call)
    for _ in range(2):
        make(database, a_leg, call=twice, agent=kim, end="no_answer")
    answered = make(database, a_call)
    make(database, a_leg, call=answered, agent=kim, end="no_answer")
    make(database, a_leg, call=answered, agent=kim, end="completed", talked_at=answered.rang_at)
    screen = open_screen()
    assert cells(screen, "구분").count("부재") == 1
    assert titles(screen)[0] == "당일통화내역 (1)"


def test_an_overdue_call_is_red_in_row_and_number(
    open_screen, database: Database, kim: Agent
) -> None:
    old = datetime.now(UTC) - LONG_AGO
    ticket = make(database, a_ticket, created_by=kim, created_at=old)
    call = make(database, a_call)
    make(database, a_leg, call=call, agent=kim, end="completed", talked_at=call.rang_at)
    make(database, an_activity, ticket=ticket, call=call)
    screen = open_screen()
    assert panel_of(screen).model.is_red(0, 0)
    assert tabs_of(screen).is_red("당일통화내역")


def test_accepting_an_offer_makes_it_ones_own(
    open_screen, database: Database, kim: Agent, lee: Agent, desk, steps, qtbot: QtBot
) -> None:
    offer = make(database, a_transfer, from_agent=lee, to_agent=kim)
    screen = open_screen("받은 이관")
    press(screen, "수락", steps, qtbot)
    state = database.call(ticket_detail, offer.ticket_id).last_transfer
    assert state is not None
    assert state.state == "accepted"
    assert ("say", "이관을 수락했습니다.") in desk.asked


def test_looking_at_an_offer_tells_its_sender(
    open_screen, database: Database, kim: Agent, lee: Agent, steps
) -> None:
    offer = make(database, a_transfer, from_agent=lee, to_agent=kim)
    screen = open_screen("받은 이관")
    panel_of(screen).table.selectRow(0)
    steps.run()
    state = database.call(ticket_detail, offer.ticket_id).last_transfer
    assert state is not None
    assert state.state == "seen"


def test_an_offer_goes_back_with_a_reason(
    open_screen, database: Database, kim: Agent, lee: Agent, prompts, steps, qtbot: QtBot
) -> None:
    offer = make(database, a_transfer, from_agent=lee, to_agent=kim)
    prompts.answers = ["제 담당이 아닙니다"]
    screen = open_screen("받은 이관")
    press(screen, "반려", steps, qtbot)
    ticket = database.call(ticket_detail, offer.ticket_id)
    assert prompts.asked == [("이관 반려", "반려사유", ("확인", "취소"))]
    assert ticket.assignee_id == lee.id
    assert ticket.last_transfer is not None
    assert ticket.last_transfer.return_reason == "제 담당이 아닙니다"
    assert panel_of(screen).model.rowCount() == 0


def test_a_cancelled_return_changes_nothing(
    open_screen, database: Database, kim: Agent, lee: Agent, prompts, steps, qtbot: QtBot
) -> None:
    offer = make(database, a_transfer, from_agent=lee, to_agent=kim)
    prompts.answers = [None]
    screen = open_screen("받은 이관")
    panel_of(screen).table.selectRow(0)
    steps.run()
    panel_of(screen).button("반려").click()
    assert steps.waiting == 0
    assert database.call(ticket_detail, offer.ticket_id).assignee_id == kim.id


def test_a_sent_ticket_can_be_taken_back_until_it_is_accepted(
    open_screen, database: Database, kim: Agent, lee: Agent, desk, steps, qtbot: QtBot
) -> None:
    taken, late = (make(database, a_transfer, from_agent=kim, to_agent=lee) for _ in range(2))
    screen = open_screen("보낸 이관")
    database.call(accept_transfer, AnswerTransfer(lee.id, late.id))
    for offer in (taken, late):
        panel_of(screen).table.select_key(offer.ticket_id)
        panel_of(screen).button("회수").click()
        steps.run()
    assert database.call(ticket_detail, taken.ticket_id).assignee_id == kim.id
    assert database.call(ticket_detail, late.ticket_id).assignee_id == lee.id
    assert ("say", "이관을 회수했습니다.") in desk.asked


def test_buttons_without_a_row_say_what_is_missing(open_screen, desk) -> None:
    screen = open_screen()
    for title, button in (
        ("당일통화내역", "접수"),
        ("당일통화내역", "통화"),
        ("받은 이관", "수락"),
        ("받은 이관", "반려"),
        ("보낸 이관", "회수"),
        ("콜백", "통화"),
    ):
        tabs_of(screen).open_page(title)
        panel_of(screen).button(button).click()
        assert desk.asked[-1] == ("say", "목록에서 한 건을 먼저 고르십시오.")


def test_a_promise_is_dialled(open_screen, database: Database, kim: Agent, desk) -> None:
    promise = make(database, a_callback, assignee=kim, number="01000007777")
    screen = open_screen("콜백")
    panel = panel_of(screen)
    panel.table.selectRow(0)
    panel.button("통화").click()
    about = f"010-****-7777 {cells(screen, '접수번호')[0]}"
    assert desk.asked[-1] == ("call_back", promise.id, about)


def test_further_rows_come_as_one_scrolls(
    open_screen, database: Database, kim: Agent, steps
) -> None:
    def many(session: Any) -> None:
        for _ in range(PAGE + 20):
            a_ticket(session, created_by=kim)

    database.call(many)
    screen = open_screen("접수")
    model = panel_of(screen).model
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, screen
    )
    assert tester.model() is model
    panel_of(screen).table.scrollToBottom()
    steps.run()
    assert model.rowCount() == PAGE + 20
    assert len(set(cells(screen, "접수번호"))) == PAGE + 20


def test_a_refresh_keeps_the_rows_scrolled_to(
    open_screen, database: Database, kim: Agent, steps, changes: ChangeBus, qtbot: QtBot
) -> None:
    def many(session: Any) -> None:
        for _ in range(PAGE + 20):
            a_ticket(session, created_by=kim)

    database.call(many)
    screen = open_screen("접수")
    panel_of(screen).table.scrollToBottom()
    steps.run()
    make(database, a_ticket, created_by=kim)
    changes.publish(frozenset({f"agent/{kim.id}"}))
    read_again(steps, qtbot)
    assert panel_of(screen).model.rowCount() == PAGE + 20
    assert panel_of(screen).model.has_more
    assert titles(screen)[3] == f"접수 ({PAGE + 21})"


def test_the_elapsed_time_moves_with_the_clock(
    open_screen, database: Database, kim: Agent, steps
) -> None:
    began = datetime.now(UTC)
    make(database, a_ticket, created_by=kim, created_at=began)
    moment = began + timedelta(minutes=5, seconds=30)
    screen = open_screen("접수", now=lambda: moment)
    assert cells(screen, "경과") == ["5분"]
    moment = began + timedelta(days=2, hours=3, minutes=1)
    screen.clock.timeout.emit()
    assert cells(screen, "경과") == ["2일 3시간"]


def test_calls_of_this_extension_move_the_list(
    open_screen, database: Database, kim: Agent, steps, changes: ChangeBus, qtbot: QtBot
) -> None:
    screen = open_screen()
    make(database, a_leg, agent=kim, end="no_answer")
    changes.publish(frozenset({calls_topic("101")}))
    read_again(steps, qtbot)
    assert titles(screen)[0] == "당일통화내역 (1)"
    assert cells(screen, "구분") == ["부재"]


def test_a_change_of_a_shown_ticket_is_read_wherever_it_was_made(
    open_screen, database: Database, kim: Agent, lee: Agent, steps, changes, qtbot: QtBot
) -> None:
    offer = make(database, a_transfer, from_agent=kim, to_agent=lee)
    open_screen("보낸 이관")
    changes.publish(frozenset({f"ticket/{offer.ticket_id + 1}"}))
    assert steps.waiting == 0
    changes.publish(frozenset({f"ticket/{offer.ticket_id}"}))
    read_again(steps, qtbot)


def test_a_list_that_cannot_be_read_keeps_its_rows_and_says_why(
    kims_desk: UiContext, open_screen, database: Database, kim: Agent, steps, changes, qtbot
) -> None:
    make(database, a_ticket, created_by=kim)
    screen = open_screen("접수")
    database.call(refuse_tickets)
    try:
        changes.publish(frozenset({f"agent/{kim.id}"}))
        read_again(steps, qtbot)
    finally:
        database.call(allow_tickets)
    assert panel_of(screen).message == "이 작업을 할 권한이 없습니다."
    assert panel_of(screen).model.rowCount() == 1


def test_another_desks_change_is_seen_within_a_second(
    context: UiContext,
    database: Database,
    kim: Agent,
    lee: Agent,
    login: Callable[[Agent], Database],
    real_hub: JobHub,
    changes: ChangeBus,
    qtbot: QtBot,
) -> None:
    """Two real connections, the real feed, real threads."""
    kims, lees = login(kim), login(lee)
    here = replace(context, call=kims.call, hub=real_hub, agent=kims.call(sign_in))
    offer = make(database, a_transfer, from_agent=lee, to_agent=kim)
    screen = AgentWorkScreen(here)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: titles(screen)[1] == "받은 이관 (1)")
    bridge = FeedBridge()
    bridge.changes_arrived.connect(changes.gather)
    feed = Feed(
        kims.listening_connection,
        "101",
        on_call_events=bridge.tell_call_events,
        on_change=bridge.tell_changes,
        on_state=lambda state: bridge.tell_state(state.connected, state.reason),
    )
    with qtbot.waitSignal(bridge.feed_state_changed):
        feed.start()
    try:
        lees.call(recall_transfer, AnswerTransfer(lee.id, offer.id))
        qtbot.waitUntil(lambda: titles(screen)[1] == "받은 이관", timeout=1000)
    finally:
        feed.stop()


@pytest.fixture
def real_hub(changes: ChangeBus) -> Iterator[JobHub]:
    hub = JobHub(changes)
    yield hub
    hub.shutdown()


def press(screen: AgentWorkScreen, button: str, steps: Any, qtbot: QtBot) -> None:
    """Choose the first row and press; then read what that changed."""
    panel_of(screen).table.selectRow(0)
    steps.run()
    panel_of(screen).button(button).click()
    steps.run()
    read_again(steps, qtbot)


def read_again(steps: Any, qtbot: QtBot) -> None:
    """The pace lets the next read start, which then runs."""
    qtbot.waitUntil(lambda: steps.waiting > 0)
    steps.run()


def refuse_tickets(session: Session) -> None:
    session.execute(text("REVOKE SELECT ON ticket FROM ets_agent"))


def allow_tickets(session: Session) -> None:
    session.execute(text("GRANT SELECT ON ticket TO ets_agent"))
