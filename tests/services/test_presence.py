"""Who has a ticket open: told at once, never a lock, and killed desks fade."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.queries.presence import others_at
from ets_desktop.services.presence import BeAtTicket, be_at_ticket, leave_ticket
from tests.factories import a_ticket, make

Login = Callable[[Agent], Database]


@pytest.fixture
def ticket_id(database: Database, kim: Agent) -> int:
    return make(database, a_ticket, created_by=kim).id


def be(database: Database, agent: Agent, ticket_id: int, desk: UUID | None = None) -> UUID:
    desk_id = desk or uuid4()
    database.call(be_at_ticket, BeAtTicket(agent.id, desk_id, ticket_id))
    return desk_id


def names(database: Database, desk_id: UUID, ticket_id: int) -> list[str]:
    return [person.name for person in database.call(others_at, desk_id, ticket_id)]


def grow_stale(database: Database, desk_id: UUID) -> None:
    database.call(
        lambda session: session.execute(
            text(
                "UPDATE ticket_presence SET seen_at = seen_at - interval '4 minutes'"
                " WHERE desk_id = :desk"
            ),
            {"desk": desk_id},
        )
    )


def count(database: Database) -> int:
    return database.call(
        lambda session: session.execute(text("SELECT count(*) FROM ticket_presence")).scalar_one()
    )


def test_opening_says_who_was_there_first(
    database: Database, kim: Agent, lee: Agent, park: Agent, login: Login, ticket_id: int
) -> None:
    first = be(login(kim), kim, ticket_id)
    be(login(lee), lee, ticket_id)
    mine = uuid4()
    done = login(park).call(be_at_ticket, BeAtTicket(park.id, mine, ticket_id))
    assert [person.name for person in done.value] == ["김상담", "이담당"]
    assert done.touched == frozenset()
    assert names(database, first, ticket_id) == ["이담당", "박관리"]


def test_a_person_at_two_desks_is_named_once(
    database: Database, kim: Agent, lee: Agent, ticket_id: int
) -> None:
    desks = [be(database, lee, ticket_id), be(database, lee, ticket_id)]
    assert names(database, be(database, kim, ticket_id), ticket_id) == ["이담당"]
    assert names(database, desks[0], ticket_id) == ["이담당", "김상담"]


def test_a_desk_is_at_one_ticket_at_a_time_and_leaves_it(
    database: Database, kim: Agent, lee: Agent, ticket_id: int, login: Login
) -> None:
    other = make(database, a_ticket, created_by=kim).id
    mine = be(login(kim), kim, ticket_id)
    theirs = be(login(lee), lee, ticket_id)
    be(login(lee), lee, other, theirs)
    assert names(database, mine, ticket_id) == []
    assert names(database, mine, other) == ["이담당"]
    for _ in range(2):
        login(lee).call(leave_ticket, theirs)
    assert names(database, mine, other) == []


def test_a_killed_desk_counts_no_more_and_is_swept_by_the_next(
    database: Database, kim: Agent, lee: Agent, login: Login, ticket_id: int
) -> None:
    dead = be(login(lee), lee, ticket_id)
    grow_stale(database, dead)
    mine = uuid4()
    assert names(login(kim), mine, ticket_id) == []
    assert count(database) == 1
    be(login(kim), kim, ticket_id, mine)
    assert count(database) == 1
    # It was only asleep: its next beat brings it back.
    be(login(lee), lee, ticket_id, dead)
    assert names(login(kim), mine, ticket_id) == ["이담당"]


def test_another_desk_hears_of_coming_and_going_but_not_of_beats(
    database: Database, kim: Agent, login: Login, ticket_id: int
) -> None:
    other = make(database, a_ticket, created_by=kim).id
    with psycopg.connect(database.url, autocommit=True) as ear:
        ear.execute("LISTEN ets_change")
        desk = be(login(kim), kim, ticket_id)
        be(login(kim), kim, ticket_id, desk)
        be(login(kim), kim, other, desk)
        login(kim).call(leave_ticket, desk)
        heard = [notice.payload for notice in ear.notifies(timeout=2, stop_after=3)]
    assert heard == [
        f"presence/{ticket_id}",
        f"presence/{ticket_id} presence/{other}",
        f"presence/{other}",
    ]


def test_nobody_writes_presence_for_another(
    database: Database, kim: Agent, lee: Agent, login: Login, ticket_id: int
) -> None:
    desk = be(login(lee), lee, ticket_id)
    forged = be(login(kim), lee, ticket_id)
    assert names(database, desk, ticket_id) == ["김상담"]
    login(kim).call(leave_ticket, desk)
    assert names(database, forged, ticket_id) == ["이담당"]
    with psycopg.connect(login(kim).url, autocommit=True) as shell:
        assert shell.execute("UPDATE ticket_presence SET seen_at = now()").rowcount == 1
        with pytest.raises(InsufficientPrivilege):
            shell.execute("UPDATE ticket_presence SET agent_id = 1")


def test_being_there_waits_for_nobody_who_saves(
    database: Database, kim: Agent, lee: Agent, login: Login, ticket_id: int
) -> None:
    with psycopg.connect(login(kim).url) as saving:
        saving.execute("SELECT id FROM ticket WHERE id = %s FOR NO KEY UPDATE", (ticket_id,))
        be(login(lee), lee, ticket_id)
        saving.execute("UPDATE ticket SET title = 'x' WHERE id = %s", (ticket_id,))


def test_many_desks_come_sweep_and_go_at_once(
    database: Database, kim: Agent, lee: Agent, ticket_id: int
) -> None:
    for _ in range(20):
        grow_stale(database, be(database, lee, ticket_id))

    def visit(number: int) -> None:
        agent = (kim, lee)[number % 2]
        database.call(leave_ticket, be(database, agent, ticket_id))

    with ThreadPoolExecutor(6) as desks:
        list(desks.map(visit, range(24)))
    assert count(database) == 0
