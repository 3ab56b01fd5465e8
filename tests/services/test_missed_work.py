"""부재 as work: one row a caller, of the agent or of the team, until somebody saw to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.calls import Direction, End, LegEvent, Phase
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.services.agents import EnableLogin, enable_login
from ets_desktop.services.calls import record_leg_event
from ets_desktop.services.duty import BeAtDesk, ChooseState, be_at_desk, choose_state, leave_desk
from ets_desktop.services.missed_calls import (
    HandleMissedCall,
    ReturnMissedCall,
    TakeMissedCall,
    handle_missed_call,
    return_missed_call,
    take_missed_call,
)
from tests import calls
from tests.factories import a_call, a_leg, an_agent, make

LogIn = Callable[[Agent], Database]
CALLER = "01000001234"


@pytest.fixture
def han(database: Database, team: Team) -> Agent:
    return make(database, an_agent, name="한동료", extension="104", team=team)


class Tries:
    """A caller's tries, told leg by leg as a gateway does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ring(self, *extensions: str, number: str | None = CALLER) -> list[LegEvent]:
        call = uuid4().hex
        now = datetime.now(UTC)
        legs = [
            calls.ring(extension, number, call=call, leg=f"{call}-{extension}", at=now)
            for extension in extensions
        ]
        self.tell(*legs)
        return legs

    def tell(self, *events: LegEvent) -> None:
        for event in events:
            self._database.call(record_leg_event, event)

    def end(self, *legs: LegEvent, end: End = End.ABANDONED) -> None:
        self.tell(*(calls.then(leg, Phase.ENDED, 9, end) for leg in legs))

    def miss(self, *extensions: str, number: str | None = CALLER) -> None:
        self.end(*self.ring(*extensions, number=number))


@pytest.fixture
def tries(database: Database) -> Tries:
    return Tries(database)


def rows(database: Database) -> list[tuple[Any, ...]]:
    sql = """
        SELECT caller_number, team_id, agent_id, tries, taken_by, done_at IS NOT NULL
        FROM missed_call ORDER BY id
    """
    return database.call(lambda s: [tuple(row) for row in s.execute(text(sql))])


def only_id(database: Database) -> int:
    return database.call(lambda s: int(s.execute(text("SELECT id FROM missed_call")).scalar_one()))


def sit(database: Database, agent: Agent, state: AgentState = AgentState.READY) -> Any:
    """Beats at a new desk; calling it beats again."""
    here = BeAtDesk(agent.id, uuid4())
    database.call(be_at_desk, here)
    database.call(choose_state, ChooseState(agent.id, state))
    return lambda: database.call(be_at_desk, here).value


def test_a_call_missed_at_one_extension_is_that_agents(
    database: Database, lee: Agent, tries: Tries
) -> None:
    tries.miss("102")
    tries.miss("102")
    assert rows(database) == [(CALLER, None, lee.id, 2, None, False)]


def test_a_group_call_is_the_teams_once_nobody_took_it(
    database: Database, lee: Agent, han: Agent, team: Team, tries: Tries
) -> None:
    one, two = tries.ring("102", "104")
    tries.end(one)
    assert rows(database) == []  # it still rings at the other
    tries.end(two)
    assert rows(database) == [(CALLER, team.id, None, 1, None, False)]


def test_a_call_that_goes_round_is_the_teams_and_nobody_s_own(
    database: Database, lee: Agent, han: Agent, team: Team, tries: Tries
) -> None:
    call = tries.ring("102")[0]
    tries.end(call)
    assert [row[2] for row in rows(database)] == [lee.id]
    now = datetime.now(UTC)
    second = calls.ring("104", CALLER, call=call.vendor_call_id, leg=uuid4().hex, at=now)
    tries.tell(second)
    tries.end(second)
    assert rows(database) == [(CALLER, team.id, None, 1, None, False)]


