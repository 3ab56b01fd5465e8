"""사용중지 with hand-over: nobody leaves work behind, and nothing of it is lost on the way."""

from collections.abc import Callable
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database, driver_of
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.topics import agent_topic
from ets_desktop.queries.logins import OpenWork, open_work_of
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.agents import (
    ChangeExtension,
    EnableLogin,
    change_extension,
    enable_login,
)
from ets_desktop.services.hand_over import HandedOver, RetireAgent, retire_agent
from ets_desktop.services.transfers import ReturnTransfer, return_transfer
from tests.factories import a_call, a_callback, a_draft, a_ticket, a_transfer, an_agent, make

Login = Callable[[Agent], Database]


@pytest.fixture
def boss(database: Database) -> Agent:
    return make(database, an_agent, name="최관리", role="admin")


def missed(database: Database, agent: Agent, number: str = "01000000160") -> None:
    call = make(database, a_call, caller_number=number)
    database.call(
        lambda s: s.execute(
            text(
                "INSERT INTO missed_call (caller_number, call_id, agent_id, since)"
                " VALUES (:number, :call, :agent, now())"
            ),
            {"number": number, "call": call.id, "agent": agent.id},
        )
    )


def sign_on(database: Database, *agents: Agent) -> None:
    ids = [agent.id for agent in agents]
    ready = text("UPDATE agent SET state = 'ready' WHERE id = ANY(:ids)")
    database.call(lambda s: s.execute(ready, {"ids": ids}))


def assignee_of(database: Database, ticket_id: int) -> str:
    return database.call(ticket_detail, ticket_id).assignee


def active(database: Database, agent: Agent) -> bool:
    asked = text("SELECT active FROM agent WHERE id = :id")
    return bool(database.call(lambda s: s.execute(asked, {"id": agent.id}).scalar_one()))


def hops(database: Database, ticket_id: int) -> list[tuple[object, ...]]:
    asked = text(
        "SELECT f.name, r.name, x.reason, x.recalled_at IS NOT NULL FROM transfer x"
        " JOIN agent f ON f.id = x.from_agent_id JOIN agent r ON r.id = x.to_agent_id"
        " WHERE x.ticket_id = :id ORDER BY x.hop"
    )
    return [tuple(row) for row in database.call(lambda s: s.execute(asked, {"id": ticket_id}))]


