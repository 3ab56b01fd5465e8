"""승인 (spec 60): asked, answered, taken back; the database lets nothing past without it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.db.schema.tickets import Ticket
from ets_desktop.domain.approvals import ApprovalKind, ApprovalState
from ets_desktop.domain.claim_fees import FeeMethod
from ets_desktop.domain.claims import ClaimType, Decision, Fault
from ets_desktop.domain.errors import EtsError, NotFound, RuleViolation
from ets_desktop.domain.topics import APPROVALS, ticket_topic
from ets_desktop.queries.approvals import ApprovalRow, approvals, ticket_approvals
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.access import LogAccess, log_access
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
from ets_desktop.services.claims import ChangeFee, EndClaim, change_fee, withdraw_claim
from ets_desktop.services.customer_rights import CustomerRequest, export_customer
from ets_desktop.services.retention import erase_old
from ets_desktop.services.returns import DecideLines, decide_lines
from ets_desktop.services.tickets import ReopenTicket, reopen_ticket
from tests.claims import arrived, other_goods, requested, shipped_line, wish, without_goods
from tests.factories import a_customer, a_ticket, an_agent, make

Login = Callable[[Agent], Database]
WHY = "고객이 다시 전화함"


def rows(database: Database, sql: str, **given: Any) -> list[Any]:
    return database.call(lambda session: list(session.execute(text(sql), given).all()))


def code_of(database: Database, function: Any, command: Any) -> str:
    with pytest.raises(EtsError) as refusal:
        database.call(function, command)
    return refusal.value.code


def listed(database: Database, asker: Agent | None = None) -> tuple[ApprovalRow, ...]:
    return database.call(approvals, None if asker is None else asker.id).rows


@pytest.fixture
def chief(database: Database) -> Agent:
    """A second supervisor."""
    return make(database, an_agent, name="정팀장", role="supervisor")


@pytest.fixture
def closed(database: Database, kim: Agent) -> Ticket:
    return make(database, a_ticket, created_by=kim, status="completed")


def large_claim(database: Database, actor: Agent, amount: int = 400_000) -> ClaimRequested:
    """A cancelled order's, accepted; the whole amount is paid back."""
    line = shipped_line(database, amount=amount, quantity=1, order_status="paid", tracking_no="")
    return requested(
        database, actor, without_goods(ClaimType.CANCEL, line, quantity=1, fee_method=None)
    )


def refund(actor: Agent, made: ClaimRequested) -> DecideLines:
    return DecideLines(actor.id, made.claim.claim_id, Decision.REFUND)


def ask_refund(database: Database, actor: Agent, made: ClaimRequested) -> int:
    command = AskToRefund(actor.id, made.claim.claim_id, WHY)
    return database.call(ask_to_refund, command).value.approval_id


def approve(database: Database, actor: Agent, approval_id: int) -> None:
    database.call(answer_approval, AnswerApproval(actor.id, approval_id, approves=True))


# Reopening


def test_an_approved_reopening_gives_the_ticket_back_to_whoever_asked(
    database: Database, login: Login, kim: Agent, lee: Agent, park: Agent, closed: Ticket
) -> None:
    done = login(lee).call(ask_to_reopen, AskToReopen(lee.id, closed.id, WHY))
    assert done.touched == {APPROVALS}
    [waiting] = listed(database)
    assert (waiting.kind, waiting.state) == (ApprovalKind.REOPEN, ApprovalState.PENDING)
    assert (waiting.asker, waiting.ticket_no, waiting.reason) == (
        "이담당",
        closed.ticket_no,
        WHY,
    )
    answered = login(park).call(
        answer_approval, AnswerApproval(park.id, done.value.approval_id, approves=True)
    )
    assert {APPROVALS, ticket_topic(closed.id)} <= answered.touched
    detail = database.call(ticket_detail, closed.id)
    assert (detail.status, detail.assignee) == ("received", "이담당")
    [row] = listed(database)
    assert (row.state, row.answerer) == (ApprovalState.APPROVED, "박관리")
    told = "SELECT kind, note, agent_id FROM activity"
    assert rows(database, told) == [("reopen", WHY, park.id)]
    steps = "SELECT state, agent_id FROM approval_history ORDER BY id"
    assert rows(database, steps) == [("pending", lee.id), ("approved", park.id)]


