"""대기열 whole: callers of the agent and of the team, what was taken, and who is offered what."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.transfers import AcceptLimits
from ets_desktop.queries.missed_work import OfferedTo, WholeQueue, whole_queue
from tests.factories import a_call, a_customer, a_leg, a_transfer, an_agent, make

CALLER = "01000001234"
LIMITS = AcceptLimits(timedelta(minutes=3), timedelta(minutes=7))


def queue_of(database: Database, agent: Agent) -> WholeQueue:
    return database.call(whole_queue, agent.id, agent.team_id, LIMITS)


def miss(database: Database, *agents: Agent, number: str = CALLER, queue: str = "") -> None:
    call = make(database, a_call, caller_number=number, queue=queue)
    for agent in agents:
        make(database, a_leg, call=call, agent=agent, end="abandoned")


def run(database: Database, sql: str) -> None:
    database.call(lambda session: session.execute(text(sql)))


def test_ones_own_callers_and_the_teams_wait_the_oldest_first(
    database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    make(database, a_customer, name="홍길동", numbers=(CALLER,))
    han = make(database, an_agent, extension="104", team=team)
    miss(database, lee)
    miss(database, lee)
    miss(database, han, queue="support", number="01000005678")
    miss(database, kim)
    mine, ours = queue_of(database, lee).missed
    assert (mine.number, mine.customer, mine.tries, mine.receiver) == (
        CALLER,
        "홍길동",
        2,
        "이담당",
    )
    assert (mine.to_team, mine.rang_here, mine.taken) == (False, True, False)
    assert mine.late_at - mine.since == LIMITS.agent
    assert (ours.queue, ours.receiver, ours.customer_id) == ("support", "물류팀", None)
    assert (ours.to_team, ours.rang_here) == (True, False)
    assert ours.late_at - ours.since == LIMITS.team


def test_what_a_colleague_took_is_the_colleagues(
    database: Database, lee: Agent, team: Team
) -> None:
    han = make(database, an_agent, extension="104", team=team)
    miss(database, lee, han)
    run(database, f"UPDATE missed_call SET taken_by = {han.id}, taken_at = now()")
    assert queue_of(database, lee).missed == ()
    (taken,) = queue_of(database, han).missed
    assert taken.taken
    run(database, "UPDATE missed_call SET done_at = now()")
    assert queue_of(database, han).missed == ()


def test_open_offers_tell_to_whom(database: Database, kim: Agent, lee: Agent, team: Team) -> None:
    han = make(database, an_agent, name="한동료", extension="104", team=team)
    miss(database, lee, han)
    sent = make(database, a_transfer, from_agent=kim, to_team=team)
    run(
        database,
        f"INSERT INTO task_offer (agent_id, transfer_id) VALUES ({lee.id}, {sent.id});"
        f"INSERT INTO task_offer (agent_id, missed_call_id) SELECT {han.id}, id FROM missed_call",
    )
    whole = queue_of(database, lee)
    (missed,) = whole.missed
    assert whole.transfers == {sent.id: OfferedTo(lee.id, "이담당")}
    assert whole.calls == {missed.missed_call_id: OfferedTo(han.id, "한동료")}
    assert [row.transfer_id for row in whole.queue.waiting] == [sent.id]
    assert whole.queue.as_of <= datetime.now(UTC) + timedelta(minutes=1)


def test_who_has_no_team_has_only_the_own(database: Database, kim: Agent, lee: Agent) -> None:
    miss(database, lee)
    whole = queue_of(database, kim)
    assert (whole.missed, whole.transfers, whole.calls) == ((), {}, {})
