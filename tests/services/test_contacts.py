"""Contacts are appended to a ticket by whomever: told to the desks, no version rises (spec 20)."""

from collections.abc import Callable
from dataclasses import replace

import psycopg

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.ticket_forms import SaveTicket
from ets_desktop.services.tickets import save_ticket
from tests.factories import a_customer, a_ticket, make

Login = Callable[[Agent], Database]

APPEND = "INSERT INTO activity (ticket_id, kind, note) VALUES (%s, 'note', '녹취 1건')"


def test_an_appended_contact_refuses_no_save(
    database: Database, kim: Agent, lee: Agent, login: Login
) -> None:
    ticket = make(database, a_ticket, created_by=kim, customer=make(database, a_customer))
    loaded = database.call(ticket_detail, ticket.id)
    with psycopg.connect(login(lee).url, autocommit=True) as other:
        other.execute(APPEND, (ticket.id,))
    form = replace(loaded.form, content="고쳐 쓴 내용")
    work = SaveTicket(kim.id, ticket.id, loaded.version, form)
    assert login(kim).call(save_ticket, work).value.version == loaded.version + 1


def test_a_contact_waits_for_no_save_under_way(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    with (
        psycopg.connect(database.url) as saving,
        psycopg.connect(database.url, autocommit=True) as other,
    ):
        saving.execute("UPDATE ticket SET title = '저장하는 중' WHERE id = %s", (ticket.id,))
        other.execute("SET lock_timeout = '2s'")
        other.execute(APPEND, (ticket.id,))


def test_the_desks_hear_of_a_contact(
    database: Database, kim: Agent, lee: Agent, login: Login
) -> None:
    customer = make(database, a_customer)
    known = make(database, a_ticket, created_by=kim, customer=customer)
    unknown = make(database, a_ticket, created_by=kim)
    with (
        psycopg.connect(database.url, autocommit=True) as ear,
        psycopg.connect(login(lee).url, autocommit=True) as other,
    ):
        ear.execute("LISTEN ets_change")
        for ticket in (known, unknown):
            other.execute(APPEND, (ticket.id,))
        heard = [notice.payload for notice in ear.notifies(timeout=2, stop_after=2)]
    assert heard == [f"ticket/{known.id} customer/{customer.id}", f"ticket/{unknown.id}"]
