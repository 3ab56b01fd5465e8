"""폭언: the call is marked once, by who had it."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.queries.calls import call_by_id
from ets_desktop.services.abuse import MarkAbusiveCall, mark_abusive_call
from tests.factories import a_call, a_leg, make

LogIn = Callable[[Agent], Database]


def run(database: Database, sql: str) -> None:
    database.call(lambda session: session.execute(text(sql)))


def test_a_call_is_marked_once_by_who_had_it(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    call = make(database, a_call)
    make(database, a_leg, call=call, agent=kim, end="completed")
    desk = login(kim)
    assert desk.call(mark_abusive_call, MarkAbusiveCall(lee.id, call.id, 2)).value
    assert not desk.call(mark_abusive_call, MarkAbusiveCall(kim.id, call.id, 3)).value
    row = database.call(
        lambda s: s.execute(
            text("SELECT agent_id, warnings_read, now() - marked_at < '1 min' FROM abusive_call")
        ).one()
    )
    assert tuple(row) == (kim.id, 2, True)
    told = desk.call(call_by_id, "101", call.id)
    assert told is not None
    assert told.is_abusive


def test_nobody_marks_a_call_of_others_or_takes_a_mark_away(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    call = make(database, a_call)
    make(database, a_leg, call=call, agent=kim)
    with pytest.raises(RuleViolation, match="not_allowed"):
        login(lee).call(mark_abusive_call, MarkAbusiveCall(lee.id, call.id))
    login(kim).call(mark_abusive_call, MarkAbusiveCall(kim.id, call.id))
    for forbidden in ("DELETE FROM abusive_call", "UPDATE abusive_call SET warnings_read = 0"):
        with pytest.raises(RuleViolation, match="not_allowed"):
            run(login(kim), forbidden)
