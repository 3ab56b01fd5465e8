"""What others did with an agent's work reaches that agent, once, and nobody else."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent
from ets_desktop.domain.claims import Decision
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.tickets import Priority
from ets_desktop.domain.topics import agent_topic
from ets_desktop.queries.tickets import ticket_detail
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.services.returns import DecideLines, decide_lines
from ets_desktop.services.ticket_forms import SaveTicket
from ets_desktop.services.tickets import save_ticket
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
from ets_desktop.services.transfers import TransferTarget
from ets_desktop.ui.agent_news import news_of_claims, news_of_moves, news_of_take_overs
from ets_desktop.ui.context import UiContext
from tests.claims import arrived, requested, shipped_line, wish
from tests.factories import a_customer, a_ticket, a_transfer, an_agent, make
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps
from tests.ui.desk_seat import DeskSeat

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]

LogIn = Callable[[Agent], Database]
NEWS = (news_of_claims, news_of_take_overs, news_of_moves)


class Told(DeskSeat):
    """A desk that hears of what others did."""

    def __init__(self, context: UiContext, login: LogIn, agent: Agent, steps: Steps) -> None:
        super().__init__(context, login, agent, tone=False)
        self.steps = steps
        self.loaded: list[int] = []
        self.desk.load_ticket = self.loaded.append  # type: ignore[method-assign]
        self.news = [of(self.context, self.desk) for of in NEWS]
        for each in self.news:
            each.ask()
        self.settle()

    def hear(self) -> None:
        mine = agent_topic(self.context.agent.agent_id)
        self.context.changes.publish(frozenset({mine}))
        self.settle()

    def settle(self) -> None:
        self.steps.run()
        while any(each.pace._gap.isActive() for each in self.news) or self.steps.waiting:
            QCoreApplication.processEvents()
            self.steps.run()


@pytest.fixture
def sit(context: UiContext, login: LogIn, steps: Steps) -> Iterator[Callable[[Agent], Told]]:
    yield lambda agent: Told(context, login, agent, steps)
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


def work_on(database: Database, agent: Agent, ticket_id: int, title: str) -> None:
    now = database.call(ticket_detail, ticket_id)
    form = replace(now.form, title=title)
    database.call(save_ticket, SaveTicket(agent.id, ticket_id, now.version, form))


def inspected(database: Database, asker: Agent) -> ClaimRequested:
    line = shipped_line(database)
    made = requested(database, asker, wish(line))
    arrived(database, asker, made, line.id)
    return made


def decide(login: LogIn, by: Agent, made: ClaimRequested) -> None:
    wish = DecideLines(by.id, made.claim.claim_id, Decision.REFUND)
    login(by).call(decide_lines, wish)


def test_whose_ticket_it_was_is_told_once(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, lee: Agent
) -> None:
    customer = make(database, a_customer)
    old = make(database, a_ticket, created_by=kim, customer=customer)
    work_on(database, lee, old.id, "앞선 인수")
    kims, lees = sit(kim), sit(lee)
    ticket = make(database, a_ticket, created_by=kim, customer=customer)
    work_on(database, kim, ticket.id, "내 글")
    kims.hear()
    assert kims.told == []
    work_on(database, lee, ticket.id, "이담당의 글")
    for seat in (kims, lees):
        seat.hear()
    assert kims.told == [f"이담당이 접수를 인수했습니다: {ticket.ticket_no}"]
    assert lees.told == []
    kims.desk.notices.open_button.click()
    assert kims.loaded == [ticket.id]
    kims.hear()
    assert kims.told == []


def test_whose_ticket_it_is_hears_once_of_a_claim_that_another_closed(
    sit: Callable[[Agent], Told], database: Database, login: LogIn, kim: Agent, lee: Agent
) -> None:
    old, made, own = (inspected(database, kim) for _ in range(3))
    decide(login, lee, old)
    kims, lees = sit(kim), sit(lee)
    decide(login, lee, made)
    decide(login, kim, own)
    for seat in (kims, lees):
        seat.hear()
    number = made.claim.claim_no
    assert kims.told == [f"클레임이 끝났습니다: 반품 {number} 완료 · 접수 {made.ticket_no}"]
    assert lees.told == []
    kims.desk.notices.open_button.click()
    assert kims.loaded == [made.ticket_id]
    kims.hear()
    assert kims.told == []


def test_what_a_supervisor_moves_is_told_to_who_sent_it_and_to_who_had_it(
    sit: Callable[[Agent], Told],
    database: Database,
    login: LogIn,
    kim: Agent,
    lee: Agent,
    park: Agent,
) -> None:
    offer = make(database, a_transfer, from_agent=kim, to_agent=lee)
    choi = make(database, an_agent, name="최담당")
    kims, lees, desk = sit(kim), sit(lee), login(park)
    number = desk.call(ticket_detail, offer.ticket_id).ticket_no
    desk.call(rank_transfer, RankTransfer(park.id, offer.id, Priority.HIGH))
    desk.call(note_on_transfer, NoteOnTransfer(park.id, offer.id, "오늘 안에"))
    move = MoveTransfer(park.id, offer.id, TransferTarget(choi.id))
    again = desk.call(move_transfer, move).value
    desk.call(fetch_transfer, FetchTransfer(park.id, again))
    both = [
        f"박관리가 우선순위를 높음으로 바꾸었습니다: {number}",
        f"박관리가 이관에 메모를 남겼습니다: {number} · 오늘 안에",
        f"박관리가 최담당에게 재배정했습니다: {number}",
    ]
    for seat in (kims, lees):
        seat.hear()
        assert seat.told[:3] == both
    kims.desk.notices.open_button.click()
    assert kims.loaded == [offer.ticket_id]


def test_whoever_gets_a_ticket_back_is_told_so(
    sit: Callable[[Agent], Told],
    database: Database,
    login: LogIn,
    kim: Agent,
    lee: Agent,
    park: Agent,
) -> None:
    offer = make(database, a_transfer, from_agent=kim, to_agent=lee)
    kims, lees, desk = sit(kim), sit(lee), login(park)
    number = desk.call(ticket_detail, offer.ticket_id).ticket_no
    desk.call(fetch_transfer, FetchTransfer(park.id, offer.id))
    for seat in (kims, lees):
        seat.hear()
    assert kims.told == [f"박관리가 이관을 회수해 돌려주었습니다: {number}"]
    assert lees.told == [f"박관리가 이관을 회수했습니다: {number}"]


def test_a_database_that_is_away_is_asked_again_with_the_next_change(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, lee: Agent
) -> None:
    seat = sit(kim)
    ticket = make(database, a_ticket, created_by=kim, customer=make(database, a_customer))
    reached = seat.context.call

    def away(*_args: Any, **_given: Any) -> None:
        raise Unavailable("database_away")

    def reach(call: Any) -> None:
        for each in seat.news:
            each._jobs._call = call

    reach(away)
    work_on(database, lee, ticket.id, "이담당의 글")
    seat.hear()
    assert seat.told == []
    reach(reached)
    seat.hear()
    assert len(seat.told) == 1