def test_of_who_left_the_supervisor_takes_it(
    database: Database, login: Login, lee: Agent, park: Agent, closed: Ticket
) -> None:
    asked = login(lee).call(ask_to_reopen, AskToReopen(lee.id, closed.id, WHY)).value
    rows(database, "UPDATE agent SET active = false WHERE id = :id RETURNING 1", id=lee.id)
    approve(login(park), park, asked.approval_id)
    assert database.call(ticket_detail, closed.id).assignee == "박관리"


def test_a_refused_one_needs_its_reason_and_stays_closed(
    database: Database, login: Login, lee: Agent, park: Agent, closed: Ticket
) -> None:
    asked = login(lee).call(ask_to_reopen, AskToReopen(lee.id, closed.id, WHY)).value
    refusal = AnswerApproval(park.id, asked.approval_id, approves=False)
    assert code_of(login(park), answer_approval, refusal) == "needs_reason"
    login(park).call(answer_approval, replace(refusal, reason="새 접수로"))
    assert database.call(ticket_detail, closed.id).status == "completed"
    [row] = listed(database, lee)
    assert (row.state, row.answer_reason) == (ApprovalState.REFUSED, "새 접수로")
    assert code_of(login(park), answer_approval, replace(refusal, approves=True)) == (
        "approval_answered"
    )
    shown = database.call(ticket_approvals, closed.id, 300_000).rows
    assert [each.state for each in shown] == [ApprovalState.REFUSED]


def test_the_same_question_is_asked_once(
    login: Login, kim: Agent, lee: Agent, closed: Ticket
) -> None:
    first = login(lee).call(ask_to_reopen, AskToReopen(lee.id, closed.id, WHY)).value
    again = login(lee).call(ask_to_reopen, AskToReopen(lee.id, closed.id, "급함")).value
    assert (again.approval_id, again.repeated) == (first.approval_id, True)
    other = AskToReopen(kim.id, closed.id, WHY)
    assert code_of(login(kim), ask_to_reopen, other) == "approval_pending"