def test_a_call_taken_after_all_is_no_work(
    database: Database, lee: Agent, han: Agent, tries: Tries
) -> None:
    call = tries.ring("102")[0]
    tries.end(call)
    now = datetime.now(UTC)
    second = calls.ring("104", CALLER, call=call.vendor_call_id, leg=uuid4().hex, at=now)
    tries.tell(second, calls.then(second, Phase.TALKING, 2))
    assert [row[-1] for row in rows(database)] == [True]


def test_what_rang_for_a_group_and_was_taken_by_one_is_no_work(
    database: Database, lee: Agent, han: Agent, tries: Tries
) -> None:
    one, two = tries.ring("102", "104")
    tries.tell(calls.then(two, Phase.TALKING, 2))
    tries.end(one, end=End.ANSWERED_ELSEWHERE)
    tries.end(two, end=End.COMPLETED)
    assert rows(database) == []


@pytest.mark.parametrize("number", [None, "104", "anonymous"])
def test_whom_nobody_can_or_need_call_back_is_no_work(
    database: Database, lee: Agent, tries: Tries, number: str | None
) -> None:
    tries.miss("102", number=number)
    assert rows(database) == []


def test_what_was_missed_long_ago_is_no_work(database: Database, lee: Agent, tries: Tries) -> None:
    call = make(database, a_call, rang_at=datetime.now(UTC) - timedelta(days=8))
    make(database, a_leg, call=call, agent=lee, end="abandoned")
    assert rows(database) == []


def test_a_queue_of_agents_without_a_team_is_the_one_s_it_rang_at(
    database: Database, kim: Agent, park: Agent, tries: Tries
) -> None:
    tries.miss("101", "103")
    tries.miss("999")
    assert [row[1:3] for row in rows(database)] == [(None, park.id)]


def test_what_is_handled_is_off_the_list(
    database: Database, lee: Agent, han: Agent, tries: Tries
) -> None:
    tries.miss("102", "104")
    tries.miss("102")
    call_id = database.call(lambda s: s.scalar(text("SELECT min(id) FROM call")))
    database.call(handle_missed_call, HandleMissedCall(lee.id, call_id))
    assert [row[-1] for row in rows(database)] == [True, True]


def test_whom_somebody_of_the_team_reaches_is_off_the_list(
    database: Database, lee: Agent, han: Agent, tries: Tries
) -> None:
    tries.miss("102", "104")
    now = datetime.now(UTC)
    out = calls.ring("104", CALLER, call="out", leg="out", at=now)
    out = replace(out, direction=Direction.OUT, phase=Phase.DIALLING)
    tries.tell(out, calls.then(out, Phase.TALKING, 2))
    assert [row[-1] for row in rows(database)] == [True]


def test_a_missed_group_call_is_offered_taken_and_done(
    database: Database, lee: Agent, han: Agent, login: LogIn, tries: Tries
) -> None:
    lees, hans = sit(login(lee), lee), sit(login(han), han)
    tries.miss("102", "104")
    offer = lees().offer
    assert (offer.transfer_id, offer.missed_call_id, offer.number) == (
        None,
        only_id(database),
        CALLER,
    )
    assert hans().offer is None
    wish = TakeMissedCall(lee.id, only_id(database))
    login(lee).call(take_missed_call, wish)
    login(lee).call(take_missed_call, wish)
    assert rows(database)[0][4] == lee.id
    with pytest.raises(RuleViolation, match="missed_call_taken") as refused:
        login(han).call(take_missed_call, TakeMissedCall(han.id, only_id(database)))
    assert refused.value.details["name"] == "이담당"
    assert lees().offer is None
    call_id = database.call(lambda s: s.scalar(text("SELECT id FROM call")))
    database.call(handle_missed_call, HandleMissedCall(lee.id, call_id))
    with pytest.raises(RuleViolation, match="missed_call_done"):
        login(lee).call(take_missed_call, wish)


