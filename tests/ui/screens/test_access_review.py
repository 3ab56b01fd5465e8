"""접속기록: found by whoever supervises, masked, revealed by a logged click, itself logged."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.agents import sign_in
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.export_news import ExportNews
from ets_desktop.ui.registry import SCREENS
from ets_desktop.ui.screens.access_review.screen import AccessReviewScreen
from ets_desktop.ui.window_desk import WindowDesk
from tests.factories import a_channel, make
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

COLUMNS = ["일시", "담당자", "접속지", "작업", "대상", "조건", "사유", "건수", "인원", "근무시간"]


@pytest.fixture
def parks_desk(
    context: UiContext, park: Agent, login: Callable[[Agent], Database]
) -> Iterator[UiContext]:
    logged_in = login(park)
    yield replace(context, call=logged_in.call, agent=logged_in.call(sign_in))
    context.hub.shutdown()


@pytest.fixture
def looks(database: Database, kim: Agent, login: Callable[[Agent], Database]) -> None:
    """What Kim did today."""
    login(kim).call(
        log_access,
        LogAccess(
            "search_orders", condition={"orderer": "김정민", "product": "청소기"}, row_count=3
        ),
        LogAccess("show_customer", "customer/12"),
        LogAccess("search_orders", condition={"phone": "01000001234"}, row_count=1, persons=1),
    )
    # Of so many people with a supervisor's approval only (tests/services/test_approvals.py).
    with database.driver_connection() as connection:
        connection.execute(
            "INSERT INTO access_log (login, action, subject, condition, row_count, persons)"
            " VALUES (%s, 'export', 'list/주문목록', %s, 300, 120)",
            [kim.login, '{"reason": "정산 확인", "conditions": {}}'],
        )


@pytest.fixture
def screen(parks_desk: UiContext, looks: None, steps: Any, qtbot: QtBot) -> AccessReviewScreen:
    made: AccessReviewScreen = shown(AccessReviewScreen(parks_desk), steps, qtbot)
    return made


def test_an_agent_has_no_such_tab(kims_desk: UiContext) -> None:
    [entry] = [entry for entry in SCREENS if entry.id == "access_review"]
    assert not entry.is_for(kims_desk.agent)


def test_it_says_who_did_what_at_whose_data_by_which_masked_words(
    screen: AccessReviewScreen, steps: Any, kim: Agent
) -> None:
    ask(screen, steps)
    rows = panel(screen, "접속기록")
    assert [column.title for column in rows.model.columns] == COLUMNS
    assert found(screen) == "4건"
    assert cells(rows, "작업") == ["엑셀 저장", "통합주문검색", "고객 보기", "통합주문검색"]
    assert cells(rows, "조건") == ["", "전화번호 010-****-1234", "", "주문자 김*민, 상품 청소기"]
    assert cells(rows, "대상") == ["목록 주문목록", "", "고객 C000000012", ""]
    assert cells(rows, "사유") == ["정산 확인", "", "", ""]
    assert cells(rows, "인원") == ["120", "1", "", ""]
    assert cells(rows, "담당자") == [f"김상담 ({kim.login})"] * 4
    assert all(cell.startswith("127.0.0.1") for cell in cells(rows, "접속지"))


def test_conditions_that_were_chosen_are_told_in_words(
    screen: AccessReviewScreen,
    steps: Any,
    kim: Agent,
    database: Database,
    login: Callable[[Agent], Database],
) -> None:
    channel = make(database, a_channel, name="가게몰")
    login(kim).call(
        log_access,
        LogAccess(
            "search_tickets",
            condition={"status": "open", "ticket_type": "delivery", "assignee_id": str(kim.id)},
        ),
        LogAccess("search_claims", condition={"types": "('return', 'exchange_same')"}),
        LogAccess("search_pickups", condition={"courier": "cj", "state": "gone_in_a_newer_one"}),
        LogAccess("search_access", condition={"kind": "many", "action": "export"}),
        LogAccess("search_orders", condition={"date_kind": "paid", "channel_code": channel.code}),
    )
    screen.come_to_front()
    steps.run()
    button(screen, "초기화").click()
    ask(screen, steps)
    assert set(cells(panel(screen, "접속기록"), "조건")) >= {
        f"상태 미처리, 접수유형 배송문의, 담당자 {kim.name}",
        "유형 반품·동일상품교환",
        "상태 gone_in_a_newer_one, 택배사 CJ대한통운",
        "작업 엑셀 저장, 구분 100명 이상",
        f"기간 기준 결제일, 판매처 {channel.name}",
    }


def test_looking_at_the_log_is_logged(
    screen: AccessReviewScreen, steps: Any, database: Database, park: Agent
) -> None:
    ask(screen, steps)
    assert [entry[:2] for entry in access_log(database)][-1] == (park.login, "search_access")


@pytest.mark.parametrize(
    ("label", "wanted", "count"),
    [
        ("담당자", "김상담", "4건"),
        ("담당자", "%", "0건"),
        ("대상", "C000000012", "1건"),
        ("대상", "c12", "1건"),
        ("대상", "list/주문목록", "1건"),
        ("조건", "정산", "1건"),
        ("조건", "김정민", "1건"),
    ],
)
def test_each_condition_finds(
    screen: AccessReviewScreen, steps: Any, label: str, wanted: str, count: str
) -> None:
    ask_for(screen, steps, label, wanted)
    assert found(screen) == count


@pytest.mark.parametrize(("label", "word"), [("작업", "고객 보기"), ("구분", "100명 이상")])
def test_what_was_done_and_of_how_many_can_be_chosen(
    screen: AccessReviewScreen, steps: Any, label: str, word: str
) -> None:
    find(screen, QComboBox, label).setCurrentText(word)
    ask(screen, steps)
    assert found(screen) == "1건"


def test_without_any_condition_nothing_is_searched(screen: AccessReviewScreen, steps: Any) -> None:
    button(screen, "전체").click()
    steps.run()
    assert error(screen, "담당자") == "조회 조건을 하나 이상 입력하십시오."


def test_the_whole_condition_is_a_click_which_is_logged_first(
    screen: AccessReviewScreen, steps: Any, database: Database, prompts: Any, park: Agent
) -> None:
    ask_for(screen, steps, "조건", "01000001234")
    panel(screen, "접속기록").table.selectRow(0)
    button(screen, "조건 보기").click()
    steps.run()
    assert prompts.notices == [("조건 보기", "전화번호 01000001234")]
    login, action, subject, *_ = access_log(database)[-1]
    assert (login, action, subject.split("/")[0]) == (park.login, "reveal_access", "access")


def test_an_export_of_many_is_told_at_the_supervisors_desk_until_it_is_looked_at(
    screen: AccessReviewScreen, parks_desk: UiContext, steps: Any, qtbot: QtBot
) -> None:
    desk = WindowDesk(parks_desk.state)
    news = ExportNews(replace(parks_desk, desk=desk), desk)
    news.ask()
    steps.run()
    [notice] = desk.notices.notices
    assert "엑셀 저장 120명 300행" in notice.text
    assert "김상담" in notice.text
    screen.come_to_front()
    steps.run()
    assert found(screen) == "1건"
    news.ask()

    def is_gone() -> bool:
        steps.run()
        return desk.notices.notices == ()

    qtbot.waitUntil(is_gone)


def test_what_is_given_to_one_person_out_of_hours_is_told_in_its_own_words(
    parks_desk: UiContext, steps: Any, database: Database
) -> None:
    for given in (
        "INSERT INTO access_log (action, subject, persons)"
        " VALUES ('export_customer', 'customer/1', 1)",
        # Whatever the hour of this test.
        "INSERT INTO export_alert (access_id) SELECT max(id) FROM access_log"
        " ON CONFLICT DO NOTHING",
    ):
        database.call(lambda session, sql=given: session.execute(text(sql)))
    desk = WindowDesk(parks_desk.state)
    ExportNews(replace(parks_desk, desk=desk), desk).ask()
    steps.run()
    assert "근무시간 외 고객정보 열람 제공" in desk.notices.notices[-1].text


def test_an_agents_desk_is_told_of_no_exports(
    kims_desk: UiContext, looks: None, steps: Any
) -> None:
    desk = WindowDesk(kims_desk.state)
    ExportNews(replace(kims_desk, desk=desk), desk).ask()
    steps.run()
    assert desk.notices.notices == ()
