"""Forcing a state and logging off: supervisors only, with a reason, on record, and told at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.calls import Phase
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.services.calls import record_leg_event
from ets_desktop.services.duty import BeAtDesk, ChooseState, be_at_desk, choose_state, leave_desk
from ets_desktop.services.sessions import begin_session, session_ended
from ets_desktop.services.supervising import ForceState, LogOff, force_state, log_off
from tests import calls
from tests.factories import a_call, make

LogIn = Callable[[Agent], Database]


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    return database.call(lambda session: [tuple(row) for row in session.execute(text(sql))])


def sit(database: Database, agent: Agent, desk_id: UUID | None = None) -> UUID:
    """준비 at a desk."""
    here = desk_id or uuid4()
    database.call(be_at_desk, BeAtDesk(agent.id, here))
    database.call(choose_state, ChooseState(agent.id, AgentState.READY))
    return here


def states(database: Database, agent: Agent) -> list[tuple[Any, ...]]:
    return rows(
        database,
        "SELECT state, cause, changed_by FROM agent_state_change"
        f" WHERE agent_id = {agent.id} ORDER BY id",
    )


def looks(database: Database) -> list[tuple[Any, ...]]:
    return rows(
        database,
        "SELECT login, action, subject, condition FROM access_log"
        " WHERE action IN ('force_state', 'log_off') ORDER BY id",
    )


def test_a_forced_state_says_who_forced_it_and_why(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    sit(login(kim), kim)
    command = ForceState(kim.id, AgentState.TRAINING, " 신제품\x07 \u202e교육 ")
    assert login(park).call(force_state, command).value.state == "training"
    assert states(database, kim)[-1] == ("training", "forced", park.id)
    assert looks(database) == [
        (
            park.login,
            "force_state",
            f"agent/{kim.login}",
            {"reason": "신제품 교육", "agent_state": "training"},
        )
    ]


def test_a_state_forced_while_talking_comes_after_the_call(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    sit(login(kim), kim)
    ring = calls.ring(str(kim.extension), at=datetime.now(UTC))
    for event in (ring, calls.then(ring, Phase.TALKING, 2)):
        database.call(record_leg_event, event)
    duty = login(park).call(force_state, ForceState(kim.id, AgentState.REST, "쉬세요")).value
    assert (duty.state, duty.after) == ("on_call", "rest")
    assert len(looks(database)) == 1


@pytest.mark.parametrize("state", [AgentState.ON_CALL, AgentState.LOGGED_OUT])
def test_nobody_forces_what_calls_and_desks_make(
    database: Database, kim: Agent, park: Agent, state: AgentState
) -> None:
    with pytest.raises(RuleViolation, match="state_not_choosable"):
        database.call(force_state, ForceState(kim.id, state, "사유"))


@pytest.mark.parametrize("reason", ["", "  \n", "\x00", "\u200b\u3164"])
def test_nobody_is_forced_without_a_reason(
    kim: Agent, park: Agent, login: LogIn, reason: str
) -> None:
    sit(login(kim), kim)
    for work in (
        lambda desk: desk.call(force_state, ForceState(kim.id, AgentState.REST, reason)),
        lambda desk: desk.call(log_off, LogOff(kim.id, reason)),
    ):
        with pytest.raises(RuleViolation, match="needs_reason"):
            work(login(park))


def test_whoever_is_not_there_is_neither_forced_nor_logged_off(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    for work in (
        lambda desk: desk.call(force_state, ForceState(kim.id, AgentState.REST, "사유")),
        lambda desk: desk.call(log_off, LogOff(kim.id, "사유")),
        lambda desk: desk.call(log_off, LogOff(-1, "사유")),
    ):
        with pytest.raises(RuleViolation, match="agent_logged_out"):
            work(login(park))
    assert looks(database) == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT force_agent_state({other}, 'rest', '사유')",
        "SELECT log_agent_off({other}, '사유')",
        "SELECT choose_agent_state({other}, 'rest', 'forced')",
        "SELECT choose_agent_state({me}, 'rest', 'forced')",
        "SELECT change_agent_state({other}, 'rest', 'forced')",
        "SELECT log_supervision('log_off', {other}, 'x', '{{}}')",
        "UPDATE desk SET logged_off = true",
        "UPDATE desk_session SET ended_at = now(), why = 'logged_off'",
    ],
)
def test_an_agents_own_shell_forces_and_logs_off_nobody(
    kim: Agent, lee: Agent, login: LogIn, statement: str
) -> None:
    sit(login(lee), lee)
    mine = login(kim)
    sit(mine, kim)
    forged = statement.format(me=kim.id, other=lee.id)
    with (
        psycopg.connect(mine.url, autocommit=True) as shell,
        pytest.raises(InsufficientPrivilege),
    ):
        shell.execute(forged.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT force_agent_state({other}, 'rest', ' ')",
        "SELECT log_agent_off({other}, NULL)",
        "SELECT force_agent_state({me}, 'rest', '사유')",
        "SELECT log_agent_off({me}, '사유')",
        "SELECT force_agent_state({other}, 'logged_out', '사유')",
        "SELECT choose_agent_state({other}, 'rest', 'chosen')",
    ],
)
def test_a_supervisors_own_shell_does_it_by_the_rules(
    database: Database, kim: Agent, park: Agent, login: LogIn, statement: str
) -> None:
    sit(login(kim), kim)
    mine = login(park)
    sit(mine, park)
    with (
        psycopg.connect(mine.url, autocommit=True) as shell,
        pytest.raises(InsufficientPrivilege),
    ):
        shell.execute(statement.format(me=park.id, other=kim.id).encode())
    assert [row[0] for row in rows(database, "SELECT state FROM agent WHERE active")] == [
        "ready",
        "ready",
    ]
    assert looks(database) == []


def test_whoever_is_logged_off_hears_of_it_and_is_signed_out(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    desk, session_id = login(kim), uuid4()
    desk.call(begin_session, session_id)
    sit(desk, kim)
    with psycopg.connect(desk.url, autocommit=True) as ear:
        ear.execute("LISTEN ets_change")
        login(park).call(log_off, LogOff(kim.id, "퇴근"))
        heard = {notice.payload for notice in ear.notifies(timeout=5, stop_after=3)}
    assert f"session/{kim.id}" in heard
    assert desk.call(session_ended, session_id) == "logged_off"
    assert states(database, kim)[-1] == ("logged_out", "forced", park.id)
    assert looks(database) == [(park.login, "log_off", f"agent/{kim.login}", {"reason": "퇴근"})]


def test_a_beat_of_a_desk_that_was_logged_off_seats_nobody(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    desk = login(kim)
    here = sit(desk, kim)
    login(park).call(log_off, LogOff(kim.id, "퇴근"))
    assert desk.call(be_at_desk, BeAtDesk(kim.id, here)).value.state == "logged_out"
    desk.call(leave_desk, BeAtDesk(kim.id, here))
    assert states(database, kim)[-1][:2] == ("logged_out", "forced")


def test_who_was_logged_off_may_log_in_again(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    desk = login(kim)
    old = sit(desk, kim)
    login(park).call(log_off, LogOff(kim.id, "퇴근"))
    session_id, new = uuid4(), uuid4()
    desk.call(begin_session, session_id)
    sit(desk, kim, new)
    desk.call(leave_desk, BeAtDesk(kim.id, old))
    assert states(database, kim)[-1][0] == "ready"
    assert desk.call(session_ended, session_id) == ""
    desk.call(leave_desk, BeAtDesk(kim.id, new))
    assert states(database, kim)[-1][:2] == ("logged_out", "signed_out")


def test_a_new_desk_that_vanishes_is_not_kept_by_the_old_one(
    database: Database, kim: Agent, park: Agent, login: LogIn
) -> None:
    desk = login(kim)
    old = sit(desk, kim)
    login(park).call(log_off, LogOff(kim.id, "퇴근"))
    new = sit(desk, kim)
    age = "UPDATE desk SET seen_at = now() - interval '21 seconds' WHERE desk_id = :new"
    database.call(lambda session: session.execute(text(age), {"new": new}))
    desk.call(be_at_desk, BeAtDesk(kim.id, old))
    assert states(database, kim)[-1][:2] == ("logged_out", "desk_gone")


def test_a_session_without_a_desk_is_ended_too(kim: Agent, park: Agent, login: LogIn) -> None:
    desk, session_id = login(kim), uuid4()
    desk.call(begin_session, session_id)
    login(park).call(log_off, LogOff(kim.id, "퇴근"))
    assert desk.call(session_ended, session_id) == "logged_off"


def test_a_call_is_told_to_whoever_watches(database: Database, kim: Agent) -> None:
    call = make(database, a_call)
    with psycopg.connect(database.url, autocommit=True) as ear:
        ear.execute("LISTEN ets_change")
        rows_of = (
            "INSERT INTO call_leg (call_id, leg_key, extension, direction, phase, rang_at)"
            f" VALUES ({call.id}, 'a', '{kim.extension}', 'in', 'ringing', now())"
        )
        ear.execute(rows_of.encode())
        heard = [notice.payload for notice in ear.notifies(timeout=5, stop_after=1)]
    assert heard == ["live_calls"]
