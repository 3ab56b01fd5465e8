"""대기열, the chain of a ticket, and what becomes of offers."""

from datetime import UTC, datetime, timedelta

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.errors import NotFound
from ets_desktop.domain.transfers import AcceptLimits
from ets_desktop.queries.queue import Queue, agent_queue, offer_preview
from ets_desktop.queries.transfers import Alarms, offer_news, transfer_alarms, transfer_chain
from tests.factories import a_customer, a_ticket, a_transfer, an_agent, make
from tests.round_trips import round_trips

NOW = datetime.now(UTC)


def ago(minutes: int) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


def queue_of(database: Database, agent: Agent) -> Queue:
    return database.call(agent_queue, agent.id, agent.team_id)


def test_offers_to_me_and_to_my_team_wait_the_oldest_first(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    mine = make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=ago(2))
    sent_at = ago(5)
    ours = make(database, a_transfer, from_agent=kim, to_team=team, sent_at=sent_at)
    make(database, a_transfer, from_agent=lee, to_agent=kim)
    queue = queue_of(database, lee)
    assert [row.transfer_id for row in queue.waiting] == [ours.id, mine.id]
    first = queue.waiting[0]
    assert (first.to_agent, first.to_team, first.from_agent) == ("물류팀", True, "김상담")
    assert (first.hop, first.late_at) == (1, sent_at + timedelta(minutes=60))
    assert queue.in_progress == ()
    assert abs(queue.as_of - datetime.now(UTC)) < timedelta(minutes=1)
    assert round_trips(database, agent_queue, lee.id, lee.team_id) == 1


def test_what_was_taken_goes_on_below_until_it_is_done(
    database: Database, kim: Agent, lee: Agent
) -> None:
    taken = make(database, a_transfer, from_agent=kim, to_agent=lee, accepted_at=NOW)
    done = make(database, a_ticket, created_by=kim, assignee=lee, status="completed")
    make(database, a_transfer, ticket=done, from_agent=kim, to_agent=lee, accepted_at=NOW)
    queue = queue_of(database, lee)
    assert (queue.waiting, [row.transfer_id for row in queue.in_progress]) == ((), [taken.id])


def test_nobody_has_an_empty_queue_without_a_moment(database: Database, kim: Agent) -> None:
    queue = queue_of(database, kim)
    assert (queue.waiting, queue.in_progress) == ((), ())
    assert queue.as_of is not None


def test_a_preview_tells_ticket_chain_and_the_customers_other_tickets(
    database: Database, kim: Agent, lee: Agent
) -> None:
    customer = make(database, a_customer, name="홍길동")
    others = [make(database, a_ticket, created_by=kim, customer=customer) for _ in range(6)]
    ticket = make(database, a_ticket, created_by=kim, customer=customer, title="이관할 접수")
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_agent=lee, reason="물류 확인")
    preview = database.call(offer_preview, ticket.id)
    assert (preview.detail.form.title, preview.detail.customer) == ("이관할 접수", "홍길동")
    assert [hop.reason for hop in preview.chain] == ["물류 확인"]
    assert [row.ticket_id for row in preview.earlier] == [t.id for t in reversed(others)][:5]


def test_a_preview_of_an_unknown_caller_has_no_other_tickets(
    database: Database, kim: Agent
) -> None:
    hop = make(database, a_transfer, to_agent=kim)
    assert database.call(offer_preview, hop.ticket_id).earlier == ()
    with pytest.raises(NotFound):
        database.call(offer_preview, 4711)


def test_the_chain_says_who_when_why_and_what_came_of_it(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    make(
        database,
        a_transfer,
        ticket=ticket,
        from_agent=kim,
        to_agent=lee,
        returned_at=NOW,
        return_reason="제 일이 아닙니다",
    )
    make(database, a_transfer, ticket=ticket, from_agent=kim, to_team=team, hop=2)
    first, second = database.call(transfer_chain, ticket.id)
    assert (first.hop, first.from_agent, first.to_agent) == (1, "김상담", "이담당")
    assert (first.transfer_state, first.settled_at, first.return_reason) == (
        "returned",
        NOW,
        "제 일이 아닙니다",
    )
    assert (second.hop, second.to_agent, second.transfer_state, second.settled_at) == (
        2,
        "물류팀",
        "sent",
        None,
    )
    assert database.call(transfer_chain, 4711) == ()


def test_news_are_what_waits_for_me_and_how_mine_stand(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    to_lee = make(database, a_transfer, from_agent=kim, to_agent=lee)
    to_team = make(database, a_transfer, from_agent=kim, to_team=team, seen_at=NOW)
    make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=ago(8 * 24 * 60), hop=1)
    by_lee = database.call(offer_news, lee.id, lee.team_id)
    assert [(n.transfer_id, n.by_me, n.transfer_state) for n in by_lee][:2] == [
        (to_lee.id, False, "sent"),
        (to_team.id, False, "seen"),
    ]
    by_kim = database.call(offer_news, kim.id, None)
    assert [(n.transfer_id, n.by_me, n.to_agent) for n in by_kim] == [
        (to_lee.id, True, "이담당"),
        (to_team.id, True, "물류팀"),
    ]


def test_a_supervisor_hears_of_late_offers_and_of_ping_pong(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    late = make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=ago(31))
    make(database, a_transfer, from_agent=kim, to_team=team, sent_at=ago(59))
    again = make(database, a_transfer, from_agent=kim, to_agent=lee, hop=3)
    told = database.call(transfer_alarms, None)
    assert [(a.transfer_id, a.is_late, a.is_ping_pong) for a in told.alarms] == [
        (late.id, True, False),
        (again.id, False, True),
    ]
    assert told.next_in_s == pytest.approx(60, abs=50)
    strict = AcceptLimits(timedelta(0), timedelta(0))
    assert len(database.call(transfer_alarms, None, strict).alarms) == 3


def test_a_supervisor_of_a_team_hears_of_that_teams_offers_only(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    to_member = make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=ago(90))
    to_team = make(database, a_transfer, from_agent=kim, to_team=team, sent_at=ago(90))
    by_member = make(database, a_transfer, from_agent=lee, to_agent=kim, sent_at=ago(90))
    stranger = make(database, an_agent)
    make(database, a_transfer, from_agent=kim, to_agent=stranger, sent_at=ago(90))
    told = database.call(transfer_alarms, team.id)
    assert [a.transfer_id for a in told.alarms] == [to_member.id, to_team.id, by_member.id]


def test_what_was_taken_in_time_alarms_nobody(database: Database, kim: Agent, lee: Agent) -> None:
    make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=ago(90), accepted_at=NOW)
    assert database.call(transfer_alarms, None) == Alarms((), None)