def test_whoever_has_open_work_is_not_disabled(database: Database, kim: Agent, boss: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    with pytest.raises(RuleViolation, match="work_left"):
        database.call(enable_login, EnableLogin(kim.login, enabled=False))
    close = text("UPDATE ticket SET status = 'discarded', discard_reason = 'x' WHERE id = :id")
    database.call(lambda s: s.execute(close, {"id": ticket.id}))
    database.call(enable_login, EnableLogin(kim.login, enabled=False))
    assert not active(database, kim)


def test_a_callback_and_a_caller_are_open_work_too(database: Database, kim: Agent) -> None:
    make(database, a_callback, assignee=kim, ticket=make(database, a_ticket))
    with pytest.raises(RuleViolation, match="work_left"):
        database.call(enable_login, EnableLogin(kim.login, enabled=False))


def test_a_caller_who_tried_in_vain_is_open_work(database: Database, kim: Agent) -> None:
    missed(database, kim)
    with pytest.raises(RuleViolation, match="work_left"):
        database.call(enable_login, EnableLogin(kim.login, enabled=False))


def test_everything_goes_to_one_and_both_are_told(
    database: Database, kim: Agent, lee: Agent, boss: Agent, login: Login
) -> None:
    mine = make(database, a_ticket, created_by=kim)
    promised = make(database, a_callback, assignee=kim, ticket=mine)
    park = make(database, an_agent, name="박보냄")
    offered = make(database, a_transfer, from_agent=park, to_agent=kim)
    elsewhere = make(database, a_callback, assignee=kim, ticket=make(database, a_ticket))
    make(database, a_draft, agent=kim)
    missed(database, kim)
    assert database.call(open_work_of, kim.login) == OpenWork(2, 2, 1)
    done = login(boss).call(
        retire_agent, RetireAgent(kim.login, lee.id, hop_reason="인계", reason="퇴사")
    )
    assert done.value == HandedOver(2, 2, 1)
    assert {agent_topic(who.id) for who in (kim, lee, park)} <= done.touched
    assert database.call(open_work_of, kim.login) == OpenWork(0, 0, 0)
    assert database.call(open_work_of, lee.login) == OpenWork(2, 2, 1)
    assert not active(database, kim)
    assert hops(database, mine.id) == [("최관리", "이담당", "인계", False)]
    assert hops(database, offered.ticket_id)[-1] == ("최관리", "이담당", "인계", False)
    assert hops(database, offered.ticket_id)[0][-1] is True
    history = text(
        "SELECT count(*) FROM ticket_history WHERE ticket_id = :id AND field = 'assignee_id'"
    )
    assert database.call(lambda s: s.execute(history, {"id": mine.id}).scalar_one()) == 1
    kept = text("SELECT count(*) FROM draft WHERE agent_id = :id")
    assert database.call(lambda s: s.execute(kept, {"id": kim.id}).scalar_one()) == 1
    assert {promised.assignee_id, elsewhere.assignee_id} == {kim.id}


def test_it_is_spread_over_the_team_that_is_there(
    database: Database, lee: Agent, kim: Agent, team: Team, boss: Agent, login: Login
) -> None:
    jung = make(database, an_agent, name="정하나", team=team)
    han = make(database, an_agent, name="한두리", team=team)
    tickets = [make(database, a_ticket, created_by=lee) for _ in range(3)]
    make(database, a_ticket, created_by=jung)
    sign_on(database, jung, han, kim)
    done = login(boss).call(retire_agent, RetireAgent(lee.login))
    assert done.value.tickets == 3
    assert sorted(assignee_of(database, ticket.id) for ticket in tickets) == [
        "정하나",
        "한두리",
        "한두리",
    ]


def test_without_anybody_of_the_team_it_goes_to_who_is_there(
    database: Database, lee: Agent, kim: Agent, boss: Agent, login: Login
) -> None:
    ticket = make(database, a_ticket, created_by=lee)
    with pytest.raises(RuleViolation, match="nobody_present"):
        login(boss).call(retire_agent, RetireAgent(lee.login))
    assert active(database, lee)
    sign_on(database, kim)
    login(boss).call(retire_agent, RetireAgent(lee.login))
    assert assignee_of(database, ticket.id) == "김상담"


def test_an_admin_may_take_it_themselves(
    database: Database, kim: Agent, boss: Agent, login: Login
) -> None:
    ticket = make(database, a_transfer, to_agent=kim)
    login(boss).call(retire_agent, RetireAgent(kim.login, boss.id))
    assert assignee_of(database, ticket.ticket_id) == "최관리"
    assert database.call(ticket_detail, ticket.ticket_id).status == "received"


def test_the_owner_hands_on_in_the_leavers_name(database: Database, kim: Agent, lee: Agent) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    database.call(retire_agent, RetireAgent(kim.login, lee.id))
    assert hops(database, ticket.id) == [("김상담", "이담당", "", False)]


def test_who_has_nothing_open_needs_no_receiver(
    database: Database, kim: Agent, boss: Agent, login: Login
) -> None:
    assert login(boss).call(retire_agent, RetireAgent(kim.login)).value == HandedOver(0, 0, 0)
    assert not active(database, kim)


def test_it_goes_to_nobody_who_has_left(
    database: Database, kim: Agent, lee: Agent, boss: Agent, login: Login
) -> None:
    make(database, a_ticket, created_by=kim)
    make(database, a_callback, assignee=lee, ticket=make(database, a_ticket, created_by=lee))
    with pytest.raises(RuleViolation, match="receiver_is_leaver"):
        login(boss).call(retire_agent, RetireAgent(kim.login, kim.id))
    login(boss).call(retire_agent, RetireAgent(lee.login, kim.id))
    with pytest.raises(RuleViolation, match="receiver_inactive"):
        login(boss).call(retire_agent, RetireAgent(kim.login, lee.id))
    with pytest.raises(RuleViolation, match="agent_unknown"):
        login(boss).call(retire_agent, RetireAgent("nobody"))
    assert active(database, kim)


def test_a_supervisor_retires_nobody(
    database: Database, kim: Agent, lee: Agent, park: Agent, login: Login
) -> None:
    ticket = make(database, a_ticket, created_by=kim)
    with pytest.raises(RuleViolation, match="not_allowed"):
        login(park).call(retire_agent, RetireAgent(kim.login, lee.id))
    assert assignee_of(database, ticket.id) == "김상담"


def test_nothing_comes_back_to_who_has_left(
    database: Database, kim: Agent, lee: Agent, login: Login
) -> None:
    offer = make(database, a_transfer, from_agent=kim, to_agent=lee)
    database.call(enable_login, EnableLogin(kim.login, enabled=False))
    with pytest.raises(RuleViolation, match="receiver_inactive"):
        login(lee).call(return_transfer, ReturnTransfer(lee.id, offer.id, "제 일이 아님"))


def test_who_is_given_something_this_moment_is_not_disabled(
    database: Database, kim: Agent, lee: Agent, boss: Agent, login: Login
) -> None:
    """The disabling waits for the offer under way, and then sees it."""
    ticket = make(database, a_ticket, created_by=lee)
    desk, told = login(lee), []

    def disable() -> None:
        try:
            database.call(enable_login, EnableLogin(kim.login, enabled=False))
        except RuleViolation as refused:
            told.append(refused.code)

    def offer(session: Session) -> Thread:
        give = text(
            "UPDATE ticket SET assignee_id = :kim, status = 'transferred', updated_by = :lee,"
            " version = version + 1 WHERE id = :id"
        )
        session.execute(give, {"kim": kim.id, "lee": lee.id, "id": ticket.id})
        other = Thread(target=disable)
        other.start()
        while not database.call(_somebody_waits):
            pass
        return other

    desk.call(offer).join()
    assert told == ["work_left"]


def _somebody_waits(session: Session) -> bool:
    waits = "SELECT FROM pg_locks WHERE locktype IN ('transactionid', 'tuple') AND NOT granted"
    return driver_of(session).execute(waits).fetchone() is not None


def test_the_telephone_is_free_for_the_next(
    database: Database, kim: Agent, lee: Agent, boss: Agent, login: Login
) -> None:
    login(boss).call(retire_agent, RetireAgent(kim.login, frees_extension=True))
    database.call(change_extension, ChangeExtension(lee.login, "101"))
    assert not active(database, kim)
