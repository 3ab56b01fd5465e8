"""부재 stays marked until somebody sees to the caller, then for everybody."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.calls import Call
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.calendar import seoul_date
from ets_desktop.domain.calls import Direction, Phase
from ets_desktop.domain.errors import NotFound
from ets_desktop.queries.calls import call_history
from ets_desktop.queries.work import agent_work
from ets_desktop.services.calls import record_leg_event
from ets_desktop.services.missed_calls import HandleMissedCall, handle_missed_call
from ets_desktop.services.ticket_forms import ReceiveTicket
from ets_desktop.services.tickets import receive_ticket
from tests.calls import ring, then
from tests.factories import a_call, a_form, a_leg, an_agent, make

Login = Callable[[Agent], Database]
NUMBER = "01000005555"


def missed(database: Database, *agents: Agent, number: str | None = NUMBER, **call: Any) -> Call:
    """A call that rang at all of them in vain."""
    made = make(database, a_call, caller_number=number, **call)
    for agent in agents:
        make(database, a_leg, call=made, agent=agent, end="no_answer")
    return made


def waiting(database: Database, agent: Agent) -> int:
    """Missed calls at the agent's extension that nobody handled; the dock and the number agree."""
    now = datetime.now(UTC)
    rows = database.call(call_history, agent.extension or "", seoul_date(now))
    shown = sum(row.is_missed and not row.is_handled for row in rows)
    assert database.call(agent_work, agent.id, now).calls.count == shown
    return shown


def reach(database: Database, extension: str, number: str) -> None:
    """Somebody at `extension` dialled the number, and it was answered."""
    rings = ring(extension, number, call=f"out-{extension}", leg=f"out-{extension}")
    dials = replace(rings, direction=Direction.OUT)
    for event in (dials, then(dials, Phase.DIALLING, 1), then(dials, Phase.TALKING, 5)):
        database.call(record_leg_event, event)


@pytest.fixture
def choi(database: Database, team: Team) -> Agent:
    return make(database, an_agent, name="최동료", extension="104", team=team)


def test_a_group_call_handled_by_one_is_handled_for_all(
    database: Database, kim: Agent, lee: Agent, choi: Agent, login: Login
) -> None:
    call = missed(database, kim, lee, choi)
    assert [waiting(database, agent) for agent in (kim, lee, choi)] == [1, 1, 1]
    done = login(lee).call(handle_missed_call, HandleMissedCall(lee.id, call.id))
    assert done.value == 3
    assert done.touched == {"calls/101", "calls/102", "calls/104"}
    assert [waiting(database, agent) for agent in (kim, lee, choi)] == [0, 0, 0]
    (row,) = database.call(call_history, "101", seoul_date(datetime.now(UTC)))
    assert (row.is_handled, row.handled_by) == (True, "이담당")


def test_the_other_desks_hear_of_it(
    database: Database, kim: Agent, lee: Agent, login: Login
) -> None:
    call = missed(database, kim, lee)
    with psycopg.connect(database.url, autocommit=True) as ear:
        ear.execute("LISTEN ets_change")
        login(lee).call(handle_missed_call, HandleMissedCall(lee.id, call.id))
        heard = {notice.payload for notice in ear.notifies(timeout=2, stop_after=3)}
    assert heard == {"calls/101", "calls/102", f"team/{lee.team_id}"}


def test_who_called_thrice_is_handled_once(
    database: Database, kim: Agent, lee: Agent, choi: Agent
) -> None:
    """At the team of who handles it; the same number at another team is that team's."""
    for agent in (lee, choi, lee):
        call = missed(database, agent)
    missed(database, kim)
    missed(database, lee, number="01000006666")
    missed(database, lee, rang_at=datetime.now(UTC) - timedelta(days=8))
    assert database.call(handle_missed_call, HandleMissedCall(lee.id, call.id)).value == 3
    assert [waiting(database, agent) for agent in (kim, lee, choi)] == [1, 1, 0]


def test_a_withheld_number_is_handled_call_by_call(database: Database, lee: Agent) -> None:
    withheld = {"number": None, "caller_typed": "anonymous"}
    first, _ = (missed(database, lee, **withheld) for _ in range(2))
    database.call(lambda session: session.execute(text("UPDATE call SET caller_number = NULL")))
    database.call(handle_missed_call, HandleMissedCall(lee.id, first.id))
    assert waiting(database, lee) == 1


def test_a_saved_ticket_handles_its_call_and_the_callers_earlier_ones(
    database: Database, lee: Agent, choi: Agent, login: Login
) -> None:
    missed(database, choi)
    answered = make(database, a_call, caller_number=NUMBER)
    make(database, a_leg, call=answered, agent=lee)
    form = a_form(caller_number=NUMBER)
    login(lee).call(receive_ticket, ReceiveTicket(lee.id, form, answered.id))
    assert waiting(database, choi) == 0


def test_reaching_the_number_from_any_extension_of_the_team_handles_it(
    database: Database, kim: Agent, lee: Agent, choi: Agent
) -> None:
    missed(database, lee)
    missed(database, kim)
    reach(database, "104", NUMBER)
    assert [waiting(database, agent) for agent in (kim, lee)] == [1, 0]
    reach(database, "101", NUMBER)
    assert waiting(database, kim) == 0


def test_a_call_that_rang_on_and_was_not_answered_handles_nothing(
    database: Database, lee: Agent, kim: Agent
) -> None:
    missed(database, lee)
    reach(database, "101", "102")
    reach(database, "999", NUMBER)
    assert waiting(database, lee) == 1


def test_what_is_handled_stays_so_and_names_who_did_it(
    database: Database, lee: Agent, choi: Agent, login: Login
) -> None:
    call = missed(database, lee, choi)
    login(lee).call(handle_missed_call, HandleMissedCall(lee.id, call.id))
    assert login(choi).call(handle_missed_call, HandleMissedCall(choi.id, call.id)).value == 0
    with psycopg.connect(login(choi).url, autocommit=True) as shell:
        shell.execute("UPDATE call_leg SET handled_at = NULL")
        shell.execute("UPDATE call_leg SET handled_at = '2001-01-01'")
    (row,) = database.call(call_history, "102", seoul_date(datetime.now(UTC)))
    assert (row.is_handled, row.handled_by) == (True, "이담당")


def test_two_who_handle_the_same_callers_do_not_block_each_other(
    database: Database, lee: Agent, choi: Agent
) -> None:
    calls = [missed(database, lee, choi) for _ in range(10)]
    wishes = [HandleMissedCall(who.id, call.id) for call in calls for who in (lee, choi)]
    with ThreadPoolExecutor(6) as desks:
        done = list(desks.map(lambda wish: database.call(handle_missed_call, wish).value, wishes))
    assert sum(done) == 20
    assert waiting(database, lee) == waiting(database, choi) == 0


def test_a_call_that_is_not_there(database: Database, kim: Agent) -> None:
    with pytest.raises(NotFound, match="no_such_call"):
        database.call(handle_missed_call, HandleMissedCall(kim.id, 1))


def test_the_gateways_role_handles_whom_the_team_reached(database: Database, lee: Agent) -> None:
    missed(database, lee)
    rings = ring("102", NUMBER, call="out", leg="out")
    talks = replace(rings, direction=Direction.OUT, phase=Phase.TALKING, event_key="talks")

    def as_gateway(session: Session) -> None:
        session.execute(text("SET LOCAL ROLE ets_gateway"))
        record_leg_event(session, talks)

    database.call(as_gateway)
    assert waiting(database, lee) == 0
