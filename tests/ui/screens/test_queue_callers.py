"""대기열 with callers who tried in vain: taken, called back, given back, marked as handled."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.topics import team_topic
from ets_desktop.queries.agents import sign_in
from ets_desktop.services.missed_calls import TakeMissedCall, take_missed_call
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.click_to_call import dialled_at
from ets_desktop.ui.screens.queue.rows import QueueRow
from ets_desktop.ui.screens.queue.screen import QueueScreen
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Dialled
from ets_desktop.ui.widgets.fields import ReadOnlyField
from tests.factories import (
    a_call,
    a_customer,
    a_leg,
    a_ticket,
    a_transfer,
    an_agent,
    make,
)

CALLER = "01000001234"


@pytest.fixture
def lees_desk(
    context: UiContext, lee: Agent, login: Callable[[Agent], Database]
) -> Iterator[UiContext]:
    logged_in = login(lee)
    yield replace(context, call=logged_in.call, agent=logged_in.call(sign_in))
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


@pytest.fixture
def han(database: Database, team: Team) -> Agent:
    return make(database, an_agent, name="한동료", extension="104", team=team)


@pytest.fixture
def screen(lees_desk: UiContext, steps: Any, qtbot: QtBot) -> QueueScreen:
    screen = QueueScreen(lees_desk)
    qtbot.addWidget(screen)
    screen.show()
    steps.run()
    return screen


def miss(database: Database, *agents: Agent, number: str = CALLER) -> int:
    call = make(database, a_call, caller_number=number)
    for agent in agents:
        make(database, a_leg, call=call, agent=agent, end="abandoned")
    return int(call.id)


def read_again(screen: QueueScreen, steps: Any) -> None:
    screen._load()
    steps.run()


def rows(panel: TablePanel[QueueRow]) -> list[dict[str, str]]:
    columns = panel.model.columns
    return [{column.title: column.text(row) for column in columns} for row in panel.model.rows]


def pick(screen: QueueScreen, steps: Any, number: int = 0, *, taken: bool = False) -> None:
    panel = screen._in_progress if taken else screen._waiting
    panel.table.selectRow(number)
    steps.run()


def press(screen: QueueScreen, steps: Any, title: str) -> None:
    screen._waiting.button(title).click()
    steps.run()


def can(screen: QueueScreen) -> list[str]:
    titles = ("수락", "반려", "통화", "부재 처리")
    return [title for title in titles if screen._waiting.button(title).isEnabled()]


def value(database: Database, sql: str) -> Any:
    return database.call(lambda session: session.execute(text(sql)).scalar())


def test_a_caller_is_a_row_with_the_number_masked(
    screen: QueueScreen, database: Database, lee: Agent, han: Agent, steps: Any, desk: Any
) -> None:
    make(database, a_customer, name="홍길동", numbers=(CALLER,))
    miss(database, lee, han)
    read_again(screen, steps)
    (row,) = rows(screen._waiting)
    told = (row["구분"], row["고객"], row["연락처"], row["제목"], row["받은 담당자"])
    assert told == ("부재", "홍*동", "010-****-1234", "부재 통화 1회", "물류팀")
    assert (row["접수번호"], row["배정"], row["보낸 담당자"]) == ("", "", "")
    assert desk.asked[-1] == ("set_count", "queue", 1, False)


def test_a_caller_who_waits_long_is_red(
    screen: QueueScreen, database: Database, lee: Agent, steps: Any, desk: Any
) -> None:
    miss(database, lee)
    value(database, "UPDATE missed_call SET since = since - interval '2 hours' RETURNING 1")
    read_again(screen, steps)
    assert desk.asked[-1] == ("set_count", "queue", 1, True)


def test_what_is_offered_to_me_comes_first_and_is_marked(
    screen: QueueScreen,
    database: Database,
    kim: Agent,
    lee: Agent,
    han: Agent,
    team: Team,
    steps: Any,
) -> None:
    older, newer = (
        make(
            database,
            a_transfer,
            from_agent=kim,
            to_team=team,
            sent_at=datetime.now(UTC) - timedelta(minutes=minutes),
        )
        for minutes in (20, 10)
    )
    for agent, offered in ((lee, newer), (han, older)):
        value(
            database,
            f"INSERT INTO task_offer (agent_id, transfer_id) VALUES ({agent.id}, {offered.id})"
            " RETURNING 1",
        )
    read_again(screen, steps)
    assert [row["배정"] for row in rows(screen._waiting)] == ["나", "한동료"]


def test_a_click_shows_the_caller_and_the_customers_tickets(
    screen: QueueScreen, database: Database, kim: Agent, lee: Agent, han: Agent, steps: Any
) -> None:
    customer = make(database, a_customer, name="홍길동", numbers=(CALLER,))
    make(database, a_ticket, created_by=kim, customer=customer, title="앞선 접수")
    miss(database, lee, han)
    read_again(screen, steps)
    pick(screen, steps)
    assert screen._preview is not None
    shown = {
        field.accessibleName(): field.text()
        for field in screen._preview.findChildren(ReadOnlyField)
    }
    assert (shown["고객"], shown["연락처"]) == ("홍*동", "010-****-1234")
    assert [row.title for row in screen._preview._earlier.model.rows] == ["앞선 접수"]
    miss(database, lee, number="01000007777")
    read_again(screen, steps)
    pick(screen, steps, 1)
    assert screen._preview._earlier.model.rows == ()


def test_the_teams_caller_is_taken_and_goes_on_below(
    screen: QueueScreen, database: Database, lee: Agent, han: Agent, steps: Any, desk: Any
) -> None:
    miss(database, lee, han)
    read_again(screen, steps)
    pick(screen, steps)
    assert can(screen) == ["수락", "반려", "통화", "부재 처리"]
    press(screen, steps, "수락")
    assert ("say", "부재 통화를 맡았습니다. 진행 중에 있습니다.") in desk.asked
    read_again(screen, steps)
    assert (rows(screen._waiting), len(rows(screen._in_progress))) == ([], 1)
    pick(screen, steps, taken=True)
    assert can(screen) == ["반려", "통화", "부재 처리"]


def test_of_two_who_take_one_is_told_who_was_faster(
    screen: QueueScreen,
    database: Database,
    lee: Agent,
    han: Agent,
    login: Callable[[Agent], Database],
    steps: Any,
    desk: Any,
) -> None:
    miss(database, lee, han)
    read_again(screen, steps)
    pick(screen, steps)
    missed_id = value(database, "SELECT id FROM missed_call")
    login(han).call(take_missed_call, TakeMissedCall(han.id, missed_id))
    press(screen, steps, "수락")
    assert ("tell", "missed_call_taken") in desk.asked


def test_calling_back_takes_the_caller_first(
    screen: QueueScreen, database: Database, lee: Agent, han: Agent, steps: Any, desk: Any
) -> None:
    miss(database, lee, han)
    read_again(screen, steps)
    pick(screen, steps)
    press(screen, steps, "통화")
    assert desk.asked[-1] == ("dial", CALLER)
    assert value(database, "SELECT taken_by FROM missed_call") == lee.id


def test_a_ticket_is_called_from_its_row(
    screen: QueueScreen, database: Database, kim: Agent, team: Team, steps: Any, desk: Any
) -> None:
    customer = make(database, a_customer, numbers=(CALLER,))
    ticket = make(
        database,
        a_ticket,
        created_by=kim,
        assignee_team=team,
        customer=customer,
        status="transferred",
    )
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_team=team)
    read_again(screen, steps)
    pick(screen, steps)
    assert can(screen) == ["수락", "반려", "통화"]
    press(screen, steps, "통화")
    assert desk.asked[-1] == ("dial", CALLER, DialledFrom(ticket_id=ticket.id))


def test_ones_own_caller_is_nobodys_to_take_or_return(
    screen: QueueScreen, database: Database, lee: Agent, steps: Any, desk: Any
) -> None:
    call_id = miss(database, lee)
    read_again(screen, steps)
    pick(screen, steps)
    assert can(screen) == ["통화", "부재 처리"]
    screen._waiting.choose()
    assert desk.asked[-1] == ("take_call", call_id)
    press(screen, steps, "부재 처리")
    assert value(database, "SELECT done_at IS NOT NULL FROM missed_call")


def test_a_caller_whose_call_never_rang_here_is_found_by_number(
    screen: QueueScreen, database: Database, han: Agent, team: Team, steps: Any, desk: Any
) -> None:
    other = make(database, an_agent, extension="105", team=team)
    miss(database, han, other)
    read_again(screen, steps)
    heard: list[str] = []
    desk.top_bar.customer_searched.connect(heard.append)
    pick(screen, steps)
    screen._waiting.choose()
    steps.run()
    assert heard == ["010-0000-1234"]


def test_a_caller_goes_back_to_the_team_with_a_reason(
    screen: QueueScreen,
    database: Database,
    lee: Agent,
    han: Agent,
    steps: Any,
    desk: Any,
    prompts: Any,
) -> None:
    miss(database, lee, han)
    read_again(screen, steps)
    pick(screen, steps)
    prompts.answers = [None, "다른 담당자 고객"]
    press(screen, steps, "반려")
    press(screen, steps, "반려")
    assert [asked[0] for asked in prompts.asked] == ["부재 통화 반려"] * 2
    assert desk.asked[-1] == ("say", "부재 통화를 팀에 되돌렸습니다.")
    assert value(database, "SELECT reason FROM task_offer") == "다른 담당자 고객"


def test_one_row_of_both_lists_is_in_hand(
    screen: QueueScreen,
    database: Database,
    kim: Agent,
    lee: Agent,
    han: Agent,
    team: Team,
    steps: Any,
) -> None:
    miss(database, lee, han)
    value(database, f"UPDATE missed_call SET taken_by = {lee.id}, taken_at = now() RETURNING 1")
    make(database, a_transfer, from_agent=kim, to_team=team)
    read_again(screen, steps)
    pick(screen, steps)
    pick(screen, steps, taken=True)
    assert screen._waiting.current_row() is None
    pick(screen, steps)
    assert screen._in_progress.current_row() is None


def test_the_list_moves_with_the_team(
    screen: QueueScreen,
    database: Database,
    lee: Agent,
    han: Agent,
    team: Team,
    steps: Any,
    qtbot: QtBot,
) -> None:
    miss(database, lee, han)
    screen.context.changes.publish(frozenset({team_topic(team.id)}))

    def listed() -> bool:
        steps.run()
        return screen._waiting.model.rowCount() == 1

    qtbot.waitUntil(listed)


def test_the_number_beside_a_missed_call_is_called_back(
    screen: QueueScreen, database: Database, lee: Agent, steps: Any
) -> None:
    miss(database, lee)
    read_again(screen, steps)
    pick(screen, steps)
    fields = screen.findChildren(ReadOnlyField)
    number = next(field for field in fields if field.accessibleName() == "연락처")
    assert dialled_at(number) == Dialled(CALLER)
