"""접수정보저장, 완료처리, 폐기처리, 재오픈: what they write, refuse, and never do twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.domain.tickets import follow_up_form
from ets_desktop.queries.history import ticket_history_rows
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.holidays import default_due_on
from ets_desktop.services.ticket_forms import ReceiveTicket, SaveTicket
from ets_desktop.services.tickets import (
    CompleteTicket,
    DiscardTicket,
    OpenTicket,
    ReopenTicket,
    complete_ticket,
    discard_ticket,
    open_ticket,
    receive_ticket,
    reopen_ticket,
    save_ticket,
)
from tests.factories import (
    a_call,
    a_callback,
    a_category,
    a_customer,
    a_draft,
    a_form,
    a_leg,
    a_ticket,
    a_transfer,
    an_order,
    an_order_line,
    make,
)

Login = Callable[[Agent], Database]


def value(database: Database, sql: str, **given: Any) -> Any:
    return database.call(lambda session: session.execute(text(sql), given).scalar())


def history(database: Database, ticket_id: int) -> list[tuple[str, str, str, str]]:
    page = database.call(ticket_history_rows, ticket_id, None, 50)
    return [(row.changed_by, row.field, row.old, row.new) for row in reversed(page.rows)]


def load(database: Database, ticket_id: int, actor: Agent, **changes: Any) -> SaveTicket:
    """A save of the ticket as it is loaded now, with some fields typed over."""
    detail = database.call(ticket_detail, ticket_id)
    return SaveTicket(actor.id, ticket_id, detail.version, replace(detail.form, **changes))


def test_a_new_form_becomes_a_received_ticket_of_mine(database: Database, kim: Agent) -> None:
    form = a_form(tags=("지연 ",), caller_number="+82 10-0000-0001")
    done = database.call(receive_ticket, ReceiveTicket(kim.id, form))
    detail = database.call(ticket_detail, done.value.ticket_id)
    today = seoul_date(datetime.now(UTC))
    assert detail.ticket_no == done.value.ticket_no == f"{today:%y%m%d}-00001"
    assert (detail.status, detail.version, detail.assignee, detail.creator) == (
        "received",
        1,
        "김상담",
        "김상담",
    )
    assert detail.form.tags == ("지연",)
    assert detail.form.caller_number == "01000000001"
    assert detail.form.due_on == database.call(default_due_on, "delivery", today)
    assert done.touched == {f"ticket/{detail.ticket_id}", f"agent/{kim.id}"}
    assert history(database, detail.ticket_id) == [("김상담", "created", "", "received")]


def test_the_same_save_twice_makes_one_ticket(database: Database, kim: Agent) -> None:
    command = ReceiveTicket(kim.id, a_form())
    first = database.call(receive_ticket, command).value
    again = database.call(receive_ticket, command).value
    assert not first.repeated
    assert again == replace(first, repeated=True)
    assert value(database, "SELECT count(*) FROM ticket") == 1


def test_two_saves_of_one_form_at_once_make_one_ticket(database: Database, kim: Agent) -> None:
    command = ReceiveTicket(kim.id, a_form())
    with ThreadPoolExecutor(4) as pool:
        saves = [pool.submit(database.call, receive_ticket, command) for _ in range(8)]
        made = {save.result().value.ticket_id for save in saves}
    assert len(made) == 1
    assert value(database, "SELECT count(*) FROM ticket") == 1


def test_what_was_typed_after_a_lost_answer_goes_into_the_same_ticket(
    database: Database, kim: Agent
) -> None:
    command = ReceiveTicket(kim.id, a_form(content="처음"))
    first = database.call(receive_ticket, command).value
    more = replace(command, form=replace(command.form, content="처음과 그 뒤"))
    second = database.call(receive_ticket, more).value
    assert (second.ticket_id, second.version, second.repeated) == (first.ticket_id, 2, False)


def test_a_repeated_form_may_be_completed_the_second_time(database: Database, kim: Agent) -> None:
    command = ReceiveTicket(kim.id, a_form())
    first = database.call(receive_ticket, command).value
    completed = database.call(complete_ticket, CompleteTicket(command)).value
    assert (completed.ticket_id, completed.status) == (first.ticket_id, "completed")


def test_a_faulty_form_names_its_field(database: Database, kim: Agent) -> None:
    with pytest.raises(RuleViolation) as refused:
        database.call(receive_ticket, ReceiveTicket(kim.id, a_form(content="가" * 2001)))
    assert (refused.value.code, refused.value.field) == ("content_too_long", "content")
    assert refused.value.details == {"limit": 2000}
    assert value(database, "SELECT count(*) FROM ticket") == 0


def test_a_caller_number_that_is_none_is_refused(database: Database, kim: Agent) -> None:
    buyer = make(database, a_customer)
    form = a_form(customer_id=buyer.id, caller_number="발신번호표시제한")
    with pytest.raises(RuleViolation) as refused:
        database.call(receive_ticket, ReceiveTicket(kim.id, form))
    assert (refused.value.code, refused.value.field) == ("no_phone_number", "caller_number")


def test_a_category_belongs_to_its_type(database: Database, kim: Agent) -> None:
    returns = make(database, a_category, ticket_type="return")
    with pytest.raises(RuleViolation) as refused:
        database.call(receive_ticket, ReceiveTicket(kim.id, a_form(category_id=returns.id)))
    assert refused.value.code == "category_of_other_type"
    form = a_form(ticket_type="return", category_id=returns.id)
    assert database.call(receive_ticket, ReceiveTicket(kim.id, form)).value.version == 1


def test_a_product_belongs_to_its_order(database: Database, kim: Agent) -> None:
    line = make(database, an_order_line)
    other = make(database, an_order)
    for order_id in (None, other.id):
        form = a_form(order_id=order_id, order_line_id=line.id)
        with pytest.raises(RuleViolation) as refused:
            database.call(receive_ticket, ReceiveTicket(kim.id, form))
        assert refused.value.code == "line_of_other_order"
    form = a_form(order_id=line.order_id, order_line_id=line.id)
    done = database.call(receive_ticket, ReceiveTicket(kim.id, form))
    assert f"order/{line.order_id}" in done.touched


def test_the_call_in_the_form_is_linked(database: Database, kim: Agent) -> None:
    caller = make(database, a_customer)
    call = make(database, a_call)
    make(database, a_leg, call=call, agent=kim, end="no_answer")
    form = a_form(customer_id=caller.id)
    command = ReceiveTicket(kim.id, form, call_id=call.id)
    ticket_id = database.call(receive_ticket, command).value.ticket_id
    database.call(receive_ticket, command)
    assert value(database, "SELECT ticket_id FROM activity WHERE kind = 'call'") == ticket_id
    assert value(database, "SELECT customer_id FROM call") == caller.id
    assert value(database, "SELECT handled_at FROM call_leg") is not None
    assert value(database, "SELECT last_contact_at FROM customer") is not None


def test_a_call_keeps_its_customer_when_the_form_has_none(database: Database, kim: Agent) -> None:
    call = make(database, a_call, customer=make(database, a_customer))
    database.call(receive_ticket, ReceiveTicket(kim.id, a_form(), call_id=call.id))
    assert value(database, "SELECT customer_id FROM call") == call.customer_id


def test_an_order_that_is_nobodys_becomes_the_customers_with_the_ticket(
    database: Database, kim: Agent
) -> None:
    """주문 연결 was answered Yes before the caller had a name."""
    buyer, other = make(database, a_customer), make(database, a_customer)
    free, taken = make(database, an_order), make(database, an_order, customer=other)
    for order in (free, taken):
        form = replace(a_form(), customer_id=buyer.id, order_id=order.id)
        database.call(receive_ticket, ReceiveTicket(kim.id, form))
    owners = "SELECT customer_id FROM sales_order WHERE id = :order"
    assert value(database, owners, order=free.id) == buyer.id
    assert value(database, owners, order=taken.id) == other.id


def test_a_draft_goes_with_its_save_and_stays_with_a_refused_one(
    database: Database, kim: Agent, lee: Agent
) -> None:
    mine = make(database, a_draft, agent=kim)
    lees = make(database, a_draft, agent=lee)
    faulty = ReceiveTicket(kim.id, a_form(content=""), draft_id=mine.id)
    with pytest.raises(RuleViolation):
        database.call(receive_ticket, faulty)
    assert value(database, "SELECT count(*) FROM draft") == 2
    done = database.call(receive_ticket, replace(faulty, form=a_form()))
    assert f"drafts/{kim.id}" in done.touched
    database.call(receive_ticket, replace(faulty, form=a_form(), draft_id=lees.id))
    assert value(database, "SELECT id FROM draft") == lees.id


def test_a_loaded_ticket_is_saved_as_its_next_version(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    done = database.call(save_ticket, load(database, ticket.id, kim, title="새 제목"))
    assert (done.value.version, done.value.repeated) == (2, False)
    assert history(database, ticket.id)[1:] == [("김상담", "title", "배송 문의", "새 제목")]


def test_a_save_without_a_change_writes_nothing(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    saved = database.call(save_ticket, load(database, ticket.id, kim)).value
    assert (saved.version, saved.repeated) == (1, True)


def test_a_save_without_a_due_date_keeps_it(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    database.call(save_ticket, load(database, ticket.id, kim, title="다른", due_on=None))
    assert database.call(ticket_detail, ticket.id).form.due_on == ticket.due_on


def test_an_overdue_ticket_can_still_be_saved_but_not_moved_into_the_past(
    database: Database, kim: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim, due_on=date(2026, 1, 2))
    database.call(save_ticket, load(database, ticket.id, kim, title="아직"))
    with pytest.raises(RuleViolation) as refused:
        database.call(save_ticket, load(database, ticket.id, kim, due_on=date(2026, 1, 5)))
    assert (refused.value.code, refused.value.field) == ("due_on_in_past", "due_on")


def test_an_older_version_is_refused_and_told_what_changed(
    database: Database, kim: Agent, park: Agent
) -> None:
    buyer = make(database, a_customer, name="최구매")
    ticket = make(database, a_ticket, created_by=kim)
    mine = load(database, ticket.id, kim, content="내 말", title="내 제목")
    theirs = load(
        database, ticket.id, park, title="관리자 제목", customer_id=buyer.id, tags=("급",)
    )
    database.call(save_ticket, theirs)
    with pytest.raises(StaleData) as stale:
        database.call(save_ticket, mine)
    assert stale.value.code == "stale_ticket"
    told = {change.field: (change.theirs, change.changed_by) for change in stale.value.changes}
    assert told == {
        "title": ("관리자 제목", "박관리"),
        "customer_id": (f"{buyer.customer_no} 최구매", "박관리"),
        "tags": ("급", "박관리"),
        "assignee_id": ("박관리", "박관리"),
    }
    changed_at = datetime.fromisoformat(stale.value.changes[0].changed_at)
    assert abs(changed_at - datetime.now(UTC)) < timedelta(minutes=5)
    assert database.call(ticket_detail, ticket.id).form.content == "언제 오나요"


def test_of_two_saves_at_once_one_is_stale(database: Database, kim: Agent, lee: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim, assignee=lee)
    saves = [
        load(database, ticket.id, who, title=f"제목 {who.name}") for who in (kim, lee) for _ in "ab"
    ]
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(database.call, save_ticket, save) for save in saves]
    stale = [job for job in jobs if isinstance(job.exception(), StaleData)]
    written = [job.result().value for job in jobs if job not in stale]
    # Of the winner's two saves the second finds everything standing.
    assert [saved.repeated for saved in sorted(written, key=lambda s: s.repeated)] == [False, True]
    assert value(database, "SELECT version FROM ticket") == 2


def test_a_save_that_comes_again_is_no_conflict(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    save = load(database, ticket.id, kim, title="한 번")
    database.call(save_ticket, save)
    again = database.call(save_ticket, save)
    assert (again.value.version, again.value.repeated) == (2, True)
    assert f"ticket/{ticket.id}" in again.touched


def test_working_on_somebody_elses_ticket_is_a_take_over(
    database: Database, kim: Agent, lee: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    done = database.call(save_ticket, load(database, ticket.id, lee, title="제가 볼게요"))
    assert done.value.taken_over
    assert f"agent/{kim.id}" in done.touched
    detail = database.call(ticket_detail, ticket.id)
    assert (detail.assignee, detail.version) == ("이담당", done.value.version)
    assert [(by, field) for by, field, _, _ in history(database, ticket.id)] == [
        ("김상담", "created"),
        ("이담당", "take_over"),
        ("이담당", "assignee_id"),
        ("이담당", "title"),
    ]


def test_who_received_a_ticket_works_on_it_without_taking_over(
    database: Database, kim: Agent, lee: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim, assignee=lee)
    done = database.call(save_ticket, load(database, ticket.id, kim, title="덧붙임"))
    assert not done.value.taken_over
    assert database.call(ticket_detail, ticket.id).assignee == "이담당"


def test_taking_over_moves_the_callback_along(database: Database, kim: Agent, lee: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    make(database, a_callback, ticket=ticket, assignee=kim)
    database.call(save_ticket, load(database, ticket.id, lee, title="제가 볼게요"))
    assert value(database, "SELECT assignee_id FROM callback") == lee.id


def test_completing_a_new_form_makes_a_completed_ticket(database: Database, kim: Agent) -> None:
    saved = database.call(complete_ticket, CompleteTicket(ReceiveTicket(kim.id, a_form()))).value
    detail = database.call(ticket_detail, saved.ticket_id)
    assert (detail.status, detail.version, saved.status) == ("completed", 1, "completed")
    assert detail.completed_at is not None
    assert value(database, "SELECT completed_by FROM ticket") == kim.id


def test_completing_saves_the_form_and_ends_what_waits(
    database: Database, kim: Agent, lee: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim, assignee=lee, status="transferred")
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee)
    make(database, a_callback, ticket=ticket, assignee=lee)
    work = load(database, ticket.id, kim, resolution="환불함")
    done = database.call(complete_ticket, CompleteTicket(work))
    assert database.call(ticket_detail, ticket.id).form.resolution == "환불함"
    assert value(database, "SELECT recalled_at FROM transfer") is not None
    assert value(database, "SELECT ticket_open FROM transfer") is False
    assert value(database, "SELECT outcome FROM callback") == "cancelled"
    assert {f"agent/{kim.id}", f"agent/{lee.id}"} <= done.touched


def test_completing_twice_is_completing_once(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    work = CompleteTicket(load(database, ticket.id, kim, resolution="끝"))
    first = database.call(complete_ticket, work).value
    again = database.call(complete_ticket, work).value
    assert again == replace(first, repeated=True)


@pytest.mark.parametrize("status", ["completed", "discarded"])
def test_a_closed_ticket_is_not_changed(database: Database, park: Agent, status: str) -> None:
    ticket = make(database, a_ticket, created_by=park, status=status)
    changed = load(database, ticket.id, park, title="그래도")
    attempts: list[Callable[[Session], object]] = [
        lambda session: save_ticket(session, changed),
        lambda session: complete_ticket(session, CompleteTicket(changed)),
        lambda session: discard_ticket(session, DiscardTicket(park.id, ticket.id, 1, "중복")),
    ]
    for attempt in attempts:
        with pytest.raises(RuleViolation) as refused:
            database.call(attempt)
        assert refused.value.code == "ticket_closed"


def test_a_discarded_ticket_keeps_its_reason(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    with pytest.raises(RuleViolation) as refused:
        database.call(discard_ticket, DiscardTicket(kim.id, ticket.id, 1, " "))
    assert (refused.value.code, refused.value.field) == ("needs_reason", "discard_reason")
    done = database.call(discard_ticket, DiscardTicket(kim.id, ticket.id, 1, " 중복\x00 접수 "))
    detail = database.call(ticket_detail, ticket.id)
    assert (done.value, detail.status, detail.discard_reason) == (2, "discarded", "중복 접수")
    assert not detail.is_open


def test_discarding_an_older_version_is_refused(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    database.call(save_ticket, load(database, ticket.id, kim, title="새 제목"))
    with pytest.raises(StaleData):
        database.call(discard_ticket, DiscardTicket(kim.id, ticket.id, 1, "중복"))


def test_only_a_supervisor_reopens(database: Database, kim: Agent, park: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim, status="completed")
    with pytest.raises(RuleViolation) as refused:
        database.call(reopen_ticket, ReopenTicket(kim.id, ticket.id, 1, "다시"))
    assert refused.value.code == "only_supervisor_reopens"
    done = database.call(reopen_ticket, ReopenTicket(park.id, ticket.id, 1, "고객 재문의"))
    detail = database.call(ticket_detail, ticket.id)
    assert (detail.status, detail.assignee, detail.completed_at) == ("received", "박관리", None)
    assert done.touched >= {f"agent/{kim.id}", f"agent/{park.id}"}
    assert ("박관리", "reopen", "", "고객 재문의") in history(database, ticket.id)
    with pytest.raises(RuleViolation) as open_already:
        database.call(reopen_ticket, ReopenTicket(park.id, ticket.id, 2, "또"))
    assert open_already.value.code == "ticket_open"


def test_reopening_an_older_version_is_refused(database: Database, kim: Agent, park: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim, status="discarded", version=4)
    with pytest.raises(StaleData):
        database.call(reopen_ticket, ReopenTicket(park.id, ticket.id, 3, "다시"))


def test_a_follow_up_knows_its_first(database: Database, kim: Agent) -> None:
    first = make(database, a_ticket, created_by=kim, due_on=date(2026, 1, 2))
    detail = database.call(ticket_detail, first.id)
    today = seoul_date(datetime.now(UTC))
    form = replace(
        follow_up_form(detail.form, client_id=uuid4(), today=today), content="또 전화가 왔다"
    )
    done = database.call(receive_ticket, ReceiveTicket(kim.id, form, follow_up_of=first.id))
    second = database.call(ticket_detail, done.value.ticket_id)
    assert (second.follow_up_of, second.follow_up_of_no) == (first.id, first.ticket_no)
    assert second.form.due_on == database.call(default_due_on, "delivery", today)
    assert second.form.title == ""


def test_opening_takes_nothing_over(database: Database, kim: Agent, lee: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    done = database.call(open_ticket, OpenTicket(lee.id, ticket.id))
    assert (done.value.assignee, done.touched) == ("김상담", frozenset())


def test_opening_what_is_offered_accepts_it(database: Database, kim: Agent, lee: Agent) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee)
    kims = database.call(open_ticket, OpenTicket(kim.id, hop.ticket_id)).value
    assert kims.last_transfer is not None
    assert kims.last_transfer.state == "sent"
    done = database.call(open_ticket, OpenTicket(lee.id, hop.ticket_id))
    assert done.value.last_transfer is not None
    assert done.value.last_transfer.state == "accepted"
    assert {f"agent/{kim.id}", f"agent/{lee.id}", "transfers"} <= done.touched
    assert database.call(open_ticket, OpenTicket(lee.id, hop.ticket_id)).touched == frozenset()


def test_a_ticket_that_is_not_there_is_not_found(database: Database, kim: Agent) -> None:
    with pytest.raises(NotFound) as missing:
        database.call(open_ticket, OpenTicket(kim.id, 4711))
    assert missing.value.code == "no_such_ticket"


def test_an_agents_login_writes_in_its_own_name(
    database: Database, login: Login, kim: Agent, lee: Agent
) -> None:
    desk = login(kim)
    saved = desk.call(receive_ticket, ReceiveTicket(lee.id, a_form())).value
    detail = desk.call(ticket_detail, saved.ticket_id)
    assert (detail.creator, detail.updater) == ("김상담", "김상담")


def test_every_button_works_under_an_agents_own_login(
    login: Login, database: Database, kim: Agent
) -> None:
    desk = login(kim)
    caller = make(database, a_customer)
    call = make(database, a_call)
    make(database, a_leg, call=call, agent=kim)
    new = ReceiveTicket(kim.id, a_form(customer_id=caller.id), call_id=call.id)
    first = desk.call(receive_ticket, new).value.ticket_id
    desk.call(save_ticket, load(desk, first, kim, title="새 제목"))
    desk.call(complete_ticket, CompleteTicket(load(desk, first, kim, content="끝")))
    second = desk.call(receive_ticket, ReceiveTicket(kim.id, a_form())).value.ticket_id
    desk.call(discard_ticket, DiscardTicket(kim.id, second, 1, "중복"))
    assert value(database, "SELECT array_agg(status ORDER BY id) FROM ticket") == [
        "completed",
        "discarded",
    ]


def test_the_database_refuses_what_a_changed_client_would_do(
    login: Login, database: Database, kim: Agent, park: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim, status="completed")
    desk = login(kim)
    reopen = "UPDATE ticket SET status = 'received', completed_at = NULL"
    with pytest.raises(RuleViolation) as refused:
        value(desk, f"{reopen} RETURNING id")
    assert refused.value.code == "ticket_closed"
    for forbidden in (
        "UPDATE ticket_history SET new = 'x' RETURNING id",
        "DELETE FROM activity RETURNING id",
        "DELETE FROM ticket RETURNING id",
    ):
        with pytest.raises(RuleViolation) as denied:
            value(desk, forbidden)
        assert denied.value.code == "not_allowed"
    boss = login(park)
    version = boss.call(reopen_ticket, ReopenTicket(park.id, ticket.id, 1, "고객 재문의")).value
    assert version == 2
