"""현황판: the shop at this moment, moving by itself; what is counted opens; 월보드."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.board import AgeBucket, CallBar, CallKind, TicketBar, TicketKind
from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.topics import PEOPLE, TRANSFERS, state_topic
from ets_desktop.queries.agents import sign_in
from ets_desktop.queries.board import (
    AgeBar,
    Board,
    BoardAgent,
    BoardTotals,
    CompletedBar,
    HalfHour,
    ReceiverBar,
    board,
)
from ets_desktop.queries.board_lists import calls_behind, tickets_behind
from ets_desktop.services.duty import BeAtDesk, be_at_desk
from ets_desktop.ui import list_age
from ets_desktop.ui.charts.chart import Chart
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.board import behind as lists
from ets_desktop.ui.screens.board.behind import CALLS, CLOSE, TICKETS, title_of
from ets_desktop.ui.screens.board.charts import (
    BoardCharts,
    age_series,
    call_series,
    completion_series,
    waiting_series,
)
from ets_desktop.ui.screens.board.columns import agent_columns, call_columns, in_order
from ets_desktop.ui.screens.board.screen import AGENTS, TEAM, BoardScreen
from ets_desktop.ui.screens.board.supervising import FORCE, LOG_OFF, REASON, STATE, ReasonDialog
from ets_desktop.ui.screens.board.totals import Tile
from ets_desktop.ui.screens.board.wallboard import Wallboard, cover
from ets_desktop.ui.widgets.choices import CodeChoice
from ets_desktop.ui.widgets.fields import TextField
from tests.factories import a_call, a_leg, a_ticket, a_transfer, an_activity, make
from tests.ui.conftest import Steps, WrittenDesk
from tests.ui.screens.searching import button, cells, error, find, panel

OpenBoard = Callable[..., BoardScreen]

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)  # 12:00 in Seoul
SEATED = BoardAgent(
    agent_id=7,
    name="김상담",
    login="agent101",
    role="agent",
    team_id=1,
    team="상담1팀",
    extension="101",
    state=AgentState.ON_CALL,
    since=NOON - timedelta(seconds=75),
    after="rest",
    cause="call",
    talked=8,
    missed=1,
    received=5,
    completed=3,
    open=9,
    overdue=2,
    waiting=1,
    late=1,
    offered=True,
)
AWAY = replace(
    SEATED,
    agent_id=8,
    name="이담당",
    state=AgentState.LOGGED_OUT,
    after="",
    missed=0,
    overdue=0,
    offered=False,
)
TOTALS = BoardTotals(
    ringing=1,
    longest_ringing_since=NOON - timedelta(seconds=42),
    calls=20,
    answered=12,
    abandoned=8,
    open=30,
    overdue=2,
    received=15,
    completed=10,
    waiting=4,
    late=3,
    longest_waiting_since=NOON - timedelta(hours=2, minutes=5),
    states=MappingProxyType(dict.fromkeys(AgentState, 0) | {AgentState.ON_CALL: 1}),
)
HOURS = (
    HalfHour(NOON - timedelta(minutes=90), 0, 0, 0, None, None),
    HalfHour(NOON - timedelta(minutes=60), 12, 8, 4, 9.0, 21.0),
    HalfHour(NOON - timedelta(minutes=30), 8, 0, 4, None, None),
)
FULL = Board(
    taken_at=NOON,
    agents=(AWAY, SEATED),
    half_hours=HOURS,
    ages=tuple(AgeBar(bucket, 4, 1) for bucket in AgeBucket),
    receivers=(
        ReceiverBar(7, None, "김상담", 1, 0, NOON - timedelta(hours=2)),
        ReceiverBar(None, 3, "물류팀", 3, 3, NOON - timedelta(hours=1)),
    ),
    completions=tuple(CompletedBar(20 + n, f"담당{n}", 20 - n) for n in range(12)),
    totals=TOTALS,
)


@pytest.fixture
def open_board(
    context: UiContext, login: Callable[[Agent], Database], steps: Steps, qtbot: QtBot
) -> Iterator[OpenBoard]:
    def open_it(agent: Agent) -> BoardScreen:
        mine = login(agent)
        own = replace(context, call=mine.call, agent=mine.call(sign_in))
        screen = BoardScreen(own)
        qtbot.addWidget(screen)
        screen.resize(1400, 900)
        screen.show()
        steps.run()
        return screen

    yield open_it
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


@pytest.fixture
def full_board(context: UiContext, steps: Steps, qtbot: QtBot) -> Iterator[BoardScreen]:
    """A board whose every number says something, at noon, without a database."""

    def told(function: Callable[..., Any], *_args: Any, cancel: Any = None) -> Any:
        return {"board": FULL, "teams": ()}[function.__name__]

    screen = BoardScreen(replace(context, call=told), passed=lambda: 0.0)
    qtbot.addWidget(screen)
    screen.resize(1400, 900)
    screen.show()
    steps.run()
    yield screen
    context.hub.shutdown()


def chart(screen: BoardScreen, name: str) -> Chart:
    return next(each for each in screen.findChildren(Chart) if each.accessibleName() == name)


def tile(screen: BoardScreen, name: str) -> Tile:
    return next(each for each in screen.findChildren(Tile) if each.accessibleName() == name)


def value(tile: Tile) -> str:
    return tile.findChildren(QLabel)[1].text()


def choose_agent(screen: BoardScreen, name: str) -> None:
    agents = panel(screen, AGENTS)
    agents.table.selectRow(cells(agents, "상담원").index(name))


def refresh(screen: BoardScreen, steps: Steps, qtbot: QtBot, seen: Callable[[], bool]) -> None:
    """What was changed appears by itself, as soon as the pace of reading allows."""

    def is_there() -> bool:
        steps.run()
        return seen()

    qtbot.waitUntil(is_there, timeout=20_000)


def test_it_has_what_the_board_promises(full_board: BoardScreen) -> None:
    titles = [column.title for column in panel(full_board, AGENTS).model.columns]
    assert titles == [
        *("상담원", "팀", "내선", "상태", "상태시간", "통화", "부재", "접수"),
        *("완료", "미완료", "지연", "대기"),
    ]
    buttons = [each.text() for each in panel(full_board, AGENTS).findChildren(QPushButton)]
    assert buttons == [FORCE, LOG_OFF, "엑셀 저장"]
    assert [each.accessibleName() for each in full_board.findChildren(Chart)] == [
        *("통화·포기", "응답시간", "미완료 경과", "이관 대기 현황", "상담원별 완료"),
    ]
    assert find(full_board, CodeChoice, TEAM).currentText() == "전체"
    assert button(full_board, "월보드").isVisible()


def test_an_agent_is_told_with_a_mark_and_for_how_long(full_board: BoardScreen) -> None:
    agents = panel(full_board, AGENTS)
    assert agents.model.texts(0) == (
        *("김상담", "상담1팀", "101", "● 통화중 → 휴식", "01:15"),
        *("8", "1", "5", "3", "9", "2", "1"),
    )
    assert agents.model.texts(1)[3:7] == ("× 로그아웃", "", "8", "")
    assert [agents.model.is_red(0, n) for n in (6, 10, 11)] == [True, True, True]
    assert not any(agents.model.is_red(1, n) for n in range(6))
    assert agents.model.tip(0, 3) == "대기열의 업무를 받았습니다."
    assert agents.model.tip(1, 3) == ""


def test_who_talks_stands_first_and_who_is_away_last() -> None:
    states = [replace(SEATED, agent_id=n, state=state) for n, state in enumerate(AgentState)]
    found = [row.state for row in in_order(states)]
    assert (found[0], found[-1]) == (AgentState.ON_CALL, AgentState.LOGGED_OUT)
    longer = replace(SEATED, agent_id=9, since=NOON - timedelta(hours=1))
    assert in_order((SEATED, longer)) == (longer, SEATED)


def test_the_clock_of_a_state_goes_on(full_board: BoardScreen) -> None:
    full_board._passed = lambda: 30.0
    full_board.clock.timeout.emit()
    assert cells(panel(full_board, AGENTS), "상태시간")[0] == "01:45"
    assert tile(full_board, "울리는 통화").accessibleDescription() == "주의 1 01:12"


def test_a_clock_ahead_of_the_database_tells_no_time_below_nought() -> None:
    ahead = replace(SEATED, since=NOON + timedelta(seconds=3))
    held = agent_columns(lambda: NOON)[4]
    assert held.text(ahead) == "00:00"


def test_an_alarm_is_told_by_a_mark_too(full_board: BoardScreen) -> None:
    told = {
        each.accessibleName(): (value(each), each.accessibleDescription())
        for each in full_board.findChildren(Tile)
    }
    assert told == {
        "울리는 통화": ("▲ 1", "주의 1 00:42"),
        "오늘 통화": ("20", "20"),
        "응답률": ("▲ 60%", "주의 60%"),
        "포기": ("8", "8"),
        "오늘 접수": ("15", "15"),
        "오늘 완료": ("10", "10"),
        "미완료": ("30", "30"),
        "지연": ("▲ 2", "주의 2"),
        "이관 대기": ("4", "4 2시간 5분"),
        "이관 지연": ("▲ 3", "주의 3"),
    }


def test_the_charts_show_what_the_board_says(full_board: BoardScreen) -> None:
    """From the first call on; lists of people end where there is no room."""
    calls = chart(full_board, "통화·포기").series
    assert [(each.name, [bar.value for bar in each.bars]) for each in calls] == [
        ("응답", [8, 0]),
        ("포기", [4, 4]),
    ]
    assert [bar.label for bar in calls[0].bars] == ["11:00", "11:30"]
    assert calls[1].bars[1].key == CallBar(CallKind.ABANDONED, start=HOURS[2].start)
    answering = chart(full_board, "응답시간").series
    assert [[bar.value for bar in each.bars] for each in answering] == [[9.0, None], [21.0, None]]
    ages = chart(full_board, "미완료 경과").series
    assert ages[1].bars[0].key == TicketBar(TicketKind.OVERDUE, bucket=AgeBucket.HOUR)
    assert all(bar.alarming for bar in ages[1].bars)
    waiting = chart(full_board, "이관 대기 현황").series
    assert [bar.label for bar in waiting[0].bars] == ["김상담", "물류팀"]
    assert waiting[0].bars[1].key == TicketBar(TicketKind.WAITING, None, 3)
    assert waiting[0].bars[0].note == "가장 오래 2시간 0분"
    done = chart(full_board, "상담원별 완료")
    assert len(done.series[0].bars) < len(FULL.completions)
    assert "중 상위" in done.accessibleDescription() or any(
        "중 상위" in label.text() for label in done.findChildren(QLabel)
    )


def test_a_board_without_anything_says_so(steps: Steps, qtbot: QtBot) -> None:
    charts = BoardCharts(steps.hub)
    qtbot.addWidget(charts)
    empty = replace(
        FULL,
        half_hours=(HOURS[0],),
        ages=tuple(AgeBar(bucket, 0, 0) for bucket in AgeBucket),
        receivers=(),
        completions=(),
    )
    charts.show_board(empty)
    assert [each.message for each in charts.charts()] == ["자료가 없습니다"] * 5


def test_in_a_low_window_a_list_leaves_room_for_the_charts_of_its_bar(
    steps: Steps, qtbot: QtBot
) -> None:
    charts = BoardCharts(steps.hub)
    qtbot.addWidget(charts)
    charts.show_board(FULL)
    charts.resize(500, 340)
    charts.show()

    def shown() -> list[str]:
        return [each.accessibleName() for each in charts.charts() if each.isVisible()]

    everything = shown()
    assert len(everything) == 5
    charts.mark_chosen(TicketBar(TicketKind.WAITING, None, 3))
    assert shown() == ["통화·포기", "이관 대기 현황", "상담원별 완료"]
    charts.mark_chosen(TicketBar(TicketKind.OPEN))
    assert shown() == ["통화·포기", "응답시간", "미완료 경과"]
    charts.resize(500, 700)
    assert shown() == everything
    charts.resize(500, 340)
    charts.mark_chosen(None)
    assert shown() == everything


@pytest.mark.parametrize(
    ("bar", "title"),
    [
        (TicketBar(TicketKind.OVERDUE), "지연"),
        (TicketBar(TicketKind.OPEN, bucket=AgeBucket.YESTERDAY), "미완료 · 어제"),
        (TicketBar(TicketKind.COMPLETED, 23), "담당3 · 오늘 완료"),
        (TicketBar(TicketKind.WAITING, None, 3), "물류팀 · 이관 대기"),
        (TicketBar(TicketKind.OPEN, 99), "미완료"),
        (CallBar(CallKind.RECEIVED), "오늘 통화"),
        (CallBar(CallKind.ABANDONED, start=HOURS[1].start), "포기 · 11:00~11:29"),
        (CallBar(CallKind.MISSED, 8), "이담당 · 부재"),
    ],
)
def test_a_list_says_what_it_holds(bar: TicketBar | CallBar, title: str) -> None:
    assert title_of(bar, FULL) == title


def test_a_number_opens_the_tickets_it_counts(
    open_board: OpenBoard,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    steps: Steps,
    desk: WrittenDesk,
) -> None:
    offers = [make(database, a_transfer, from_agent=kim, to_agent=lee) for _ in range(2)]
    make(database, a_ticket, created_by=kim)
    screen = open_board(park)
    assert value(tile(screen, "이관 대기")) == "2"
    QTest.keyClick(tile(screen, "이관 대기"), Qt.Key.Key_Return)
    steps.run()
    found = panel(screen, TICKETS)
    assert found.isVisible()
    assert {row.ticket_id for row in found.model.rows} == {each.ticket_id for each in offers}
    assert screen.dialled_from() == NOTHING
    found.table.selectRow(0)
    ticket_id = found.model.rows[0].ticket_id
    assert screen.dialled_from() == DialledFrom(ticket_id=ticket_id)
    found.table.choose_current()
    assert ("load_ticket", ticket_id) in desk.asked


def test_a_bar_opens_its_list_and_is_framed_until_it_is_closed(
    open_board: OpenBoard, database: Database, kim: Agent, lee: Agent, park: Agent, steps: Steps
) -> None:
    make(database, a_transfer, from_agent=kim, to_agent=lee)
    screen = open_board(park)
    waiting = chart(screen, "이관 대기 현황")
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Return):
        QTest.keyClick(waiting, key)
    steps.run()
    found = panel(screen, TICKETS)
    assert len(found.model.rows) == waiting.series[0].bars[0].value == 1
    assert waiting._chosen_key == TicketBar(TicketKind.WAITING, lee.id)
    button(screen, CLOSE).click()
    assert not found.isVisible()
    assert waiting._chosen_key is None


def test_an_agent_opens_what_lies_with_them(
    open_board: OpenBoard, database: Database, kim: Agent, park: Agent, steps: Steps
) -> None:
    make(database, a_ticket, created_by=kim)
    screen = open_board(park)
    choose_agent(screen, "김상담")
    panel(screen, AGENTS).table.choose_current()
    steps.run()
    assert cells(panel(screen, TICKETS), "담당자") == ["김상담"]


def test_calls_are_listed_masked_and_open_their_ticket(
    open_board: OpenBoard,
    database: Database,
    kim: Agent,
    park: Agent,
    steps: Steps,
    desk: WrittenDesk,
) -> None:
    call = make(database, a_call, caller_number="01000001234", caller_name="홍길동")
    make(database, a_leg, call=call, agent=kim)
    screen = open_board(park)
    tile(screen, "울리는 통화").click()
    steps.run()
    found = panel(screen, CALLS)
    assert cells(found, "전화번호") == ["010-****-1234"]
    assert cells(found, "고객") == ["홍*동"]
    assert cells(found, "상태") == ["수신 중"]
    assert screen.dialled_from() == NOTHING
    found.table.selectRow(0)
    found.table.choose_current()
    assert ("say", "접수가 없는 통화입니다.") in desk.asked
    ticket = make(database, a_ticket, created_by=kim)
    make(database, an_activity, ticket=ticket, call=call)
    tile(screen, "울리는 통화").click()
    steps.run()
    found.table.selectRow(0)
    found.table.choose_current()
    assert ("load_ticket", ticket.id) in desk.asked


def test_a_call_tells_how_long_somebody_waited_and_talked() -> None:
    fields = dict.fromkeys(
        ("call_id", "customer_id", "agent_id", "ticket_id", "wait_s", "talked_at", "ended_at")
    )
    words = dict.fromkeys(
        ("number", "customer", "queue", "agent", "extension", "ticket_no"), ""
    ) | {"direction": "in", "state": "completed"}
    row: Any = lists.BoardCall(rang_at=NOON, **(fields | words))
    texts = {column.title: column.text for column in call_columns()}
    assert (texts["응답까지"](row), texts["통화시간"](row)) == ("", "")
    talked = replace(
        row, wait_s=8.4, talked_at=NOON, ended_at=NOON + timedelta(minutes=3, seconds=5)
    )
    assert (texts["응답까지"](talked), texts["통화시간"](talked)) == ("00:08", "03:05")
    assert texts["시각"](row) == "12:00:00"


def test_a_list_too_long_says_where_it_ends(
    full_board: BoardScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_board._behind.show_bar(TicketBar(TicketKind.OPEN), None, FULL)
    full_board._behind._on_loaded(lists.TicketsBehind((), NOON, more=True))
    assert panel(full_board, TICKETS).message == "0건까지만 표시합니다."


def test_a_list_that_cannot_be_read_says_why(full_board: BoardScreen) -> None:
    full_board._behind.show_bar(TicketBar(TicketKind.OPEN), None, FULL)
    full_board._behind._on_load_failed(Unavailable("database_away"))
    assert panel(full_board, TICKETS).message


def test_a_team_is_a_choice(
    open_board: OpenBoard,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    team: Team,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    screen = open_board(park)
    assert cells(panel(screen, AGENTS), "상담원") == ["김상담", "이담당"]
    choice = find(screen, CodeChoice, TEAM)
    assert [choice.itemText(n) for n in range(choice.count())] == ["전체", "물류팀"]
    tile(screen, "미완료").click()
    steps.run()
    choice.setCurrentIndex(1)
    choice.code_chosen.emit()
    assert not panel(screen, TICKETS).isVisible()
    steps.run()
    agents = panel(screen, AGENTS)
    assert cells(agents, "상담원") == ["이담당"]


def test_the_teams_to_choose_from_follow_those_of_the_house(
    open_board: OpenBoard,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    team: Team,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    screen = open_board(park)
    choice = find(screen, CodeChoice, TEAM)
    choice.setCurrentIndex(1)
    choice.code_chosen.emit()
    steps.run()
    agents = panel(screen, AGENTS)
    assert cells(agents, "상담원") == ["이담당"]
    for change, offered in (
        ("UPDATE team SET name = '물류2팀' WHERE id = %s", ["전체", "물류2팀"]),
        ("UPDATE agent SET team_id = NULL WHERE team_id = %s", ["전체", "물류2팀"]),
        ("UPDATE team SET active = false WHERE id = %s", ["전체"]),
    ):
        assert choice.currentIndex() == 1
        with database.driver_connection() as connection:
            connection.execute(change, [team.id])
        screen.context.changes.publish(frozenset({PEOPLE}))
        steps.run()
        assert [choice.itemText(n) for n in range(choice.count())] == offered
    assert choice.currentIndex() == 0
    refresh(screen, steps, qtbot, lambda: cells(agents, "상담원") == ["김상담", "이담당"])


def test_it_moves_by_itself_and_the_list_with_it(
    open_board: OpenBoard,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    screen = open_board(park)
    waiting = chart(screen, "이관 대기 현황")
    qtbot.waitUntil(lambda: waiting._plot is not None, timeout=20_000)
    drawn = waiting._plot
    tile(screen, "이관 대기").click()
    steps.run()
    make(database, a_transfer, from_agent=kim, to_agent=lee)
    screen.context.changes.publish(frozenset({TRANSFERS}))
    refresh(screen, steps, qtbot, lambda: value(tile(screen, "이관 대기")) == "1")
    steps.run()
    assert len(panel(screen, TICKETS).model.rows) == 1
    assert waiting._plot is drawn


def test_it_does_not_read_while_nobody_looks(full_board: BoardScreen, steps: Steps) -> None:
    full_board.hide()
    full_board.slow.timeout.emit()
    full_board.clock.timeout.emit()
    full_board.context.changes.publish(frozenset({state_topic(7)}))
    assert steps.waiting == 0


def test_what_cannot_be_read_leaves_the_old_numbers_with_their_age(
    full_board: BoardScreen,
) -> None:
    full_board._on_load_failed(Unavailable("database_away"))
    assert panel(full_board, AGENTS).message
    assert value(tile(full_board, "미완료")) == "30"
    assert full_board._age.text().startswith("12:00:00 기준")


def test_before_the_first_answer_nothing_can_be_opened(context: UiContext, qtbot: QtBot) -> None:
    screen = BoardScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    tile(screen, "미완료").click()
    assert not panel(screen, TICKETS).isVisible()
    button(screen, "월보드").click()
    wall = screen.findChild(Wallboard)
    assert wall is not None
    assert (wall.age(), wall.signs(), wall.states()) == (("조회 중…", False), (), ())
    wall.reject()


def test_every_bar_opens_as_many_as_it_says(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    for _ in range(3):
        make(database, a_ticket, created_by=kim)
    make(database, a_ticket, created_by=kim, due_on=date(2026, 1, 1))
    for whose in (kim, lee, lee):
        make(database, a_ticket, created_by=whose, status="completed")
    make(database, a_transfer, from_agent=kim, to_agent=lee)
    make(database, a_transfer, from_agent=lee, to_team=team)
    now = datetime.now(UTC)
    for end in ("completed", "abandoned", "no_answer"):
        call = make(database, a_call, rang_at=now)
        talked = {"talked_at": now} if end == "completed" else {}
        make(database, a_leg, call=call, agent=kim, end=end, **talked)
    found = database.call(board, now)
    counted = 0
    for series in (
        *call_series(found.half_hours),
        *age_series(found.ages),
        *waiting_series(found),
        *completion_series(found.completions),
    ):
        for bar in series.bars:
            counted += int(bar.value or 0)
            if isinstance(bar.key, CallBar):
                assert len(database.call(calls_behind, bar.key, now).rows) == bar.value
            else:
                assert isinstance(bar.key, TicketBar)
                assert len(database.call(tickets_behind, bar.key, now).rows) == bar.value
    # Calls; open ones, one of them late; those that wait; those that are done.
    assert counted == 3 + 6 + 1 + 2 + 3


# Supervising


def sit(database: Database, agent: Agent) -> None:
    database.call(be_at_desk, BeAtDesk(agent.id, uuid4()))


def looks(database: Database) -> list[tuple[Any, ...]]:
    asked = text(
        "SELECT action, condition->>'reason' FROM access_log WHERE action IN"
        " ('force_state', 'log_off') ORDER BY id"
    )
    return database.call(lambda session: [tuple(row) for row in session.execute(asked)])


def dialog_of(screen: BoardScreen) -> ReasonDialog:
    dialog = screen.findChild(ReasonDialog)
    assert dialog is not None
    return dialog


def test_a_state_is_changed_with_a_reason(
    open_board: OpenBoard,
    database: Database,
    login: Callable[[Agent], Database],
    kim: Agent,
    park: Agent,
    steps: Steps,
    qtbot: QtBot,
    desk: WrittenDesk,
) -> None:
    sit(login(kim), kim)
    screen = open_board(park)
    choose_agent(screen, "김상담")
    button(screen, FORCE).click()
    dialog = dialog_of(screen)
    for unread in ("", "\u200b\u3164"):
        find(dialog, TextField, REASON).setText(unread)
        button(dialog, "확인").click()
        assert error(dialog, REASON) == "사유를 입력하십시오."
    find(dialog, TextField, REASON).setText("가" * 201)
    button(dialog, "확인").click()
    assert error(dialog, REASON)
    find(dialog, CodeChoice, STATE).set_code("training")
    find(dialog, TextField, REASON).setText("신제품 교육")
    button(dialog, "확인").click()
    steps.run()
    assert ("say", "김상담 상태를 교육으로 바꾸었습니다.") in desk.asked
    assert looks(database) == [("force_state", "신제품 교육")]
    screen.context.changes.publish(frozenset({state_topic(kim.id)}))
    agents = panel(screen, AGENTS)
    refresh(screen, steps, qtbot, lambda: cells(agents, "상태")[0] == "◇ 교육")


def test_a_state_forced_while_talking_comes_after_the_call(
    open_board: OpenBoard,
    database: Database,
    login: Callable[[Agent], Database],
    kim: Agent,
    park: Agent,
    steps: Steps,
    desk: WrittenDesk,
) -> None:
    sit(login(kim), kim)
    make(database, a_leg, agent=kim, phase="talking", talked_at=datetime.now(UTC))
    screen = open_board(park)
    choose_agent(screen, "김상담")
    button(screen, FORCE).click()
    dialog = dialog_of(screen)
    find(dialog, CodeChoice, STATE).set_code("rest")
    find(dialog, TextField, REASON).setText("긴 통화")
    button(dialog, "확인").click()
    steps.run()
    assert ("say", "통화가 끝나면 김상담 상태가 휴식으로 바뀝니다.") in desk.asked


def test_an_agent_is_logged_off_with_a_reason(
    open_board: OpenBoard,
    database: Database,
    login: Callable[[Agent], Database],
    kim: Agent,
    park: Agent,
    steps: Steps,
    desk: WrittenDesk,
) -> None:
    sit(login(kim), kim)
    screen = open_board(park)
    choose_agent(screen, "김상담")
    button(screen, LOG_OFF).click()
    dialog = dialog_of(screen)
    assert dialog.findChildren(CodeChoice) == []
    find(dialog, TextField, REASON).setText("퇴근 뒤 켜진 PC")
    button(dialog, "확인").click()
    steps.run()
    assert ("say", "김상담을 로그아웃했습니다.") in desk.asked
    assert looks(database) == [("log_off", "퇴근 뒤 켜진 PC")]


def test_nobody_is_supervised_who_is_not_there_nor_oneself(
    open_board: OpenBoard,
    database: Database,
    login: Callable[[Agent], Database],
    kim: Agent,
    park: Agent,
) -> None:
    sit(login(park), park)
    screen = open_board(park)
    buttons = [button(screen, FORCE), button(screen, LOG_OFF)]
    assert not any(each.isEnabled() for each in buttons)
    for name in ("김상담", "박관리"):
        choose_agent(screen, name)
        assert not any(each.isEnabled() for each in buttons)


# 월보드


@pytest.fixture
def wall(full_board: BoardScreen, qtbot: QtBot) -> Iterator[Wallboard]:
    button(full_board, "월보드").click()
    wall = full_board.findChild(Wallboard)
    assert wall is not None
    with qtbot.waitExposed(wall):
        pass
    yield wall
    wall.reject()


def test_the_wallboard_covers_a_monitor_and_escape_closes_it(
    wall: Wallboard, full_board: BoardScreen
) -> None:
    assert wall.isFullScreen()
    assert wall.windowFlags() & Qt.WindowType.FramelessWindowHint
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert not wall.isVisible()
    button(full_board, "월보드").click()
    assert full_board.findChildren(Wallboard) == [wall]
    assert wall.isVisible()


def test_the_wallboard_says_by_words_what_is_wrong(wall: Wallboard) -> None:
    told = {sign.label: (sign.value, sign.hint, sign.alarm) for sign in wall.signs()}
    assert told == {
        "울리는 통화": ("1", "가장 오래 00:42", "오래 기다림"),
        "포기": ("8", "오늘 통화 20", ""),
        "응답률": ("60%", "응답 12", "낮음"),
        "미완료": ("30", "오늘 완료 10", ""),
        "지연": ("2", "", "기한 지남"),
        "이관 대기": ("4", "가장 오래 2시간 5분", "지연 3"),
    }
    assert wall.states()[:3] == (("●", "통화중", 1), ("◐", "후처리", 0), ("○", "준비", 0))
    assert len(wall.states()) == len(AgentState)
    assert "응답률 60% 응답 12 낮음" in wall.accessibleDescription()


def test_a_calm_shop_has_no_alarms(wall: Wallboard) -> None:
    calm = replace(
        TOTALS,
        ringing=0,
        longest_ringing_since=None,
        answered=0,
        abandoned=0,
        overdue=0,
        late=0,
        waiting=0,
        longest_waiting_since=None,
    )
    wall.show_board(replace(FULL, totals=calm), "전체")
    assert [sign.alarm for sign in wall.signs()] == [""] * 6
    assert [sign.value for sign in wall.signs()][2] == "–"


def test_old_numbers_say_so_on_the_wall(wall: Wallboard, full_board: BoardScreen) -> None:
    assert wall.age() == ("12:00:00 기준", False)
    full_board._passed = lambda: 240.0
    wall.clock.timeout.emit()
    assert wall.age() == ("▲ 12:00:00 기준 · 4분 전", True)
    wall.hide()
    wall.clock.timeout.emit()


def test_nobody_is_named_on_the_wall(wall: Wallboard) -> None:
    told = wall.accessibleDescription() + str(wall.signs()) + str(wall.states())
    assert not any(name in told for name in ("김상담", "이담당", "담당1", "물류팀"))


def test_it_reads_on_for_the_wall_while_another_tab_is_in_front(
    wall: Wallboard, full_board: BoardScreen, steps: Steps, qtbot: QtBot
) -> None:
    full_board.hide()
    full_board.slow.timeout.emit()
    qtbot.waitUntil(lambda: steps.waiting > 0, timeout=20_000)
    before = wall._board
    steps.run()
    assert wall._board is not before or wall._board is FULL


def test_where_there_are_several_monitors_it_asks(
    full_board: BoardScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = [QGuiApplication.primaryScreen()] * 2
    monkeypatch.setattr(QGuiApplication, "screens", lambda: two)
    button(full_board, "월보드").click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    first, second = menu.actions()
    assert first.text().startswith("모니터 1 (")
    second.trigger()
    wall = full_board.findChild(Wallboard)
    assert wall is not None
    assert wall.isFullScreen()
    menu.close()
    wall.reject()


def test_the_wall_says_that_the_database_is_away(wall: Wallboard, full_board: BoardScreen) -> None:
    full_board.window().setProperty(list_age.AWAY, True)
    wall.clock.timeout.emit()
    assert wall.age() == ("▲ 12:00:00 기준 · 연결 끊김", True)
    assert wall.accessibleDescription().endswith("연결 끊김")
    full_board._passed = lambda: 240.0
    assert wall.age() == ("▲ 12:00:00 기준 · 4분 전 · 연결 끊김", True)
    full_board.window().setProperty(list_age.AWAY, False)
    assert wall.age() == ("▲ 12:00:00 기준 · 4분 전", True)


def test_it_can_be_painted_at_any_size(wall: Wallboard) -> None:
    for width, height in ((1920, 1080), (1280, 800), (320, 200)):
        wall.resize(width, height)
        assert wall.grab().width() >= width


def test_covering_needs_no_screen_of_a_widget(full_board: BoardScreen, qtbot: QtBot) -> None:
    wall = Wallboard(lambda: NOON, full_board)
    cover(wall, QGuiApplication.primaryScreen().geometry())
    assert wall.isFullScreen()
    wall.reject()


#: The window of a supervisor, all its tabs there and none but the first ones built.
_OPENING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ets_desktop.domain.agents import AgentSession
from ets_desktop.settings import DeskSettings
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.diagnostics import Diagnostics
from ets_desktop.ui.jobs import JobHub
from ets_desktop.ui.prompts import WindowPrompts
from ets_desktop.ui.window import MainWindow
from ets_desktop.ui.window_desk import WindowDesk
from ets_desktop.ui.window_state import WindowState
from tests.ui.conftest import KeptJournal, SteppedPool, no_database
app = QApplication([])
changes, state = ChangeBus(), WindowState(Path(sys.argv[1]))
hub, desk = JobHub(changes, SteppedPool()), WindowDesk(state)
agent = AgentSession(1, "supervisor", "박관리", "", "supervisor")
context = UiContext(no_database, hub, changes, WindowPrompts(), DeskSettings(), state, agent,
                    desk, KeptJournal())
window = MainWindow(context, desk, Diagnostics())
window.show()
app.processEvents()
assert "현황판" in [window.tabs.tabText(n) for n in range(window.tabs.count())]
assert not {"numpy", "pyqtgraph"} & set(sys.modules), "loaded"
"""


def test_a_window_opens_without_the_library_of_charts(tmp_path: Path) -> None:
    """Whoever never looks at a chart never loads it."""
    command = [sys.executable, "-c", _OPENING, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
