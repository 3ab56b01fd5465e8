"""상담상태 and offers at one desk: told by the database, chosen by the agent, nothing polled."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox
from sqlalchemy import text

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.calls import LegEvent, Phase
from ets_desktop.domain.errors import Unavailable
from ets_desktop.domain.topics import Topic, state_topic, team_topic
from ets_desktop.services.calls import record_leg_event
from ets_desktop.services.duty import take_turn
from ets_desktop.services.supervising import ForceState, force_state
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.duty import AtDesk
from tests import calls
from tests.factories import a_call, a_leg, a_transfer, an_agent, make
from tests.people import database, desk_database, kim, lee, login, park, team
from tests.ui.conftest import Steps
from tests.ui.desk_seat import DeskSeat

__all__ = ["database", "desk_database", "kim", "lee", "login", "park", "team"]

LogIn = Callable[[Agent], Database]


class SatDown(DeskSeat):
    """Lee's desk from its first beat on."""

    def __init__(
        self, context: UiContext, login: LogIn, agent: Agent, steps: Steps, tone: bool = True
    ) -> None:
        super().__init__(context, login, agent, tone)
        self.steps = steps
        self.duty = AtDesk(self.context, self.desk, sound=self.beep)
        self.duty.begin()
        steps.run()

    def choose(self, state: AgentState) -> None:
        self.desk.top_bar.agent_state_chosen.emit(state)
        self.steps.run()

    def hear(self, topic: Topic) -> None:
        self.context.changes.publish(frozenset({topic}))
        self.steps.run()

    def let_time_pass(self) -> None:
        """The timer goes off."""
        assert self.duty.due.isActive()
        self.duty.due.timeout.emit()
        self.steps.run()

    @property
    def shown(self) -> str:
        box: QComboBox = self.desk.top_bar.state_box.box
        return box.currentText()

    @property
    def said(self) -> str:
        return self.desk.status_line.message


@pytest.fixture
def seat(context: UiContext, login: LogIn, lee: Agent, steps: Steps) -> Iterator[SatDown]:
    yield SatDown(context, login, lee, steps)
    # Before the database goes: what still waits would open it anew.
    context.hub.shutdown()


def run(database: Database, sql: str) -> Any:
    return database.call(lambda session: session.execute(text(sql)))


def state_of(database: Database, agent: Agent) -> str:
    sql = f"SELECT state FROM agent WHERE id = {agent.id}"
    return str(database.call(lambda session: session.scalar(text(sql))))


def new_ring() -> LegEvent:
    return calls.ring("102", call="talk", leg="talk", at=datetime.now(UTC))


def test_who_sits_down_is_not_ready_and_who_leaves_is_logged_out(
    seat: SatDown, database: Database, lee: Agent
) -> None:
    assert (seat.shown, seat.said) == ("준비되지 않음", "")
    seat.duty.leave()
    seat.steps.run()
    assert state_of(database, lee) == "logged_out"


def test_a_choice_holds_once_the_database_has_it(
    seat: SatDown, database: Database, lee: Agent
) -> None:
    seat.desk.top_bar.state_box.box.activated.emit(0)
    assert seat.shown == "준비되지 않음"
    seat.steps.run()
    assert (seat.shown, state_of(database, lee)) == ("준비", "ready")


def test_a_refused_choice_is_said_and_the_truth_shown(seat: SatDown, database: Database) -> None:
    run(database, "DELETE FROM desk")
    database.call(take_turn)
    seat.choose(AgentState.REST)
    assert "로그아웃한 담당자" in seat.said or "로그아웃되었습니다" in seat.said
    assert seat.shown == "준비되지 않음"


def test_a_second_choice_while_the_first_is_under_way_is_not_swallowed(seat: SatDown) -> None:
    seat.duty.choose(AgentState.REST)
    seat.duty.choose(AgentState.MEAL)
    assert seat.said == "상담상태를 바꾸는 중입니다. 잠시 뒤 다시 고르십시오."
    seat.steps.run()
    assert seat.shown == "휴식"


def test_wrap_up_ends_by_its_own_timer(seat: SatDown, database: Database) -> None:
    seat.choose(AgentState.WRAP_UP)
    assert 25_000 < seat.duty.due.interval() <= 30_100
    run(database, "UPDATE agent SET state_since = state_since - interval '31 seconds'")
    seat.let_time_pass()
    assert seat.shown == "준비"
    assert not seat.duty.due.isActive()


