"""이관 큐: everything handed on and not done, live; many moved at once, each once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.db.schema.tickets import Transfer
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.topics import TRANSFERS, ticket_topic
from ets_desktop.queries.agents import sign_in
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.transfer_moves import MoveTransfer, move_transfer
from ets_desktop.services.transfers import AnswerTransfer, TransferTarget, accept_transfer
from ets_desktop.ui.batch_actions import REFUSED
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.transfer_queue.move_dialog import MoveDialog
from ets_desktop.ui.screens.transfer_queue.screen import TransferQueueScreen
from ets_desktop.ui.screens.transfer_queue.spread_dialog import SpreadDialog
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.widgets.choices import CodeChoice
from tests.factories import a_transfer, an_agent, make
from tests.ui.screens.searching import (
    button,
    cells,
    error,
    find,
    panel,
    select_every_row,
    wait_for_cells,
)

OpenScreen = Callable[..., TransferQueueScreen]


@pytest.fixture
def open_screen(
    context: UiContext, login: Callable[[Agent], Database], steps: Any, qtbot: QtBot
) -> Iterator[OpenScreen]:
    def open_it(agent: Agent) -> TransferQueueScreen:
        mine = login(agent)
        own = replace(context, call=mine.call, agent=mine.call(sign_in))
        screen = TransferQueueScreen(own)
        qtbot.addWidget(screen)
        screen.resize(1200, 700)
        screen.show()
        steps.run()
        return screen

    yield open_it
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


@pytest.fixture
def choi(database: Database) -> Agent:
    return make(database, an_agent, name="최담당", extension="104")


def offers(database: Database, count: int, sender: Agent, receiver: Agent) -> list[Transfer]:
    return [make(database, a_transfer, from_agent=sender, to_agent=receiver) for _ in range(count)]


def queue(screen: TransferQueueScreen) -> TablePanel[Any]:
    return panel(screen, "이관 큐")


def groups(screen: TransferQueueScreen) -> list[list[str]]:
    model = panel(screen, "받은 담당자별").model
    return [list(model.texts(number)) for number in range(model.rowCount())]


def press(screen: TransferQueueScreen, label: str, steps: Any) -> None:
    button(screen, label).click()
    steps.run()


def dialog_of(screen: TransferQueueScreen, kind: type[QDialog]) -> Any:
    return screen.findChild(kind)


def confirm(dialog: QDialog, steps: Any) -> None:
    button(dialog, "확인").click()
    steps.run()


def assignees(database: Database, hops: list[Transfer]) -> list[str]:
    return [database.call(ticket_detail, hop.ticket_id).assignee for hop in hops]


def test_it_is_grouped_by_receiver_or_by_team(
    open_screen: OpenScreen,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    team: Team,
    steps: Any,
) -> None:
    offers(database, 2, kim, lee)
    make(database, a_transfer, from_agent=kim, to_team=team)
    offers(database, 1, lee, kim)
    screen = open_screen(park)
    assert [row[:2] for row in groups(screen)] == [
        ["전체", "4"],
        ["김상담", "1"],
        ["물류팀", "1"],
        ["이담당", "2"],
    ]
    grouping = find(screen, CodeChoice, "묶음")
    grouping.set_code("by_team")
    grouping.code_chosen.emit()
    assert [row[:2] for row in groups(screen)] == [["전체", "4"], ["물류팀", "3"], ["팀 없음", "1"]]
    for number, count in ((1, 3), (2, 1)):
        panel(screen, "받은 담당자별").table.selectRow(number)
        steps.run()
        assert len(cells(queue(screen), "접수번호")) == count


def test_it_has_what_spec_15_names(open_screen: OpenScreen, park: Agent) -> None:
    screen = open_screen(park)
    labels = [each.text() for each in queue(screen).findChildren(QPushButton)]
    assert labels == ["선택", "재배정", "균등배분", "회수", "우선순위", "메모", "엑셀 저장"]
    headers = [column.title for column in queue(screen).model.columns]
    assert headers[:8] == [
        "대기",
        "우선순위",
        "보낸 담당자",
        "받은 담당자",
        "이관상태",
        "차수",
        "이관사유",
        "접수번호",
    ]


def test_it_counts_by_receiver_and_narrows_to_one(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, park: Agent, team: Team
) -> None:
    offers(database, 2, kim, lee)
    make(database, a_transfer, from_agent=kim, to_team=team, hop=3)
    screen = open_screen(park)
    assert groups(screen) == [["전체", "3", "1"], ["물류팀", "1", "1"], ["이담당", "2", ""]]
    assert ("set_count", "transfer_queue", 3, True) in screen.context.desk.asked
    assert cells(queue(screen), "받은 담당자") == ["물류팀", "이담당", "이담당"]
    by_receiver = panel(screen, "받은 담당자별").table
    by_receiver.selectRow(2)
    assert cells(queue(screen), "받은 담당자") == ["이담당", "이담당"]
    by_receiver.selectRow(0)
    assert len(cells(queue(screen), "받은 담당자")) == 3


def test_a_supervisor_of_a_team_begins_with_its_own(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, park: Agent, team: Team
) -> None:
    head = make(database, an_agent, name="정팀장", role="supervisor", team=team)
    offers(database, 1, kim, lee)
    offers(database, 1, kim, park)
    screen = open_screen(head)
    assert cells(queue(screen), "받은 담당자") == ["이담당"]


def test_all_teams_are_a_choice(
    open_screen: OpenScreen,
    database: Database,
    kim: Agent,
    park: Agent,
    team: Team,
    steps: Any,
    qtbot: QtBot,
) -> None:
    head = make(database, an_agent, name="정팀장", role="supervisor", team=team)
    offers(database, 1, kim, park)
    screen = open_screen(head)
    scope = find(screen, CodeChoice, "범위")
    scope.set_code("all")
    scope.code_chosen.emit()
    wait_for_cells(queue(screen), "받은 담당자", ["박관리"], steps, qtbot)


def test_several_are_moved_to_one_with_a_reason(
    open_screen: OpenScreen,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    choi: Agent,
    steps: Any,
    qtbot: QtBot,
) -> None:
    hops = offers(database, 3, kim, lee)
    screen = open_screen(park)
    select_every_row(queue(screen), qtbot)
    press(screen, "재배정", steps)
    dialog = dialog_of(screen, MoveDialog)
    confirm(dialog, steps)
    assert "이관담당자" in error(dialog, "이관담당자")
    find(dialog, QLineEdit, "이관담당자").setText("최담당")
    find(dialog, QLineEdit, "이관사유").setText("가" * 201)
    confirm(dialog, steps)
    assert "200" in error(dialog, "이관사유")
    find(dialog, QLineEdit, "이관사유").setText("휴가")
    confirm(dialog, steps)
    assert assignees(database, hops) == ["최담당"] * 3
    assert ("say", "재배정: 3건을 처리했습니다.") in screen.context.desk.asked
    reasons = "SELECT DISTINCT reason FROM transfer WHERE hop = 2"
    assert database.call(lambda s: s.execute(text(reasons)).scalars().all()) == ["휴가"]


def test_what_another_has_moved_meanwhile_is_told_row_by_row(
    open_screen: OpenScreen,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    choi: Agent,
    steps: Any,
    qtbot: QtBot,
) -> None:
    first, second = offers(database, 2, kim, lee)
    screen = open_screen(park)
    select_every_row(queue(screen), qtbot)
    to_choi = MoveTransfer(park.id, first.id, TransferTarget(choi.id))
    database.call(move_transfer, to_choi)
    press(screen, "회수", steps)
    assert assignees(database, [first, second]) == ["최담당", "김상담"]
    refused = panel(screen, REFUSED)
    assert len(cells(refused, "이유")) == 1
    assert "그 사이에" in cells(refused, "이유")[0]


def test_work_is_spread_as_the_preview_says(
    open_screen: OpenScreen,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    choi: Agent,
    steps: Any,
    qtbot: QtBot,
) -> None:
    hops = offers(database, 3, park, lee)
    ready = "UPDATE agent SET state = 'ready' WHERE id = ANY(%s)"
    with database.driver_connection() as connection:
        connection.execute(ready, [[kim.id, choi.id]])
    screen = open_screen(park)
    select_every_row(queue(screen), qtbot)
    press(screen, "균등배분", steps)
    dialog = dialog_of(screen, SpreadDialog)
    result = panel(dialog, "배분 결과")
    assert [cells(result, title) for title in ("담당자", "미완료", "배분", "배분 후")] == [
        ["김상담", "최담당"],
        ["0", "0"],
        ["2", "1"],
        ["2", "1"],
    ]
    assert "3건을 자리에 있는 담당자 2명" in dialog.findChild(QLabel).text()
    focused = dialog.focusWidget()
    assert isinstance(focused, QPushButton)
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    steps.run()
    assert sorted(assignees(database, hops)) == ["김상담", "김상담", "최담당"]


def test_where_nobody_is_there_nothing_is_spread(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, park: Agent, steps: Any
) -> None:
    offers(database, 1, kim, lee)
    screen = open_screen(park)
    queue(screen).table.selectRow(0)
    press(screen, "균등배분", steps)
    assert dialog_of(screen, SpreadDialog) is None
    assert ("say", "자리에 있는 담당자가 없습니다.") in screen.context.desk.asked


def test_a_priority_is_given_from_a_menu(
    open_screen: OpenScreen,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    steps: Any,
    qtbot: QtBot,
) -> None:
    offers(database, 2, kim, lee)
    screen = open_screen(park)
    select_every_row(queue(screen), qtbot)
    press(screen, "우선순위", steps)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["높음", "보통", "낮음"]
    menu.actions()[0].trigger()
    menu.close()
    wait_for_cells(queue(screen), "우선순위", ["높음", "높음"], steps, qtbot)
    given = "SELECT DISTINCT priority FROM ticket"
    assert database.call(lambda s: s.execute(text(given)).scalars().all()) == ["high"]


def test_a_note_is_written_to_all_that_are_selected(
    open_screen: OpenScreen,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    steps: Any,
    qtbot: QtBot,
    prompts: Any,
) -> None:
    offers(database, 2, kim, lee)
    screen = open_screen(park)
    select_every_row(queue(screen), qtbot)
    prompts.answers += [None, "오늘 안에"]
    press(screen, "메모", steps)
    press(screen, "메모", steps)
    notes = "SELECT note FROM activity WHERE kind = 'note'"
    written = database.call(lambda s: s.execute(text(notes)).scalars().all())
    assert written == ["오늘 안에", "오늘 안에"]


def test_without_a_row_each_button_says_that_it_needs_one(
    open_screen: OpenScreen, park: Agent, steps: Any
) -> None:
    screen = open_screen(park)
    for label in ("재배정", "균등배분", "회수", "우선순위", "메모"):
        press(screen, label, steps)
        assert queue(screen).message == "목록에서 한 건을 먼저 고르십시오."


def test_it_follows_what_others_do(
    open_screen: OpenScreen,
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
    steps: Any,
    qtbot: QtBot,
) -> None:
    (hop,) = offers(database, 1, kim, lee)
    screen = open_screen(park)
    assert cells(queue(screen), "이관상태") == ["보냄"]
    database.call(accept_transfer, AnswerTransfer(lee.id, hop.id))
    screen.context.changes.publish(frozenset({TRANSFERS}))
    wait_for_cells(queue(screen), "이관상태", ["수락"], steps, qtbot)
    with database.driver_connection() as connection:
        connection.execute("UPDATE ticket SET title = '새 제목' WHERE id = %s", [hop.ticket_id])
    screen.context.changes.publish(frozenset({ticket_topic(hop.ticket_id)}))
    wait_for_cells(queue(screen), "제목", ["새 제목"], steps, qtbot)


def test_a_row_is_looked_at_and_opened(
    open_screen: OpenScreen, database: Database, kim: Agent, lee: Agent, park: Agent, steps: Any
) -> None:
    (hop,) = offers(database, 1, kim, lee)
    screen = open_screen(park)
    assert screen.dialled_from() == DialledFrom()
    queue(screen).table.selectRow(0)
    steps.run()
    assert screen.dialled_from() == DialledFrom(ticket_id=hop.ticket_id)
    queue(screen).choose()
    assert ("load_ticket", hop.ticket_id) in screen.context.desk.asked