def test_nothing_is_asked_for_what_is_open(login: Login, database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    for why, code in (("", "needs_reason"), ("가" * 201, "text_too_long"), (WHY, "ticket_open")):
        assert code_of(login(kim), ask_to_reopen, AskToReopen(kim.id, ticket.id, why)) == code


def test_a_supervisor_who_reopens_without_being_asked_settles_the_question(
    database: Database, login: Login, lee: Agent, park: Agent, closed: Ticket
) -> None:
    asked = login(lee).call(ask_to_reopen, AskToReopen(lee.id, closed.id, WHY)).value
    login(park).call(reopen_ticket, ReopenTicket(park.id, closed.id, 1, "먼저"))
    [row] = listed(database)
    assert row.state is ApprovalState.EXPIRED
    answer = AnswerApproval(park.id, asked.approval_id, approves=True)
    assert code_of(login(park), answer_approval, answer) == "approval_answered"


def test_only_who_asked_takes_it_back(
    database: Database, login: Login, kim: Agent, lee: Agent, park: Agent, closed: Ticket
) -> None:
    asked = login(lee).call(ask_to_reopen, AskToReopen(lee.id, closed.id, WHY)).value
    withdraw = WithdrawApproval(asked.approval_id)
    assert code_of(login(kim), withdraw_approval, withdraw) == "approval_answered"
    assert code_of(login(park), withdraw_approval, withdraw) == "not_allowed"
    login(lee).call(withdraw_approval, withdraw)
    assert [row.state for row in listed(database)] == [ApprovalState.WITHDRAWN]
    assert database.call(ticket_approvals, closed.id, 300_000).rows == ()
    gone = WithdrawApproval(asked.approval_id + 1)
    assert code_of(login(lee), withdraw_approval, gone) == "no_such_approval"


def test_only_supervisors_answer_and_never_themselves(
    database: Database, login: Login, kim: Agent, lee: Agent, park: Agent, closed: Ticket
) -> None:
    asked = login(lee).call(ask_to_reopen, AskToReopen(lee.id, closed.id, WHY)).value
    by_kim = AnswerApproval(kim.id, asked.approval_id, approves=True)
    assert code_of(login(kim), answer_approval, by_kim) == "only_supervisor_answers"
    other = make(database, a_ticket, created_by=kim, status="completed")
    own = login(park).call(ask_to_reopen, AskToReopen(park.id, other.id, WHY)).value
    by_park = AnswerApproval(park.id, own.approval_id, approves=True)
    assert code_of(login(park), answer_approval, by_park) == "approval_own"
    raw = "UPDATE approval SET state = 'approved' WHERE id = :id RETURNING 1"
    with pytest.raises(RuleViolation) as refusal:
        rows(login(park), raw, id=own.approval_id)
    assert refusal.value.code == "approval_own"


# Large refunds


def test_a_large_refund_waits_for_an_approval_of_its_amount(
    database: Database, login: Login, kim: Agent, park: Agent
) -> None:
    made = large_claim(database, kim)
    desk = login(kim)
    assert code_of(desk, decide_lines, refund(kim, made)) == "refund_needs_approval"
    need = database.call(ticket_approvals, made.ticket_id, 300_000)
    assert need.refund is not None
    assert (need.refund.amount, need.rows) == (400_000, ())
    approval_id = ask_refund(desk, kim, made)
    assert code_of(desk, decide_lines, refund(kim, made)) == "refund_needs_approval"
    waiting = database.call(ticket_approvals, made.ticket_id, 300_000)
    assert waiting.refund is None
    assert [(row.amount, row.state) for row in waiting.rows] == [(400_000, ApprovalState.PENDING)]
    approve(login(park), park, approval_id)
    assert database.call(ticket_approvals, made.ticket_id, 300_000).refund is None
    assert desk.call(decide_lines, refund(kim, made)).value.refund == 400_000
    [row] = listed(database)
    assert (row.state, row.used_at is None) == (ApprovalState.APPROVED, False)
    assert database.call(ticket_approvals, made.ticket_id, 300_000).rows == ()


def test_below_the_limit_nobody_is_asked(database: Database, login: Login, kim: Agent) -> None:
    made = large_claim(database, kim, amount=299_999)
    assert code_of(login(kim), ask_to_refund, AskToRefund(kim.id, made.claim.claim_id, WHY)) == (
        "approval_not_needed"
    )
    assert database.call(ticket_approvals, made.ticket_id, 300_000).refund is None
    assert login(kim).call(decide_lines, refund(kim, made)).value.refund == 299_999


def test_the_house_sets_its_own_limit(database: Database, login: Login, kim: Agent) -> None:
    rows(
        database, "INSERT INTO setting VALUES ('approval_limits', '{\"refund\": 5000}') RETURNING 1"
    )
    made = large_claim(database, kim, amount=5_000)
    assert code_of(login(kim), decide_lines, refund(kim, made)) == "refund_needs_approval"


def test_supervisors_ask_as_everybody_does(
    database: Database, login: Login, park: Agent, chief: Agent
) -> None:
    made = large_claim(database, park)
    desk = login(park)
    assert code_of(desk, decide_lines, refund(park, made)) == "refund_needs_approval"
    approval_id = ask_refund(desk, park, made)
    own = AnswerApproval(park.id, approval_id, approves=True)
    assert code_of(desk, answer_approval, own) == "approval_own"
    approve(login(chief), chief, approval_id)
    assert desk.call(decide_lines, refund(park, made)).value.refund == 400_000


def test_the_warehouse_asks_too(database: Database, login: Login, kim: Agent, park: Agent) -> None:
    choi = make(database, an_agent, name="최창고", role="warehouse")
    line = shipped_line(database, amount=500_000, quantity=1)
    made = requested(database, kim, wish(line, fee=0, fee_method=None))
    desk = login(choi)
    arrived(desk, choi, made, line.id)
    assert code_of(desk, decide_lines, refund(choi, made)) == "refund_needs_approval"
    approve(login(park), park, ask_refund(desk, choi, made))
    assert desk.call(decide_lines, refund(choi, made)).value.refund == 500_000


def test_what_is_paid_in_parts_counts_together(
    database: Database, login: Login, kim: Agent, park: Agent
) -> None:
    first, second = (shipped_line(database, amount=200_000, quantity=1) for _ in range(2))
    rows(
        database,
        "UPDATE order_line SET order_id = :o, line_no = 'b' WHERE id = :id RETURNING 1",
        o=first.order_id,
        id=second.id,
    )
    made = requested(database, kim, wish(first, second, fee=0, fee_method=None))
    desk = login(kim)
    arrived(desk, kim, made, first.id, second.id)
    one, two = (replace(refund(kim, made), order_line_ids=(line.id,)) for line in (first, second))
    assert desk.call(decide_lines, one).value.refund == 200_000
    assert code_of(desk, decide_lines, two) == "refund_needs_approval"
    asked = desk.call(ask_to_refund, AskToRefund(kim.id, made.claim.claim_id, WHY)).value
    assert asked.amount == 400_000
    approve(login(park), park, asked.approval_id)
    assert desk.call(decide_lines, two).value.refund == 200_000


def test_another_amount_is_another_question(
    database: Database, login: Login, kim: Agent, park: Agent
) -> None:
    line = shipped_line(database, amount=400_000, quantity=1)
    made = requested(database, kim, wish(line))
    desk, claim_id = login(kim), made.claim.claim_id
    approve(login(park), park, ask_refund(desk, kim, made))
    fee = ChangeFee(kim.id, claim_id, made.claim.version, Fault.SELLER, 0, None)
    desk.call(change_fee, fee)
    [row] = listed(database)
    assert (row.amount, row.state) == (397_000, ApprovalState.EXPIRED)
    arrived(desk, kim, made, line.id)
    assert code_of(desk, decide_lines, refund(kim, made)) == "refund_needs_approval"
    ask_refund(desk, kim, made)
    assert [row.amount for row in listed(database) if row.is_pending] == [400_000]


def test_a_claim_that_ends_settles_its_question(
    database: Database, login: Login, kim: Agent
) -> None:
    line = shipped_line(database, amount=400_000, quantity=1)
    made = requested(database, kim, wish(line))
    ask_refund(login(kim), kim, made)
    login(kim).call(
        withdraw_claim, EndClaim(kim.id, made.claim.claim_id, made.claim.version, "변심")
    )
    assert [row.state for row in listed(database)] == [ApprovalState.EXPIRED]
    assert code_of(login(kim), ask_to_refund, AskToRefund(kim.id, made.claim.claim_id, WHY)) == (
        "claim_closed"
    )


def test_an_exchange_that_pays_back_much_needs_it_too(
    database: Database, login: Login, kim: Agent, park: Agent
) -> None:
    line = shipped_line(database, amount=900_000, quantity=1)
    goods = other_goods(database, 500_000)
    asked = wish(line, claim_type=ClaimType.EXCHANGE_OTHER, goods=goods, fee=0, fee_method=None)
    made = requested(database, kim, asked)
    desk = login(kim)
    arrived(desk, kim, made, line.id)
    exchange = DecideLines(kim.id, made.claim.claim_id, Decision.EXCHANGE)
    assert code_of(desk, decide_lines, exchange) == "refund_needs_approval"
    command = AskToRefund(kim.id, made.claim.claim_id, WHY, Decision.EXCHANGE)
    given = desk.call(ask_to_refund, command).value
    assert given.amount == 400_000
    approve(login(park), park, given.approval_id)
    assert desk.call(decide_lines, exchange).value.refund == 400_000


@pytest.mark.parametrize("fee", [0, 6_000])
@pytest.mark.parametrize("decision", [Decision.REFUND, Decision.EXCHANGE, Decision.SEND_BACK])
@pytest.mark.parametrize("exchange", [None, 1_000, 50_000])
def test_the_database_reckons_what_the_program_pays(
    database: Database, kim: Agent, fee: int, decision: Decision, exchange: int | None
) -> None:
    line = shipped_line(database)
    asked = wish(line, quantity=2, fee=fee, fee_method=FeeMethod.UNPAID if fee else None)
    if exchange is not None:
        goods = other_goods(database, exchange)
        asked = replace(asked, claim_type=ClaimType.EXCHANGE_OTHER, goods=goods)
    made = requested(database, kim, asked)
    arrived(database, kim, made, line.id)
    command = DecideLines(kim.id, made.claim.claim_id, decision, reason="검수 결과")
    done = database.call(decide_lines, command).value
    [[reckoned]] = rows(database, "SELECT claim_refund(:id)", id=made.claim.claim_id)
    assert reckoned == done.refund


def test_a_refund_is_never_instructed_past_it(
    database: Database, login: Login, kim: Agent, park: Agent
) -> None:
    made = large_claim(database, kim)
    sql = (
        "INSERT INTO logistics_instruction (key, kind, order_id, claim_id, body)"
        " SELECT :key, 'refund', order_id, {}, CAST(:body AS jsonb) FROM claim"
        " WHERE id = :claim RETURNING 1"
    )

    def instruct(body: str, key: str = "k", which: str = "id", agent: Agent = kim) -> Any:
        given = {"key": key, "body": body, "claim": made.claim.claim_id}
        return rows(login(agent), sql.format(which), **given)

    for body, which in (('{"amount": 300000}', "id"), ('{"amount": 1}', "NULL")):
        for agent in (kim, park):
            with pytest.raises(RuleViolation):
                instruct(body, which=which, agent=agent)
    for body in ("{}", '{"amount": "1"}', '{"amount": -1}', '{"amount": 299999.5}'):
        with pytest.raises(RuleViolation):
            instruct(body)
    instruct('{"amount": 200000}')
    with pytest.raises(RuleViolation) as refusal:
        instruct('{"amount": 100000}', key="another")
    assert refusal.value.code == "refund_needs_approval"


def test_no_amount_is_asked_that_the_claim_has_not(
    database: Database, login: Login, kim: Agent
) -> None:
    made = large_claim(database, kim)
    sql = (
        "INSERT INTO approval (kind, claim_id, amount, reason, asked_by)"
        " VALUES ('refund', :claim, :amount, 'x', :me) RETURNING 1"
    )
    for amount in (299_999, 400_001):
        with pytest.raises(RuleViolation) as refusal:
            rows(login(kim), sql, claim=made.claim.claim_id, amount=amount, me=kim.id)
        assert refusal.value.code == "approval_not_needed"


def test_what_pays_nothing_back_needs_no_approval(
    database: Database, login: Login, kim: Agent
) -> None:
    line = shipped_line(database, amount=900_000, quantity=1)
    made = requested(database, kim, wish(line))
    command = AskToRefund(kim.id, made.claim.claim_id, WHY, Decision.SEND_BACK)
    assert code_of(login(kim), ask_to_refund, command) == "approval_not_needed"


# Exports


def export(persons: int = 350, **values: Any) -> LogAccess:
    condition = {"reason": WHY, "conditions": {"orderer": "김정민"}, "columns": ["주문번호"]}
    defaults = {"subject": "list/주문목록", "condition": condition, "row_count": 500}
    return LogAccess("export", persons=persons, **defaults | values)


ASK = AskToExport(0, "주문목록", WHY, {"orderer": "김정민"}, 500, 350)


def test_an_approved_export_is_made_once(
    database: Database, login: Login, kim: Agent, park: Agent
) -> None:
    desk = login(kim)
    with pytest.raises(RuleViolation) as refusal:
        desk.call(log_access, export())
    assert refusal.value.code == "export_needs_approval"
    asked = desk.call(ask_to_export, replace(ASK, actor_id=kim.id)).value
    again = desk.call(ask_to_export, replace(ASK, actor_id=kim.id)).value
    assert again == replace(asked, repeated=True)
    approve(login(park), park, asked.approval_id)
    for other in (
        export(subject="list/전체상담이력"),
        export(condition={"conditions": {"orderer": "이영희"}}),
    ):
        with pytest.raises(RuleViolation):
            desk.call(log_access, other)
    desk.call(log_access, export())
    [logged] = rows(database, "SELECT condition->'approval' FROM access_log")
    assert logged == (asked.approval_id,)
    with pytest.raises(RuleViolation):
        desk.call(log_access, export())
    [row] = listed(database)
    assert (row.state, row.used_at is None, row.persons) == (ApprovalState.APPROVED, False, 350)


def test_an_approval_is_its_askers_for_an_hour(
    database: Database, login: Login, kim: Agent, lee: Agent, park: Agent
) -> None:
    asked = login(kim).call(ask_to_export, replace(ASK, actor_id=kim.id)).value
    assert listed(login(lee)) == ()
    approve(login(park), park, asked.approval_id)
    with pytest.raises(RuleViolation):
        login(lee).call(log_access, export())
    rows(database, "UPDATE approval SET answered_at = now() - interval '61 minutes' RETURNING 1")
    with pytest.raises(RuleViolation):
        login(kim).call(log_access, export())
    assert [row.state for row in listed(database)] == [ApprovalState.EXPIRED]


def test_few_people_and_supervisors_need_none(
    login: Login, kim: Agent, park: Agent, database: Database
) -> None:
    login(kim).call(log_access, export(persons=99))
    login(park).call(log_access, export(persons=5_000))
    assert listed(database) == ()


def test_what_nobody_counted_counts_by_rows(login: Login, kim: Agent) -> None:
    with pytest.raises(RuleViolation):
        login(kim).call(log_access, replace(export(), persons=None))
    with pytest.raises(RuleViolation):
        login(kim).call(log_access, replace(export(), persons=None, row_count=None))


def test_all_of_one_customer_needs_it_as_well(
    database: Database, login: Login, kim: Agent, park: Agent
) -> None:
    number = make(database, a_customer, name="홍길동").customer_no
    wanted = CustomerRequest(number, "본인 요청")
    desk = login(kim)
    assert code_of(desk, export_customer, wanted) == "export_needs_approval"
    asked = desk.call(ask_to_export_customer, AskToExportCustomer(number, "본인 요청")).value
    [row] = listed(desk)
    assert (row.persons, row.asker) == (1, "김상담")
    approve(login(park), park, asked.approval_id)
    assert desk.call(export_customer, wanted).value["customer"]["name"] == "홍길동"
    assert code_of(desk, export_customer, wanted) == "export_needs_approval"
    assert login(park).call(export_customer, wanted).value["customer"]["name"] == "홍길동"


def test_nobody_asks_about_a_customer_who_is_not_there(login: Login, kim: Agent) -> None:
    with pytest.raises(NotFound):
        login(kim).call(ask_to_export_customer, AskToExportCustomer("C000000001", WHY))


# What is kept of it


def test_what_was_written_goes_with_the_person(
    database: Database, login: Login, lee: Agent, park: Agent, closed: Ticket
) -> None:
    login(lee).call(ask_to_reopen, AskToReopen(lee.id, closed.id, "홍길동 고객 요청"))
    login(lee).call(ask_to_export, replace(ASK, actor_id=lee.id))
    rows(database, "UPDATE ticket SET completed_at = now() - interval '9 years' RETURNING 1")
    rows(database, "UPDATE approval SET asked_at = now() - interval '3 years' RETURNING 1")
    database.call(erase_old)
    kept = rows(database, "SELECT reason, conditions FROM approval ORDER BY id")
    assert kept == [("(파기)", None), ("(파기)", {})]


def test_the_newest_answers_stand_behind_what_waits(
    database: Database, login: Login, kim: Agent, lee: Agent, park: Agent
) -> None:
    tickets = [make(database, a_ticket, created_by=kim, status="completed") for _ in range(4)]
    asked = [
        login(kim).call(ask_to_reopen, AskToReopen(kim.id, ticket.id, WHY)).value.approval_id
        for ticket in tickets
    ]
    login(lee).call(ask_to_export, replace(ASK, actor_id=lee.id))
    for number in (0, 2):
        approve(login(park), park, asked[number])
    found = database.call(approvals)
    assert found.pending == 3
    assert [row.approval_id for row in found.rows][:2] == [asked[1], asked[3]]
    assert [row.approval_id for row in found.rows][3:] == [asked[2], asked[0]]
    assert database.call(approvals, kim.id).pending == 2


# From a plain shell


def test_a_trigger_of_ones_own_answers_nothing(
    database: Database, login: Login, kim: Agent, park: Agent, closed: Ticket
) -> None:
    desk = login(kim)
    asked = desk.call(ask_to_reopen, AskToReopen(kim.id, closed.id, WHY)).value.approval_id
    refusal = AnswerApproval(park.id, asked, approves=False, reason="사유 부족")
    login(park).call(answer_approval, refusal)

    def forge(session: Session) -> None:
        # As a modified program would; the house's server lets nobody make temporary tables.
        session.execute(text("CREATE TEMPORARY TABLE mine (id bigint)"))
        session.execute(
            text(
                "CREATE FUNCTION pg_temp.forged() RETURNS trigger LANGUAGE plpgsql AS"
                " 'BEGIN UPDATE approval SET state = ''approved'' WHERE id = NEW.id;"
                " RETURN NEW; END'"
            )
        )
        session.execute(
            text(
                "CREATE TRIGGER forged BEFORE INSERT ON mine"
                " FOR EACH ROW EXECUTE FUNCTION pg_temp.forged()"
            )
        )
        session.execute(text("INSERT INTO mine VALUES (:id)"), {"id": asked})

    with pytest.raises(EtsError):
        desk.call(forge)
    assert [row.state for row in listed(database)] == [ApprovalState.REFUSED]


@pytest.mark.parametrize("reason", ["\n\t", "\u200b\u3164", "가" * 201])
def test_nobody_is_shown_what_cannot_be_read(
    login: Login, kim: Agent, closed: Ticket, reason: str
) -> None:
    sql = (
        "INSERT INTO approval (kind, ticket_id, reason, asked_by)"
        " VALUES ('reopen', :ticket, :reason, :me) RETURNING 1"
    )
    with pytest.raises(IntegrityError):
        rows(login(kim), sql, ticket=closed.id, reason=reason, me=kim.id)


@pytest.mark.parametrize(
    ("name", "conditions", "persons"),
    [
        ("주문목록", "[1]", 1),
        ("주문목록", "null", 1),
        ("주문목록", f'{{"orderer": "{"홍" * 40_000}"}}', 1),
        ("주문목록", "{}", -1),
        ("", "{}", 1),
        ("가" * 101, "{}", 1),
    ],
)
def test_no_export_is_asked_for_that_a_list_could_not_show(
    login: Login, kim: Agent, name: str, conditions: str, persons: int
) -> None:
    sql = (
        "INSERT INTO approval (kind, list_name, conditions, persons, reason, asked_by)"
        " VALUES ('export', :name, CAST(:conditions AS jsonb), :persons, 'x', :me) RETURNING 1"
    )
    with pytest.raises(IntegrityError):
        rows(login(kim), sql, name=name, conditions=conditions, persons=persons, me=kim.id)


def test_a_reason_is_one_line_that_reads_from_left_to_right(
    database: Database, login: Login, kim: Agent, closed: Ticket
) -> None:
    command = AskToReopen(kim.id, closed.id, " 다시\n\x07 \u202e전화 ")
    login(kim).call(ask_to_reopen, command)
    assert [row.reason for row in listed(database)] == ["다시 전화"]


def test_whoever_types_what_stands_for_the_forgotten_forgets_nothing(
    database: Database, login: Login, kim: Agent
) -> None:
    made = large_claim(database, kim)
    ask_refund(login(kim), kim, made)
    [[ticket_id]] = rows(database, "SELECT ticket_id FROM claim")
    typed = "UPDATE ticket SET content = '(파기)' WHERE id = :id RETURNING content"
    assert rows(login(kim), typed, id=ticket_id) == [("(파기)",)]
    assert [row.reason for row in listed(database)] == [WHY]
