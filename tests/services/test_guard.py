"""The database as the guard: what a login may not, tried past the program (spec 80)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.db.schema_version import schema_status
from tests.factories import a_ticket, a_transfer, an_agent, make

LogIn = Callable[[Agent], Database]
LONG_AGO = "2001-01-01 00:00+00"


@contextmanager
def shell(database: Database) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A plain SQL shell, which knows nothing of the program's rules."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        yield connection


def is_now(moment: datetime) -> bool:
    return abs(datetime.now(UTC) - moment) < timedelta(hours=1)


def test_the_times_and_the_version_of_a_new_ticket_are_not_the_clients(
    database: Database, kim: Agent, login: LogIn
) -> None:
    insert = (
        "INSERT INTO ticket (client_id, ticket_type, content, due_on, created_by, updated_by, {})"
        " VALUES (gen_random_uuid(), 'general', '문의', current_date, {}, {}, {}) RETURNING id"
    )
    with shell(login(kim)) as agent:
        for column, value in (
            ("created_at", f"'{LONG_AGO}'"),
            ("updated_at", f"'{LONG_AGO}'"),
            ("version", "9"),
            ("ticket_no", "'991231-00001'"),
        ):
            with pytest.raises(InsufficientPrivilege):
                agent.execute(insert.format(column, kim.id, kim.id, value))


def test_when_and_by_whom_a_ticket_was_completed_is_not_the_clients(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    complete = "UPDATE ticket SET status = 'completed', completed_at = %s, completed_by = %s"
    with shell(login(kim)) as agent:
        done = f"{complete} WHERE id = %s RETURNING completed_at, completed_by"
        row = agent.execute(done, (LONG_AGO, lee.id, ticket.id)).fetchone()
    assert row is not None
    assert is_now(row[0])
    assert row[1] == kim.id


def test_a_supervisor_does_not_redate_a_completed_ticket(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    with shell(login(kim)) as agent:
        agent.execute(
            "UPDATE ticket SET status = 'completed', completed_at = now() WHERE id = %s",
            (ticket.id,),
        )
    with shell(login(park)) as supervisor:
        row = supervisor.execute(
            "UPDATE ticket SET completed_at = %s, completed_by = %s WHERE id = %s"
            " RETURNING completed_at, completed_by",
            (LONG_AGO, park.id, ticket.id),
        ).fetchone()
    assert row is not None
    assert is_now(row[0])
    assert row[1] == kim.id


@pytest.mark.parametrize("forged", ["version", "version - 1", "version + 40"])
def test_every_write_is_the_next_version(
    database: Database, kim: Agent, login: LogIn, forged: str
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    with shell(login(kim)) as agent:
        row = agent.execute(
            f"UPDATE ticket SET content = 'x', version = {forged} WHERE id = %s RETURNING version",
            (ticket.id,),
        ).fetchone()
    assert row == (ticket.version + 1,)


def test_an_offer_is_made_in_ones_own_name(
    database: Database, kim: Agent, lee: Agent, park: Agent, login: LogIn
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    offer = (
        "INSERT INTO transfer (ticket_id, hop, from_agent_id, to_agent_id{})"
        " VALUES ({}, 1, {}, {}{})"
    )
    with shell(login(kim)) as agent:
        row = agent.execute(
            offer.format("", ticket.id, lee.id, park.id, "") + " RETURNING from_agent_id"
        ).fetchone()
        with pytest.raises(InsufficientPrivilege):
            agent.execute(offer.format(", sent_at", ticket.id, kim.id, lee.id, f", '{LONG_AGO}'"))
    assert row == (kim.id,)


@pytest.mark.parametrize(
    "change",
    ["from_agent_id = to_agent_id", "sent_at = now()", "reason = 'x'", "ticket_open = false"],
)
def test_nobody_rewrites_an_offer(
    database: Database, kim: Agent, lee: Agent, login: LogIn, change: str
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee)
    with shell(login(lee)) as agent, pytest.raises(InsufficientPrivilege):
        agent.execute(f"UPDATE transfer SET {change}")


def test_only_its_receiver_returns_an_offer(
    database: Database, kim: Agent, lee: Agent, team: Team, login: LogIn
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee)
    stranger = make(database, an_agent, name="남모름", extension="109", team=team)
    back = "UPDATE transfer SET returned_at = %s, return_reason = '아님' RETURNING returned_at"
    with shell(login(stranger)) as agent, pytest.raises(InsufficientPrivilege):
        agent.execute(back, (LONG_AGO,))
    with shell(login(lee)) as agent:
        row = agent.execute(back, (LONG_AGO,)).fetchone()
    assert row is not None
    assert is_now(row[0])


def test_a_settled_offer_stays_settled(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee)
    with shell(login(lee)) as agent:
        agent.execute("UPDATE transfer SET accepted_at = now()")
        with pytest.raises(InsufficientPrivilege):
            agent.execute("UPDATE transfer SET accepted_at = NULL")


def test_a_contact_is_written_in_ones_own_name_and_time(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    note = "INSERT INTO activity (ticket_id, kind, note, agent_id) VALUES (%s, 'note', '메모', %s)"
    with shell(login(kim)) as agent:
        row = agent.execute(f"{note} RETURNING agent_id", (ticket.id, lee.id)).fetchone()
        with pytest.raises(InsufficientPrivilege):
            agent.execute("INSERT INTO activity (ticket_id, kind, at) VALUES (1, 'note', now())")
    assert row == (kim.id,)


def test_a_state_is_no_column_that_anybody_writes(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    for person in (kim, park):
        with shell(login(person)) as agent, pytest.raises(InsufficientPrivilege):
            agent.execute("UPDATE agent SET state = 'rest'")


@pytest.mark.parametrize("change", ["role = 'admin'", "extension = '999'", "active = false"])
def test_an_agent_is_not_managed_by_agents(
    database: Database, kim: Agent, login: LogIn, change: str
) -> None:
    with shell(login(kim)) as agent, pytest.raises(InsufficientPrivilege):
        agent.execute(f"UPDATE agent SET {change}")


def test_every_login_may_ask_for_the_schema(kim: Agent, login: LogIn) -> None:
    assert schema_status(login(kim).url).is_current
