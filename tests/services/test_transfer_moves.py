"""재배정, 회수 and 메모 by supervisors: each ticket moves once, whoever presses first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.db.schema.tickets import Ticket, Transfer
from ets_desktop.domain.errors import EtsError, NotFound, RuleViolation
from ets_desktop.domain.tickets import Priority
from ets_desktop.domain.topics import Done
from ets_desktop.queries.history import ticket_history_rows
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.queries.transfers import transfer_chain
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
from ets_desktop.services.transfers import AnswerTransfer, TransferTarget, accept_transfer
from tests.factories import a_callback, a_transfer, an_agent, make

Login = Callable[[Agent], Database]


@pytest.fixture
def choi(database: Database) -> Agent:
    return make(database, an_agent, name="최담당", extension="104")


@pytest.fixture
def offer(database: Database, kim: Agent, lee: Agent) -> Transfer:
    """From kim to lee, not yet accepted."""
    return make(database, a_transfer, from_agent=kim, to_agent=lee)


def chain(database: Database, offer: Transfer) -> list[tuple[str, str, str]]:
    hops = database.call(transfer_chain, offer.ticket_id)
    return [(hop.from_agent, hop.to_agent, hop.transfer_state) for hop in hops]


def move(database: Database, by: Agent, offer: Transfer, to: TransferTarget) -> Done[int]:
    return database.call(move_transfer, MoveTransfer(by.id, offer.id, to, " 급함 "))


def test_an_offer_is_moved_to_another_agent(
    database: Database,
    login: Login,
    offer: Transfer,
    kim: Agent,
    lee: Agent,
    park: Agent,
    choi: Agent,
) -> None:
    ticket = database.call(lambda session: session.get(Ticket, offer.ticket_id))
    make(database, a_callback, ticket=ticket, assignee=lee)
    done = move(login(park), park, offer, TransferTarget(choi.id))
    detail = database.call(ticket_detail, offer.ticket_id)
    assert (detail.status, detail.assignee) == ("transferred", "최담당")
    assert detail.callback is not None
    assert detail.callback.assignee_id == choi.id
    assert chain(database, offer) == [
        ("김상담", "이담당", "recalled"),
        ("박관리", "최담당", "sent"),
    ]
    assert {f"agent/{each.id}" for each in (kim, lee, choi)} | {"transfers"} <= done.touched


def test_a_ticket_under_way_is_moved_to_a_team(
    database: Database, login: Login, offer: Transfer, lee: Agent, park: Agent, team: Team
) -> None:
    database.call(accept_transfer, AnswerTransfer(lee.id, offer.id))
    done = move(login(park), park, offer, TransferTarget(team_id=team.id))
    detail = database.call(ticket_detail, offer.ticket_id)
    assert (detail.status, detail.assignee) == ("transferred", "물류팀")
    assert chain(database, offer)[0][2] == "accepted"
    assert f"team/{team.id}" in done.touched


def test_to_whom_it_is_offered_already_nothing_is_sent(
    database: Database, login: Login, offer: Transfer, lee: Agent, park: Agent
) -> None:
    done = move(login(park), park, offer, TransferTarget(lee.id))
    assert (done.value, done.touched) == (offer.id, frozenset())
    assert len(chain(database, offer)) == 1


def test_a_supervisor_fetches_what_another_sent(
    database: Database, login: Login, offer: Transfer, kim: Agent, park: Agent
) -> None:
    login(park).call(fetch_transfer, FetchTransfer(park.id, offer.id))
    detail = database.call(ticket_detail, offer.ticket_id)
    assert (detail.status, detail.assignee) == ("received", "김상담")
    assert chain(database, offer) == [("김상담", "이담당", "recalled")]


def test_what_is_under_way_is_fetched_as_well(
    database: Database, login: Login, offer: Transfer, lee: Agent, park: Agent
) -> None:
    database.call(accept_transfer, AnswerTransfer(lee.id, offer.id))
    login(park).call(fetch_transfer, FetchTransfer(park.id, offer.id))
    assert database.call(ticket_detail, offer.ticket_id).assignee == "김상담"


def test_nothing_goes_back_to_who_works_here_no_more(
    database: Database, lee: Agent, park: Agent
) -> None:
    gone = make(database, an_agent, active=False)
    offer = make(database, a_transfer, from_agent=gone, to_agent=lee)
    with pytest.raises(RuleViolation, match="receiver_inactive"):
        database.call(fetch_transfer, FetchTransfer(park.id, offer.id))


def test_a_priority_is_given_once_and_stands_in_the_history(
    database: Database, login: Login, offer: Transfer, park: Agent
) -> None:
    command = RankTransfer(park.id, offer.id, Priority.HIGH)
    desk = login(park)
    first = desk.call(rank_transfer, command)
    again = desk.call(rank_transfer, command)
    assert (again.value, again.touched) == (first.value, frozenset())
    (entry, *_) = database.call(ticket_history_rows, offer.ticket_id, None, 10).rows
    assert (entry.field, entry.old, entry.new, entry.changed_by) == (
        "priority",
        "normal",
        "high",
        "박관리",
    )


def test_a_note_stands_in_the_history(
    database: Database, login: Login, offer: Transfer, park: Agent
) -> None:
    done = login(park).call(note_on_transfer, NoteOnTransfer(park.id, offer.id, " 고객이 급함 "))
    assert {f"ticket/{offer.ticket_id}", f"agent/{offer.from_agent_id}"} <= done.touched
    notes = "SELECT kind, note, agent_id FROM activity"
    found = database.call(lambda session: session.execute(text(notes)).all())
    assert [tuple(row) for row in found] == [("note", "고객이 급함", park.id)]
    for unread in (" ", "\x00", "\u3164"):
        with pytest.raises(RuleViolation, match="needs_reason"):
            database.call(note_on_transfer, NoteOnTransfer(park.id, offer.id, unread))


def moves(by: Agent, offer: Transfer) -> list[tuple[Callable[..., Any], object]]:
    return [
        (move_transfer, MoveTransfer(by.id, offer.id, TransferTarget(by.id))),
        (fetch_transfer, FetchTransfer(by.id, offer.id)),
        (rank_transfer, RankTransfer(by.id, offer.id, Priority.LOW)),
        (note_on_transfer, NoteOnTransfer(by.id, offer.id, "메모")),
    ]


def test_what_has_gone_on_since_is_left_alone(
    database: Database, offer: Transfer, kim: Agent, park: Agent, choi: Agent
) -> None:
    move(database, park, offer, TransferTarget(choi.id))
    for service, command in moves(park, offer):
        with pytest.raises(RuleViolation, match="transfer_moved"):
            database.call(service, command)
    back = make(database, a_transfer, from_agent=kim, to_agent=choi)
    database.call(fetch_transfer, FetchTransfer(park.id, back.id))
    with pytest.raises(RuleViolation, match="transfer_moved"):
        database.call(fetch_transfer, FetchTransfer(park.id, back.id))


def test_only_supervisors_move(database: Database, offer: Transfer, kim: Agent) -> None:
    for service, command in moves(kim, offer):
        with pytest.raises(RuleViolation, match="only_supervisor_moves"):
            database.call(service, command)


def test_a_hop_that_never_was_is_refused(database: Database, park: Agent) -> None:
    with pytest.raises(NotFound, match="no_such_transfer"):
        database.call(fetch_transfer, FetchTransfer(park.id, 4711))


def test_nobody_is_given_work_who_is_gone(database: Database, offer: Transfer, park: Agent) -> None:
    gone = make(database, an_agent, active=False)
    with pytest.raises(RuleViolation, match="receiver_inactive"):
        move(database, park, offer, TransferTarget(gone.id))


def test_two_supervisors_at_once_move_each_ticket_once(
    database: Database, login: Login, kim: Agent, lee: Agent, park: Agent, choi: Agent
) -> None:
    other = make(database, an_agent, name="정관리", extension="105", role="supervisor")
    offers = [make(database, a_transfer, from_agent=kim, to_agent=lee) for _ in range(12)]

    def move_all(who: tuple[Database, Agent, Agent]) -> list[str]:
        desk, by, to = who
        outcomes = []
        for offer in offers:
            try:
                move(desk, by, offer, TransferTarget(to.id))
                outcomes.append("moved")
            except EtsError as refused:
                outcomes.append(refused.code)
        return outcomes

    desks = [(login(park), park, choi), (login(other), other, kim)]
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(move_all, desks)
    assert all(
        {mine, yours} == {"moved", "transfer_moved"} for mine, yours in zip(one, two, strict=True)
    )
    for offer in offers:
        states = [state for _from, _to, state in chain(database, offer)]
        assert states == ["recalled", "sent"]


def test_every_desk_hears_whose_work_a_move_touched(
    database: Database, login: Login, offer: Transfer, kim: Agent, lee: Agent, park: Agent
) -> None:
    desk = login(park)
    with psycopg.connect(database.url, autocommit=True) as ear:
        ear.execute("LISTEN ets_change")
        desk.call(note_on_transfer, NoteOnTransfer(park.id, offer.id, "메모"))
        heard = {notice.payload for notice in ear.notifies(timeout=5, stop_after=2)}
    told = set(" ".join(heard).split())
    assert {f"agent/{kim.id}", f"agent/{lee.id}", "transfers", f"ticket/{offer.ticket_id}"} <= told
