"""승인: asked at one desk, answered at another, without leaving the ticket; live and counted."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.db.schema.tickets import Ticket
from ets_desktop.domain.claims import ClaimType
from ets_desktop.domain.topics import APPROVALS, EVERYTHING, ticket_topic
from ets_desktop.queries.agents import sign_in
from ets_desktop.queries.approvals import ApprovalRow, approvals
from ets_desktop.services.approvals import (
    AnswerApproval,
    AskToExport,
    AskToExportCustomer,
    AskToRefund,
    AskToReopen,
    WithdrawApproval,
    answer_approval,
    ask_to_export,
    ask_to_export_customer,
    ask_to_refund,
    ask_to_reopen,
    withdraw_approval,
)
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.ui.approval_news import ApprovalNews
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.operations.my_approvals import MyApprovalsDialog
from ets_desktop.ui.registry import SCREENS
from ets_desktop.ui.screens.approvals.screen import ApprovalsScreen
from ets_desktop.ui.screens.ticket_form.others.approvals import ApprovalStrip
from ets_desktop.ui.screens.ticket_form.screen import TicketFormScreen
from tests.claims import requested, shipped_line, without_goods
from tests.factories import a_customer, a_ticket, an_agent, make
from tests.ui.conftest import AnsweredPrompts, Steps
from tests.ui.desk_seat import DeskSeat
from tests.ui.screens.searching import button, cells, panel, shown, wait_for_cells

Login = Callable[[Agent], Database]
WHY = "고객이 다시 전화함"


@pytest.fixture
def desk_of(context: UiContext, login: Login) -> Iterator[Callable[[Agent], UiContext]]:
    def sit(agent: Agent) -> UiContext:
        mine = login(agent)
        return replace(context, call=mine.call, agent=mine.call(sign_in))

    yield sit
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


@pytest.fixture
def closed(database: Database, kim: Agent) -> Ticket:
    customer = make(database, a_customer)
    return make(database, a_ticket, created_by=kim, customer=customer, status="completed")


def large_claim(database: Database, actor: Agent) -> ClaimRequested:
    line = shipped_line(database, amount=400_000, quantity=1, order_status="paid", tracking_no="")
    wish = without_goods(ClaimType.CANCEL, line, quantity=1, fee_method=None)
    return requested(database, actor, wish)


def ask_reopen(desk: UiContext, ticket: Ticket) -> int:
    command = AskToReopen(desk.agent.agent_id, ticket.id, WHY)
    return int(desk.call(ask_to_reopen, command).value.approval_id)


def row_of(database: Database) -> ApprovalRow:
    return database.call(approvals).rows[0]


def said(desk: UiContext) -> list[Any]:
    return [asked[1] for asked in desk.desk.asked if asked[0] == "say"]  # type: ignore[attr-defined]


def told(desk: UiContext) -> list[Any]:
    return [asked[1] for asked in desk.desk.asked if asked[0] == "tell"]  # type: ignore[attr-defined]


def settle(steps: Steps, qtbot: QtBot, is_so: Callable[[], object]) -> None:
    def after_a_step() -> bool:
        steps.run()
        return bool(is_so())

    qtbot.waitUntil(after_a_step)


# 승인


@pytest.fixture
def parks_desk(desk_of: Callable[[Agent], UiContext], park: Agent) -> UiContext:
    return desk_of(park)


def test_an_agent_has_no_such_tab(desk_of: Callable[[Agent], UiContext], kim: Agent) -> None:
    [entry] = [entry for entry in SCREENS if entry.id == "approvals"]
    assert not entry.is_for(desk_of(kim).agent)


def test_what_waits_stands_on_top_and_is_counted(
    desk_of: Callable[[Agent], UiContext],
    parks_desk: UiContext,
    database: Database,
    kim: Agent,
    closed: Ticket,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    kims = desk_of(kim)
    made = large_claim(database, kim)
    kims.call(ask_to_refund, AskToRefund(kim.id, made.claim.claim_id, "배송 지연"))
    wish = AskToExport(kim.id, "주문목록", "정산", {"orderer": "김정민"}, 500, 350)
    kims.call(ask_to_export, wish)
    number = make(database, a_customer, name="홍길동").customer_no
    kims.call(ask_to_export_customer, AskToExportCustomer(number, "본인 요청"))
    screen = shown(ApprovalsScreen(parks_desk), steps, qtbot)
    rows = panel(screen, "승인")
    assert cells(rows, "종류") == ["환불", "내보내기", "내보내기"]
    assert cells(rows, "대상") == [
        f"클레임 {made.claim.claim_no}",
        "목록 주문목록",
        f"고객 {number}",
    ]
    assert cells(rows, "금액") == ["400,000", "", ""]
    assert cells(rows, "인원") == ["", "350", "1"]
    assert cells(rows, "조건") == ["", "주문자 김*민", ""]
    assert cells(rows, "요청자") == ["김상담"] * 3
    assert ("set_count", "approvals", 3, False) in parks_desk.desk.asked  # type: ignore[attr-defined]
    ask_reopen(kims, closed)
    parks_desk.changes.publish(frozenset({APPROVALS}))
    wait_for_cells(rows, "종류", ["환불", "내보내기", "내보내기", "재오픈"], steps, qtbot)
    assert ("set_count", "approvals", 4, False) in parks_desk.desk.asked  # type: ignore[attr-defined]


def test_a_request_is_approved_and_the_ticket_opened_from_the_list(
    desk_of: Callable[[Agent], UiContext],
    parks_desk: UiContext,
    database: Database,
    kim: Agent,
    closed: Ticket,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    ask_reopen(desk_of(kim), closed)
    screen = shown(ApprovalsScreen(parks_desk), steps, qtbot)
    rows = panel(screen, "승인")
    button(screen, "승인").click()
    assert rows.message == "목록에서 한 건을 먼저 고르십시오."
    screen.take_focus()
    button(screen, "접수 열기").click()
    assert ("load_ticket", closed.id) in parks_desk.desk.asked  # type: ignore[attr-defined]
    button(screen, "승인").click()
    wait_for_cells(rows, "상태", ["승인"], steps, qtbot)
    assert said(parks_desk) == [f"승인했습니다: 재오픈 접수 {closed.ticket_no}"]
    assert cells(rows, "처리자") == ["박관리"]
    assert not button(screen, "승인").isEnabled()
    rows.table.choose_current()
    steps.run()


def test_a_refusal_says_why(
    desk_of: Callable[[Agent], UiContext],
    parks_desk: UiContext,
    kim: Agent,
    closed: Ticket,
    steps: Steps,
    prompts: AnsweredPrompts,
    qtbot: QtBot,
) -> None:
    ask_reopen(desk_of(kim), closed)
    screen = shown(ApprovalsScreen(parks_desk), steps, qtbot)
    rows = panel(screen, "승인")
    button(screen, "반려").click()
    rows.table.selectRow(0)
    prompts.answers = [None, "가" * 201, "새 접수로 하십시오"]
    button(screen, "반려").click()
    assert steps.waiting == 0 or cells(rows, "상태") == ["대기"]
    steps.run()
    button(screen, "반려").click()
    settle(steps, qtbot, lambda: len(told(parks_desk)) == 1)
    button(screen, "반려").click()
    assert prompts.text == "가" * 201
    wait_for_cells(rows, "처리사유", ["새 접수로 하십시오"], steps, qtbot)
    assert prompts.asked[-1][:2] == ("승인 반려", "반려사유")


def test_what_somebody_else_answered_is_told_and_read_again(
    desk_of: Callable[[Agent], UiContext],
    parks_desk: UiContext,
    kim: Agent,
    closed: Ticket,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    kims = desk_of(kim)
    request = ask_reopen(kims, closed)
    screen = shown(ApprovalsScreen(parks_desk), steps, qtbot)
    rows = panel(screen, "승인")
    rows.table.selectRow(0)
    kims.call(withdraw_approval, WithdrawApproval(request))
    button(screen, "승인").click()
    wait_for_cells(rows, "상태", ["취소"], steps, qtbot)
    assert told(parks_desk) == ["approval_answered"]


def test_nobody_answers_their_own_and_an_export_has_no_ticket(
    parks_desk: UiContext, park: Agent, steps: Steps, qtbot: QtBot
) -> None:
    wish = AskToExport(park.id, "주문목록", "정산", {}, 500, 350)
    parks_desk.call(ask_to_export, wish)
    screen = shown(ApprovalsScreen(parks_desk), steps, qtbot)
    panel(screen, "승인").table.selectRow(0)
    steps.run()
    for label in ("승인", "반려", "접수 열기"):
        assert not button(screen, label).isEnabled()
    panel(screen, "승인").table.choose_current()
    assert "load_ticket" not in [asked[0] for asked in parks_desk.desk.asked]  # type: ignore[attr-defined]
    screen.clock.timeout.emit()
    steps.run()


# In the form


def form_of(desk: UiContext, steps: Steps, qtbot: QtBot) -> TicketFormScreen:
    made: TicketFormScreen = shown(TicketFormScreen(desk), steps, qtbot)
    return made


def strip_of(form: TicketFormScreen) -> ApprovalStrip:
    return form.approvals.strip


def possible(form: TicketFormScreen) -> list[str]:
    buttons = strip_of(form).findChildren(QPushButton)
    return [each.text() for each in buttons if not each.isHidden()]


def load(form: TicketFormScreen, ticket_id: int, steps: Steps) -> None:
    form.load_ticket(ticket_id)
    steps.run()


def test_a_reopening_is_asked_and_answered_without_leaving_the_ticket(
    desk_of: Callable[[Agent], UiContext],
    parks_desk: UiContext,
    database: Database,
    kim: Agent,
    closed: Ticket,
    steps: Steps,
    prompts: AnsweredPrompts,
    qtbot: QtBot,
) -> None:
    agents, chiefs = (form_of(desk, steps, qtbot) for desk in (desk_of(kim), parks_desk))
    for form in (agents, chiefs):
        load(form, closed.id, steps)
        assert strip_of(form).isHidden()
    assert button(chiefs, "재오픈 요청").isHidden()
    prompts.answers = [None]
    button(agents, "재오픈 요청").click()
    prompts.answers = [WHY, WHY]
    button(agents, "재오픈 요청").click()
    settle(steps, qtbot, lambda: possible(agents) == ["요청 취소"])
    assert prompts.asked[-1][:2] == ("재오픈 요청", "요청사유")
    button(agents, "재오픈 요청").click()
    steps.run()
    assert said(parks_desk)[-2:] == [
        "관리자에게 재오픈을 요청했습니다.",
        "이미 재오픈을 요청한 접수입니다.",
    ]
    settle(steps, qtbot, lambda: possible(chiefs) == ["승인", "반려"])
    assert strip_of(chiefs).message == f"김상담이 승인을 요청했습니다: 재오픈 · {WHY}"
    button(chiefs.approvals.strip, "승인").click()
    settle(steps, qtbot, lambda: strip_of(agents).isHidden() and strip_of(chiefs).isHidden())
    assert row_of(database).answerer == "박관리"

    def is_open() -> bool:
        return agents.form.detail is not None and agents.form.detail.is_open

    settle(steps, qtbot, is_open)
    assert agents.freshness.bar.isHidden()
    assert agents.form.detail is not None
    assert agents.form.detail.assignee == "김상담"


def test_a_refused_reopening_says_why_in_the_form(
    desk_of: Callable[[Agent], UiContext],
    parks_desk: UiContext,
    kim: Agent,
    closed: Ticket,
    steps: Steps,
    prompts: AnsweredPrompts,
    qtbot: QtBot,
) -> None:
    kims = desk_of(kim)
    ask_reopen(kims, closed)
    agents, chiefs = (form_of(desk, steps, qtbot) for desk in (kims, parks_desk))
    for form in (agents, chiefs):
        load(form, closed.id, steps)
    prompts.answers = ["새 접수로"]
    button(chiefs.approvals.strip, "반려").click()
    settle(steps, qtbot, lambda: strip_of(agents).message.startswith("반려되었습니다"))
    assert strip_of(agents).message == "반려되었습니다: 재오픈 · 새 접수로 · 박관리"
    assert possible(agents) == []


def test_whoever_asked_takes_it_back_in_the_form(
    desk_of: Callable[[Agent], UiContext],
    database: Database,
    kim: Agent,
    closed: Ticket,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    kims = desk_of(kim)
    ask_reopen(kims, closed)
    form = form_of(kims, steps, qtbot)
    load(form, closed.id, steps)
    button(form.approvals.strip, "요청 취소").click()
    settle(steps, qtbot, lambda: strip_of(form).isHidden())
    assert said(kims)[-1] == f"요청을 취소했습니다: 재오픈 접수 {closed.ticket_no}"
    form.opening.new_form()
    kims.changes.publish(frozenset({APPROVALS, ticket_topic(closed.id)}))
    steps.run()
    assert strip_of(form).isHidden()


def test_a_large_refund_is_asked_for_in_the_form(
    desk_of: Callable[[Agent], UiContext],
    database: Database,
    kim: Agent,
    park: Agent,
    login: Login,
    steps: Steps,
    prompts: AnsweredPrompts,
    qtbot: QtBot,
) -> None:
    kims = desk_of(kim)
    made = large_claim(database, kim)
    form = form_of(kims, steps, qtbot)
    load(form, made.ticket_id, steps)
    assert strip_of(form).message == "환불 400,000원은 관리자의 승인이 필요합니다."
    assert possible(form) == ["환불 승인요청"]
    prompts.answers = [None, "가" * 201, "배송 지연"]
    ask = button(form.approvals.strip, "환불 승인요청")
    ask.click()
    ask.click()
    settle(steps, qtbot, lambda: len(told(kims)) == 1)
    ask.click()
    assert prompts.text == "가" * 201
    settle(steps, qtbot, lambda: possible(form) == ["요청 취소"])
    assert prompts.asked[-1][:2] == ("환불 승인요청", "요청사유")
    assert said(kims)[-1] == f"환불 승인을 요청했습니다: {made.claim.claim_no} 400,000원"
    approve = AnswerApproval(park.id, row_of(database).approval_id, approves=True)
    login(park).call(answer_approval, approve)
    kims.changes.publish(frozenset({EVERYTHING}))
    settle(
        steps, qtbot, lambda: strip_of(form).message == "승인되었습니다: 환불 400,000원 · 박관리"
    )


def test_a_refund_that_is_asked_for_by_somebody_else_meanwhile_is_told(
    desk_of: Callable[[Agent], UiContext],
    database: Database,
    kim: Agent,
    lee: Agent,
    login: Login,
    steps: Steps,
    prompts: AnsweredPrompts,
    qtbot: QtBot,
) -> None:
    kims = desk_of(kim)
    made = large_claim(database, kim)
    form = form_of(kims, steps, qtbot)
    load(form, made.ticket_id, steps)
    login(lee).call(ask_to_refund, AskToRefund(lee.id, made.claim.claim_id, "먼저"))
    prompts.answers = ["배송 지연"]
    button(form.approvals.strip, "환불 승인요청").click()
    settle(steps, qtbot, lambda: "이담당이" in strip_of(form).message)
    assert told(kims) == ["approval_pending"]
    assert possible(form) == []


# In the status line


class Told(DeskSeat):
    def __init__(self, context: UiContext, login: Login, agent: Agent, steps: Steps) -> None:
        super().__init__(context, login, agent, tone=False)
        self.steps = steps
        self.loaded: list[int] = []
        self.desk.load_ticket = self.loaded.append  # type: ignore[method-assign]
        self.news = ApprovalNews(self.context, self.desk)
        self.news.ask()
        self.settle()

    def settle(self) -> None:
        self.steps.run()
        while self.news.pace._gap.isActive() or self.steps.waiting:
            QCoreApplication.processEvents()
            self.steps.run()

    def hear(self) -> None:
        self.context.changes.publish(frozenset({APPROVALS}))
        self.settle()


@pytest.fixture
def sit(context: UiContext, login: Login, steps: Steps) -> Iterator[Callable[[Agent], Told]]:
    yield lambda agent: Told(context, login, agent, steps)
    context.hub.shutdown()


def test_supervisors_hear_of_requests_and_who_asked_of_the_answer(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, park: Agent, closed: Ticket
) -> None:
    asker, chief = sit(kim), sit(park)
    first = ask_reopen(asker.context, closed)
    asker.hear()
    chief.hear()
    assert asker.told == []
    what = f"재오픈 접수 {closed.ticket_no}"
    assert chief.told == [f"김상담이 승인을 요청했습니다: {what}"]
    wish = AskToExport(kim.id, "주문목록", "정산", {}, 500, 350)
    second = asker.context.call(ask_to_export, wish).value.approval_id
    chief.hear()
    assert chief.told == ["승인 대기 2건: 내보내기 목록 주문목록 350명 · 김상담"]
    assert sit(park).told == ["승인 대기 2건: 내보내기 목록 주문목록 350명 · 김상담"]
    chief.context.call(answer_approval, AnswerApproval(park.id, first, approves=True))
    chief.hear()
    assert chief.told == ["김상담이 승인을 요청했습니다: 내보내기 목록 주문목록 350명"]
    chief.desk.notices.open_button.click()
    assert chief.opened == ["approvals"]
    chief.context.call(answer_approval, AnswerApproval(park.id, second, False, "나누어 하십시오"))
    chief.hear()
    asker.hear()
    assert chief.told == []
    assert sorted(asker.told) == [
        "반려되었습니다: 내보내기 목록 주문목록 350명 · 나누어 하십시오 · 박관리",
        f"승인되었습니다: {what} · 박관리",
    ]
    for _ in range(2):
        asker.desk.notices.open_button.click()
    assert asker.loaded == [closed.id]
    asker.hear()
    assert asker.told == []


def test_a_question_that_is_none_any_more_is_told(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, closed: Ticket
) -> None:
    asker = sit(kim)
    ask_reopen(asker.context, closed)
    asker.hear()
    opened = "UPDATE ticket SET status = 'received', completed_at = NULL, completed_by = NULL"
    database.call(lambda session: session.execute(text(opened)))
    asker.hear()
    assert asker.told == [f"승인 요청이 만료되었습니다: 재오픈 접수 {closed.ticket_no}"]


def test_the_warehouse_hears_of_the_answer_and_has_no_form(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, park: Agent, login: Login
) -> None:
    keeper = sit(make(database, an_agent, name="정창고", role="warehouse"))
    made = large_claim(database, kim)
    me = keeper.context.agent.agent_id
    wish = AskToRefund(me, made.claim.claim_id, "검수")
    request = keeper.context.call(ask_to_refund, wish).value.approval_id
    keeper.hear()
    login(park).call(answer_approval, AnswerApproval(park.id, request, approves=True))
    keeper.hear()
    assert keeper.told == [f"승인되었습니다: 환불 클레임 {made.claim.claim_no} 400,000원 · 박관리"]
    keeper.desk.notices.open_button.click()
    assert keeper.loaded == []


# 내 승인요청


def test_what_i_asked_for_is_listed_and_taken_back(
    desk_of: Callable[[Agent], UiContext],
    database: Database,
    kim: Agent,
    lee: Agent,
    closed: Ticket,
    steps: Steps,
    qtbot: QtBot,
) -> None:
    kims, lees = desk_of(kim), desk_of(lee)
    lees.call(ask_to_export, AskToExport(lee.id, "주문목록", "정산", {}, 500, 350))
    ask_reopen(kims, closed)
    dialog = MyApprovalsDialog(kims)
    # The test looks at it after it was closed.
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    shown(dialog, steps, qtbot)
    mine = panel(dialog, "내 승인요청")
    assert cells(mine, "종류") == ["재오픈"]
    assert mine.current_row() is not None
    button(dialog, "요청 취소").click()
    wait_for_cells(mine, "상태", ["취소"], steps, qtbot)
    assert not button(dialog, "요청 취소").isEnabled()
    kims.call(ask_to_export, AskToExport(kim.id, "주문목록", "정산", {}, 500, 350))
    kims.changes.publish(frozenset({APPROVALS}))
    wait_for_cells(mine, "종류", ["내보내기", "재오픈"], steps, qtbot)
    mine.table.selectRow(0)
    mine.table.choose_current()
    assert not button(dialog, "접수 열기").isEnabled()
    mine.table.selectRow(1)
    button(dialog, "접수 열기").click()
    assert ("load_ticket", closed.id) in kims.desk.asked  # type: ignore[attr-defined]
