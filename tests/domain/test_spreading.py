"""균등배분: even by open load, to who is there, and not back to who handed it on."""

from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain.agent_states import AgentState
from ets_desktop.domain.spreading import PRESENT, Candidate, Spreadable, spread

READY, AWAY = AgentState.READY, AgentState.LOGGED_OUT


def person(agent_id: int, load: int = 0, state: AgentState = READY) -> Candidate:
    return Candidate(agent_id, f"상담{agent_id:02}", state, load)


def waiting(*ticket_ids: int, sender: int = 99, whose: int | None = None) -> list[Spreadable]:
    return [Spreadable(ticket_id, sender, whose) for ticket_id in ticket_ids]


def test_the_oldest_goes_to_who_has_least() -> None:
    shares = spread(waiting(1, 2, 3), [person(1, 5), person(2, 3), person(3, 4)])
    assert [share.ticket_ids for share in shares] == [(), (1, 2), (3,)]
    assert [share.load_after for share in shares] == [5, 5, 5]


def test_of_equals_who_is_ready_comes_first() -> None:
    shares = spread(waiting(1), [person(1, state=AgentState.ON_CALL), person(2)])
    assert [share.ticket_ids for share in shares] == [(), (1,)]


def test_who_is_not_there_gets_nothing() -> None:
    (share,) = spread(waiting(1, 2), [person(1, state=AWAY), person(2, 9)])
    assert share.ticket_ids == (1, 2)
    assert spread(waiting(1), [person(1, state=AWAY)]) == ()


def test_nobody_gets_back_what_they_handed_on_while_another_is_there() -> None:
    shares = spread(waiting(1, sender=1), [person(1), person(2, 30)])
    assert [share.ticket_ids for share in shares] == [(), (1,)]
    (alone,) = spread(waiting(1, sender=1), [person(1)])
    assert alone.ticket_ids == (1,)


def test_whose_it_is_now_is_freed_of_it_first() -> None:
    shares = spread(waiting(1, 2, whose=1), [person(1, 2), person(2, 0)])
    assert [share.ticket_ids for share in shares] == [(1,), (2,)]
    assert [share.load_after for share in shares] == [1, 1]


people = st.lists(
    st.builds(
        person,
        st.integers(1, 8),
        st.integers(0, 20),
        st.sampled_from(list(AgentState)),
    ),
    unique_by=lambda each: each.agent_id,
)
tickets = st.lists(
    st.builds(Spreadable, st.integers(1, 60), st.integers(50, 55), st.none()),
    unique_by=lambda each: each.ticket_id,
)


@given(tickets, people)
def test_all_is_given_once_and_no_load_is_further_from_the_least_than_it_was(
    given_away: list[Spreadable], candidates: list[Candidate]
) -> None:
    shares = spread(given_away, candidates)
    spread_ids = [ticket_id for share in shares for ticket_id in share.ticket_ids]
    there = [each for each in candidates if each.state in PRESENT]
    assert sorted(spread_ids) == (sorted(t.ticket_id for t in given_away) if there else [])
    least = min((share.load_after for share in shares), default=0)
    for share in shares:
        assert share.load_after == share.candidate.open_load + len(share.ticket_ids)
        if share.ticket_ids:
            assert share.load_after <= least + 1
