"""최근이관이력: everybody's transfers, newest first, as they happen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.db.schema.tickets import Ticket
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.screens.recent_transfers.screen import PAGE, RecentTransfersScreen
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.widgets.fields import ReadOnlyField
from tests.factories import a_customer, a_ticket, a_transfer, make
from tests.ui.screens.searching import button, cells, find, panel, shown

NOW = datetime.now(UTC)
COLUMNS = [
    "이관일시",
    "보낸 담당자",
    "받은 담당자",
    "이관사유",
    "접수번호",
    "고객",
    "제목",
    "상태",
    "경과",
]


@pytest.fixture
def ticket(database: Database, kim: Agent) -> Ticket:
    customer = make(database, a_customer, name="홍길동")
    return make(
        database,
        a_ticket,
        created_by=kim,
        customer=customer,
        title="반품 요청",
        status="transferred",
        # Not NOW, which is when the tests were collected: minutes ago in a whole run.
        created_at=datetime.now(UTC) - timedelta(hours=3, minutes=30),
    )


def hop(database: Database, ticket: Ticket, number: int, **values: Any) -> None:
    """The hop of that number: minutes after the one before; all but the last have come back."""
    sent_at = NOW + timedelta(minutes=number)
    make(database, a_transfer, ticket=ticket, hop=number, sent_at=sent_at, **values)


def open_screen(kims_desk: UiContext, steps: Any, qtbot: QtBot) -> RecentTransfersScreen:
    made: RecentTransfersScreen = shown(RecentTransfersScreen(kims_desk), steps, qtbot)
    return made


def transfers(screen: RecentTransfersScreen) -> TablePanel[Any]:
    return panel(screen, "최근이관이력")


def test_every_hop_stands_in_a_row_the_newest_first(
    kims_desk: UiContext, database: Database, ticket: Ticket, kim: Agent, lee: Agent, team: Team,
    steps, qtbot: QtBot,
) -> None:  # fmt: skip
    hop(database, ticket, 1, from_agent=kim, to_agent=lee, reason="재고 확인", accepted_at=NOW)
    hop(database, ticket, 2, from_agent=lee, to_team=team, reason="")
    screen = open_screen(kims_desk, steps, qtbot)
    assert [column.title for column in transfers(screen).model.columns] == COLUMNS
    first, second = (
        dict(zip(COLUMNS, transfers(screen).model.texts(n), strict=True)) for n in (1, 0)
    )
    assert (first["보낸 담당자"], first["받은 담당자"]) == (kim.name, lee.name)
    assert (first["이관사유"], first["접수번호"]) == ("재고 확인", ticket.ticket_no)
    assert (first["고객"], first["제목"]) == ("홍*동", "반품 요청")
    assert (first["상태"], first["경과"]) == ("이관", "3시간 30분")
    assert (second["보낸 담당자"], second["받은 담당자"]) == (lee.name, "물류팀")
    assert transfers(screen).age.text().endswith("기준")


def test_from_the_third_hop_on_the_receiver_is_red(
    kims_desk: UiContext, database: Database, ticket: Ticket, kim: Agent, lee: Agent,
    steps, qtbot: QtBot,
) -> None:  # fmt: skip
    hop(database, ticket, 1, from_agent=kim, to_agent=lee, returned_at=NOW)
    hop(database, ticket, 2, from_agent=kim, to_agent=lee, accepted_at=NOW)
    hop(database, ticket, 3, from_agent=lee, to_agent=kim)
    screen = open_screen(kims_desk, steps, qtbot)
    model = transfers(screen).model
    receiver, state = COLUMNS.index("받은 담당자"), COLUMNS.index("상태")
    assert [model.is_red(row, receiver) for row in range(3)] == [True, False, False]
    assert not model.is_red(0, state)
    assert [model.tip(row, receiver) for row in range(3)] == [
        "3번째 이관",
        "2번째 이관",
        "1번째 이관",
    ]
    assert [model.tip(row, state) for row in range(3)] == ["이관: 보냄", "이관: 수락", "이관: 반려"]
    transfers(screen).table.selectRow(0)
    steps.run()
    assert find(screen, ReadOnlyField, "최근 이관").property("tone") == "red"


def test_a_closed_ticket_tells_how_long_it_was_open(
    kims_desk: UiContext, database: Database, kim: Agent, lee: Agent, steps, qtbot: QtBot
) -> None:
    began = NOW - timedelta(days=2)
    for status, ended in (("completed", began + timedelta(hours=1)), ("discarded", None)):
        closed = make(
            database,
            a_ticket,
            created_by=kim,
            status=status,
            created_at=began,
            completed_at=ended,
        )
        hop(database, closed, 1 if ended else 2, from_agent=kim, to_agent=lee, accepted_at=NOW)
    assert cells(transfers(open_screen(kims_desk, steps, qtbot)), "경과") == ["", "1시간 0분"]


def many_hops(session: Session, count: int, ticket: Ticket, sender: Agent, to: Agent) -> None:
    session.execute(
        text(
            "INSERT INTO transfer (ticket_id, hop, from_agent_id, to_agent_id, reason, sent_at,"
            " recalled_at) SELECT :ticket, n, :sender, :receiver, '이관 ' || n,"
            " now() - n * interval '1 minute', now() FROM generate_series(1, :count) n"
        ),
        {"ticket": ticket.id, "sender": sender.id, "receiver": to.id, "count": count},
    )


def test_further_pages_come_as_one_scrolls(
    kims_desk: UiContext, database: Database, ticket: Ticket, kim: Agent, lee: Agent,
    changes: ChangeBus, steps, qtbot: QtBot,
) -> None:  # fmt: skip
    database.call(many_hops, PAGE * 2 + 20, ticket, kim, lee)
    screen = open_screen(kims_desk, steps, qtbot)
    model = transfers(screen).model
    assert PAGE <= model.rowCount() < PAGE * 2 + 20
    while model.has_more:
        transfers(screen).table.scrollToBottom()
        steps.run()
    told = [f"이관 {n}" for n in range(1, PAGE * 2 + 21)]
    assert cells(transfers(screen), "이관사유") == told
    # Read again, all of it stays.
    hop(database, ticket, 999, from_agent=kim, to_agent=lee, reason="새 이관")
    changes.publish(frozenset({"transfers"}))
    qtbot.waitUntil(lambda: steps.waiting > 0)
    steps.run()
    assert cells(transfers(screen), "이관사유")[: len(told)] == ["새 이관", *told[:-1]]


def test_a_transfer_of_anyone_appears_at_once_while_the_list_is_seen(
    kims_desk: UiContext, database: Database, ticket: Ticket, kim: Agent, lee: Agent,
    changes: ChangeBus, steps, qtbot: QtBot,
) -> None:  # fmt: skip
    screen = open_screen(kims_desk, steps, qtbot)
    assert transfers(screen).message == "이관된 접수가 없습니다."
    with qtbot.waitSignal(screen.jobs.reading_changed):
        hop(database, ticket, 1, from_agent=kim, to_agent=lee)
        changes.publish(frozenset({"transfers"}))
    steps.run()
    assert transfers(screen).model.rowCount() == 1
    screen.hide()
    changes.publish(frozenset({"transfers", f"ticket/{ticket.id}"}))
    assert steps.waiting == 0
    screen.show()
    qtbot.waitUntil(lambda: steps.waiting == 1)


def test_a_ticket_of_the_list_that_changes_is_read_again(
    kims_desk: UiContext, database: Database, ticket: Ticket, kim: Agent, lee: Agent,
    changes: ChangeBus, steps, qtbot: QtBot,
) -> None:  # fmt: skip
    hop(database, ticket, 1, from_agent=kim, to_agent=lee, accepted_at=NOW)
    screen = open_screen(kims_desk, steps, qtbot)
    database.call(
        lambda session: session.execute(
            text("UPDATE ticket SET title = '교환으로' WHERE id = :id"), {"id": ticket.id}
        )
    )
    changes.publish(frozenset({f"ticket/{ticket.id + 1}"}))
    assert steps.waiting == 0
    changes.publish(frozenset({f"ticket/{ticket.id}"}))
    qtbot.waitUntil(lambda: steps.waiting > 0)
    steps.run()
    assert cells(transfers(screen), "제목") == ["교환으로"]


def test_a_click_shows_the_ticket_and_choosing_loads_it(
    kims_desk: UiContext, database: Database, ticket: Ticket, kim: Agent, lee: Agent,
    desk, steps, qtbot: QtBot,
) -> None:  # fmt: skip
    hop(database, ticket, 1, from_agent=kim, to_agent=lee, reason="재고 확인")
    screen = open_screen(kims_desk, steps, qtbot)
    table = transfers(screen).table
    table.selectRow(0)
    steps.run()
    assert find(screen, ReadOnlyField, "접수 제목").text() == "반품 요청"
    assert "1차, 보냄" in find(screen, ReadOnlyField, "최근 이관").text()
    table.doubleClicked.emit(transfers(screen).model.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    button(screen, "선택").click()
    assert desk.asked == [("load_ticket", ticket.id)] * 3


def test_a_database_that_refuses_is_told_beside_the_list(
    kims_desk: UiContext, database: Database, steps, qtbot: QtBot
) -> None:
    database.call(lambda session: session.execute(text("REVOKE SELECT ON transfer FROM ets_agent")))
    try:
        screen = open_screen(kims_desk, steps, qtbot)
    finally:
        database.call(
            lambda session: session.execute(text("GRANT SELECT ON transfer TO ets_agent"))
        )
    assert "권한이 없습니다" in transfers(screen).message


def test_typing_begins_in_the_list(kims_desk: UiContext, steps, qtbot: QtBot) -> None:
    screen = open_screen(kims_desk, steps, qtbot)
    screen.activateWindow()
    screen.take_focus()
    assert screen.focusWidget() is transfers(screen).table
