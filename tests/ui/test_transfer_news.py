"""What becomes of offers reaches whom it concerns, quietly and at once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.topics import TRANSFERS, agent_topic, team_topic
from ets_desktop.queries.transfers import ChainHop
from ets_desktop.services.transfers import (
    AnswerTransfer,
    ReturnTransfer,
    accept_transfer,
    mark_transfer_seen,
    recall_transfer,
    return_transfer,
)
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.transfer_chain import chain_line, chain_lines
from ets_desktop.ui.transfer_news import TransferNews
from tests.factories import a_transfer, an_agent, make
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps
from tests.ui.desk_seat import DeskSeat

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]

LogIn = Callable[[Agent], Database]
NOW = datetime.now(UTC)


def ago(minutes: int) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


class Told(DeskSeat):
    def __init__(self, context: UiContext, login: LogIn, agent: Agent, steps: Steps) -> None:
        super().__init__(context, login, agent, tone=False)
        self.steps = steps
        self.loaded: list[int] = []
        self.desk.load_ticket = self.loaded.append  # type: ignore[method-assign]
        self.news = TransferNews(self.context, self.desk)
        self.news.ask()
        self.settle()

    def hear(self, *topics: str) -> None:
        self.context.changes.publish(frozenset(topics))  # type: ignore[arg-type]
        self.settle()

    def settle(self) -> None:
        """Until every job is told and nothing waits for its pace."""
        self.steps.run()
        gaps = (self.news._news_pace._gap, self.news._alarm_pace._gap)
        while any(gap.isActive() for gap in gaps) or self.steps.waiting:
            QCoreApplication.processEvents()
            self.steps.run()


@pytest.fixture
def sit(context: UiContext, login: LogIn, steps: Steps) -> Iterator[Callable[[Agent], Told]]:
    yield lambda agent: Told(context, login, agent, steps)
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


def test_who_is_offered_a_ticket_hears_of_it_and_looks_before_taking_it(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, lee: Agent
) -> None:
    seat = sit(lee)
    hop = make(database, a_transfer, from_agent=kim, to_agent=lee, reason="물류 확인")
    seat.hear(agent_topic(lee.id))
    [told] = seat.told
    assert told.startswith("김상담이 이관했습니다: ")
    assert told.endswith(" · 물류 확인")
    seat.desk.notices.open_button.click()
    assert (seat.opened, seat.loaded) == (["queue"], [])
    assert hop.accepted_at is None


def test_what_waited_before_the_login_is_told_by_the_lists_only(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, lee: Agent
) -> None:
    make(database, a_transfer, from_agent=kim, to_agent=lee)
    seat = sit(lee)
    seat.hear(agent_topic(lee.id))
    assert seat.told == []


def test_a_teams_offer_goes_away_once_somebody_has_it(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, lee: Agent, team: Team
) -> None:
    seat = sit(lee)
    hop = make(database, a_transfer, from_agent=kim, to_team=team, reason="")
    seat.hear(team_topic(team.id))
    [told] = seat.told
    assert told.startswith("김상담이 팀에 이관했습니다: ")
    assert not told.endswith("·")
    database.call(recall_transfer, AnswerTransfer(kim.id, hop.id))
    seat.hear(team_topic(team.id))
    assert seat.told == []


def test_the_sender_hears_of_taking_and_of_returning_but_not_of_looking(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, lee: Agent
) -> None:
    one = make(database, a_transfer, from_agent=kim, to_agent=lee)
    two = make(database, a_transfer, from_agent=kim, to_agent=lee)
    seat = sit(kim)
    database.call(mark_transfer_seen, AnswerTransfer(lee.id, one.id))
    seat.hear(agent_topic(kim.id))
    assert seat.told == []
    database.call(accept_transfer, AnswerTransfer(lee.id, one.id))
    database.call(return_transfer, ReturnTransfer(lee.id, two.id, "제 일이 아닙니다"))
    seat.hear(agent_topic(kim.id))
    returned, taken = seat.told
    assert taken.startswith("이담당이 이관을 수락했습니다: ")
    assert returned.startswith("이담당이 이관을 반려했습니다: ")
    assert returned.endswith(" · 제 일이 아닙니다")
    seat.desk.notices.close_button.click()
    seat.desk.notices.open_button.click()
    assert seat.loaded == [one.ticket_id]


def test_the_sender_hears_who_of_the_team_took_it_but_not_of_taking_it_back(
    sit: Callable[[Agent], Told], database: Database, lee: Agent, team: Team
) -> None:
    other = make(database, an_agent, name="박물류", team=team)
    hops = [make(database, a_transfer, from_agent=lee, to_team=team) for _ in range(2)]
    seat = sit(lee)
    for taker, hop in zip((lee, other), hops, strict=True):
        database.call(accept_transfer, AnswerTransfer(taker.id, hop.id))
        seat.hear(agent_topic(lee.id))
    [told] = seat.told
    assert told.startswith("박물류가 이관을 수락했습니다: ")


def test_a_supervisor_hears_of_late_offers_and_ping_pong_until_they_are_taken(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, lee: Agent, park: Agent
) -> None:
    late = make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=ago(31))
    seat = sit(park)
    [told] = seat.told
    assert told.startswith("이관이 수락되지 않았습니다: ")
    assert told.endswith("김상담 → 이담당")
    again = make(database, a_transfer, from_agent=kim, to_agent=lee, hop=3)
    seat.hear(TRANSFERS)
    [told] = seat.told
    assert told.startswith("수락되지 않은 이관 1건, 되풀이된 이관 1건: ")
    database.call(accept_transfer, AnswerTransfer(lee.id, late.id))
    seat.hear(TRANSFERS)
    [told] = seat.told
    assert told.startswith("이관이 3번째 되풀이됩니다: ")
    seat.desk.notices.open_button.click()
    assert (seat.loaded, seat.opened) == ([again.ticket_id], [])
    seat.hear(TRANSFERS)
    assert seat.told == []
    late_too = make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=ago(31))
    seat.hear(TRANSFERS)
    seat.desk.notices.open_button.click()
    assert seat.opened == ["transfer_queue"]
    for hop in (again, late_too):
        seat.hear(TRANSFERS)
        database.call(accept_transfer, AnswerTransfer(lee.id, hop.id))
    seat.hear(TRANSFERS)
    assert seat.told == []


@pytest.mark.parametrize(
    ("minutes", "hop", "words"),
    [(31, 1, "수락되지 않은 이관 2건: "), (0, 3, "되풀이된 이관 2건: ")],
)
def test_a_supervisor_is_told_of_no_kind_that_there_is_none_of(
    minutes: int,
    hop: int,
    words: str,
    sit: Callable[[Agent], Told],
    database: Database,
    kim: Agent,
    lee: Agent,
    park: Agent,
) -> None:
    for _ in range(2):
        sent_at = ago(minutes)
        make(database, a_transfer, from_agent=kim, to_agent=lee, hop=hop, sent_at=sent_at)
    [told] = sit(park).told
    assert told.startswith(words)


def test_an_offer_becomes_late_while_nobody_does_anything(
    sit: Callable[[Agent], Told], database: Database, kim: Agent, lee: Agent, park: Agent
) -> None:
    make(database, a_transfer, from_agent=kim, to_agent=lee, sent_at=ago(28))
    seat = sit(park)
    assert seat.told == []
    assert 60 < seat.news.timer.interval() / 1000 <= 121
    database.call(
        lambda session: session.connection().exec_driver_sql(
            "UPDATE transfer SET sent_at = sent_at - interval '5 minutes'"
        )
    )
    seat.news.timer.timeout.emit()
    seat.settle()
    assert len(seat.told) == 1


def test_a_database_that_is_away_is_borne(sit: Callable[[Agent], Told], park: Agent) -> None:
    seat = sit(park)

    def away(*_args: object, **_more: object) -> None:
        raise Unavailable("database_away")

    seat.news._jobs._call = away
    seat.hear(TRANSFERS, agent_topic(park.id))
    assert seat.told == []


def hop(number: int, sender: str, receiver: str, state: str = "accepted") -> ChainHop:
    settled = NOW if state != "sent" else None
    return ChainHop(number, sender, receiver, f"사유 {number}", NOW, state, settled, "")


def test_a_chain_reads_as_a_path() -> None:
    assert chain_line(()) == ""
    hops = (
        hop(1, "김상담", "물류팀"),
        hop(2, "이담당", "김상담", "returned"),
        hop(3, "이담당", "박관리", "sent"),
    )
    assert chain_line(hops) == "3회: 김상담 → 물류팀 → 이담당 → 김상담 → 이담당 → 박관리"
    first, _, last = chain_lines(hops).splitlines()
    assert first.startswith("1. ")
    assert " 김상담 → 물류팀 · 사유 1 · 수락 " in first
    assert last.endswith(" 이담당 → 박관리 · 사유 3 · 보냄")
