"""Legs from events, in any order and any number of times; stories of recordings."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ets_desktop.domain.calls import (
    PEER,
    TRANSFER_KIND,
    TRANSFERRED_TO,
    Direction,
    End,
    LegEvent,
    LegState,
    Phase,
    fold,
    is_missed,
    next_phase_allowed,
    surer_end,
    tell,
)
from tests.calls import BEGAN, ring, then


def folded(events: list[LegEvent]) -> LegState:
    state: LegState | None = None
    for event in events:
        state = fold(state, event)
    assert state is not None
    return state


def a_leg() -> list[LegEvent]:
    rings = ring()
    return [
        rings,
        then(rings, Phase.TALKING, 2),
        then(rings, Phase.HELD, 5),
        then(rings, Phase.TALKING, 8),
        then(rings, Phase.ENDED, 20, End.COMPLETED),
    ]


@given(st.permutations(a_leg()), st.lists(st.sampled_from(a_leg()), max_size=5))
def test_neither_order_nor_repetition_matters(order: list[LegEvent], again: list[LegEvent]) -> None:
    state = folded(order + again)
    assert state == folded(a_leg())
    assert (state.phase, state.end) == (Phase.ENDED, End.COMPLETED)
    assert state.talked_at == BEGAN + timedelta(seconds=2)
    assert state.ended_at == BEGAN + timedelta(seconds=20)


@given(st.permutations([*a_leg()[:-1]]))
def test_before_the_end_the_newest_event_says_the_phase(order: list[LegEvent]) -> None:
    assert folded(order).phase is Phase.TALKING
    assert folded(order).end is None


def test_events_of_one_instant_go_in_the_order_of_a_call() -> None:
    rings = ring()
    answered = replace(rings, phase=Phase.TALKING, event_key="answered")
    assert folded([rings, answered]).phase is Phase.TALKING
    assert folded([answered, rings]).phase is Phase.TALKING


def test_a_leg_heard_of_by_its_end_alone_is_over() -> None:
    state = folded([then(ring(), Phase.ENDED, 3, End.NO_ANSWER)])
    assert (state.phase, state.talked_at) == (Phase.ENDED, None)


@given(st.lists(st.sampled_from([*End, None]), min_size=2, max_size=6))
def test_the_surest_report_of_an_end_is_believed_in_any_order(ends: list[End | None]) -> None:
    forth: End | None = None
    back: End | None = None
    for end in ends:
        forth = surer_end(forth, end)
    for end in reversed(ends):
        back = surer_end(back, end)
    assert forth is back


@pytest.mark.parametrize(
    ("current", "following", "allowed"),
    [
        (None, Phase.HELD, True),
        (Phase.RINGING, Phase.TALKING, True),
        (Phase.RINGING, Phase.DIALLING, True),
        (Phase.RINGING, Phase.HELD, False),
        (Phase.TALKING, Phase.RINGING, False),
        (Phase.HELD, Phase.TALKING, True),
        (Phase.ENDED, Phase.RINGING, False),
    ],
)
def test_a_leg_does_not_go_back(current: Phase | None, following: Phase, allowed: bool) -> None:
    assert next_phase_allowed(current, following) is allowed


@pytest.mark.parametrize(
    ("direction", "end", "talked", "missed"),
    [
        (Direction.IN, End.ABANDONED, False, True),
        (Direction.IN, End.NOT_REACHABLE, False, True),
        (Direction.IN, End.ABANDONED, True, False),
        (Direction.IN, End.ANSWERED_ELSEWHERE, False, False),
        (Direction.IN, End.TRANSFERRED, False, False),
        (Direction.IN, None, False, False),
        (Direction.OUT, End.NO_ANSWER, False, False),
    ],
)
def test_missed_is_who_called_in_vain(
    direction: Direction, end: End | None, talked: bool, missed: bool
) -> None:
    assert is_missed(direction, end, BEGAN if talked else None) is missed


def test_a_story_has_each_phase_once_and_peers_apart() -> None:
    rings = replace(ring(), dialled="0212340101")
    moved = then(rings, Phase.RINGING, 1.004, details={PEER: "103"})
    ends = then(
        rings, Phase.ENDED, 3, End.TRANSFERRED, {TRANSFERRED_TO: "103", TRANSFER_KIND: "blind"}
    )
    (story,) = tell([rings, rings, moved, ends], BEGAN)
    assert story.phases == ((0.0, Phase.RINGING), (3.0, Phase.ENDED))
    assert story.peers == ((1.0, "103"),)
    assert (story.transferred_to, story.transfer_kind) == ("103", "blind")
    assert story.dialled == "0212340101"


def test_nobody_saw_a_lost_leg_end() -> None:
    rings = ring()
    (story,) = tell([rings, then(rings, Phase.ENDED, 9, End.LOST)], BEGAN)
    assert story.phases == ((0.0, Phase.RINGING),)
    assert story.end is End.LOST


def test_a_leg_that_was_over_when_it_was_heard_of_has_no_phase() -> None:
    over = replace(ring(), phase=Phase.ENDED, end=End.NOT_REACHABLE)
    assert tell([over], BEGAN)[0].phases == ()


def test_stories_stand_in_the_order_the_legs_were_heard_of() -> None:
    late = ring("102", leg="late", at=BEGAN + timedelta(seconds=1))
    early = replace(ring("101", leg="early", at=BEGAN + timedelta(seconds=2)), heard_at=BEGAN)
    assert [story.extension for story in tell([late, early], BEGAN)] == ["101", "102"]
