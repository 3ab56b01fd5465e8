"""A wish to dial: kept once, taken once, answered once, and never after it grew old."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.calls import Direction, End, LegEvent, Phase
from ets_desktop.domain.dialling import DialledFrom
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.queries.dialling import dial_outcome
from ets_desktop.services.calls import record_leg_event
from ets_desktop.services.dialling import (
    AskToDial,
    answer_dial_wish,
    ask_to_dial,
    take_dial_wishes,
)
from tests import calls
from tests.factories import a_callback, a_customer, a_ticket, an_agent, make

Login = Callable[[Agent], Database]
NUMBER = "010-0000-1234"


def ask(database: Database, agent: Agent, number: str = NUMBER) -> UUID:
    wish = AskToDial(uuid4(), agent.id, agent.extension or "", number)
    return database.call(ask_to_dial, wish).value


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    return database.call(lambda session: [tuple(row) for row in session.execute(text(sql))])


def test_a_wish_is_taken_once_and_its_answer_is_heard(
    database: Database, kim: Agent, login: Login
) -> None:
    with psycopg.connect(database.url, autocommit=True) as ear:
        ear.execute("LISTEN ets_dial")
        ear.execute("LISTEN ets_change")
        mine = ask(login(kim), kim)
        (wish,) = database.call(take_dial_wishes).value
        assert (wish.client_id, wish.extension, wish.number) == (mine, "101", "01000001234")
        assert database.call(take_dial_wishes).value == ()
        assert login(kim).call(dial_outcome, mine) is None
        database.call(answer_dial_wish, wish.request_id, "dialled")
        database.call(answer_dial_wish, wish.request_id, "cannot_dial")
        heard = [(n.channel, n.payload) for n in ear.notifies(timeout=2, stop_after=2)]
    assert heard == [("ets_dial", str(wish.request_id)), ("ets_change", f"dials/{kim.id}")]
    assert login(kim).call(dial_outcome, mine) == "dialled"


def test_the_same_wish_twice_is_one(database: Database, kim: Agent) -> None:
    wish = AskToDial(uuid4(), kim.id, "101", NUMBER)
    for _ in range(2):
        database.call(ask_to_dial, wish)
    assert len(database.call(take_dial_wishes).value) == 1


def test_two_gateways_never_dial_the_same_wish(database: Database) -> None:
    for _ in range(12):
        agent = make(database, an_agent)
        ask(database, agent)
    with ThreadPoolExecutor(4) as gateways:
        takes = [gateways.submit(database.call, take_dial_wishes) for _ in range(8)]
        taken = [wish.request_id for take in takes for wish in take.result().value]
    assert len(taken) == len(set(taken)) == 12


def test_an_old_wish_lets_no_phone_ring(database: Database, kim: Agent) -> None:
    mine = ask(database, kim)
    database.call(
        lambda session: session.execute(
            text("UPDATE dial_request SET asked_at = asked_at - interval '16 seconds'")
        )
    )
    assert database.call(take_dial_wishes).value == ()
    assert database.call(dial_outcome, mine) == "dial_unanswered"


@pytest.mark.parametrize("typed", ["", "1", "anonymous"])
def test_what_is_no_number_is_not_dialled(database: Database, kim: Agent, typed: str) -> None:
    with pytest.raises(RuleViolation, match="no_phone_number"):
        ask(database, kim, typed)


def test_without_an_extension_there_is_no_phone_to_ring(database: Database, kim: Agent) -> None:
    with pytest.raises(RuleViolation, match="no_extension"):
        database.call(ask_to_dial, AskToDial(uuid4(), kim.id, "", NUMBER))


def test_only_ones_own_phone_rings_and_only_own_wishes_are_seen(
    database: Database, kim: Agent, lee: Agent, login: Login
) -> None:
    forged = AskToDial(uuid4(), lee.id, "102", NUMBER)
    login(kim).call(ask_to_dial, forged)
    assert rows(database, "SELECT agent_id, extension FROM dial_request") == [(kim.id, "101")]
    assert login(lee).call(dial_outcome, forged.client_id) is None
    with psycopg.connect(login(lee).url, autocommit=True) as shell:
        assert shell.execute("SELECT * FROM dial_request").fetchall() == []
        for forbidden in ("UPDATE dial_request SET number = '1'", "DELETE FROM dial_request"):
            with pytest.raises(InsufficientPrivilege):
                shell.execute(forbidden)


def test_the_gateways_role_takes_and_answers(database: Database, kim: Agent, login: Login) -> None:
    ask(login(kim), kim)

    def as_gateway(session: Any) -> None:
        session.execute(text("SET LOCAL ROLE ets_gateway"))
        (wish,) = take_dial_wishes(session).value
        answer_dial_wish(session, wish.request_id, "dialled")

    database.call(as_gateway)
    assert rows(database, "SELECT outcome FROM dial_request") == [("dialled",)]


def answer(database: Database, outcome: str = "dialled") -> None:
    for wish in database.call(take_dial_wishes).value:
        database.call(answer_dial_wish, wish.request_id, outcome)


def dialled(number: str = "01000001234") -> LegEvent:
    key = uuid4().hex
    event = calls.ring("101", number, call=key, leg=key, at=datetime.now(UTC))
    return replace(event, direction=Direction.OUT, phase=Phase.DIALLING)


def test_a_second_press_dials_nothing_while_the_first_is_under_way(
    database: Database, kim: Agent, login: Login
) -> None:
    ask(login(kim), kim)
    with pytest.raises(RuleViolation, match="already_dialling"):
        ask(login(kim), kim, "010-0000-9999")
    answer(database)
    with pytest.raises(RuleViolation, match="already_dialling"):
        ask(login(kim), kim)
    call = dialled()
    database.call(record_leg_event, call)
    with pytest.raises(RuleViolation, match="already_dialling"):
        ask(login(kim), kim, "010-0000-9999")
    database.call(record_leg_event, calls.then(call, Phase.TALKING, 3))
    with pytest.raises(RuleViolation, match="already_dialling"):
        ask(login(kim), kim)
    database.call(record_leg_event, calls.then(call, Phase.ENDED, 9, End.COMPLETED))
    ask(login(kim), kim)


def test_what_failed_may_be_dialled_again_at_once(database: Database, kim: Agent) -> None:
    ask(database, kim)
    answer(database, "cannot_dial")
    ask(database, kim)


def test_two_desks_of_one_agent_dial_once(database: Database, kim: Agent, login: Login) -> None:
    desks = [login(kim) for _ in range(4)]

    def press(desk: Database) -> bool:
        try:
            ask(desk, kim)
        except RuleViolation:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(press, desks)) == 1


def test_the_call_ties_itself_to_the_ticket_it_was_dialled_from(
    database: Database, kim: Agent, login: Login
) -> None:
    customer = make(database, a_customer)
    ticket = make(database, a_ticket, created_by=kim, customer=customer)
    wish = AskToDial(uuid4(), kim.id, "101", NUMBER, DialledFrom(ticket_id=ticket.id))
    login(kim).call(ask_to_dial, wish)
    answer(database)
    for event in (call := dialled(), calls.then(call, Phase.RINGING, 1)):
        database.call(record_leg_event, event)
    assert rows(database, "SELECT ticket_id, kind, agent_id FROM activity") == [
        (ticket.id, "call", kim.id)
    ]
    assert rows(database, "SELECT customer_id FROM call") == [(customer.id,)]
    assert rows(database, "SELECT new_customer_id, changed_by FROM call_tie") == [
        (customer.id, None)
    ]
    database.call(record_leg_event, dialled())
    assert len(rows(database, "SELECT FROM activity")) == 1


def test_the_call_ties_itself_to_the_promise_it_was_dialled_from(
    database: Database, kim: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    promise = make(database, a_callback, ticket=ticket, assignee=kim, number="01000001234")
    wish = AskToDial(uuid4(), kim.id, "101", NUMBER, DialledFrom(callback_id=promise.id))
    database.call(ask_to_dial, wish)
    answer(database)
    database.call(record_leg_event, dialled())
    assert rows(database, "SELECT ticket_id FROM activity") == [(ticket.id,)]
    assert rows(database, "SELECT customer_id FROM call") == [(None,)]


def test_a_call_nobody_dialled_from_anything_is_tied_to_nothing(
    database: Database, kim: Agent
) -> None:
    ask(database, kim)
    answer(database)
    database.call(record_leg_event, dialled("01000009999"))
    database.call(record_leg_event, dialled())
    assert rows(database, "SELECT FROM activity") == []
    assert len(rows(database, "SELECT FROM dial_request WHERE call_id IS NOT NULL")) == 1
