"""Reminders: each due time comes out once, by the database's clock, whoever asks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.services.reminders import LEASE, Reminders, claim_reminders, reminders_told
from tests.factories import a_callback, a_customer, a_ticket, make

LogIn = Callable[[Agent], Database]
#: Long past, however long the tests run.
DUE = datetime.now(UTC) - timedelta(days=1)


def now() -> datetime:
    return datetime.now(UTC)


def claim(database: Database, agent: Agent) -> Reminders:
    return database.call(claim_reminders, agent.id).value


def tell(database: Database, agent: Agent) -> Reminders:
    """What a desk does: claim, show, say so."""
    claimed = claim(database, agent)
    database.call(reminders_told, agent.id, claimed.due)
    return claimed


def run(database: Database, sql: str) -> None:
    database.call(lambda session: session.execute(text(sql)))


def test_what_came_due_while_the_desk_was_away_is_told_once(
    database: Database, kim: Agent, login: LogIn
) -> None:
    customer = make(database, a_customer, name="홍길동")
    ticket = make(database, a_ticket, created_by=kim, customer=customer)
    promise = make(
        database, a_callback, ticket=ticket, assignee=kim, number="01000000007", due_at=DUE
    )
    desk = login(kim)
    told = tell(desk, kim)
    [reminder] = told.due
    assert (reminder.callback_id, reminder.ticket_id, reminder.ticket_no) == (
        promise.id,
        ticket.id,
        ticket.ticket_no,
    )
    assert (reminder.customer, reminder.number, reminder.due_at) == ("홍길동", "01000000007", DUE)
    assert reminder.late_s > 86_000
    assert told.next_in_s is None
    assert claim(desk, kim) == Reminders((), frozenset({promise.id}), None)


def test_the_next_one_is_told_in_seconds(database: Database, kim: Agent, login: LogIn) -> None:
    make(database, a_callback, assignee=kim, due_at=now() + timedelta(hours=2))
    make(database, a_callback, assignee=kim, due_at=now() + timedelta(hours=1))
    told = claim(login(kim), kim)
    assert told.due == ()
    assert told.next_in_s == pytest.approx(3600, abs=120)


def test_a_promise_that_was_moved_is_told_again(
    database: Database, kim: Agent, login: LogIn
) -> None:
    make(database, a_callback, assignee=kim, due_at=DUE)
    desk = login(kim)
    assert len(tell(desk, kim).due) == 1
    run(desk, "UPDATE callback SET due_at = due_at + interval '1 minute'")
    assert len(claim(desk, kim).due) == 1


def test_whoever_gets_a_promise_is_reminded_anew(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    make(database, a_callback, assignee=kim, due_at=DUE)
    assert len(tell(login(kim), kim).due) == 1
    run(login(kim), f"UPDATE callback SET assignee_id = {lee.id}")
    assert claim(login(kim), kim).due == ()
    assert len(claim(login(lee), lee).due) == 1


def test_neither_a_settled_promise_nor_another_agents_reminds(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    make(database, a_callback, assignee=kim, due_at=DUE, outcome="succeeded")
    make(database, a_callback, assignee=lee, due_at=DUE)
    assert claim(login(kim), kim) == Reminders((), frozenset(), None)


def test_nobody_reminds_in_another_agents_place(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    make(database, a_callback, assignee=lee, due_at=DUE)
    with pytest.raises(RuleViolation) as refused:
        claim(login(kim), lee)
    assert refused.value.code == "not_allowed"


def test_of_two_windows_one_reminds(database: Database, kim: Agent, login: LogIn) -> None:
    make(database, a_callback, assignee=kim, due_at=DUE)
    windows = (login(kim), login(kim))
    start = Barrier(2)

    def ask(window: Database) -> int:
        start.wait(10)
        return len(claim(window, kim).due)

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(ask, windows)) == [0, 1]


def test_a_claim_that_was_never_shown_is_offered_again(
    database: Database, kim: Agent, login: LogIn
) -> None:
    make(database, a_callback, assignee=kim, due_at=DUE)
    gone, next_desk = login(kim), login(kim)
    assert len(claim(gone, kim).due) == 1
    waits = claim(next_desk, kim)
    assert waits.due == ()
    assert waits.next_in_s == pytest.approx(LEASE.total_seconds(), abs=5)
    lease_ends(database)
    assert len(tell(next_desk, kim).due) == 1
    lease_ends(database)
    assert claim(next_desk, kim).due == ()


def test_what_was_shown_late_is_told_by_one_desk_for_good(
    database: Database, kim: Agent, login: LogIn
) -> None:
    make(database, a_callback, assignee=kim, due_at=DUE)
    slow, fast = login(kim), login(kim)
    shown = claim(slow, kim).due
    lease_ends(database)
    tell(fast, kim)
    slow.call(reminders_told, kim.id, shown)
    assert claim(fast, kim) == Reminders((), frozenset({shown[0].callback_id}), None)


def test_a_promise_that_moved_while_it_was_shown_is_told_at_its_new_time(
    database: Database, kim: Agent, login: LogIn
) -> None:
    make(database, a_callback, assignee=kim, due_at=DUE)
    desk = login(kim)
    shown = claim(desk, kim).due
    run(desk, "UPDATE callback SET due_at = due_at + interval '1 minute'")
    desk.call(reminders_told, kim.id, shown)
    assert len(claim(desk, kim).due) == 1


def test_nobody_holds_back_another_agents_reminder(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    make(database, a_callback, assignee=lee, due_at=DUE)
    with pytest.raises(RuleViolation) as refused:
        run(login(kim), "UPDATE callback SET reminding_until = clock_timestamp()")
    assert refused.value.code == "not_allowed"


def lease_ends(database: Database) -> None:
    run(database, "UPDATE callback SET reminding_until = clock_timestamp()")
