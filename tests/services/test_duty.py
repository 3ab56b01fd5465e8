"""Agent states and offers: the database decides, each change is a dated row nobody forges."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from ets_desktop.db.engine import Database
from ets_desktop.db.schema.people import Agent, Team
from ets_desktop.db.schema.tickets import Transfer
from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.calls import End, LegEvent, Phase
from ets_desktop.domain.errors import RuleViolation
from ets_desktop.queries.duty import Duty
from ets_desktop.queries.house_settings import house_settings
from ets_desktop.services.calls import record_leg_event
from ets_desktop.services.duty import (
    BeAtDesk,
    ChooseState,
    be_at_desk,
    choose_state,
    follow_pbx_state,
    leave_desk,
    take_turn,
)
from ets_desktop.services.transfers import (
    AnswerTransfer,
    ReturnTransfer,
    accept_transfer,
    return_transfer,
)
from tests import calls
from tests.factories import a_transfer, an_agent, make

LogIn = Callable[[Agent], Database]


class Seat:
    """One agent at one desk."""

    def __init__(self, database: Database, agent: Agent) -> None:
        self.database = database
        self.agent = agent
        self.desk_id = uuid4()

    def beat(self) -> Duty:
        return self.database.call(be_at_desk, BeAtDesk(self.agent.id, self.desk_id)).value

    def choose(self, state: AgentState) -> Duty:
        command = ChooseState(self.agent.id, state)
        return self.database.call(choose_state, command).value

    def leave(self) -> None:
        self.database.call(leave_desk, BeAtDesk(self.agent.id, self.desk_id))

    def accept(self, transfer_id: int) -> None:
        self.database.call(accept_transfer, AnswerTransfer(self.agent.id, transfer_id))


@pytest.fixture
def sit(login: LogIn) -> Callable[..., Seat]:
    """Seats an agent, 준비 unless told otherwise."""

    def take_seat(agent: Agent, state: AgentState | None = AgentState.READY) -> Seat:
        seat = Seat(login(agent), agent)
        seat.beat()
        if state is not None:
            seat.choose(state)
        return seat

    return take_seat


@pytest.fixture
def han(database: Database, team: Team) -> Agent:
    return make(database, an_agent, name="한동료", extension="104", team=team)


def run(database: Database, sql: str, **values: Any) -> None:
    database.call(lambda session: session.execute(text(sql), values))


def changes(database: Database, agent: Agent) -> list[tuple[Any, ...]]:
    sql = "SELECT old_state, state, cause, changed_by FROM agent_state_change WHERE agent_id = :a"
    return database.call(
        lambda s: [tuple(row) for row in s.execute(text(f"{sql} ORDER BY id"), {"a": agent.id})]
    )


def state_of(database: Database, agent: Agent) -> str:
    return database.call(
        lambda s: str(s.scalar(text("SELECT state FROM agent WHERE id = :a"), {"a": agent.id}))
    )


def offers(database: Database) -> list[tuple[int, str | None]]:
    sql = "SELECT agent_id, outcome FROM task_offer ORDER BY id"
    return database.call(lambda s: [tuple(row) for row in s.execute(text(sql))])


def age_state(database: Database, agent: Agent, seconds: float) -> None:
    run(
        database,
        "UPDATE agent SET state_since = clock_timestamp() - make_interval(secs => :s)"
        " WHERE id = :a",
        s=seconds,
        a=agent.id,
    )


def to_team(database: Database, sender: Agent, team: Team, minutes: float = 1) -> Transfer:
    sent_at = datetime.now(UTC) - timedelta(minutes=minutes)
    return make(database, a_transfer, from_agent=sender, to_team=team, sent_at=sent_at)


def tell(database: Database, *events: Any) -> None:
    for event in events:
        database.call(record_leg_event, event)


def ring(extension: str, number: str = "01000001234") -> LegEvent:
    key = uuid4().hex
    now = datetime.now(UTC)
    return calls.ring(extension, number, call=f"call-{key}", leg=f"leg-{key}", at=now)


def then(event: LegEvent, phase: Phase, end: End | None = None) -> LegEvent:
    return calls.then(event, phase, float(list(Phase).index(phase)), end)


# States


def test_login_is_not_ready_and_the_close_of_the_last_desk_logs_out(
    database: Database, kim: Agent, login: LogIn
) -> None:
    one, two = Seat(login(kim), kim), Seat(login(kim), kim)
    duty = one.beat()
    assert (duty.state, duty.cause, duty.offer, duty.next_in_s) == (
        "not_ready",
        "signed_in",
        None,
        None,
    )
    assert duty.for_s < 60
    two.beat()
    one.leave()
    one.leave()
    assert state_of(database, kim) == "not_ready"
    two.leave()
    assert changes(database, kim) == [
        ("logged_out", "not_ready", "signed_in", kim.id),
        ("not_ready", "logged_out", "signed_out", kim.id),
    ]


@pytest.mark.parametrize("state", ["rest", "meal", "training", "protected_rest", "ready"])
def test_what_is_chosen_is_so_at_once_with_a_dated_row(
    database: Database, kim: Agent, sit: Callable[..., Seat], state: str
) -> None:
    seat = sit(kim, None)
    assert seat.choose(AgentState(state)).state == state
    assert changes(database, kim)[-1] == ("not_ready", state, "chosen", kim.id)
    before = len(changes(database, kim))
    seat.choose(AgentState(state))
    assert len(changes(database, kim)) == before


@pytest.mark.parametrize("state", ["on_call", "logged_out"])
def test_nobody_chooses_what_calls_and_desks_make(
    kim: Agent, sit: Callable[..., Seat], state: str
) -> None:
    seat = sit(kim)
    with pytest.raises(RuleViolation, match="state_not_choosable"):
        seat.choose(AgentState(state))


def test_nobody_chooses_for_another_not_even_a_supervisor(
    database: Database, kim: Agent, lee: Agent, park: Agent, login: LogIn, sit: Callable[..., Seat]
) -> None:
    sit(kim)
    for anybody in (lee, park):
        with pytest.raises(RuleViolation, match="not_allowed"):
            login(anybody).call(choose_state, ChooseState(kim.id, AgentState.REST))
    assert changes(database, kim)[-1] == ("not_ready", "ready", "chosen", kim.id)


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE agent SET state = 'ready'",
        "UPDATE agent SET state_since = now()",
        "INSERT INTO agent_state_change (agent_id, old_state, state, cause)"
        " SELECT id, 'ready', 'rest', 'chosen' FROM agent",
        "DELETE FROM agent_state_change",
        "UPDATE task_offer SET outcome = 'taken', ended_at = now()",
        "INSERT INTO desk (desk_id, agent_id) SELECT gen_random_uuid(), id FROM agent",
        "DELETE FROM desk",
        "SELECT set_agent_state(id, 'ready', 'chosen') FROM agent",
        "SELECT choose_agent_state(id, 'rest', 'pbx') FROM agent",
        "SELECT choose_agent_state(id, 'logged_out', 'chosen') FROM agent",
        "UPDATE missed_call SET done_at = now()",
    ],
)
def test_no_client_forges_a_state(
    kim: Agent, lee: Agent, sit: Callable[..., Seat], forgery: str
) -> None:
    sit(lee)
    seat = sit(kim)
    with pytest.raises(RuleViolation, match="not_allowed"):
        run(seat.database, forgery)


def test_nobody_beats_for_somebody_else(
    database: Database, kim: Agent, lee: Agent, login: LogIn
) -> None:
    desk_id = uuid4()
    login(lee).call(be_at_desk, BeAtDesk(kim.id, desk_id))
    assert (state_of(database, kim), state_of(database, lee)) == ("logged_out", "not_ready")
    login(kim).call(leave_desk, BeAtDesk(lee.id, desk_id))
    assert state_of(database, lee) == "not_ready"


def test_only_oneself_and_supervisors_read_the_rows(
    kim: Agent, lee: Agent, park: Agent, login: LogIn, sit: Callable[..., Seat]
) -> None:
    kims = sit(kim)
    sit(lee)
    count = "SELECT count(DISTINCT agent_id) FROM agent_state_change"
    assert kims.database.call(lambda s: s.scalar(text(count))) == 1
    assert login(park).call(lambda s: s.scalar(text(count))) == 2


# Calls


def test_a_call_makes_its_state_and_wrap_up_follows_for_half_a_minute(
    database: Database, kim: Agent, sit: Callable[..., Seat]
) -> None:
    seat = sit(kim)
    first = ring("101")
    tell(database, first)
    assert seat.beat().state == "ready"
    tell(database, then(first, Phase.TALKING))
    assert seat.beat().state == "on_call"
    tell(database, then(first, Phase.HELD), then(first, Phase.ENDED, end=End.COMPLETED))
    duty = seat.beat()
    assert duty.state == "wrap_up"
    assert duty.next_in_s == pytest.approx(30, abs=5)
    age_state(database, kim, 31)
    assert seat.beat().state == "ready"
    assert [row[1:3] for row in changes(database, kim)[-3:]] == [
        ("on_call", "call"),
        ("wrap_up", "call"),
        ("ready", "timer"),
    ]


def test_what_is_chosen_while_talking_comes_after_the_call(
    database: Database, kim: Agent, sit: Callable[..., Seat]
) -> None:
    seat = sit(kim)
    first = ring("101")
    tell(database, first, then(first, Phase.TALKING))
    duty = seat.choose(AgentState.PROTECTED_REST)
    assert (duty.state, duty.after) == ("on_call", "protected_rest")
    assert seat.choose(AgentState.READY).after == ""
    seat.choose(AgentState.PROTECTED_REST)
    tell(database, then(first, Phase.ENDED, end=End.COMPLETED))
    duty = seat.beat()
    assert (duty.state, duty.after) == ("protected_rest", "")


def test_a_break_goes_on_after_a_call_and_so_does_work_after_a_colleagues(
    database: Database, kim: Agent, sit: Callable[..., Seat]
) -> None:
    seat = sit(kim, AgentState.NOT_READY)
    first = ring("101")
    tell(database, first, then(first, Phase.TALKING), then(first, Phase.ENDED, end=End.COMPLETED))
    assert seat.beat().state == "not_ready"
    seat.choose(AgentState.READY)
    second = ring("101", number="102")
    tell(database, second, then(second, Phase.TALKING))
    assert seat.beat().state == "on_call"
    tell(database, then(second, Phase.ENDED, end=End.COMPLETED))
    assert seat.beat().state == "ready"


def test_two_calls_are_one_state_until_the_last_has_ended(
    database: Database, kim: Agent, sit: Callable[..., Seat]
) -> None:
    seat = sit(kim)
    one, two = ring("101"), ring("101")
    tell(database, one, then(one, Phase.TALKING), two, then(two, Phase.TALKING))
    tell(database, then(one, Phase.ENDED, end=End.COMPLETED))
    assert seat.beat().state == "on_call"
    tell(database, then(two, Phase.ENDED, end=End.COMPLETED))
    assert seat.beat().state == "wrap_up"


def test_a_call_at_an_empty_desk_signs_nobody_in_and_who_comes_is_talking(
    database: Database, kim: Agent, sit: Callable[..., Seat]
) -> None:
    first = ring("101")
    tell(database, first, then(first, Phase.TALKING))
    assert state_of(database, kim) == "logged_out"
    seat = sit(kim, None)
    duty = seat.beat()
    assert (duty.state, duty.after) == ("on_call", "not_ready")
    tell(database, then(first, Phase.ENDED, end=End.COMPLETED))
    assert seat.beat().state == "not_ready"


def test_the_house_sets_its_own_times(
    database: Database, kim: Agent, sit: Callable[..., Seat]
) -> None:
    run(database, "INSERT INTO setting VALUES ('agent_times', '{\"wrap_up_seconds\": 90}')")
    seat = sit(kim, AgentState.WRAP_UP)
    age_state(database, kim, 60)
    duty = seat.beat()
    assert duty.state == "wrap_up"
    assert duty.next_in_s == pytest.approx(30, abs=5)
    run(database, 'UPDATE setting SET value = \'{"wrap_up_seconds": "soon"}\'')
    assert seat.beat().state == "ready"


@pytest.mark.parametrize(
    "stored",
    [
        None,
        "7",
        "[1]",
        '{"wrap_up_seconds": 5.0}',
        '{"wrap_up_seconds": true}',
        '{"wrap_up_seconds": -1, "take_within_minutes": 9999}',
        '{"wrap_up_seconds": 0, "take_within_minutes": 1440}',
    ],
)
def test_database_and_program_read_the_same_times(database: Database, stored: str | None) -> None:
    if stored is not None:
        run(database, "INSERT INTO setting VALUES ('agent_times', cast(:v AS jsonb))", v=stored)
    times = database.call(house_settings).agent_times
    row = database.call(lambda s: s.execute(text("SELECT * FROM agent_times()")).one())
    assert tuple(row) == (times.wrap_up, times.take_within)


# Offers


def test_the_longest_waiting_task_goes_to_who_has_been_ready_longest(
    database: Database, kim: Agent, lee: Agent, han: Agent, team: Team, sit: Callable[..., Seat]
) -> None:
    hans, lees = sit(han), sit(lee)
    younger = to_team(database, kim, team, minutes=5)
    older = to_team(database, kim, team, minutes=50)
    offered = hans.beat().offer
    assert offered is not None
    assert (offered.transfer_id, offered.missed_call_id) == (older.id, None)
    assert offered.left_s == pytest.approx(900, abs=10)
    assert hans.beat().next_in_s == pytest.approx(900, abs=10)
    second = lees.beat().offer
    assert second is not None
    assert second.transfer_id == younger.id


def test_a_task_taken_makes_room_for_the_next_and_sends_its_taker_to_the_end(
    database: Database, kim: Agent, lee: Agent, han: Agent, team: Team, sit: Callable[..., Seat]
) -> None:
    hans, lees = sit(han), sit(lee)
    first = to_team(database, kim, team)
    hans.beat()
    hans.accept(first.id)
    to_team(database, kim, team)
    assert lees.beat().offer is not None
    assert hans.beat().offer is None
    assert offers(database) == [(han.id, "taken"), (lee.id, None)]


def test_nobody_but_the_ready_is_offered_anything(
    database: Database, kim: Agent, lee: Agent, team: Team, sit: Callable[..., Seat]
) -> None:
    seat = sit(lee, AgentState.PROTECTED_REST)
    to_team(database, kim, team)
    assert seat.beat().offer is None
    first = ring("102")
    tell(database, first)
    seat.choose(AgentState.READY)
    assert seat.beat().offer is None  # the phone rings
    tell(database, then(first, Phase.ENDED, end=End.ABANDONED))
    assert seat.beat().offer is not None


def test_what_one_handed_to_the_team_is_not_offered_back(
    database: Database, lee: Agent, team: Team, sit: Callable[..., Seat]
) -> None:
    seat = sit(lee)
    to_team(database, lee, team)
    assert seat.beat().offer is None


@pytest.mark.parametrize("state", ["rest", "wrap_up", "protected_rest"])
def test_an_offer_goes_back_when_its_agent_leaves_ready(
    database: Database,
    kim: Agent,
    lee: Agent,
    han: Agent,
    team: Team,
    sit: Callable[..., Seat],
    state: str,
) -> None:
    lees, hans = sit(lee), sit(han, AgentState.REST)
    to_team(database, kim, team)
    assert lees.beat().offer is not None
    assert lees.choose(AgentState(state)).offer is None
    hans.choose(AgentState.READY)
    assert offers(database) == [(lee.id, "put_back"), (han.id, None)]


def test_an_offer_goes_back_when_the_phone_is_taken(
    database: Database, kim: Agent, lee: Agent, team: Team, sit: Callable[..., Seat]
) -> None:
    seat = sit(lee)
    to_team(database, kim, team)
    seat.beat()
    first = ring("102")
    tell(database, first, then(first, Phase.TALKING))
    assert offers(database) == [(lee.id, "put_back")]


def test_an_offer_left_lying_goes_back_and_makes_not_ready_which_only_the_agent_leaves(
    database: Database, kim: Agent, lee: Agent, han: Agent, team: Team, sit: Callable[..., Seat]
) -> None:
    lees, hans = sit(lee), sit(han)
    to_team(database, kim, team)
    assert lees.beat().offer is not None
    run(database, "UPDATE task_offer SET offered_at = offered_at - interval '16 minutes'")
    given = hans.beat()
    assert given.offer is not None
    duty = lees.beat()
    assert (duty.state, duty.cause, duty.offer) == ("not_ready", "not_taken", None)
    assert offers(database) == [(lee.id, "expired"), (han.id, None)]
    age_state(database, lee, 9_999)
    first = ring("102")
    tell(database, first, then(first, Phase.TALKING), then(first, Phase.ENDED, end=End.COMPLETED))
    assert lees.beat().state == "not_ready"
    assert lees.choose(AgentState.READY).state == "ready"


def test_what_a_colleague_takes_from_the_list_is_offered_no_more(
    database: Database, kim: Agent, lee: Agent, han: Agent, team: Team, sit: Callable[..., Seat]
) -> None:
    lees, hans = sit(lee), sit(han, AgentState.REST)
    sent = to_team(database, kim, team)
    lees.beat()
    hans.accept(sent.id)
    assert lees.beat().offer is None
    assert offers(database) == [(lee.id, "withdrawn")]


def test_an_offer_that_is_returned_says_so(
    database: Database, kim: Agent, lee: Agent, team: Team, sit: Callable[..., Seat]
) -> None:
    seat = sit(lee)
    sent = to_team(database, kim, team)
    seat.beat()
    seat.database.call(return_transfer, ReturnTransfer(lee.id, sent.id, "다른 팀입니다."))
    assert offers(database) == [(lee.id, "returned")]
    assert seat.beat().offer is None


def test_no_two_desks_get_the_same(
    database: Database, kim: Agent, team: Team, login: LogIn
) -> None:
    seats = []
    for number in range(6):
        agent = make(database, an_agent, extension=f"3{number:02d}", team=team)
        seats.append(Seat(login(agent), agent))
        seats[-1].beat()
    for _ in range(4):
        to_team(database, kim, team)
    barrier = Barrier(len(seats))

    def hurry(seat: Seat) -> Duty:
        barrier.wait()
        seat.choose(AgentState.READY)
        return seat.beat()

    with ThreadPoolExecutor(len(seats)) as pool:
        list(pool.map(hurry, seats))
    taken = [duty.offer.transfer_id for seat in seats if (duty := seat.beat()).offer is not None]
    assert len(taken) == len(set(taken)) == 4
    assert len(offers(database)) == 4


def test_takers_and_offers_at_the_same_moment_meet_without_harm(
    database: Database, kim: Agent, team: Team, login: LogIn
) -> None:
    seats = []
    for number in range(4):
        agent = make(database, an_agent, extension=f"3{number:02d}", team=team)
        seats.append(Seat(login(agent), agent))
        seats[-1].beat()
        seats[-1].choose(AgentState.READY)
    sent = [to_team(database, kim, team) for _ in range(12)]

    def work(seat: Seat) -> int:
        taken = 0
        while (offer := seat.beat().offer) is not None:
            assert offer.transfer_id is not None
            seat.accept(offer.transfer_id)
            taken += 1
        return taken

    with ThreadPoolExecutor(len(seats)) as pool:
        assert sum(pool.map(work, seats)) == len(sent)


# Desks that vanish


def silence(database: Database, seat: Seat) -> None:
    run(
        database,
        "UPDATE desk SET seen_at = seen_at - interval '21 seconds' WHERE desk_id = :d",
        d=seat.desk_id,
    )


def test_whoever_beats_next_signs_a_vanished_desk_out_and_its_offer_goes_on(
    database: Database, kim: Agent, lee: Agent, han: Agent, team: Team, sit: Callable[..., Seat]
) -> None:
    lees, hans = sit(lee), sit(han)
    to_team(database, kim, team)
    assert lees.beat().offer is not None
    silence(database, lees)
    assert hans.beat().offer is not None
    assert state_of(database, lee) == "logged_out"
    assert changes(database, lee)[-1] == ("ready", "logged_out", "desk_gone", None)
    back = lees.beat()
    assert (back.state, back.cause, back.offer) == ("not_ready", "signed_in", None)


def test_after_the_database_was_away_desks_have_a_while_to_say_that_they_are_there(
    database: Database, kim: Agent, lee: Agent, sit: Callable[..., Seat]
) -> None:
    kims, lees = sit(kim), sit(lee)
    for seat in (kims, lees):
        silence(database, seat)
    run(database, "UPDATE duty_watch SET watched_at = watched_at - interval '21 seconds'")
    kims.beat()
    database.call(take_turn)
    assert state_of(database, lee) == "ready"
    lees.beat()
    silence(database, kims)
    run(database, "UPDATE duty_watch SET spare_until = spare_until - interval '21 seconds'")
    lees.beat()
    assert (state_of(database, kim), state_of(database, lee)) == ("logged_out", "ready")


def test_the_gateways_beat_signs_out_too_and_knows_states_without_a_desk(
    database: Database, kim: Agent, lee: Agent, sit: Callable[..., Seat]
) -> None:
    silence(database, sit(kim))
    sit(lee)
    run(database, "DELETE FROM desk WHERE agent_id = :a", a=lee.id)  # the server crashed
    database.call(take_turn)
    assert (state_of(database, kim), state_of(database, lee)) == ("logged_out", "logged_out")


def test_the_gateways_role_may_all_that_it_has_to(
    database: Database, kim: Agent, lee: Agent, sit: Callable[..., Seat]
) -> None:
    sit(lee)
    first, second = ring("101"), ring("102")

    def as_gateway(session: Any) -> None:
        session.execute(text("SET LOCAL ROLE ets_gateway"))
        for event in (
            first,
            then(first, Phase.ENDED, End.ABANDONED),
            second,
            then(second, Phase.TALKING),
            then(second, Phase.ENDED, End.COMPLETED),
        ):
            record_leg_event(session, event)
        take_turn(session)
        assert follow_pbx_state(session, "102", AgentState.REST).value
        with pytest.raises(ProgrammingError), session.begin_nested():
            session.execute(text("UPDATE agent SET state = 'ready'"))

    database.call(as_gateway)
    assert state_of(database, lee) == "rest"


# A telephone system with states of its own


def test_a_state_set_at_the_telephone_is_the_agents(
    database: Database, kim: Agent, sit: Callable[..., Seat]
) -> None:
    seat = sit(kim)
    assert database.call(follow_pbx_state, "101", AgentState.MEAL).value
    assert seat.beat().state == "meal"
    assert changes(database, kim)[-1] == ("ready", "meal", "pbx", None)
    assert not database.call(follow_pbx_state, "101", AgentState.ON_CALL).value
    assert not database.call(follow_pbx_state, "999", AgentState.REST).value
    seat.leave()
    assert not database.call(follow_pbx_state, "101", AgentState.REST).value