def test_an_offer_is_a_quiet_notice_until_it_is_gone(
    seat: SatDown, database: Database, kim: Agent, team: Team
) -> None:
    seat.choose(AgentState.READY)
    sent = make(database, a_transfer, from_agent=kim, to_team=team)
    seat.hear(team_topic(team.id))
    [told] = seat.told
    assert told.startswith("업무가 배정되었습니다: ")
    assert told.endswith("배송 문의")
    assert "****" in told
    assert seat.beeps == 1
    seat.hear(state_topic(seat.context.agent.agent_id))
    assert (len(seat.told), seat.beeps) == (1, 1)
    seat.desk.notices.open_button.click()
    assert seat.opened == ["queue"]
    run(database, f"UPDATE transfer SET recalled_at = now() WHERE id = {sent.id}")
    seat.duty.ask()
    seat.steps.run()
    assert seat.told == []


def test_a_missed_group_call_is_offered_with_its_number_masked(
    seat: SatDown, database: Database, lee: Agent, team: Team
) -> None:
    seat.choose(AgentState.READY)
    call = make(database, a_call, caller_number="01000001234")
    make(database, a_leg, call=call, agent=lee, end="abandoned")
    other = make(database, an_agent, extension="105", team=team)
    make(database, a_leg, call=call, agent=other, end="abandoned")
    seat.hear(team_topic(team.id))
    assert seat.told == ["부재 통화가 배정되었습니다: 010-****-1234"]


def test_a_team_that_gets_work_asks_only_the_ready(
    seat: SatDown, database: Database, kim: Agent, team: Team
) -> None:
    make(database, a_transfer, from_agent=kim, to_team=team)
    seat.context.changes.publish(frozenset({team_topic(team.id)}))
    assert seat.steps.pool.waiting == []


def test_what_lies_too_long_goes_back_and_says_so(
    seat: SatDown, database: Database, kim: Agent, team: Team
) -> None:
    seat.choose(AgentState.READY)
    make(database, a_transfer, from_agent=kim, to_team=team)
    seat.hear(team_topic(team.id))
    run(database, "UPDATE task_offer SET offered_at = offered_at - interval '16 minutes'")
    seat.let_time_pass()
    assert (seat.shown, seat.told) == ("준비되지 않음", [])
    assert seat.said == "배정된 업무를 받지 않아 되돌리고 준비되지 않음으로 바꾸었습니다."


def test_what_follows_a_call_is_said(seat: SatDown, database: Database, lee: Agent) -> None:
    seat.choose(AgentState.READY)
    first = new_ring()
    for event in (first, calls.then(first, Phase.TALKING, 2)):
        database.call(record_leg_event, event)
    seat.hear(state_topic(lee.id))
    assert seat.shown == "통화중"
    seat.choose(AgentState.PROTECTED_REST)
    assert seat.said == "통화가 끝나면 보호 휴식으로 바뀝니다."
    assert seat.shown == "통화중"


def test_what_a_supervisor_chose_is_said(
    seat: SatDown, database: Database, lee: Agent, park: Agent, login: LogIn
) -> None:
    login(park).call(force_state, ForceState(lee.id, AgentState.TRAINING, "신제품 교육"))
    seat.hear(state_topic(lee.id))
    assert seat.shown == "교육"
    assert seat.said == "관리자가 상담상태를 교육으로 바꾸었습니다."


def test_a_desk_that_was_taken_for_gone_says_so_when_it_is_back(
    seat: SatDown, database: Database
) -> None:
    seat.choose(AgentState.READY)
    run(database, "DELETE FROM desk")
    database.call(take_turn)
    seat.duty.ask()
    seat.steps.run()
    assert seat.shown == "준비되지 않음"
    assert "연결이 끊긴 동안 로그아웃되었습니다" in seat.said


def test_a_database_that_is_away_is_asked_again_with_the_next_beat(
    seat: SatDown, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> Any:
        raise Unavailable("database_away")

    with monkeypatch.context() as patch:
        patch.setattr("ets_desktop.ui.duty.be_at_desk", away)
        seat.duty.ask()
        seat.steps.run()
    assert seat.duty._beat.isActive()
    seat.duty._beat.timeout.emit()
    seat.steps.run()
    assert seat.duty.duty is not None


def test_what_is_told_while_the_desk_asks_is_asked_again(seat: SatDown, lee: Agent) -> None:
    seat.duty.ask()
    seat.context.changes.publish(frozenset({state_topic(lee.id)}))
    seat.steps.run()
    assert not seat.duty._asked_again


def test_without_a_team_nothing_is_heard_of_one(
    context: UiContext, login: LogIn, kim: Agent, steps: Steps
) -> None:
    seat = SatDown(context, login, kim, steps, tone=False)
    assert seat.duty.duty is not None
    assert seat.duty.duty.since <= datetime.now(UTC) + timedelta(minutes=1)
    context.hub.shutdown()
