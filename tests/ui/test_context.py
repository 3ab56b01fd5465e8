"""A screen's jobs on the database: what they call with, and how they are stopped."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from ets_desktop.domain.agents import AgentSession
from ets_desktop.domain.errors import EtsError, Unavailable
from ets_desktop.domain.topics import Done, Topic
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.jobs import CancelToken
from tests.ui.conftest import Steps


def double(session: object, number: int) -> int:
    assert session is None
    return number * 2


def touch(session: object, number: int) -> Done[int]:
    return Done(number, frozenset({Topic("ticket/1")}))


def refuse(session: object) -> Done[int]:
    raise Unavailable("database_away")


def test_a_load_runs_the_query_on_a_session(context: UiContext, steps: Steps) -> None:
    owner, told = QObject(), list[int]()
    context.jobs(owner).load(double, 21, on_done=told.append)
    steps.run()
    assert told == [42]


def test_a_newer_load_stops_the_statement_of_the_older(context: UiContext, steps: Steps) -> None:
    tokens: list[CancelToken] = []

    def call(function: Any, *args: Any, cancel: CancelToken | None = None) -> Any:
        assert cancel is not None
        tokens.append(cancel)
        return function(None, *args)

    owner, told = QObject(), list[int]()
    jobs = replace(context, call=call).jobs(owner)
    jobs.load(double, 1, on_done=told.append)
    steps.pool.run()
    jobs.load(double, 2, on_done=told.append)
    while steps.hub.deliver_one():
        pass
    steps.run()
    assert [token.cancelled for token in tokens] == [True, False]
    assert told == [4]


def test_a_save_tells_what_it_touched(context: UiContext, steps: Steps) -> None:
    owner, told = QObject(), list[object]()
    context.changes.touched.connect(told.append)
    assert context.jobs(owner).save(touch, 7, on_done=told.append)
    steps.run()
    topics = frozenset({Topic("ticket/1")})
    assert told == [topics, Done(7, topics)]


def test_a_refused_save_is_told_where_it_happened(context: UiContext, steps: Steps) -> None:
    owner, told = QObject(), list[EtsError]()
    context.jobs(owner).save(refuse, on_error=told.append)
    steps.run()
    assert [error.code for error in told] == ["database_away"]


def test_who_is_a_supervisor_follows_from_the_role() -> None:
    assert not AgentSession(1, "agent101", "김상담", "101").is_supervisor
    assert AgentSession(1, "supervisor", "박관리", "", "supervisor").is_supervisor
    assert AgentSession(1, "admin", "최관리", "", "admin").is_supervisor
