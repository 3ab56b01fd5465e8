"""통계: every figure opens the list that makes it; two periods side by side; the file of it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QTabWidget
from pytestqt.qtbot import QtBot

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import seoul_date, start_of_day
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.statistics import SHARES, Dimension, Measure
from ets_desktop.queries.agents import sign_in
from ets_desktop.queries.reading import read_at
from ets_desktop.reports.export import Progress, export_list
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.jobs import CancelToken
from ets_desktop.ui.operations.exporting import list_of
from ets_desktop.ui.screens.statistics.behind_page import CALLS, CLAIMS, TICKETS
from ets_desktop.ui.screens.statistics.chart_page import BarKey, ChartPage
from ets_desktop.ui.screens.statistics.figures import (
    NONE,
    change_text,
    count_text,
    points_text,
    share_text,
    span_text,
)
from ets_desktop.ui.screens.statistics.measures import VIEW_MEASURES, measure_of
from ets_desktop.ui.screens.statistics.screen import COMPARED_TABLES, TABLES, StatisticsScreen
from ets_desktop.ui.screens.statistics.total_line import TotalLine
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.widgets.period import DateField, Period, PeriodButtons
from tests.factories import (
    a_call,
    a_customer,
    a_leg,
    a_ticket,
    an_activity,
    an_agent,
    make,
)
from tests.queries.shop_of_chance import ChanceShop
from tests.ui.screens.searching import access_log, ask, button, cells, error, find, panel

OpenScreen = Callable[[], StatisticsScreen]


@pytest.fixture
def today(database: Database) -> date:
    return seoul_date(database.call(read_at))


@pytest.fixture
def open_screen(
    context: UiContext,
    park: Agent,
    login: Callable[[Agent], Database],
    steps: Any,
    qtbot: QtBot,
) -> Iterator[OpenScreen]:
    def open_it() -> StatisticsScreen:
        mine = login(park)
        own = replace(context, call=mine.call, agent=mine.call(sign_in))
        screen = StatisticsScreen(own)
        qtbot.addWidget(screen)
        screen.resize(1200, 800)
        screen.show()
        steps.run()
        return screen

    bugs: list[object] = []
    context.hub.bug_found.connect(bugs.append)
    yield open_it
    assert bugs == []
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


@pytest.fixture
def shop(database: Database, today: date) -> ChanceShop:
    """Twenty days of tickets, calls and claims."""
    with database.driver_connection() as connection:
        made = ChanceShop(connection, random.Random(7), today)
        made.fill(60, 40)
    return made


def noon(day: date) -> datetime:
    return start_of_day(day) + timedelta(hours=12)


def choose(screen: StatisticsScreen, label: str, word: str) -> None:
    box = find(screen, QComboBox, label)
    assert box.findText(word) >= 0, word
    box.setCurrentText(word)


def set_days(screen: StatisticsScreen, first: date | None, last: date | None) -> None:
    screen.findChild(PeriodButtons).set_period(Period(first, last))


def figures(screen: StatisticsScreen, view: str = "tickets", compared: bool = False) -> Any:
    return panel(screen, (COMPARED_TABLES if compared else TABLES)[view])


def table_of(of: TablePanel[Any]) -> dict[str, dict[str, str]]:
    """Row → column → text."""
    titles = [column.title for column in of.model.columns]
    rows = (of.model.texts(number) for number in range(of.model.rowCount()))
    return {texts[0]: dict(zip(titles[1:], texts[1:], strict=True)) for texts in rows}


def choose_cell(of: TablePanel[Any], row: str, title: str, steps: Any) -> None:
    """Double click or Enter on a cell."""
    number = cells(of, "기준").index(row)
    column = [each.title for each in of.model.columns].index(title)
    of.table.setCurrentIndex(of.model.index(number, column))
    of.table.choose_current()
    steps.run()


def all_behind(screen: StatisticsScreen, steps: Any) -> int:
    """How many rows the list below has, scrolled to its end."""
    behind = screen._behind.panel
    while behind.model.canFetchMore(behind.table.rootIndex()):
        behind.model.fetchMore(behind.table.rootIndex())
        steps.run()
    return int(behind.model.rowCount())


def chart_page(screen: StatisticsScreen) -> Any:
    return screen.findChild(ChartPage)


def page_shown(screen: StatisticsScreen) -> str:
    pages = find(screen, QTabWidget, "차트와 목록")
    return str(pages.tabText(pages.currentIndex()))


def test_what_is_asked_for_by_default_is_a_month_by_day(
    open_screen: OpenScreen, kim: Agent, database: Database, today: date, steps: Any
) -> None:
    day = today - timedelta(days=3)
    make(database, a_ticket, created_by=kim, created_at=noon(day))
    screen = open_screen()
    labels = [box.accessibleName() for box in screen.findChildren(QComboBox)]
    assert labels == ["보기", "기준", "비교", "팀", "상담원", "유형", "판매처", "지표"]
    assert figures(screen).message == ""
    ask(screen, steps)
    shown = table_of(figures(screen))
    label = next(label for label in shown if label.startswith(day.isoformat()))
    assert label[11:] in {f"({letter})" for letter in "월화수목금토일"}
    assert shown[label]["접수"] == "1"
    assert shown[label]["완료"] == "0"
    assert shown[label]["처리시간 중앙값"] == NONE
    assert shown["합계"]["접수"] == "1"
    assert figures(screen).age.text().endswith("기준")


@pytest.mark.parametrize(
    ("view", "basis"),
    [("전체", "상담원"), ("상담", "세부유형"), ("반품·교환", "사유"), ("통화", "주")],
)
def test_every_figure_is_the_length_of_the_list_behind_it(
    open_screen: OpenScreen, shop: ChanceShop, steps: Any, view: str, basis: str
) -> None:
    screen = open_screen()
    choose(screen, "보기", view)
    choose(screen, "기준", basis)
    set_days(screen, shop.first, shop.last)
    ask(screen, steps)
    of = screen._panel.rows
    assert screen._answer is not None
    counted = VIEW_MEASURES[screen._answer.asked.view]
    opened = 0
    for row, texts in table_of(of).items():
        for shown in counted:
            text = texts[shown.title]
            if shown.code in set(Measure) - set(SHARES):
                choose_cell(of, row, shown.title, steps)
                assert all_behind(screen, steps) == int(text.replace(",", "")), (row, shown.title)
                opened += int(text) > 0
    assert opened > 5


def test_two_periods_stand_side_by_side(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, today: date, steps: Any
) -> None:
    first, last = today - timedelta(days=10), today - timedelta(days=4)
    for agent, day in (
        (kim, first),
        (kim, last),
        (kim, first - timedelta(days=1)),
        (lee, first - timedelta(days=7)),
        (lee, first - timedelta(days=7)),
        (lee, first - timedelta(days=8)),
    ):
        make(database, a_ticket, created_by=agent, created_at=noon(day))
    screen = open_screen()
    choose(screen, "기준", "상담원")
    choose(screen, "비교", "직전 기간")
    set_days(screen, first, last)
    ask(screen, steps)
    of = figures(screen, compared=True)
    shown = table_of(of)
    received = {
        row: (texts["접수"], texts["접수 이전"], texts["접수 증감"]) for row, texts in shown.items()
    }
    assert received == {
        "김상담": ("2", "1", "▲ 1"),
        # Somebody who only worked then is a row, too.
        "이담당": ("0", "2", "▼ 2"),
        "합계": ("2", "3", "▼ 1"),
    }
    assert shown["김상담"]["완료 증감"] == "0"
    assert shown["김상담"]["콜백 이행률 증감"] == NONE
    choose_cell(of, "이담당", "접수 이전", steps)
    assert all_behind(screen, steps) == 2
    choose_cell(of, "이담당", "접수", steps)
    assert all_behind(screen, steps) == 0
    assert screen._behind.panel.message == "내역이 없습니다."
    choose_cell(of, "합계", "접수 이전", steps)
    assert all_behind(screen, steps) == 3
    days = f"{first - timedelta(days=7)} ~ {first - timedelta(days=1)}"
    assert find(screen, QLabel, "목록 조건").text() == f"접수 · {days}"


def test_days_are_compared_in_their_order(
    open_screen: OpenScreen, database: Database, kim: Agent, today: date, steps: Any
) -> None:
    first = today - timedelta(days=9)
    make(database, a_ticket, created_by=kim, created_at=noon(first - timedelta(days=5)))
    screen = open_screen()
    choose(screen, "비교", "직전 기간")
    set_days(screen, first, first + timedelta(days=4))
    ask(screen, steps)
    of = figures(screen, compared=True)
    assert cells(of, "접수 이전") == ["1", "0", "0", "0", "0", "1"]
    column = [each.title for each in of.model.columns].index("접수 이전")
    assert of.model.tip(0, column).startswith((first - timedelta(days=5)).isoformat())
    assert of.model.tip(0, column - 1) == cells(of, "기준")[0]
    choose_cell(of, cells(of, "기준")[0], "접수 이전", steps)
    assert all_behind(screen, steps) == 1
    # Of the same days a year ago there is nothing; the form of the table stays.
    choose(screen, "비교", "작년 같은 기간")
    ask(screen, steps)
    assert cells(of, "접수 이전") == ["0"] * 6


def test_a_longer_period_than_the_one_before_stands_alone_at_its_end(
    open_screen: OpenScreen, database: Database, kim: Agent, steps: Any
) -> None:
    """March has three days more than February."""
    make(database, a_ticket, created_by=kim, created_at=noon(date(2026, 3, 31)))
    screen = open_screen()
    choose(screen, "비교", "직전 기간")
    set_days(screen, date(2026, 3, 1), date(2026, 3, 31))
    ask(screen, steps)
    of = figures(screen, compared=True)
    assert cells(of, "접수 이전") == ["0"] * 28 + [NONE] * 3 + ["0"]
    assert cells(of, "접수 증감")[-2:] == [NONE, "▲ 1"]
    choose_cell(of, cells(of, "기준")[30], "접수 이전", steps)
    assert all_behind(screen, steps) == 0


def test_the_last_days_of_a_longer_month_before_open_their_lists(
    open_screen: OpenScreen, database: Database, kim: Agent, steps: Any
) -> None:
    make(database, a_ticket, created_by=kim, created_at=noon(date(2026, 1, 31)))
    screen = open_screen()
    choose(screen, "비교", "직전 기간")
    set_days(screen, date(2026, 2, 1), date(2026, 2, 28))
    ask(screen, steps)
    of = figures(screen, compared=True)
    assert cells(of, "접수 이전") == ["0"] * 30 + ["1", "1"]
    assert cells(of, "접수")[27:] == ["0", NONE, NONE, NONE, "0"]
    row = cells(of, "기준")[30]
    assert row.startswith("2026-01-31")
    bar = chart_page(screen).chart.series[1].bars[30]
    screen._chart.bar_chosen.emit(bar.key)
    steps.run()
    assert all_behind(screen, steps) == bar.value == 1
    choose_cell(of, row, "접수", steps)
    assert screen.context.desk.asked[-1] == ("say", "내역이 없습니다.")
    choose_cell(of, row, "접수 이전", steps)
    assert all_behind(screen, steps) == 1


def test_filters_narrow_and_their_choices_stay(
    open_screen: OpenScreen, database: Database, shop: ChanceShop, today: date, steps: Any
) -> None:
    screen = open_screen()
    set_days(screen, shop.first, shop.last)
    ask(screen, steps)
    everything = int(table_of(figures(screen))["합계"]["접수"])
    parts = 0
    for team in ("하나", "둘"):
        choose(screen, "팀", team)
        ask(screen, steps)
        parts += int(table_of(figures(screen))["합계"]["접수"])
    assert 0 < parts == everything == 60
    for label, word in (("상담원", "김상담0"), ("유형", "반품"), ("판매처", "가")):
        choose(screen, label, word)
    choose(screen, "팀", "하나")
    screen.hide()
    screen.show()
    steps.run()
    ask(screen, steps)
    question = screen._answer.asked.question
    assert question.team_id == shop.teams[0]
    assert question.agent_id == shop.agents[0]
    assert question.ticket_type == "return"
    assert question.channel_id == shop.channels[0]


def test_a_view_offers_only_what_there_is_for_it(open_screen: OpenScreen) -> None:
    screen = open_screen()

    def bases() -> list[str]:
        box = find(screen, QComboBox, "기준")
        return [box.itemText(number) for number in range(box.count())]

    every = ["일", "주", "월", "상담원", "유형", "세부유형", "판매처", "상품"]
    assert bases() == every
    choose(screen, "기준", "상담원")
    choose(screen, "보기", "통화")
    assert bases() == ["일", "주", "월", "상담원"]
    assert find(screen, QComboBox, "기준").currentText() == "상담원"
    assert not find(screen, QComboBox, "유형").isEnabled()
    assert not find(screen, QComboBox, "판매처").isEnabled()
    choose(screen, "보기", "반품·교환")
    assert bases() == ["사유", *every]
    choose(screen, "기준", "사유")
    choose(screen, "보기", "전체")
    assert find(screen, QComboBox, "기준").currentText() == "일"
    assert find(screen, QComboBox, "유형").isEnabled()


def test_what_there_is_not_for_a_row_reads_so_and_opens_nothing(
    open_screen: OpenScreen, shop: ChanceShop, steps: Any
) -> None:
    screen = open_screen()
    choose(screen, "보기", "전체")
    choose(screen, "기준", "유형")
    set_days(screen, shop.first, shop.last)
    ask(screen, steps)
    of = figures(screen, "all")
    texts = table_of(of)["배송문의"]
    assert texts["통화"] == texts["포기율"] == texts["응답시간 90%"] == NONE
    choose_cell(of, "배송문의", "통화", steps)
    assert ("say", "이 기준에는 없는 지표입니다.") in screen.context.desk.asked
    assert page_shown(screen) == "차트"


def test_there_is_no_table_of_all_times(open_screen: OpenScreen, today: date, steps: Any) -> None:
    screen = open_screen()

    def told() -> str:
        return error(screen, "종료일")

    ask(screen, steps)
    assert figures(screen).model.rowCount() > 0
    set_days(screen, None, today)
    ask(screen, steps)
    assert told() == "시작일과 종료일을 모두 넣으십시오."
    # Rows stand beside no other conditions than theirs.
    assert figures(screen).model.rowCount() == 0
    set_days(screen, today - timedelta(days=731), today)
    ask(screen, steps)
    assert told() == "기간은 2년까지입니다."
    set_days(screen, today, today - timedelta(days=1))
    ask(screen, steps)
    assert told() == "종료일이 시작일보다 앞섭니다."
    set_days(screen, today - timedelta(days=730), today)
    ask(screen, steps)
    assert told() == ""
    assert figures(screen).model.rowCount() == 732
    assert [one.text() for one in screen.findChild(PeriodButtons).buttons().values()][-3:] == [
        "1년",
        "올해",
        "작년",
    ]


def test_the_total_stays_below_and_opens_its_list(
    open_screen: OpenScreen, shop: ChanceShop, steps: Any, qtbot: QtBot
) -> None:
    screen = open_screen()
    choose(screen, "비교", "직전 기간")
    choose(screen, "기준", "상담원")
    set_days(screen, shop.first, shop.last)
    ask(screen, steps)
    of = figures(screen, compared=True)
    line = find(screen._panel, TotalLine, "합계")
    last = of.model.rowCount() - 1
    assert of.model.texts(last)[0] == "합계"
    assert of.table.isRowHidden(last)
    assert line.rowAt(2) == last
    assert line.isVisible()
    # The columns of the line are those of the rows.
    header = of.table.horizontalHeader()
    header.resizeSection(1, 123)
    header.moveSection(1, 2)
    of.table.columns.show_column(3, False)
    assert line.columnWidth(1) == 123
    assert line.horizontalHeader().visualIndex(1) == 2
    assert line.isColumnHidden(3)
    of.table.horizontalScrollBar().setValue(40)
    assert line.horizontalScrollBar().value() == 40
    assert line.columnViewportPosition(1) == of.table.columnViewportPosition(1)
    line.setCurrentIndex(of.model.index(last, 1))
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert line.currentIndex().row() == last
    qtbot.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "60"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    steps.run()
    assert all_behind(screen, steps) == 60
    at = line.visualRect(of.model.index(last, 4)).center()
    QTest.mouseClick(line.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(line.viewport(), Qt.MouseButton.LeftButton, pos=at)
    steps.run()
    assert str(find(screen, QLabel, "목록 조건").text()).startswith("완료 · ")
    # Without rows there is no line.
    button(screen, "초기화").click()
    assert not line.isVisible()
    line.cell_chosen.emit(1)


def test_a_click_on_a_title_draws_its_measure_and_orders_by_it(
    open_screen: OpenScreen, shop: ChanceShop, steps: Any
) -> None:
    screen = open_screen()
    choose(screen, "기준", "상담원")
    set_days(screen, shop.first, shop.last)
    ask(screen, steps)
    of = figures(screen)
    header = of.table.horizontalHeader()
    column = [each.title for each in of.model.columns].index("이관")
    place = QPoint(header.sectionViewportPosition(column) + 5, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    steps.run()
    handed_on = [int(text) for text in cells(of, "이관")[:-1]]
    assert handed_on == sorted(handed_on, reverse=True)
    page = chart_page(screen)
    box = find(page, QComboBox, "지표")
    assert box.currentText() == "이관"
    assert page.chart.accessibleName() == "이관"
    assert [bar.value for bar in page.chart.series[0].bars] == handed_on
    # The title of the rows is no measure.
    header.sectionClicked.emit(0)
    assert box.currentText() == "이관"
    # Those without a time stand last.
    box.setCurrentText("처리시간 중앙값")
    box.activated.emit(box.currentIndex())
    shown = cells(of, "처리시간 중앙값")[:-1]
    assert NONE not in shown[: len([text for text in shown if text != NONE])]
    code = "complete_median"
    spans = [line.figures[3] for line in of.model.rows if not line.is_total]
    scale = measure_of(code).kind.scale
    drawn = [bar.value for bar in page.chart.series[0].bars]
    assert drawn == [None if span is None else span / scale for span in spans]


def test_a_bar_opens_its_list_also_of_the_period_before(
    open_screen: OpenScreen, shop: ChanceShop, steps: Any
) -> None:
    screen = open_screen()
    choose(screen, "비교", "직전 기간")
    choose(screen, "기준", "주")
    set_days(screen, shop.first + timedelta(days=10), shop.last)
    ask(screen, steps)
    page = chart_page(screen)
    now, before = page.chart.series
    assert "~" in now.name
    for series in (now, before):
        for bar in series.bars:
            page.chart.bar_chosen.emit(bar.key)
            steps.run()
            assert page_shown(screen) == "목록"
            assert all_behind(screen, steps) == bar.value
    assert isinstance(now.bars[0].key, BarKey)


def test_a_chart_of_many_shows_the_greatest(
    open_screen: OpenScreen, database: Database, today: date, steps: Any
) -> None:
    for _ in range(22):
        make(database, a_ticket, created_at=noon(today - timedelta(days=2)))
    screen = open_screen()
    choose(screen, "기준", "상담원")
    ask(screen, steps)
    page = chart_page(screen)
    assert len(page.chart.series[0].bars) == 20
    assert any(label.text() == "상위 20개" for label in page.findChildren(QLabel))
    assert figures(screen).model.rowCount() == 23


def test_lists_hide_people_come_in_pages_and_open_tickets(
    open_screen: OpenScreen, database: Database, kim: Agent, today: date, steps: Any
) -> None:
    customer = make(database, a_customer, name="홍길동")
    at = noon(today - timedelta(days=2))
    tickets = [
        make(database, a_ticket, created_by=kim, customer=customer, created_at=at)
        for _ in range(53)
    ]
    screen = open_screen()
    choose(screen, "기준", "상담원")
    ask(screen, steps)
    choose_cell(figures(screen), "김상담", "접수", steps)
    behind = panel(screen, TICKETS)
    assert page_shown(screen) == "목록"
    assert set(cells(behind, "고객")) == {"홍*동"}
    assert behind.model.rowCount() == 50
    assert all_behind(screen, steps) == 53
    behind.table.selectRow(0)
    behind.choose()
    newest = max(tickets, key=lambda ticket: ticket.id)
    assert ("load_ticket", newest.id) in screen.context.desk.asked
    looks = [row for row in access_log(database) if row[1] == "list_statistics"]
    assert [row[4] for row in looks] == [50, 3]
    assert looks[0][3]["measure"] == "received"
    assert looks[0][3]["row"] == "김상담"


def test_calls_have_their_own_list(
    open_screen: OpenScreen, database: Database, kim: Agent, today: date, steps: Any
) -> None:
    at = noon(today - timedelta(days=2))
    tied = make(database, a_call, rang_at=at)
    make(
        database,
        a_leg,
        call=tied,
        agent=kim,
        phase="ended",
        end="completed",
        talked_at=at + timedelta(seconds=12),
        ended_at=at + timedelta(minutes=2),
    )
    ticket = make(database, a_ticket, created_by=kim, created_at=at)
    make(database, an_activity, ticket=ticket, call=tied)
    lost = make(database, a_call, rang_at=at + timedelta(minutes=9))
    ended = lost.rang_at + timedelta(seconds=20)
    make(database, a_leg, call=lost, agent=kim, phase="ended", end="abandoned", ended_at=ended)
    screen = open_screen()
    choose(screen, "보기", "통화")
    ask(screen, steps)
    of = figures(screen, "calls")
    total = table_of(of)["합계"]
    assert total == {
        "통화": "2",
        "포기호": "1",
        "포기율": "50.0%",
        "응답시간 중앙값": "12초",
        "응답시간 90%": "12초",
    }
    choose_cell(of, "합계", "통화", steps)
    behind = panel(screen, CALLS)
    assert cells(behind, "결과") == ["포기", "응답"]
    assert cells(behind, "응답시간") == ["", "12초"]
    assert cells(behind, "상담원") == ["김상담", "김상담"]
    behind.table.selectRow(0)
    behind.choose()
    assert ("say", "이 통화에는 접수가 없습니다.") in screen.context.desk.asked
    behind.table.selectRow(1)
    behind.choose()
    assert ("load_ticket", ticket.id) in screen.context.desk.asked
    # The rate tells of those who gave up.
    choose_cell(of, "합계", "포기율", steps)
    assert cells(behind, "결과") == ["포기"]
    # What the rows are called stands for the measure in the chart.
    choose_cell(of, "합계", "기준", steps)
    assert behind.model.rowCount() == 2


def test_claims_have_their_own_list(open_screen: OpenScreen, shop: ChanceShop, steps: Any) -> None:
    screen = open_screen()
    choose(screen, "보기", "반품·교환")
    choose(screen, "기준", "사유")
    set_days(screen, shop.first, shop.last)
    ask(screen, steps)
    of = figures(screen, "claims")
    assert set(table_of(of)) <= {"상품 불량", "상품 파손", "합계"}
    choose_cell(of, "상품 불량", "반품", steps)
    behind = panel(screen, CLAIMS)
    assert set(cells(behind, "사유")) == {"상품 불량"}


def test_the_table_leaves_as_it_is_shown_with_its_total(
    open_screen: OpenScreen,
    database: Database,
    shop: ChanceShop,
    steps: Any,
    tmp_path: Path,
) -> None:
    from openpyxl import load_workbook

    screen = open_screen()
    choose(screen, "기준", "상담원")
    choose(screen, "비교", "작년 같은 기간")
    set_days(screen, shop.first, shop.last)
    ask(screen, steps)
    wish = list_of(figures(screen, compared=True))
    file = str(tmp_path / "통계.xlsx")
    call = screen.context.call
    export_list(call, wish, "월간 보고", file, tmp_path, CancelToken(), Progress())
    sheet = load_workbook(file).active
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows[0][:4] == ("기준", "접수", "접수 이전", "접수 증감")
    assert rows[-1][:4] == ("합계", 60, 0, "▲ 60")
    entry = access_log(database)[-1]
    assert entry[1] == "export"
    assert entry[3]["reason"] == "월간 보고"
    assert entry[3]["conditions"]["dimension"] == "agent"
    assert entry[3]["conditions"]["compared"] == "year"
    choose_cell(figures(screen, compared=True), "합계", "접수", steps)
    wish = list_of(panel(screen, TICKETS))
    file = str(tmp_path / "목록.xlsx")
    made = export_list(call, wish, "월간 보고", file, tmp_path, CancelToken(), Progress())
    assert made.row_count == 60


def test_a_question_under_way_can_be_stopped(
    open_screen: OpenScreen, steps: Any, qtbot: QtBot
) -> None:
    screen = open_screen()
    button(screen, "조회").click()
    assert figures(screen).message == "조회 중…"
    assert button(screen, "중지").isEnabled()
    button(screen, "중지").click()
    steps.run()
    assert figures(screen).message == "조회를 중지했습니다."
    assert figures(screen).model.rowCount() == 0
    assert not button(screen, "중지").isEnabled()


def test_a_list_under_way_can_be_stopped(
    open_screen: OpenScreen, shop: ChanceShop, steps: Any
) -> None:
    screen = open_screen()
    set_days(screen, shop.first, shop.last)
    ask(screen, steps)
    of = figures(screen)
    of.table.setCurrentIndex(of.model.index(0, 1))
    of.table.choose_current()
    assert screen._behind.panel.message == "조회 중…"
    button(screen, "중지").click()
    assert screen._behind.panel.message == "조회를 중지했습니다."
    assert not button(screen, "중지").isEnabled()
    steps.run()
    assert screen._behind.panel.model.rowCount() == 0
    # The figures stay, and say nothing of it.
    assert of.message == ""
    assert of.model.rowCount() > 1


def test_emptied_conditions_come_back_with_what_they_found(
    open_screen: OpenScreen, shop: ChanceShop, steps: Any
) -> None:
    screen = open_screen()
    desk = screen.context.desk
    button(screen, "초기화").click()
    assert ("say", "조회 조건을 비웠습니다.") not in desk.asked
    choose(screen, "보기", "통화")
    choose(screen, "기준", "상담원")
    button(screen, "초기화").click()
    assert find(screen, QComboBox, "보기").currentText() == "상담"
    desk.undo()
    assert find(screen, QComboBox, "기준").currentText() == "상담원"
    assert figures(screen).model.rowCount() == 0
    set_days(screen, shop.first, shop.last)
    ask(screen, steps)
    found = table_of(figures(screen, "calls"))
    assert len(found) > 1
    button(screen, "초기화").click()
    assert chart_page(screen).chart is None
    desk.undo()
    steps.run()
    assert table_of(figures(screen, "calls")) == found


def test_a_database_that_is_away_is_told_beside_the_table(
    open_screen: OpenScreen, shop: ChanceShop, steps: Any
) -> None:
    screen = open_screen()
    set_days(screen, shop.first, shop.last)
    ask(screen, steps)
    rows = figures(screen).model.rowCount()

    def away(*_args: Any, **_more: Any) -> Any:
        raise Unavailable("database_away")

    screen.jobs._call = away
    ask(screen, steps)
    assert figures(screen).message != ""
    assert figures(screen).model.rowCount() == rows
    screen._behind._jobs._call = away
    choose_cell(figures(screen), "합계", "접수", steps)
    assert screen._behind.panel.message != ""


def test_nothing_is_drawn_or_opened_before_it_is_asked(open_screen: OpenScreen, steps: Any) -> None:
    screen = open_screen()
    page = chart_page(screen)
    assert page.chart is None
    assert find(screen, QLabel, "목록 조건").text().startswith("표의 칸이나")
    box = find(page, QComboBox, "지표")
    assert box.currentText() == "접수"
    box.setCurrentText("완료")
    box.activated.emit(box.currentIndex())
    assert page.chart is None
    ask(screen, steps)
    assert page.chart.accessibleName() == "완료"


def test_the_share_of_table_and_chart_is_remembered(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen._parts.setSizes([200, 500])
    screen._parts.splitterMoved.emit(200, 1)
    again = open_screen()
    assert again._parts.saveState() == screen._parts.saveState()


def test_typing_begins_where_the_view_is_chosen(open_screen: OpenScreen, qtbot: QtBot) -> None:
    screen = open_screen()
    screen.activateWindow()
    screen.take_focus()
    assert screen.focusWidget() is find(screen, QComboBox, "보기")
    assert [field.accessibleName() for field in screen.findChildren(DateField)] == [
        "시작일",
        "종료일",
    ]
    assert find(screen, QComboBox, "기준").currentData() == Dimension.DAY


def test_tab_goes_from_top_to_bottom_whatever_was_made_later(
    open_screen: OpenScreen, steps: Any
) -> None:
    screen = open_screen()
    choose(screen, "비교", "직전 기간")
    ask(screen, steps)
    choose(screen, "보기", "통화")
    ask(screen, steps)
    came: list[str] = []
    place = find(screen, QComboBox, "판매처")
    while not came or came[-1] != "통화":
        place = place.nextInFocusChain()
        if place.isVisible() and place.focusPolicy() & Qt.FocusPolicy.TabFocus:
            came.append(place.accessibleName() or getattr(place, "text", lambda: "")())
    assert [name for name in came if name] == [
        "엑셀 저장",
        "통화 통계 비교",
        "합계",
        "차트와 목록",
        "지표",
        "통화",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0초"),
        (59.4, "59초"),
        (60, "1분"),
        (80, "1분 20초"),
        (3_599.6, "1시간"),
        (7_500, "2시간 5분"),
        (86_400, "1일"),
        (86_459, "1일"),
        (190_000, "2일 4시간"),
    ],
)
def test_a_time_reads_in_its_two_largest_units(seconds: float, text: str) -> None:
    assert span_text(seconds) == text


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [(3.0, 1.0, "▲ 2"), (1.0, 3.0, "▼ 2"), (2.0, 2.0, "0"), (None, 2.0, "–"), (2.0, None, "–")],
)
def test_a_change_is_told_by_its_sign(now: float | None, before: float | None, text: str) -> None:
    assert change_text(now, before, count_text) == text


def test_shares_and_large_counts_read_as_people_write_them() -> None:
    assert share_text(0.875) == "87.5%"
    assert points_text(0.031) == "3.1%p"
    assert count_text(1_234_567) == "1,234,567"


def test_months_and_former_agents_are_called_by_name(
    open_screen: OpenScreen, database: Database, kim: Agent, steps: Any
) -> None:
    make(database, an_agent, name="정퇴사", active=False)
    screen = open_screen()
    agents = find(screen, QComboBox, "상담원")
    assert "정퇴사 (퇴사)" in [agents.itemText(number) for number in range(agents.count())]
    choose(screen, "기준", "월")
    set_days(screen, date(2025, 12, 15), date(2026, 1, 31))
    ask(screen, steps)
    assert cells(figures(screen), "기준") == ["2025-12", "2026-01", "합계"]
    assert [bar.label for bar in chart_page(screen).chart.series[0].bars] == ["2025-12", "2026-01"]
