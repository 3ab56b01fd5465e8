"""What a supervisor moves is told to who handed it on and to who had it, and to nobody else."""

from collections.abc import Callable

import pytest

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.db.schema.tickets import Transfer
from ets_desktop.domain.tickets import Priority
from ets_desktop.queries.supervisor_moves import Move, SupervisorMove, supervisor_moves
from ets_desktop.services.transfer_moves import (
    FetchTransfer,
    MoveTransfer,
    NoteOnTransfer,
    RankTransfer,
    fetch_transfer,
    move_transfer,
    note_on_transfer,
    rank_transfer,
)
from ets_desktop.services.transfers import (
    AnswerTransfer,
    ReturnTransfer,
    TransferTarget,
    accept_transfer,
    recall_transfer,
    return_transfer,
)
from tests.factories import a_transfer, an_agent, make

LogIn = Callable[[Agent], Database]
FROM_THE_START = {"transfer": 0, "history": 0, "activity": 0}


@pytest.fixture
def choi(database: Database) -> Agent:
    return make(database, an_agent, name="최담당", extension="104")


@pytest.fixture
def offer(database: Database, kim: Agent, lee: Agent) -> Transfer:
    return make(database, a_transfer, from_agent=kim, to_agent=lee)


def told(database: Database, agent: Agent) -> list[tuple[str, str, str, bool]]:
    rows = database.call(supervisor_moves, agent.id, FROM_THE_START)[1]
    return [(row.move, row.to_whom, row.words, row.was_sent) for row in rows]


def test_a_move_is_told_to_both_but_to_the_new_receiver_only_as_an_offer(
    database: Database,
    login: LogIn,
    offer: Transfer,
    kim: Agent,
    lee: Agent,
    park: Agent,
    choi: Agent,
) -> None:
    command = MoveTransfer(park.id, offer.id, TransferTarget(choi.id), "급함")
    login(park).call(move_transfer, command)
    assert told(database, kim) == [("moved", "최담당", "급함", True)]
    assert told(database, lee) == [("moved", "최담당", "급함", False)]
    assert told(database, choi) == told(database, park) == []


def test_whoever_had_accepted_it_hears_that_it_is_gone(
    database: Database, login: LogIn, lee: Agent, kim: Agent, park: Agent, team: Team, choi: Agent
) -> None:
    offer = make(database, a_transfer, from_agent=kim, to_team=team)
    login(lee).call(accept_transfer, AnswerTransfer(lee.id, offer.id))
    move = MoveTransfer(park.id, offer.id, TransferTarget(choi.id))
    login(park).call(move_transfer, move)
    assert told(database, lee) == [("moved", "최담당", "", False)]


def test_fetching_ranking_and_a_note_are_told_to_both(
    database: Database, login: LogIn, offer: Transfer, kim: Agent, lee: Agent, park: Agent
) -> None:
    desk = login(park)
    desk.call(rank_transfer, RankTransfer(park.id, offer.id, Priority.HIGH))
    desk.call(note_on_transfer, NoteOnTransfer(park.id, offer.id, "오늘 안에"))
    desk.call(fetch_transfer, FetchTransfer(park.id, offer.id))
    moves = [("ranked", "", "high"), ("noted", "", "오늘 안에"), ("fetched", "", "received")]
    assert told(database, kim) == [(*move, True) for move in moves]
    assert told(database, lee) == [(*move, False) for move in moves]


def test_what_agents_do_with_their_own_offers_is_no_move(
    database: Database, login: LogIn, kim: Agent, lee: Agent, park: Agent, choi: Agent
) -> None:
    recalled, returned = (
        make(database, a_transfer, from_agent=kim, to_agent=lee) for _ in range(2)
    )
    to_park = make(database, a_transfer, from_agent=kim, to_agent=park)
    login(kim).call(recall_transfer, AnswerTransfer(kim.id, recalled.id))
    login(lee).call(return_transfer, ReturnTransfer(lee.id, returned.id, "아님"))
    login(park).call(return_transfer, ReturnTransfer(park.id, to_park.id, "아님"))
    assert told(database, kim) == told(database, lee) == []


def test_a_look_finds_what_came_after_the_one_before(
    database: Database, login: LogIn, offer: Transfer, kim: Agent, park: Agent
) -> None:
    seen, rows = database.call(supervisor_moves, kim.id, None)
    assert rows == ()
    login(park).call(rank_transfer, RankTransfer(park.id, offer.id, Priority.LOW))
    following, rows = database.call(supervisor_moves, kim.id, seen)
    assert [(type(row), row.move, row.who) for row in rows] == [
        (SupervisorMove, Move.RANKED, "박관리")
    ]
    assert following.keys() == seen.keys()
