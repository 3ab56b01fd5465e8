"""접수정보 임시저장: one's own drafts, loaded, deleted, brought back, counted."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.drafts import FormContents
from ets_desktop.domain.tickets import TicketForm
from ets_desktop.queries.drafts import DraftRow, draft_detail, draft_list
from ets_desktop.services.drafts import DeleteDraft, delete_draft
from ets_desktop.services.ticket_forms import ReceiveTicket
from ets_desktop.services.tickets import receive_ticket
from ets_desktop.ui.changes import ChangeBus
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.click_to_call import dialled_at
from ets_desktop.ui.screens.drafts.screen import PAGE, DraftsScreen
from ets_desktop.ui.table_panel import TablePanel
from ets_desktop.ui.tables import Dialled
from tests.factories import a_customer, a_draft, a_form, an_order, make

Open = Callable[[], DraftsScreen]


@pytest.fixture
def open_screen(kims_desk: UiContext, steps: Any, qtbot: QtBot) -> Open:
    def build() -> DraftsScreen:
        screen = DraftsScreen(kims_desk)
        qtbot.addWidget(screen)
        screen.show()
        steps.run()
        return screen

    return build


def drafts(screen: DraftsScreen) -> TablePanel[DraftRow]:
    found: TablePanel[DraftRow] = screen.findChild(TablePanel)
    return found


def texts(screen: DraftsScreen) -> list[tuple[str, ...]]:
    model = drafts(screen).model
    return [model.texts(number) for number in range(model.rowCount())]


def read_again(steps: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: steps.waiting > 0)
    steps.run()


def test_a_row_tells_what_the_draft_is_about(
    open_screen: Open, database: Database, kim: Agent
) -> None:
    customer = make(database, a_customer, name="홍길동")
    order = make(database, an_order)
    form = TicketForm(uuid4(), title="반품 문의", customer_id=customer.id, order_id=order.id)
    make(database, a_draft, agent=kim, contents=FormContents(form), kind="call")
    screen = open_screen()
    titles = [column.title for column in drafts(screen).model.columns]
    assert titles == ["저장일시", "고객", "주문번호", "제목", "구분"]
    assert texts(screen)[0][1:] == ("홍*동", order.channel_order_no, "반품 문의", "통화")


def test_a_parked_call_of_nobody_known_is_told_by_its_number(
    open_screen: Open, database: Database, kim: Agent
) -> None:
    form = TicketForm(uuid4(), content="모르는 번호", caller_number="01000000160")
    make(database, a_draft, agent=kim, contents=FormContents(form), kind="call")
    screen = open_screen()
    assert texts(screen)[0][1:] == ("010-****-0160", "", "모르는 번호", "통화")
    drafts(screen).table.selectRow(0)
    assert dialled_at(drafts(screen).table) == Dialled("01000000160")


def test_only_ones_own_drafts_are_there_and_counted(
    open_screen: Open, database: Database, kim: Agent, lee: Agent, desk
) -> None:
    make(database, a_draft, agent=lee)
    make(database, a_draft, agent=kim)
    assert len(texts(open_screen())) == 1
    assert desk.asked[-1] == ("set_count", "drafts", 1, False)


def test_choosing_in_any_way_loads_the_draft_and_keeps_it(
    open_screen: Open, database: Database, kim: Agent, desk, qtbot: QtBot
) -> None:
    draft = make(database, a_draft, agent=kim)
    panel = drafts(open_screen())
    panel.table.selectRow(0)
    panel.button("불러오기").click()
    panel.table.doubleClicked.emit(panel.model.index(0, 0))
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert desk.asked[-3:] == [("load_draft", draft.id)] * 3
    assert panel.model.rowCount() == 1


def test_a_loaded_draft_disappears_once_saved(
    open_screen: Open, database: Database, kim: Agent, steps, changes: ChangeBus, qtbot, desk
) -> None:
    draft = make(database, a_draft, agent=kim)
    screen = open_screen()
    receive = ReceiveTicket(kim.id, a_form(), draft_id=draft.id)
    done = database.call(receive_ticket, receive)
    changes.publish(done.touched)
    read_again(steps, qtbot)
    assert texts(screen) == []
    assert drafts(screen).message == "임시저장한 접수정보가 없습니다."
    assert desk.asked[-1] == ("set_count", "drafts", 0, False)


def test_a_deleted_draft_can_be_brought_back(
    open_screen: Open, database: Database, kim: Agent, steps, qtbot: QtBot, monkeypatch, desk
) -> None:
    draft = make(database, a_draft, agent=kim)
    undo: list[Callable[[], object] | None] = []
    monkeypatch.setattr(desk, "say", lambda message, back=None: undo.append(back))
    screen = open_screen()
    press_delete(screen, steps)
    assert database.call(draft_list, kim.id, 10).count == 0
    assert undo[0] is not None
    undo[0]()
    read_again(steps, qtbot)
    kept = database.call(draft_detail, kim.id, draft.id)
    assert kept.contents.form.title == "쓰다 만 접수"
    assert len(texts(screen)) == 1


def test_a_damaged_draft_can_be_deleted(
    open_screen: Open, database: Database, kim: Agent, steps, desk
) -> None:
    make(database, a_draft, agent=kim, form={"format": 99})
    press_delete(open_screen(), steps)
    assert database.call(draft_list, kim.id, 10).count == 0
    assert ("say", "임시저장을 삭제했습니다.") in desk.asked


def test_a_draft_that_is_gone_already_is_told_so(
    open_screen: Open, database: Database, kim: Agent, steps, desk
) -> None:
    draft = make(database, a_draft, agent=kim)
    screen = open_screen()
    database.call(delete_draft, DeleteDraft(draft.id, kim.id))
    press_delete(screen, steps)
    assert ("tell", "no_such_draft") in desk.asked


def test_deleting_without_a_row_says_what_is_missing(open_screen: Open, desk) -> None:
    drafts(open_screen()).button("삭제").click()
    assert desk.asked[-1] == ("say", "목록에서 한 건을 먼저 고르십시오.")


def test_many_drafts_come_page_by_page_and_are_all_counted(
    open_screen: Open, database: Database, kim: Agent, steps, desk
) -> None:
    def many(session: Session) -> None:
        for _ in range(PAGE + 5):
            a_draft(session, agent=kim)

    database.call(many)
    screen = open_screen()
    assert ("set_count", "drafts", PAGE + 5, False) in desk.asked
    drafts(screen).table.scrollToBottom()
    steps.run()
    assert len(texts(screen)) == PAGE + 5


def press_delete(screen: DraftsScreen, steps: Any) -> None:
    drafts(screen).table.selectRow(0)
    drafts(screen).button("삭제").click()
    steps.run()
