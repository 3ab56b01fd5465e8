"""이관 큐: what is transferred and not done, alarms first; who could be given it."""

from datetime import timedelta

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.spreading import Candidate
from ets_desktop.domain.transfers import AcceptLimits
from ets_desktop.queries.queue import agent_queue
from ets_desktop.queries.transfer_queue import spread_candidates, transfer_queue
from ets_desktop.services.transfers import AnswerTransfer, accept_transfer, recall_transfer
from tests.factories import a_ticket, a_transfer, an_agent, make


def test_nothing_is_there(database: Database) -> None:
    queue = database.call(transfer_queue, None)
    assert (queue.rows, queue.more) == ((), False)


def test_what_is_offered_or_under_way_stands_there_until_it_is_done(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    waiting = make(database, a_transfer, from_agent=kim, to_agent=lee)
    taken = make(database, a_transfer, from_agent=kim, to_agent=lee)
    of_team = make(database, a_transfer, from_agent=kim, to_team=team)
    back = make(database, a_transfer, from_agent=kim, to_agent=lee)
    make(database, a_ticket)
    database.call(accept_transfer, AnswerTransfer(lee.id, taken.id))
    database.call(recall_transfer, AnswerTransfer(kim.id, back.id))
    rows = database.call(transfer_queue, None).rows
    assert [(row.transfer_id, row.is_waiting) for row in rows] == [
        (waiting.id, True),
        (taken.id, False),
        (of_team.id, True),
    ]
    assert [row.to_agent for row in rows] == ["이담당", "이담당", "물류팀"]
    assert (rows[0].from_agent_id, rows[0].to_agent_id, rows[2].to_team_id) == (
        kim.id,
        lee.id,
        team.id,
    )


def test_of_too_many_it_says_that_there_are_more(
    database: Database, kim: Agent, lee: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ets_desktop.queries.transfer_queue.MOST", 1)
    first, _ = (make(database, a_transfer, from_agent=kim, to_agent=lee) for _ in "12")
    queue = database.call(transfer_queue, None)
    assert ([row.transfer_id for row in queue.rows], queue.more) == ([first.id], True)


def test_what_alarms_stands_on_top(database: Database, kim: Agent, lee: Agent) -> None:
    calm, taken, lying = (make(database, a_transfer, from_agent=kim, to_agent=lee) for _ in "123")
    to_and_fro = make(database, a_transfer, from_agent=kim, to_agent=lee, hop=3)
    database.call(accept_transfer, AnswerTransfer(lee.id, taken.id))
    late = calm.sent_at - timedelta(hours=1)
    with database.driver_connection() as connection:
        for offer in (lying, taken):
            connection.execute("UPDATE transfer SET sent_at = %s WHERE id = %s", [late, offer.id])
    queue = database.call(transfer_queue, None)
    assert [row.transfer_id for row in queue.rows] == [
        lying.id,
        to_and_fro.id,
        taken.id,
        calm.id,
    ]
    alarming = [row.is_alarming(queue.as_of) for row in queue.rows]
    assert alarming == [True, True, False, False]
    patient = AcceptLimits(timedelta(hours=2), timedelta(hours=2))
    assert database.call(transfer_queue, None, patient).rows[0].transfer_id == to_and_fro.id


def test_what_has_priority_comes_first(database: Database, kim: Agent, lee: Agent) -> None:
    usual, later, urgent = (make(database, a_transfer, from_agent=kim, to_agent=lee) for _ in "123")
    with database.driver_connection() as connection:
        for offer, priority in ((later, "low"), (urgent, "high")):
            ranked = "UPDATE ticket SET priority = %s WHERE id = %s"
            connection.execute(ranked, [priority, offer.ticket_id])
    in_turn = [urgent.id, usual.id, later.id]
    queue = database.call(transfer_queue, None)
    assert [row.transfer_id for row in queue.rows] == in_turn
    agents = database.call(agent_queue, lee.id, None)
    assert [row.transfer_id for row in agents.waiting] == in_turn


def test_a_team_has_what_it_sent_and_what_it_got(
    database: Database, kim: Agent, lee: Agent, park: Agent, team: Team
) -> None:
    sent = make(database, a_transfer, from_agent=lee, to_agent=kim)
    got = make(database, a_transfer, from_agent=kim, to_agent=lee)
    of_team = make(database, a_transfer, from_agent=kim, to_team=team)
    make(database, a_transfer, from_agent=kim, to_agent=park)
    rows = database.call(transfer_queue, team.id).rows
    assert [row.transfer_id for row in rows] == [sent.id, got.id, of_team.id]


def test_who_could_be_given_work_with_what_is_open(
    database: Database, kim: Agent, lee: Agent, park: Agent, team: Team
) -> None:
    make(database, an_agent, name="퇴사자", active=False)
    make(database, a_ticket, created_by=kim)
    make(database, a_ticket, created_by=kim, status="completed")
    make(database, a_transfer, from_agent=park, to_agent=kim)
    out = AgentState.LOGGED_OUT
    assert database.call(spread_candidates, None) == (
        Candidate(kim.id, "김상담", out, 2),
        Candidate(lee.id, "이담당", out, 0),
    )
    assert database.call(spread_candidates, team.id) == (Candidate(lee.id, "이담당", out, 0),)