def test_who_returns_a_caller_is_not_offered_it_again(
    database: Database, lee: Agent, han: Agent, login: LogIn, tries: Tries
) -> None:
    lees, hans = sit(login(lee), lee), sit(login(han), han, AgentState.REST)
    tries.miss("102", "104")
    assert lees().offer is not None
    wish = ReturnMissedCall(lee.id, only_id(database), "다른 담당자 고객입니다.")
    login(lee).call(return_missed_call, wish)
    assert lees().offer is None
    database.call(choose_state, ChooseState(han.id, AgentState.READY))
    assert hans().offer is not None
    login(han).call(take_missed_call, TakeMissedCall(han.id, only_id(database)))
    with pytest.raises(RuleViolation, match="missed_call_not_returned"):
        login(lee).call(return_missed_call, wish)
    login(han).call(return_missed_call, ReturnMissedCall(han.id, only_id(database), "퇴근"))
    assert rows(database)[0][4] is None
    with pytest.raises(RuleViolation, match="needs_reason"):
        login(han).call(return_missed_call, ReturnMissedCall(han.id, only_id(database), " "))


def test_another_teams_caller_is_nobody_elses(
    database: Database, kim: Agent, lee: Agent, han: Agent, login: LogIn, tries: Tries
) -> None:
    tries.miss("102", "104")
    with pytest.raises(RuleViolation, match="not_allowed"):
        login(kim).call(take_missed_call, TakeMissedCall(kim.id, only_id(database)))
    with pytest.raises(RuleViolation, match="missed_call_not_returned"):
        login(kim).call(return_missed_call, ReturnMissedCall(kim.id, only_id(database), "아님"))


def test_who_goes_home_leaves_the_teams_callers_to_the_team(
    database: Database, lee: Agent, han: Agent, login: LogIn, tries: Tries
) -> None:
    tries.miss("102", "104")
    here = BeAtDesk(lee.id, uuid4())
    login(lee).call(be_at_desk, here)
    login(lee).call(take_missed_call, TakeMissedCall(lee.id, only_id(database)))
    login(lee).call(leave_desk, here)
    assert rows(database)[0][4] is None


@pytest.mark.parametrize("extensions", [("104",), ("104", "105")], ids=["alone", "group"])
def test_a_call_missed_at_the_telephone_of_somebody_disabled_is_their_teams(
    extensions: tuple[str, ...], tries: Tries, database: Database, han: Agent, team: Team
) -> None:
    database.call(enable_login, EnableLogin(han.login, enabled=False))
    tries.miss(*extensions)
    assert rows(database) == [(CALLER, team.id, None, 1, None, False)]


def test_nobody_waits_for_somebody_disabled_who_has_no_team_in_use(
    tries: Tries, database: Database, han: Agent, team: Team
) -> None:
    database.call(enable_login, EnableLogin(han.login, enabled=False))
    database.call(lambda s: s.execute(text("UPDATE agent SET team_id = NULL")))
    close = text("UPDATE team SET active = false WHERE id = :id")
    database.call(lambda s: s.execute(close, {"id": team.id}))
    tries.miss("104")
    again = text("UPDATE agent SET team_id = :team WHERE id = :id")
    database.call(lambda s: s.execute(again, {"team": team.id, "id": han.id}))
    tries.miss("104")
    assert rows(database) == []


def test_a_call_missed_while_its_agent_is_being_disabled_is_the_teams(
    tries: Tries, database: Database, han: Agent, team: Team
) -> None:
    (leg,) = tries.ring("104")

    def disable_slowly(session: Session) -> Thread:
        enable_login(session, EnableLogin(han.login, enabled=False))
        other = Thread(target=tries.end, args=(leg,))
        other.start()
        while not database.call(_somebody_waits):
            pass
        return other

    database.call(disable_slowly).join()
    assert rows(database) == [(CALLER, team.id, None, 1, None, False)]


def _somebody_waits(session: Session) -> bool:
    waits = "SELECT FROM pg_locks WHERE locktype IN ('transactionid', 'tuple') AND NOT granted"
    return session.execute(text(waits)).first() is not None
