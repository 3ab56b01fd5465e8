"""통화 고객 바꾸기: the call and its tickets move together, with history, or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.calls import Call
from ets_desktop.db.schema.customers import Customer
from ets_desktop.db.schema.people import Agent
from ets_desktop.db.schema.tickets import Ticket
from ets_desktop.domain.errors import NotFound, RuleViolation, StaleData
from ets_desktop.queries.history import ticket_history_rows
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.call_customers import RetieCall, Retied, retie_call
from ets_desktop.services.ticket_forms import SaveTicket
from ets_desktop.services.tickets import save_ticket
from tests.factories import (
    a_call,
    a_customer,
    a_leg,
    a_ticket,
    an_activity,
    make,
)

Login = Callable[[Agent], Database]


@pytest.fixture
def before(database: Database) -> Customer:
    return make(database, a_customer, name="서서연")


@pytest.fixture
def after(database: Database) -> Customer:
    return make(database, a_customer, name="서지우")


@pytest.fixture
def call(database: Database, before: Customer, kim: Agent, lee: Agent) -> Call:
    made = make(database, a_call, customer=before)
    for agent in (kim, lee):
        make(database, a_leg, call=made, agent=agent, end="completed")
    return made


def a_ticket_of(database: Database, call: Call, agent: Agent, **values: Any) -> int:
    ticket = make(database, a_ticket, created_by=agent, **values)
    make(database, an_activity, ticket=ticket, call=call)
    return ticket.id


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    return database.call(lambda session: [tuple(row) for row in session.execute(text(sql))])


def customer_of(database: Database, ticket_id: int) -> str:
    return database.call(ticket_detail, ticket_id).customer


def test_call_and_ticket_move_together_with_history(
    database: Database, kim: Agent, login: Login, call: Call, before: Customer, after: Customer
) -> None:
    ticket_id = a_ticket_of(database, call, kim, customer=before)
    done = login(kim).call(retie_call, RetieCall(kim.id, call.id, after.id))
    detail = database.call(ticket_detail, ticket_id)
    assert done.value == Retied(call.id, before.id, (detail.ticket_no,))
    assert (detail.customer, detail.version) == ("서지우", 2)
    assert rows(database, "SELECT customer_id FROM call") == [(after.id,)]
    assert rows(
        database,
        "SELECT call_id, old_customer_id, new_customer_id, changed_by FROM call_tie",
    ) == [(call.id, before.id, after.id, kim.id)]
    row = database.call(ticket_history_rows, ticket_id, None, 10).rows[0]
    assert (row.changed_by, row.field, row.old, row.new) == (
        "김상담",
        "customer_id",
        f"{before.customer_no} 서서연",
        f"{after.customer_no} 서지우",
    )
    wanted = {f"customer/{before.id}", f"customer/{after.id}", "calls/101", "calls/102"}
    assert wanted | {f"ticket/{ticket_id}"} <= done.touched


def test_every_desk_it_rang_at_hears_of_it(
    database: Database, kim: Agent, login: Login, call: Call, before: Customer, after: Customer
) -> None:
    with psycopg.connect(database.url, autocommit=True) as ear:
        ear.execute("LISTEN ets_change")
        login(kim).call(retie_call, RetieCall(kim.id, call.id, after.id))
        heard = {word for n in ear.notifies(timeout=1) for word in n.payload.split()}
    assert {"calls/101", "calls/102", f"customer/{before.id}", f"customer/{after.id}"} <= heard


def test_a_call_that_was_nobodys_takes_its_ticket_along(
    database: Database, kim: Agent, after: Customer
) -> None:
    call = make(database, a_call)
    ticket_id = a_ticket_of(database, call, kim)
    done = database.call(retie_call, RetieCall(kim.id, call.id, after.id))
    assert done.value.before is None
    assert customer_of(database, ticket_id) == "서지우"


def test_a_ticket_that_was_given_to_somebody_else_stays_there(
    database: Database, kim: Agent, call: Call, before: Customer, after: Customer
) -> None:
    mine = a_ticket_of(database, call, kim, customer=before)
    theirs = a_ticket_of(database, call, kim, customer=make(database, a_customer, name="최다른"))
    database.call(retie_call, RetieCall(kim.id, call.id, after.id))
    assert [customer_of(database, one) for one in (mine, theirs)] == ["서지우", "최다른"]


def test_the_same_customer_again_changes_nothing(
    database: Database, kim: Agent, call: Call, before: Customer
) -> None:
    ticket_id = a_ticket_of(database, call, kim, customer=before)
    done = database.call(retie_call, RetieCall(kim.id, call.id, before.id))
    assert done.value == Retied(call.id, before.id, ())
    assert database.call(ticket_detail, ticket_id).version == 1


@pytest.mark.parametrize("status", ["completed", "discarded"])
def test_the_call_of_a_closed_ticket_is_a_supervisors_to_move(
    database: Database,
    kim: Agent,
    park: Agent,
    login: Login,
    call: Call,
    before: Customer,
    after: Customer,
    status: str,
) -> None:
    opened = a_ticket_of(database, call, kim, customer=before)
    closed = a_ticket_of(database, call, kim, customer=before, status=status)
    with pytest.raises(RuleViolation, match="call_of_closed_ticket"):
        login(kim).call(retie_call, RetieCall(kim.id, call.id, after.id))
    assert customer_of(database, opened) == "서서연"
    assert rows(database, "SELECT count(*) FROM call_tie") == [(0,)]
    login(park).call(retie_call, RetieCall(park.id, call.id, after.id))
    assert [customer_of(database, one) for one in (opened, closed)] == ["서지우", "서지우"]
    assert database.call(ticket_detail, closed).status == status


def test_what_is_not_there_is_said(database: Database, kim: Agent, call: Call) -> None:
    for command, code in (
        (RetieCall(kim.id, call.id + 1, call.customer_id or 0), "no_such_call"),
        (RetieCall(kim.id, call.id, 10_000), "no_such_customer"),
    ):
        with pytest.raises(NotFound, match=code):
            database.call(retie_call, command)


def test_a_save_of_the_ticket_meanwhile_wins_or_loses_whole(
    database: Database, kim: Agent, lee: Agent, call: Call, before: Customer, after: Customer
) -> None:
    ticket_id = a_ticket_of(database, call, kim, customer=before)
    detail = database.call(ticket_detail, ticket_id)
    form = replace(detail.form, title="고친 제목")

    def save() -> str:
        try:
            database.call(save_ticket, SaveTicket(lee.id, ticket_id, detail.version, form))
        except StaleData as error:
            return " ".join(change.field for change in error.changes)
        return "saved"

    with ThreadPoolExecutor(2) as desks:
        saved = desks.submit(save)
        moved = desks.submit(database.call, retie_call, RetieCall(kim.id, call.id, after.id))
        moved.result()
    now = database.call(ticket_detail, ticket_id)
    assert now.customer == "서지우"
    assert saved.result() in ("saved", "customer_id")
    assert now.form.title == ("고친 제목" if saved.result() == "saved" else detail.form.title)


def test_two_who_move_the_same_call_queue_up(
    database: Database, kim: Agent, lee: Agent, call: Call, before: Customer, after: Customer
) -> None:
    ticket_id = a_ticket_of(database, call, kim, customer=before)
    third = make(database, a_customer, name="셋째")
    wishes = [RetieCall(kim.id, call.id, after.id), RetieCall(lee.id, call.id, third.id)] * 4
    with ThreadPoolExecutor(4) as desks:
        for done in [desks.submit(database.call, retie_call, wish) for wish in wishes]:
            done.result()
    assert rows(database, "SELECT customer_id FROM call") == rows(
        database, f"SELECT customer_id FROM ticket WHERE id = {ticket_id}"
    )


def test_another_customer_in_the_form_takes_the_call_along(
    database: Database, kim: Agent, call: Call, before: Customer, after: Customer
) -> None:
    ticket_id = a_ticket_of(database, call, kim, customer=before)
    other = make(database, a_call, customer=make(database, a_customer))
    make(database, an_activity, ticket=database.call(_ticket, ticket_id), call=other)
    detail = database.call(ticket_detail, ticket_id)
    form = replace(detail.form, customer_id=after.id)
    database.call(save_ticket, SaveTicket(kim.id, ticket_id, detail.version, form))
    assert rows(database, "SELECT customer_id FROM call ORDER BY id") == [
        (after.id,),
        (other.customer_id,),
    ]
    form = replace(form, customer_id=None, caller_number="010-0000-0001")
    database.call(save_ticket, SaveTicket(kim.id, ticket_id, detail.version + 1, form))
    assert rows(database, "SELECT customer_id FROM call WHERE id = 0 OR customer_id IS NULL") == []


def test_nobody_writes_the_history_of_a_call_by_hand(
    database: Database, kim: Agent, login: Login, call: Call
) -> None:
    with psycopg.connect(login(kim).url, autocommit=True) as shell:
        for sql in ("DELETE FROM call_tie", f"INSERT INTO call_tie (call_id) VALUES ({call.id})"):
            with pytest.raises(InsufficientPrivilege):
                shell.execute(sql)


def _ticket(session: Any, ticket_id: int) -> Any:

    return session.get_one(Ticket, ticket_id)
