"""A desk killed in the midst of a claim: all of it stands or none, and pressing again makes one."""

import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.services.claim_requests import request_claim
from tests.e2e.claiming_process import request_of, run
from tests.factories import an_agent, an_order_line, make

#: A forked one need not import all of it anew for each round; Windows has none.
PROCESSES: Any = multiprocessing.get_context("spawn" if os.name == "nt" else "forkserver")
ROUNDS = int(os.environ.get("ETS_ROUNDS", "6"))
LINES = 60
_STOOD = """
    SELECT (SELECT count(*) FROM claim), (SELECT count(*) FROM claim_line),
        (SELECT count(*) FROM pickup), (SELECT count(*) FROM ticket),
        (SELECT count(*) FROM logistics_instruction), (SELECT count(*) FROM save_receipt)
"""


@pytest.fixture(scope="module", autouse=True)
def warm_processes() -> None:
    if os.name != "nt":
        PROCESSES.set_forkserver_preload(["tests.e2e.claiming_process"])


@pytest.fixture
def database(clean_database: str) -> Iterator[Database]:
    made = Database(clean_database, application_name="test")
    yield made
    made.close()


def standing(database: Database) -> set[int]:
    """How many there are of each; one number where nothing is half done."""
    row = database.call(lambda session: session.execute(text(_STOOD)).one())
    return {int(count) for count in row}


def waiting_gone(database: Database) -> None:
    """Until the killed desk's transaction is over at the server, too."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'claims'"
    while database.call(lambda session: session.execute(text(asked)).scalar_one()):
        pass


def test_a_killed_desk_leaves_whole_claims_and_no_second_one(database: Database) -> None:
    agent = make(database, an_agent)
    lines = [make(database, an_order_line) for _ in range(LINES)]
    work = [((line.order_id, line.id), uuid4()) for line in lines]
    done: set[int] = set()
    for _ in range(ROUNDS):
        # What an earlier round did is asked for again: nothing of it may come twice.
        done |= killed_in_between(database.url, agent.id, work)
        waiting_gone(database)
        (count,) = standing(database)
        assert count >= len(done)
    for line, client_id in work:
        made = database.call(request_claim, request_of(agent.id, line, client_id)).value
        assert made.pickup_id is not None
    assert standing(database) == {LINES}


def killed_in_between(
    url: str, agent_id: int, work: list[tuple[tuple[int, int], UUID]]
) -> set[int]:
    """A desk at work until it is killed; what it was told is done."""
    told, tell = PROCESSES.Pipe(duplex=False)
    desk = PROCESSES.Process(target=run, args=(tell, url, agent_id, work))
    desk.start()
    tell.close()
    assert told.recv() == -1
    time.sleep(random.uniform(0, 0.4))
    desk.kill()
    desk.join()
    return set(heard(told))


def heard(told: Connection) -> Iterator[int]:
    """What was told until the end; the last word may be cut."""
    with told:
        while True:
            try:
                yield told.recv()
            except (EOFError, OSError):
                return
