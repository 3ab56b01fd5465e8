"""대기열: looking before taking, one of two who take gets it, back with a reason, live."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.dialling import NOTHING, DialledFrom
from ets_desktop.domain.topics import agent_topic, team_topic
from ets_desktop.queries.agents import sign_in
from ets_desktop.services.transfers import AnswerTransfer, accept_transfer
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.click_to_call import dialled_at
from ets_desktop.ui.record_table import RecordTable
from ets_desktop.ui.screens.queue.screen import QueueScreen
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Dialled
from ets_desktop.ui.widgets.fields import ReadOnlyField
from ets_desktop.ui.widgets.timeline import Timeline, TimelineEntry
from tests.factories import (
    a_call,
    a_customer,
    a_leg,
    a_ticket,
    a_transfer,
    an_activity,
    an_agent,
    make,
)

OpenScreen = Callable[[], QueueScreen]


@pytest.fixture
def lees_desk(
    context: UiContext, lee: Agent, login: Callable[[Agent], Database]
) -> Iterator[UiContext]:
    logged_in = login(lee)
    yield replace(context, call=logged_in.call, agent=logged_in.call(sign_in))
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


@pytest.fixture
def open_screen(lees_desk: UiContext, steps: Any, qtbot: QtBot) -> OpenScreen:
    def open_it() -> QueueScreen:
        screen = QueueScreen(lees_desk)
        qtbot.addWidget(screen)
        screen.show()
        steps.run()
        return screen

    return open_it


def panels(screen: QueueScreen) -> tuple[TablePanel[Any], TablePanel[Any]]:
    return screen._waiting, screen._in_progress


def shown(screen: QueueScreen, name: str) -> str:
    fields = screen.findChildren(ReadOnlyField)
    return next(field.text() for field in fields if field.accessibleName() == name)


def value(database: Database, sql: str) -> Any:
    return database.call(lambda session: session.execute(text(sql)).scalar())


def press(panel: TablePanel[Any], button: str, steps: Any) -> None:
    panel.table.selectRow(0)
    steps.run()
    panel.button(button).click()
    steps.run()


def test_the_tables_and_their_buttons(open_screen: OpenScreen) -> None:
    waiting, taken = panels(open_screen())
    assert (waiting.table.accessibleName(), taken.table.accessibleName()) == ("대기열", "진행 중")
    headers = [column.title for column in waiting.model.columns]
    assert headers[:8] == [
        "구분",
        "대기",
        "우선순위",
        "배정",
        "보낸 담당자",
        "받은 담당자",
        "이관사유",
        "접수번호",
    ]
    assert headers[-1] == "이관일시"
    assert not {"상태", "담당자", "완료일시"} & set(headers)  # the same in every row


def test_the_count_is_of_what_waits_and_red_when_late(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, team: Team, desk
) -> None:
    make(database, a_transfer, from_agent=kim, to_team=team)
    make(database, a_transfer, from_agent=kim, to_agent=lee)
    open_screen()
    assert desk.asked[-1] == ("set_count", "queue", 2, False)
    value(database, "UPDATE transfer SET sent_at = sent_at - interval '2 hours' RETURNING 1")
    open_screen()
    assert desk.asked[-1] == ("set_count", "queue", 2, True)


def test_a_click_shows_the_ticket_masked_and_tells_the_sender_it_was_seen(
    open_screen: OpenScreen, database: Database, kim: Agent, team: Team, steps
) -> None:
    customer = make(database, a_customer, name="홍길동", numbers=("01000001234",))
    make(database, a_ticket, created_by=kim, customer=customer, title="앞선 접수")
    ticket = make(
        database,
        a_ticket,
        created_by=kim,
        assignee_team=team,
        customer=customer,
        status="transferred",
        content="상자가 젖어서 왔습니다",
    )
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_team=team, reason="물류 확인")
    screen = open_screen()
    panels(screen)[0].table.selectRow(0)
    steps.run()
    assert (shown(screen, "고객"), shown(screen, "연락처")) == ("홍*동", "010-****-1234")
    assert (shown(screen, "이관사유"), shown(screen, "이관이력")) == (
        "물류 확인",
        "1회: 김상담 → 물류팀",
    )
    [content] = screen.findChildren(QPlainTextEdit)
    assert content.toPlainText() == "상자가 젖어서 왔습니다"
    tables = {table.accessibleName(): table for table in screen.findChildren(RecordTable)}
    assert tables["고객의 다른 접수"].model().rowCount() == 1
    assert value(database, "SELECT seen_at IS NOT NULL AND accepted_at IS NULL FROM transfer")


def test_what_happened_with_the_customer_is_looked_at_before_taking(
    open_screen: OpenScreen, database: Database, kim: Agent, team: Team, steps
) -> None:
    customer = make(database, a_customer, name="홍길동", numbers=("01000001234",))
    earlier = make(database, a_ticket, created_by=kim, customer=customer, title="앞선 접수")
    call = make(database, a_call, caller_number="01000001234", customer=customer)
    make(database, a_leg, call=call, agent=kim, end="abandoned")
    offered = {"created_by": kim, "assignee_team": team, "status": "transferred"}
    of_customer = make(database, a_ticket, customer=customer, **offered)
    of_caller = make(database, a_ticket, caller_number="01000005678", **offered)
    of_nobody = make(database, a_ticket, caller_number=None, **offered)
    for ticket in (of_customer, of_caller, of_nobody):
        make(database, a_transfer, ticket=ticket, from_agent=kim, to_team=team)
    screen = open_screen()
    table = panels(screen)[0].table
    for number, events in enumerate(
        ({"ticket", "call", "transfer"}, {"ticket", "transfer"}, set[str]())
    ):
        table.selectRow(number)
        steps.run()
        [journey] = screen.findChildren(Timeline)
        assert {entry.mark.replace("missed", "call") for entry in told(journey)} == events
    table.selectRow(0)
    steps.run()
    assert all(entry.behind is None for entry in told(journey))
    make(database, an_activity, ticket=earlier)
    screen._load()
    steps.run()
    assert "activity" in {entry.mark for entry in told(journey)}
    assert value(database, "SELECT bool_and(accepted_at IS NULL) FROM transfer")


def told(journey: Timeline) -> list[TimelineEntry]:
    return list(journey.entries.entries)


def test_the_customers_other_tickets_tell_their_age_and_open(
    open_screen: OpenScreen, database: Database, kim: Agent, team: Team, steps, desk
) -> None:
    customer = make(database, a_customer)
    earlier = make(database, a_ticket, created_by=kim, customer=customer)
    ticket = make(
        database,
        a_ticket,
        created_by=kim,
        assignee_team=team,
        customer=customer,
        status="transferred",
    )
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_team=team)
    screen = open_screen()
    other = next(
        panel
        for panel in screen.findChildren(TablePanel)
        if panel.table.accessibleName() == "고객의 다른 접수"
    )
    assert (other.age.moment, other.message) == (None, "")
    panels(screen)[0].table.selectRow(0)
    assert other.message == "조회 중…"
    steps.run()
    assert other.age.moment is not None
    assert other.table.can_export
    press(other, "선택", steps)
    assert desk.asked[-1] == ("load_ticket", earlier.id)
    assert value(database, "SELECT accepted_at IS NULL FROM transfer")


def test_taking_a_teams_offer_makes_it_mine(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, team: Team, steps, desk
) -> None:
    make(database, a_transfer, from_agent=kim, to_team=team)
    screen = open_screen()
    press(panels(screen)[0], "수락", steps)
    screen.context.changes.publish(frozenset({agent_topic(lee.id)}))
    steps.run()
    assert value(database, "SELECT assignee_id FROM ticket") == lee.id
    assert not any(asked[0] == "load_ticket" for asked in desk.asked)


def test_choosing_takes_it_and_opens_it(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, steps, desk
) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    screen = open_screen()
    press(panels(screen)[0], "선택", steps)
    assert ("load_ticket", hop.ticket_id) in desk.asked
    assert value(database, "SELECT accepted_at IS NOT NULL FROM transfer")


def test_what_is_under_way_is_opened_again(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, steps, desk
) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    database.call(accept_transfer, AnswerTransfer(lee.id, hop.id))
    waiting, taken = panels(open_screen())
    assert (waiting.model.rowCount(), taken.model.rowCount()) == (0, 1)
    press(taken, "선택", steps)
    assert desk.asked[-1] == ("load_ticket", hop.ticket_id)


def test_who_is_second_is_told_who_was_faster(
    open_screen: OpenScreen, database: Database, kim: Agent, team: Team, steps, desk
) -> None:
    fast = make(database, an_agent, name="최동료", team=team)
    hop = make(database, a_transfer, from_agent=kim, to_team=team)
    waiting, _ = panels(open_screen())
    waiting.table.selectRow(0)
    steps.run()
    database.call(accept_transfer, AnswerTransfer(fast.id, hop.id))
    waiting.button("수락").click()
    steps.run()
    assert ("tell", "transfer_taken") in desk.asked
    assert value(database, "SELECT assignee_id FROM ticket") == fast.id


def test_an_offer_goes_back_with_a_reason(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, steps, prompts
) -> None:
    make(database, a_transfer, from_agent=kim, to_agent=lee)
    prompts.answers = [None, "제 일이 아닙니다"]
    screen = open_screen()
    press(panels(screen)[0], "반려", steps)
    assert value(database, "SELECT returned_at FROM transfer") is None
    press(panels(screen)[0], "반려", steps)
    assert value(database, "SELECT return_reason FROM transfer") == "제 일이 아닙니다"
    assert prompts.asked[0][:2] == ("이관 반려", "반려사유")


@pytest.mark.parametrize("button", ["수락", "반려"])
def test_without_a_row_there_is_nothing_to_answer(
    open_screen: OpenScreen, desk, steps, button: str
) -> None:
    panels(open_screen())[0].button(button).click()
    steps.run()
    assert desk.asked[-1] == ("say", "목록에서 한 건을 먼저 고르십시오.")


def test_the_list_moves_when_somebody_offers_takes_or_changes(
    open_screen: OpenScreen, database: Database, kim: Agent, team: Team, steps, qtbot: QtBot
) -> None:
    screen = open_screen()
    waiting, _ = panels(screen)
    hop = make(database, a_transfer, from_agent=kim, to_team=team)
    screen.context.changes.publish(frozenset({team_topic(team.id)}))

    def settled(count: int) -> Callable[[], bool]:
        def look() -> bool:
            steps.run()
            return waiting.model.rowCount() == count

        return look

    qtbot.waitUntil(settled(1))
    value(database, "UPDATE ticket SET title = '새 제목' RETURNING 1")
    screen.context.changes.publish(frozenset({f"ticket/{hop.ticket_id}"}))

    def renamed() -> bool:
        steps.run()
        return waiting.model.rows[0].ticket.title == "새 제목"

    qtbot.waitUntil(renamed)
    screen.clock.timeout.emit()
    steps.run()


def test_the_number_beside_is_called_for_its_ticket(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, steps
) -> None:
    ticket = make(database, a_ticket, assignee=kim, caller_number="01000001234")
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee)
    screen = open_screen()
    assert screen.dialled_from() == NOTHING
    panels(screen)[0].table.selectRow(0)
    steps.run()
    number = next(
        field for field in screen.findChildren(ReadOnlyField) if field.accessibleName() == "연락처"
    )
    assert number.text() == "010-****-1234"
    assert dialled_at(number) == Dialled("01000001234", DialledFrom(ticket_id=ticket.id))
