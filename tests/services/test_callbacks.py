"""콜백: planned, moved, kept, missed and promised again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.callbacks import Outcome
from ets_desktop.domain.errors import NotFound, RuleViolation
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.callbacks import (
    Attempt,
    FinishCallback,
    PlanCallback,
    TryCallback,
    finish_callback,
    plan_callback,
    try_callback,
)
from ets_desktop.services.ticket_forms import ReceiveTicket, SaveTicket
from tests.factories import a_call, a_callback, a_form, a_leg, a_ticket, a_transfer, make

LATER = datetime.now(UTC) + timedelta(days=1)


def load(database: Database, ticket_id: int, actor: Agent, **changes: Any) -> SaveTicket:
    detail = database.call(ticket_detail, ticket_id)
    return SaveTicket(actor.id, ticket_id, detail.version, replace(detail.form, **changes))


def value(database: Database, sql: str) -> Any:
    return database.call(lambda session: session.execute(text(sql)).scalar())


def test_a_new_form_with_a_promise_stays_open(database: Database, kim: Agent) -> None:
    command = PlanCallback(ReceiveTicket(kim.id, a_form()), "+82 10-0000-0007", LATER)
    done = database.call(plan_callback, command)
    detail = database.call(ticket_detail, done.value.saved.ticket_id)
    assert detail.status == "received"
    assert detail.callback is not None
    assert (detail.callback.number, detail.callback.due_at, detail.callback.assignee_id) == (
        "01000000007",
        LATER,
        kim.id,
    )
    assert f"agent/{kim.id}" in done.touched


@pytest.mark.parametrize(
    ("number", "due_at", "field"),
    [
        ("010-0000-0007", None, "callback_at"),
        ("010-0000-0007", datetime(2026, 1, 1, tzinfo=UTC), "callback_at"),
        ("전화번호", LATER, "callback_number"),
    ],
)
def test_a_promise_that_cannot_be_kept_is_refused_and_nothing_written(
    database: Database, kim: Agent, number: str, due_at: datetime | None, field: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        database.call(plan_callback, PlanCallback(ReceiveTicket(kim.id, a_form()), number, due_at))
    assert refused.value.field == field
    assert value(database, "SELECT count(*) FROM ticket") == 0


def test_planning_again_moves_the_promise(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    first = PlanCallback(load(database, ticket.id, kim), "010-0000-0007", LATER)
    one = database.call(plan_callback, first).value
    moved = replace(first, due_at=LATER + timedelta(hours=2))
    two = database.call(plan_callback, moved).value
    assert (one.callback_id, one.saved.version) == (two.callback_id, two.saved.version)
    assert value(database, "SELECT due_at FROM callback") == LATER + timedelta(hours=2)


def test_planning_saves_what_was_typed(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    work = load(database, ticket.id, kim, content="저녁에 다시")
    database.call(plan_callback, PlanCallback(work, "010-0000-0007", LATER))
    assert database.call(ticket_detail, ticket.id).form.content == "저녁에 다시"


def test_the_promise_is_the_assignees(database: Database, kim: Agent, lee: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim, assignee=lee)
    work = load(database, ticket.id, kim)
    done = database.call(plan_callback, PlanCallback(work, "010-0000-0007", LATER))
    assert value(database, "SELECT assignee_id FROM callback") == lee.id
    assert f"agent/{lee.id}" in done.touched


def test_a_teams_ticket_is_called_back_by_who_promised(
    database: Database, kim: Agent, team: Team
) -> None:
    hop = make(database, a_transfer, from_agent=kim, to_team=team)
    work = load(database, hop.ticket_id, kim)
    database.call(plan_callback, PlanCallback(work, "010-0000-0007", LATER))
    assert value(database, "SELECT assignee_id FROM callback") == kim.id


def test_promising_on_somebody_elses_ticket_is_a_take_over(
    database: Database, kim: Agent, lee: Agent
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    work = load(database, ticket.id, lee)
    planned = database.call(plan_callback, PlanCallback(work, "010-0000-0007", LATER)).value
    assert planned.saved.taken_over
    assert value(database, "SELECT assignee_id FROM callback") == lee.id


def test_a_closed_ticket_promises_nothing(database: Database, kim: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim, status="completed")
    work = load(database, ticket.id, kim)
    with pytest.raises(RuleViolation) as refused:
        database.call(plan_callback, PlanCallback(work, "010-0000-0007", LATER))
    assert refused.value.code == "ticket_closed"


@pytest.mark.parametrize("outcome", [Outcome.SUCCEEDED, Outcome.CANCELLED])
def test_a_kept_or_cancelled_promise_ends(database: Database, kim: Agent, outcome: Outcome) -> None:
    promise = make(database, a_callback, assignee=kim)
    done = database.call(finish_callback, FinishCallback(kim.id, promise.id, outcome))
    assert done.value is None
    assert value(database, "SELECT outcome FROM callback") == outcome
    assert value(database, "SELECT done_at FROM callback") is not None
    with pytest.raises(RuleViolation) as settled:
        database.call(finish_callback, FinishCallback(kim.id, promise.id, outcome))
    assert settled.value.code == "callback_settled"


def test_a_missed_call_back_is_promised_again(database: Database, kim: Agent) -> None:
    promise = make(database, a_callback, assignee=kim)
    database.call(try_callback, TryCallback(kim.id, promise.id))
    missed = FinishCallback(kim.id, promise.id, Outcome.MISSED)
    with pytest.raises(RuleViolation) as refused:
        database.call(finish_callback, missed)
    assert (refused.value.code, refused.value.field) == ("needs_callback_at", "next_callback_at")
    done = database.call(finish_callback, replace(missed, next_due_at=LATER))
    detail = database.call(ticket_detail, promise.ticket_id)
    assert detail.callback is not None
    assert (detail.callback.callback_id, detail.callback.attempts, detail.callback.due_at) == (
        done.value,
        1,
        LATER,
    )
    assert f"agent/{kim.id}" in done.touched


def test_a_promise_that_is_not_there_is_not_found(database: Database, kim: Agent) -> None:
    for command in (
        (finish_callback, FinishCallback(kim.id, 4711, Outcome.SUCCEEDED)),
        (try_callback, TryCallback(kim.id, 4711)),
    ):
        with pytest.raises(NotFound) as missing:
            database.call(*command)
        assert missing.value.code == "no_such_callback"


def test_every_call_back_counts_and_is_told_the_number_as_it_is_now(
    database: Database, kim: Agent, lee: Agent
) -> None:
    promise = make(database, a_callback, assignee=kim, number="01000000007")
    first = database.call(try_callback, TryCallback(lee.id, promise.id))
    assert first.value == Attempt("01000000007", 1)
    assert {f"agent/{kim.id}", f"agent/{lee.id}", f"ticket/{promise.ticket_id}"} <= first.touched
    assert database.call(try_callback, TryCallback(kim.id, promise.id)).value.attempts == 2


def test_who_is_second_is_told_who_was_first(
    database: Database, kim: Agent, lee: Agent, login: Callable[[Agent], Database]
) -> None:
    promise = make(database, a_callback, assignee=kim)
    login(lee).call(finish_callback, FinishCallback(lee.id, promise.id, Outcome.SUCCEEDED))
    for command in (
        (finish_callback, FinishCallback(kim.id, promise.id, Outcome.CANCELLED)),
        (try_callback, TryCallback(kim.id, promise.id)),
    ):
        with pytest.raises(RuleViolation) as late:
            login(kim).call(*command)
        assert (late.value.code, late.value.details) == (
            "callback_settled_by",
            {"name": "이담당"},
        )


def test_of_two_desks_that_finish_one_callback_at_once_one_wins(
    database: Database, kim: Agent, lee: Agent, login: Callable[[Agent], Database]
) -> None:
    promise = make(database, a_callback, assignee=kim)
    start = Barrier(2)

    def finish(agent: Agent) -> str:
        desk = login(agent)
        command = FinishCallback(agent.id, promise.id, Outcome.MISSED, LATER)
        start.wait(10)
        try:
            desk.call(finish_callback, command)
        except RuleViolation as error:
            return error.code
        return "won"

    with ThreadPoolExecutor(2) as desks:
        ends = sorted(desks.map(finish, (kim, lee)))
    assert ends == ["callback_settled_by", "won"]
    assert value(database, "SELECT count(*) FROM callback WHERE outcome IS NULL") == 1


def test_a_settled_promise_stays_settled_whatever_a_client_sends(
    database: Database, kim: Agent, lee: Agent, login: Callable[[Agent], Database]
) -> None:
    promise = make(database, a_callback, assignee=kim)
    forged = text("UPDATE callback SET outcome = 'missed', done_at = '2001-01-01' WHERE id = :id")
    agent = login(lee)
    agent.call(lambda session: session.execute(forged, {"id": promise.id}))
    assert value(database, "SELECT done_by FROM callback") == lee.id
    assert value(database, "SELECT done_at > now() - interval '1 hour' FROM callback")
    with pytest.raises(RuleViolation) as refused:
        agent.call(lambda session: session.execute(forged, {"id": promise.id}))
    assert refused.value.code == "not_allowed"


def test_the_calls_made_to_keep_a_promise_are_contacts_of_its_ticket(
    database: Database, kim: Agent, lee: Agent, login: Callable[[Agent], Database]
) -> None:
    earlier = make(database, a_call, direction="out", caller_number="01000000007")
    make(database, a_leg, call=earlier, agent=kim, direction="out", end="completed")
    value(database, "UPDATE call_leg SET rang_at = rang_at - interval '1 day' RETURNING 1")
    promise = make(database, a_callback, assignee=kim, number="01000000007")
    tried = make(database, a_call, direction="out", caller_number="01000000007")
    make(database, a_leg, call=tried, agent=kim, direction="out", end="completed")
    for number, agent in (("01000000008", kim), ("01000000007", lee)):
        other = make(database, a_call, direction="out", caller_number=number)
        make(database, a_leg, call=other, agent=agent, direction="out", end="completed")
    login(kim).call(finish_callback, FinishCallback(kim.id, promise.id, Outcome.SUCCEEDED))
    noted = "SELECT array_agg(call_id) FROM activity WHERE ticket_id = {} AND agent_id = {}"
    assert value(database, noted.format(promise.ticket_id, kim.id)) == [tried.id]
