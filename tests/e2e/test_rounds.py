"""Killed between a save and its answer, over and over: every save stands once.

`ETS_ROUNDS` runs more of them than the few of every day.
"""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.migrate import upgrade
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.errors import Unavailable
from ets_desktop.ui.screens.ticket_form.pressed.sending import PutOff, send, send_again
from tests.e2e.saving_process import a_save, run, sending_desk
from tests.factories import an_agent, make
from tests.local.clusters import Site

ROUNDS = int(os.environ.get("ETS_ROUNDS", "24"))
ENDLESS = 1_000_000
#: A forked one need not import all of it anew for each round; Windows has none.
PROCESSES: Any = multiprocessing.get_context("spawn" if os.name == "nt" else "forkserver")
_STOOD = """
    SELECT count(*), count(DISTINCT title), count(DISTINCT customer_id),
        (SELECT count(*) FROM customer) FROM ticket
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "server")
    postgres = site.postgres()
    upgrade(postgres.start().url())
    yield site
    postgres.stop(end_lingering=True)


@pytest.fixture
def database(server: Site) -> Iterator[Database]:
    with server.running() as target:
        made = Database(target.url(), application_name="test")
        yield made
        made.close()


@pytest.fixture(scope="module", autouse=True)
def warm_processes() -> None:
    if os.name != "nt":
        PROCESSES.set_forkserver_preload(["tests.e2e.saving_process"])


@pytest.fixture
def agent(database: Database) -> Agent:
    return make(database, an_agent, extension="101")


def when_up(ask: Callable[[], Any]) -> Any:
    """The answer of a server that may be getting up again."""
    while True:
        try:
            return ask()
        except Unavailable:
            continue


def standing(database: Database) -> tuple[int, ...]:
    database.close()
    row = when_up(lambda: database.call(lambda session: session.execute(text(_STOOD)).one()))
    return tuple(row)


def numbers(database: Database) -> set[int]:
    found = database.call(lambda s: s.execute(text("SELECT title FROM ticket")).scalars().all())
    return {int(title) for title in found}


def pid_of(context: Any) -> int:
    """Its server process."""
    return int(context.call(lambda s: s.execute(text("SELECT pg_backend_pid()")).scalar_one()))


def until_it_stands(context: Any, number: int) -> bool:
    """Send it until it is answered; whether it took more than once."""
    save = a_save(number)
    outcome = send(context, save)
    unanswered = isinstance(outcome, PutOff)
    while isinstance(outcome, PutOff):
        outcome = send_again(context, save)
    return unanswered


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_killed_between_save_and_answer(
    database: Database, agent: Agent, tmp_path: Path, how: signal.Signals
) -> None:
    """SIGKILL ends the whole server, which recovers; SIGTERM the one connection."""
    unanswered = 0
    with sending_desk(database.url, tmp_path / "journal", agent.id) as desk:
        for number in range(ROUNDS):
            kill = _killing(when_up(lambda: pid_of(desk)), how, random.uniform(0, 0.02))
            unanswered += until_it_stands(desk, number)
            kill.join()
    assert unanswered > 0
    assert standing(database) == (ROUNDS, ROUNDS, ROUNDS, ROUNDS)
    assert not list((tmp_path / "journal").rglob("*.send"))


def _killing(pid: int, how: signal.Signals, after_s: float) -> Thread:
    def kill() -> None:
        time.sleep(after_s)
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return

    thread = Thread(target=kill)
    thread.start()
    return thread


def test_a_desk_killed_between_save_and_answer(
    database: Database, agent: Agent, tmp_path: Path
) -> None:
    begun, done = 0, set()
    for last in [*[ENDLESS] * ROUNDS, 0]:
        here, there = PROCESSES.Pipe(duplex=False)
        given = (database.url, tmp_path / "journal", agent.id, begun + 1, last)
        desk = PROCESSES.Process(target=run, args=(there, *given))
        desk.start()
        there.close()
        if last:
            assert here.recv() == ("begun", begun + 1)
            time.sleep(random.uniform(0, 0.05))
            desk.kill()
            begun += 1
        for said, number in _heard(here):
            begun = max(begun, number)
            done |= {number} if said == "done" else set()
        desk.join()
    tickets, *others = standing(database)
    assert others == [tickets] * 3
    assert done <= numbers(database)
    assert not list((tmp_path / "journal").rglob("*.send"))


def _heard(here: Connection) -> Iterator[tuple[str, int]]:
    """What was told until the end, the last word may be cut."""
    with here:
        while True:
            try:
                yield here.recv()
            except (EOFError, OSError):
                return
