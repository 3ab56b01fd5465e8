"""A press of a save button that is sent again: counted, compared, and never done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.customers import CustomerForm, newcomer_id
from ets_desktop.domain.errors import RuleViolation, StaleData
from ets_desktop.domain.topics import Done
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.callbacks import PlanCallback
from ets_desktop.services.customers import RegisterCustomer
from ets_desktop.services.form_saves import FormCommand, FormSaved, SaveForm, save_form, work_of
from ets_desktop.services.ticket_forms import ReceiveTicket, SaveTicket
from ets_desktop.services.tickets import CompleteTicket
from ets_desktop.services.transfers import TransferTicket
from tests.factories import a_form, a_ticket, make

Login = Callable[[Agent], Database]


def value(database: Database, sql: str, **given: Any) -> Any:
    return database.call(lambda session: session.execute(text(sql), given).scalar())


def counted(database: Database) -> tuple[int, ...]:
    """Tickets, hops, callbacks, customers, and what was written into histories."""
    tables = ("ticket", "transfer", "callback", "customer", "ticket_history", "save_receipt")
    return tuple(value(database, f"SELECT count(*) FROM {table}") for table in tables)


def commands(kim: Agent, lee: Agent, form: Any) -> list[FormCommand]:
    new = ReceiveTicket(kim.id, form)
    soon = datetime.now(UTC) + timedelta(hours=1)
    return [
        new,
        TransferTicket(new, to_agent_id=lee.id, reason="확인"),
        CompleteTicket(new),
        PlanCallback(new, "010-0000-0001", soon),
    ]


@pytest.mark.parametrize("number", range(4))
def test_a_press_sent_again_changes_nothing(
    database: Database, login: Login, kim: Agent, lee: Agent, number: int
) -> None:
    desk = login(kim)
    press = SaveForm(uuid4(), commands(kim, lee, a_form(caller_number="01000000001"))[number])
    first = desk.call(save_form, press).value
    after = counted(database)
    again = desk.call(save_form, press)
    assert counted(database) == after
    assert again.value == FormSaved(replace(first.saved, repeated=True))
    assert value(database, "SELECT agent_id FROM save_receipt") == kim.id


def test_what_somebody_changed_since_is_no_conflict_for_what_is_done(
    database: Database, kim: Agent, lee: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    detail = database.call(ticket_detail, ticket.id)
    mine = SaveTicket(kim.id, ticket.id, detail.version, replace(detail.form, content="내 글"))
    press = SaveForm(uuid4(), mine)
    stored = database.call(save_form, press).value.saved
    theirs = replace(detail.form, content="상대 글")
    database.call(
        save_form, SaveForm(uuid4(), SaveTicket(lee.id, ticket.id, stored.version, theirs))
    )
    again = database.call(save_form, press).value.saved
    assert again.repeated
    assert database.call(ticket_detail, ticket.id).form.content == "상대 글"
    with pytest.raises(StaleData):
        database.call(save_form, SaveForm(uuid4(), mine))


def test_a_refused_press_may_be_sent_again(database: Database, kim: Agent) -> None:
    press = SaveForm(uuid4(), ReceiveTicket(kim.id, a_form(content="")))
    for _ in range(2):
        with pytest.raises(RuleViolation):
            database.call(save_form, press)
    assert counted(database) == (0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("number", range(4))
def test_a_newcomer_is_registered_once(
    database: Database, kim: Agent, lee: Agent, number: int
) -> None:
    newcomer = RegisterCustomer(kim.id, CustomerForm("하늘별"), ("01000000002",))
    command = commands(kim, lee, a_form(customer_id=None, caller_number="01000000002"))[number]
    press = SaveForm(uuid4(), command, newcomer)
    first = database.call(save_form, press).value
    again = database.call(save_form, press).value
    assert again.customer_id == first.customer_id == value(database, "SELECT id FROM customer")
    assert value(database, "SELECT customer_id FROM ticket") == first.customer_id


def test_another_press_of_the_same_form_makes_no_second_customer(
    database: Database, kim: Agent
) -> None:
    form = a_form(caller_number="01000000002")
    client_id = newcomer_id(form.client_id, "하늘별")
    newcomer = RegisterCustomer(
        kim.id, CustomerForm("하늘별"), ("01000000002",), client_id=client_id
    )
    command = ReceiveTicket(kim.id, form)
    first = database.call(save_form, SaveForm(uuid4(), command, newcomer)).value
    again = database.call(save_form, SaveForm(uuid4(), command, newcomer)).value
    assert again.customer_id == first.customer_id
    assert again.saved.ticket_id == first.saved.ticket_id
    assert again.saved.repeated
    assert value(database, "SELECT count(*) FROM customer") == 1


def test_a_press_that_arrives_while_the_first_is_under_way_waits_for_it(
    database: Database, kim: Agent
) -> None:
    press = SaveForm(uuid4(), ReceiveTicket(kim.id, a_form(caller_number="01000000003")))

    def slowly(session: Session) -> Done[FormSaved]:
        done = save_form(session, press)
        second = pool.submit(database.call, save_form, press)
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            " AND datname = current_database()"
        )
        while value(database, str(waiting)) == 0:
            assert not second.done()
        seconds.append(second)
        return done

    seconds: list[Any] = []
    with ThreadPoolExecutor(1) as pool:
        first = database.call(slowly).value.saved
        again = seconds[0].result().value.saved
    assert (again.ticket_id, again.repeated, first.repeated) == (first.ticket_id, True, False)


def test_the_form_of_every_command_is_known(kim: Agent, lee: Agent) -> None:
    form = a_form()
    assert {work_of(command).form for command in commands(kim, lee, form)} == {form}
