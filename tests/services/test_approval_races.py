"""Several people at one request at once: one answer, and what it says has happened (spec 85)."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claims import ClaimType, Decision, Fault
from ets_desktop.domain.errors import EtsError
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.access import LogAccess, log_access
from ets_desktop.services.approvals import (
    AnswerApproval,
    AskToExport,
    AskToRefund,
    AskToReopen,
    WithdrawApproval,
    answer_approval,
    ask_to_export,
    ask_to_refund,
    ask_to_reopen,
    withdraw_approval,
)
from ets_desktop.services.claims import ChangeFee, change_fee
from ets_desktop.services.returns import DecideLines, decide_lines
from ets_desktop.services.tickets import ReopenTicket, reopen_ticket
from tests.claims import requested, shipped_line, without_goods
from tests.factories import a_ticket, an_agent, make

Login = Callable[[Agent], Database]
ROUNDS = 5


@pytest.fixture
def chief(database: Database) -> Agent:
    return make(database, an_agent, name="정팀장", role="supervisor")


def at_once(*works: Callable[[], Any]) -> list[str]:
    """What came of each, begun at the same moment: "" or the code of its refusal."""
    begin = Barrier(len(works))

    def run(work: Callable[[], Any]) -> str:
        begin.wait()
        try:
            work()
        except EtsError as error:
            return error.code
        return ""

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def states(database: Database) -> Sequence[Any]:
    sql = "SELECT state FROM approval ORDER BY id"
    return database.call(lambda session: session.execute(text(sql)).scalars().all())


def asked_to_reopen(database: Database, desk: Database, asker: Agent) -> tuple[int, int]:
    """The closed ticket and the request."""
    ticket = make(database, a_ticket, created_by=asker, status="completed")
    asked = desk.call(ask_to_reopen, AskToReopen(asker.id, ticket.id, "다시 전화"))
    return ticket.id, asked.value.approval_id


def answer(desk: Database, who: Agent, approval_id: int, *, approves: bool) -> Any:
    command = AnswerApproval(who.id, approval_id, approves, "" if approves else "새 접수로")
    return partial(desk.call, answer_approval, command)


def test_two_supervisors_give_one_answer(
    database: Database, login: Login, kim: Agent, park: Agent, chief: Agent
) -> None:
    desk, one, two = login(kim), login(park), login(chief)
    for _ in range(ROUNDS):
        ticket_id, request = asked_to_reopen(database, desk, kim)
        came = at_once(
            answer(one, park, request, approves=True), answer(two, chief, request, approves=False)
        )
        assert sorted(came) == ["", "approval_answered"]
        is_open = database.call(ticket_detail, ticket_id).is_open
        assert (is_open, states(database)[-1]) in ((True, "approved"), (False, "refused"))
        assert is_open == (came[0] == "")


def test_an_answer_and_a_withdrawal_are_one_of_both(
    database: Database, login: Login, kim: Agent, park: Agent
) -> None:
    desk, one = login(kim), login(park)
    for _ in range(ROUNDS):
        ticket_id, request = asked_to_reopen(database, desk, kim)
        came = at_once(
            answer(one, park, request, approves=True),
            partial(desk.call, withdraw_approval, WithdrawApproval(request)),
        )
        assert sorted(came) == ["", "approval_answered"]
        is_open = database.call(ticket_detail, ticket_id).is_open
        assert (is_open, states(database)[-1]) in ((True, "approved"), (False, "withdrawn"))


def test_an_approval_and_another_supervisors_reopening_open_it_once(
    database: Database, login: Login, kim: Agent, park: Agent, chief: Agent
) -> None:
    desk, one, two = login(kim), login(park), login(chief)
    for _ in range(ROUNDS):
        ticket_id, request = asked_to_reopen(database, desk, kim)
        came = at_once(
            answer(one, park, request, approves=True),
            partial(two.call, reopen_ticket, ReopenTicket(chief.id, ticket_id, 1, "먼저")),
        )
        assert came in (["", "ticket_open"], ["approval_answered", ""])
        detail = database.call(ticket_detail, ticket_id)
        assert detail.version == 2
        assert detail.assignee == ("김상담" if came[0] == "" else "정팀장")
        assert states(database)[-1] == ("approved" if came[0] == "" else "expired")


def test_an_approval_and_another_amount_never_pay_both(
    database: Database, login: Login, kim: Agent, park: Agent
) -> None:
    desk, one = login(kim), login(park)
    for _ in range(ROUNDS):
        line = shipped_line(
            database, amount=400_000, quantity=1, order_status="paid", tracking_no=""
        )
        wish = without_goods(ClaimType.CANCEL, line, quantity=1, fee_method=None)
        made = requested(database, kim, wish).claim
        asked = desk.call(ask_to_refund, AskToRefund(kim.id, made.claim_id, "고객 요청")).value
        fee = ChangeFee(kim.id, made.claim_id, made.version, Fault.SELLER, 1, None)
        at_once(
            answer(one, park, asked.approval_id, approves=True),
            partial(desk.call, change_fee, fee),
        )
        assert states(database)[-1] == "expired"
        refund = DecideLines(kim.id, made.claim_id, Decision.REFUND)
        assert at_once(partial(desk.call, decide_lines, refund)) == ["refund_needs_approval"]


def test_one_approval_lets_one_of_two_exports_through(
    database: Database, login: Login, kim: Agent, park: Agent
) -> None:
    desk, one = login(kim), login(park)
    condition = {"conditions": {"phone": "01000000160"}}
    look = LogAccess("export", "list/주문목록", condition, 200, 200)
    wish = AskToExport(kim.id, "주문목록", "보고", condition["conditions"], 200, 200)
    for _ in range(ROUNDS):
        asked = desk.call(ask_to_export, wish).value
        one.call(answer_approval, AnswerApproval(park.id, asked.approval_id, approves=True))
        came = at_once(*[partial(desk.call, log_access, look) for _ in range(2)])
        assert sorted(came) == ["", "export_needs_approval"]


def test_two_who_ask_at_once_ask_one_question(
    database: Database, login: Login, kim: Agent, lee: Agent
) -> None:
    desks = {kim: login(kim), lee: login(lee)}
    for _ in range(ROUNDS):
        ticket = make(database, a_ticket, created_by=kim, status="completed")
        came = at_once(
            *[
                partial(desk.call, ask_to_reopen, AskToReopen(who.id, ticket.id, "다시"))
                for who, desk in desks.items()
            ]
        )
        assert sorted(came) == ["", "approval_pending"]
